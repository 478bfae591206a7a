"""The root catalogue: DCAT 3 in the profile DCAT-AP 3.0.1, as portals harvest it.

Texts stand in English first, then in Chinese: CKAN takes the first literal where none has the language of the site, and
makes the address of a dataset from it, which Chinese alone leaves empty. Distributions stand in the order of rank.
Readers keep that order in Turtle, RDF/XML and JSON-LD; RDF itself does not promise it, and N-Triples are sorted.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, FOAF, RDF, RDFS, SKOS, XSD

from opendata.catalog import syntax
from opendata.catalog.addresses import iri, keyed, latest, mailbox, named
from opendata.catalog.authority import (
    CHINESE,
    DATA_THEME,
    ENGLISH,
    EU,
    FORMAT_LABELS,
    IANA,
    LABELS,
    PUBLIC,
    STABLE,
    file_type,
)
from opendata.catalog.entry import Contact, Distribution, Entry, Publisher, Words, read_entry
from opendata.config import LICENCES
from opendata.errors import ReleaseError
from opendata.model.terms import VOCABULARY

# Written out, since attributes of a str such as `title` and `format` would hide terms of the same name.
DCT = Namespace(syntax.PREFIXES["dct"])
DCATAP = Namespace(syntax.PREFIXES["dcatap"])
SPDX = Namespace(syntax.PREFIXES["spdx"])
VCARD = Namespace(syntax.PREFIXES["vcard"])

TITLE = Words(en="Catalogue of public bodies' disclosures", zh="政府信息公开数据目录")
DESCRIPTION = Words(
    en="Documents disclosed by public bodies, as tables and linked data.", zh="政府信息公开文件的表格数据与关联数据。"
)
VERSION = URIRef(syntax.PREFIXES["dcat"] + "version")  # of DCAT 3; rdflib knows DCAT 2
SHA512 = SPDX["checksumAlgorithm_sha512"]

_CLASSES: dict[URIRef, tuple[URIRef, ...]] = {
    DCT["license"]: (DCT["LicenseDocument"],),
    DCT["language"]: (DCT["LinguisticSystem"],),
    DCT["accessRights"]: (DCT["RightsStatement"],),
    DCT["accrualPeriodicity"]: (DCT["Frequency"],),
    DCT["spatial"]: (DCT["Location"],),
    DCT["conformsTo"]: (DCT["Standard"],),
    # ckanext-dcat shows the label of a format only when dct:IMT is the first of its types.
    DCT["format"]: (DCT["IMT"], DCT["MediaTypeOrExtent"]),
    DCAT.mediaType: (DCT["MediaType"],),
    DCAT.compressFormat: (DCT["MediaType"],),
    DCAT.packageFormat: (DCT["MediaType"],),
    DCAT.theme: (SKOS.Concept,),
    DCAT.themeTaxonomy: (SKOS.ConceptScheme,),
    DCAT.downloadURL: (RDFS.Resource,),  # ckanext-dcat's shapes ask for what inference would add
    DCAT.landingPage: (FOAF.Document,),
    DCATAP["availability"]: (SKOS.Concept,),
    FOAF.homepage: (FOAF.Document,),
    SPDX["algorithm"]: (SPDX["ChecksumAlgorithm"],),
}
"""Property → classes of what it points to. They are stated, so that a reader needs neither the net nor inference."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Value = URIRef | Literal


def build_catalog(entries: Sequence[dict[str, Any]]) -> Graph:
    """Return the catalogue of all datasets (`dataset_entry` of each), in the order of their ids.

    The catalogue's IRI is `<base_url>/catalog` of the lexically first `base_url`; its publisher is that of the first
    dataset there. It carries a licence only where all datasets have the same. There are no blank nodes.
    Raises ReleaseError where there is no dataset, two have one id, or an entry is not whole.
    """
    datasets = sorted((read_entry(stored) for stored in entries), key=lambda entry: entry.id)
    if not datasets:
        raise ReleaseError("no dataset to put into the catalogue; an empty catalogue makes portals delete everything")
    for one, next_one in pairwise(datasets):
        if one.id == next_one.id:
            raise ReleaseError(f"two datasets have the id {one.id}; give one of them another in its pipeline file")
    graph = Graph(bind_namespaces="none")
    for prefix, base in syntax.PREFIXES.items():
        graph.bind(prefix, base)
    _add_catalogue(graph, datasets)
    for entry in datasets:
        _add_dataset(graph, entry)
    for entry in datasets:
        _add_publisher(graph, entry.id_base, entry.publisher)
        _add_contact(graph, entry.id_base, entry.contact)
    _add_terms(graph)
    return graph


def write_catalog(graph: Graph, directory: Path) -> list[str]:
    """Write `catalog.ttl`, `.rdf`, `.jsonld` and `.nt` (UTF-8, the same triples) and return their names.

    Equal catalogues give equal bytes. Raises TypeError for a graph with blank nodes, before anything is written.
    """
    files = {
        "catalog.ttl": syntax.turtle(graph),
        "catalog.rdf": syntax.rdf_xml(graph),
        "catalog.jsonld": syntax.json_ld(graph),
        "catalog.nt": syntax.n_triples(graph),
    }
    directory.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (directory / name).write_bytes(content.encode("utf-8"))
    return list(files)


def _add_catalogue(graph: Graph, datasets: Sequence[Entry]) -> None:
    first = min(datasets, key=lambda entry: (entry.base_url, entry.id))
    licences = {entry.licence for entry in datasets}
    _describe(
        graph,
        URIRef(iri(f"{first.base_url}/catalog")),
        (DCAT.Catalog,),
        [
            *_both(DCT["title"], TITLE),
            *_both(DCT["description"], DESCRIPTION),
            (DCT["publisher"], _publisher(first)),
            (DCT["language"], URIRef(ENGLISH)),
            (DCT["language"], URIRef(CHINESE)),
            (FOAF.homepage, URIRef(iri(f"{first.base_url}/"))),
            (DCT["modified"], _instant(max(entry.modified for entry in datasets))),
            (DCAT.themeTaxonomy, URIRef(DATA_THEME)),
            *((DCT["license"], _licence(licence)) for licence in licences if len(licences) == 1),
            *((DCAT.dataset, _dataset(entry)) for entry in datasets),
        ],
    )


def _add_dataset(graph: Graph, entry: Entry) -> None:
    page = latest(entry.base_url, entry.id)
    period = URIRef(named(entry.id_base, "period", entry.id))
    _describe(
        graph,
        _dataset(entry),
        (DCAT.Dataset,),
        [
            (DCT["identifier"], _text(entry.id)),
            *_both(DCT["title"], entry.title),
            *_both(DCT["description"], entry.description),
            *((DCAT.keyword, _text(word, "en")) for word in entry.keywords.en),
            *((DCAT.keyword, _text(word, "zh")) for word in entry.keywords.zh),
            *((DCAT.theme, URIRef(f"{DATA_THEME}/{code}")) for code in entry.themes),
            (DCT["publisher"], _publisher(entry)),
            (DCAT.contactPoint, _contact(entry.id_base, entry.contact)),
            (DCT["accrualPeriodicity"], URIRef(EU + "frequency/" + entry.frequency)),
            (DCT["accessRights"], URIRef(PUBLIC)),
            (DCT["language"], URIRef(CHINESE)),
            *((DCT["spatial"], URIRef(iri(place))) for place in entry.spatial),
            *((DCT["temporal"], period) for _ in (entry.temporal,) if entry.temporal),
            (DCT["issued"], _instant(entry.issued)),
            (DCT["modified"], _instant(entry.modified)),
            (VERSION, _text(entry.version)),
            (DCAT.landingPage, URIRef(page)),
            (DCT["conformsTo"], URIRef(VOCABULARY.rstrip("#"))),
            *((DCAT.distribution, _distribution(entry, file)) for file in entry.distributions),
        ],
    )
    if entry.temporal:
        days = ((DCAT.startDate, entry.temporal.start), (DCAT.endDate, entry.temporal.end))
        dated = [(name, Literal(day.isoformat(), datatype=XSD.date)) for name, day in days]
        _describe(graph, period, (DCT["PeriodOfTime"],), dated)
    for file in entry.distributions:
        _add_distribution(graph, entry, file)


def _add_distribution(graph: Graph, entry: Entry, file: Distribution) -> None:
    address = URIRef(latest(entry.base_url, entry.id, file.path))
    checksum = URIRef(named(entry.id_base, "checksum", entry.id, file.path))
    optional = [
        (DCT["format"], file_type(file.media_type)),
        (DCAT.mediaType, _media_type(file.media_type)),
        (DCAT.compressFormat, file.compress_format and _media_type(file.compress_format)),
        (DCAT.packageFormat, file.package_format and _media_type(file.package_format)),
        (DCT["conformsTo"], file.conforms_to),
    ]
    _describe(
        graph,
        _distribution(entry, file),
        (DCAT.Distribution,),
        [
            *_both(DCT["title"], file.title),
            *_both(DCT["description"], _tables(file)),
            (DCAT.accessURL, address),
            (DCAT.downloadURL, address),
            *((name, URIRef(iri(value))) for name, value in optional if value),
            (DCAT.byteSize, Literal(str(file.byte_count), datatype=XSD.nonNegativeInteger)),
            (SPDX["checksum"], checksum),
            (DCT["license"], _licence(entry.licence)),
            (DCATAP["availability"], URIRef(STABLE)),
            (DCT["language"], URIRef(CHINESE)),
            (DCT["issued"], _instant(entry.issued)),
            (DCT["modified"], _instant(entry.modified)),
        ],
    )
    value = Literal(file.sha512, datatype=XSD.hexBinary)
    _describe(graph, checksum, (SPDX["Checksum"],), [(SPDX["algorithm"], SHA512), (SPDX["checksumValue"], value)])


def _add_publisher(graph: Graph, id_base: str, publisher: Publisher) -> None:
    """One plain foaf:name, which DCAT-US asks for and every harvester reads; the name in each language beside it."""
    properties: list[tuple[URIRef, Value]] = [
        (FOAF.name, _text(publisher.name.en)),
        *_both(SKOS.prefLabel, publisher.name),
    ]
    if publisher.url:
        properties.append((FOAF.homepage, URIRef(iri(publisher.url))))
    _describe(graph, _agent(id_base, publisher), (FOAF.Agent, FOAF.Organization), properties)


def _add_contact(graph: Graph, id_base: str, contact: Contact) -> None:
    properties: list[tuple[URIRef, Value]] = [
        (VCARD["fn"], _text(contact.name)),
        (VCARD["hasEmail"], URIRef(mailbox(contact.email))),
    ]
    _describe(graph, _contact(id_base, contact), (VCARD["Organization"], VCARD["Kind"]), properties)


def _add_terms(graph: Graph) -> None:
    """Say what each term, licence, page and media type that the catalogue points to is, with its labels."""
    licences = {address: name for name, address in LICENCES.items()}
    for name, kinds in _CLASSES.items():
        for address in dict.fromkeys(str(value) for value in graph.objects(None, name)):
            properties: list[tuple[URIRef, Value]] = []
            if address in FORMAT_LABELS:
                properties.append((RDFS.label, Literal(FORMAT_LABELS[address])))
            elif address in licences:
                properties.append((RDFS.label, Literal(licences[address])))
            if label := LABELS.get(address):
                words = Words(en=label.en, zh=label.zh)
                properties += _both(DCT["title"] if address == DATA_THEME else SKOS.prefLabel, words)
            if address.startswith(EU) and address != DATA_THEME:
                properties.append((SKOS.inScheme, URIRef(address.rpartition("/")[0])))
            _describe(graph, URIRef(address), kinds, properties)


def _describe(
    graph: Graph, subject: URIRef, kinds: Iterable[URIRef], properties: Iterable[tuple[URIRef, Value]]
) -> None:
    for kind in kinds:
        graph.add((subject, RDF.type, kind))
    for name, value in properties:
        graph.add((subject, name, value))


def _text(words: str, language: str | None = None) -> Literal:
    """A character that XML cannot hold becomes U+FFFD in all syntaxes, so that they say the same."""
    return Literal(_NOT_XML.sub("\ufffd", words), lang=language)


def _both(name: URIRef, words: Words | None) -> list[tuple[URIRef, Value]]:
    return [(name, _text(words.en, "en")), (name, _text(words.zh, "zh"))] if words else []


def _instant(moment: datetime) -> Literal:
    return Literal(moment.astimezone(UTC).isoformat(timespec="seconds"), datatype=XSD.dateTime)


def _tables(file: Distribution) -> Words | None:
    if not file.tables:
        return None
    return Words(
        en="Tables: " + ", ".join(f"{name} ({rows} {'row' if rows == 1 else 'rows'})" for name, rows in file.tables),
        zh="数据表：" + "、".join(f"{name}（{rows}行）" for name, rows in file.tables),
    )


def _media_type(media_type: str) -> str:
    return IANA + media_type.partition(";")[0].strip().lower()


def _licence(name: str) -> URIRef:
    return URIRef(LICENCES[name])


def _dataset(entry: Entry) -> URIRef:
    return URIRef(named(entry.id_base, "dataset", entry.id))


def _distribution(entry: Entry, file: Distribution) -> URIRef:
    return URIRef(named(entry.id_base, "distribution", entry.id, file.path))


def _publisher(entry: Entry) -> URIRef:
    return _agent(entry.id_base, entry.publisher)


def _agent(id_base: str, publisher: Publisher) -> URIRef:
    return URIRef(keyed(id_base, "agent", publisher.name.zh, publisher.name.en))


def _contact(id_base: str, contact: Contact) -> URIRef:
    return URIRef(keyed(id_base, "contact", contact.name, contact.email))
