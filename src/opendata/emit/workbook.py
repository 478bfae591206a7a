"""The workbook: the tables without texts, for people who open spreadsheets.

Text is text (never a formula, a link or a number), dates are dates, and what Excel cannot hold is cut and said on the
first sheet. xlsxwriter makes the workbook with all its sheets but for their rows; rows are joined from Arrow columns
(`emit.sheet_xml`), wait in temporary files, and are put into the sheets when the workbook is packed.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from zipfile import ZipFile

import pyarrow as pa
import xlsxwriter

from opendata.config import LICENCES, Pipeline
from opendata.emit.compress import open_entry
from opendata.emit.sheet_xml import MAX_CHARACTERS, rows_xml
from opendata.emit.sink import Sink, WrittenFile
from opendata.emit.writer import Slice
from opendata.model.columns import Column, Record
from opendata.model.records import BY_TABLE

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS = 1_048_576
HEADER_ROWS = 2
BATCH_ROWS = 4_096
SHEETS = (
    "documents", "header_fields", "sections", "quantities", "citations", "organisations", "document_bodies", "concepts",
    "document_concepts", "attachments", "sources", "issues", "indicators", "table_cells",
)  # fmt: skip
"""The tables that the workbook has, in the order of its sheets."""

_WIDTHS = {"title": 48, "text": 60, "printed": 30, "value": 24, "abstract": 40, "message_zh": 48, "message_en": 48}
_DEFAULT_WIDTHS: dict[type, int] = {str: 18, int: 10, bool: 8, Decimal: 16, datetime: 19}
_FIRST_SHEET = 2
"""xlsxwriter numbers the sheets' files from 1, and the first is the one that explains."""

_COLUMN = re.compile(rb'<col min="(\d+)" max="(\d+)"[^>]*? style="(\d+)"')
_DIMENSION = re.compile(rb'<dimension ref="A1:([A-Z]+)\d+"/>')
_END_OF_ROWS = b"</sheetData>"
_COPY_BYTES = 1 << 20


class WorkbookWriter:
    """Writes `<dataset>.xlsx`: a first sheet that explains, then one sheet per table of SHEETS."""

    def __init__(self, root: Path, pipeline: Pipeline) -> None:
        self._root = root
        self._pipeline = pipeline
        self._sheets = {table: _Sheet(BY_TABLE[table]) for table in SHEETS}
        with ZipFile(self._skeleton()) as probe:
            for number, sheet in enumerate(self._sheets.values(), start=_FIRST_SHEET):
                sheet.styles = _styles(probe.read(_sheet_path(number)), sheet.width)

    def write(self, rows: Slice) -> None:
        """Take the next slice."""
        for table, sheet in self._sheets.items():
            if table in rows:
                sheet.write(rows[table])

    def finish(self) -> list[WrittenFile]:
        """Pack the workbook and report it."""
        sheets = {_sheet_path(number): s for number, s in enumerate(self._sheets.values(), start=_FIRST_SHEET)}
        with Sink(self._root, f"{self._pipeline.dataset.id}.xlsx") as sink:
            with ZipFile(self._skeleton()) as skeleton, ZipFile(sink, "w") as packed:
                for name in skeleton.namelist():
                    part = skeleton.read(name)
                    if name in sheets:
                        sheets[name].pack(packed, name, part)
                    else:
                        with open_entry(packed, name, len(part)) as entry:
                            entry.write(part)
            return [
                sink.report(
                    MEDIA_TYPE,
                    title_zh="工作簿（Excel，不含全文）",
                    title_en="Workbook (Excel, without the full texts)",
                    tables=tuple((table, sheet.rows) for table, sheet in self._sheets.items()),
                    rank=21,
                )
            ]

    def _skeleton(self) -> BytesIO:
        """Return the workbook as it stands, without rows. Cell formats have the same numbers each time."""
        file = BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(file, options)
        dataset = self._pipeline.dataset
        title = f"{dataset.title.zh} / {dataset.title.en}"
        # Excel wants a moment of creation; a fixed one keeps equal data equal.
        book.set_properties({"title": title, "author": dataset.publisher.name.zh, "created": datetime(1980, 1, 1)})
        self._write_notes(book)
        formats = {
            "bold": book.add_format({"bold": True}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "datetime": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        for sheet in self._sheets.values():
            sheet.prepare(book, formats)
        book.close()
        return file

    def _write_notes(self, book: xlsxwriter.Workbook) -> None:
        dataset = self._pipeline.dataset
        heads = ("工作表 Sheet", "名称 Title", "内容", "Content", "行数 Rows", "截断", "Cut")
        lines: list[tuple[str, ...]] = [
            (dataset.title.zh, dataset.title.en),
            (dataset.description.zh, dataset.description.en),
            (f"发布者：{dataset.publisher.name.zh}", f"Publisher: {dataset.publisher.name.en}"),
            (f"许可：{dataset.licence}", f"Licence: {LICENCES[dataset.licence]}"),
            (f"联系：{dataset.contact.name}", dataset.contact.email),
            (
                "全文与文字分段不在本工作簿中，见 Parquet 与 CSV 文件。时间均为协调世界时。",
                "Full texts and text spans are not in this workbook: see the Parquet and CSV files. Times are UTC.",
            ),
            (),
            heads,
            *(sheet.summary() for sheet in self._sheets.values()),
        ]
        notes = book.add_worksheet("说明 Read me")
        bold = book.add_format({"bold": True})
        for column, width in enumerate((44, 44, 34, 48, 12, 44, 60)):
            notes.set_column(column, column, width)
        for row, cells in enumerate(lines):
            style = bold if row == 0 or cells is heads else None
            for column, cell in enumerate(cells):
                notes.write_string(row, column, cell, style)
        notes.activate()


class _Sheet:
    """One table's sheet. `rows` counts the rows that it holds, `styles` has the number of each column's format."""

    def __init__(self, record: type[Record]) -> None:
        self.rows = 0
        self.styles: Sequence[int] = ()
        self._left_out = 0
        self._cut = 0
        self._record = record
        self._names = [column.name for column in record.columns()]
        self._xml = TemporaryFile()  # noqa: SIM115 - lives as long as the sheet
        self._xml_bytes = 0

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self._names)

    def write(self, rows: pa.Table) -> None:
        room = MAX_ROWS - HEADER_ROWS - self.rows
        self._left_out += max(0, rows.num_rows - room)
        for batch in rows.select(self._names).slice(0, room).to_batches(max_chunksize=BATCH_ROWS):
            if batch.num_rows:
                made = rows_xml(batch, self.rows + HEADER_ROWS + 1, self.styles)
                self._xml_bytes += self._xml.write(made.xml)
                self._cut += made.cut
                self.rows += batch.num_rows

    def prepare(self, book: xlsxwriter.Workbook, formats: dict[str, xlsxwriter.format.Format]) -> None:
        """Add the sheet, without its rows, to a workbook."""
        sheet = book.add_worksheet(self._record.table)
        sheet.freeze_panes(HEADER_ROWS, 1)
        for number, column in enumerate(self._record.columns()):
            sheet.set_column(number, number, _width(column), formats.get(column.python_type.__name__))
            sheet.write_string(0, number, column.name, formats["bold"])
            sheet.write_string(1, number, column.meta.zh, formats["bold"])
        sheet.autofilter(HEADER_ROWS - 1, 0, HEADER_ROWS - 1 + self.rows, self.width - 1)

    def pack(self, archive: ZipFile, name: str, prepared: bytes) -> None:
        """Write the sheet's file: what xlsxwriter made, with the rows put in."""
        head, end, tail = prepared.partition(_END_OF_ROWS)
        last = HEADER_ROWS + self.rows
        head = _DIMENSION.sub(lambda found: b'<dimension ref="A1:%s%d"/>' % (found[1], last), head)
        self._xml.seek(0)
        size = len(head) + self._xml_bytes + len(end) + len(tail)
        with open_entry(archive, name, size) as target:
            target.write(head)
            while block := self._xml.read(_COPY_BYTES):
                target.write(block)
            target.write(end + tail)
        self._xml.close()

    def summary(self) -> tuple[str, ...]:
        """Return this table's line of the first sheet."""
        label, about = self._record.table_label, self._record.table_about
        cut_zh, cut_en = [], []
        if self._left_out:
            cut_zh.append(f"超出 Excel 行数上限，未收 {self._left_out} 行")
            cut_en.append(f"{self._left_out} rows left out beyond Excel's limit of {MAX_ROWS} rows")
        if self._cut:
            cut_zh.append(f"{self._cut} 个单元格截至 {MAX_CHARACTERS} 个字符")
            cut_en.append(f"{self._cut} cells cut to {MAX_CHARACTERS} characters")
        cut = ("；".join(cut_zh) or "无", "; ".join(cut_en) or "none")
        return (self._record.table, f"{label.zh} / {label.en}", about.zh, about.en, str(self.rows), *cut)


def _sheet_path(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _styles(sheet: bytes, width: int) -> list[int]:
    """Return the number of each column's cell format, 0 where it has none, as the sheet's `cols` say."""
    styles = [0] * width
    for first, last, style in _COLUMN.findall(sheet):
        styles[int(first) - 1 : int(last)] = [int(style)] * (int(last) - int(first) + 1)
    return styles


def _width(column: Column) -> int:
    kind = str if column.is_list else column.python_type
    return _WIDTHS.get(column.name, _DEFAULT_WIDTHS.get(kind, 12))
