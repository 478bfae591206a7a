"""Statements of quantity where spaces part the words: a number, perhaps a magnitude, then a unit or what is counted.

Reached through `quantities`, by packs whose `units.toml` says `grammar = "spaced"`; all words are the pack's. One compiled pattern
finds a number beside a word of the vocabulary (`£1.2 million`, `11 meetings`, `15%`, `5 to 10 working days`); only that reaches
Python. A bare number is no quantity, and neither is a year or the number of a section.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from opendata.extract.quantity_totals import EXACT, Quantity, TotalWords, audit, storable
from opendata.languages import load

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_SUBJECT_WORDS, _SUBJECT_LENGTH = 8, 60
_YEARS = range(1900, 2101)


class _Words(NamedTuple):
    scan: re.Pattern[str]
    units: dict[str, tuple[str, str | None]]
    counters: dict[str, str]
    money: dict[str, tuple[str, str | None]]
    magnitudes: dict[str, int]
    numerals: dict[str, int]
    before: tuple[re.Pattern[str], dict[str, str]]
    after: tuple[re.Pattern[str], dict[str, str]]
    per: re.Pattern[str]
    ordinal: re.Pattern[str]
    between: re.Pattern[str]
    dashes: frozenset[str]
    phrase: re.Pattern[str]
    of: re.Pattern[str]
    leading: frozenset[str]
    trailing: frozenset[str]
    totals: TotalWords


def _either(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _names(entries: dict[str, dict[str, Any]]) -> dict[str, tuple[str, str | None]]:
    """Map every printed form (small letters, but for signs of one case such as MW) to its name and code."""
    return {
        form: (name, entry.get("code")) for name, entry in entries.items() for form in (name, *entry.get("also", ()))
    }


def _qualifiers(groups: dict[str, list[str]], pattern: str) -> tuple[re.Pattern[str], dict[str, str]]:
    codes = {word: code for code, words in groups.items() for word in words}
    return re.compile(pattern.format(_either(codes)), re.IGNORECASE), codes


@cache
def _words(language: str) -> _Words:
    data = load("units", language)
    units, money = _names(data["units"]), _names(data["money"])
    plurals = data["plurals"]
    counters = {
        form: word for word in data["counters"]["words"] for form in (word, plurals.get(word, word + data["plural"]))
    }
    numerals = data["numerals"]
    signs = [form for form in units if not form[0].isalpha()]
    named = [form for form in units if form[0].isalpha()]
    magnitude = rf"(?:\s?(?P<times>{_either(data['magnitudes'])})\b)?"
    number = rf"(?P<number>{_DIGITS})(?:\s?(?:[-–—]|{_either(data['range'])})\s?(?P<most>{_DIGITS}))?"
    scan = (
        rf"(?<![\w.,/–−-])(?P<minus>[-−])?(?P<money>(?:{_either(money)})\s?)?"
        rf"(?:{number}|(?P<numeral>(?i:{_either(numerals)})\b)){magnitude}"
        rf"(?:\s?(?P<sign>{_either(signs)})|[\s-](?:(?P<inner>[a-z][a-z-]+)\s)?(?P<counter>(?i:{_either(counters)}))\b"
        rf"|[\s-]?(?P<unit>{_either(named)})\b|\s(?P<currency>{_either(w for w in money if w[0].isalpha())})\b|(?![\w.,]?[0-9]))"
    )
    ends = r"[.!?](?=\s|$)|\n"
    opening = _either(data["totals"]["opening"])
    return _Words(
        re.compile(scan),
        units,
        counters,
        money,
        data["magnitudes"],
        numerals,
        _qualifiers(data["qualifiers"]["before"], r"\b({})\s+\Z"),
        _qualifiers(data["qualifiers"]["after"], r"\s+({})\b"),
        re.compile(
            rf"(?:\s(?:{_either(data['per']['words'])})\s|/)({_either([*units, *counters, *data['per']['units']])})\b"
        ),
        re.compile(rf"\b(?:{_either(data['ordinal_before'])})\.?\s\Z", re.IGNORECASE),
        re.compile(rf"\b(?:{_either(data['between'])})\s\Z", re.IGNORECASE),
        frozenset([*(f" {word} " for word in data["range"]), "-", "–", "—", " - ", " – "]),
        re.compile(r".*(?:[.,;:()\[\]!?\n\"“”]|\s[-–—])", re.DOTALL),
        re.compile(rf"\s(?:{_either(data['subject']['of'])})\s([^\n.,;:()0-9]{{2,80}})"),
        frozenset(data["subject"]["leading"]),
        frozenset(data["subject"]["trailing"]),
        TotalWords(
            re.compile(_either(data["totals"]["markers"]), re.IGNORECASE),
            re.compile(ends),
            re.compile(rf"(?:[.!?](?=\s)(?!\s+(?:{opening}))|\n)"),
        ),
    )


def finder(language: str) -> Callable[[str, int, int], list[Quantity]]:
    """Return what `quantities` hands on, with the words of one pack."""
    words = _words(language)

    def find(text: str, start: int, stop: int) -> list[Quantity]:
        found: list[Quantity] = []
        floor = start
        for match in words.scan.finditer(text, start, stop):
            quantity = _read(text, match, floor, stop, words)
            if quantity is None:
                continue
            if found and (joined := _join(text, found[-1], quantity, words)):
                found[-1] = quantity = joined
            else:
                found.append(quantity)
            floor = quantity.end
        if len(found) > 2:
            audit(text, found, words.totals)
        return found

    return find


def _read(text: str, match: re.Match[str], floor: int, stop: int, words: _Words) -> Quantity | None:
    sign, unit, counter, money = match["sign"], match["unit"], match["counter"], match["money"] or match["currency"]
    if not (sign or unit or counter or money or match["times"]):
        return None
    start, finish = match.span()
    value, most = _value(match["number"], match, words), _value(match["most"], match, words)
    if most is not None and (value is None or most <= value):
        return None
    if (counter or unit) and not money and _is_no_number(text, match, words):
        return None
    name: str | None
    if money:
        name, code = words.money[money.strip()]
    elif counter:
        name, code = words.counters[counter.lower()], "C62"
    else:
        name, code = words.units[sign or unit] if sign or unit else (None, None)
    if match["minus"] and value is not None:
        value = value.copy_negate()
    begin, qualifier = _left(text, start, floor, words)
    per = words.per.match(text, finish, stop)
    if per is not None and name is not None:
        name, code, finish = f"{name}/{_name(per[1], words)}", None, per.end()
    after = words.after[0].match(text, finish, stop)
    if after is not None:
        qualifier, finish = qualifier or words.after[1][after[1].lower()], after.end()
    if counter:
        subject: str | None = " ".join(word for word in (match["inner"], counter) if word)
    else:
        subject = _subject(text, begin, finish, floor, stop, words)
    return Quantity(subject, value, most, name, code, qualifier, None, text[begin:finish], begin, finish)


def _name(printed: str, words: _Words) -> str:
    return words.units[printed][0] if printed in words.units else words.counters.get(printed, printed)


def _value(printed: str | None, match: re.Match[str], words: _Words) -> Decimal | None:
    """Return the number times its magnitude, None where none is printed or it does not fit."""
    if printed is None and match["numeral"] is None:
        return None
    if printed is None:
        value = Decimal(words.numerals[match["numeral"].lower()]) if match["most"] is None else None
    else:
        value = Decimal(printed.replace(",", "")) if len(printed) <= 64 else None
    if value is None:
        return None
    return storable(EXACT.scaleb(value, words.magnitudes[match["times"]] if match["times"] else 0))


def _is_no_number(text: str, match: re.Match[str], words: _Words) -> bool:
    """Tell a year (In 2022 meetings …) and the number of a section or page from a number of things."""
    printed = match["number"]
    if printed is None:
        return False
    if len(printed) == 4 and printed.isdigit() and int(printed) in _YEARS and match["counter"]:
        return True
    return words.ordinal.search(text, max(0, match.start() - 24), match.start()) is not None


def _left(text: str, start: int, floor: int, words: _Words) -> tuple[int, str | None]:
    """Return where the statement begins, and its qualifier."""
    pattern, codes = words.before
    match = pattern.search(text, max(floor, start - 30), start)
    return (start, None) if match is None else (match.start(), codes[" ".join(match[1].lower().split())])


def _subject(text: str, begin: int, finish: int, floor: int, stop: int, words: _Words) -> str | None:
    """Return what is measured: the words behind `of` (1,200 hectares of woodland), else those before, back to punctuation."""
    of = words.of.match(text, finish, min(stop, finish + 90))
    if of is not None:
        return _trimmed(of[1].split()[:4], words)
    low = max(floor, begin - 120)
    cut = words.phrase.match(text, low, begin)
    at = low if cut is None else cut.end()
    return _trimmed(text[at:begin].split(), words)


def _trimmed(phrase: list[str], words: _Words) -> str | None:
    while phrase and phrase[0].lower() in words.leading:
        phrase = phrase[1:]
    while phrase and phrase[-1].lower() in words.trailing:
        phrase = phrase[:-1]
    phrase = phrase[-_SUBJECT_WORDS:]
    subject = " ".join(phrase)
    return subject if any(c.isalpha() for c in subject) and len(subject) <= _SUBJECT_LENGTH else None


def _join(text: str, first: Quantity, second: Quantity, words: _Words) -> Quantity | None:
    """Make one range of two neighbours: £1.2 million to £1.5 million, between 5% and 10%; None for two statements."""
    if first.value is None or second.value is None or first.value >= second.value:
        return None
    if first.value_max is not None or second.value_max is not None or first.qualifier or second.qualifier:
        return None
    between = text[first.end : second.start]
    if first.unit not in (None, second.unit):
        return None
    if between not in words.dashes and not (
        between == " and " and words.between.search(text, max(0, first.start - 12), first.start)
    ):
        return None
    return second._replace(
        subject=first.subject if second.unit_code != "C62" else second.subject,
        value=first.value,
        value_max=second.value,
        printed=text[first.start : second.end],
        start=first.start,
    )
