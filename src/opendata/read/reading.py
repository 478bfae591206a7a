"""What every reader yields: the text of a file and the structure that its format tells."""

from dataclasses import dataclass, field
from typing import NamedTuple


class Cell(NamedTuple):
    """One printed cell of a table: its place in the grid, how far it spans, and where its text stands."""

    row: int
    column: int
    row_span: int
    column_span: int
    is_header: bool
    start: int
    end: int


@dataclass(slots=True)
class Table:
    """A data table: the piece of the text that it takes, and its cells in reading order."""

    start: int
    end: int = 0
    cells: list[Cell] = field(default_factory=list)


class Link(NamedTuple):
    """A link: what is printed (a piece of the text) and where it leads."""

    start: int
    end: int
    href: str


@dataclass(slots=True)
class Reading:
    """Text of one file. Lines of the text are its blocks; cells of one table row stand on one line, parted by tabs.

    `headings` are pieces that the format marks as headings (h1…h3); `metas` the page tags in their order; `page_title` the
    `<title>`; `comment_url` an address in a comment that says where the page was saved from; `names` are lines that name parts of
    the file (the sheets of a workbook).
    """

    text: str
    tables: list[Table] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)
    metas: list[tuple[str, str]] = field(default_factory=list)
    page_title: str | None = None
    comment_url: str | None = None
    names: list[tuple[int, int]] = field(default_factory=list)
