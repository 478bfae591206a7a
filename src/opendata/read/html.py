"""HTML, whole pages and fragments: one walk over the parsed tree gives the text, its tables, links and page tags.

Blocks become lines; cells of a data table stand on one line, parted by tabs; runs of white space collapse as on a screen, but
U+3000 and NBSP stay, since they are printed. Nothing vanishes but markup, scripts, styles and comments.
"""

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.reading import Cell, Link, Reading, Table

_WHITE = re.compile(r"[ \t\n\r\f]+")
_SOURCE = re.compile(r"(?:source|saved from url(?:=\(\d+\))?)\s*[:=]?\s*(?:\(\d+\))?\s*(https?://[^\s<>\"]+)", re.I)
_OPENS = re.compile(rb"<(?:!doctype|html|head|body|div|table|p|span|meta|section|article|ul|h[1-6]|a|br|td)\b", re.I)

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_SKIPPED = frozenset(["script", "style", "template", "noscript", "iframe", "object", "svg", "canvas", "head"])
_HEADINGS = frozenset(("h1", "h2", "h3"))

_NONE, _SPACE, _LINE = 0, 1, 2


def looks_like_html(data: bytes) -> bool:
    """Tell whether bytes are HTML whatever the file is called: a known tag among the first 2,000 bytes."""
    return _OPENS.search(data, 0, 2000) is not None


def read_html(source: str, limits: Limits) -> Reading:
    """Read a page or a fragment.

    Raises Unreadable `html-too-deep` or `table-too-large` when a limit of the pipeline file is passed.
    """
    root = LexborHTMLParser(source).root
    if root is None:
        raise Unreadable("no-text")
    walk = _Walk(limits)
    walk.run(root)
    reading = Reading("".join(walk.parts), walk.tables, walk.links, walk.headings)
    _head(root, reading)
    match = _SOURCE.search(source, 0, 4000)
    if match is not None and "<!--" in source[: match.start()]:
        reading.comment_url = match.group(1)
    return reading


def _head(root: Any, reading: Reading) -> None:
    for node in root.css("meta[name][content]"):
        attributes = node.attributes
        reading.metas.append((attributes["name"] or "", attributes["content"] or ""))
    title = root.css_first("title")
    if title is not None:
        reading.page_title = _WHITE.sub(" ", title.text()).strip() or None


class _Walk:
    """The state of one walk: pieces of text, where we are, what white space is owed, and the open tables."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.parts: list[str] = []
        self.length = 0
        self.owed = _NONE
        self.at_line_start = True
        self.tables: list[Table] = []
        self.links: list[Link] = []
        self.headings: list[tuple[int, int]] = []
        self.grid: _Grid | None = None
        self.marks: dict[int, tuple[int, str]] = {}

    def run(self, root: Any) -> None:
        """Walk the tree below `root` without recursion: hostile pages nest deeper than Python's stack."""
        node, depth, most = root.child, 0, self.limits.html_depth
        stack: list[Any] = []
        while node is not None:
            child = None
            tag = node.tag
            if tag == "-text":
                self.text(node.text_content)
            elif tag[0] not in "-_!" and tag not in _SKIPPED:
                self.enter(node, tag, depth)
                child = node.child
                if child is None:
                    self.leave(tag, depth)
            if child is not None:
                stack.append((node, tag))
                depth += 1
                if depth > most:
                    raise Unreadable("html-too-deep", f"{depth}")
                node = child
                continue
            following = node.next
            while following is None and stack:
                node, tag = stack.pop()
                depth -= 1
                self.leave(tag, depth)
                following = node.next
            node = following

    def text(self, content: str) -> None:
        """Add the content of a text node."""
        words = _WHITE.sub(" ", content)
        if words == " ":
            if self.owed == _NONE:
                self.owed = _SPACE
            return
        if words[0] == " " and self.owed == _NONE:
            self.owed = _SPACE
        trailing = words[-1] == " "
        self.pay()
        words = words.strip(" ")
        if words:
            self.parts.append(words)
            self.length += len(words)
            self.at_line_start = False
        if trailing:
            self.owed = _SPACE

    def pay(self) -> None:
        """Write the white space that is owed before the next word."""
        if self.owed and self.length:
            if self.owed == _LINE:
                self.parts.append("\n")
                self.length += 1
            elif not self.at_line_start:
                self.parts.append(" ")
                self.length += 1
        self.owed = _NONE

    def put(self, separator: str) -> None:
        """Write a separator now, whatever is owed."""
        self.parts.append(separator)
        self.length += 1
        self.owed = _NONE
        self.at_line_start = True

    def break_line(self) -> None:
        """Owe a new line; within a cell of a data table, a space."""
        if self.grid is not None and self.grid.in_cell:
            self.owed = max(self.owed, _SPACE)
        else:
            self.owed = _LINE
            self.at_line_start = True

    def enter(self, node: Any, tag: str, depth: int) -> None:
        """Open an element."""
        if tag == "br":
            self.break_line()
        elif tag in ("td", "th"):
            self.enter_cell(node, tag, depth)
        elif tag in _BLOCKS:
            self.break_line()
            if tag == "table" and self.grid is None and _is_data_table(node, self.limits):
                self.pay_line()
                self.grid = _Grid(Table(self.length), depth)
            elif tag == "tr" and self.grid is not None:
                self.grid.next_row()
            elif tag in _HEADINGS:
                self.mark(depth, "")
        elif tag == "a":
            href = node.attributes.get("href")
            if href:
                self.mark(depth, href)

    def pay_line(self) -> None:
        """Begin a new line now, so that what follows starts where the text stands."""
        if self.length and self.owed:
            self.put("\n")

    def mark(self, depth: int, href: str) -> None:
        """Remember where a link or heading begins."""
        if self.owed == _SPACE or (self.owed == _LINE and self.length):
            self.pay()
            self.at_line_start = True
        self.marks[depth] = (self.length, href)

    def enter_cell(self, node: Any, tag: str, depth: int) -> None:
        """Open a cell: of a data table it stands on its row's line, of a layout table it is a block."""
        grid = self.grid
        if grid is None:
            self.break_line()
            return
        if grid.cells_in_row == 0:
            grid.in_cell = False
            self.owed = _LINE
            self.pay_line()
        else:
            self.put("\t")
        grid.in_cell = True
        attributes = node.attributes
        grid.open_cell(self.length, tag == "th", _span(attributes, "rowspan"), _span(attributes, "colspan"))
        if len(grid.table.cells) > self.limits.table_cells:
            raise Unreadable("table-too-large", f"{len(grid.table.cells)}")

    def leave(self, tag: str, depth: int) -> None:
        """Close an element."""
        if tag in ("td", "th"):
            if self.grid is None:
                self.break_line()
            elif self.grid.in_cell:
                self.owed = _NONE
                self.grid.close_cell(self.length)
        elif tag in _BLOCKS:
            if tag == "table" and self.grid is not None and self.grid.depth == depth:
                self.grid.in_cell = False
                self.grid.table.end = self.length
                if self.grid.table.cells:
                    self.tables.append(self.grid.table)
                self.grid = None
            self.break_line()
            if tag in _HEADINGS and depth in self.marks:
                start, _ = self.marks.pop(depth)
                if self.length > start:
                    self.headings.append((start, self.length))
        elif tag == "a" and depth in self.marks:
            start, href = self.marks.pop(depth)
            if self.length > start:
                self.links.append(Link(start, self.length, href))


class _Grid:
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
        self.row += 1
        self.cells_in_row = 0
        self._column = 0
        self.in_cell = False
        self._taken = {column: last for column, last in self._taken.items() if last >= self.row}

    def open_cell(self, start: int, is_header: bool, row_span: int, column_span: int) -> None:
        self.row = max(self.row, 0)
        while self._column in self._taken:
            self._column += 1
        self._open = (self._column, row_span, column_span, is_header, start)
        self.cells_in_row += 1

    def close_cell(self, end: int) -> None:
        column, row_span, column_span, is_header, start = self._open
        self.table.cells.append(Cell(self.row, column, row_span, column_span, is_header, start, max(start, end)))
        if row_span > 1:
            for taken in range(column, column + column_span):
                self._taken[taken] = self.row + row_span - 1
        self._column = column + column_span
        self.in_cell = False


def _span(attributes: dict[str, str | None], name: str) -> int:
    value = attributes.get(name)
    return min(int(value), 1000) if value and value.isascii() and value.isdigit() and int(value) > 0 else 1


def _is_data_table(node: Any, limits: Limits) -> bool:
    """Tell a table of data from one that only lays out the page: no table within, several cells a row, short cells."""
    if len(node.css("table")) > 1:
        return False
    cells = node.css("td,th")
    if len(cells) > limits.table_cells:
        raise Unreadable("table-too-large", f"{len(cells)}")
    rows = len(node.css("tr"))
    if len(cells) < 2 or len(cells) == rows:
        return False
    return all(len(cell.css("p,div,li,h1,h2,h3")) <= 8 for cell in cells[:400])
