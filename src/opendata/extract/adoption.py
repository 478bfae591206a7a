"""The note under the title of a regulation: when the text was made, and from when it is in force."""

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from opendata.languages import DEFAULT, load


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language that tell which day a note speaks of; see `page.toml`."""

    day: re.Pattern[str]
    amended: re.Pattern[str]
    adopted: re.Pattern[str]
    ordered: re.Pattern[str]
    from_day: re.Pattern[str]
    in_force: re.Pattern[str]


@cache
def _words(language: str) -> _Words:
    data = load("page", language)["adoption"]
    names = ("day", "amended", "adopted", "ordered", "from_day", "in_force")
    return _Words(*(re.compile(data[name]) for name in names))


class NoteDate(NamedTuple):
    """One date of a note: the field that it tells, the word that says so, and where the date stands in the text."""

    field: str
    label: str
    start: int
    end: int


def note_dates(text: str, start: int, end: int, language: str = DEFAULT) -> list[NoteDate]:
    """Return the dates that the note `text[start:end]` gives of the text below it: at most one of making, and one of force.

    The day of making (成文日期) is that of the order which makes a regulation known, else that on which a meeting adopted it; not
    that of its approval by another body. A text that has been amended since is another one than was made then, and its note tells
    no date of it: libraries date it by its last version.
    """
    known = _words(language)
    if known.amended.search("".join(text[start:end].split())):
        return []
    days = list(known.day.finditer(text, start, end))
    found: dict[str, NoteDate] = {}
    ordered = False
    for day, following in zip(days, [*(day.start() for day in days[1:]), end], strict=True):
        words = "".join(text[day.end() : following].split())
        since = known.from_day.search(text, start, day.start())
        in_force = known.in_force.match(words) if since else None
        order = known.ordered.search(words)
        adopted = known.adopted.search(words)
        if since is not None and in_force is not None:
            label = in_force[1] or since[0].strip()
            found.setdefault("effective_date", NoteDate("effective_date", label, *day.span()))
        elif order is not None and not ordered:
            ordered = True
            found["created_date"] = NoteDate("created_date", order[1], *day.span())
        elif adopted is not None:
            found.setdefault("created_date", NoteDate("created_date", adopted[1], *day.span()))
    return list(found.values())
