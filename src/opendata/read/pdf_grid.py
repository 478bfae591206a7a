"""Ruled tables: from straight edges on a page to grids of cells with their spans. Pure geometry, in points from the top left.

Edges that miss each other by up to three points count as touching, as pdfplumber has it; tests hold the two together.
"""

import itertools
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from opendata.errors import Unreadable
from opendata.read.pdf_pages import Grid, GridCell

TOLERANCE = 3.0
MOST_EDGES = 6000
_OPEN_SIDE = 10.0


class Edge(NamedTuple):
    """A straight edge: `at` is its constant coordinate, `start` and `end` the other one."""

    at: float
    start: float
    end: float


def find_grids(level: Sequence[Edge], upright: Sequence[Edge], most_cells: int) -> list[Grid]:
    """Return the tables that level and upright edges rule, from top to bottom; cells are without text.

    Drawings with more edges than any table has give none. Raises Unreadable `table-too-large`.
    """
    if len(level) + len(upright) > MOST_EDGES:
        return []
    rows, columns = _merged(level), _merged(upright)
    grids = []
    for row_edges, column_edges in _connected(rows, columns):
        grid = _grid(row_edges, column_edges, most_cells)
        if grid is not None:
            grids.append(grid)
    grids.sort(key=lambda grid: (grid.ys[0], grid.xs[0]))
    return grids


def _merged(edges: Sequence[Edge]) -> list[Edge]:
    """Snap edges that lie within the tolerance onto one place, and join those that overlap or nearly touch."""
    merged: list[Edge] = []
    group: list[Edge] = []
    for edge in sorted(edges):
        if group and edge.at - group[-1].at > TOLERANCE:
            merged += _joined(group)
            group = []
        group.append(edge)
    if group:
        merged += _joined(group)
    return [edge for edge in merged if edge.end - edge.start > TOLERANCE]


def _joined(group: list[Edge]) -> list[Edge]:
    at = sum(edge.at for edge in group) / len(group)
    joined: list[Edge] = []
    for edge in sorted(group, key=lambda edge: edge.start):
        if joined and edge.start - joined[-1].end <= TOLERANCE:
            joined[-1] = Edge(at, joined[-1].start, max(joined[-1].end, edge.end))
        else:
            joined.append(Edge(at, edge.start, edge.end))
    return joined


def _connected(rows: list[Edge], columns: list[Edge]) -> list[tuple[list[Edge], list[Edge]]]:
    """Return the groups of edges that hang together by crossings."""
    parents = list(range(len(rows) + len(columns)))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    places = [row.at for row in rows]
    for number, column in enumerate(columns):
        first = bisect_left(places, column.start - TOLERANCE)
        for index in range(first, len(rows)):
            row = rows[index]
            if row.at > column.end + TOLERANCE:
                break
            if row.start - TOLERANCE <= column.at <= row.end + TOLERANCE:
                parents[root(index)] = root(len(rows) + number)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for index, row in enumerate(rows):
        groups.setdefault(root(index), ([], []))[0].append(row)
    for index, column in enumerate(columns):
        groups.setdefault(root(len(rows) + index), ([], []))[1].append(column)
    return list(groups.values())


def _grid(rows: list[Edge], columns: list[Edge], most_cells: int) -> Grid | None:
    columns = columns + _open_sides(rows, columns)
    xs = sorted({column.at for column in columns})
    ys = sorted({row.at for row in rows})
    wide, high = len(xs) - 1, len(ys) - 1
    if wide < 2 or high < 1:
        return None
    if wide * high > most_cells:
        raise Unreadable("table-too-large", f"{wide * high}")
    ruled_below = _covered(rows, ys, xs)
    ruled_beside = _covered(columns, xs, ys)
    regions = _regions(wide, high, ruled_below, ruled_beside)
    cells = [cell for region in regions for cell in _cells(region)]
    cells.sort()
    if len(cells) < 2:
        return None
    return Grid(xs, ys, cells)


def _open_sides(rows: list[Edge], columns: list[Edge]) -> list[Edge]:
    """Tables are often left open at the sides: where level edges agree on an end beyond the outermost upright one, add an edge."""
    if len(rows) < 2 or not columns:
        return []
    top, bottom = min(row.at for row in rows), max(row.at for row in rows)
    sides = []
    left, right = min(row.start for row in rows), max(row.end for row in rows)
    if sum(row.start - left < TOLERANCE for row in rows) >= 2 and min(c.at for c in columns) - left > _OPEN_SIDE:
        sides.append(Edge(left, top, bottom))
    if sum(right - row.end < TOLERANCE for row in rows) >= 2 and right - max(c.at for c in columns) > _OPEN_SIDE:
        sides.append(Edge(right, top, bottom))
    return sides


def _covered(edges: list[Edge], places: list[float], stops: list[float]) -> list[list[bool]]:
    """Tell for each place and each step between two stops whether an edge runs there."""
    index = {place: number for number, place in enumerate(places)}
    covered = [[False] * (len(stops) - 1) for _ in places]
    middles = [(one + other) / 2 for one, other in itertools.pairwise(stops)]
    for edge in edges:
        line = covered[index[edge.at]]
        for step in range(bisect_left(middles, edge.start), bisect_left(middles, edge.end)):
            line[step] = True
    return covered


def _regions(
    wide: int, high: int, ruled_below: list[list[bool]], ruled_beside: list[list[bool]]
) -> list[list[tuple[int, int]]]:
    """Return the places of the grid that no edge parts from each other; those open to the outside of the table are left out."""
    seen = [[False] * wide for _ in range(high)]
    regions = []
    for row in range(high):
        for column in range(wide):
            if seen[row][column]:
                continue
            seen[row][column] = True
            region, pending, is_closed = [], [(row, column)], True
            while pending:
                y, x = pending.pop()
                region.append((y, x))
                for ruled, next_y, next_x in (
                    (ruled_below[y][x], y - 1, x),
                    (ruled_below[y + 1][x], y + 1, x),
                    (ruled_beside[x][y], y, x - 1),
                    (ruled_beside[x + 1][y], y, x + 1),
                ):
                    if ruled:
                        continue
                    if not (0 <= next_y < high and 0 <= next_x < wide):
                        is_closed = False
                    elif not seen[next_y][next_x]:
                        seen[next_y][next_x] = True
                        pending.append((next_y, next_x))
            if is_closed:
                regions.append(region)
    return regions


def _cells(region: list[tuple[int, int]]) -> list[GridCell]:
    """Return a region as one cell; one that is no rectangle (an edge is missing) as its single places."""
    rows, columns = [row for row, _ in region], [column for _, column in region]
    row, column = min(rows), min(columns)
    row_span, column_span = max(rows) - row + 1, max(columns) - column + 1
    if row_span * column_span == len(region):
        return [GridCell(row, column, row_span, column_span, "")]
    return [GridCell(row, column, 1, 1, "") for row, column in region]
