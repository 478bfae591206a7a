"""The RDF of a release: N-Quads and JSON-LD lines from the same statements, and the terms that they use.

All of it is derived from `model.records`: a new column with an RDF property needs no line here. Each document's
statements form the named graph `<id_base>/id/graph/<document_id>`; what documents share is in `…/graph/shared`.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import orjson
import pyarrow as pa

from opendata.config import Pipeline
from opendata.emit import rdf_jsonld, rdf_nquads
from opendata.emit.compress import gzip_stream
from opendata.emit.rdf_blocks import Block, Documents, document_block, part_block, scheme_block, shared_block
from opendata.emit.rdf_columns import one
from opendata.emit.sink import Sink, WrittenFile
from opendata.emit.writer import Slice
from opendata.model.columns import Record
from opendata.model.jsonld import build_context, resources
from opendata.model.records import Concept, Document, DocumentBody, DocumentConcept
from opendata.model.terms import VOCABULARY

PIECE = 500
"""Documents that are written at a time: bounds memory, whatever the size of slices."""

PARTS: tuple[type[Record], ...] = tuple(
    record for record in resources() if record is not Document and "document_id" in record.key()
)
SHARED: tuple[type[Record], ...] = tuple(record for record in resources() if "document_id" not in record.key())
_HANGING: tuple[type[Record], ...] = (Document, *PARTS, DocumentBody, DocumentConcept)


class RdfWriter:
    """Writes `rdf/` of a release: records twice, vocabulary, context and shapes. An `emit.writer.Writer`."""

    def __init__(self, root: Path, pipeline: Pipeline) -> None:
        """Open the files below the release folder `root`."""
        self._root = root
        self._id_base = pipeline.site.id_base.rstrip("/")
        self._base = f"{self._id_base}/id/"
        self._encoding = f"{pipeline.site.base_url.rstrip('/')}/{pipeline.dataset.id}/latest/parquet/texts.parquet"
        self._line_start = rdf_jsonld.line_start(self._id_base)
        self._shared_end = pa.scalar(f" <{self._base}graph/shared> .\n")
        self._quads_sink = Sink(root, "rdf/records.nq.gz")
        self._lines_sink = Sink(root, "rdf/records.jsonl.gz")
        self._quads = gzip_stream(self._quads_sink)
        self._lines = gzip_stream(self._lines_sink)
        self._schemes: set[str] = set()
        self._counts = dict.fromkeys((record.table for record in (*_HANGING, *SHARED)), 0)

    def write(self, rows: Slice) -> None:
        """Take the next slice. Raises ValueError where its rows are not in the order of its documents."""
        for table in self._counts:
            self._counts[table] += len(rows[table]) if table in rows else 0
        for piece in _pieces(rows):
            self._write_documents(piece)
        for record in SHARED:
            if record.table in rows and len(rows[record.table]):
                self._write_shared(record, rows[record.table])

    def finish(self) -> list[WrittenFile]:
        """Close the records, write the terms beside them, and report all five files."""
        self._quads.close()
        self._lines.close()
        tables = tuple(self._counts.items())
        return [
            self._quads_sink.report(
                "application/n-quads", title_zh="关联数据（N-Quads）", title_en="Linked data (N-Quads)", tables=tables,
                compress_format="application/gzip", conforms_to=VOCABULARY, rank=40,
            ),
            self._lines_sink.report(
                "application/x-ndjson", title_zh="关联数据（JSON-LD，每行一份文件）",
                title_en="Linked data (JSON-LD, one document a line)", tables=tables,
                compress_format="application/gzip", conforms_to=VOCABULARY, rank=41,
            ),
            *self._write_terms(),
        ]  # fmt: skip

    def _write_documents(self, piece: Slice) -> None:
        documents = Documents.of(piece)
        blocks = [document_block(piece, documents, self._encoding)]
        blocks += [part_block(part, piece[part.table], documents) for part in PARTS if len(piece.get(part.table, ()))]
        ends = rdf_nquads.graph_ends(self._base, documents.names)
        self._write_quads(blocks, ends)
        self._lines.write(rdf_jsonld.document_lines(self._line_start, documents.names, blocks))

    def _write_shared(self, record: type[Record], table: pa.Table) -> None:
        for at in range(0, len(table), PIECE):
            part = table.slice(at, PIECE)
            blocks = [shared_block(record, part)]
            if record is Concept and (new := self._new_schemes(part)):
                blocks.append(scheme_block(pa.array(new, pa.string())))
            self._write_quads(blocks, self._shared_end)
            for block in blocks:
                self._lines.write(rdf_jsonld.shared_lines(self._line_start, block))

    def _write_quads(self, blocks: list[Block], ends: pa.StringArray | pa.StringScalar) -> None:
        for block in blocks:
            for quads in rdf_nquads.lines(self._base, block, ends):
                self._quads.write(quads)

    def _new_schemes(self, concepts: pa.Table) -> list[str]:
        found = [scheme for scheme in one(concepts["scheme"]).unique().to_pylist() if scheme not in self._schemes]
        self._schemes.update(found)
        return found

    def _write_terms(self) -> Iterator[WrittenFile]:
        vocabulary, shapes = _terms()
        context = orjson.dumps({"@context": build_context(self._id_base)}, option=orjson.OPT_INDENT_2) + b"\n"
        for path, media_type, content in (
            ("rdf/vocabulary.ttl", "text/turtle", vocabulary),
            ("rdf/context.jsonld", "application/ld+json", context),
            ("rdf/shapes.ttl", "text/turtle", shapes),
        ):
            sink = Sink(self._root, path)
            sink.write(content)
            yield sink.report(media_type)


@cache
def _terms() -> tuple[bytes, bytes]:
    """Return vocabulary and shapes in Turtle: the same for all releases that this code makes."""
    from opendata.model.shapes import build_shapes  # rdflib takes 0.2 s to import: only a release pays for it
    from opendata.model.vocabulary import build_vocabulary, turtle

    return turtle(build_vocabulary()), turtle(build_shapes())


def _pieces(rows: Slice) -> Iterator[Slice]:
    """Cut a slice into runs of at most PIECE whole documents, leaving out what hangs from none."""
    tables = [record.table for record in _HANGING if len(rows.get(record.table, ()))]
    if not tables:
        return
    whole = Documents.of(rows)
    if len(whole.ids) <= PIECE:
        yield {table: rows[table] for table in tables}
        return
    owners = {table: whole.rows_of(rows[table], table) for table in tables}
    for at in range(0, len(whole.ids), PIECE):
        piece = {}
        for table in tables:
            start, end = np.searchsorted(owners[table], (at, at + PIECE))
            piece[table] = rows[table].slice(start, end - start)
        yield piece
