"""Characters of a PDF page as pdfium finds them, into lines with their places."""

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2.raw as pdfium

from opendata.read.pdf_cells import Place, Placer, clean, with_tables
from opendata.read.pdf_fallback import Placed
from opendata.read.pdf_grid import Edge, find_grids
from opendata.read.pdf_pages import Line, Page, in_reading_order
from opendata.read.pdf_rules import find_drawn


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
        result.blocks = with_tables(text, place, grids)
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
    words = clean(raw.replace("\r", ""))
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
