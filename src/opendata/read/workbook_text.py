"""Sheets of a workbook as text with tables, whatever format they were read from."""

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.reading import Cell, Reading, Table
from opendata.read.xlsx_sheet import Merge, Sheet

_LONGEST_TEXT = 64_000_000
_LEAST_HEADING = 6


class WorkbookText:
    """The text and tables of the sheets so far."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.parts: list[str] = []
        self.length = 0
        self.cells = 0
        self.tables: list[Table] = []
        self.headings: list[tuple[int, int]] = []
        self.names: list[tuple[int, int]] = []

    def put(self, words: str) -> None:
        """Write as it stands."""
        self.parts.append(words)
        self.length += len(words)
        if self.length > _LONGEST_TEXT:
            raise Unreadable("table-too-large", f"> {_LONGEST_TEXT} characters")

    def line(self, words: str) -> None:
        """Write a line of its own."""
        if words:
            self.put("\n" + words if self.length else words)

    def name(self, words: str) -> None:
        """Write the name of a sheet."""
        self.line(words)
        if words:
            self.names.append((self.length - len(words), self.length))

    def sheet(self, sheet: Sheet) -> None:
        """Write a sheet: rows of one cell above and below as lines, the rows between them as a table."""
        rows = sorted(sheet.rows.items())
        self.cells += sum(len(row) for _, row in rows)
        first, last = 0, len(rows)
        while first < last and len(rows[first][1]) == 1 and not sheet.goes_down(rows[first][0]):
            first += 1
        while last > first and len(rows[last - 1][1]) == 1 and _is_note(sheet, rows[last - 1]):
            last -= 1
        has_heading = first == last
        for _, row in rows[:first]:
            words = next(iter(row.values()))
            self.line(words)
            if not has_heading and len(words) >= _LEAST_HEADING and words[-1] not in "：:":
                self.headings.append((self.length - len(words), self.length))
                has_heading = True
        if first < last:
            self.table(rows[first:last], sheet.merges)
        for _, row in rows[last:]:
            self.line(next(iter(row.values())))

    def finish(self, title: str | None) -> Reading:
        """Return the whole. Raises Unreadable `no-text` when no sheet has a cell."""
        if not self.cells:
            raise Unreadable("no-text", f"{len(self.names)} sheets without cells")
        return Reading("".join(self.parts), self.tables, headings=self.headings, names=self.names, page_title=title)

    def table(self, rows: list[tuple[int, dict[int, str]]], merges: dict[tuple[int, int], Merge]) -> None:
        """Write rows as a table from the first used column on; places under a merged cell are left out."""
        left = min(min(row) for _, row in rows)
        numbers = [number for number, _ in rows]
        covered: dict[int, set[int]] = {}
        if self.length:
            self.put("\n")
        table = Table(self.length)
        for position, (number, row) in enumerate(rows):
            if position:
                self.put("\n")
            is_first = True
            hidden = covered.pop(number, set())
            for column in range(left, max(row) + 1):
                if column in hidden:
                    continue
                if not is_first:
                    self.put("\t")
                is_first = False
                merge = merges.get((number, column), Merge(1, 1))
                start = self.length
                self.put(row.get(column, ""))
                below = [n for n in numbers[position : position + merge.rows] if n < number + merge.rows]
                for other in below:
                    covered.setdefault(other, set()).update(range(column, column + merge.columns))
                hidden |= covered.pop(number, set())
                table.cells.append(Cell(position, column - left, len(below), merge.columns, False, start, self.length))
                if len(table.cells) > self.limits.table_cells:
                    raise Unreadable("table-too-large", f"> {self.limits.table_cells}")
        table.end = self.length
        self.tables.append(table)


def _is_note(sheet: Sheet, row: tuple[int, dict[int, str]]) -> bool:
    """Tell whether the one cell of a row below a table is words over its whole breadth, not a lone value."""
    number, cells = row
    ((column, words),) = cells.items()
    merge = sheet.merges.get((number, column), Merge(1, 1))
    return merge.columns > 1 or words[-1:] in "。；：.:" or len(words) > 20
