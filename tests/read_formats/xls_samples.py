"""Workbooks in BIFF8 as tests need them: records of cells, formats and merged cells in an OLE2 container."""

import struct
from collections.abc import Sequence

from tests.read_word.doc_samples import ole

Value = str | float | bool | None
Merged = tuple[int, int, int, int]
"""First and last row, first and last column."""


def record(kind: int, data: bytes) -> bytes:
    """Return one record."""
    return struct.pack("<HH", kind, len(data)) + data


def words(text: str, width: str = "<H") -> bytes:
    """Return a string of 16-bit characters."""
    return struct.pack(width, len(text)) + b"\x01" + text.encode("utf-16-le")


def begin(kind: int) -> bytes:
    """Return the record that a workbook (5) or a sheet (16) begins with."""
    return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))


END = record(0x0A, b"")


def cell(row: int, column: int, value: Value, style: int = 0) -> bytes:
    """Return the record of one cell."""
    place = struct.pack("<HHH", row, column, style)
    if value is None:
        return record(0x201, place)
    if isinstance(value, bool):
        return record(0x205, place + bytes([value, 0]))
    if isinstance(value, str):
        return record(0x204, place + words(value))
    return record(0x203, place + struct.pack("<d", value))


def sheet(
    rows: Sequence[Sequence[Value]], styles: Sequence[Sequence[int]] = (), merged: Sequence[Merged] = ()
) -> bytes:
    """Return the records of a sheet; `styles` are the numbers of formats by row and column."""
    cells = b"".join(
        cell(r, c, value, styles[r][c] if r < len(styles) and c < len(styles[r]) else 0)
        for r, row in enumerate(rows)
        for c, value in enumerate(row)
    )
    spans = struct.pack("<H", len(merged)) + b"".join(struct.pack("<HHHH", *one) for one in merged)
    return begin(16) + cells + (record(0xE5, spans) if merged else b"") + END


def xls(
    sheets: Sequence[tuple[str, bytes]],
    formats: Sequence[str | int] = (0,),
    *,
    hidden: Sequence[str] = (),
    is_1904: bool = False,
    extra: bytes = b"",
) -> bytes:
    """Return a workbook. `formats` are its styles in order: format codes of its own, or numbers of Excel's."""
    own = {code: 164 + number for number, code in enumerate(dict.fromkeys(formats)) if isinstance(code, str)}
    head = begin(5) + extra + record(0x22, struct.pack("<H", is_1904))
    head += b"".join(record(0x41E, struct.pack("<H", key) + words(code)) for code, key in own.items())
    for code in formats:
        key = own[code] if isinstance(code, str) else code
        head += record(0xE0, struct.pack("<HHHBBBBIiH", 0, key, 1, 0, 0, 0, 0, 0, 0, 0))
    names = [words(name, "<B") for name, _ in sheets]
    at = len(head) + sum(len(name) + 10 for name in names) + len(END)
    for (title, records), name in zip(sheets, names, strict=True):
        head += record(0x85, struct.pack("<IBB", at, title in hidden, 0) + name)
        at += len(records)
    return ole({"Workbook": head + END + b"".join(records for _, records in sheets)})
