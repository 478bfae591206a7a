"""Dates in Chinese numerals and digits, in header values, in running text and under a signature; normalised to ISO 8601.

Reached through `dates`, by packs whose `dates.toml` says `reader = "chinese"`. Times are those of Asia/Shanghai, taken as UTC+08:00
in every year, unless an offset is printed; seconds that are not printed are written as 00, since xsd:dateTime needs them.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import cache, lru_cache

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
from opendata.normalise.numerals import parse_number
from opendata.normalise.placeholders import is_placeholder

SHANGHAI = timezone(timedelta(hours=8))

_FAST = re.compile(r"\s*([0-9]{4})(?:年([0-9]{1,2})月([0-9]{1,2})日|([-/.])([0-9]{1,2})\4([0-9]{1,2}))\s*")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})([0-9]{2})?)?")
_ZEROS = "〇零○◯OoОоΟο"
_NUMERAL = f"0-9一二三四五六七八九十廿卅元两百千壹贰叁肆伍陆柒捌玖拾貳參陸{_ZEROS}"
_TIME = (
    r"(?:T| )?(?P<half>[\u4e00-\u9fff]{1,2})?(?P<hour>[0-9]{1,2})"
    r"(?::(?P<minute>[0-9]{1,2})(?::(?P<second>[0-9]{1,2})(?:\.[0-9]+)?)?"
    r"|[时時點点](?:(?P<minute2>[0-9]{1,2})分?(?:(?P<second2>[0-9]{1,2})秒)?)?)"
    r" ?(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_FULL = re.compile(
    rf"(?:(?P<y>[{_NUMERAL}]{{1,8}})年(?:(?P<m>[{_NUMERAL}]{{1,3}})月(?:份|(?P<d>[{_NUMERAL}]{{1,4}})[日号號]?)?)?"
    r"|(?P<y2>[0-9]{4})(?:(?P<sep>[-/.])(?P<m2>[0-9]{1,2})(?:(?P=sep)(?P<d2>[0-9]{1,2}))?)?)"
    rf"(?:{_TIME})?"
)
_AROUND_SIGN = re.compile(r" *([年月日号號时時分秒:/.-]) *")
_DAY_THEN_DIGIT = re.compile(r"(?<=[日号號])(?=[0-9])")

_WIDE = "0-9０-９"
# The first character is in a small set, so that the search skips the rest of the text at the speed of a byte scan.
DATE_IN_TEXT: re.Pattern[str] = re.compile(
    rf"[12１２一二](?<![{_WIDE}][12１２])(?<![一二三四五六七八九十〇][一二])(?:"
    rf"[{_WIDE}〇一二三四五六七八九零○◯OoОΟ]{{3}}\s?年\s?[0-9０-９一二三四五六七八九十〇元]{{1,2}}\s?月"
    rf"(?:\s?[0-9０-９一二三四五六七八九十廿卅〇]{{1,3}}\s?[日号號])?"
    r"|[0-9]{3}([-/.])[0-9]{1,2}\1[0-9]{1,2}(?![0-9]|[-/.][0-9])"
    r"(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?)"
)
_DATE_LINE = re.compile(
    rf"[({{\[]?(?:[{_NUMERAL} ]+年[{_NUMERAL} ]+月(?:[{_NUMERAL} ]+[日号號])?"
    r"|[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2})[)}\]]?"
)
_BROKEN_LINE = re.compile(rf"[{_NUMERAL} 年]+月[{_NUMERAL} ]+日")

_MAY_BE_DATE = re.compile(r"[0-9０-９]|月").search


@cache
def _around() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], frozenset[str], frozenset[str]]:
    words = load("dates")
    weekday = words["weekday"]
    return (
        re.compile(rf" *[(\[]? *{weekday} *[)\]]? *"),
        re.compile(rf"(?:{'|'.join(words['before'])}) *"),
        re.compile(rf" *(?:{'|'.join(words['after'])})[。.]?\Z"),
        frozenset(words["afternoon"]),
        frozenset(words["morning"]),
    )


@lru_cache(maxsize=8192)
def read_date(printed: str) -> DateReading:
    """Read a whole field value as a date.

    A blank value or placeholder gives three Nones. A value that is no real date, or whose digits or signs were lost
    (`20251月1日`, `2022-13-01`, 2月30日), gives problem `date-broken`; one without its day gives `date-partial`.
    """
    match = _FAST.fullmatch(printed)
    if match is not None:
        year, month, day, _, month2, day2 = match.groups()
        return read_day(int(year), int(month or month2), int(day or day2))
    if len(printed) > LONGEST_VALUE:
        return BROKEN
    match = _FULL.fullmatch(printed)
    if match is not None:
        return _read_match(match)
    text = plain(printed).strip()
    reading = _read_folded(text) if text else NOTHING
    return NOTHING if reading is BROKEN and is_placeholder(text) else reading


def _read_folded(text: str) -> DateReading:
    """Read a value whose characters are half-width already: the forms that are less common."""
    compact = _COMPACT.fullmatch(text)
    if compact is not None:
        year, month, day, *time = compact.groups()
        if time[0] is None:
            return read_day(int(year), int(month), int(day))
        return _instant((int(year), int(month), int(day)), (int(time[0]), int(time[1]), int(time[2] or 0)), None)
    weekday, before, after, _, _ = _around()
    if text[0] in "([" and text[-1] in ")]":
        text = text[1:-1].strip()
    text = weekday.sub(" ", text).strip()
    start = before.match(text)
    text = text[start.end() :] if start else text
    tail = after.search(text)
    text = text[: tail.start()] if tail else text
    text = _AROUND_SIGN.sub(r"\1", text)
    if "年" in text:
        text = _DAY_THEN_DIGIT.sub("T", text.replace(" ", ""))
    match = _FULL.fullmatch(text)
    return _read_match(match) if match else BROKEN


def _read_match(match: re.Match[str]) -> DateReading:
    year = _year(match["y"]) if match["y"] else int(match["y2"])
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return BROKEN
    printed_month, printed_day = match["m"] or match["m2"], match["d"] or match["d2"]
    if printed_month is None:
        return DateReading(f"{year:04d}", None, "date-partial") if match["hour"] is None else BROKEN
    month = _small(printed_month)
    if printed_day is None:
        partial = match["hour"] is None and month is not None and 1 <= month <= 12
        return DateReading(f"{year:04d}-{month:02d}", None, "date-partial") if partial else BROKEN
    day = _small(printed_day)
    if month is None or day is None:
        return BROKEN
    if match["hour"] is None:
        return read_day(year, month, day)
    return _timed(match, year, month, day)


def _timed(match: re.Match[str], year: int, month: int, day: int) -> DateReading:
    hour, minute = int(match["hour"]), int(match["minute"] or match["minute2"] or 0)
    second = int(match["second"] or match["second2"] or 0)
    if match["half"]:
        _, _, _, afternoon, morning = _around()
        if match["half"] in afternoon:
            hour += 12 if hour < 12 else 0
        elif match["half"] not in morning:
            return BROKEN
    return _instant((year, month, day), (hour, minute, second), match["zone"])


def _instant(day: tuple[int, int, int], time: tuple[int, int, int], zone: str | None) -> DateReading:
    if not FIRST_YEAR <= day[0] <= LAST_YEAR:
        return BROKEN
    offset = SHANGHAI
    if zone is not None:
        hours = 0 if zone == "Z" else int(zone[1:3])
        minutes = 0 if zone == "Z" else int(zone[-2:])
        if hours > 14 or minutes > 59:
            return BROKEN
        offset = timezone(timedelta(hours=hours, minutes=minutes) * (-1 if zone[0] == "-" else 1))
    try:
        instant = datetime(*day, *time, tzinfo=offset).astimezone(SHANGHAI)
    except ValueError:
        return BROKEN
    return DateReading(instant.isoformat(), instant.date(), None)


@cache
def _small_numerals() -> dict[str, int]:
    """Month and day numerals: 一 … 三十一, 〇一, 一十二, 廿五, 卅一, 元 (元月)."""
    digits = "〇一二三四五六七八九"
    numerals = {"元": 1}
    for value in range(1, 32):
        tens, ones = divmod(value, 10)
        last = digits[ones] if ones else ""
        heads = {0: ["", "〇"], 1: ["十", "一十"], 2: ["二十", "廿"], 3: ["三十", "卅"]}[tens]
        numerals.update({head + last: value for head in heads})
        if tens:
            numerals[digits[tens] + digits[ones]] = value
    return numerals


_ZERO_AND_FORMAL = str.maketrans(
    {
        **dict.fromkeys(_ZEROS, "〇"),
        **dict(zip("壹贰叁肆伍陆柒捌玖拾貳參陸", "一二三四五六七八九十二三六", strict=True)),
    }
)
_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")


def _small(printed: str) -> int | None:
    if printed.isascii() and printed.isdigit():
        return int(printed) if len(printed) <= 2 else None
    return _small_numerals().get(printed.translate(_ZERO_AND_FORMAL))


def _year(printed: str) -> int | None:
    folded = printed.translate(_ZERO_AND_FORMAL)
    digits = folded.translate(_DIGITS)
    if len(digits) == 4 and digits.isascii() and digits.isdigit():
        return int(digits)
    # 二千零二十二年: by places; a run of digits that is not four long lost or gained one.
    if digits.isascii() or "千" not in folded:
        return None
    value = parse_number(folded)
    return None if value is None else int(value)


def is_date_line(line: str) -> bool:
    """Whether `line` holds nothing but a date of year and month at least, as below a signature; also a broken one."""
    if len(line) > LONGEST_VALUE or not _MAY_BE_DATE(line):
        return False
    text = plain(line).strip()
    if "期" in text or "周" in text or "拜" in text:
        text = _around()[0].sub("", text)
    if _DATE_LINE.fullmatch(text):
        return read_date(text).normalised is not None or _BROKEN_LINE.fullmatch(text.strip("()[]")) is not None
    return _BROKEN_LINE.fullmatch(text) is not None


def reader(language: str) -> tuple[re.Pattern[str], Callable[[str], DateReading], Callable[[str], bool]]:
    """Return what `dates` hands on; the words around a date are those of the Chinese pack."""
    return DATE_IN_TEXT, read_date, is_date_line
