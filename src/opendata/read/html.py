"""HTML, whole pages and fragments: one walk over the parsed tree gives the text, its tables, links and page tags.

Blocks become lines; cells of a data table stand on one line, parted by tabs; runs of white space collapse as on a screen, but
U+3000 and NBSP stay, since they are printed. Nothing vanishes but markup, scripts, styles and comments.
"""

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.grid import Grid, is_data_table, span_of
from opendata.read.html_fields import (
    BEHIND,
    EACH,
    LABELS,
    fields_in,
    holds_label_over_value,
    holds_pair,
    is_empty_value,
    is_label,
)
from opendata.read.html_roles import BLOCK, BREAK, CELL, HEADING, INLINE, LINK, ROLES, ROW, SKIPPED, SPACES, TABLE, TEXT
from opendata.read.reading import Link, Reading, Table

_WHITE = re.compile(r"[ \t\n\r\f]+")
_SOURCE = re.compile(
    r"(?:source|saved from url(?:=\(\d+\))?)\s*[:=]?\s*(?:\(\d+\))?\s*(https?://(?:(?!--)[^\s<>\"])+)", re.I
)
_FRONT = rb"(?:\xef\xbb\xbf)?\s*+(?:<!--(?>.*?-->)\s*+|<\?xml(?>.*?\?>)\s*+)*+"
_PAGE = re.compile(_FRONT + rb"<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_PAGE_BELOW = re.compile(rb"^\s*<(?:!doctype\s+html|html)\b[^>\n]*>", re.I | re.M)
_FRAGMENT = re.compile(
    _FRONT + rb"<(?:meta|title|style|div|table|tbody|tr|td|p|span|center|font|section|article|ul|ol|h[1-6]|br)\b[^>]*>",
    re.I | re.S,
)
_CLOSED = re.compile(rb"</(?:p|div|td|tr|table|li|ul|section|article|h[1-6])>", re.I)
_BREAK_TAG = re.compile(rb"<br\b", re.I)
_SAMPLE = 2000

_NESTING = re.compile(
    r"<(/?)(?!(?:p|li|d[td]|t[dhr]|tbody|thead|tfoot|col|option|br|hr|img|input|meta|link|area|base|wbr|embed|source)\b)[a-z]",
    re.I,
)
"""Tags that stay open until they are closed."""
_MANY_TAGS = 20_000
_MOST_STEPS = 100_000_000
"""About a second; a page that leaves 14,000 elements open at once."""

_MAY_HOLD_FIELDS = frozenset(("li", "div", "dd", "p"))
_NONE, _SPACE, _LINE = 0, 1, 2


def is_page(data: bytes) -> bool:
    """Tell whether bytes are a whole page of HTML, whatever the file is called: it opens as one, or below a server's warnings."""
    return _PAGE.match(data, 0, _SAMPLE) is not None or _PAGE_BELOW.search(data, 0, _SAMPLE) is not None


def looks_like_html(data: bytes) -> bool:
    """Tell whether bytes are HTML, whatever the file is called: a page, or a piece of one.

    A piece begins with a tag that lays out text, closes two such, or has more tags that end a line than ends of lines. A text that
    holds a link or names tags is none: read as HTML, it would lose its lines.
    """
    sample = data[:_SAMPLE]
    if b"<" not in sample:
        return False
    if is_page(sample) or _FRAGMENT.match(sample) is not None or len(_CLOSED.findall(sample)) >= 2:
        return True
    return len(_BREAK_TAG.findall(sample)) > max(sample.count(b"\n"), 1)


def read_html(source: str, limits: Limits) -> Reading:
    """Read a page or a fragment.

    Raises Unreadable `html-too-deep` or `table-too-large` when a limit of the pipeline file is passed.
    """
    if _is_hostile(source):
        raise Unreadable("html-too-deep", f"> {limits.html_depth}")
    root = LexborHTMLParser(source).root
    if root is None:
        raise Unreadable("no-text")
    walk = _Walk(limits)
    walk.run(root)
    reading = Reading("".join(walk.parts), walk.tables, walk.links, walk.headings)
    _head(root, reading)
    comment = source.find("<!--", 0, 4000)
    match = _SOURCE.search(source, comment, 4000) if comment >= 0 else None
    if match is not None:
        reading.comment_url = match.group(1)
    return reading


def _is_hostile(source: str) -> bool:
    """Tell whether tags nest so that the parser itself, which climbs the open elements for each tag, would take minutes."""
    if source.count("<") < _MANY_TAGS:
        return False
    depth, steps = 0, 0
    for tag in _NESTING.finditer(source):
        if tag[1]:
            depth = max(depth - 1, 0)
        else:
            depth += 1
            steps += depth
            if steps > _MOST_STEPS:
                return True
    return False


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
        self.grid: Grid | None = None
        self.marks: dict[int, tuple[int, str]] = {}
        self.fields: dict[int, int] = {}
        self.preformatted = False

    def run(self, root: Any) -> None:
        """Walk the tree below `root` without recursion: hostile pages nest deeper than Python's stack."""
        node, depth, most = root.child, 0, self.limits.html_depth
        stack: list[tuple[Any, int]] = []
        role_of, break_line = ROLES.get, self.break_line
        while node is not None:
            role = role_of(node.tag, INLINE)
            if depth in self.fields:
                self.set_apart(node, role, self.fields[depth])
            if role == TEXT:
                content = node.text_content
                words = content.strip(SPACES)
                if words:
                    self.text(content, words)
                elif self.owed == _NONE and content:
                    self.owed = _SPACE
            elif role != SKIPPED:
                if role == BLOCK:
                    self.open_block(node, depth)
                elif role != INLINE:
                    self.enter(node, role, depth)
                child = node.child
                if child is not None:
                    stack.append((node, role))
                    depth += 1
                    if depth > most:
                        raise Unreadable("html-too-deep", f"> {most}")
                    node = child
                    continue
                self.leave_leaf(node, role, depth)
            following = node.next
            while following is None and stack:
                node, role = stack.pop()
                self.fields.pop(depth, None)
                depth -= 1
                if role == BLOCK:
                    break_line()
                elif role != INLINE:
                    self.leave(role, depth)
                following = node.next
            node = following

    def text(self, content: str, words: str) -> None:
        """Add a text node; `words` is its content without outer white space."""
        if self.owed == _NONE and content[0] in SPACES:
            self.owed = _SPACE
        if self.owed:
            self.pay()
        if self.preformatted and "\n" in words:
            self.lines_of(words)
            return
        if "\n" in words or "  " in words or "\t" in words or "\r" in words or "\f" in words:
            words = _WHITE.sub(" ", words)
        self.parts.append(words)
        self.length += len(words)
        self.at_line_start = False
        if content[-1] in SPACES:
            self.owed = _SPACE

    def lines_of(self, words: str) -> None:
        """Add preformatted words line by line."""
        for line in words.split("\n"):
            if line.strip(SPACES):
                self.text(line, line.strip(SPACES))
            self.break_line()

    def pay(self) -> None:
        """Write the white space that is owed before the next word."""
        if self.owed and self.length:
            if self.owed == _LINE:
                if self.parts[-1] != "\n":
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

    def open_block(self, node: Any, depth: int) -> None:
        """Begin a line, and remember a block whose elements are fields, or whose line ends are printed."""
        self.break_line()
        self.preformatted = node.tag == "pre"
        if node.tag in _MAY_HOLD_FIELDS and (how := fields_in(node)):
            self.fields[depth + 1] = how

    def part_field(self) -> None:
        """Part an element from the one before it on the line, as a cell."""
        if self.owed != _LINE and not self.at_line_start:
            self.put("\t")

    def set_apart(self, node: Any, role: int, how: int) -> None:
        """Part an element, or bare words, of a block whose elements are fields; `how` is that of `fields_in`."""
        if role == TEXT:
            if how == BEHIND and node.text_content.strip(SPACES):
                self.part_field()
        elif role in (INLINE, LINK) and how == EACH:
            self.part_field()
        elif role in (INLINE, LINK) and how == LABELS:
            parted = bool(self.parts) and self.parts[-1][-1] in "\u3000\u2002\u2003\u00a0"
            if not parted and is_label(node):
                self.part_field()

    def leave_leaf(self, node: Any, role: int, depth: int) -> None:
        """Close an element that holds nothing; where that is the value of a label, it is an empty cell."""
        in_cell = self.grid is not None and self.grid.in_cell
        if role == BLOCK and self.length and not in_cell and is_empty_value(node):
            self.put("\t")
        self.leave(role, depth)

    def break_line(self) -> None:
        """Owe a new line; within a cell of a data table, a space."""
        if self.grid is None or not self.grid.in_cell:
            self.owed = _LINE
            self.at_line_start = True
        elif self.owed == _NONE:
            self.owed = _SPACE

    def enter(self, node: Any, role: int, depth: int) -> None:
        """Open an element that does more than begin a line."""
        if role == CELL:
            self.enter_cell(node)
            if self.grid is not None and holds_label_over_value(node):
                self.fields[depth + 1] = BEHIND
            elif self.grid is not None and holds_pair(node):
                self.fields[depth + 1] = EACH
        elif role == LINK:
            href = node.attributes.get("href")
            if href:
                self.mark(depth, href)
        else:
            self.break_line()
            if role == ROW:
                if self.grid is not None:
                    self.grid.next_row()
            elif role == TABLE:
                if self.grid is None and is_data_table(node, self.limits):
                    self.pay_line()
                    self.grid = Grid(Table(self.length), depth)
            elif role == HEADING:
                self.mark(depth, "")

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

    def enter_cell(self, node: Any) -> None:
        """Open a cell: of a data table it stands on its row's line, of a layout table it is a block."""
        grid = self.grid
        if grid is None:
            self.break_line()
            return
        if grid.cells_in_row == 0:
            grid.in_cell = False
            if self.parts and self.parts[-1] != "\n":
                self.put("\n")
            self.owed = _NONE
        else:
            self.put("\t")
        grid.in_cell = True
        attributes = node.attributes
        is_header = node.tag == "th"
        grid.open_cell(self.length, is_header, span_of(attributes, "rowspan"), span_of(attributes, "colspan"))
        if len(grid.table.cells) > self.limits.table_cells:
            raise Unreadable("table-too-large", f"{len(grid.table.cells)}")

    def leave(self, role: int, depth: int) -> None:
        """Close an element."""
        if role == CELL:
            if self.grid is None:
                self.break_line()
            elif self.grid.in_cell:
                self.owed = _NONE
                self.grid.close_cell(self.length)
        elif role == LINK:
            if depth in self.marks:
                start, href = self.marks.pop(depth)
                if self.length > start:
                    self.links.append(Link(start, self.length, href))
        elif role not in (BREAK, INLINE):
            if role == TABLE and self.grid is not None and self.grid.depth == depth:
                self.close_table(self.grid)
            self.break_line()
            if role == HEADING and depth in self.marks:
                start, _ = self.marks.pop(depth)
                if self.length > start:
                    self.headings.append((start, self.length))

    def close_table(self, grid: Grid) -> None:
        """End the data table."""
        grid.in_cell = False
        grid.table.end = self.length
        if grid.table.cells:
            self.tables.append(grid.table)
        self.grid = None
