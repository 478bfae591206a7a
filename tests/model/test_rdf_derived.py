"""Context, vocabulary and shapes follow the records, and fail where a record would break them."""

from collections.abc import Callable, Iterator
from typing import Annotated as A

import orjson
import pyoxigraph as ox
import pytest
from pyshacl import validate
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef

from opendata.model import jsonld, vocabulary
from opendata.model.codes import CODES
from opendata.model.columns import SCHEMA_VERSION, Record, Text
from opendata.model.columns import Meta as M
from opendata.model.jsonld import ROLES, build_context, column_terms, resources, terms
from opendata.model.records import RECORDS
from opendata.model.shapes import SHAPES, build_shapes
from opendata.model.terms import PREFIXES, VOCABULARY, expand
from opendata.model.vocabulary import build_vocabulary, turtle

Declare = Callable[[type[Record]], None]


class Well(Record):
    """An invented record, for mistakes."""

    table = "wells"
    table_label = Text("井", "Wells")
    table_about = Text("每行一口井", "One row per well")
    iri_kind = "well"
    rdf_class = "od:Well"

    well_id: A[str, M("井标识", "Well identifier", "dcterms:identifier", key=True)]
    depth: A[int | None, M("深度", "Depth", "od:depth")]


def _declared(base: type[Record], **columns: object) -> type[Record]:
    """Return a variant of a record with these columns instead."""
    return type("Variant", (base,), {"__annotations__": columns, "__module__": __name__})


@pytest.fixture
def with_record(monkeypatch: pytest.MonkeyPatch) -> Iterator[Declare]:
    """Let a test declare one more record."""

    def declare(record: type[Record]) -> None:
        monkeypatch.setattr(jsonld, "RECORDS", (*RECORDS, record))

    yield declare
    jsonld.terms.cache_clear()


def _used() -> set[str]:
    found = {str(record.rdf_class) for record in resources()}
    return found | {term.predicate for record in resources() for term in terms(record)}


def test_every_column_with_a_property_is_a_term_of_a_resource() -> None:
    for record in RECORDS:
        declared = [column.meta.rdf for column in record.columns() if column.meta.rdf]
        assert [term.predicate for term in column_terms(record)] == declared
        assert not declared or record.iri_kind, f"{record.table}: properties, but rows have no IRI"


def test_every_role_has_a_property() -> None:
    assert set(ROLES) == set(CODES["role"])


def test_classes_tell_records_apart() -> None:
    classes = [record.rdf_class for record in resources()]
    assert len(classes) == len(set(classes))


def test_the_context_expands_each_key_to_its_property_and_form() -> None:
    for record in resources():
        for term in terms(record):
            value = '"https://example.org/x"' if term.form.value in ("iri", "link") else '"1"'
            line = _line(f'"@id":"thing/1","{term.key}":{value}')
            (quad,) = ox.parse(line, format=ox.RdfFormat.JSON_LD)
            assert quad.subject == ox.NamedNode("https://id.example.org/id/thing/1")
            assert quad.predicate == ox.NamedNode(term.iri)
            if isinstance(quad.object, ox.NamedNode):
                assert term.form.value in ("iri", "link")
            elif term.form.value in ("xsd:date", "xsd:decimal", "xsd:dateTime"):
                assert quad.object.datatype == ox.NamedNode(expand(term.form.value))


def _line(body: str) -> bytes:
    """Return a JSON-LD object with the context inlined."""
    return b'{"@context":' + orjson.dumps(build_context("https://id.example.org")) + b"," + body.encode() + b"}"


def test_the_context_without_a_base_has_none_and_only_known_prefixes() -> None:
    context = build_context()
    assert "@base" not in context
    assert {key: value for key, value in context.items() if key in PREFIXES}.items() <= PREFIXES.items()


def test_every_own_term_is_in_the_vocabulary_labelled_in_both_languages() -> None:
    graph = build_vocabulary()
    own = {URIRef(expand(curie)) for curie in _used() if curie.startswith("od:")}
    declared = set(graph.subjects(RDFS.isDefinedBy))
    assert declared == own
    for term in declared:
        labels = [label for label in graph.objects(term, RDFS.label) if isinstance(label, Literal)]
        assert sorted(str(label.language) for label in labels) == ["en", "zh"]
    header = URIRef(VOCABULARY.removesuffix("#"))
    assert (header, RDF.type, OWL.Ontology) in graph
    assert (header, OWL.versionInfo, Literal(SCHEMA_VERSION)) in graph


def test_closed_lists_are_concept_schemes_with_all_their_codes() -> None:
    graph = build_vocabulary()
    for name, codes in CODES.items():
        concepts = graph.subjects(SKOS.inScheme, vocabulary.code_list(name))
        found = {str(graph.value(concept, SKOS.notation)) for concept in concepts}
        assert found == set(codes)


def test_a_term_used_by_several_records_has_no_domain_and_others_have_theirs() -> None:
    graph = build_vocabulary()
    assert graph.value(URIRef(expand("od:printed")), RDFS.domain) is None
    assert graph.value(URIRef(expand("od:parentSection")), RDFS.domain) == URIRef(expand("od:Section"))
    assert graph.value(URIRef(expand("od:parentSection")), RDFS.range) == URIRef(expand("od:Section"))
    assert graph.value(URIRef(expand("od:signedBy")), RDFS.range) == URIRef(expand("org:FormalOrganization"))


def test_a_new_record_needs_no_line_elsewhere(with_record: Declare) -> None:
    with_record(Well)
    assert build_context()["depth"] == "od:depth"
    assert (URIRef(expand("od:Well")), RDF.type, OWL.Class) in build_vocabulary()
    assert (URIRef(f"{SHAPES}wells"), SH.targetClass, URIRef(expand("od:Well"))) in build_shapes()


@pytest.mark.parametrize(
    ("column", "build", "error", "words"),
    [
        (M("深度", "Depth", "nowhere:depth"), build_vocabulary, KeyError, "nowhere"),
        (M("深度", "", "od:depth"), build_vocabulary, ValueError, "depth"),
        (M("深度", "Depth", "od:depth", codes="depths"), build_vocabulary, KeyError, "depths"),
        (M("深度", "Depth", "od:parentSection"), build_vocabulary, ValueError, "parentSection"),
        (M("深度", "Depth", "dcterms:identifier"), build_shapes, ValueError, "used twice"),
    ],
)  # fmt: skip
def test_a_mistaken_column_is_refused(
    with_record: Declare, column: M, build: Callable[[], object], error: type[Exception], words: str
) -> None:
    with_record(_declared(Well, depth=A[str | None, column]))
    with pytest.raises(error, match=words):
        build()


def test_one_key_with_two_meanings_is_refused(with_record: Declare) -> None:
    with_record(_declared(Well, title=A[str, M("名", "Name", "schema:name")]))
    with pytest.raises(ValueError, match="title"):
        build_context()


def test_two_records_of_one_class_are_refused(with_record: Declare) -> None:
    with_record(type("Spring", (Well,), {"rdf_class": "od:Section", "__module__": __name__}))
    with pytest.raises(ValueError, match="share the class"):
        build_shapes()


def test_the_shapes_are_shacl_and_have_no_nameless_nodes_but_lists() -> None:
    graph = build_shapes()
    validate(Graph(), shacl_graph=graph, meta_shacl=True)
    assert all((node, RDF.first, None) in graph for node in graph.subjects() if isinstance(node, BNode))


@pytest.mark.parametrize("build", [build_vocabulary, build_shapes])
def test_turtle_has_the_same_bytes_each_time(build: Callable[[], Graph]) -> None:
    first = turtle(build())
    assert first == turtle(build())
    assert len(Graph().parse(data=first, format="turtle")) == len(build())
