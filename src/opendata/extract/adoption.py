"""The note under the title of a regulation: when the text was made, and from when it is in force."""

import re
from typing import NamedTuple

_DAY = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_AMENDED = re.compile("修正|修订|修改")
_ADOPTED = re.compile("(通过|制定)(?![的《])")
_ORDERED = re.compile(r"令(?:第[^第]{1,8}号)?(公布|发布|颁布)")
_IN_FORCE = re.compile("起(施行|实施|生效)")


class NoteDate(NamedTuple):
    """One date of a note: the field that it tells, the word that says so, and where the date stands in the text."""

    field: str
    label: str
    start: int
    end: int


def note_dates(text: str, start: int, end: int) -> list[NoteDate]:
    """Return the dates that the note `text[start:end]` gives of the text below it: at most one of making, and one of force.

    The day of making (成文日期) is that of the order which makes a regulation known, else that on which a meeting adopted it; not
    that of its approval by another body. A text that has been amended since is another one than was made then, and its note tells
    no date of it: libraries date it by its last version.
    """
    if _AMENDED.search("".join(text[start:end].split())):
        return []
    days = list(_DAY.finditer(text, start, end))
    found: dict[str, NoteDate] = {}
    ordered = False
    for day, following in zip(days, [*(day.start() for day in days[1:]), end], strict=True):
        words = "".join(text[day.end() : following].split())
        in_force = _IN_FORCE.match(words) if text[: day.start()].rstrip().endswith("自") else None
        order = _ORDERED.search(words)
        adopted = _ADOPTED.search(words)
        if in_force is not None:
            found.setdefault("effective_date", NoteDate("effective_date", in_force[1], *day.span()))
        elif order is not None and not ordered:
            ordered = True
            found["created_date"] = NoteDate("created_date", order[1], *day.span())
        elif adopted is not None:
            found.setdefault("created_date", NoteDate("created_date", adopted[1], *day.span()))
    return list(found.values())
