"""Tables of Word's binary format, which are paragraphs that end in cell marks, put together as rows and a grid."""

import struct
from typing import NamedTuple

from opendata.read.word_blocks import Block, Paragraph, WordCell, WordTable
from opendata.read.word_properties import Look

_NEAR = 20
"""Edges closer than this (twentieths of a point) are one edge of the grid."""
_CELL = 20


class _Row(NamedTuple):
    """A row before the grid is known: cells with their left and right edge and their merging."""

    cells: list[tuple[list[Block], int, int, bool]]
    is_header: bool


class Rows:
    """Sorts paragraphs into `out`: those of a table are gathered until the table ends."""

    def __init__(self, out: list[Block]) -> None:
        self._out = out
        self._rows: list[_Row] = []
        self._cells: list[list[Block]] = []
        self._cell: list[Block] = []

    def add(self, paragraph: Paragraph, look: Look, is_mark: bool) -> None:
        """Add a paragraph; `is_mark` tells that it ends in a cell mark, which ends a cell or a row of an outer table."""
        if not look.in_table and not (is_mark and look.depth > 0):
            self.close()
            self._out.append(paragraph)
            return
        if look.ends_row and is_mark:
            self._end_row(look)
            return
        self._cell.append(paragraph)
        if look.depth > 1:
            self._cell.append(WordTable())
        if is_mark:
            self._cells.append(self._cell)
            self._cell = []

    def add_boxes(self, blocks: list[Block]) -> None:
        """Add the blocks of a text box where its anchor stands: in the open cell, or between paragraphs."""
        if self._cells or self._cell:
            self._cell += blocks
        else:
            self._out += blocks

    def _end_row(self, look: Look) -> None:
        cells = self._cells + ([self._cell] if self._cell else [])
        self._cells, self._cell = [], []
        edges, merges = _grid(look.grid)
        row: list[tuple[list[Block], int, int, bool]] = []
        for index, blocks in enumerate(cells):
            known = index + 1 < len(edges)
            left, right = (edges[index], edges[index + 1]) if known else (1_000_000 + index, 1_000_001 + index)
            flags = merges[index] if index < len(merges) else 0
            if flags & 3 == 1 and row:
                before, start, _, continues = row[-1]
                row[-1] = (before + blocks, start, right, continues)
            else:
                row.append((blocks, left, right, flags >> 5 & 3 == 1))
        if row:
            self._rows.append(_Row(row, look.is_header))

    def close(self) -> None:
        """End the open table, if there is one."""
        if self._rows:
            self._out.append(_table(self._rows))
        for blocks in [*self._cells, self._cell]:
            self._out += blocks
        self._rows, self._cells, self._cell = [], [], []


def _grid(grid: bytes) -> tuple[list[int], list[int]]:
    """Return the edges of a row's cells and the flags of each, from the operand of sprmTDefTable."""
    count = grid[0] if grid else 0
    if not count or len(grid) < 1 + 2 * (count + 1):
        return [], []
    edges = list(struct.unpack_from(f"<{count + 1}h", grid, 1))
    first = 1 + 2 * (count + 1)
    flags = [
        struct.unpack_from("<H", grid, first + _CELL * index)[0]
        for index in range(count)
        if first + _CELL * index + 2 <= len(grid)
    ]
    return edges, flags


def _table(rows: list[_Row]) -> WordTable:
    edges: list[int] = []
    for edge in sorted({edge for row in rows for _, left, right, _ in row.cells for edge in (left, right)}):
        if not edges or edge - edges[-1] > _NEAR or edge >= 1_000_000:
            edges.append(edge)
    table = WordTable()
    for row in rows:
        cells = []
        after = 0
        for blocks, left, right, continues in row.cells:
            column = max(_place(edges, left), after)
            after = max(_place(edges, right), column + 1)
            cells.append(WordCell(column, after - column, continues, row.is_header, blocks))
        table.rows.append(cells)
    return table


def _place(edges: list[int], edge: int) -> int:
    """Return the number of the grid's edge that `edge` stands for: the last one not beyond it."""
    low, high = 0, len(edges)
    while low < high:
        middle = (low + high) // 2
        if edges[middle] <= edge:
            low = middle + 1
        else:
            high = middle
    return low - 1
