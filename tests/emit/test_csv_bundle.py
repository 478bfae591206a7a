"""CSV files: exact, plain, described, and packed the same on each run."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import jsonschema
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_tables import PIPELINE, slices, tables

from opendata.emit.csv_bundle import CsvWriter, csv_lines, joined_lines
from opendata.emit.sink import WrittenFile
from opendata.model.columns import Column
from opendata.model.records import BY_TABLE
from opendata.model.table_schema import csv_columns, csv_records

DOCUMENTS = 40

PARSERS: dict[type, Callable[[str], Any]] = {
    str: str,
    int: int,
    bool: {"true": True, "false": False}.__getitem__,
    Decimal: Decimal,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}


def _write(root: Path, per_slice: int = DOCUMENTS) -> list[WrittenFile]:
    writer = CsvWriter(root, PIPELINE)
    for part in slices(DOCUMENTS, per_slice):
        writer.write(part)
    return writer.finish()


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a written bundle."""
    root = tmp_path_factory.mktemp("bundle")
    _write(root)
    return root


def _read(path: Path) -> tuple[list[str], list[list[str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    return header, rows


def _parse(column: Column, cell: str) -> Any:
    if cell == "":
        return None
    return json.loads(cell) if column.is_list else PARSERS[column.python_type](cell)


def test_a_plain_reader_gets_back_exactly_the_rows(bundle: Path) -> None:
    rows = tables(DOCUMENTS)
    for record in csv_records():
        header, found = _read(bundle / f"csv/{record.table}.csv")
        columns = csv_columns(record)
        assert header == [column.name for column in columns]
        parsed = [{c.name: _parse(c, cell) for c, cell in zip(columns, row, strict=True)} for row in found]
        assert parsed == (rows[record.table].select(header).to_pylist() if record.table in rows else [])


def test_texts_are_left_out(bundle: Path) -> None:
    assert not (bundle / "csv/texts.csv").exists()


def test_files_are_utf8_without_mark_and_end_lines_with_lf(bundle: Path) -> None:
    content = (bundle / "csv/text_spans.csv").read_bytes()
    assert content.startswith(b"document_id,position,kind,start_char,end_char\n")
    assert content.endswith(b"\n")
    assert b"\r" not in content


def test_numbers_dates_and_lists_are_printed_plainly() -> None:
    batch = pa.record_batch(
        {
            "text": pa.array(['say "a", b', None, ""]),
            "number": pa.array([Decimal("1.50"), Decimal("100"), Decimal("-0.000001")], pa.decimal128(38, 6)),
            "list": pa.array([["a", '"', "\n"], [], None], pa.list_(pa.string())),
            "instant": pa.array([0, 1_500_000, None], pa.timestamp("us", tz="UTC")),
            "truth": pa.array([True, None, False]),
        }
    )
    assert bytes(csv_lines(batch)).decode() == (
        '"say ""a"", b",1.5,"[""a"",""\\"""",""\\n""]",1970-01-01T00:00:00Z,true\n'
        ',100,"[]",1970-01-01T00:00:01.5Z,\n'
        '"",-0.000001,,,false\n'
    )


TEXTS = st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.integers(0, 5))
def test_any_text_comes_back_whatever_slice_it_stood_in(texts: list[str | None], skip: int) -> None:
    whole = pa.record_batch({"a": pa.array(texts, pa.string()), "b": pa.array(texts, pa.string())})
    part = whole.slice(skip)
    lines = bytes(csv_lines(part)).decode().split("\n")
    assert bytes(joined_lines(part)) == bytes(csv_lines(part))
    rows = list(csv.reader([line + "\n" for line in lines[:-1]], strict=True))
    assert rows == [[text or "", text or ""] for text in texts[skip:]]


def test_both_ways_of_making_lines_give_the_same_bytes() -> None:
    for record in csv_records():
        if record.table in (rows := tables(5)):
            table = rows[record.table].select([column.name for column in csv_columns(record)])
            for batch in table.to_batches(max_chunksize=4):
                assert bytes(csv_lines(batch)) == bytes(joined_lines(batch))


def test_bytes_do_not_depend_on_slices_and_repeat(tmp_path: Path) -> None:
    found = {
        tuple((file.path, file.sha512) for file in _write(tmp_path / f"{run}-{size}", size))
        for run, size in enumerate((1, 7, DOCUMENTS, DOCUMENTS))
    }
    assert len(found) == 1


def test_pandas_polars_and_duckdb_read_what_pythons_csv_module_reads(bundle: Path) -> None:
    for record in csv_records():
        path = bundle / f"csv/{record.table}.csv"
        header, rows = _read(path)
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8", lineterminator="\n")
        assert list(frame.columns) == header
        assert frame.to_numpy().tolist() == rows
        polars = pl.read_csv(path, infer_schema=False).fill_null("")
        assert [list(row) for row in polars.rows()] == rows
        query = f"from read_csv('{path}', all_varchar=true, header=true, quote='\"', escape='\"', delim=',')"
        if rows:
            found = [["" if cell is None else cell for cell in row] for row in duckdb.sql(query).fetchall()]
            assert found == rows


def test_numbers_and_dates_are_recognised_without_help(bundle: Path) -> None:
    frame = pl.read_csv(bundle / "csv/quantities.csv", infer_schema_length=None)
    assert frame.schema["value"].is_numeric()
    assert frame.schema["position"].is_integer()
    kinds = dict(zip(*_described(bundle / "csv/documents.csv"), strict=True))
    assert kinds["created_date"] == "DATE"
    assert kinds["text_length"] == "BIGINT"


def _described(path: Path) -> tuple[list[str], list[str]]:
    found = duckdb.sql(f"from read_csv('{path}')")
    return found.columns, [str(kind) for kind in found.types]


def test_the_data_package_names_each_files_size_and_digest(bundle: Path) -> None:
    package = json.loads((bundle / "csv/datapackage.json").read_text(encoding="utf-8"))
    assert [resource["name"] for resource in package["resources"]] == [record.table for record in csv_records()]
    for resource in package["resources"]:
        content = (bundle / "csv" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"


def test_the_data_package_follows_the_profile(bundle: Path, shared: Path) -> None:
    profiles = shared / "standards/datapackage/2.0"
    package = json.loads((bundle / "csv/datapackage.json").read_text(encoding="utf-8"))

    def check(instance: Any, profile: str) -> None:
        jsonschema.validate(instance, json.loads((profiles / profile).read_text(encoding="utf-8")))

    check(package, "datapackage.json")
    for resource in package["resources"]:
        check(resource, "dataresource.json")
        check(resource["schema"], "tableschema.json")
        check(resource["dialect"], "tabledialect.json")


def test_frictionless_finds_the_data_valid(bundle: Path) -> None:
    from frictionless import validate

    report = validate(str(bundle / "csv/datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:5]


def test_csvwvalidate_finds_the_data_valid(bundle: Path) -> None:
    command = [Path(sys.executable).parent / "csvwvalidate", bundle / "csv/csv-metadata.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_zip_holds_all_files_at_its_top_without_a_moment_of_its_own(bundle: Path) -> None:
    with ZipFile(bundle / "lakeside-notices-csv.zip") as archive:
        names = archive.namelist()
        assert names == sorted(names)
        expected = {f"{record.table}.csv" for record in csv_records()}
        assert set(names) == expected | {"datapackage.json", "csv-metadata.json"}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in names:
            assert archive.read(name) == (bundle / "csv" / name).read_bytes()


def test_reports_tell_ranks_rows_and_packing(tmp_path: Path) -> None:
    zipped, *files = _write(tmp_path)
    assert (zipped.rank, zipped.media_type, zipped.package_format) == (10, "text/csv", "application/zip")
    rows = tables(DOCUMENTS)
    assert dict(zipped.tables) == {r.table: rows[r.table].num_rows if r.table in rows else 0 for r in csv_records()}
    for file in files:
        if file.path.endswith(".csv"):
            assert file.media_type == "text/csv"
            assert file.rank is not None
            assert file.rank >= 30
            assert file.tables[0][0] in BY_TABLE
        else:
            assert file.rank is None


def test_a_table_without_rows_is_a_header_line(tmp_path: Path) -> None:
    CsvWriter(tmp_path, PIPELINE).finish()
    assert (tmp_path / "csv/document_concepts.csv").read_text(encoding="utf-8") == "document_id,concept_id\n"
