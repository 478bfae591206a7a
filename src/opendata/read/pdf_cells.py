"""Characters with their places into the cells of ruled tables and the lines around them, for PDF and OFD alike."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from opendata.read.pdf_pages import Grid, Line, in_reading_order

_UNWANTED = re.compile("[\x00-\x01\x03-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_RADICALS = {
    code: unicodedata.normalize("NFKC", chr(code))
    for code in range(0x2E80, 0x2FE0)
    if unicodedata.normalize("NFKC", chr(code)) != chr(code)
}
"""Fonts often map a glyph to its radical (⽂ U+2F42) where the character (文 U+6587) is printed: they look the same."""
_NUMERIC = re.compile(r"[0-9.,%％-]")

Place = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the top left corner of the page as it is seen."""

Placer = Callable[[int], Place | None]
"""Tells where the character at an index stands."""


def clean(text: str) -> str:
    """Return text that every output can carry. pdfium marks a hyphen at the end of a line as U+0002."""
    if not text.isprintable():
        text = _UNWANTED.sub("", text.replace("\x02", "-")).replace("\t", " ")
    return text.translate(_RADICALS).strip(" ")


@dataclass(slots=True)
class _Piece:
    """Characters that follow each other in the file, on one line and in one cell."""

    parts: list[str]
    place: Place
    size: float


@dataclass(slots=True)
class _Filled:
    """A grid while it is filled: the cell at each of its places, and the pieces of text in each cell."""

    grid: Grid
    at: dict[tuple[int, int], int]
    pieces: list[list[_Piece]] = field(default_factory=list)


def with_tables(text: str, place: Placer, grids: list[Grid]) -> list[Line | Grid]:
    """Part the characters between the cells of tables and the text around them; grids that hold no table give lines."""
    filled = [_Filled(grid, _at(grid), [[] for _ in grid.cells]) for grid in grids]
    free: list[_Piece] = []
    inside: list[tuple[_Filled, _Piece]] = []
    owner: tuple[int, int] | None = None
    piece: _Piece | None = None
    for index, char in enumerate(text):
        if char in "\r\n":
            piece = None
            continue
        if char.isspace():
            if piece is not None:
                piece.parts.append(" " if char == "\t" else char)
            continue
        where = place(index)
        if where is None:
            continue
        now = _cell_of(filled, (where[0] + where[2]) / 2, (where[1] + where[3]) / 2)
        if piece is None or now != owner:
            piece = _Piece([], where, max(where[3] - where[1], 1.0))
            owner = now
            if now is None:
                free.append(piece)
            else:
                filled[now[0]].pieces[now[1]].append(piece)
                inside.append((filled[now[0]], piece))
        piece.parts.append(char)
        old = piece.place
        piece.place = (min(old[0], where[0]), min(old[1], where[1]), max(old[2], where[2]), max(old[3], where[3]))
    kept = [grid for grid in filled if _is_table(grid)]
    free += [piece for grid, piece in inside if not _is_table(grid)]
    lines = in_reading_order([line for line in map(_as_line, free) if line is not None])
    return _woven(lines, [_fill(grid) for grid in kept])


def holds_whole(lines: Sequence[Line], grids: list[Grid]) -> bool:
    """Tell whether each line ends in the cell in which it begins, or outside as it began."""
    filled = [_Filled(grid, _at(grid)) for grid in grids]
    for line in lines:
        y, half = (line.top + line.bottom) / 2, min(line.size, line.x1 - line.x0) / 2
        if _cell_of(filled, line.x0 + half, y) != _cell_of(filled, line.x1 - half, y):
            return False
    return True


def _at(grid: Grid) -> dict[tuple[int, int], int]:
    return {
        (row, column): number
        for number, cell in enumerate(grid.cells)
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }


def _cell_of(filled: list[_Filled], x: float, y: float) -> tuple[int, int] | None:
    for number, one in enumerate(filled):
        xs, ys = one.grid.xs, one.grid.ys
        if xs[0] <= x < xs[-1] and ys[0] <= y < ys[-1]:
            cell = one.at.get((bisect_right(ys, y) - 1, bisect_right(xs, x) - 1))
            if cell is not None:
                return number, cell
    return None


def _is_table(filled: _Filled) -> bool:
    """Tell a table from a frame: words in two columns at least."""
    columns = {cell.column for cell, pieces in zip(filled.grid.cells, filled.pieces, strict=True) if pieces}
    return len(columns) >= 2


def _as_line(piece: _Piece) -> Line | None:
    words = clean("".join(piece.parts))
    x0, top, x1, bottom = piece.place
    return Line(words, x0, x1, top, bottom, piece.size) if words else None


def _fill(filled: _Filled) -> Grid:
    grid = filled.grid
    cells = []
    for cell, pieces in zip(grid.cells, filled.pieces, strict=True):
        right = grid.xs[cell.column + cell.column_span]
        lines = in_reading_order([line for line in map(_as_line, pieces) if line is not None])
        words = ""
        for number, line in enumerate(lines):
            words += _glue(words, line.text, number > 0 and _is_full(lines[number - 1], right)) + line.text
        cells.append(cell._replace(text=words, is_full=bool(lines) and _is_full(lines[-1], right)))
    return Grid(grid.xs, grid.ys, cells)


def _is_full(line: Line, right: float) -> bool:
    return right - line.x1 <= 1.3 * line.size


def _glue(before: str, after: str, is_full: bool) -> str:
    """Return what stands between two lines of a cell: nothing within Chinese text and within a number that did not fit."""
    if not before:
        return ""
    one, other = before[-1], after[0]
    if _NUMERIC.match(one) and _NUMERIC.match(other):
        return "" if is_full else " "
    return " " if one.isascii() and other.isascii() and one.isalnum() and other.isalnum() else ""


def _woven(lines: list[Line], grids: list[Grid]) -> list[Line | Grid]:
    """Put tables before the first line that stands below their upper edge."""
    blocks: list[Line | Grid] = []
    waiting = sorted(grids, key=lambda grid: grid.ys[0])
    for line in lines:
        while waiting and (line.top + line.bottom) / 2 > waiting[0].ys[0]:
            blocks.append(waiting.pop(0))
        blocks.append(line)
    return blocks + waiting
