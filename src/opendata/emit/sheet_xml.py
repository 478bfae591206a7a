"""Rows of a spreadsheet as SpreadsheetML (ECMA-376), joined from Arrow columns.

xlsxwriter takes about 7 µs for a cell, and a document has hundreds; joined in columns they take less than a tenth.
The cells are such as xlsxwriter writes in its `constant_memory` mode: inline strings, plain numbers, booleans.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from xlsxwriter.utility import xl_col_to_name

from opendata.emit.text_columns import Bytes, content, offsets, replace_rows, rows_of, shortened

MAX_CHARACTERS = 32_767
"""UTF-16 units that Excel holds in a cell."""

_FIRST_DAY = -25_508
"""1900-03-01 in days from 1970: before it Excel counts a day that never was."""
_DAYS_TO_SERIAL = 25_569
_DAY = 86_400_000_000
_EXACT_DIGITS = 15
"""Digits that Excel keeps of a number."""

_MARKUP = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff&<>]|_(?=x[0-9a-fA-F]{4}_)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


class RowsXml(NamedTuple):
    """The XML of some rows, and how many texts were cut in them."""

    xml: memoryview
    cut: int


def rows_xml(batch: pa.RecordBatch, first_row: int, styles: Sequence[int]) -> RowsXml:
    """Return the `row` elements of a batch whose first row stands in `first_row` (from 1).

    `styles` has the number of each column's cell format. Nulls and empty lists leave their cell out.
    """
    numbers = pa.array(range(first_row, first_row + batch.num_rows), pa.int32()).cast(pa.string())
    cut = 0
    cells = []
    for place, (column, style) in enumerate(zip(batch.columns, styles, strict=True)):
        if column.null_count == len(column):
            continue
        cell = _Cell(xl_col_to_name(place), style, numbers)
        made, shortened_texts = _column(cell, column)
        cells.append(made)
        cut += shortened_texts
    rows = pc.binary_join_element_wise(
        '<row r="', numbers, '">', *cells, "</row>", "", null_handling="replace", null_replacement=""
    )
    return RowsXml(content(rows), cut)


class _Cell:
    """Makes the cells of one column; a null value makes a null cell."""

    def __init__(self, letters: str, style: int, numbers: pa.Array) -> None:
        self._open = f'<c r="{letters}'
        self._style = f' s="{style}"' if style else ""
        self._numbers = numbers

    def text(self, escaped: pa.Array) -> pa.Array:
        middle = '" t="inlineStr"><is><t xml:space="preserve">'
        return pc.binary_join_element_wise(self._open, self._numbers, middle, escaped, "</t></is></c>", "")

    def number(self, value: pa.Array, kind: str = "") -> pa.Array:
        middle = f'"{self._style}{kind}><v>'
        return pc.binary_join_element_wise(self._open, self._numbers, middle, value, "</v></c>", "")

    def either(self, is_text: "np.ndarray[Any, np.dtype[np.bool_]]", text: pa.Array, number: pa.Array) -> pa.Array:
        if not is_text.any():
            return self.number(number)
        return pc.if_else(pa.array(is_text), self.text(text), self.number(number))


def _column(cell: _Cell, column: pa.Array) -> tuple[pa.Array, int]:
    kind = column.type
    if pa.types.is_list(kind):
        joined = ["；".join(value) or None if value is not None else None for value in column.to_pylist()]
        column, kind = pa.array(joined, pa.string()), pa.string()
    if pa.types.is_string(kind):
        escaped, cut = _escaped(column)
        return cell.text(escaped), cut
    if pa.types.is_boolean(kind):
        return cell.number(column.cast(pa.int8()).cast(pa.string()), ' t="b"'), 0
    if pa.types.is_decimal(kind):
        text = shortened(column.cast(pa.string()))
        return cell.either(_inexact(text), text, text), 0
    if pa.types.is_date(kind):
        days = column.cast(pa.int32())
        return cell.either(_early(days, _FIRST_DAY), column.cast(pa.string()), _text(pc.add(days, _DAYS_TO_SERIAL))), 0
    if pa.types.is_timestamp(kind):
        instants = column.cast(pa.int64())
        serials = pc.add(pc.divide(instants.cast(pa.float64(), safe=False), float(_DAY)), float(_DAYS_TO_SERIAL))
        text = pc.replace_substring(column.cast(pa.string()), "Z", "")
        return cell.either(_early(instants, _FIRST_DAY * _DAY), text, _text(serials)), 0
    return cell.number(_text(column)), 0


def _text(column: pa.Array) -> pa.Array:
    return column.cast(pa.string())


def _early(values: pa.Array, limit: int) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    early: np.ndarray[Any, np.dtype[np.bool_]] = pc.fill_null(pc.less(values, limit), False).to_numpy(False)
    return early


def _inexact(decimals: pa.Array) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Tell which decimals (as plain text) have more digits than Excel keeps."""
    inexact: np.ndarray[Any, np.dtype[np.bool_]] = np.diff(offsets(decimals)) > _EXACT_DIGITS
    for row in np.flatnonzero(inexact):
        inexact[row] = len(decimals[int(row)].as_py().lstrip("-").replace(".", "").strip("0")) > _EXACT_DIGITS
    return inexact


def _escaped(text: pa.Array) -> tuple[pa.Array, int]:
    """Escape and cut texts; most need neither, so only rows that hold a suspicious byte are looked at one by one."""
    data = np.frombuffer(content(text), np.uint8)
    suspicious = rows_of(text, np.flatnonzero(_suspicious(data)))
    long = np.flatnonzero(np.diff(offsets(text)) > MAX_CHARACTERS)
    touched = np.union1d(suspicious, long)
    if not len(touched):
        return text, 0
    whole = text.take(pa.array(touched)).to_pylist()
    kept = [cut_text(value) for value in whole]
    cut = sum(len(before) != len(after) for before, after in zip(whole, kept, strict=True))
    return replace_rows(text, touched, pa.array([_MARKUP.sub(_escape, value) for value in kept], pa.string())), cut


def _suspicious(data: Bytes) -> "np.ndarray[Any, np.dtype[np.bool_]]":
    """Tell which bytes may begin what must be escaped: markup, controls but for LF and tab, `_`, U+FFFE and U+FFFF."""
    found: np.ndarray[Any, np.dtype[np.bool_]] = (
        (data == ord("&")) | (data == ord("<")) | (data == ord(">")) | (data == ord("_"))
    )
    found |= (data < 0x20) & (data != ord("\n")) & (data != ord("\t"))
    found[:-2] |= (data[:-2] == 0xEF) & (data[1:-1] == 0xBF) & (data[2:] >= 0xBE)
    return found


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    return _ENTITIES.get(character) or f"_x{ord(character):04X}_"


def cut_text(text: str) -> str:
    """Return what a cell holds of a text: MAX_CHARACTERS UTF-16 units, no half of a pair."""
    if len(text) <= MAX_CHARACTERS // 2:
        return text
    return text.encode("utf-16-le")[: 2 * MAX_CHARACTERS].decode("utf-16-le", "ignore")
