"""Blocks to N-Quads (W3C, 25 February 2014) in canonical form: sorted, the lines are what RDFC-1.0 gives."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from opendata.emit.rdf_blocks import Block, Statement
from opendata.emit.rdf_columns import data
from opendata.model.jsonld import Form
from opendata.model.terms import expand


def graph_ends(base: str, names: pa.StringArray) -> pa.StringArray:
    """Return the end of each document's quads: its graph, the full stop and the end of line."""
    return pc.binary_join_element_wise(f" <{base}graph/", names, "> .\n", "")


def lines(base: str, block: Block, ends: pa.StringArray | pa.StringScalar) -> Iterator[memoryview]:
    """Yield the quads of a block, one property after the other. `base` is `<id_base>/id/`.

    `ends` has the end of the quads of each document, or the one end of all where the block is shared.
    """
    subjects = pc.binary_join_element_wise(f"<{base}", block.subjects, ">", "")
    if block.documents is not None:
        ends = ends.take(pa.array(block.documents))
    kind = f" <{expand('rdf:type')}> <{expand(block.rdf_class)}>"
    yield data(pc.binary_join_element_wise(subjects, kind, ends, "")).data
    for statement in block.statements:
        yield data(_quads(base, statement, subjects, ends)).data


def _quads(
    base: str, statement: Statement, subjects: pa.StringArray, ends: pa.StringArray | pa.StringScalar
) -> pa.Array:
    if statement.parents is not None:
        rows = pa.array(statement.parents)
        subjects = subjects.take(rows)
        ends = ends.take(rows) if isinstance(ends, pa.Array) else ends
    form = statement.term.form
    start, close = f" <{statement.term.iri}> ", '"'
    if form is Form.LINK:
        start, close = f"{start}<{base}", ">"
    elif form is Form.IRI:
        start, close = f"{start}<", ">"
    elif form in (Form.TEXT, Form.TAGGED):
        start += '"'
    else:
        start, close = f'{start}"', f'"^^<{expand(form.value)}>'
    if statement.languages is not None:
        tags = pc.fill_null(pc.binary_join_element_wise("@", statement.languages, ""), "")
        return pc.binary_join_element_wise(subjects, start, statement.values, close, tags, ends, "")
    return pc.binary_join_element_wise(subjects, start, statement.values, close, ends, "")
