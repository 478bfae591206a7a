"""The outline: numbered headings of reports (GB/T 9704) and the parts of regulations, as nested sections."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from opendata.extract.outline_numbers import Node, Section, breaks, settle
from opendata.languages import DEFAULT, load

__all__ = ["Section", "breaks", "find_outline"]

_EDGE = " \u00a0\u3000\u2002\u2003\t"
_INDENT = _EDGE + "#"
_OUTERMOST = -1
"""A rank outside all others: what begins another text closes all that are open."""
_LEAD = re.compile(f"[{_INDENT}]*")


@dataclass(frozen=True, slots=True)
class _Markers:
    """The markers of one language and what is known of headings; `twofold` are the ranks of markers (i) and (a) that look alike."""

    pattern: re.Pattern[str]
    first: re.Pattern[str]
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
        re.compile(rf"\n[{_INDENT}]*([{re.escape(data['firsts'])}])"),
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
        re.compile(rf"^[{_INDENT}]*{data['notes']}", re.MULTILINE),
        re.compile(data["contents"], re.MULTILINE),
        data["last_part"],
    )


def find_outline(
    text: str, regions: Iterable[tuple[int, int]], language: str = DEFAULT, texts: Sequence[int] = ()
) -> list[Section]:
    """Return the sections that begin within `regions` (pieces of body text in order), each before its descendants.

    A section ends where a heading of the same or an outer rank begins, or with its text: `texts` are the ends of the body and of each
    text that is annexed to it; without them all regions are one text.
    """
    markers = _markers(language)
    nodes: list[Node] = []
    limit = 0
    for start, end in regions:
        nodes += _line_nodes(text, start, end, markers)
        if any(text.find(sign, start, end) >= 0 for sign in markers.inline_signs):
            nodes += _inline_nodes(text, start, end, markers)
            nodes.sort(key=lambda node: node.start)
        limit = end
    if markers.twofold is not None:
        nodes = settle(nodes, *markers.twofold)
    return _nest(text, _without_contents(text, nodes, markers), [end for end in texts if end < limit] + [limit])


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


def _line_nodes(text: str, start: int, end: int, markers: "_Markers") -> "list[Node]":
    """Return the headings at the start of lines, but for the numbered notes below a table."""
    match_marker = markers.pattern.match
    notes = _notes(text, start, end, markers)
    found = []
    lead = _LEAD.match(text, start, end)
    places = [start if lead is None else lead.end()]
    places += [line.end() - 1 for line in markers.first.finditer(text, start, end)]
    for position in places:
        match = match_marker(text, position, end)
        if match is not None and position not in notes:
            found.append(_node(text, match, markers, inline=False))
    return found


def _notes(text: str, start: int, end: int, markers: "_Markers") -> set[int]:
    """Return where the numbered lines begin that follow a first note: a blank line, or one without a number, ends them."""
    found = set()
    for note in markers.notes.finditer(text, start, end):
        line = markers.first.match(text, text.find("\n", note.start(), end), end)
        while line is not None and (line[1].isdigit() or markers.pattern.match(text, line.end() - 1, end) is None):
            found.add(line.end() - 1)
            line = markers.first.match(text, text.find("\n", line.end(), end), end)
    return found


def _inline_nodes(text: str, start: int, end: int, markers: "_Markers") -> "list[Node]":
    found = []
    for place in markers.inline.finditer(text, start, end):
        match = markers.pattern.match(text, place.end(), end)
        if match is not None:
            found.append(_node(text, match, markers, inline=True))
    return found


def _node(text: str, match: re.Match[str], markers: _Markers, *, inline: bool) -> Node:
    kind = (match.lastindex or 1) - 1
    start, marker_end = match.span()
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
    row = (markers.ranks[kind], text[start:marker_end], heading, heading_end, start)
    return tuple.__new__(Node, row)  # the constructor of a NamedTuple costs as much again


def _heading_end(text: str, start: int, line_end: int, markers: _Markers, *, run_in: bool) -> int:
    """Return where a heading ends: at its first full stop; with the line where that is short; else there is none."""
    longest = markers.longest
    stop = markers.stop.search(text, start, min(line_end, start + longest + 1))
    if stop is not None:
        return stop.start()
    if line_end - start <= longest:
        return line_end
    soft = markers.soft_stop.search(text, start, start + longest) if run_in else None
    return soft.start() if soft else start


def _nest(text: str, nodes: list[Node], texts: list[int]) -> list[Section]:
    """Turn headings in order into a tree: a node lies under the nearest one before it, in its own text, that has an outer rank."""
    if not nodes:
        return []
    starts = [node[4] for node in nodes]
    places = [min(bisect_right(texts, start), len(texts) - 1) for start in starts]
    following = (*starts[1:], texts[-1])
    own_ends = [_without_space(text, min(end, texts[at])) for end, at in zip(following, places, strict=True)]
    lasts = [len(nodes) - 1] * len(nodes)
    paths: list[str] = []
    parents: list[str | None] = []
    levels: list[int] = []
    open_nodes: list[tuple[int, int]] = []
    counts = [0]
    for index, node in enumerate(nodes):
        rank = node[0] if index == 0 or places[index] == places[index - 1] else _OUTERMOST
        while open_nodes and open_nodes[-1][0] >= rank:
            lasts[open_nodes.pop()[1]] = index - 1
            counts.pop()
        counts[-1] += 1
        parent = paths[open_nodes[-1][1]] if open_nodes else None
        parents.append(parent)
        paths.append(f"{parent}.{counts[-1]}" if parent else str(counts[-1]))
        open_nodes.append((node[0], index))
        levels.append(len(open_nodes))
        counts.append(0)
    ends = [own_ends[last] for last in lasts]
    rows = zip(
        paths, parents, levels, *zip(*(node[1:4] for node in nodes), strict=True), starts, own_ends, ends, strict=True
    )
    return [tuple.__new__(Section, row) for row in rows]


def _without_space(text: str, end: int) -> int:
    """Return where the words end that white space follows up to `end`."""
    while end > 0 and text[end - 1].isspace():
        end -= 1
    return end
