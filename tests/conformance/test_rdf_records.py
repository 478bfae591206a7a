"""The RDF of the sample, read by rdflib: two syntaxes, one set of statements, and the shapes that are shipped with it."""

import gzip
import re
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Dataset, Graph, URIRef
from rdflib.term import Node

Statements = set[tuple[Node, Node, Node, str]]


def statements(dataset: Dataset) -> Statements:
    return {(s, p, o, str(g)) for s, p, o, g in dataset.quads((None, None, None, None))}


@pytest.fixture(scope="module")
def quads(latest: Path) -> Statements:
    dataset = Dataset()
    dataset.parse(data=gzip.decompress((latest / "rdf/records.nq.gz").read_bytes()), format="nquads")
    return statements(dataset)


def test_both_syntaxes_say_the_same_to_rdflib(latest: Path, quads: Statements) -> None:
    lines = gzip.decompress((latest / "rdf/records.jsonl.gz").read_bytes()).splitlines()
    found: Statements = set()
    for line in lines:
        dataset = Dataset()
        dataset.parse(data=line, format="json-ld")
        found |= statements(dataset)
    assert len(found) > 500
    assert found == quads


def test_no_quad_is_printed_twice(latest: Path, quads: Statements) -> None:
    lines = gzip.decompress((latest / "rdf/records.nq.gz").read_bytes()).splitlines()
    assert len(lines) == len(set(lines)) == len(quads)


def test_iris_are_plain(latest: Path, output: Path, quads: Statements) -> None:
    forbidden = re.compile(r'[\x00-\x20<>"{}|\\^`]')
    catalogue = Graph().parse(output / "catalog.nt")
    terms = {term for quad in quads for term in quad[:3]} | {term for triple in catalogue for term in triple}
    iris = [str(term) for term in terms if isinstance(term, URIRef)] + [quad[3] for quad in quads]
    assert len(iris) > 100
    assert [iri for iri in iris if forbidden.search(iri) or ":" not in iri] == []


def test_the_records_conform_to_the_shapes_that_are_shipped(latest: Path, quads: Statements) -> None:
    graph = Graph()
    for subject, predicate, value, _ in quads:
        graph.add((subject, predicate, value))
    shapes = Graph().parse(latest / "rdf/shapes.ttl")
    conforms, _, text = validate(graph, shacl_graph=shapes)
    assert conforms, text


def test_the_shapes_do_find_what_is_missing(latest: Path, quads: Statements) -> None:
    graph = Graph()
    title = URIRef("http://purl.org/dc/terms/title")
    for subject, predicate, value, _ in quads:
        if predicate != title:
            graph.add((subject, predicate, value))
    assert not validate(graph, shacl_graph=Graph().parse(latest / "rdf/shapes.ttl"))[0]


@pytest.mark.parametrize("name", ["vocabulary.ttl", "shapes.ttl"])
def test_terms_parse(latest: Path, name: str) -> None:
    assert len(Graph().parse(latest / "rdf" / name)) > 100
