"""What the catalogue says."""

from datetime import UTC, date, datetime
from typing import get_args

import pytest
from catalog_samples import FILES, ISSUED, MODIFIED, entry, pipeline, two
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF, RDFS, SKOS, XSD

from opendata.catalog.authority import EU, LABELS
from opendata.catalog.dcat import DCATAP, SPDX, VCARD, build_catalog
from opendata.catalog.entry import dataset_entry
from opendata.catalog.syntax import turtle
from opendata.config import Frequency, Theme
from opendata.errors import ReleaseError

DATASET = URIRef("https://id.example.org/id/dataset/yunxi-notices")
LATEST = "https://data.example.org/open/yunxi-notices/latest/"


def test_the_catalogue_is_the_union_of_all_datasets_in_the_order_of_their_ids() -> None:
    graph = build_catalog(two())
    catalogue = graph.value(None, RDF.type, DCAT.Catalog)
    assert catalogue == URIRef("https://anping.example.org/catalog")
    assert list(graph.objects(catalogue, DCAT.dataset)) == [
        URIRef("https://anping.example.org/data/id/dataset/anping-reports"),
        DATASET,
    ]
    assert len(set(graph.subjects(RDF.type, DCAT.Distribution))) == 10
    assert graph.value(catalogue, FOAF.homepage) == URIRef("https://anping.example.org/")
    assert {str(code).rpartition("/")[2] for code in graph.objects(catalogue, DCTERMS.language)} == {"ZHO", "ENG"}
    assert len(list(graph.objects(catalogue, DCTERMS.publisher))) == 1


def test_the_order_of_entries_does_not_matter() -> None:
    assert turtle(build_catalog(two())) == turtle(build_catalog(two()[::-1]))


def test_no_dataset_and_two_of_one_id_are_refused() -> None:
    with pytest.raises(ReleaseError, match="no dataset"):
        build_catalog([])
    with pytest.raises(ReleaseError, match="yunxi-notices"):
        build_catalog([entry(), entry(id_base="https://other.example.org")])


def test_a_licence_that_not_all_share_is_not_said_of_the_catalogue() -> None:
    mixed = build_catalog([entry(), entry(id="b-data", licence="CC0-1.0")])
    same = build_catalog([entry(), entry(id="b-data")])
    assert mixed.value(mixed.value(None, RDF.type, DCAT.Catalog), DCTERMS.license) is None
    assert same.value(same.value(None, RDF.type, DCAT.Catalog), DCTERMS.license) is not None


def test_every_node_has_an_iri_and_every_distribution_its_own() -> None:
    graph = build_catalog(two())
    assert not any(isinstance(node, BNode) for triple in graph for node in triple)
    for dataset in graph.subjects(RDF.type, DCAT.Dataset):
        assert len(set(graph.objects(dataset, DCAT.distribution))) == 5
    checksums = list(graph.subject_objects(SPDX["checksum"]))
    assert len({checksum for _, checksum in checksums}) == len(checksums) == 10


def test_english_stands_first_where_the_first_literal_wins() -> None:
    graph = build_catalog([entry()])
    for name in (DCTERMS.title, DCTERMS.description):
        languages = [text.language for text in graph.objects(DATASET, name) if isinstance(text, Literal)]
        assert languages == ["en", "zh"]
    assert [str(word) for word in graph.objects(DATASET, DCAT.keyword)] == ["disclosure", "notices", "公开", "通知"]


def test_a_dataset_says_who_when_and_how_often() -> None:
    graph = build_catalog([entry()])
    assert str(graph.value(DATASET, DCTERMS.identifier)) == "yunxi-notices"
    assert str(graph.value(DATASET, URIRef(str(DCAT) + "version"))) == "2025-01-09"
    assert graph.value(DATASET, DCTERMS.modified) == Literal("2025-01-09T22:30:15+00:00", datatype=XSD.dateTime)
    assert graph.value(DATASET, DCTERMS.accrualPeriodicity) == URIRef(EU + "frequency/MONTHLY")
    assert set(graph.objects(DATASET, DCAT.theme)) == {URIRef(EU + "data-theme/" + c) for c in ("GOVE", "REGI")}
    assert graph.value(DATASET, DCAT.landingPage) == URIRef(LATEST)
    contact = graph.value(DATASET, DCAT.contactPoint)
    assert graph.value(contact, VCARD["hasEmail"]) == URIRef("mailto:data@yunxi.example.org")
    publisher = graph.value(DATASET, DCTERMS.publisher)
    assert list(graph.objects(publisher, FOAF.name)) == [Literal("Yunxi data office")]
    assert {str(name) for name in graph.objects(publisher, SKOS.prefLabel)} == {"Yunxi data office", "云溪镇数据室"}


def test_distributions_stand_by_rank_and_their_addresses_point_into_latest() -> None:
    graph = build_catalog([entry()])
    files = list(graph.objects(DATASET, DCAT.distribution))
    addresses = [str(graph.value(file, DCAT.downloadURL)) for file in files]
    assert addresses[0] == LATEST + "yunxi-notices-csv.zip"
    assert addresses[2] == LATEST + "yunxi%20notices%20%E8%A1%A8.xlsx"
    assert str(files[4]) == "https://id.example.org/id/distribution/yunxi-notices/rdf/records.jsonl.gz"
    assert [graph.value(file, DCAT.accessURL) for file in files] == [URIRef(address) for address in addresses]


def test_a_distribution_says_its_format_size_and_checksum() -> None:
    graph = build_catalog([entry()])
    packed, table, _, quads, lines = graph.objects(DATASET, DCAT.distribution)
    codes = [str(graph.value(file, DCTERMS.format)).rpartition("/")[2] for file in (packed, table, quads, lines)]
    assert codes == ["CSV", "PARQUET", "RDF_N_QUADS", "JSON_LD"]
    assert str(graph.value(packed, DCAT.packageFormat)).endswith("/media-types/application/zip")
    assert str(graph.value(quads, DCAT.compressFormat)).endswith("/media-types/application/gzip")
    assert graph.value(table, DCAT.compressFormat) is None
    assert graph.value(packed, DCAT.byteSize) == Literal("21", datatype=XSD.nonNegativeInteger)
    value = graph.value(graph.value(packed, SPDX["checksum"]), SPDX["checksumValue"])
    assert isinstance(value, Literal)
    assert value.datatype == XSD.hexBinary
    assert str(value) == next(file.sha512 for file in FILES if file.path == "yunxi-notices-csv.zip")
    assert graph.value(packed, DCATAP["availability"]) == URIRef(EU + "planned-availability/STABLE")
    assert "documents (12 rows), issues (1 row)" in str(graph.value(packed, DCTERMS.description))


def test_a_format_is_shown_as_text_by_ckan() -> None:
    graph = build_catalog([entry()])
    form = URIRef(EU + "file-type/CSV")
    assert list(graph.objects(form, RDF.type)) == [DCTERMS.IMT, DCTERMS.MediaTypeOrExtent]
    assert list(graph.objects(form, RDFS.label)) == [Literal("CSV")]


def test_a_media_type_without_a_file_type_has_no_format() -> None:
    odd = [file for file in FILES if file.path == "manifest.json"]
    graph = build_catalog([entry([type(odd[0])("a.bin", "application/x-odd", 1, "00", "00", rank=1)])])
    file = graph.value(DATASET, DCAT.distribution)
    assert graph.value(file, DCTERMS.format) is None
    assert str(graph.value(file, DCAT.mediaType)).endswith("application/x-odd")


def test_every_theme_and_frequency_of_a_pipeline_has_labels() -> None:
    terms = [f"data-theme/{code}" for code in get_args(Theme)] + [f"frequency/{code}" for code in get_args(Frequency)]
    assert [term for term in terms if EU + term not in LABELS] == []


def test_a_period_is_a_node_with_both_days() -> None:
    period = (date(2020, 1, 1), date(2024, 12, 31))
    one = dataset_entry(pipeline(), FILES, version="1", issued=ISSUED, modified=MODIFIED, temporal=period)
    graph = build_catalog([one])
    node = graph.value(DATASET, DCTERMS.temporal)
    assert node == URIRef("https://id.example.org/id/period/yunxi-notices")
    assert graph.value(node, DCAT.endDate) == Literal("2024-12-31", datatype=XSD.date)


def test_the_catalogue_was_changed_when_its_latest_dataset_was() -> None:
    later = datetime(2026, 2, 2, tzinfo=UTC)
    other = dataset_entry(pipeline(id="b-data"), FILES, version="2", issued=ISSUED, modified=later)
    graph: Graph = build_catalog([other, entry()])
    catalogue = graph.value(None, RDF.type, DCAT.Catalog)
    assert graph.value(catalogue, DCTERMS.modified) == Literal("2026-02-02T00:00:00+00:00", datatype=XSD.dateTime)
