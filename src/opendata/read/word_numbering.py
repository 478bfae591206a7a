"""Automatic numbering: the marker (第一条, 一、, （1）) that Word prints before a paragraph and that no text holds.

The rules are those of ECMA-376 Part 1, 17.9; the binary format counts alike ([MS-DOC] 2.4.6.3).
"""

import re
from dataclasses import dataclass, field

from opendata.read.word_number_formats import format_number
from opendata.read.word_symbols import printed_symbol

LEVELS = 9
LONGEST = 255
"""Characters of a level's text; Word takes no more."""
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. `template` is literal text and the 0-based levels whose numbers stand in it.

    `restart`: None restarts after any outer level, 0 never, n after one of the n outermost levels.
    """

    template: tuple[str | int, ...] = ()
    form: str = "decimal"
    start: int = 1
    suffix: str = "tab"
    restart: int | None = None
    is_legal: bool = False


@dataclass(slots=True)
class _Num:
    """An instance of a list: levels of its own, and where its counting starts anew."""

    list_id: int
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


def template_of(text: str) -> tuple[str | int, ...]:
    """Split `第%1条` into literal text and 0-based levels."""
    parts = _PLACE.split(text[:LONGEST])
    return tuple(int(part) - 1 if odd % 2 else part for odd, part in enumerate(parts) if part)


class Numbering:
    """The lists of one file and their counters, which advance with each marker asked for, in document order."""

    def __init__(self) -> None:
        self._lists: dict[int, dict[int, Level]] = {}
        self._nums: dict[int, _Num] = {}
        self._counts: dict[int, dict[int, int]] = {}
        self._started: set[tuple[int, int]] = set()

    def add_list(self, list_id: int, levels: dict[int, Level]) -> None:
        """Add a list (abstractNum, LSTF) with its levels."""
        self._lists[list_id] = levels

    def add_num(self, num_id: int, list_id: int, levels: dict[int, Level], starts: dict[int, int]) -> None:
        """Add an instance (num, LFO) of a list with what it overrides."""
        self._nums[num_id] = _Num(list_id, levels, starts)

    def marker(self, num_id: int, level: int) -> str:
        """Count one paragraph of list instance `num_id` at a 0-based level.

        Returns the marker with the space after it, or an empty text when the list prints none or does not exist.
        """
        num = self._nums.get(num_id)
        if num is None or not 0 <= level < LEVELS:
            return ""
        levels = {**self._lists.get(num.list_id, {}), **num.levels}
        own = levels.get(level)
        if own is None:
            return ""
        counts = self._count(num_id, num, level, levels)
        text = "".join(
            printed_symbol(part, own.form == "bullet") if isinstance(part, str) else _shown(part, own, levels, counts)
            for part in own.template
        )
        if not text.strip():
            return ""
        return text if own.suffix == "nothing" or text[-1].isspace() else text + " "

    def _count(self, num_id: int, num: _Num, level: int, levels: dict[int, Level]) -> dict[int, int]:
        counts = self._counts.setdefault(num.list_id, {})
        if level in num.starts and (num_id, level) not in self._started:
            self._started.add((num_id, level))
            counts[level] = num.starts[level]
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = levels[level].start
        for inner in [inner for inner in counts if inner > level]:
            restart = levels[inner].restart if inner in levels else None
            if restart is None or level < restart:
                del counts[inner]
        return counts


def _shown(place: int, own: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    level = levels.get(place)
    if level is None:
        return ""
    return format_number(counts.get(place, level.start), "decimal" if own.is_legal else level.form)
