"""The workbook: text stays text, dates are dates, limits are kept and said."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_tables import NASTY, PIPELINE, slices, tables
from openpyxl.utils.escape import unescape

from opendata.emit import workbook
from opendata.emit.sheet_xml import cut_text, rows_xml
from opendata.emit.sink import WrittenFile
from opendata.emit.workbook import SHEETS, WorkbookWriter
from opendata.model.arrow import arrow_schema
from opendata.model.records import BY_TABLE, DocumentConcept, Organisation, Quantity, Section

DOCUMENTS = 30
NUMBERS = (
    "0.1", "100", "999999999999999", "0", "-0.000001", "1234567890.123456", "12345678901234567890123456789012.123456",
)  # fmt: skip
"""The last two have more digits than Excel keeps."""


def _write(root: Path, per_slice: int = DOCUMENTS) -> list[WrittenFile]:
    writer = WorkbookWriter(root, PIPELINE)
    for part in slices(DOCUMENTS, per_slice):
        writer.write(part)
    return writer.finish()


def _open(root: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(root / "lakeside-notices.xlsx")


def _notes(book: openpyxl.Workbook) -> dict[Any, tuple[Any, ...]]:
    return {row[0]: row for row in book.worksheets[0].iter_rows(values_only=True)}


def _shown(value: Any) -> Any:
    """Return what a cell should hold for a value."""
    if isinstance(value, Decimal):
        text = f"{value:f}".rstrip("0").rstrip(".")
        return float(value) if len(text.lstrip("-").replace(".", "").strip("0")) <= 15 else text
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day) if value.year > 1900 else value.isoformat()
    return "；".join(value) or None if isinstance(value, list) else value


def test_sheets_stand_in_order_and_hold_the_rows(tmp_path: Path) -> None:
    (file,) = _write(tmp_path)
    book = _open(tmp_path)
    assert book.sheetnames == ["说明 Read me", *SHEETS]
    rows = tables(DOCUMENTS)
    for table in SHEETS:
        columns = BY_TABLE[table].columns()
        names, labels, *found = book[table].iter_rows(values_only=True)
        assert names == tuple(column.name for column in columns)
        assert labels == tuple(column.meta.zh for column in columns)
        expected = rows[table].to_pylist() if table in rows else []
        assert len(found) == len(expected) == dict(file.tables)[table]
        for cells, row in zip(found, expected, strict=True):
            for cell, value in zip(cells, row.values(), strict=True):
                _assert_same(cell, _shown(value))


def _assert_same(cell: Any, value: Any) -> None:
    if isinstance(value, datetime):
        assert abs((cell - value).total_seconds()) < 0.001
    elif isinstance(value, str):
        # openpyxl leaves the _xHHHH_ escapes of inline strings as they are; XML reads CR LF as LF.
        assert unescape(cell).replace("\r", "") == value.replace("\r", "")
    else:
        assert cell == value


def test_nothing_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    schema = arrow_schema(Organisation)
    texts = [*NASTY, "https://example.org", "=HYPERLINK(1)", "@SUM(A1)"]
    rows = [{"organisation_id": f"org-{i}", "name": text, "aliases": []} for i, text in enumerate(texts)]
    writer = WorkbookWriter(tmp_path, PIPELINE)
    writer.write({"organisations": pa.Table.from_pylist(rows, schema=schema)})
    writer.finish()
    cells = [row[1] for row in _open(tmp_path)["organisations"].iter_rows(min_row=3)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)


def test_decimals_are_numbers_only_where_nothing_is_lost(tmp_path: Path) -> None:
    rows = [
        {"document_id": "d", "position": i, "value": value, "printed": "x", "start_char": 0, "end_char": 1}
        for i, value in enumerate(map(Decimal, NUMBERS))
    ]
    writer = WorkbookWriter(tmp_path, PIPELINE)
    writer.write({"quantities": pa.Table.from_pylist(rows, schema=arrow_schema(Quantity))})
    writer.finish()
    values = [row[4] for row in _open(tmp_path)["quantities"].iter_rows(min_row=3, values_only=True)]
    assert values == [0.1, 100, 999999999999999, 0, -0.000001, *NUMBERS[-2:]]


def test_bytes_do_not_depend_on_slices_and_repeat(tmp_path: Path) -> None:
    digests = {_write(tmp_path / f"{run}-{size}", size)[0].sha512 for run, size in enumerate((4, DOCUMENTS, DOCUMENTS))}
    assert len(digests) == 1


def test_long_text_is_cut_and_the_first_sheet_says_so(tmp_path: Path) -> None:
    row = {"document_id": "d", "section_id": "1", "level": 1, "start_char": 0, "end_char": 1}
    rows = [{**row, "text": "长" * 40_000}, {**row, "text": "短"}]
    writer = WorkbookWriter(tmp_path, PIPELINE)
    writer.write({"sections": pa.Table.from_pylist(rows, schema=arrow_schema(Section))})
    writer.finish()
    book = _open(tmp_path)
    place = [column.name for column in Section.columns()].index("text")
    found = [cells[place] for cells in book["sections"].iter_rows(min_row=3, values_only=True)]
    assert found == ["长" * 32_767, "短"]
    assert "1 cells cut to 32767 characters" in _notes(book)["sections"]
    assert "none" in _notes(book)["documents"]


def test_rows_beyond_the_limit_are_left_out_and_the_first_sheet_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MAX_ROWS", 12)
    pairs = pa.Table.from_pylist(
        [{"document_id": f"d{i}", "concept_id": "c"} for i in range(25)], schema=arrow_schema(DocumentConcept)
    )
    writer = WorkbookWriter(tmp_path, PIPELINE)
    for start in (0, 7, 14):
        writer.write({"document_concepts": pairs.slice(start, 7 if start < 14 else 11)})
    (file,) = writer.finish()
    assert dict(file.tables)["document_concepts"] == 10
    book = _open(tmp_path)
    assert book["document_concepts"].max_row == 12
    assert any("15 rows left out" in str(cell) for cell in _notes(book)["document_concepts"])


def test_headers_are_frozen_and_filtered(tmp_path: Path) -> None:
    _write(tmp_path)
    book = _open(tmp_path)
    assert book.active.title == "说明 Read me"
    for table in SHEETS:
        assert book[table].freeze_panes == "B3"
        assert book[table].auto_filter.ref.startswith("A2:")


def test_the_report_names_what_it_is(tmp_path: Path) -> None:
    (file,) = _write(tmp_path)
    assert (file.path, file.rank, file.media_type) == ("lakeside-notices.xlsx", 21, workbook.MEDIA_TYPE)


def test_pandas_reads_all_rows_though_it_trusts_the_stated_size(tmp_path: Path) -> None:
    _write(tmp_path)
    frame = pd.read_excel(tmp_path / "lakeside-notices.xlsx", sheet_name="quantities", skiprows=[1])
    assert len(frame) == tables(DOCUMENTS)["quantities"].num_rows
    assert frame["position"].tolist() == tables(DOCUMENTS)["quantities"]["position"].to_pylist()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=12), st.integers(0, 4)
)
def test_any_text_comes_back_from_the_xml(texts: list[str | None], skip: int) -> None:
    batch = pa.record_batch({"a": pa.array(texts, pa.string())}).slice(skip)
    tree = ElementTree.fromstring(f"<rows>{bytes(rows_xml(batch, 7, [0]).xml).decode()}</rows>")
    assert [row.get("r") for row in tree] == [str(7 + i) for i in range(batch.num_rows)]
    found = [row.find("c/is/t") for row in tree]
    assert [None if cell is None else unescape(cell.text or "") for cell in found] == texts[skip:]


def test_a_cut_never_leaves_half_a_character() -> None:
    assert cut_text("a" + "😀" * 20_000) == "a" + "😀" * 16_383
    assert cut_text("😀" * 16_383) == "😀" * 16_383
