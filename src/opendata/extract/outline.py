"""The outline: numbered headings of reports (GB/T 9704) and the parts of regulations, as nested sections."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from opendata.languages import load
from opendata.normalise.characters import plain
from opendata.normalise.numerals import parse_number

HEADING_LONGEST = 80
"""A line longer than this is a paragraph whose first sentence is the heading."""

_NUMERALS = "一二三四五六七八九十百零〇两廿卅"
_STOP = re.compile(r"[。；;！？]")
_SOFT_STOP = re.compile(r"[。；;！？：:，,]")
_EDGE = " \u00a0\u3000\u2002\u2003\t"
_INDENT = _EDGE + "#"
_INLINE = re.compile(rf"[。；;：:] +(?=[{_NUMERALS}]{{1,3}}、|[（(][{_NUMERALS}]{{1,3}}[）)])")
"""Where a capture lost its line ends, headings follow a sentence and a space."""

_NOTES = re.compile(r"[注註]\s*[:：]\s*1\s*[.．、]")
"""Numbered notes below a table, the first of which stands behind the word itself, are no headings."""

_ORDINAL = re.compile(rf"[{_NUMERALS}]+|[0-9０-９]+|[①-⑳]")


_CONTENTS = re.compile(r"^[ \u00a0\u3000]*目[ \u00a0\u3000]*[录錄次][ \u00a0\u3000]*$", re.MULTILINE)
_LAST_PART = 2
"""Rank of the innermost part that a table of contents lists: 编, 章, 节."""


class Section(NamedTuple):
    """One node: its dotted path in the document, the path of its parent, and where marker, heading and text stand.

    `start`…`own_end` holds the node's own words (marker and heading first); `end` is behind its last descendant.
    """

    section_id: str
    parent_id: str | None
    level: int
    marker: str
    heading: str | None
    heading_end: int
    start: int
    own_end: int
    end: int


@dataclass(frozen=True, slots=True)
class _Markers:
    pattern: re.Pattern[str]
    firsts: frozenset[str]
    ranks: tuple[int, ...]
    run_in: frozenset[int]
    unheaded: frozenset[int]


@cache
def _markers(language: str) -> _Markers:
    entries = sorted(load("outline", language)["marker"], key=lambda entry: int(entry["rank"]))
    alternatives = "|".join(
        "(" + re.sub("[ND]", lambda m: f"[{_NUMERALS}]" if m[0] == "N" else "[0-9０-９]{1,2}", entry["pattern"]) + ")"
        for entry in entries
    )
    return _Markers(
        re.compile(alternatives, re.MULTILINE),
        frozenset("第（(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳0123456789０１２３４５６７８９" + _NUMERALS),
        tuple(int(entry["rank"]) for entry in entries),
        frozenset(index for index, entry in enumerate(entries) if entry.get("run_in")),
        frozenset(index for index, entry in enumerate(entries) if entry.get("unheaded")),
    )


def find_outline(text: str, regions: Iterable[tuple[int, int]], language: str = "zh") -> list[Section]:
    """Return the sections that begin within `regions` (pieces of body text in order), each before its descendants.

    A section ends where a heading of the same or an outer rank begins, or where its run of regions ends.
    """
    markers = _markers(language)
    nodes: list[_Node] = []
    limit = 0
    for start, end in regions:
        notes = False
        for position in _line_starts(text, start, end):
            if text[position] in markers.firsts:
                match = markers.pattern.match(text, position, end)
                if match is not None and not (notes and text[position].isdigit()):
                    nodes.append(_node(text, match, markers, inline=False))
                    notes = False
            else:
                notes = text[position] in "注註" and _NOTES.match(text, position, end) is not None
        if text.find("。 ", start, end) >= 0 or text.find("： ", start, end) >= 0:
            nodes += _inline_nodes(text, start, end, markers)
        limit = end
    return _nest(text, _without_contents(text, nodes), limit)


def _without_contents(text: str, nodes: "list[_Node]") -> "list[_Node]":
    """Leave out the lines of a table of contents: those between the word 目录 and where the first of them comes again."""
    if not nodes or nodes[0].rank > _LAST_PART:
        return nodes
    contents = _CONTENTS.search(text, 0, nodes[0].start)
    if contents is None:
        return nodes
    first = nodes[0]
    again = next(
        (i for i, n in enumerate(nodes[1:], 1) if (n.marker, n.heading) == (first.marker, first.heading)), None
    )
    return nodes if again is None or any(node.rank > _LAST_PART for node in nodes[:again]) else nodes[again:]


def _line_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where the words of each line begin, behind its indent."""
    while start < end:
        position = start
        while position < end and text[position] in _INDENT:
            position += 1
        if position < end:
            yield position
        found = text.find("\n", position, end)
        if found < 0:
            return
        start = found + 1


def _inline_nodes(text: str, start: int, end: int, markers: "_Markers") -> "list[_Node]":
    found = []
    for place in _INLINE.finditer(text, start, end):
        match = markers.pattern.match(text, place.end(), end)
        if match is not None:
            found.append(_node(text, match, markers, inline=True))
    return found


class _Node(NamedTuple):
    rank: int
    marker: str
    heading: str | None
    heading_end: int
    start: int


def _node(text: str, match: re.Match[str], markers: _Markers, *, inline: bool) -> _Node:
    kind = (match.lastindex or 1) - 1
    marker_start, marker_end = match.span()
    line_end = text.find("\n", marker_end)
    if line_end < 0:
        line_end = len(text)
    if kind in markers.unheaded:
        heading_end = marker_end
    elif inline:
        begin = marker_end + 1 if text[marker_end : marker_end + 1] == " " else marker_end
        space = text.find(" ", begin, min(line_end, begin + HEADING_LONGEST))
        heading_end = _heading_end(text, marker_end, space if space > 0 else line_end, False)
    else:
        heading_end = _heading_end(text, marker_end, line_end, kind in markers.run_in)
    heading = text[marker_end:heading_end].strip(_EDGE) or None
    return _Node(markers.ranks[kind], text[marker_start:marker_end], heading, heading_end, marker_start)


def _heading_end(text: str, start: int, line_end: int, run_in: bool) -> int:
    """Return where a heading ends: at its first full stop; with the line where that is short; else there is none."""
    stop = _STOP.search(text, start, line_end)
    if stop is not None and stop.start() - start <= HEADING_LONGEST:
        return stop.start()
    if stop is None and line_end - start <= HEADING_LONGEST:
        return line_end
    soft = _SOFT_STOP.search(text, start, min(line_end, start + HEADING_LONGEST)) if run_in else None
    return soft.start() if soft else start


def _nest(text: str, nodes: list[_Node], limit: int) -> list[Section]:
    """Turn headings in order into a tree: a node lies under the nearest one before it that has an outer rank."""
    nodes.sort(key=lambda node: node.start)
    ends = [limit] * len(nodes)
    paths: list[tuple[str, str | None, int]] = []
    open_nodes: list[int] = []
    counts: list[int] = [0]
    for index, node in enumerate(nodes):
        while open_nodes and nodes[open_nodes[-1]].rank >= node.rank:
            ends[open_nodes.pop()] = node.start
            counts.pop()
        counts[-1] += 1
        parent = paths[open_nodes[-1]][0] if open_nodes else None
        path = f"{parent}.{counts[-1]}" if parent else str(counts[-1])
        paths.append((path, parent, len(open_nodes) + 1))
        open_nodes.append(index)
        counts.append(0)
    sections = []
    for index, node in enumerate(nodes):
        path, parent, level = paths[index]
        own_end = nodes[index + 1].start if index + 1 < len(nodes) else limit
        sections.append(
            Section(
                path,
                parent,
                level,
                node.marker,
                node.heading,
                node.heading_end,
                node.start,
                _rstrip(text, node.start, own_end),
                _rstrip(text, node.start, ends[index]),
            )
        )
    return sections


def breaks(sections: Sequence[Section], text: str) -> list[tuple[int, int, str]]:
    """Return where numbering leaps: `(start, end, found)` of each marker that does not follow its sibling of the same kind.

    Beginning again at one is no break, nor is numbering that runs on through the parents (as that of articles does), nor a
    number that stands inside a paragraph.
    """
    last: dict[tuple[str | None, str], tuple[int, Section]] = {}
    anywhere: dict[str, int] = {}
    found = []
    for section in sections:
        ordinal = _ordinal(section.marker)
        if ordinal is None:
            continue
        shape = _shape(section.marker)
        key = (None if shape.startswith("第") and "条" in shape else section.parent_id, shape)
        before = last.get(key)
        last[key] = (ordinal, section)
        expected = before[0] + 1 if before else 1
        running, anywhere[shape] = anywhere.get(shape, 0) + 1, ordinal
        if ordinal in (1, expected, running) or (
            before is not None and ordinal == before[0] and "之" in section.marker
        ):
            continue
        if before is not None and _names_missing(text, before[1], section, ordinal):
            continue
        previous = before[1].marker if before else "–"
        found.append((section.start, section.start + len(section.marker), f"{previous} → {section.marker}"))
    return found


@lru_cache(maxsize=4096)
def _shape(marker: str) -> str:
    return _ORDINAL.sub("N", marker, count=1)


@lru_cache(maxsize=4096)
def _ordinal(marker: str) -> int | None:
    match = _ORDINAL.search(marker)
    if match is None:
        return None
    if "①" <= match[0] <= "⑳":
        return ord(match[0]) - ord("①") + 1
    value = parse_number(plain(match[0]))
    return None if value is None else int(value)


def _names_missing(text: str, before: Section, section: Section, ordinal: int) -> bool:
    """Tell whether the number before this one stands inside a paragraph between the two headings."""
    wanted = _ORDINAL.search(section.marker)
    if wanted is None or wanted[0][0] not in _NUMERALS or not 1 < ordinal <= 10:
        return False
    missing = section.marker.replace(wanted[0], "一二三四五六七八九十"[ordinal - 2], 1)
    return text.find(missing, before.start + 1, section.start) >= 0


def _rstrip(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())
