"""The outline: numbered headings of reports (GB/T 9704) and the parts of regulations, as nested sections."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from opendata.extract.outline_numbers import Node, Section, breaks, settle
from opendata.languages import DEFAULT, load

__all__ = ["Section", "breaks", "find_outline"]

_EDGE = " \u00a0\u3000\u2002\u2003\t"
_INDENT = _EDGE + "#"


@dataclass(frozen=True, slots=True)
class _Markers:
    """The markers of one language and what is known of headings; `twofold` are the ranks of markers (i) and (a) that look alike."""

    pattern: re.Pattern[str]
    firsts: frozenset[str]
    ranks: tuple[int, ...]
    run_in: frozenset[int]
    unheaded: frozenset[int]
    twofold: tuple[int, int] | None
    stop: re.Pattern[str]
    soft_stop: re.Pattern[str]
    longest: int
    edge: str
    inline_signs: tuple[str, ...]
    inline: re.Pattern[str]
    notes_first: str
    notes: re.Pattern[str]
    contents: re.Pattern[str]
    last_part: int


@cache
def _markers(language: str) -> _Markers:
    data = load("outline", language)
    entries = sorted(data["marker"], key=lambda entry: int(entry["rank"]))

    def filled(pattern: str) -> str:
        return pattern.replace("{N}", f"[{data['numerals']}]").replace("{D}", data["digits"])

    ranks = {entry["name"]: int(entry["rank"]) for entry in entries}
    letters = next((entry for entry in entries if "or" in entry), None)
    return _Markers(
        re.compile("|".join(f"({filled(entry['pattern'])})" for entry in entries), re.MULTILINE),
        frozenset(data["firsts"]),
        tuple(ranks.values()),
        frozenset(index for index, entry in enumerate(entries) if entry.get("run_in")),
        frozenset(index for index, entry in enumerate(entries) if entry.get("unheaded")),
        None if letters is None else (ranks[letters["name"]], ranks[letters["or"]]),
        re.compile(data["stop"]),
        re.compile(data["soft_stop"]),
        data["longest"],
        _EDGE + data["edge"],
        tuple(data["inline_signs"]),
        re.compile(filled(data["inline"])),
        data["notes_first"],
        re.compile(data["notes"]),
        re.compile(data["contents"], re.MULTILINE),
        data["last_part"],
    )


def find_outline(text: str, regions: Iterable[tuple[int, int]], language: str = DEFAULT) -> list[Section]:
    """Return the sections that begin within `regions` (pieces of body text in order), each before its descendants.

    A section ends where a heading of the same or an outer rank begins, or where its run of regions ends.
    """
    markers = _markers(language)
    nodes: list[Node] = []
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
                notes = text[position] in markers.notes_first and markers.notes.match(text, position, end) is not None
        if any(text.find(sign, start, end) >= 0 for sign in markers.inline_signs):
            nodes += _inline_nodes(text, start, end, markers)
        limit = end
    if markers.twofold is not None:
        nodes = settle(nodes, *markers.twofold)
    return _nest(text, _without_contents(text, nodes, markers), limit)


def _without_contents(text: str, nodes: "list[Node]", markers: "_Markers") -> "list[Node]":
    """Leave out the lines of a table of contents: those between the word 目录 and where the first of them comes again."""
    if not nodes or nodes[0].rank > markers.last_part:
        return nodes
    contents = markers.contents.search(text, 0, nodes[0].start)
    if contents is None:
        return nodes
    first = nodes[0]
    again = next(
        (i for i, n in enumerate(nodes[1:], 1) if (n.marker, n.heading) == (first.marker, first.heading)), None
    )
    return nodes if again is None or any(node.rank > markers.last_part for node in nodes[:again]) else nodes[again:]


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


def _inline_nodes(text: str, start: int, end: int, markers: "_Markers") -> "list[Node]":
    found = []
    for place in markers.inline.finditer(text, start, end):
        match = markers.pattern.match(text, place.end(), end)
        if match is not None:
            found.append(_node(text, match, markers, inline=True))
    return found


def _node(text: str, match: re.Match[str], markers: _Markers, *, inline: bool) -> Node:
    kind = (match.lastindex or 1) - 1
    marker_start, marker_end = match.span()
    line_end = text.find("\n", marker_end)
    if line_end < 0:
        line_end = len(text)
    if kind in markers.unheaded:
        heading_end = marker_end
    elif inline:
        begin = marker_end + 1 if text[marker_end : marker_end + 1] == " " else marker_end
        space = text.find(" ", begin, min(line_end, begin + markers.longest))
        heading_end = _heading_end(text, marker_end, space if space > 0 else line_end, markers, run_in=False)
    else:
        heading_end = _heading_end(text, marker_end, line_end, markers, run_in=kind in markers.run_in)
    heading = text[marker_end:heading_end].strip(markers.edge) or None
    return Node(markers.ranks[kind], text[marker_start:marker_end], heading, heading_end, marker_start)


def _heading_end(text: str, start: int, line_end: int, markers: _Markers, *, run_in: bool) -> int:
    """Return where a heading ends: at its first full stop; with the line where that is short; else there is none."""
    stop, longest = markers.stop.search(text, start, line_end), markers.longest
    if stop is not None and stop.start() - start <= longest:
        return stop.start()
    if stop is None and line_end - start <= longest:
        return line_end
    soft = markers.soft_stop.search(text, start, min(line_end, start + longest)) if run_in else None
    return soft.start() if soft else start


def _nest(text: str, nodes: list[Node], limit: int) -> list[Section]:
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


def _rstrip(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())
