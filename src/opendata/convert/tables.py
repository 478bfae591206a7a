"""Rows of one fragment, gathered as tuples per table and turned into Arrow tables at the end."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa

from opendata.check.rules import RULES, Finding, message
from opendata.convert.document import Document, identity_keys
from opendata.model.arrow import DOC, scratch_schema
from opendata.model.identifiers import concept_id, organisation_id
from opendata.model.records import BY_TABLE
from opendata.normalise.categories import theme
from opendata.normalise.organisations import body_kind, fold_name, split_bodies
from opendata.read.reading import link_type

KEYS = pa.schema([DOC, ("strength", pa.int8()), ("digest", pa.binary(16)), ("kind", pa.string()), ("key", pa.string())])
"""Identity keys of the documents, the strongest first; `digest` is the first half of the SHA-256 of `kind:key`."""

NAMES = pa.schema(
    [
        ("organisation_id", pa.string()),
        ("name", pa.string()),
        ("kind", pa.string()),
        ("uscc", pa.string()),
        ("uscc_valid", pa.bool_()),
        ("region_code", pa.string()),
        ("region_name", pa.string()),
        ("source_id", pa.string()),
        ("path", pa.string()),
    ]
)
"""Bodies that the fragment names; the code stands with a publishing body only. The last two say where first."""

CATEGORIES = pa.schema(
    [
        ("concept_id", pa.string()),
        ("scheme", pa.string()),
        ("notation", pa.string()),
        ("label", pa.string()),
        ("broader_id", pa.string()),
    ]
)

DIGESTS = pa.schema([DOC, ("sha256", pa.binary(32)), ("titles", pa.list_(pa.string())), ("rank", pa.int8())])
"""Per document: digest of its rows, the forms of its title under which others may cite it (folded, the whole one first), and
the rank of its format (lower is the better capture)."""

_LEVELS = re.compile(r" > (?![^(（]*[)）])")
_FILE_NUMBER = re.compile(
    r"(?:附件|附)?\s*(?:[0-9０-９一二三四五六七八九十]{1,2}(?![0-9０-９])\s*[.．、:：]?|[:：])?\s*"
)
_FILE_END = re.compile(r"\s*(?:[.．][A-Za-z0-9]{2,4})?\s*$")
_COLLECTIVE = re.compile(r"各|有关|[省市县區区州盟旗縣乡镇]直|直属")
_ISSUED = re.compile(r"印发《?(.{4,80}?)》?的通知$")

FORMAT_RANK = {
    "text/html": 0,
    "multipart/related": 0,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": 1,
    "application/msword": 2,
    "text/markdown": 3,
    "application/pdf": 4,
    "application/ofd": 4,
    "text/plain": 5,
}
"""The more structure a format tells, the better the capture (lower); of captures of one document the lowest wins."""
STATE_COUNCIL = "state-council-themes"
PRINTED = "printed"

_WITH_OWN_DOC = ("sources", "issues")
_BY_MERGE = ("organisations", "concepts")
_ROLES = ("issuer", "co_issuer")


class Tables:
    """Rows of a fragment. `tables()` gives one Arrow table per canonical table in scratch form, and those for merge."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in BY_TABLE}
        self.counts: dict[str, list[int]] = {name: [] for name in BY_TABLE}
        self.keys: list[tuple[Any, ...]] = []
        self.digests: list[tuple[Any, ...]] = []
        self.names: dict[tuple[Any, ...], tuple[str, str]] = {}
        self.concepts: dict[str, tuple[Any, ...]] = {}
        self.documents = 0

    def add_source(self, source: tuple[Any, ...], doc: int | None) -> None:
        """Take the row of a raw file: the columns of `sources` without those of merge."""
        self.rows["sources"].append((doc, *source))

    def add_findings(self, source_id: str, path: str, doc: int | None, findings: Sequence[Finding]) -> None:
        """Take findings as rows of `issues`."""
        rows = self.rows["issues"]
        for rule, field, found, start, end in findings:
            text = message(rule, found)
            rows.append((doc, source_id, path, rule, RULES[rule].severity, field, text.zh, text.en, start, end))

    def add_document(self, document: Document) -> int:
        """Take all rows of a document; returns its ordinal in the fragment."""
        doc = self.documents
        self.documents += 1
        text = document.reading.text
        parts = _children(document)
        parts["indicators"] = self._indicators(document)
        parts["documents"] = [_document(document)]
        parts["document_bodies"] = self._bodies(document)
        parts["document_concepts"] = self._categories(document)
        # A section's text is a piece of the text: its place says as much.
        told = {**parts, "sections": [tuple(section) for section in document.sections]}
        digest = sha256(orjson.dumps(told, default=str))
        digest.update(text.encode())
        parts["texts"] = [(text,)]
        for name, rows in parts.items():
            self.rows[name] += rows
            self.counts[name].append(len(rows))
        rank = FORMAT_RANK.get(document.media_type, 9)
        self.digests.append((doc, digest.digest(), _titles(document), rank))
        for strength, (kind, key) in enumerate(identity_keys(document)):
            self.keys.append((doc, strength, sha256(f"{kind}:{key}".encode()).digest()[:16], kind, key))
        return doc

    def _bodies(self, document: Document) -> list[tuple[Any, ...]]:
        fields, layout = document.fields, document.layout
        named = [(_ROLES[min(index, 1)], name) for index, name in enumerate(fields.issuers)]
        if fields.publishing_body:
            named.append(("publisher", fields.publishing_body))
        named += [("signatory", name) for name in layout.signatories]
        if layout.addressee:
            named += [("addressee", name) for name in split_bodies(layout.addressee, document.pack)]
        rows = []
        for role, name in dict.fromkeys(named):
            identifier = organisation_id(fold_name(name)) if role != "addressee" or _is_one_body(name) else None
            if identifier is not None:
                index = fields.index
                code = (index.uscc, index.uscc_valid, index.region_code, index.region_name)
                known = code if role == "publisher" and index.uscc_valid else (None,) * 4
                self.names.setdefault((identifier, name, body_kind(name), *known), (document.source_id, document.path))
            rows.append((role, name, identifier))
        return rows

    def _indicators(self, document: Document) -> list[tuple[Any, ...]]:
        report = document.report
        if report is None or not report.values:
            return []
        identifier = organisation_id(fold_name(report.body)) if report.body else None
        if report.body:
            place = (document.source_id, document.path)
            self.names.setdefault((identifier, report.body, body_kind(report.body), *(None,) * 4), place)
        told = (report.body, identifier, report.year, report.format)
        # The last two tell where a value stands in the text.
        return [(*told, *value[:-2]) for value in report.values]

    def _categories(self, document: Document) -> list[tuple[Any, ...]]:
        rows = []
        for path in document.fields.categories:
            known = theme(path)
            scheme, notation, path = (STATE_COUNCIL, known[0], known[1]) if known else (PRINTED, None, path)
            levels = _LEVELS.split(path)
            for depth in range(1, len(levels) + 1):
                identifier = concept_id(scheme, " > ".join(levels[:depth]))
                if identifier not in self.concepts:
                    broader = concept_id(scheme, " > ".join(levels[: depth - 1])) if depth > 1 else None
                    own = notation if depth == len(levels) else _notation(levels[:depth]) if known else None
                    self.concepts[identifier] = (identifier, scheme, own, levels[depth - 1], broader)
            rows.append((concept_id(scheme, path),))
        return list(dict.fromkeys(rows))

    def tables(self) -> dict[str, pa.Table]:
        """Return everything as Arrow tables, the canonical ones under their names."""
        found: dict[str, pa.Table] = {}
        for name, record in BY_TABLE.items():
            schema = scratch_schema(record)
            if name in _WITH_OWN_DOC:
                found[name] = _arrow(self.rows[name], schema)
            elif name not in _BY_MERGE:
                docs = np.repeat(np.arange(self.documents, dtype=np.int32), self.counts[name])
                found[name] = _arrow(self.rows[name], schema, docs)
        found["keys"] = _arrow(self.keys, KEYS)
        found["digests"] = _arrow(self.digests, DIGESTS)
        found["names"] = _arrow([(*name, *place) for name, place in self.names.items()], NAMES)
        found["categories"] = _arrow(list(self.concepts.values()), CATEGORIES)
        return found


def _arrow(rows: Sequence[tuple[Any, ...]], schema: pa.Schema, docs: npt.NDArray[np.int32] | None = None) -> pa.Table:
    """Turn rows into a table; `docs`, if given, is the first column, which the rows then lack."""
    first = [] if docs is None else [pa.array(docs)]
    fields = list(schema)[len(first) :]
    columns = zip(*rows, strict=True) if rows else [()] * len(fields)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, fields, strict=True)]
    return pa.Table.from_arrays([*first, *arrays], schema=schema)


def _is_one_body(name: str) -> bool:
    """Tell the name of one body from words for many (各镇人民政府, 县直各部门)."""
    return body_kind(name) is not None and _COLLECTIVE.match(name) is None


def _titles(document: Document) -> list[str]:
    """Return the title, without its issuer in front, and the title of what it only issues, all folded."""
    title = fold_name(document.title)
    titles = [title]
    issuer = fold_name(document.fields.issuers[0]) if document.fields.issuers else ""
    if issuer and title.startswith(issuer) and len(title) > len(issuer) + 4:
        titles.append(title[len(issuer) :])
    issued = _ISSUED.search(title)
    if issued:
        titles.append(issued[1])
    return titles


def _notation(levels: list[str]) -> str | None:
    known = theme(" > ".join(levels))
    return known[0] if known else None


def _document(document: Document) -> tuple[Any, ...]:
    fields, layout = document.fields, document.layout
    values, dates = fields.values, fields.dates
    return (
        fields.index.canonical,
        document.title,
        fields.document_number or layout.number,
        values.get("issuing_body"),
        fields.publishing_body,
        dates.get("created_date"),
        dates.get("published_date"),
        dates.get("effective_date"),
        dates.get("expiry_date"),
        fields.status,
        document.genre[0] if document.genre else None,
        document.genre[1] if document.genre else None,
        fields.categories,
        fields.keywords,
        values.get("abstract"),
        values.get("access"),
        document.language,
        fields.index.region_code if fields.index.uscc_valid else None,
        layout.addressee,
        " ".join(layout.signatories) or None,
        layout.signed_date,
        len(document.reading.text),
        layout.body_start,
        layout.body_end,
        document.coverage,
        document.source_id,
        fields.source_url,
    )


def _children(document: Document) -> dict[str, list[tuple[Any, ...]]]:
    text = document.reading.text
    source_id = document.source_id
    starts = [section.start for section in document.sections]
    return {
        "text_spans": [(position, *span) for position, span in enumerate(document.spans)],
        "header_fields": [(source_id, position, *row) for position, row in enumerate(document.fields.rows)],
        "sections": [
            (s.section_id, s.parent_id, s.level, s.marker, s.heading, text[s.start : s.own_end], s.start, s.end)
            for s in document.sections
        ],
        "table_cells": list(document.cells),
        "quantities": [
            (position, _section_at(document, starts, quantity.start), *quantity)
            for position, quantity in enumerate(document.quantities)
        ],
        "citations": [
            (position, c.kind, c.cited_title, c.cited_number, c.printed, c.start, c.end)
            for position, c in enumerate(document.citations)
        ],
        "attachments": _attachments(document),
    }


def _section_at(document: Document, starts: list[int], offset: int) -> str | None:
    index = bisect_right(starts, offset) - 1
    if index < 0:
        return None
    section = document.sections[index]
    return section.section_id if offset < section.own_end else None


def _file_name(title: str) -> str:
    """Return the title of an attachment without its number and the file's ending, for comparing the list with the links."""
    return fold_name(_FILE_END.sub("", _FILE_NUMBER.sub("", title.strip())))


def _attachments(document: Document) -> list[tuple[Any, ...]]:
    """Join the printed list of attachments with the links of the page that lead to files."""
    text, links = document.reading.text, document.reading.links
    rows: list[tuple[Any, ...]] = []
    used: set[int] = set()
    waiting: dict[str, int] = {}
    for title, start, end in document.layout.attachments:
        at = next((i for i, one in enumerate(links) if one.start < end and start < one.end), None)
        if at is not None:
            used.add(at)
            rows.append((title, links[at].href, link_type(text, links[at])))
        elif _file_name(title) not in waiting:
            waiting[_file_name(title)] = len(rows)
            rows.append((title, None, None))
    for index, link in enumerate(links):
        kind = None if index in used else link_type(text, link)
        if kind is None:
            continue
        title = " ".join(text[link.start : link.end].split())
        listed = waiting.pop(_file_name(title), None)
        if listed is not None:
            rows[listed] = (rows[listed][0], link.href, kind)
        else:
            rows.append((title, link.href, kind))
    return [(position, *row, None) for position, row in enumerate(rows)]
