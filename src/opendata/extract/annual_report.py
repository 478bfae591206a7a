"""The tables of the statutory annual report on disclosure (format of 2021): one value for each number that they print.

Parts 2, 3 and 4 are told by their labels, wherever they stand: a row that prints labels of columns begins a part, rows below it are
read by it, also where they go on in another table (a page ended). Nothing is guessed: a cell counts for the one column it stands in.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from opendata.extract.annual_report_words import Label, Words, fold_label, is_number, read_amount, read_count, unit_in
from opendata.normalise.characters import simplified
from opendata.normalise.placeholders import is_placeholder
from opendata.read.reading import Cell, Table

FORMAT = "2021"
OWN_INITIATIVE, REQUESTS, DISPUTES = 2, 3, 4
"""The parts of the report that hold tables."""
TOTAL, COUNT = "total", "count"
_LONGEST_LABEL = 120
_MANY = 200
"""A table with more rows or columns is none of the report's."""
RESULTS = ("upheld", "corrected", "other", "pending", "total")
PROCEEDINGS = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")


class Value(NamedTuple):
    """One number: the columns of `indicators` from `indicator` on, and where its cell stands in the text."""

    indicator: str
    measure: str
    applicant: str
    value: Decimal
    unit: str
    printed: str
    table_index: int
    row_index: int
    column_index: int
    start: int
    end: int


class Problem(NamedTuple):
    """What could not be read: the rule, what is printed, and where."""

    rule: str
    found: str
    start: int
    end: int


class Tables(NamedTuple):
    """What the tables of a report give."""

    values: list[Value]
    problems: list[Problem]


_Row = dict[int, Cell]
_Key = tuple[str, str, str]
_Column = tuple[str | None, str]
"""What a column stands for: in part 4 the proceeding (None: its row tells) and the result, else None and the code."""


def has_other_format(text: str, tables: Iterable[Table], words: Words) -> bool:
    """Tell whether a table has labels that only the formats of other years have."""
    return any(
        words.unsupported.fullmatch(fold_label(text[cell.start : cell.end], words))
        for table in tables
        for cell in table.cells
        if cell.end - cell.start < _LONGEST_LABEL
    )


def read_tables(text: str, tables: Sequence[Table], words: Words) -> Tables:
    """Return the values of all tables, each item once, in the order of the tables, and what could not be read."""
    walk = _Walk(text, words)
    for index, table in enumerate(tables):
        walk.table(index, table)
    if REQUESTS not in walk.parts and (match := words.flattened.search(simplified(text))):
        line = text[match.start() : text.find("\n", match.end()) if "\n" in text[match.end() :] else len(text)]
        walk.problems.append(Problem("report-table-flattened", " ".join(line.split())[:80], *match.span()))
    return Tables(list(walk.values.values()), walk.problems)


class _Walk:
    """Rows of all tables, one after the other: the header that is in force, and what was read by it."""

    def __init__(self, text: str, words: Words) -> None:
        self.text = text
        self.words = words
        self.values: dict[_Key, Value] = {}
        self.problems: list[Problem] = []
        self.parts: set[int] = set()
        self._told: set[tuple[str, str, int]] = set()
        self._part = 0
        self._header: list[_Row] = []
        self._columns: dict[int, _Column] = {}
        self._is_closed = False
        self._width = self._shift = 0
        self._index = 0

    def table(self, index: int, table: Table) -> None:
        """Read one table: by its own header, or by that of the table before it."""
        self._index = index
        grid = _grid(table)
        width = max((column for row in grid.values() for column in row), default=-1) + 1
        self._shift = width - self._width
        is_own = False
        for number, row in grid.items():
            part = self._part_of(row)
            if part:
                if part != self._part or self._is_closed or not is_own:
                    self._part, self._header, self._is_closed = part, [], False
                is_own, self._width, self._shift = True, width, 0
                self._header.append(row)
                self._columns = self._read_header()
            elif self._part and self._columns:
                self._read_row(number, row)

    def _print(self, cell: Cell) -> str:
        return " ".join(self.text[cell.start : cell.end].split())

    def _code(self, label: Label, cell: Cell) -> str | None:
        return (
            label.of(fold_label(self.text[cell.start : cell.end], self.words))
            if cell.end - cell.start < _LONGEST_LABEL
            else None
        )

    def _is_number(self, cell: Cell) -> bool:
        return is_number(self._print(cell), self.words)

    def _part_of(self, row: _Row) -> int:
        """Return the part whose columns a row names, 0 where it names none or holds numbers."""
        cells = list(dict.fromkeys(row.values()))
        if any(self._is_number(cell) for cell in cells):
            return 0
        if any(self._code(self.words.measures, cell) for cell in cells):
            return OWN_INITIATIVE
        if any(self._code(self.words.applicants, cell) not in (None, "other", TOTAL) for cell in cells):
            return REQUESTS
        if any(
            self._code(self.words.results, cell) not in (None, TOTAL) or self._code(self.words.proceedings, cell)
            for cell in cells
        ):
            return DISPUTES
        return 0

    def _read_header(self) -> dict[int, _Column]:
        """Return what each column stands for: the lowest label above it."""
        label = {
            OWN_INITIATIVE: self.words.measures, REQUESTS: self.words.applicants, DISPUTES: self.words.results
        }[self._part]  # fmt: skip
        found: dict[int, _Column] = {}
        for column in sorted({column for row in self._header for column in row}):
            above = [row[column] for row in reversed(self._header) if column in row]
            code = next((code for cell in above if (code := self._code(label, cell))), None)
            if code is not None:
                found[column] = (self._proceeding(above) if self._part == DISPUTES else None), code
        return self._in_prescribed_order(found) if self._part == DISPUTES else found

    def _proceeding(self, cells: Iterable[Cell]) -> str | None:
        codes = (self._code(self.words.proceedings, cell) for cell in cells)
        return next((code for code in codes if code in PROCEEDINGS), None)

    def _in_prescribed_order(self, columns: dict[int, _Column]) -> dict[int, _Column]:
        """Three times the five results in their order belong to the three proceedings in theirs, however cells were merged."""
        if tuple(code for _, code in columns.values()) != RESULTS * 3:
            return columns
        named = [self._code(self.words.proceedings, cell) for row in self._header for cell in row.values()]
        if [code for code in dict.fromkeys(named) if code in PROCEEDINGS] != list(PROCEEDINGS):
            return columns
        return {
            column: (PROCEEDINGS[place // len(RESULTS)], code)
            for place, (column, (_, code)) in enumerate(columns.items())
        }

    def _read_row(self, number: int, row: _Row) -> None:
        columns = {column + self._shift: code for column, code in self._columns.items()}
        first = min(columns)
        labels = list(dict.fromkeys(row[column] for column in sorted(row, reverse=True) if column < first))
        if self._part == DISPUTES:
            self._read_disputes(number, row, columns, labels)
            return
        label = self.words.own_initiative if self._part == OWN_INITIATIVE else self.words.requests
        named = next(((code, cell) for cell in labels if (code := self._code(label, cell))), None)
        values = {column: cell for column, cell in row.items() if column >= first}
        if named is None:
            if self._part == REQUESTS and any(self._is_number(cell) for cell in values.values()):
                shown = labels or list(values.values())
                self._problem("report-label-unknown", self._print(shown[0]), shown[0])
            return
        indicator, cell = named
        self._is_closed = True
        self.parts.add(self._part)
        if not self._fits(row, columns, cell):
            return
        keys = {
            column: (indicator, code, TOTAL) if self._part == OWN_INITIATIVE else (indicator, COUNT, code)
            for column, (_, code) in columns.items()
        }
        self._read_values(number, {c: one for c, one in values.items() if one != cell}, keys, cell)

    def _read_disputes(self, number: int, row: _Row, columns: dict[int, _Column], labels: list[Cell]) -> None:
        is_filled = any(self._is_number(row[column]) for column in columns if column in row)
        if not is_filled or (self._shift and not labels):
            return
        own = self._proceeding(labels)
        if self._is_closed and own is None:
            return
        self._is_closed = True
        self.parts.add(self._part)
        keys = {
            column: (f"{proceeding or own}_{code}", COUNT, TOTAL)
            for column, (proceeding, code) in columns.items()
            if proceeding or own
        }
        self._read_values(number, {c: one for c, one in row.items() if one not in labels}, keys, None)

    def _fits(self, row: _Row, columns: dict[int, _Column], label: Cell) -> bool:
        """Tell whether a row of a table that goes on without its header has its numbers where that header has its columns."""
        if not self._shift or not any(
            self._is_number(cell) for column, cell in row.items() if column not in columns and cell != label
        ):
            return True
        self._problem("report-value-unclear", self._print(label), label)
        return False

    def _read_values(self, number: int, row: _Row, keys: dict[int, _Key], label: Cell | None) -> None:
        places: defaultdict[Cell, list[int]] = defaultdict(list)
        for column in sorted(row):
            places[row[column]].append(column)
        found: defaultdict[_Key, list[tuple[Cell, int]]] = defaultdict(list)
        unclear: list[Cell] = []
        for cell, columns in places.items():
            if is_placeholder(self._print(cell)):
                continue
            mine = list(dict.fromkeys(keys[column] for column in columns if column in keys))
            if not mine and self._is_number(cell):
                self._problem("report-label-unknown", self._header_of(columns[0]), cell)
            elif len(mine) > 1 or (mine and cell.row_span > (label.row_span if label else 1)):
                unclear.append(cell)
            elif mine:
                found[mine[0]].append((cell, columns[0]))
        for key, cells in found.items():
            if len(cells) > 1 or not self._take(key, number, *cells[0]):
                unclear += [cell for cell, _ in cells]
        if unclear:
            shown = f"{self._print(label)}: " if label else ""
            self._problem("report-value-unclear", shown + " | ".join(map(self._print, unclear)), *unclear)

    def _header_of(self, column: int) -> str:
        above = [row[column - self._shift] for row in self._header if column - self._shift in row]
        return " > ".join(dict.fromkeys(filter(None, map(self._print, above)))) or f"#{column}"

    def _take(self, key: _Key, number: int, cell: Cell, column: int) -> bool:
        """Take a cell as the value of an item; returns whether it is a number."""
        printed = self._print(cell)
        is_amount = key[1] == "amount"
        if is_amount:
            above = (row[column - self._shift] for row in reversed(self._header) if column - self._shift in row)
            unit = next((unit for one in above if (unit := unit_in(self._print(one), self.words))), None)
            value = read_amount(printed, unit, self.words)
        else:
            value = read_count(printed, self.words)
        if value is None:
            return False
        known = self.values.get(key)
        if known is None:
            unit = self.words.money if is_amount else self.words.counted
            place = (self._index, number, column)
            self.values[key] = Value(*key, value, unit, printed, *place, cell.start, cell.end)
        elif known.value != value:
            self._problem("report-value-repeated", f"{key[0]} {key[2]}: {known.printed} ≠ {printed}", cell)
        return True

    def _problem(self, rule: str, found: str, *cells: Cell) -> None:
        if (rule, found, self._index) not in self._told:
            self._told.add((rule, found, self._index))
            self.problems.append(Problem(rule, found, cells[0].start, cells[-1].end))


def _grid(table: Table) -> dict[int, _Row]:
    """Return the rows of a table in order; a cell that spans several places stands in each of them."""
    rows: defaultdict[int, _Row] = defaultdict(dict)
    last = max((cell.row for cell in table.cells), default=-1)
    if last >= _MANY or any(cell.column >= _MANY for cell in table.cells):
        return {}
    for cell in table.cells:
        for number in range(cell.row, min(cell.row + cell.row_span, last + 1)):
            for column in range(cell.column, min(cell.column + cell.column_span, _MANY)):
                rows[number].setdefault(column, cell)
    return {number: dict(sorted(rows[number].items())) for number in sorted(rows)}
