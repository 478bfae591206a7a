"""Markdown: the text stays as it is; its pipe tables (GitHub Flavored Markdown 0.29, section 4.10) are told as tables, its links as links.

A row must hold a bar: GFM also takes a line without one for a row, which in real files is the text below the table.
"""

import re
from bisect import bisect_right

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.reading import Cell, Link, Reading, Table

_DELIMITERS = re.compile(r"^[ \t:|-]++$", re.MULTILINE)
_DELIMITER = re.compile(r":?-+:?")
_BAR = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r"^ {0,3}(?:(`{3,})[^`\n]*|(~{3,})[^\n]*)$", re.MULTILINE)
_LINK = re.compile(r"(?<![!\\])\[([^\[\]\n]{1,200})\]\(<?((?:\\.|[^()\\\s<>]){1,2000})>?(?: \"[^\"\n]{0,200}\")?\)")
_ESCAPED = re.compile(r"\\([()_*])")
_EDGE = " \t\u00a0\u3000"


def read_markdown(text: str, limits: Limits) -> Reading:
    """Read a text with its pipe tables and links. Raises Unreadable `table-too-large` when a table passes the limit of cells."""
    reading = Reading(text, links=inline_links(text))
    fences: list[tuple[int, int]] | None = None
    for line in _DELIMITERS.finditer(text) if "|" in text else ():
        start, end = line.span()
        if reading.tables and start < reading.tables[-1].end:
            continue
        above = text.rfind("\n", 0, max(start - 1, 0)) + 1
        columns = _columns(text, start, end)
        head = _cells(text, above, start - 1) if columns and start else []
        if not columns or len(head) != columns:
            continue
        fences = _fences(text) if fences is None else fences
        fence = bisect_right(fences, (start, start)) - 1
        if fence < 0 or start >= fences[fence][1]:
            reading.tables.append(_table(text, above, head, end, limits))
    return reading


def inline_links(text: str) -> list[Link]:
    """Return the links of a text, [words](address): where their words stand, and where they lead. Images are none."""
    if "](" not in text:
        return []
    return [Link(*link.span(1), _ESCAPED.sub(r"\1", link[2])) for link in _LINK.finditer(text)]


def _columns(text: str, start: int, end: int) -> int:
    """Return how many columns a line of delimiters has; 0 where it is none (a rule, the underline of a heading)."""
    if text.find("-", start, end) < 0 or _BAR.search(text, start, end) is None:
        return 0
    cells = _cells(text, start, end)
    return len(cells) if all(_DELIMITER.fullmatch(text, *cell) for cell in cells) else 0


def _table(text: str, start: int, head: list[tuple[int, int]], below: int, limits: Limits) -> Table:
    table = Table(start, below, [Cell(0, column, 1, 1, True, *place) for column, place in enumerate(head)])
    row = 1
    while table.end < len(text):
        stop = text.find("\n", table.end + 1)
        stop = len(text) if stop < 0 else stop
        if _BAR.search(text, table.end + 1, stop) is None:
            break
        cells = _cells(text, table.end + 1, stop)
        table.cells += [Cell(row, column, 1, 1, False, *place) for column, place in enumerate(cells)]
        if len(table.cells) > limits.table_cells:
            raise Unreadable("table-too-large", f"> {limits.table_cells}")
        table.end = stop
        row += 1
    return table


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the words of each cell of a line stand, without outer spaces and without signs for bold."""
    start, end = _stripped(text, start, end)
    if text.startswith("|", start, end):
        start += 1
    bars = [bar.start() for bar in _BAR.finditer(text, start, end)]
    if bars and bars[-1] == end - 1:
        bars.pop()
        end -= 1
    return [_words(text, *cell) for cell in zip([start, *(bar + 1 for bar in bars)], [*bars, end], strict=True)]


def _words(text: str, start: int, end: int) -> tuple[int, int]:
    start, end = _stripped(text, start, end)
    if end - start > 4 and text.startswith("**", start) and text.endswith("**", start, end):
        return _stripped(text, start + 2, end - 2)
    return start, end


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def _fences(text: str) -> list[tuple[int, int]]:
    """Return the pieces of a text that are fenced code."""
    found: list[tuple[int, int]] = []
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        sign = fence[1] or fence[2]
        if opened is None:
            opened = fence
        elif fence[0].strip() == sign and sign.startswith(opened[1] or opened[2]):
            found.append((opened.start(), fence.end()))
            opened = None
    return [*found, (opened.start(), len(text))] if opened else found
