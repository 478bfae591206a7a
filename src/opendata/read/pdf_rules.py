"""What is drawn on a PDF page: straight edges that may rule tables, and how much of the page pictures cover."""

import ctypes
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from opendata.read.pdf_grid import MOST_EDGES, TOLERANCE, Edge

_DEEPEST_FORM = 4
_MOST_OBJECTS = 200_000
_MOST_SEGMENTS = 4000
_WANTED = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_TEXT)
_LATIN = re.compile(
    rb"(?:[A-Z]{6}\+)?(?:Times|Arial|Helvetica|Courier|Calibri|Cambria|Symbol|Verdana|Tahoma|Georgia)", re.I
)

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Drawn(NamedTuple):
    """Edges in the page's own coordinates (origin at the bottom left), and the area of pictures in square points.

    `lost` counts pieces of text that pdfium leaves out: single characters of a Chinese font that neither the file nor this machine
    has, which to it have no extent.
    """

    level: list[Edge]
    upright: list[Edge]
    picture_area: float
    lost: int


def find_drawn(page: Any, page_area: float) -> Drawn:
    """Return what is drawn on a page (a handle of pdfium). Forms within forms are followed a few levels deep."""
    level: list[Edge] = []
    upright: list[Edge] = []
    pictures = 0.0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    lost = 0
    for item, kind, matrix in _objects(page):
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top) and _is_lost(
                item, left, bottom, right, top
            ):
                lost += 1
            continue
        if kind != pdfium.FPDF_PAGEOBJ_PATH:
            if pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
                x0, y0, x1, y1 = _box(matrix, left.value, bottom.value, right.value, top.value)
                pictures += (x1 - x0) * (y1 - y0)
            continue
        if len(level) + len(upright) > MOST_EDGES:
            continue
        if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            continue
        x0, y0, x1, y1 = _box(matrix, left.value, bottom.value, right.value, top.value)
        width, height = x1 - x0, y1 - y0
        if height <= TOLERANCE < width:
            level.append(Edge((y0 + y1) / 2, x0, x1))
        elif width <= TOLERANCE < height:
            upright.append(Edge((x0 + x1) / 2, y0, y1))
        elif width > TOLERANCE and (_is_stroked(item) or width * height < 0.8 * page_area):
            for start, end in _segments(item, matrix):
                _add(start, end, level, upright)
    return Drawn(level, upright, pictures, lost)


def _objects(page: Any) -> Iterator[tuple[Any, int, Matrix]]:
    """Yield texts, paths and pictures with the matrix that leads to the page's coordinates."""
    pending: list[tuple[Any, int, Matrix]] = [(page, 0, _IDENTITY)]
    seen = 0
    get_type = pdfium.FPDFPageObj_GetType
    while pending:
        holder, depth, matrix = pending.pop()
        get = pdfium.FPDFFormObj_GetObject if depth else pdfium.FPDFPage_GetObject
        count = pdfium.FPDFFormObj_CountObjects(holder) if depth else pdfium.FPDFPage_CountObjects(holder)
        for index in range(count):
            seen += 1
            if seen > _MOST_OBJECTS:
                return
            item = get(holder, index)
            kind = get_type(item)
            if kind in _WANTED:
                yield item, kind, matrix
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
                pending.append((item, depth + 1, _times(_matrix_of(item), matrix)))


def _is_lost(
    item: Any, left: ctypes.c_float, bottom: ctypes.c_float, right: ctypes.c_float, top: ctypes.c_float
) -> bool:
    """Tell whether a text has no extent since its font is missing. Spaces have none either, so Latin fonts are left out."""
    if left.value != right.value or bottom.value != top.value:
        return False
    font = pdfium.FPDFTextObj_GetFont(item)
    if not font or pdfium.FPDFFont_GetIsEmbedded(font) != 0:
        return False
    name = ctypes.create_string_buffer(128)
    size = pdfium.FPDFFont_GetBaseFontName(font, name, 128)
    return 1 < size <= 128 and _LATIN.match(name.value) is None


def _matrix_of(item: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, found):
        return _IDENTITY
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that applies `inner` first, then `outer`."""
    a, b, c, d, e, f = inner
    i, j, k, m, n, o = outer
    return (a * i + b * k, a * j + b * m, c * i + d * k, c * j + d * m, e * i + f * k + n, e * j + f * m + o)


def _point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _box(matrix: Matrix, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    if matrix is _IDENTITY:
        return x0, y0, x1, y1
    (one_x, one_y), (other_x, other_y) = _point(matrix, x0, y0), _point(matrix, x1, y1)
    return min(one_x, other_x), min(one_y, other_y), max(one_x, other_x), max(one_y, other_y)


def _is_stroked(item: Any) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(item, fill, stroke)) and bool(stroke.value)


def _segments(item: Any, outer: Matrix) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield the straight pieces of a path. Curves and very long paths (drawings) yield none."""
    count = pdfium.FPDFPath_CountSegments(item)
    if not 2 <= count <= _MOST_SEGMENTS:
        return
    matrix = _times(_matrix_of(item), outer)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = here = (0.0, 0.0)
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            return
        point = _point(matrix, x.value, y.value)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield here, point
        here = point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield here, start
            here = start


def _add(start: tuple[float, float], end: tuple[float, float], level: list[Edge], upright: list[Edge]) -> None:
    if abs(start[1] - end[1]) <= 1:
        level.append(Edge((start[1] + end[1]) / 2, min(start[0], end[0]), max(start[0], end[0])))
    elif abs(start[0] - end[0]) <= 1:
        upright.append(Edge((start[0] + end[0]) / 2, min(start[1], end[1]), max(start[1], end[1])))
