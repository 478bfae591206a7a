"""What is drawn on an OFD page (GB/T 33190, 9.1): straight edges that may rule tables, in points from the top left."""

import math
from collections.abc import Iterator
from typing import Any

from ofdkit.package import Package

from opendata.read.pdf_grid import MOST_EDGES, TOLERANCE, Edge

POINTS = 72 / 25.4
_MOST_TOKENS = 12_000
_DEEPEST_BLOCK = 20
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

Point = tuple[float, float]
Box = tuple[float, float, float, float]


def find_edges(package: Package, location: str, box: Box) -> tuple[list[Edge], list[Edge]]:
    """Return the level and the upright edges that the part `location` draws on a page whose box (x, y, width, height) is in mm.

    Paths in the page's layers and blocks only: tables stand there, not in templates and composite objects.
    """
    level: list[Edge] = []
    upright: list[Edge] = []
    if b"PathObject" not in package.read(location):
        return level, upright
    for path in _paths(package.read_xml(location)):
        if len(level) + len(upright) > MOST_EDGES:
            break
        pieces = _pieces(path, box)
        points = [point for piece in pieces for point in piece]
        if not points:
            continue
        x0, x1 = min(x for x, _ in points), max(x for x, _ in points)
        y0, y1 = min(y for _, y in points), max(y for _, y in points)
        if y1 - y0 <= TOLERANCE < x1 - x0:
            level.append(Edge((y0 + y1) / 2, x0, x1))
        elif x1 - x0 <= TOLERANCE < y1 - y0:
            upright.append(Edge((x0 + x1) / 2, y0, y1))
        else:
            for start, end in pieces:
                if abs(start[1] - end[1]) <= 1:
                    level.append(Edge((start[1] + end[1]) / 2, min(start[0], end[0]), max(start[0], end[0])))
                elif abs(start[0] - end[0]) <= 1:
                    upright.append(Edge((start[0] + end[0]) / 2, min(start[1], end[1]), max(start[1], end[1])))
    return level, upright


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _paths(root: Any) -> Iterator[Any]:
    """Yield the paths that are seen, in the order of the file."""
    for content in (one for one in root if _name(one) == "Content"):
        pending = [(layer, 0) for layer in content if _name(layer) == "Layer"][::-1]
        while pending:
            element, depth = pending.pop()
            name = _name(element)
            if name == "PathObject":
                if element.get("Visible") != "false" and _is_painted(element):
                    yield element
            elif name in ("Layer", "PageBlock") and depth <= _DEEPEST_BLOCK:
                pending += [(child, depth + 1) for child in element][::-1]


def _is_painted(path: Any) -> bool:
    """Tell whether a path is stroked (as it is unless it says not) or filled."""
    return bool(path.get("Stroke") != "false" or path.get("Fill") == "true")


def _pieces(path: Any, box: Box) -> list[tuple[Point, Point]]:
    """Return the straight pieces of a path on the page. One that holds a curve, or is very long, is a drawing and has none."""
    data = next((child.text or "" for child in path if _name(child) == "AbbreviatedData"), "")
    tokens = data.split(None, _MOST_TOKENS)
    matrix = _floats(path.get("CTM"), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    place = _floats(path.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
    if len(tokens) > _MOST_TOKENS:
        return []
    pieces: list[tuple[Point, Point]] = []
    begin = here = (0.0, 0.0)
    at = 0
    while at < len(tokens):
        operator = tokens[at]
        count = _OPERANDS.get(operator)
        if count is None or count > 2:
            return []
        given = _floats(" ".join(tokens[at + 1 : at + 1 + count]), count) if count else ()
        if given is None:
            return []
        at += 1 + count
        if operator == "C":
            pieces.append((here, begin))
            here = begin
            continue
        x, y = given
        a, b, c, d, e, f = matrix
        point = (
            (a * x + c * y + e + place[0] - box[0]) * POINTS,
            (b * x + d * y + f + place[1] - box[1]) * POINTS,
        )
        if operator == "L":
            pieces.append((here, point))
        else:
            begin = point
        here = point
    return pieces


def _floats(printed: str | None, count: int) -> tuple[float, ...] | None:
    """Return so many finite numbers; None where that is not what is given."""
    try:
        numbers = tuple(float(part) for part in (printed or "").replace(",", " ").split())
    except ValueError:
        return None
    return numbers if len(numbers) == count and all(map(math.isfinite, numbers)) else None
