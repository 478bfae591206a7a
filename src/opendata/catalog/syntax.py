"""One graph in four syntaxes. The bytes follow from the order in which triples were added to the graph.

rdflib's own writers sort literals by their text or keep the order of a hash, so neither "English first" nor "CSV first"
can be said with them; harvesters that take the first literal, or list distributions as they come, depend on it.
Nothing here knows blank nodes: a graph that has one is refused.
"""

import json
import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF
from rdflib.term import Node

PREFIXES: dict[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

Properties = dict[URIRef, list[URIRef | Literal]]

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def grouped(graph: Graph) -> dict[URIRef, Properties]:
    """Return subject → property → objects. Subjects stand by class, then as they were added; so do all others.

    rdflib's store iterates over all triples in the order of a hash, but over those of one subject or property in the
    order in which they were added. Raises TypeError on a blank node.
    """
    subjects: dict[URIRef, Properties] = {}
    for node in (*graph.subjects(RDF.type, None), *sorted(set(graph.subjects()), key=str)):
        for subject, predicate, value in graph.triples((node, None, None)) if node not in subjects else ():
            if not (
                isinstance(subject, URIRef) and isinstance(predicate, URIRef) and isinstance(value, URIRef | Literal)
            ):
                raise TypeError(f"a catalogue has IRIs and literals only, not {(subject, predicate, value)!r}")
            subjects.setdefault(subject, {}).setdefault(predicate, []).append(value)
    return subjects


def n_triples(graph: Graph) -> str:
    """Return N-Triples, lines sorted: without blank nodes that is the canonical form (RDFC-1.0)."""
    lines = {
        f"<{subject}> <{predicate}> {_n3(value)} .\n"
        for subject, properties in grouped(graph).items()
        for predicate, values in properties.items()
        for value in values
    }
    return "".join(sorted(lines))


def turtle(graph: Graph) -> str:
    """Return Turtle."""
    blocks = ["".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items())]
    for subject, properties in grouped(graph).items():
        lines = []
        for predicate, values in properties.items():
            name = "a" if predicate == RDF.type else _short(predicate)
            lines.append(f"    {name} " + " ,\n        ".join(_turtle_term(value) for value in values))
        blocks.append(f"<{subject}>\n" + " ;\n".join(lines) + " .\n")
    return "\n".join(blocks)


def rdf_xml(graph: Graph) -> str:
    """Return RDF/XML: one element per subject, named after the first of its types."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<rdf:RDF"]
    lines += [f"    xmlns:{prefix}={quoteattr(base)}" for prefix, base in PREFIXES.items() if prefix != "xsd"]
    lines[-1] += ">"
    for subject, properties in grouped(graph).items():
        types = properties.get(RDF.type, [])
        element = _element_name(types[0]) if types else "rdf:Description"
        lines.append(f"  <{element} rdf:about={quoteattr(subject)}>")
        lines += [f"    <rdf:type rdf:resource={quoteattr(str(kind))}/>" for kind in types[1:]]
        lines += [
            _xml_property(_element_name(predicate), value)
            for predicate, values in properties.items()
            if predicate != RDF.type
            for value in values
        ]
        lines.append(f"  </{element}>")
    return "\n".join([*lines, "</rdf:RDF>", ""])


def json_ld(graph: Graph) -> str:
    """Return JSON-LD 1.1 with its context inlined. Every property is a list, so that its shape never changes."""
    nodes: list[dict[str, Any]] = []
    for subject, properties in grouped(graph).items():
        node: dict[str, Any] = {"@id": str(subject)}
        for predicate, values in properties.items():
            if predicate == RDF.type:
                node["@type"] = [_short(value, "{}") for value in values]
            else:
                node[_short(predicate, "{}")] = [_json_value(value) for value in values]
        nodes.append(node)
    return json.dumps({"@context": PREFIXES, "@graph": nodes}, ensure_ascii=False, indent=2) + "\n"


def _short(address: Node, long: str = "<{}>") -> str:
    for prefix, base in PREFIXES.items():
        if str(address).startswith(base) and _LOCAL.fullmatch(local := str(address)[len(base) :]):
            return f"{prefix}:{local}"
    return long.format(address)


def _element_name(address: Node) -> str:
    name = _short(address)
    if name.startswith("<"):
        raise ValueError(f"RDF/XML cannot name the element {name}: its namespace has no prefix")
    return name


def _n3(value: URIRef | Literal, datatype: str = "<{}>") -> str:
    if isinstance(value, URIRef):
        return f"<{value}>"
    quoted = '"' + str(value).translate(_ESCAPES) + '"'
    if value.language:
        return f"{quoted}@{value.language}"
    return f"{quoted}^^{datatype.format(value.datatype)}" if value.datatype else quoted


def _turtle_term(value: URIRef | Literal) -> str:
    if isinstance(value, Literal):
        return _n3(value, _short(value.datatype) if value.datatype else "")
    return _short(value)


def _xml_property(name: str, value: URIRef | Literal) -> str:
    if isinstance(value, URIRef):
        return f"    <{name} rdf:resource={quoteattr(value)}/>"
    kind = ""
    if value.language:
        kind = f" xml:lang={quoteattr(value.language)}"
    elif value.datatype:
        kind = f" rdf:datatype={quoteattr(value.datatype)}"
    # A bare carriage return would be read back as a line feed.
    return f"    <{name}{kind}>{escape(str(value), {chr(13): '&#13;'})}</{name}>"


def _json_value(value: URIRef | Literal) -> dict[str, str]:
    if isinstance(value, URIRef):
        return {"@id": str(value)}
    if value.language:
        return {"@language": value.language, "@value": str(value)}
    if value.datatype:
        return {"@type": _short(value.datatype, "{}"), "@value": str(value)}
    return {"@value": str(value)}
