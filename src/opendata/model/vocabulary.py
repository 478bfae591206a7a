"""The project's own RDF terms and closed lists as a vocabulary, derived from the records that use them."""

from collections import defaultdict

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from opendata.model.codes import CODES
from opendata.model.columns import SCHEMA_VERSION, Record, Text
from opendata.model.jsonld import Form, Term, resources, terms
from opendata.model.terms import PREFIXES, VOCABULARY, expand

_ROOT = VOCABULARY.removesuffix("terms#")
_LINKED = (Form.LINK, Form.IRI)


def build_vocabulary() -> Graph:
    """Return the ontology of the `od:` terms, and the closed lists as SKOS concept schemes, labelled in zh and en.

    Raises KeyError where a record uses a prefix that `model.terms` does not have or a list that `model.codes` does not
    have, and ValueError where a term would have no label or two kinds of values.
    """
    graph = new_graph()
    ontology = URIRef(VOCABULARY.removesuffix("#"))
    graph.add((ontology, RDF.type, OWL.Ontology))
    graph.add((ontology, OWL.versionInfo, Literal(SCHEMA_VERSION)))
    _say(graph, ontology, RDFS.label, Text("政府信息公开数据词汇", "Vocabulary of government disclosures"))
    uses: defaultdict[str, list[tuple[type[Record], Term]]] = defaultdict(list)
    for record in resources():
        _add_class(graph, record, ontology)
        for term in terms(record):
            term.iri  # noqa: B018 - an unknown prefix is a mistake here, not in a release
            if term.predicate.startswith("od:"):
                uses[term.predicate].append((record, term))
    for curie, users in uses.items():
        _add_property(graph, curie, users, ontology)
    for name, codes in CODES.items():
        _add_list(graph, name, codes)
    return graph


def code_list(name: str) -> URIRef:
    """Return the IRI of the concept scheme of a closed list. Raises KeyError for a list that is not declared."""
    if name not in CODES:
        raise KeyError(name)
    return URIRef(f"{_ROOT}codes/{name}")


def new_graph() -> Graph:
    """Return an empty graph with the project's prefixes and no others."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph


def turtle(graph: Graph) -> bytes:
    """Return a graph in Turtle, UTF-8: the same bytes for the same triples (subjects and objects are sorted)."""
    return graph.serialize(format="turtle", encoding="utf-8")


def _say(graph: Graph, subject: URIRef, predicate: URIRef, text: Text) -> None:
    if not text.zh or not text.en:
        raise ValueError(f"{subject}: lacks a text in Chinese or in English")
    graph.add((subject, predicate, Literal(text.zh, lang="zh")))
    graph.add((subject, predicate, Literal(text.en, lang="en")))


def _add_class(graph: Graph, record: type[Record], ontology: URIRef) -> None:
    curie = str(record.rdf_class)
    subject = URIRef(expand(curie))
    if not curie.startswith("od:"):
        return
    graph.add((subject, RDF.type, OWL.Class))
    graph.add((subject, RDFS.isDefinedBy, ontology))
    _say(graph, subject, RDFS.label, record.table_label)
    _say(graph, subject, RDFS.comment, record.table_about)


def _add_property(graph: Graph, curie: str, users: list[tuple[type[Record], Term]], ontology: URIRef) -> None:
    """Add a property. Used by one record, it has that record's class as domain; used by several, it has none."""
    subject, (record, term) = URIRef(expand(curie)), users[0]
    if len({(user.form, user.target) for _, user in users}) > 1:
        raise ValueError(f"{curie}: has two kinds of values, in {', '.join(user.table for user, _ in users)}")
    graph.add((subject, RDF.type, OWL.ObjectProperty if term.form in _LINKED else OWL.DatatypeProperty))
    graph.add((subject, RDFS.isDefinedBy, ontology))
    _say(graph, subject, RDFS.label, term.label)
    if term.about:
        _say(graph, subject, RDFS.comment, term.about)
    if len(users) == 1:
        graph.add((subject, RDFS.domain, URIRef(expand(str(record.rdf_class)))))
    if term.codes:
        graph.add((subject, RDFS.seeAlso, code_list(term.codes)))
    if range_ := _range(term):
        graph.add((subject, RDFS.range, range_))


def _range(term: Term) -> URIRef | None:
    if term.form is Form.LINK:
        classes = [str(record.rdf_class) for record in resources() if record.iri_kind == term.target]
        return URIRef(expand(classes[0])) if classes else None
    return None if term.form is Form.IRI else URIRef(expand(term.form.value))


def _add_list(graph: Graph, name: str, codes: dict[str, Text]) -> None:
    scheme = code_list(name)
    graph.add((scheme, RDF.type, SKOS.ConceptScheme))
    graph.add((scheme, SKOS.notation, Literal(name)))
    for code, label in codes.items():
        concept = URIRef(f"{scheme}#{code}")
        graph.add((concept, RDF.type, SKOS.Concept))
        graph.add((concept, SKOS.inScheme, scheme))
        graph.add((concept, SKOS.notation, Literal(code)))
        _say(graph, concept, SKOS.prefLabel, label)
