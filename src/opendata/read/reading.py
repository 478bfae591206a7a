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


_LONGEST_SUFFIX = 6
_MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "wps": "application/vnd.ms-works",
    "et": "application/vnd.ms-excel",
    "ofd": "application/ofd",
    "csv": "text/csv",
    "txt": "text/plain",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def media_type(href: str | None) -> str | None:
    """Return the media type of the file that an address leads to, or None where it leads to none."""
    if not href:
        return None
    suffix = href.split("?")[0].split("#")[0].rsplit(".", 1)[-1].lower()
    return _MEDIA_TYPES.get(suffix)


def link_type(text: str, link: Link) -> str | None:
    """Return the media type of the file that a link leads to, by its address or by the name that it prints, or None."""
    known = media_type(link.href)
    if known is None and text.find(".", max(link.start, link.end - _LONGEST_SUFFIX), link.end) >= 0:
        return media_type(text[link.start : link.end])
    return known
