"""Dates in languages that name their months: `25 October 2022`, `October 25, 2022`, `25/10/2022`, `2022-10-25`.

Reached through `dates`, by packs whose `dates.toml` says `reader = "named_months"`. The words are the pack's. A day and a month in
digits that may be exchanged are read only where the pack says which comes first; else the year is all that is certain.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

from opendata.languages import load
from opendata.normalise.characters import plain
from opendata.normalise.date_reading import (
    BROKEN,
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_VALUE,
    NOTHING,
    DateReading,
    read_day,
)
from opendata.normalise.placeholders import is_placeholder

_TIME = (
    r"(?:[T ,]\s*(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?)?"
    r"\s?(?P<half>[ap]\.?m\.?)?\s?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
_ISO = r"(?P<y1>[0-9]{4})(?:(?P<s1>[-/.])(?P<m1>[0-9]{1,2})(?:(?P=s1)(?P<d1>[0-9]{1,2}))?)?"
_DIGITS = r"(?P<a>[0-9]{1,2})(?P<s2>[-/.])(?P<b>[0-9]{1,2})(?P=s2)(?P<y2>[0-9]{4})"
_SHORT = re.compile(r"[0-9]")


class _Forms(NamedTuple):
    whole: re.Pattern[str]
    line: re.Pattern[str]
    months: dict[str, int]
    order: str


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _named(data: dict[str, list[str]], groups: bool) -> str:
    """Return the pattern of a date with its month in words, with named groups or without."""
    month = f"(?:{_either([name for names in data['months'] for name in names])})\\.?"
    ordinal = f"(?:{_either(data['ordinals'])})?" if data["ordinals"] else ""
    of = f"(?:(?:{_either(data['of'])}) )?" if data["of"] else ""
    weekday = f"(?:(?:{_either(data['weekdays'])}),? )?"

    def group(name: str, pattern: str) -> str:
        return f"(?P<{name}>{pattern})" if groups else f"(?:{pattern})"

    year = "[12][0-9]{3}"
    day_first = (
        rf"{weekday}(?:{group('d3', '[0-9]{1,2}')}{ordinal}[ -]{of})?{group('m3', month)},?[ -]{group('y3', year)}"
    )
    month_first = rf"{weekday}{group('m4', month)} {group('d4', '[0-9]{1,2}')}{ordinal},? {group('y4', year)}"
    return f"(?:{day_first}|{month_first})"


def reader(language: str) -> tuple[re.Pattern[str], Callable[[str], DateReading], Callable[[str], bool]]:
    """Return what `dates` hands on, made of the words of one pack."""
    data = load("dates", language)
    before = f"(?:(?:{_either(data['before'])}) )?" if data["before"] else ""
    after = f"(?: (?:{_either(data['after'])}))?" if data["after"] else ""
    months = {name.lower(): number for number, names in enumerate(data["months"], 1) for name in names}
    forms = _Forms(
        re.compile(rf"{before}(?:{_named(data, True)}|{_DIGITS}|{_ISO}){_TIME}{after}\.?", re.IGNORECASE),
        re.compile(
            rf"{before}(?:{_named(data, False)}|[0-9]{{1,2}}([-/.])[0-9]{{1,2}}\1[0-9]{{4}}"
            r"|[0-9]{4}([-/.])[0-9]{1,2}\2[0-9]{1,2})\.?",
            re.IGNORECASE,
        ),
        months,
        data["order"],
    )
    in_text = re.compile(
        rf"(?<![0-9A-Za-z/.-])(?:{_named(data, False)}|[0-9]{{1,2}}([-/.])[0-9]{{1,2}}\1[12][0-9]{{3}}"
        r"|[12][0-9]{3}([-/.])[0-9]{1,2}\2[0-9]{1,2}(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?)(?![0-9]|[-/.][0-9])",
        re.IGNORECASE,
    )

    @lru_cache(maxsize=8192)
    def read(printed: str) -> DateReading:
        return _read(printed, forms)

    def is_line(line: str) -> bool:
        if len(line) > LONGEST_VALUE or not _SHORT.search(line):
            return False
        words = _tidy(line).strip("()[]")
        # A day that does not exist is a date line too: what is printed there is meant as one.
        return forms.line.fullmatch(words) is not None

    return in_text, read, is_line


def _tidy(printed: str) -> str:
    return " ".join(plain(printed).split())


def _read(printed: str, forms: _Forms) -> DateReading:
    if len(printed) > LONGEST_VALUE:
        return BROKEN
    words = _tidy(printed).strip("()[]")
    match = forms.whole.fullmatch(words)
    if match is None:
        return NOTHING if is_placeholder(words) else BROKEN
    year, month, day, ambiguous = _parts(match, forms)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return BROKEN
    if ambiguous:
        return DateReading(f"{year:04d}", None, "date-ambiguous")
    if month is None or day is None:
        if match["hour"] is not None or (month is not None and not 1 <= month <= 12):
            return BROKEN
        return DateReading(f"{year:04d}" if month is None else f"{year:04d}-{month:02d}", None, "date-partial")
    found = read_day(year, month, day)
    return found if match["hour"] is None or found.date is None else _timed(match, found)


def _parts(match: re.Match[str], forms: _Forms) -> tuple[int, int | None, int | None, bool]:
    """Return year, month and day of a match, and whether day and month may be exchanged."""
    if match["y2"] is not None:
        first, second, year = int(match["a"]), int(match["b"]), int(match["y2"])
        if forms.order == "month_first" or (forms.order != "day_first" and second > 12):
            return year, first, second, False
        return year, second, first, not forms.order and first <= 12 and first != second
    if match["y1"] is not None:
        month, day = match["m1"], match["d1"]
        return int(match["y1"]), int(month) if month else None, int(day) if day else None, False
    name, day = match["m3"] or match["m4"], match["d3"] or match["d4"]
    month_number = forms.months[name.lower().rstrip(".")]
    return int(match["y3"] or match["y4"]), month_number, int(day) if day else None, False


def _timed(match: re.Match[str], day: DateReading) -> DateReading:
    """Add the time of day, with its offset only where that is printed; the day stays the printed one."""
    hour, minute, second = int(match["hour"]), int(match["minute"] or 0), int(match["second"] or 0)
    half = (match["half"] or "").lower()[:1]
    if day.date is None or (half and not 1 <= hour <= 12) or (not half and match["minute"] is None):
        return BROKEN
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    zone = None
    if match["zone"]:
        printed = match["zone"].upper()
        hours, minutes = (0, 0) if printed == "Z" else (int(printed[1:3]), int(printed[-2:]))
        zone = timezone(timedelta(hours=hours, minutes=minutes) * (-1 if printed[0] == "-" else 1))
    try:
        instant = datetime(day.date.year, day.date.month, day.date.day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return BROKEN
    return DateReading(instant.isoformat(), day.date, None)
