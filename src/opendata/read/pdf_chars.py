"""Characters of a PDF page as pdfium finds them: into lines with their places, and into the cells of ruled tables."""

import ctypes
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from opendata.read.pdf_fallback import Placed
from opendata.read.pdf_grid import Edge, find_grids
from opendata.read.pdf_pages import Grid, Line, Page, in_reading_order
from opendata.read.pdf_rules import find_drawn

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


def read_page(page: Any, text_page: Any, rotation: int, most_cells: int, fallback: Callable[[], Placed]) -> Page:
    """Return the lines and tables of a page. `page` and `text_page` are handles of pdfium, `rotation` is in degrees.

    `fallback` gives the characters where pdfium leaves some out.
    """
    view = _View(page, rotation)
    drawn = find_drawn(page, view.width * view.height)
    result = Page(view.width, view.height, [], min(drawn.picture_area / (view.width * view.height), 1.0))
    place: Placer
    if drawn.lost:
        text, places = fallback()
        place = places.__getitem__
    else:
        text, place = _text(text_page), _places(text_page, view)
    if not text.strip():
        return result
    level = [_edge(view.place(edge.start, edge.at, edge.end, edge.at)) for edge in drawn.level]
    upright = [_edge(view.place(edge.at, edge.start, edge.at, edge.end)) for edge in drawn.upright]
    if rotation in (90, 270):
        level, upright = upright, level
    grids = find_grids(level, upright, most_cells) if level and upright else []
    if grids:
        result.blocks = _with_tables(text, place, grids)
    else:
        result.blocks = list(in_reading_order(_lines(text, place)))
    return result


class _View:
    """The page as it is seen: pdfium's coordinates turned, with the origin at the top left."""

    def __init__(self, page: Any, rotation: int) -> None:
        box = pdfium.FS_RECTF(
            0.0, 792.0, 612.0, 0.0
        )  # left, top, right, bottom of the page where it gives none: Letter
        pdfium.FPDF_GetPageBoundingBox(page, box)
        self.left, self.bottom, self.right, self.top = box.left, box.bottom, box.right, box.top
        wide, high = max(self.right - self.left, 1.0), max(self.top - self.bottom, 1.0)
        self.width, self.height = (high, wide) if rotation in (90, 270) else (wide, high)
        turns: dict[int, Callable[[float, float], tuple[float, float]]] = {
            90: lambda x, y: (y - self.bottom, x - self.left),
            180: lambda x, y: (self.right - x, y - self.bottom),
            270: lambda x, y: (self.top - y, self.right - x),
        }
        turns[0] = lambda x, y: (x - self.left, self.top - y)
        self.point: Callable[[float, float], tuple[float, float]] = turns.get(rotation, turns[0])

    def place(self, x0: float, y0: float, x1: float, y1: float) -> Place:
        """Return where a rectangle stands."""
        one_x, one_y = self.point(x0, y0)
        other_x, other_y = self.point(x1, y1)
        return min(one_x, other_x), min(one_y, other_y), max(one_x, other_x), max(one_y, other_y)


def _edge(place: Place) -> Edge:
    x0, top, x1, bottom = place
    return Edge(top, x0, x1) if x1 - x0 >= bottom - top else Edge(x0, top, bottom)


def _text(text_page: Any) -> str:
    """Return the page's characters, one for each index of pdfium."""
    count = pdfium.FPDFText_CountChars(text_page)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    written = pdfium.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(buffer)[: max(written - 1, 0) * 2].decode("utf-16-le", errors="replace")
    if len(text) != count:  # characters without Unicode are left out of the whole text, and places would be shifted
        code = pdfium.FPDFText_GetUnicode
        text = "".join(_character(code(text_page, index)) for index in range(count))
    return text


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 else "\ufffd"


def _clean(text: str) -> str:
    """Return text that every output can carry. pdfium marks a hyphen at the end of a line as U+0002."""
    if not text.isprintable():
        text = _UNWANTED.sub("", text.replace("\x02", "-")).replace("\t", " ")
    return text.translate(_RADICALS).strip(" ")


def _places(text_page: Any, view: _View) -> Placer:
    """Return a function that tells where a character stands."""
    rectangle = pdfium.FS_RECTF()
    get = pdfium.FPDFText_GetLooseCharBox

    def place(index: int) -> Place | None:
        if not get(text_page, index, rectangle):
            return None
        return view.place(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)

    return place


def _lines(text: str, place: Placer) -> list[Line]:
    """Return the lines of a page without tables: only the first and last character of each are looked up."""
    lines = []
    start = 0
    for raw in text.split("\n"):
        line = _line(raw, start, start + len(raw), text, place)
        if line is not None:
            lines.append(line)
        start += len(raw) + 1
    return lines


def _line(raw: str, start: int, end: int, text: str, place: Placer) -> Line | None:
    words = _clean(raw.replace("\r", ""))
    if not words:
        return None
    while start < end - 1 and text[start].isspace():
        start += 1
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    first, last = place(start), place(end - 1)
    if first is None or last is None:
        return Line(words, 0.0, 0.0, 0.0, 0.0, 1.0)
    return Line(
        words,
        min(first[0], last[0]),
        max(first[2], last[2]),
        min(first[1], last[1]),
        max(first[3], last[3]),
        max(first[3] - first[1], last[3] - last[1], 1.0),
    )


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


def _with_tables(text: str, place: Placer, grids: list[Grid]) -> list[Line | Grid]:
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
    words = _clean("".join(piece.parts))
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
