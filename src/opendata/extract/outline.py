"""The outline: numbered headings of reports (GB/T 9704) and the parts of regulations, as nested sections."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from opendata.languages import load

HEADING_LONGEST = 80
"""A line longer than this is a paragraph whose first sentence is the heading."""

_NUMERALS = "一二三四五六七八九十百零〇两廿卅"
_INDENT = "[ \u00a0\u3000\u2002\u2003\t]*"
_STOP = re.compile(r"[。；;！？]")
_SOFT_STOP = re.compile(r"[。；;！？：:，,]")
_EDGE = " \u00a0\u3000\u2002\u2003\t"


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
    first = r"第（(①-⑳0-9０-９" + _NUMERALS
    return _Markers(
        re.compile(rf"^{_INDENT}(?=[{first}])(?:{alternatives})", re.MULTILINE),
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
        for match in markers.pattern.finditer(text, start, end):
            kind = match.lastindex or 1
            nodes.append(_node(text, match, kind - 1, markers))
        limit = end
    return _nest(text, nodes, limit)


class _Node(NamedTuple):
    rank: int
    marker: str
    heading: str | None
    heading_end: int
    start: int


def _node(text: str, match: re.Match[str], kind: int, markers: _Markers) -> _Node:
    marker_start, marker_end = match.span(kind + 1)
    line_end = text.find("\n", marker_end)
    if line_end < 0:
        line_end = len(text)
    heading_end = (
        marker_end if kind in markers.unheaded else _heading_end(text, marker_end, line_end, kind in markers.run_in)
    )
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
    sections: list[Section] = []
    open_nodes: list[tuple[int, int]] = []
    counts: list[int] = [0]
    for index, node in enumerate(nodes):
        while open_nodes and open_nodes[-1][0] >= node.rank:
            _close(sections, open_nodes.pop()[1], node.start)
            counts.pop()
        counts[-1] += 1
        parent = sections[open_nodes[-1][1]].section_id if open_nodes else None
        path = f"{parent}.{counts[-1]}" if parent else str(counts[-1])
        own_end = nodes[index + 1].start if index + 1 < len(nodes) else limit
        sections.append(
            Section(
                path,
                parent,
                len(open_nodes) + 1,
                node.marker,
                node.heading,
                node.heading_end,
                node.start,
                _rstrip(text, node.start, own_end),
                limit,
            )
        )
        open_nodes.append((node.rank, len(sections) - 1))
        counts.append(0)
    for _, position in open_nodes:
        _close(sections, position, limit)
    return [section._replace(end=_rstrip(text, section.start, section.end)) for section in sections]


def _close(sections: list[Section], position: int, end: int) -> None:
    sections[position] = sections[position]._replace(end=end)


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
