"""Four files, one set of triples, the same bytes each time."""

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph
import pytest
from catalog_samples import entry, two
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, RDF

from opendata.catalog.dcat import build_catalog, write_catalog
from opendata.catalog.syntax import json_ld, n_triples, rdf_xml, turtle

FORMATS = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld", "nt": "nt"}
OXIGRAPH = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
}
HOSTILE = '"Quoted" <b>bold</b> & \'x\' \\ ]]> \r\n\t""" <!-- &amp; \U0001f33f'
WRITE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from catalog_samples import two
from opendata.catalog.dcat import build_catalog, write_catalog
write_catalog(build_catalog(two()), Path(sys.argv[2]))
"""


def parsed_twice(ending: str, content: bytes) -> tuple[set[str], set[str]]:
    """Return the N-Triples lines that rdflib and pyoxigraph read, both written by pyoxigraph."""
    graph = Graph().parse(data=content, format=FORMATS[ending])
    again = pyoxigraph.parse(graph.serialize(format="nt").encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    direct = pyoxigraph.parse(content, format=OXIGRAPH[ending])
    return {str(quad.triple) for quad in again}, {str(quad.triple) for quad in direct}


def test_four_files_say_the_same_to_two_readers(tmp_path: Path) -> None:
    graph = build_catalog([*two(), entry(id="c-data", title={"en": HOSTILE, "zh": "引号“”" + HOSTILE})])
    names = write_catalog(graph, tmp_path / "new")
    assert names == ["catalog.ttl", "catalog.rdf", "catalog.jsonld", "catalog.nt"]
    readings = [
        reading
        for name in names
        for reading in parsed_twice(name.partition(".")[2], (tmp_path / "new" / name).read_bytes())
    ]
    assert len(readings[0]) == len(graph)
    assert all(reading == readings[0] for reading in readings)


def test_n_triples_are_sorted_lines(tmp_path: Path) -> None:
    write_catalog(build_catalog(two()), tmp_path)
    lines = (tmp_path / "catalog.nt").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    for seed in ("0", "4242"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        arguments = [sys.executable, "-c", WRITE, str(Path(__file__).parent), str(tmp_path / seed)]
        subprocess.run(arguments, env=environment, check=True)
    for ending in FORMATS:
        name = f"catalog.{ending}"
        assert (tmp_path / "0" / name).read_bytes() == (tmp_path / "4242" / name).read_bytes()


def test_markup_in_texts_stays_text(tmp_path: Path) -> None:
    write_catalog(build_catalog([entry(title={"en": HOSTILE, "zh": HOSTILE})]), tmp_path)
    tree = ElementTree.parse(tmp_path / "catalog.rdf")
    assert tree.find(".//b") is None
    dataset = URIRef("https://id.example.org/id/dataset/yunxi-notices")
    for ending, form in FORMATS.items():
        graph = Graph().parse(tmp_path / f"catalog.{ending}", format=form)
        assert set(graph.objects(dataset, DCTERMS.title)) == {Literal(HOSTILE, lang="en"), Literal(HOSTILE, lang="zh")}


def test_characters_that_xml_cannot_hold_are_replaced_in_all_syntaxes(tmp_path: Path) -> None:
    write_catalog(build_catalog([entry(title={"en": "a\x08b\uffff", "zh": "题\x00"})]), tmp_path)
    ElementTree.parse(tmp_path / "catalog.rdf")
    assert '"a\ufffdb\ufffd"@en' in (tmp_path / "catalog.nt").read_text(encoding="utf-8")


def test_addresses_that_iris_cannot_hold_are_encoded(tmp_path: Path) -> None:
    odd = entry(contact={"name": "x", "email": "a%<>b@x.example"}) | {"base_url": 'https://x.example.org/a b<">'}
    write_catalog(build_catalog([odd]), tmp_path)
    content = (tmp_path / "catalog.nt").read_bytes()
    assert len(list(pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.N_TRIPLES))) > 50
    assert b"<https://x.example.org/a%20b%3C%22%3E/catalog>" in content


@pytest.mark.parametrize("ending", ["ttl", "rdf", "jsonld"])
def test_readers_meet_english_and_the_first_rank_first(tmp_path: Path, ending: str) -> None:
    built = build_catalog([entry()])
    write_catalog(built, tmp_path)
    read = Graph().parse(tmp_path / f"catalog.{ending}", format=FORMATS[ending])
    dataset = read.value(None, RDF.type, DCAT.Dataset)
    titles = [title.language for title in read.objects(dataset, DCTERMS.title) if isinstance(title, Literal)]
    assert titles == ["en", "zh"]
    assert list(read.objects(dataset, DCAT.distribution)) == list(built.objects(dataset, DCAT.distribution))
    formats = set(read.objects(None, DCTERMS.format))
    assert {read.value(form, RDF.type) for form in formats} == {DCTERMS.IMT}


def test_rdf_xml_names_the_usual_prefixes(tmp_path: Path) -> None:
    write_catalog(build_catalog([entry()]), tmp_path)
    text = (tmp_path / "catalog.rdf").read_text(encoding="utf-8")
    assert all(f"xmlns:{prefix}=" in text for prefix in ("dcat", "dct", "foaf", "rdf", "skos", "spdx", "vcard"))
    assert '<dct:title xml:lang="zh">云溪镇公开文件</dct:title>' in text


def test_json_ld_needs_no_remote_context(tmp_path: Path) -> None:
    write_catalog(build_catalog([entry()]), tmp_path)
    document = json.loads((tmp_path / "catalog.jsonld").read_text(encoding="utf-8"))
    assert all(isinstance(base, str) for base in document["@context"].values())
    assert all(isinstance(value, list) for node in document["@graph"] for name, value in node.items() if name != "@id")


def test_a_graph_with_a_blank_node_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    graph = build_catalog([entry()])
    graph.add((BNode(), RDF.type, DCAT.Dataset))
    with pytest.raises(TypeError, match="IRIs and literals"):
        write_catalog(graph, tmp_path)
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).filter(str.strip))
def test_any_title_reads_back_the_same_from_every_syntax(words: str) -> None:
    graph = build_catalog([entry([], title={"en": words, "zh": "题"})])
    writers = {"ttl": turtle, "rdf": rdf_xml, "jsonld": json_ld, "nt": n_triples}
    readings = [
        {str(quad.triple) for quad in pyoxigraph.parse(write(graph).encode(), format=OXIGRAPH[ending])}
        for ending, write in writers.items()
    ]
    assert len(readings[0]) == len(graph)
    assert all(reading == readings[0] for reading in readings)
