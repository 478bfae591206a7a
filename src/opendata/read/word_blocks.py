"""Blocks of a Word file, and how they become the text of a reading. Both readers (docx, doc) yield these blocks.

Paragraphs are lines, runs of empty paragraphs one empty line; cells of a data table stand on their row's line, parted by tabs;
a table that only lays out the page is the lines of its cells.

Headings are the paragraphs marked so with which the text opens. Marks further down tell nothing: authors give heading styles and
outline levels to whole articles, to the contents and to the note under a title that itself is marked in no way.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.reading import Cell, Link, Reading, Table

CELL_PARAGRAPHS = 8
CELL_CHARACTERS = 1000
DEEPEST_FIELD = 64
"""Fields nested deeper than this are no field codes of an author."""
_BLANK = str.maketrans("", "", " \n\u00a0\u3000\u2002\u2003\u200b\u200c\u200d\u2060\ufeff")


class Run(NamedTuple):
    """Printed text of one kind: a link's when it has an address. A line break is `\\n`; there are no tabs."""

    text: str
    href: str | None = None


class Paragraph(NamedTuple):
    """One paragraph with the marker that automatic numbering prints before it, and whether it is marked as a heading."""

    runs: list[Run]
    is_heading: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether it prints nothing."""
        return not any(run.text.translate(_BLANK) for run in self.runs)


@dataclass(slots=True)
class WordCell:
    """A cell: its first column in the grid, its width in columns, and whether it continues the cell above."""

    column: int
    column_span: int
    continues: bool
    is_header: bool
    blocks: list["Block"] = field(default_factory=list)


@dataclass(slots=True)
class WordTable:
    """A table as rows of cells in their order."""

    rows: list[list[WordCell]] = field(default_factory=list)


Block = Paragraph | WordTable


def to_reading(blocks: list[Block], limits: Limits) -> Reading:
    """Write blocks as text. Raises Unreadable `table-too-large` when a table passes the limit."""
    writer = _Writer(limits)
    writer.blocks(blocks)
    return Reading("".join(writer.parts), writer.tables, writer.links, writer.headings)


class _Writer:
    """The text so far, what is owed before the next line, and the places found."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.parts: list[str] = []
        self.length = 0
        self.gap = False
        self.at_top = True
        self.tables: list[Table] = []
        self.links: list[Link] = []
        self.headings: list[tuple[int, int]] = []

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def new_line(self) -> None:
        if self.length:
            self.put("\n\n" if self.gap else "\n")
        self.gap = False

    def blocks(self, blocks: list[Block]) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self.paragraph(block)
            elif _is_data(block, self.limits):
                self.table(block)
            else:
                for row in block.rows:
                    for cell in row:
                        if not cell.continues:
                            self.blocks(cell.blocks)

    def paragraph(self, paragraph: Paragraph) -> None:
        if paragraph.is_empty:
            self.gap = True
            return
        self.new_line()
        start = self.length
        self.runs(paragraph.runs)
        if paragraph.is_heading and self.at_top:
            self.headings.append((start, self.length))
        else:
            self.at_top = False

    def runs(self, runs: list[Run]) -> None:
        """Write runs; neighbours that lead to one address are one link."""
        start, href = self.length, None
        for run in runs:
            if run.href != href:
                self.link(start, href)
                start, href = self.length, run.href
            self.put(run.text)
        self.link(start, href)

    def link(self, start: int, href: str | None) -> None:
        if href and self.length > start:
            self.links.append(Link(start, self.length, href))

    def table(self, table: WordTable) -> None:
        self.new_line()
        self.at_top = False
        out = Table(self.length)
        above: dict[int, int] = {}
        for number, row in enumerate(table.rows):
            printed = 0
            for cell in row:
                origin = above.get(cell.column)
                if cell.continues and origin is not None:
                    top = out.cells[origin]
                    out.cells[origin] = top._replace(row_span=number - top.row + 1)
                    continue
                if printed:
                    self.put("\t")
                elif self.length > out.start:
                    self.put("\n")
                printed += 1
                above[cell.column] = len(out.cells)
                start = self.length
                self.runs(_on_one_line(cell.blocks))
                place = (number, cell.column, 1, cell.column_span, cell.is_header)
                out.cells.append(Cell(*place, start, self.length))
        out.end = self.length
        self.tables.append(out)


def _on_one_line(blocks: list[Block]) -> list[Run]:
    """Return a cell's runs with every line end as a space and no space at either end."""
    runs: list[Run] = []
    for block in blocks:
        if isinstance(block, Paragraph) and not block.is_empty:
            if runs:
                runs.append(Run(" "))
            runs += [Run(run.text.replace("\n", " "), run.href) for run in block.runs if run.text]
    if runs:
        runs[0] = Run(runs[0].text.lstrip(), runs[0].href)
        runs[-1] = Run(runs[-1].text.rstrip(), runs[-1].href)
    return runs


def _is_data(table: WordTable, limits: Limits) -> bool:
    """Tell a table of data from one that lays out the page: several cells a row, no table within, short cells."""
    cells = [cell for row in table.rows for cell in row]
    if len(cells) > limits.table_cells:
        raise Unreadable("table-too-large", f"{len(cells)}")
    if not any(len(row) > 1 for row in table.rows):
        return False
    return all(_is_short(cell.blocks) for cell in cells)


def _is_short(blocks: list[Block]) -> bool:
    paragraphs = characters = 0
    for block in blocks:
        if isinstance(block, WordTable):
            return False
        if not block.is_empty:
            paragraphs += 1
            characters += sum(len(run.text) for run in block.runs)
    return paragraphs <= CELL_PARAGRAPHS and characters <= CELL_CHARACTERS
