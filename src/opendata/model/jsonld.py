"""What the RDF says of each record, and the JSON-LD context: both derived from the declarations in `model.records`.

A `Term` is one property of one record: its CURIE, the key that stands for it in JSON, and the form of its values. The
vocabulary, the shapes and both writers read terms only, so that they cannot disagree.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from opendata.model.codes import CODES
from opendata.model.columns import Column, Record, Text
from opendata.model.records import BY_TABLE, RECORDS, Concept, Document
from opendata.model.terms import PREFIXES, expand


class Form(StrEnum):
    """How values are written."""

    TEXT = "xsd:string"
    TAGGED = "rdf:langString"
    DATE = "xsd:date"
    INSTANT = "xsd:dateTime"
    INTEGER = "xsd:integer"
    DECIMAL = "xsd:decimal"
    BOOLEAN = "xsd:boolean"
    IRI = "iri"
    """An absolute IRI as it was found."""
    LINK = "link"
    """A resource of this dataset; the value is relative to `<id_base>/id/`."""


_FORMS: dict[type, Form] = {
    str: Form.TEXT,
    date: Form.DATE,
    datetime: Form.INSTANT,
    int: Form.INTEGER,
    Decimal: Form.DECIMAL,
    bool: Form.BOOLEAN,
}
_TAGGED = frozenset({"dcterms:title", "dcterms:abstract"})
"""Texts that take the language tag of their record. Only a document states its language, so only its title and abstract
are tagged; headings, names and labels stay plain, since nothing says what language they are in."""


@dataclass(frozen=True, slots=True)
class Term:
    """One property of one record. `column` is None for what follows from other tables or from the pipeline file.

    `target` is the `iri_kind` that a LINK leads to. `required` and `many` say how many values a resource has.
    """

    predicate: str
    key: str
    form: Form
    label: Text
    about: Text | None = None
    column: str | None = None
    target: str | None = None
    codes: str | None = None
    required: bool = False
    many: bool = False

    @property
    def iri(self) -> str:
        """Return the full IRI of the property."""
        return expand(self.predicate)


def _role(role: str, curie: str, key: str) -> Term:
    return Term(curie, key, Form.LINK, CODES["role"][role], target="organisation", many=True)


ROLES: dict[str, Term] = {
    "issuer": _role("issuer", "dcterms:creator", "creator"),
    "co_issuer": _role("co_issuer", "dcterms:contributor", "contributor"),
    "publisher": _role("publisher", "dcterms:publisher", "publisher"),
    "signatory": _role("signatory", "od:signedBy", "signed_by"),
    "addressee": _role("addressee", "od:addressedTo", "addressed_to"),
}
"""What each role in `document_bodies` is in RDF; the object is the organisation."""

SUBJECT = Term("dcterms:subject", "concept", Form.LINK, Text("分类", "Categories"), target="concept", many=True)
"""From `document_concepts`."""

REFERENCES = Term(
    "dcterms:references", "references", Form.LINK, Text("引用", "Citations"), target="document", many=True
)
"""From `citations`: the cited documents that are in the dataset, once more straight from the citing document."""

ENCODING = Term("schema:encoding", "encoding", Form.IRI, Text("全文", "Text"), required=True)
"""The file that holds the text; texts themselves are not in the RDF."""

IN_SCHEME = Term("skos:inScheme", "in_scheme", Form.LINK, Text("分类法", "Scheme"), target="scheme", required=True)
"""From `concepts.scheme`."""

SCHEME_CLASS = "skos:ConceptScheme"
SCHEME_LABEL = Term("skos:prefLabel", "label", Form.TEXT, Text("名称", "Label"), required=True)
"""Name of a scheme; same property and key as a concept's label."""

_LINKS: dict[type[Record], tuple[Term, ...]] = {
    Document: (*ROLES.values(), SUBJECT, REFERENCES, ENCODING),
    Concept: (IN_SCHEME,),
}


@cache
def column_terms(record: type[Record]) -> tuple[Term, ...]:
    """Return the terms that a record's own columns give, in their order. Raises KeyError for an unknown prefix."""
    tagged = any(column.name == "language" for column in record.columns())
    return tuple(_term(column, tagged) for column in record.columns() if column.meta.rdf)


@cache
def terms(record: type[Record]) -> tuple[Term, ...]:
    """Return all terms of a record's resources: those of its columns, then those that follow from other tables."""
    return column_terms(record) + _LINKS.get(record, ())


def resources() -> tuple[type[Record], ...]:
    """Return the records whose rows are RDF resources, in public order. Raises TypeError where one has no class."""
    found = tuple(record for record in RECORDS if record.iri_kind)
    for record in found:
        if record.rdf_class is None:
            raise TypeError(f"{record.table}: rows have an IRI but no RDF class")
    return found


def build_context(id_base: str | None = None) -> dict[str, Any]:
    """Return the JSON-LD 1.1 context: prefixes, and for each key its property and the form of its values.

    `id_base` adds `@base`, against which the lines' ids are written. A processor ignores `@base` in a context that it
    fetches, so each line carries the context. Raises ValueError where one key would mean two things.
    """
    context: dict[str, Any] = {"@base": f"{id_base.rstrip('/')}/id/"} if id_base else {}
    definitions: dict[str, str | dict[str, str]] = {}
    used: set[str] = {"xsd"}
    for record in resources():
        used.add(str(record.rdf_class).partition(":")[0])
        for term in terms(record):
            used.add(term.predicate.partition(":")[0])
            definition = _definition(term)
            if definitions.setdefault(term.key, definition) != definition:
                raise ValueError(f"{record.table}: the JSON key {term.key} already means {definitions[term.key]}")
    context.update((prefix, PREFIXES[prefix]) for prefix in sorted(used))
    context.update(sorted(definitions.items()))
    return context


def _definition(term: Term) -> str | dict[str, str]:
    if term.form in (Form.IRI, Form.LINK):
        return {"@id": term.predicate, "@type": "@id"}
    if term.form in (Form.DATE, Form.INSTANT, Form.DECIMAL):
        return {"@id": term.predicate, "@type": term.form.value}
    return term.predicate


def _term(column: Column, tagged: bool) -> Term:
    meta = column.meta
    curie = str(meta.rdf)
    expand(curie)
    form, key, target = _FORMS[column.python_type], column.name, None
    if meta.ref and (target := BY_TABLE[meta.ref.partition(".")[0]].iri_kind):
        form, key = Form.LINK, column.name.removesuffix("_id")
    elif meta.iri:
        form = Form.IRI
    elif tagged and curie in _TAGGED:
        form = Form.TAGGED
    return Term(
        curie,
        key,
        form,
        Text(meta.zh, meta.en),
        meta.about,
        column.name,
        target,
        meta.codes,
        required=not column.nullable and not column.is_list,
        many=column.is_list,
    )
