"""Administrative divisions (GB/T 2260): code to name over the years, and a body's name to the code of its place.

The table is python-stdnum's `cn/loc` (reading it once takes about 80 ms), amended by `languages/zh/regions.toml`.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from stdnum import numdb

from opendata.languages import load
from opendata.normalise.characters import without_spaces

_PERIOD = re.compile(r"(?:\[([0-9]{4})?-([0-9]{4})?\])?([^,\[\]]+)")
_CODE = re.compile(r"[1-9][0-9]{5}")
_LONGEST_NAME = 20
_ALWAYS = 9999


class Period(NamedTuple):
    """A name that a code bore from `first` to `last` year, both included."""

    first: int
    last: int
    name: str


def _periods(printed: str) -> tuple[Period, ...]:
    """Read the table's notation: `[1983-1994]二道河子区,[1995-]二道区`."""
    return tuple(Period(int(first or 0), int(last or _ALWAYS), name) for first, last, name in _PERIOD.findall(printed))


@cache
def _table() -> dict[str, tuple[Period, ...]]:
    """Every code with its names; rows that only group others (市辖区, 省直辖县级行政单位) are left out."""
    data = load("regions")
    grouping = frozenset(data["grouping"]["names"])
    table: dict[str, tuple[Period, ...]] = {}
    for _, province, _, properties, children in numdb.get("cn/loc").prefixes:
        name = data["province"].get(province, properties["province"])
        for _, rest, _, child_properties, _ in children:
            table[province + rest] = _periods(child_properties["county"])
        table[province + "0000"] = (Period(0, _ALWAYS, name),)
    table.update({code: _periods(printed) for code, printed in data["county"].items()})
    kept = {code: tuple(period for period in periods if period.name not in grouping) for code, periods in table.items()}
    return {code: periods for code, periods in kept.items() if periods}


def _own_name(code: str, year: int | None) -> str | None:
    """The name of `code` alone in `year`, or its last one."""
    periods = _table().get(code, ())
    if year is None:
        return max(periods).name if periods else None
    fitting = [period for period in periods if period.first <= year <= period.last]
    return max(fitting).name if fitting else None


@lru_cache(maxsize=4096)
def region_parts(code: str, year: int | None = None) -> tuple[str, ...]:
    """Return the names from province down to `code` (吉林省, 长春市, 二道区); empty when the code is not known.

    With `year`, names of that year, and nothing when the code was not in use then; without, the last names in use.
    """
    if _CODE.fullmatch(code) is None:
        return ()
    own = _own_name(code, year)
    if own is None:
        return ()
    above = [parent for parent in (code[:2] + "0000", code[:4] + "00") if parent != code]
    names = [_own_name(parent, year) or _own_name(parent, None) for parent in dict.fromkeys(above)]
    return (*(name for name in names if name is not None), own)


def region_name(code: str, year: int | None = None) -> str | None:
    """Return the full name of a six-digit code, such as 吉林省长春市二道区, or None when it is not known.

    `year` picks the name of that year; without it the last name in use is given, also for codes withdrawn since.
    """
    return "".join(region_parts(code, year)) or None


class _Names(NamedTuple):
    provinces: dict[str, str]
    below: dict[str, dict[str, tuple[str, ...]]]  # province or city code -> name -> codes under it
    anywhere: dict[str, tuple[str, ...]]


@cache
def _names() -> _Names:
    """Names to codes. A name in use today hides the codes of places that bore it earlier."""
    general = frozenset(load("regions")["grouping"]["generic"])
    current: dict[str, dict[str, list[str]]] = {}
    former: dict[str, dict[str, list[str]]] = {}
    for code, periods in _table().items():
        for period in periods:
            target = current if period.last == _ALWAYS else former
            for scope in {"", code[:2] + "0000", code[:4] + "00"} - {code}:
                if scope or period.name not in general:
                    target.setdefault(scope, {}).setdefault(period.name, []).append(code)
    scopes = {
        scope: {
            name: tuple(dict.fromkeys(codes))
            for name, codes in {**former.get(scope, {}), **current.get(scope, {})}.items()
        }
        for scope in former.keys() | current.keys()
    }
    anywhere = scopes.pop("")
    provinces = {periods[0].name: code for code, periods in _table().items() if code.endswith("0000")}
    return _Names(provinces, scopes, anywhere)


def _prefix(text: str, names: dict[str, tuple[str, ...]]) -> tuple[str, tuple[str, ...]] | None:
    for length in range(min(len(text), _LONGEST_NAME), 1, -1):
        codes = names.get(text[:length])
        if codes is not None:
            return text[length:], codes
    return None


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(load('regions')['grouping']['before'])})+")


@lru_cache(maxsize=4096)
def find_region(name: str) -> str | None:
    """Return the code of the province, city or county whose full name begins `name`, or None.

    `name` is a body's (二道区人民政府, 中共长春市委员会). A county that exists in several cities counts only when its
    city or province stands before it; short forms (长春, 吉林) are not read.
    """
    text = without_spaces(name)
    start = _before().match(text)
    text = text[start.end() :] if start else text
    names = _names()
    found: str | None = None
    for length in range(min(len(text), 8), 2, -1):
        found = names.provinces.get(text[:length])
        if found is not None:
            text = text[length:]
            break
    if found is None:
        match = _prefix(text, names.anywhere)
        if match is None or len(match[1]) != 1:
            return None
        text, (found,) = match
    while text and found[4:] == "00":
        match = _prefix(text, names.below.get(found, {}))
        if match is None or len(match[1]) != 1:
            break
        text, (found,) = match
    return found
