"""From pages of lines and tables to one text: paragraphs joined, tables joined over page breaks, page furniture at the end."""

import itertools
import re
from collections.abc import Sequence
from statistics import median

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.pdf_furniture import find_furniture
from opendata.read.pdf_pages import Grid, GridCell, Line, Page, PagedReading
from opendata.read.reading import Cell, Table

_ENDS = "。！？；：.!?;:"
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[）)]|[0-9]{1,2}[.．、]\s*[^0-9\s]|"
    r"第[一二三四五六七八九十百零〇0-9]{1,6}[编章节条][\s\u3000]|附件"
)
_DIGIT = re.compile(r"[0-9]")
_SAME_EDGE = 6.0
_MOST_LINES_TO_JOIN = 2.4


def flow(pages: Sequence[Page], limits: Limits) -> PagedReading:
    """Return the text of pages with its tables. Raises Unreadable `table-too-large`."""
    run = _Flow(limits, _has_indents(pages))
    furniture = find_furniture(pages)
    for number, page in enumerate(pages):
        run.begin_page(page, [b for i, b in enumerate(page.blocks) if (number, i) not in furniture])
        run.aside += [b.text for i, b in enumerate(page.blocks) if isinstance(b, Line) and (number, i) in furniture]
    return run.finish()


def _are_words(before: str, after: str) -> bool:
    """Tell whether two lines need a space between them: Latin words do; Chinese ones, and the digits of one number, do not."""
    if not (before.isascii() and after.isascii()) or before in "-/(" or after in "-/.,;:!?)%":
        return False
    return not (before.isdigit() and after.isdigit())


def _margins(lines: Sequence[Line]) -> tuple[float, float]:
    """Return the left and right edge of the lines of plain size: the left one is where two at least begin, if two do."""
    if not lines:
        return 0.0, 0.0
    plain = 1.15 * median(line.size for line in lines)
    lines = [line for line in lines if line.size <= plain] or lines  # a broken file may have sizes that are no numbers
    right = max(line.x1 for line in lines)
    starts = sorted(line.x0 for line in lines)
    shared = [one for one, other in itertools.pairwise(starts) if other - one < 2]
    return (shared[0] if shared else starts[0]), right


def _has_indents(pages: Sequence[Page]) -> bool:
    """Tell whether paragraphs begin with an indent of two characters or so, as printed documents have it."""
    indented = 0
    for page in pages:
        lines = [block for block in page.blocks if isinstance(block, Line)]
        left, right = _margins(lines)
        indented += sum(1.3 < (line.x0 - left) / line.size < 3.2 and right - line.x1 < 2 * line.size for line in lines)
    return indented > 0


class _Flow:
    """The state while pages are written: the text so far, the last line or table, and what is put aside for the end."""

    def __init__(self, limits: Limits, has_indents: bool) -> None:
        self.limits = limits
        self.has_indents = has_indents
        self.parts: list[str] = []
        self.length = 0
        self.aside: list[str] = []
        self.tables: list[Table] = []
        self.pages: list[int] = []
        self.last: Line | Grid | None = None
        self.last_margins = (0.0, 0.0)
        self.margins = (0.0, 0.0)
        self.rows: list[list[GridCell]] = []
        self.is_new_page = True

    def begin_page(self, page: Page, blocks: list[Line | Grid]) -> None:
        """Write one page, whose furniture has been taken out."""
        self.last_margins = self.margins
        self.margins = _margins([block for block in blocks if isinstance(block, Line)])
        self.is_new_page = True
        if not blocks or not isinstance(blocks[0], Grid):
            self.close_table()
        self.pages.append(self.length)
        for block in blocks:
            if isinstance(block, Line):
                self.line(block)
            else:
                self.grid(block)
            self.last = block
            self.is_new_page = False

    def line(self, line: Line) -> None:
        """Write a line: behind the last one where that plainly goes on, else as a line of its own."""
        self.close_table()
        if isinstance(self.last, Line) and self.length:
            if not self.goes_on(self.last, line):
                self.put("\n")
            elif _are_words(self.last.text[-1], line.text[0]):
                self.put(" ")
        elif self.length:
            self.put("\n")
        if self.is_new_page:
            self.pages[-1] = self.length
        self.put(line.text)

    def goes_on(self, before: Line, after: Line) -> bool:
        """Tell whether a line plainly continues the one before: that is full, and this one is neither indented nor an item."""
        left, right = self.last_margins if self.is_new_page else self.margins
        own_left, _ = self.margins
        size = max(before.size, after.size)
        if abs(before.size - after.size) > 0.15 * size or right - before.x1 > 1.3 * size:
            return False
        if not -1.5 * size < after.x0 - own_left < 0.9 * size or before.x0 - left > 4.5 * size:
            return False
        if right - left < 8 * size or _ITEM.match(after.text):
            return False
        if not self.is_new_page and not 0 < after.top - before.top <= _MOST_LINES_TO_JOIN * size:
            return False
        return self.has_indents or before.text[-1] not in _ENDS

    def grid(self, grid: Grid) -> None:
        """Take a table's rows; they are written when it is known where the table ends."""
        rows = _by_row(grid.cells)
        if self.rows and self.is_new_page and isinstance(self.last, Grid) and _same_columns(self.last, grid):
            if _texts(rows[0]) == _texts(self.rows[0]):
                self.aside.append("\t".join(_texts(rows[0])))
                rows = rows[1:]
            elif _is_new_header(self.rows[-1], rows):
                self.close_table()
            elif _is_rest_of_row(self.rows[-1], rows[0]):
                self.rows[-1] = _with_rest(self.rows[-1], rows[0])
                rows = rows[1:]
            else:
                rows[0] = self.without_rest_of_spans(rows[0])
        else:
            self.close_table()
        self.rows += rows
        self.check_size()

    def without_rest_of_spans(self, first: list[GridCell]) -> list[GridCell]:
        """Let cells that reach down to a page's end reach over empty cells below the break; returns the other cells of the row."""
        if not any(cell.text for cell in first):
            return first
        kept = []
        for cell in first:
            place = None if cell.text else self.cell_at_end(cell.column, cell.column_span)
            if place is None:
                kept.append(cell)
                continue
            row, position = place
            above = self.rows[row][position]
            self.rows[row][position] = above._replace(row_span=above.row_span + cell.row_span)
        return kept

    def cell_at_end(self, column: int, column_span: int) -> tuple[int, int] | None:
        """Return the cell of several rows that ends with the table so far in these columns, as row and position in it."""
        for row in range(len(self.rows) - 2, -1, -1):
            for position, cell in enumerate(self.rows[row]):
                if (cell.column, cell.column_span) == (column, column_span):
                    return (row, position) if row + cell.row_span == len(self.rows) else None
        return None

    def check_size(self) -> None:
        """Refuse tables that join to more cells than are allowed."""
        count = sum(len(row) for row in self.rows)
        if count > self.limits.table_cells:
            raise Unreadable("table-too-large", f"{count}")

    def close_table(self) -> None:
        """Write the open table, if there is one: a line for each row."""
        if not self.rows:
            return
        if self.length:
            self.put("\n")
        table = Table(self.length)
        for number, row in enumerate(self.rows):
            if number:
                self.put("\n")
            for position, cell in enumerate(row):
                if position:
                    self.put("\t")
                start = self.length
                self.put(cell.text)
                span = min(cell.row_span, len(self.rows) - number)
                table.cells.append(Cell(number, cell.column, span, cell.column_span, False, start, self.length))
        table.end = self.length
        self.tables.append(table)
        self.rows = []

    def put(self, words: str) -> None:
        """Write as it stands."""
        self.parts.append(words)
        self.length += len(words)

    def finish(self) -> PagedReading:
        """Write the furniture, each line once, and return the whole."""
        self.close_table()
        furniture = None
        lines = "\n".join(dict.fromkeys(self.aside))
        if lines:
            if self.length:
                self.put("\n")
            start = self.length
            self.put(lines)
            furniture = (start, self.length)
        return PagedReading("".join(self.parts), self.tables, pages=self.pages, furniture=furniture)


def _by_row(cells: Sequence[GridCell]) -> list[list[GridCell]]:
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return [rows[row] for row in sorted(rows)]


def _texts(row: Sequence[GridCell]) -> list[str]:
    return [cell.text for cell in row]


def _same_columns(one: Grid, other: Grid) -> bool:
    """Tell whether two tables have the same columns at the same places, pages of a document being shifted at most as a whole."""
    if len(one.xs) != len(other.xs):
        return False
    shift = other.xs[0] - one.xs[0]
    return all(abs(a + shift - b) <= _SAME_EDGE for a, b in zip(one.xs, other.xs, strict=True))


def _numeric_columns(row: Sequence[GridCell]) -> set[int]:
    return {cell.column for cell in row if _DIGIT.search(cell.text)}


def _is_new_header(last: Sequence[GridCell], rows: Sequence[Sequence[GridCell]]) -> bool:
    """Tell whether a table on a new page has a header of its own: words alone, above and below columns of numbers."""
    if len(rows) < 2 or _numeric_columns(rows[0]) or not all(_texts(rows[0])):
        return False
    return bool(_numeric_columns(last) & _numeric_columns(rows[1]))


def _is_rest_of_row(last: Sequence[GridCell], first: Sequence[GridCell]) -> bool:
    """Tell whether the first row of a page is the rest of a row broken even inside its cells' words."""
    above = {cell.column: cell for cell in last}
    words = [cell for cell in first if cell.text]
    if not words or len(words) == len(first) or any(cell.column not in above for cell in first):
        return False
    return all(
        above[cell.column].is_full
        and above[cell.column].text[-1:] not in _ENDS
        and not _DIGIT.search(cell.text)
        and not _ITEM.match(cell.text)
        for cell in words
    ) and sum(1 for cell in last if cell.text) > len(words)


def _with_rest(last: Sequence[GridCell], first: Sequence[GridCell]) -> list[GridCell]:
    rest = {cell.column: cell.text for cell in first}
    return [cell._replace(text=cell.text + rest.get(cell.column, "")) for cell in last]
