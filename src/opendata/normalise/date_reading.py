"""What a printed date says, whatever the language that prints it."""

from datetime import date
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_VALUE = 60


class DateReading(NamedTuple):
    """What a printed date says.

    `normalised` is ISO 8601 as far as printed (`2022`, `2022-10`, `2022-10-25`, `2022-10-25T09:30:00+08:00`); `date` is the day,
    only when it is printed and exists; `problem` is `date-broken`, `date-partial`, `date-ambiguous` or None.
    """

    normalised: str | None
    date: date | None
    problem: str | None


BROKEN = DateReading(None, None, "date-broken")
NOTHING = DateReading(None, None, None)


def read_day(year: int, month: int, day: int) -> DateReading:
    """Return the reading of one day; broken where it does not exist or lies outside the years that are read."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return BROKEN
    try:
        found = date(year, month, day)
    except ValueError:
        return BROKEN
    return DateReading(found.isoformat(), found, None)
