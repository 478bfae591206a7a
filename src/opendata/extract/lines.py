"""The lines of a text, what is known about each, and the pieces that are named: what the rooms of `layout` share."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from opendata.extract.header import Header
from opendata.extract.page import EDGE, PageWords, breadcrumb, is_boilerplate
from opendata.read.reading import Link, Reading, link_type

_TOP_LINES = 150
_CRUMB_SIGN = re.compile("[>＞»›→]")
_SENTENCE_LINE = 30
_CELL_EDGE = EDGE + "|｜"
_CLOSING = "】])）"


@dataclass(slots=True)
class Layout:
    """Named pieces of a text: `pieces` are (kind, start, end) without overlap, in order, gaps not yet filled."""

    pieces: list[tuple[str, int, int]] = field(default_factory=list)
    title: str | None = None
    title_origin: str | None = None
    crumbs: list[str] = field(default_factory=list)
    number: str | None = None
    adoption: tuple[int, int] | None = None
    addressee: str | None = None
    signatories: list[str] = field(default_factory=list)
    signed: tuple[int, int] | None = None
    signed_date: date | None = None
    body_start: int = 0
    body_end: int = 0
    attachments: list[tuple[str, int, int]] = field(default_factory=list)


class Lines:
    """The lines of a text with their offsets, without outer spaces. A header that shares its line with text parts the line."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]] = ()) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        starts, ends, words = self.starts, self.ends, self.words
        cuts = {cut for span in spans for cut in span if _parts_line(text, cut)}
        position = 0
        for raw in text.split("\n"):
            end = position + len(raw)
            line = raw.strip(EDGE)
            if cuts and any(position < cut < end for cut in cuts):
                for cut in (*sorted(cut for cut in cuts if position < cut < end), end):
                    self._add(text[position:cut], position)
                    position = cut
            else:
                start = position if line is raw or not line else position + raw.find(line[0])
                starts.append(start)
                ends.append(start + len(line))
                words.append(line)
            position = end + 1

    def _add(self, raw: str, position: int) -> None:
        line = raw.strip(EDGE)
        start = position + (raw.find(line[0]) if line else 0)
        self.starts.append(start)
        self.ends.append(start + len(line))
        self.words.append(line)

    def __len__(self) -> int:
        return len(self.words)

    def at(self, offset: int) -> int:
        """Return the index of the line that holds `offset`."""
        return max(bisect_right(self.starts, offset) - 1, 0)


def _parts_line(text: str, cut: int) -> bool:
    """Tell whether words stand on both sides of `cut` on its line."""
    start, end = text.rfind("\n", 0, cut) + 1, text.find("\n", cut)
    return bool(text[start:cut].strip(EDGE)) and bool(text[cut : len(text) if end < 0 else end].strip(EDGE))


@dataclass(slots=True)
class Page:
    """One document while its pieces are named."""

    lines: Lines
    words: PageWords
    layout: Layout
    reading: Reading
    header: Header
    in_header: list[bool]
    in_table: list[bool]
    files: dict[int, list[Link]]
    """Links to files by the index of their line."""
    linked: dict[int, int]
    """Characters of links by the index of the line that holds them whole."""
    top: int = 0
    """Index of the line behind the breadcrumb: what stands above it is the page's."""
    last_sentence: int | None = None
    """Index of the last line above the page's foot that holds a sentence, once somebody has asked."""

    def name(self, kind: str, first: int, last: int | None = None) -> None:
        """Name the lines from `first` to `last`, both included, as one piece."""
        lines = self.lines
        self.layout.pieces.append((kind, lines.starts[first], lines.ends[first if last is None else last]))

    def free(self, index: int) -> bool:
        """Tell whether a line holds words that belong to no header."""
        return bool(self.lines.words[index]) and not self.in_header[index]


def open_page(reading: Reading, header: Header, words: PageWords) -> Page:
    """Return the lines of a reading with what is known about them."""
    lines = Lines(reading.text, header.spans)
    in_header = [False] * len(lines)
    in_table = [False] * len(lines)
    for start, end in header.spans:
        _mark(lines, in_header, start, end)
    for table in reading.tables:
        if not any(s < table.end and table.start < e for s, e in header.spans):
            _mark(lines, in_table, table.start, table.end)
    layout = Layout(_header_pieces(reading.text, header, words))
    files: dict[int, list[Link]] = {}
    linked: dict[int, int] = {}
    for link in reading.links:
        at = lines.at(link.start)
        if link_type(reading.text, link):
            files.setdefault(at, []).append(link)
        if lines.starts[at] <= link.start and link.end <= lines.ends[at]:
            linked[at] = linked.get(at, 0) + link.end - link.start
    return Page(lines, words, layout, reading, header, in_header, in_table, files, linked, _top(lines, words))


def _header_pieces(text: str, header: Header, words: PageWords) -> list[tuple[str, int, int]]:
    """Return the header's spans as pieces; the buttons of the page that stand on their last line are the page's."""
    pieces = []
    pairs = sorted((pair.start, pair.end) for pair in header.pairs)
    for start, end in header.spans:
        within = pairs[bisect_left(pairs, (start, 0)) : bisect_right(pairs, (end, len(text)))]
        stop = max((stop for _, stop in within), default=end)
        tools = text[stop:end].rstrip(_CELL_EDGE).lstrip(_CELL_EDGE + _CLOSING)
        if tools and is_boilerplate(tools, words):
            at = text.index(tools, stop)
            pieces += [("header", start, at), ("boilerplate", at, end)]
        else:
            pieces.append(("header", start, end))
    return pieces


def _top(lines: Lines, words: PageWords) -> int:
    """Return the index behind the first breadcrumb line, or 0: looked for above the first sentence, among the first lines."""
    for index, line in enumerate(lines.words[:_TOP_LINES]):
        if len(line) > _SENTENCE_LINE and words.signs.stop.search(line):
            return 0
        known = line.startswith(words.crumb_starts)
        levels = breadcrumb(line, words) if known or _CRUMB_SIGN.search(line) else []
        if levels and (known or words.site.fullmatch(levels[0])):
            return index + 1
    return 0


def _mark(lines: Lines, flags: list[bool], start: int, end: int) -> None:
    index = lines.at(start)
    while index < len(lines) and lines.starts[index] < end:
        if lines.starts[index] >= start and lines.ends[index] > lines.starts[index]:
            flags[index] = True
        index += 1
