"""Data tables of a page: which ones they are, and where each of their cells stands in the grid."""

from typing import Any

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.reading import Cell, Table

_BLOCKS_IN_CELL = "p,div,li,h1,h2,h3"
_MOST_BLOCKS = 8
"""A cell with more blocks than that holds a page, not a value."""


class Grid:
    """A data table while it is walked: which grid places are taken by spans from above."""

    def __init__(self, table: Table, depth: int) -> None:
        self.table = table
        self.depth = depth
        self.row = -1
        self.cells_in_row = 0
        self.in_cell = False
        self._column = 0
        self._taken: dict[int, int] = {}
        self._open: tuple[int, int, int, bool, int] = (0, 1, 1, False, 0)

    def next_row(self) -> None:
        """Begin a row."""
        self.row += 1
        self.cells_in_row = 0
        self._column = 0
        self.in_cell = False
        self._taken = {column: last for column, last in self._taken.items() if last >= self.row}

    def open_cell(self, start: int, is_header: bool, row_span: int, column_span: int) -> None:
        """Begin a cell at the next free place of the row; `start` is where its text begins."""
        self.row = max(self.row, 0)
        while self._column in self._taken:
            self._column += 1
        self._open = (self._column, row_span, column_span, is_header, start)
        self.cells_in_row += 1

    def close_cell(self, end: int) -> None:
        """End the open cell; `end` is where its text ends."""
        column, row_span, column_span, is_header, start = self._open
        self.table.cells.append(Cell(self.row, column, row_span, column_span, is_header, start, max(start, end)))
        if row_span > 1:
            for taken in range(column, column + column_span):
                self._taken[taken] = self.row + row_span - 1
        self._column = column + column_span
        self.in_cell = False


def span_of(attributes: dict[str, str | None], name: str) -> int:
    """Return how many rows or columns an attribute says a cell spans: 1 where it says nothing usable, at most 1,000."""
    value = attributes.get(name)
    return min(int(value), 1000) if value and value.isascii() and value.isdigit() and int(value) > 0 else 1


def is_data_table(node: Any, limits: Limits) -> bool:
    """Tell a table of data from one that only lays out the page: no table within, several cells a row, short cells."""
    if len(node.css("table")) > 1:
        return False
    cells = node.css("td,th")
    if len(cells) > limits.table_cells:
        raise Unreadable("table-too-large", f"{len(cells)}")
    rows = len(node.css("tr"))
    if len(cells) < 2 or len(cells) == rows:
        return False
    if rows == 1 and len(node.css("a")) >= len(cells):
        return False  # a bar of links
    if len(node.css(_BLOCKS_IN_CELL)) <= _MOST_BLOCKS:
        return True
    return all(len(cell.css(_BLOCKS_IN_CELL)) <= _MOST_BLOCKS for cell in cells[:400])
