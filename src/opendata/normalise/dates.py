"""Dates as printed, in header values, in running text and under a signature, by the reader that a language's pack names."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from opendata.languages import DEFAULT, load
from opendata.normalise import dates_chinese, dates_named
from opendata.normalise.date_reading import DateReading

__all__ = ["DateReading", "Dates", "dates", "find_dates", "is_date_line", "read_date"]


class Dates(NamedTuple):
    """How one language prints dates.

    `in_text` finds a date of year and month at least; `read` reads a whole field value; `is_line` tells a line that holds nothing
    but a date, also a broken one.
    """

    in_text: re.Pattern[str]
    read: Callable[[str], DateReading]
    is_line: Callable[[str], bool]


@cache
def dates(language: str = DEFAULT) -> Dates:
    """Return the reader of dates of a language. Raises KeyError when its pack names none that exists."""
    readers = {"chinese": dates_chinese.reader, "named_months": dates_named.reader}
    return Dates(*readers[load("dates", language)["reader"]](language))


def read_date(printed: str, language: str = DEFAULT) -> DateReading:
    """Read a whole field value as a date.

    A blank value or placeholder gives three Nones. A value that is no real date, or whose digits or signs were lost
    (`20251月1日`, `2022-13-01`, 2月30日), gives problem `date-broken`; one without its day gives `date-partial`; one whose day and
    month may be exchanged (05/10/2022) gives `date-ambiguous`.
    """
    return dates(language).read(printed)


def is_date_line(line: str, language: str = DEFAULT) -> bool:
    """Whether `line` holds nothing but a date of year and month at least, as below a signature; also a broken one."""
    return dates(language).is_line(line)


def find_dates(
    text: str, start: int = 0, end: int | None = None, language: str = DEFAULT
) -> list[tuple[int, int, DateReading]]:
    """Return `(start, end, reading)` of every date with at least year and month in `text[start:end]`, in order.

    Offsets are those of `text`, half-open. Dates that do not exist are listed with problem `date-broken`.
    """
    forms = dates(language)
    return [
        (match.start(), match.end(), forms.read(match[0]))
        for match in forms.in_text.finditer(text, start, len(text) if end is None else end)
    ]
