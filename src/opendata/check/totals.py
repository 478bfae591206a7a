"""Totals that their printed parts contradict. Said only where the words leave no other reading: a false alarm costs trust.

The parts of a total need not be all of it, and may overlap. They are taken for all of it where the last is the rest (其他); for
apart from each other where they are events under labels of one series. Then more than the total, by a little, is a misprint; a lot
more is a text that says something else.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from opendata.check.rules import Finding
from opendata.extract.quantity_totals import Quantity
from opendata.languages import DEFAULT, has, load

_FEWEST = 3
_ENDS = attrgetter("end")


class _Words(NamedTuple):
    announced: re.Pattern[str]
    following: re.Pattern[str]
    events: frozenset[str]
    rest: frozenset[str]
    not_a_kind: re.Pattern[str]
    plain: re.Pattern[str]


@cache
def _words(language: str) -> _Words | None:
    """Return the words of a language; None where its pack has none, so that nothing is said."""
    if not has("totals", language):
        return None
    data = load("totals", language)
    label = "([^，,、；;。：:（）()\\s]{1,12})"
    return _Words(
        re.compile(f"{data['announced']}[，,：:]?"),
        re.compile(f"([，,、；;])?(?:{data['and']})?{label}"),
        frozenset(data["events"]),
        frozenset(data["rest"]),
        re.compile("|".join(data["not_a_kind"])),
        re.compile(data["plain"]),
    )


def contradicted_totals(text: str, quantities: Sequence[Quantity], language: str = DEFAULT) -> list[Finding]:
    """Return a finding for each total that its parts contradict; `quantities` are those of the text, in order."""
    words = _words(language)
    findings: list[Finding] = []
    if words is None:
        return findings
    for match in words.announced.finditer(text) if len(quantities) > _FEWEST else ():
        end = match.start() - 1 if text[match.start() - 1] in "，,（(" else match.start()
        at = bisect_left(quantities, end, key=_ENDS)
        if at >= len(quantities):
            break
        total = quantities[at]
        if total.end != end or total.total_of or not _is_exact(total, words):
            continue
        parts, labels = _parts(text, quantities, at, match.end(), words)
        added = sum((part.value for part in parts if part.value is not None), Decimal(0))
        if total.value is not None and _contradicts(total.value, total.unit, added, labels, words):
            shown = " + ".join(part.printed for part in parts)
            found = f"{total.printed} ≠ {shown} = {added}{total.unit or ''}"
            findings.append(Finding("total-contradicted", None, found, total.start, parts[-1].end))
    return findings


def _parts(
    text: str, quantities: Sequence[Quantity], at: int, position: int, words: _Words
) -> tuple[list[Quantity], list[str]]:
    """Return the parts behind a total, in its unit, one after the other with a label each, and the labels."""
    parts: list[Quantity] = []
    labels: list[str] = []
    separator = None
    for part in quantities[at + 1 :]:
        between = words.following.fullmatch(text, position, part.start)
        if (
            between is None
            or part.unit != quantities[at].unit
            or not _is_exact(part, words)
            or words.not_a_kind.search(between[2])
        ):
            break
        if len(parts) == 1:
            separator = between[1]
        elif parts and between[1] not in (separator, None):
            break
        parts.append(part)
        labels.append(between[2])
        position = part.end
    return parts, labels


def _contradicts(total: Decimal, unit: str | None, added: Decimal, labels: list[str], words: _Words) -> bool:
    if added == total or len(labels) < _FEWEST:
        return False
    if labels[-1] in words.rest:
        return True
    is_series = len({len(label) for label in labels}) == 1 or len({label[-1] for label in labels}) == 1
    return is_series and unit in words.events and total < added <= total * Decimal("1.1")


def _is_exact(quantity: Quantity, words: _Words) -> bool:
    _, value, value_max, _, _, qualifier, _, printed, _, _ = quantity
    return value is not None and value_max is None and qualifier is None and words.plain.fullmatch(printed) is not None
