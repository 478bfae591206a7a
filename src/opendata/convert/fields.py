"""From printed pairs and page tags to the canonical fields: which value wins, and what the others have to say."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from opendata.check.rules import Finding
from opendata.extract.adoption import note_dates
from opendata.extract.header import Header, Pair
from opendata.extract.labels import Labels, labels
from opendata.languages import DEFAULT, load
from opendata.normalise.categories import split_categories
from opendata.normalise.dates import Dates, dates
from opendata.normalise.document_number import DocumentNumbers, document_numbers
from opendata.normalise.index_number import IndexReading, read_index_number
from opendata.normalise.organisations import Bodies, bodies, fold_name
from opendata.normalise.placeholders import is_placeholder
from opendata.read.reading import Reading

_SPACES = re.compile(r"[\s\u00a0\u3000\u200b]+")
_COMMENT = re.compile(r"\s*<!--\s*(?:source|saved from url)\s*[:=]?\s*(?:\(\d+\))?\s*(https?://[^\s<>\"]+)\s*-->", re.I)
_EMPTY_INDEX = IndexReading(None)

Row = tuple[str, str, str | None, str | None, str | None, int | None, int | None]
"""One row of header_fields from `origin` on: origin, label, field, value, normalised, start, end."""


class _Readers(NamedTuple):
    """What reads the values of one language."""

    vocabulary: Labels
    dates: Dates
    numbers: DocumentNumbers
    bodies: Bodies
    keyword_edge: re.Pattern[str]
    site_tail: re.Pattern[str]


@cache
def _readers(language: str) -> _Readers:
    data = load("fields", language)
    return _Readers(
        labels(language),
        dates(language),
        document_numbers(language),
        bodies(language),
        re.compile(data["keywords"]),
        re.compile(data["site_tail"]),
    )


@dataclass(slots=True)
class Fields:
    """The canonical fields that header and page tags give, the rows for `header_fields`, and findings."""

    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    index: IndexReading = _EMPTY_INDEX
    document_number: str | None = None
    number_year: int | None = None
    issuers: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    status: str | None = None
    publishing_body: str | None = None
    source_url: str | None = None
    title_tag: str | None = None


def read_fields(header: Header, reading: Reading, crumbs: list[str], language: str = DEFAULT) -> Fields:
    """Read all pairs of the header, then the page tags as the second witness."""
    fields = Fields()
    readers = _readers(language)
    printed = [pair for pair in header.pairs if not pair.fallback] + [pair for pair in header.pairs if pair.fallback]
    first: dict[str, Pair] = {}
    for pair in printed:
        _take(pair, first, fields, readers)
    for pair in header.pairs:
        fields.rows.append(_row(pair, readers, fields))
    _interpret(first, fields, readers)
    for name, content in reading.metas:
        _tag(name, content, fields, readers)
    _comment(reading, fields)
    fields.publishing_body = _publisher(fields, crumbs, readers.bodies)
    return fields


def _comment(reading: Reading, fields: Fields) -> None:
    """Take the address that a comment names; in a text file (Markdown) the comment is printed and has a place."""
    place: tuple[int, int] | tuple[None, None] = (None, None)
    address = reading.comment_url
    if address is None:
        match = _COMMENT.match(reading.text)
        if match is None:
            return
        address, place = match[1], match.span(1)
    fields.rows.append(("comment", "source", "source_url", address, address, *place))
    fields.source_url = fields.source_url or address


def read_note(text: str, start: int, end: int, fields: Fields, language: str = DEFAULT) -> None:
    """Take the dates that the note under the title tells: they fill what the header does not print."""
    reader = dates(language)
    for name, label, at, stop in note_dates(text, start, end, language):
        printed = text[at:stop]
        read = reader.read("".join(printed.split()))
        fields.rows.append(("note", label, name, printed, read.normalised, at, stop))
        known = fields.dates.get(name)
        if read.problem:
            fields.findings.append(Finding(read.problem, name, _words(printed), at, stop))
        elif known is None and name not in fields.values and read.date:
            fields.dates[name] = read.date
            fields.findings.append(Finding("date-from-note", name, f"{read.date} {label}", at, stop))
        elif known is not None and read.date != known:
            fields.findings.append(Finding("note-date-differs", name, f"{read.date} {label} ≠ {known}", at, stop))


def _take(pair: Pair, first: dict[str, Pair], fields: Fields, readers: _Readers) -> None:
    """Keep the first value of each field; a later one that says something else is a finding."""
    if pair.field is None or pair.value is None or is_placeholder(pair.value):
        return
    known = first.get(pair.field)
    if known is None:
        first[pair.field] = pair
        fields.values[pair.field] = _words(pair.value)
    elif (
        pair.repeated
        and known.value is not None
        and _comparable(pair, readers.dates) != _comparable(known, readers.dates)
    ):
        found = f"{pair.label.strip()}: {_words(known.value)} ≠ {_words(pair.value)}"
        fields.findings.append(Finding("headers-contradict", pair.field, found, pair.start, pair.end))
    elif pair.field == "issuing_body" and pair.fallback and not known.fallback:
        fields.values.setdefault("publishing_body", _words(pair.value))
    elif pair.field in ("categories", "keywords") and not pair.repeated:
        fields.values[pair.field] += " ; " + pair.value


def _comparable(pair: Pair, forms: Dates) -> str:
    value = pair.value or ""
    if pair.field is not None and pair.field.endswith("_date"):
        read = forms.read(value)
        return (read.date.isoformat() if read.date else read.normalised) or fold_name(value)
    return fold_name(value)


@lru_cache(maxsize=8192)
def _words(value: str) -> str:
    return _SPACES.sub(" ", value).strip()


def _row(pair: Pair, readers: _Readers, fields: Fields) -> Row:
    origin = "repeated" if pair.repeated else "header"
    label = _words(pair.label)
    if pair.value is None:
        return origin, label, pair.field, None, None, None, None
    if pair.field is None:
        fields.findings.append(Finding("unknown-label", None, label, pair.start, pair.end))
    normalised = _normalised(pair.field, pair.value, readers)
    return origin, label, pair.field, pair.value, normalised, pair.start, pair.end


def _normalised(name: str | None, value: str, readers: _Readers) -> str | None:
    if is_placeholder(value):
        return None
    if name is None:
        return None
    if name.endswith("_date"):
        return readers.dates.read(value).normalised
    if name == "index_number":
        return read_index_number(value).canonical
    if name == "document_number":
        return readers.numbers.read(value).canonical
    if name == "status":
        return readers.vocabulary.status_of(value)
    if name == "categories":
        return " ; ".join(split_categories(value)) or None
    return _words(value) or None


def _interpret(first: dict[str, Pair], fields: Fields, readers: _Readers) -> None:
    for name, pair in first.items():
        value = pair.value or ""
        if name.endswith("_date"):
            read = readers.dates.read(value)
            if read.date:
                fields.dates[name] = read.date
            if read.problem:
                fields.findings.append(Finding(read.problem, name, _words(value), pair.start, pair.end))
        elif name == "index_number":
            fields.index = read_index_number(value)
            if fields.index.problem:
                fields.findings.append(Finding(fields.index.problem, name, _words(value), pair.start, pair.end))
        elif name == "document_number":
            number = readers.numbers.read(value)
            fields.document_number, fields.number_year = number.canonical, number.year
            if number.problem:
                fields.findings.append(Finding(number.problem, name, _words(value), pair.start, pair.end))
        elif name == "status":
            fields.status = readers.vocabulary.status_of(value)
            if fields.status is None:
                fields.findings.append(Finding("unknown-status", name, _words(value), pair.start, pair.end))
    split = readers.bodies.split
    fields.issuers = [*split(fields.values.get("issuing_body", "")), *split(fields.values.get("co_issuers", ""))]
    fields.categories = split_categories(fields.values.get("categories", ""))
    fields.keywords = _split_keywords(fields.values.get("keywords", ""), readers)
    fields.source_url = fields.values.get("source_url")


def _split_keywords(value: str, readers: _Readers) -> list[str]:
    return list(dict.fromkeys(word for word in readers.keyword_edge.split(value) if word and not is_placeholder(word)))


def _tag(name: str, content: str, fields: Fields, readers: _Readers) -> None:
    """Take a page tag as a witness: it fills what is not printed, and is reported where it disagrees with what is."""
    key = name.strip().lower()
    known = readers.vocabulary.meta
    if key not in known:
        return
    target = known[key] or None
    value = _words(content)
    if not value:
        fields.rows.append(("meta", name, target, None, None, None, None))
        return
    fields.rows.append(("meta", name, target, content.strip(), _normalised(target, content, readers), None, None))
    if target in ("title", "published_date", "source_url", "abstract", "keywords"):
        _witness(target, value, fields, readers)
    elif target == "publishing_body" and fields.publishing_body is None:
        fields.publishing_body = readers.site_tail.sub("", value)


def _witness(target: str, value: str, fields: Fields, readers: _Readers) -> None:
    printed = fields.values.get(target)
    if target == "published_date":
        read = readers.dates.read(value)
        known = fields.dates.get(target)
        if known is None and printed is None and read.date:
            fields.dates[target] = read.date
        elif known is not None and read.date and read.date != known:
            fields.findings.append(Finding("tag-disagrees", target, f"{known} ≠ {read.date}"))
    elif target == "title":
        fields.title_tag = value
        if printed is not None and fold_name(printed) != fold_name(value):
            fields.findings.append(Finding("tag-disagrees", target, f"{printed} ≠ {value}"))
    elif target == "keywords":
        fields.keywords = fields.keywords or _split_keywords(value, readers)
    elif target == "source_url":
        fields.source_url = fields.source_url or value
    elif printed is None:
        fields.values[target] = value


def _publisher(fields: Fields, crumbs: list[str], names: Bodies) -> str | None:
    """Return whose column a document stands in: the last body in the breadcrumb, else a printed label, else the site's name."""
    printed = fields.values.get("publishing_body")
    if printed:
        return next(iter(names.split(printed)), printed)
    body = next((level for level in reversed(crumbs) if names.is_name(level)), None)
    if body:
        return body
    site = fields.publishing_body
    return site if site and names.is_name(site) else None
