"""Proofs of the RDF: N-Quads and JSON-LD say the same, say it once, and say as much as the tables have rows.

The statements of a release are more than memory holds. They are compared by the sum of their digests, which does not
depend on their order. A sum tells a statement said twice from one said once, but a set does not: so the JSON-LD is
checked to say nothing twice (a document's graph is one line, and fits), and then equal sums mean equal sets.
"""

import gzip
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, cast

import pyoxigraph as ox

from opendata.model.jsonld import resources
from opendata.model.terms import expand
from opendata.release.manifest import Manifest

QUADS, LINES = "rdf/records.nq.gz", "rdf/records.jsonl.gz"
_TYPE = ox.NamedNode(expand("rdf:type"))


def verify_rdf(folder: Path, manifest: Manifest) -> list[str]:
    """Compare the two RDF files with each other as sets of statements, and with the numbers of rows by class."""
    if not any((folder / name).exists() for name in (QUADS, LINES)):
        return []
    problems: list[str] = []
    quads, lines = _Statements(), _Statements()
    try:
        with gzip.open(folder / QUADS) as stream:
            quads.add(ox.parse(cast(IO[bytes], stream), ox.RdfFormat.N_QUADS))
        with gzip.open(folder / LINES) as stream:
            problems += _add_lines(lines, stream)
    except (SyntaxError, ValueError, OSError, EOFError, zlib.error) as error:
        return [f"rdf: does not parse / 无法解析: {error}"]
    if (quads.total, quads.count) != (lines.total, lines.count):
        problems.append(f"rdf: N-Quads ({quads.count}) and JSON-LD ({lines.count} statements) differ / 陈述不一致")
    for record in resources():
        kind, rows = expand(str(record.rdf_class)), manifest.rows.get(record.table, 0)
        if quads.kinds[kind] != rows:
            problems.append(f"{QUADS}: {quads.kinds[kind]} of {record.table}, the table has {rows} rows / 与行数不符")
    return problems


class _Statements:
    """A sum of digests over statements, their number, and how many resources of each class they describe."""

    def __init__(self) -> None:
        self.count = 0
        self.kinds: Counter[str] = Counter()
        self._sum = 0

    @property
    def total(self) -> int:
        """The sum of the digests, which does not depend on the order."""
        return self._sum % (1 << 128)

    def add(self, statements: Iterable[ox.Quad | ox.Triple]) -> None:
        for statement in statements:
            self._sum += int.from_bytes(sha256(str(statement).encode()).digest()[:16], "big")
            self.count += 1
            if statement.predicate == _TYPE:
                self.kinds[cast(ox.NamedNode, statement.object).value] += 1


def _add_lines(statements: _Statements, stream: Iterable[bytes]) -> Iterator[str]:
    """Add the JSON-LD line by line; yields what is said twice, in a line or in two of them.

    Two lines may only share a graph where they describe other resources in it: the shared graph is cut into lines.
    """
    seen: set[tuple[str, str] | str] = set()
    for number, line in enumerate(stream, 1):
        quads = cast(list[ox.Quad], list(ox.parse(line, ox.RdfFormat.JSON_LD)))
        statements.add(quads)
        graphs = {str(quad.graph_name) for quad in quads}
        names: set[tuple[str, str] | str] = set(graphs)
        if any(graph.endswith("/graph/shared>") for graph in graphs):
            names = {(str(quad.graph_name), str(quad.subject)) for quad in quads}
        if len(set(quads)) < len(quads) or names & seen:
            yield f"{LINES}: line {number} says something twice / 有重复陈述"
        seen |= names
