"""What pandas, polars, DuckDB and openpyxl read from the sample agrees with the CSV as Python's own reader sees it."""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from html import escape
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import polars
import pytest

from opendata.model.records import RECORDS
from opendata.model.table_schema import csv_columns, csv_records
from opendata.release.manifest import read_manifest
from tests.support import release

Read = Callable[[str], list[dict[str, str]]]
TABLES = [record.table for record in RECORDS]


def text(value: Any) -> str:
    """Return a value as the CSV prints it; null is empty."""
    if value is None or value is pandas.NaT or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        plain = format(value, "f")
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # pandas makes numbers with nulls floats
    if not isinstance(value, str) and isinstance(value, Iterable):
        return json.dumps(list(value), ensure_ascii=False, separators=(",", ":"))
    return str(value)


def agree(found: Iterable[Mapping[Any, Any]], expected: list[dict[str, str]]) -> None:
    names = list(expected[0]) if expected else []
    assert [{name: text(row[name]) for name in names} for row in found] == expected


def by_duckdb(path: Path) -> list[dict[str, Any]]:
    """Return the rows that DuckDB reads from a Parquet file."""
    relation = duckdb.read_parquet(str(path))
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


@pytest.mark.parametrize("table", [record.table for record in csv_records()])
def test_readers_of_parquet_agree_with_the_csv(latest: Path, csv_rows: Read, table: str) -> None:
    path = latest / "parquet" / f"{table}.parquet"
    expected = csv_rows(table)
    agree(pandas.read_parquet(path).to_dict("records"), expected)
    agree(polars.read_parquet(path).to_dicts(), expected)
    agree(by_duckdb(path), expected)


def test_readers_agree_on_the_texts(latest: Path) -> None:
    path = latest / "parquet" / "texts.parquet"
    texts = pandas.read_parquet(path)["text"].tolist()
    assert texts == polars.read_parquet(path)["text"].to_list()
    assert texts == [row["text"] for row in by_duckdb(path)]
    lengths = pandas.read_parquet(latest / "parquet" / "documents.parquet")["text_length"].tolist()
    assert list(map(len, texts)) == lengths


@pytest.mark.parametrize("table", TABLES)
def test_all_formats_and_the_manifest_have_the_same_number_of_rows(latest: Path, csv_rows: Read, table: str) -> None:
    manifest = read_manifest(latest)
    rows = manifest.rows[table]
    told = {file.path: file.rows[table] for file in manifest.files if table in file.rows}
    assert set(told.values()) == {rows}, told
    assert len(polars.read_parquet(latest / "parquet" / f"{table}.parquet")) == rows
    if (latest / "csv" / f"{table}.csv").exists():
        assert len(csv_rows(table)) == rows
    assert json.loads((latest / "quality.json").read_bytes())["rows"][table] == rows


def test_the_workbook_opens_and_agrees_on_documents(latest: Path, csv_rows: Read) -> None:
    book = openpyxl.load_workbook(latest / "sample.xlsx", read_only=False)
    expected = csv_rows("documents")
    sheet = next(sheet for sheet in book.worksheets if _column(sheet, "document_id") is not None)
    top = _column(sheet, "document_id")
    assert top is not None
    header = [cell.value for cell in sheet[top]]
    found = [dict(zip(header, row, strict=True)) for row in sheet.iter_rows(min_row=top + 1, values_only=True)]
    found = [row for row in found if str(row["document_id"]).startswith("doc-")]
    for name in ("document_id", "title", "document_number", "index_number", "genre"):
        assert [row[name] or "" for row in found] == [row[name] for row in expected], name


def _column(sheet: Any, name: str) -> int | None:
    """Return the row in which the names of columns stand."""
    for number, row in enumerate(sheet.iter_rows(max_row=5, values_only=True), 1):
        if name in row:
            return number
    return None


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(latest: Path) -> None:
    book = openpyxl.load_workbook(latest / "sample.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert len(cells) > 100
    assert [cell.coordinate for cell in cells if cell.data_type == "f" or cell.hyperlink] == []


def test_markup_and_formulas_that_a_document_prints_stay_text(tmp_path: Path) -> None:
    title = '=HYPERLINK("http://a.example") <a href="http://b.example">点此</a> http://c.example'
    pairs = {"索引号": "JC-1", "发文机关": "霁川市人民政府", "成文日期": "2024年3月1日", "标题": title}
    body = "".join(f"<p>{label}：{escape(value)}</p>" for label, value in pairs.items())
    (tmp_path / "in").mkdir()
    page = f"<html><body>{body}<h1>{escape(title)}</h1><p>现通知如下。</p></body></html>"
    (tmp_path / "in" / "a.html").write_text(page, encoding="utf-8")
    outcome = release([tmp_path / "in"], tmp_path / "output")
    assert outcome.folder is not None
    assert polars.read_parquet(outcome.folder / "parquet" / "documents.parquet")["title"].to_list() == [title]
    book = openpyxl.load_workbook(outcome.folder / "sample.xlsx")
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value == title]
    assert cells
    assert [cell.data_type for cell in cells] == ["s"] * len(cells)
    assert not any(cell.hyperlink for cell in cells)


def test_every_csv_has_the_columns_of_the_model(csv_rows: Read) -> None:
    for record in csv_records():
        rows = csv_rows(record.table)
        if rows:
            assert list(rows[0]) == [column.name for column in csv_columns(record)]
