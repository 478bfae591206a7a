"""Tables: row and column spans resolved into one row per grid place, with the headers that each value stands under."""

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from opendata.languages import DEFAULT, load
from opendata.model.arrow import DECIMAL
from opendata.read.reading import Table

_NUMBER = re.compile(r"[-−]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[-−]?[0-9]+(?:\.[0-9]+)?")
_MOST_DIGITS = DECIMAL.precision - DECIMAL.scale


class _Units(NamedTuple):
    """Where one language prints the units of a table."""

    heading: re.Pattern[str]
    caption: re.Pattern[str]
    units: re.Pattern[str]
    without: re.Pattern[str]


@cache
def _units(language: str) -> _Units:
    data = load("tables", language)
    return _Units(
        *(re.compile(data[name].replace("{W}", data["word"])) for name in ("heading", "caption", "units", "without"))
    )


class GridCell(NamedTuple):
    """One place of a table's grid, in the order of the columns of `table_cells`."""

    table_index: int
    row_index: int
    column_index: int
    row_header: str | None
    column_header: str | None
    text: str | None
    value: Decimal | None
    unit: str | None


def resolve(text: str, table: Table, index: int, language: str = DEFAULT) -> list[GridCell]:
    """Return the grid of a table; a cell that spans several places stands in each of them.

    Header rows are those of header cells, else the first row when it holds no number; the header of a column is the path of
    its header cells from the top, joined by ' > '. The header of a row is the text of its first cells that hold no number.
    """
    grid: dict[tuple[int, int], str] = {}
    headers: set[tuple[int, int]] = set()
    for cell in table.cells:
        words = " ".join(text[cell.start : cell.end].split())
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                grid.setdefault((row, column), words)
                if cell.is_header:
                    headers.add((row, column))
    rows = sorted({row for row, _ in grid})
    columns = sorted({column for _, column in grid})
    last_row = max((cell.row for cell in table.cells), default=0)
    rows = [row for row in rows if row <= last_row]
    top = _header_rows(grid, headers, rows, columns)
    paths = {column: _path(grid, rows[:top], column) for column in columns}
    units = _units(language)
    general = _general_unit(text, table, units)
    return [
        cell
        for position, row in enumerate(rows)
        for cell in _row(grid, index, row, columns, paths, general, units, is_header=position < top)
    ]


def _header_rows(
    grid: dict[tuple[int, int], str], headers: set[tuple[int, int]], rows: list[int], columns: list[int]
) -> int:
    """Return how many rows at the top are headers."""
    if headers:
        top = 0
        while top < len(rows) and all((rows[top], c) in headers for c in columns if (rows[top], c) in grid):
            top += 1
        if top:
            return min(top, len(rows) - 1) if len(rows) > 1 else top
    top = 0
    while top < min(3, len(rows) - 1):
        words = [grid.get((rows[top], column), "") for column in columns]
        if not any(words) or any(_number(word) is not None for word in words):
            break
        top += 1
        following = [grid.get((rows[top], column), "") for column in columns]
        if len(set(words)) == len([w for w in words if w]) and not any(
            below and below == above for below, above in zip(following, words, strict=True)
        ):
            break
    return top


def _path(grid: dict[tuple[int, int], str], rows: list[int], column: int) -> str | None:
    parts = [grid.get((row, column), "") for row in rows]
    return " > ".join(dict.fromkeys(part for part in parts if part)) or None


def _row(
    grid: dict[tuple[int, int], str],
    index: int,
    row: int,
    columns: list[int],
    paths: dict[int, str | None],
    general: str | None,
    units: _Units,
    *,
    is_header: bool,
) -> list[GridCell]:
    heads: list[str] = []
    in_heads = True
    cells = []
    for column in columns:
        if (row, column) not in grid:
            continue
        words = grid[row, column]
        value = None if is_header else _number(words)
        if value is not None or is_header:
            in_heads = False
        row_header = " > ".join(dict.fromkeys(heads)) or None
        unit = _unit(paths[column], row_header, words, general, units) if value is not None else None
        column_header = None if is_header else paths[column]
        cells.append(
            GridCell(index, row, column, None if is_header else row_header, column_header, words or None, value, unit)
        )
        if in_heads and words:
            heads.append(words)
            in_heads = len(heads) < 4
    return cells


def _number(words: str) -> Decimal | None:
    plain = words.removesuffix("%").removesuffix("％").strip()
    if not plain or len(plain) > 40 or not _NUMBER.fullmatch(plain):
        return None
    plain = plain.replace(",", "").replace("−", "-")
    whole, _, fraction = plain.lstrip("-").partition(".")
    return Decimal(plain) if len(whole) <= _MOST_DIGITS and len(fraction) <= DECIMAL.scale else None


def _general_unit(text: str, table: Table, words: _Units) -> str | None:
    """Return the unit that a caption in the table, or the line above it, states for all of its numbers (单位：万元)."""
    first = min((cell.start for cell in table.cells), default=table.start)
    above = text[max(0, table.start - 80) : max(first, table.start)].rstrip().rsplit("\n", 2)[-2:]
    found = words.caption.findall("\n".join(above))
    return found[-1].replace("％", "%") if found and words.units.fullmatch(found[-1]) else None


def _unit(
    column_header: str | None, row_header: str | None, words: str, general: str | None, units: _Units
) -> str | None:
    if words.endswith(("%", "％")):
        return "%"
    for header in (column_header, row_header):
        match = units.heading.search(header) if header else None
        if match and units.units.fullmatch(match.group(1)):
            return match.group(1).replace("％", "%")
    if general and not any(header and units.without.search(header) for header in (column_header, row_header)):
        return general
    return None
