"""Rows to statements: what both syntaxes say of a run of resources, said once, in columns.

A block is a column of resources of one class with the statements about them. Ids are relative to `<id_base>/id/`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from opendata.emit.rdf_columns import LANGUAGE_TAG, Rows, distinct, encoded, escaped, one, written
from opendata.emit.writer import Slice
from opendata.model.columns import Record
from opendata.model.jsonld import (
    ENCODING,
    IN_SCHEME,
    REFERENCES,
    ROLES,
    SCHEME_CLASS,
    SCHEME_LABEL,
    SUBJECT,
    Form,
    Term,
    column_terms,
)
from opendata.model.records import BY_TABLE, Concept, Document, DocumentBody, DocumentConcept


class Statement(NamedTuple):
    """The values of one property, as they are written between quotes.

    `parents` gives the subject's row for each value, ascending; None: one value or null per subject. `languages` holds
    a tag or null per value.
    """

    term: Term
    values: pa.StringArray
    parents: Rows | None = None
    languages: pa.StringArray | None = None


class Block(NamedTuple):
    """Resources of one class. `documents` gives each one's document (its row in the piece), ascending; None: shared."""

    rdf_class: str
    subjects: pa.StringArray
    documents: Rows | None
    statements: Sequence[Statement]


class Documents(NamedTuple):
    """The documents of a piece: their ids as they were given, and percent-encoded."""

    ids: pa.StringArray
    names: pa.StringArray

    @classmethod
    def of(cls, rows: Slice) -> "Documents":
        """Read the documents of a slice. Raises ValueError where rows come without their documents."""
        if Document.table not in rows:
            raise ValueError(f"{', '.join(rows)}: rows without their documents")
        ids = one(rows[Document.table]["document_id"])
        return cls(ids, encoded(ids))

    def rows_of(self, table: pa.Table, name: str) -> Rows:
        """Return each row's document. Raises ValueError where rows stand in another order than the documents."""
        found = pc.index_in(one(table["document_id"]), value_set=self.ids)
        rows: Rows = pc.fill_null(found, -1).to_numpy().astype(np.int64)
        if rows.size and (rows[0] < 0 or (np.diff(rows) < 0).any()):
            raise ValueError(f"{name}: rows are not in the order of the slice's documents")
        return rows


def document_block(rows: Slice, documents: Documents, encoding: str) -> Block:
    """Return the documents themselves, with what other tables say of them. `encoding` is the address of the texts."""
    table = rows[Document.table]
    count = len(table)
    statements = _statements(Document, table, None)
    for name, links in ((DocumentBody.table, _bodies), (DocumentConcept.table, _concepts), ("citations", _references)):
        if name in rows and len(rows[name]):
            statements += links(rows[name], documents.rows_of(rows[name], name))
    statements.append(Statement(ENCODING, pa.repeat(encoding, count)))
    subjects = pc.binary_join_element_wise(f"{Document.iri_kind}/", documents.names, "")
    return Block(str(Document.rdf_class), subjects, np.arange(count), statements)


def part_block(record: type[Record], table: pa.Table, documents: Documents) -> Block:
    """Return the rows of a table that hangs from documents: their ids begin with the document's."""
    parents = documents.rows_of(table, record.table)
    names = documents.names.take(pa.array(parents))
    key = [encoded(one(table[column])) for column in record.key() if column != "document_id"]
    subjects = pc.binary_join_element_wise(pc.binary_join_element_wise(f"{record.iri_kind}/", names, ""), *key, ".")
    return Block(str(record.rdf_class), subjects, parents, _statements(record, table, names))


def shared_block(record: type[Record], table: pa.Table) -> Block:
    """Return rows that belong to no document."""
    subjects = pc.binary_join_element_wise(f"{record.iri_kind}/", encoded(one(table[record.key()[0]])), "")
    statements = _statements(record, table, None)
    if record is Concept:
        statements.append(_link(IN_SCHEME, one(table["scheme"])))
    return Block(str(record.rdf_class), subjects, None, statements)


def scheme_block(schemes: pa.StringArray) -> Block:
    """Return concept schemes, given their names without repetition."""
    subjects = pc.binary_join_element_wise("scheme/", encoded(schemes), "")
    return Block(SCHEME_CLASS, subjects, None, [Statement(SCHEME_LABEL, escaped(schemes))])


def _statements(record: type[Record], table: pa.Table, names: pa.StringArray | None) -> list[Statement]:
    found = []
    for term in column_terms(record):
        column = one(table[str(term.column)])
        if term.many:
            parents, values = distinct(pc.list_parent_indices(column).to_numpy(), pc.list_flatten(column))
            statement = Statement(term, written(values, term.form), parents)
        elif term.form is Form.LINK:
            statement = _link(term, column, names)
        elif term.form is Form.TAGGED:
            statement = Statement(term, written(column, term.form), languages=_tags(table))
        else:
            statement = Statement(term, written(column, term.form))
        if statement.values.null_count < len(statement.values):
            found.append(statement)
    return found


def _link(term: Term, column: pa.Array, names: pa.StringArray | None = None) -> Statement:
    """Link to resources; where their key has more than the column, the row's own document stands before the rest."""
    ids = encoded(column)
    compound = any(len(record.key()) > 1 for record in BY_TABLE.values() if record.iri_kind == term.target)
    if compound and names is not None:
        ids = pc.binary_join_element_wise(names, ids, ".")
    return Statement(term, pc.binary_join_element_wise(f"{term.target}/", ids, ""))


def _tags(table: pa.Table) -> pa.StringArray:
    tags = one(table["language"])
    return pc.if_else(pc.match_substring_regex(tags, LANGUAGE_TAG), tags, pa.scalar(None, pa.string()))


def _links(term: Term, ids: pa.StringArray, parents: Rows) -> list[Statement]:
    parents, ids = distinct(parents, ids)
    return [Statement(term, _link(term, ids).values, parents)] if len(ids) else []


def _bodies(table: pa.Table, parents: Rows) -> list[Statement]:
    ids, roles, found = one(table["organisation_id"]), one(table["role"]), []
    for role, term in ROLES.items():
        chosen = pc.equal(roles, role)
        found += _links(term, ids.filter(chosen), parents[chosen.to_numpy(zero_copy_only=False)])
    return found


def _concepts(table: pa.Table, parents: Rows) -> list[Statement]:
    return _links(SUBJECT, one(table["concept_id"]), parents)


def _references(table: pa.Table, parents: Rows) -> list[Statement]:
    return _links(REFERENCES, one(table["target_document_id"]), parents)
