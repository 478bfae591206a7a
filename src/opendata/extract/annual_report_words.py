"""The printed labels of the statutory annual report's tables, and the numbers in their cells."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, NamedTuple

from opendata.languages import DEFAULT, has, load
from opendata.normalise.characters import plain, simplified, without_spaces
from opendata.normalise.numerals import parse_number

_BRACKETS = re.compile(r"\([^()]*\)")
_MARKS = re.compile(r"[\W_]+")
_DIGITS = re.compile(r"[0-9][0-9,.\s]*(\D*)")
_NUMBER = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,9})(\.[0-9]{1,6})?(\D*)")
"""A longer row of digits is no number of such a report, but several that run together."""

_LONGEST = 60


class Label(NamedTuple):
    """Tells which code of one list a folded label stands for."""

    pattern: re.Pattern[str]
    lost_mark: re.Pattern[str]

    def of(self, folded: str) -> str | None:
        """Return the code, also where the numeral in front has lost its mark (一本年新收…)."""
        return _code(self.pattern, self.lost_mark, folded)


@lru_cache(maxsize=4096)
def _code(pattern: re.Pattern[str], lost_mark: re.Pattern[str], folded: str) -> str | None:
    match = pattern.fullmatch(folded) or pattern.fullmatch(lost_mark.sub("", folded))
    return match.lastgroup if match else None


class Words(NamedTuple):
    """The labels of one language, as `annual_report.toml` explains them."""

    in_title: str
    title: re.Pattern[str]
    year: re.Pattern[str]
    period: re.Pattern[str]
    body: re.Pattern[str]
    flattened: re.Pattern[str]
    numbering: re.Pattern[str]
    unsupported: re.Pattern[str]
    own_initiative: Label
    measures: Label
    requests: Label
    applicants: Label
    proceedings: Label
    results: Label
    counted: str
    money: str
    amounts: Mapping[str, int]
    identities: Mapping[str, str]


@cache
def words_of(language: str = DEFAULT) -> Words | None:
    """Return the labels of a language; None where its pack has none: there are no such reports in it."""
    if not has("annual_report", language):
        return None
    data = load("annual_report", language)
    lists = ("own_initiative", "measures", "requests", "applicants", "proceedings", "results")
    patterns = ("title", "year", "period", "body", "flattened", "numbering")
    found: dict[str, Any] = {name: re.compile(data[name]) for name in patterns}
    found |= {name: _label(data[name], data["lost_mark"]) for name in lists}
    found |= {name: data[name] for name in ("in_title", "counted", "money", "amounts", "identities")}
    return Words(**found, unsupported=re.compile("|".join(data["unsupported"])))


def _label(labels: dict[str, str], lost_mark: str) -> Label:
    either = "|".join(f"(?P<{code}>{pattern})" for code, pattern in labels.items())
    return Label(re.compile(either), re.compile(lost_mark))


def fold_label(printed: str, words: Words) -> str:
    """Return a label in the form in which the vocabulary has it."""
    return _fold(printed, words.numbering)


@lru_cache(maxsize=4096)
def _fold(printed: str, numbering: re.Pattern[str]) -> str:
    """Reports print the same labels and small numbers again and again."""
    text = _BRACKETS.sub("", simplified(without_spaces(plain(printed))))
    return _MARKS.sub("", numbering.sub("", text))


def unit_in(header: str, words: Words) -> str | None:
    """Return the unit that a column's header prints (本年收费金额（单位：万元）), None where it prints none."""
    text = simplified(without_spaces(plain(header)))
    return next((unit for unit in sorted(words.amounts, key=len, reverse=True) if unit in text), None)


def is_number(printed: str, words: Words) -> bool:
    """Tell whether a cell prints digits, perhaps those of several numbers, and no words but a unit."""
    if printed.isascii() and printed.isdigit():
        return True
    match = _DIGITS.fullmatch(simplified(plain(printed)).strip()) if len(printed) <= _LONGEST else None
    return match is not None and (match[1] in ("", words.counted) or match[1] in words.amounts)


def read_count(printed: str, words: Words) -> Decimal | None:
    """Return the whole number that a cell prints, None where it prints something else."""
    match = _NUMBER.fullmatch(plain(printed).strip())
    if match is None or match[2] or match[3].strip() not in ("", words.counted):
        return None
    return parse_number(match[1])


def read_amount(printed: str, unit: str | None, words: Words) -> Decimal | None:
    """Return an amount in 元; `unit` is the header's, which one in the cell overrules.

    None where number or unit is missing; nothing needs no unit.
    """
    match = _NUMBER.fullmatch(simplified(plain(printed)).strip())
    value = parse_number(match[1] + (match[2] or "")) if match else None
    if match is None or value is None:
        return None
    own = match[3].strip()
    factor = words.amounts.get(own or unit or "")
    if factor is None:
        return value if value == 0 and not own else None
    return value * factor
