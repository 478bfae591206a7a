"""Workbooks as Excel saved them until 2003 ([MS-XLS], BIFF): sheets in order, cells as displayed, by xlrd.

xlrd gives the format of each number with its value; without it 12.5% is 0.125, which under a header in per cent is another number.
"""

import os
from typing import Any

import xlrd
from xlrd.formatting import std_format_strings

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.reading import Reading
from opendata.read.workbook_text import WorkbookText
from opendata.read.xlsx_numbers import BUILT_IN, Display, display, general
from opendata.read.xlsx_sheet import Merge, Sheet, tidy

_LONGEST_FORMAT = 200
_MOST_SPAN = 1000


def read_xls(data: bytes, limits: Limits) -> Reading:
    """Read a workbook (.xls). What is said of `read_xlsx` holds here too.

    Raises Unreadable `xlsx-broken`, `file-too-large`, `table-too-large` or `no-text`.
    """
    if len(data) > limits.file_bytes:
        raise Unreadable("file-too-large", f"{len(data)} bytes")
    writer = WorkbookText(limits)
    try:
        with open(os.devnull, "w") as log:
            book = xlrd.open_workbook(
                file_contents=data, logfile=log, formatting_info=True, on_demand=True, ragged_rows=True
            )
            formats = [_display(book, xf.format_key) for xf in book.xf_list]
            for number in range(book.nsheets):
                sheet = book.sheet_by_index(number)
                if sheet.visibility == 0:
                    writer.name(tidy(sheet.name))
                    writer.sheet(_sheet(sheet, formats, limits))
                book.unload_sheet(number)
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # xlrd indexes and asserts what it trusts the file to hold
        raise Unreadable("xlsx-broken", f"{error}"[:200] or type(error).__name__) from None
    return writer.finish(None)


def _display(book: Any, key: int) -> Display:
    """Return how the numbers of a format are shown; those numbered by Excel itself as in the locale zh-CN."""
    code = book.format_map[key].format_str if key in book.format_map else None
    if key in BUILT_IN and code in (None, std_format_strings.get(key)):
        code = BUILT_IN[key]
    return display(code[:_LONGEST_FORMAT], bool(book.datemode)) if code else general


def _sheet(sheet: Any, formats: list[Display], limits: Limits) -> Sheet:
    """Return the filled cells of a sheet, and its merged cells."""
    found = Sheet()
    count = 0
    for row in range(sheet.nrows):
        cells: dict[int, str] = {}
        for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            words = ""
            if kind == xlrd.XL_CELL_TEXT:
                words = tidy(value)
            elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                style = sheet.cell_xf_index(row, column)
                words = (formats[style] if 0 <= style < len(formats) else general)(repr(value))
            elif kind == xlrd.XL_CELL_BOOLEAN:
                words = "TRUE" if value else "FALSE"
            elif kind == xlrd.XL_CELL_ERROR:
                words = xlrd.error_text_from_code.get(value, "")
            if words:
                cells[column] = words
        if cells:
            found.rows[row] = cells
            count += len(cells)
            if count > limits.table_cells:
                raise Unreadable("table-too-large", f"> {limits.table_cells}")
    for top, bottom, left, right in sheet.merged_cells[: limits.table_cells]:
        if bottom > top and right > left:
            found.merges[top, left] = Merge(min(bottom - top, _MOST_SPAN), min(right - left, _MOST_SPAN))
    return found
