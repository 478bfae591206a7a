"""Blocks to JSON-LD 1.1: one line per document's named graph, with the context inlined so that it reads offline."""

from collections.abc import Sequence

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from opendata.emit.rdf_blocks import Block, Statement
from opendata.emit.rdf_columns import data, grouped
from opendata.model.jsonld import Form, build_context


def line_start(id_base: str) -> str:
    """Return the begin of every line: the context, up to the name of the graph."""
    return f'{{"@context":{orjson.dumps(build_context(id_base)).decode()},"@id":"graph/'


def document_lines(start: str, names: pa.StringArray, blocks: Sequence[Block]) -> memoryview:
    """Return one line per document. The first block holds the documents themselves; the others hang from them."""
    pieces = []
    for block in blocks[1:]:
        assert block.documents is not None
        joined, filled = grouped(_objects(block), block.documents, len(names))
        pieces.append(pc.if_else(pa.array(filled), pc.binary_join_element_wise(",", joined, ""), ""))
    first = _objects(blocks[0])
    return data(pc.binary_join_element_wise(start, names, '","@graph":[', first, *pieces, "]}\n", "")).data


def shared_lines(start: str, block: Block, resources_per_line: int = 500) -> bytes:
    """Return lines of the shared graph, each with a bounded number of its resources."""
    objects = _objects(block).to_pylist()
    chunks = (objects[at : at + resources_per_line] for at in range(0, len(objects), resources_per_line))
    return "".join(f'{start}shared","@graph":[{",".join(chunk)}]}}\n' for chunk in chunks).encode()


def _objects(block: Block) -> pa.StringArray:
    members = [_member(statement, len(block.subjects)) for statement in block.statements]
    return pc.binary_join_element_wise(
        '{"@id":"', block.subjects, f'","@type":"{block.rdf_class}"', *members, "}", "",
        null_handling="replace", null_replacement="",
    )  # fmt: skip


def _member(statement: Statement, count: int) -> pa.StringArray:
    """Return `,"key":value` for each subject, null where it has none."""
    start = f',"{statement.term.key}":'
    if statement.parents is None:
        return _values(statement, start)
    joined, filled = grouped(_values(statement, ""), statement.parents, count)
    return pc.if_else(pa.array(filled), pc.binary_join_element_wise(f"{start}[", joined, "]", ""), None)


def _values(statement: Statement, start: str) -> pa.StringArray:
    values = statement.values
    if statement.term.form in (Form.INTEGER, Form.BOOLEAN):
        return pc.binary_join_element_wise(start, values, "")
    plain = pc.binary_join_element_wise(f'{start}"', values, '"', "")
    if statement.languages is None:
        return plain
    tagged = pc.binary_join_element_wise(
        f'{start}{{"@value":"', values, '","@language":"', statement.languages, '"}', ""
    )
    return pc.coalesce(tagged, plain)
