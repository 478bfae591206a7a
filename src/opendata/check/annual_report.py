"""The identities that the format of the statutory annual report states between its numbers; not checked where one is missing.

一 + 二 = 三（七） + 四 for every column; （七） is the sum of the rows above it; 总计 that of the columns, or of the results, before it.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from opendata.check.rules import Finding
from opendata.extract.annual_report import COUNT, PROCEEDINGS, RESULTS, TOTAL, Value
from opendata.model.codes import CODES

_NEW, _BEFORE, _DONE, _NEXT = "requests_new", "requests_carried_over", "outcome_total", "requests_carried_forward"
_OUTCOMES = tuple(code for code in CODES["indicator"] if code.startswith("outcome_") and code != _DONE)
_APPLICANTS = tuple(code for code in CODES["applicant"] if code != TOTAL)
_REQUESTS = (_NEW, _BEFORE, *_OUTCOMES, _DONE, _NEXT)

_Item = tuple[str, str]


def broken_identities(values: Sequence[Value], names: Mapping[str, str]) -> list[Finding]:
    """Return a finding for each identity that the values of one report break, with what was added up and what is printed.

    `names` are how the language names the identities: balance, outcomes, total.
    """
    known = {(one.indicator, one.applicant): one for one in values if one.measure == COUNT}
    findings = []
    for name, parts, totals in _identities(names):
        if not all(item in known for item in (*parts, *totals)):
            continue
        left, right = [known[item] for item in parts], [known[item] for item in totals]
        if _sum(left) != _sum(right):
            printed = max(right, key=lambda one: one.end)
            found = f"{name}: {_shown(left)} ≠ {_shown(right)}"
            findings.append(Finding("report-sum-differs", None, found, printed.start, printed.end))
    return findings


def _identities(names: Mapping[str, str]) -> list[tuple[str, list[_Item], list[_Item]]]:
    """Return each identity: its name, the items that are added up, and those that they must be equal to."""
    found = []
    for applicant in (*_APPLICANTS, TOTAL):
        name = CODES["applicant"][applicant].zh
        found.append(
            (
                f"{name} {names['balance']}",
                [(_NEW, applicant), (_BEFORE, applicant)],
                [(_DONE, applicant), (_NEXT, applicant)],
            )
        )
        found.append((f"{name} {names['outcomes']}", [(code, applicant) for code in _OUTCOMES], [(_DONE, applicant)]))
    for indicator in _REQUESTS:
        name = CODES["indicator"][indicator].zh
        found.append((f"{name} {names['total']}", [(indicator, code) for code in _APPLICANTS], [(indicator, TOTAL)]))
    for proceeding in PROCEEDINGS:
        name = CODES["indicator"][f"{proceeding}_total"].zh
        found.append(
            (
                name,
                [(f"{proceeding}_{code}", TOTAL) for code in RESULTS if code != TOTAL],
                [(f"{proceeding}_total", TOTAL)],
            )
        )
    return found


def _sum(values: Sequence[Value]) -> Decimal:
    return sum((one.value for one in values), Decimal(0))


def _shown(values: Sequence[Value]) -> str:
    """Return a sum as it is printed, without the zeros of many parts."""
    if len(values) == 1:
        return values[0].printed
    parts = [one.printed for one in values if one.value] or ["0"]
    return " + ".join(parts) + (f" = {_sum(values)}" if len(parts) > 1 else "")
