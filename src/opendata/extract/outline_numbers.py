"""The nodes of an outline and their numbers: what a marker may count, and where the numbering leaps."""

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from opendata.languages import DEFAULT, load
from opendata.normalise.characters import plain
from opendata.normalise.numerals import parse_number

_ROMAN = re.compile(r"(?=[ivxlc])(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Node(NamedTuple):
    """One heading before it is nested."""

    rank: int
    marker: str
    heading: str | None
    heading_end: int
    start: int


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


class _Numbers(NamedTuple):
    ordinal: re.Pattern[str]
    read: Callable[[str], tuple[int, ...]]
    running: re.Pattern[str]
    again: str
    numerals: str
    spelled: str


@cache
def _numbers(language: str) -> _Numbers:
    data = load("outline", language)
    return _Numbers(
        re.compile(data["ordinal"].replace("{N}", f"[{data['numerals']}]")),
        {"chinese": _chinese, "latin": _latin}[data["ordinals"]],
        re.compile(data["running"]),
        data["again"],
        data["numerals"],
        data["spelled"],
    )


def settle(nodes: list[Node], letters: int, romans: int) -> list[Node]:
    """Tell (i) the Roman numeral from (i) the letter: it is the letter behind (h), unless (ii) follows it.

    `letters` and `romans` are the ranks of both; all such markers come in as letters.
    """
    settled: list[Node] = []
    letter = ""
    for index, node in enumerate(nodes):
        if node.rank < letters:
            letter = ""
        sign = node.marker.strip("().").lower()
        if node.rank == letters and _ROMAN.fullmatch(sign):
            following = nodes[index + 1].marker.strip("().").lower() if index + 1 < len(nodes) else ""
            if not letter or ord(sign) != ord(letter) + 1 or following == sign + "i":
                node = node._replace(rank=romans)
        if node.rank == letters:
            letter = sign
        settled.append(node)
    return settled


def breaks(sections: Sequence[Section], text: str, language: str = DEFAULT) -> list[tuple[int, int, str]]:
    """Return where numbering leaps: `(start, end, found)` of each marker that does not follow its sibling of the same kind.

    Beginning again at one is no break, nor is numbering that runs on through the parents (as that of articles does), nor a
    number that stands inside a paragraph.
    """
    numbers = _numbers(language)
    last: dict[tuple[str | None, str], tuple[int, Section]] = {}
    anywhere: dict[str, int] = {}
    found = []
    for section in sections:
        shape, candidates = _read(section.marker, language)
        if not candidates:
            continue
        key = (None if numbers.running.match(shape) else section.parent_id, shape)
        before = last.get(key)
        expected = before[0] + 1 if before else 1
        running = anywhere.get(shape, 0) + 1
        fits = next((value for value in candidates if value in (expected, running, 1)), None)
        ordinal = candidates[0] if fits is None else fits
        last[key] = (ordinal, section)
        anywhere[shape] = ordinal
        if fits is not None or (
            before is not None and ordinal == before[0] and numbers.again and numbers.again in section.marker
        ):
            continue
        if before is not None and _names_missing(text, before[1], section, ordinal, numbers):
            continue
        previous = before[1].marker if before else "–"
        found.append((section.start, section.start + len(section.marker), f"{previous} → {section.marker}"))
    return found


@lru_cache(maxsize=4096)
def _read(marker: str, language: str) -> tuple[str, tuple[int, ...]]:
    """Return the shape of a marker (its number as N) and what its number may be; nothing where it has none."""
    numbers = _numbers(language)
    match = numbers.ordinal.search(marker)
    return numbers.ordinal.sub("N", marker, count=1), () if match is None else numbers.read(match[0])


def _chinese(printed: str) -> tuple[int, ...]:
    if "①" <= printed <= "⑳":
        return (ord(printed) - ord("①") + 1,)
    value = parse_number(plain(printed))
    return () if value is None else (int(value),)


def _latin(printed: str) -> tuple[int, ...]:
    """Digits; or a letter and the Roman numeral that looks alike: i is nine or one."""
    if printed.isdigit():
        return (int(printed),)
    folded = printed.lower()
    values = [ord(folded) - ord("a") + 1] if len(folded) == 1 else []
    if _ROMAN.fullmatch(folded):
        values.append(_roman(folded))
    return tuple(values)


def _roman(numeral: str) -> int:
    values = [_ROMAN_VALUES[sign] for sign in numeral]
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def _names_missing(text: str, before: Section, section: Section, ordinal: int, numbers: _Numbers) -> bool:
    """Tell whether the number before this one stands inside a paragraph between the two headings."""
    wanted = numbers.ordinal.search(section.marker)
    if wanted is None or wanted[0][0] not in numbers.numerals or not 1 < ordinal <= len(numbers.spelled):
        return False
    missing = section.marker.replace(wanted[0], numbers.spelled[ordinal - 2], 1)
    return text.find(missing, before.start + 1, section.start) >= 0
