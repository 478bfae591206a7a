"""The statutory annual report on disclosure: whether a document is one, of which body and year, and what its tables give."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from opendata.check.annual_report import broken_identities
from opendata.check.rules import Finding
from opendata.extract.annual_report import FORMAT, Value, has_other_format, read_tables
from opendata.extract.annual_report_words import Words, words_of
from opendata.normalise.characters import plain, simplified, without_spaces
from opendata.normalise.numerals import parse_number
from opendata.normalise.organisations import is_body_name
from opendata.read.reading import Table

_GENRES = ("annual_report", "report", None)
_LAST_MONTH = 3
"""Reports are due by the end of March of the year that follows theirs."""


class Source(NamedTuple):
    """What of a document tells a report: its title, genre code, language pack, issuing body, publishing body, and its date."""

    title: str
    genre: str | None
    pack: str
    issuer: str | None
    publisher: str | None
    day: date | None


@dataclass(slots=True)
class AnnualReport:
    """A report: whose it is, its year, its values, and findings."""

    body: str | None = None
    year: int = 0
    values: list[Value] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def format(self) -> str:
        """The format whose tables were read."""
        return FORMAT


def read_report(source: Source, text: str, tables: Sequence[Table]) -> AnnualReport | None:
    """Read the tables of an annual report; None where the title says that the document is none."""
    if source.genre not in _GENRES or (words := words_of(source.pack)) is None:
        return None
    if source.genre != _GENRES[0] and words.in_title not in source.title:
        return None
    printed = without_spaces(plain(source.title))
    title = simplified(printed)
    is_titled = words.title.search(title) is not None
    if not is_titled and source.genre != _GENRES[0]:
        return None
    report = AnnualReport()
    year = _year_in(title, words.year)
    is_early = is_titled and year is not None and year < int(FORMAT)
    if is_early or has_other_format(text, tables, words):
        report.findings.append(Finding("report-format-unsupported", None, str(year or source.title)))
        return report
    found = read_tables(text, tables, words)
    year = year or _year_in(simplified(plain(text)), words.period) or _year_before(source.day)
    if year is None or year < int(FORMAT):
        if found.values:
            rule = "report-year-missing" if year is None else "report-format-unsupported"
            report.findings.append(Finding(rule, None, str(year or source.title)))
        return report
    report.body, report.year, report.values = _body(source, printed, words), year, found.values
    report.findings += [Finding(rule, None, shown, *place) for rule, shown, *place in found.problems]
    report.findings += broken_identities(found.values, words.identities)
    return report


def _year_in(text: str, pattern: re.Pattern[str]) -> int | None:
    """Return the one year that a text names; None where it names none or several."""
    years = {int(number) for match in pattern.finditer(text) if (number := parse_number(match[1])) is not None}
    return years.pop() if len(years) == 1 else None


def _year_before(day: date | None) -> int | None:
    return day.year - 1 if day is not None and day.month <= _LAST_MONTH else None


def _body(source: Source, title: str, words: Words) -> str | None:
    """Return whose report it is; a title that names a body tells more than the column that it stands in."""
    if source.issuer:
        return source.issuer
    match = words.body.search(simplified(title))
    name = title[slice(*match.span(1))] if match else ""
    return name if name and is_body_name(name, source.pack) else source.publisher
