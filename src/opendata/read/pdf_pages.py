"""What is known of a page before its lines become text: lines and ruled tables with their places, for PDF and OFD alike."""

import itertools
from dataclasses import dataclass, field
from typing import NamedTuple

from opendata.read.reading import Reading


@dataclass(slots=True)
class PagedReading(Reading):
    """Reading of a format with pages.

    `pages` are the offsets in the text at which each page begins (a paragraph or a table may run over a break). `furniture` is the
    piece at the end of the text that holds what stood around the pages: running headers, footers, page numbers and repeated table
    headers, one a line. `unread_pages` are the numbers (from 1) of pages that hold a picture and no text.
    """

    pages: list[int] = field(default_factory=list)
    furniture: tuple[int, int] | None = None
    unread_pages: tuple[int, ...] = ()


class Line(NamedTuple):
    """A printed line; places in points from the top left corner of the page, `size` is the height of its characters."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


class GridCell(NamedTuple):
    """A cell of a ruled table. `is_full` tells that its last line reaches the right edge, so that words may go on elsewhere."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    is_full: bool = False


@dataclass(slots=True)
class Grid:
    """A ruled table of one page: the places of its edges and its cells in reading order."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]


@dataclass(slots=True)
class Page:
    """One page: lines and tables in reading order, and how much of it is covered by pictures (0 to 1)."""

    width: float
    height: float
    blocks: list[Line | Grid] = field(default_factory=list)
    pictured: float = 0.0


def in_reading_order(lines: list[Line]) -> list[Line]:
    """Return lines from top to bottom, those of one height joined; lines set in columns stay in the order of the file."""
    if len(lines) < 2 or _has_columns(lines):
        return lines
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom, line.x0)):
        if rows and _same_height(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_one_line(sorted(row, key=lambda line: line.x0)) for row in rows]


def _same_height(one: Line, other: Line) -> bool:
    return abs(one.top + one.bottom - other.top - other.bottom) < min(one.size, other.size)


def _one_line(row: list[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    text = row[0].text
    for before, after in itertools.pairwise(row):
        text += (" " if after.x0 - before.x1 > 0.25 * after.size else "") + after.text
    return Line(
        text,
        row[0].x0,
        max(line.x1 for line in row),
        min(line.top for line in row),
        max(line.bottom for line in row),
        max(line.size for line in row),
    )


def _has_columns(lines: list[Line]) -> bool:
    """Tell whether the lines jump up and to the right of all lines of the column before, three lines each: columns of prose."""
    start = 0
    for index in range(1, len(lines)):
        if lines[index].top < lines[index - 1].top - lines[index].size:
            column = lines[start:index]
            following = lines[index : index + 3]
            beside = [line for line in column if line.bottom > lines[index].top]
            if (
                len(beside) >= 3
                and len(following) == 3
                and following[0].top < following[1].top < following[2].top
                and min(line.x0 for line in following) >= max(line.x1 for line in beside) - 2
                and min(len(line.text) for line in following[:2]) >= 8
            ):
                return True
            start = index
    return False
