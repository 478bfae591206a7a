"""SHACL shapes of the RDF, derived from the records: one node shape per class, one property shape per term."""

from rdflib import RDF, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from opendata.model.codes import CODES
from opendata.model.columns import Text
from opendata.model.jsonld import IN_SCHEME, SCHEME_CLASS, SCHEME_LABEL, Form, Term, resources, terms
from opendata.model.terms import VOCABULARY, expand
from opendata.model.vocabulary import new_graph

SHAPES = VOCABULARY.replace("terms#", "shapes#")


def build_shapes() -> Graph:
    """Return the shapes graph (SHACL Core only).

    Links are held to the form of the IRI they lead to, not to the class of what is there: it may lie in another named
    graph, and each graph must be checkable alone. Raises ValueError where two records share a class, or where a record
    uses a property twice: neither could be told apart by a shape.
    """
    graph = new_graph()
    graph.bind("shapes", SHAPES)
    seen: dict[str, str] = {}
    for record in resources():
        rdf_class, kind = str(record.rdf_class), str(record.iri_kind)
        if other := seen.get(rdf_class):
            raise ValueError(f"{record.table} and {other} share the class {rdf_class}: shapes cannot tell them apart")
        seen[rdf_class] = record.table
        _add_node(graph, record.table, record.table_label, rdf_class, kind, terms(record))
    _add_node(graph, "schemes", IN_SCHEME.label, SCHEME_CLASS, str(IN_SCHEME.target), (SCHEME_LABEL,))
    return graph


def _add_node(graph: Graph, name: str, label: Text, rdf_class: str, kind: str, wanted: tuple[Term, ...]) -> None:
    shape = URIRef(SHAPES + name)
    graph.add((shape, RDF.type, SH.NodeShape))
    graph.add((shape, SH.targetClass, URIRef(expand(rdf_class))))
    _add_text(graph, shape, label)
    _add_link(graph, shape, kind)
    properties: set[str] = set()
    for term in wanted:
        if term.predicate in properties:
            raise ValueError(f"{name}: {term.predicate} is used twice")
        properties.add(term.predicate)
        part = URIRef(f"{SHAPES}{name}-{term.key}")
        graph.add((shape, SH.property, part))
        _add_property(graph, part, term)


def _add_property(graph: Graph, part: URIRef, term: Term) -> None:
    graph.add((part, RDF.type, SH.PropertyShape))
    graph.add((part, SH.path, URIRef(term.iri)))
    _add_text(graph, part, term.label)
    if term.required:
        graph.add((part, SH.minCount, Literal(1)))
    if not term.many:
        graph.add((part, SH.maxCount, Literal(1)))
    if term.form is Form.LINK:
        _add_link(graph, part, str(term.target))
    elif term.form is Form.IRI:
        graph.add((part, SH.nodeKind, SH.IRI))
    else:
        graph.add((part, SH.datatype, URIRef(expand(term.form.value))))
    if term.codes:
        codes: list[Node] = [Literal(code) for code in CODES[term.codes]]
        graph.add((part, SH["in"], Collection(graph, BNode(), codes).uri))


def _add_link(graph: Graph, shape: URIRef, kind: str) -> None:
    graph.add((shape, SH.nodeKind, SH.IRI))
    graph.add((shape, SH.pattern, Literal(f"/id/{kind}/[A-Za-z0-9%._~-]+$")))


def _add_text(graph: Graph, shape: URIRef, text: Text) -> None:
    graph.add((shape, SH.name, Literal(text.zh, lang="zh")))
    graph.add((shape, SH.name, Literal(text.en, lang="en")))
