"""The catalogue of the sample as it is published: four syntaxes, one set of triples, no violation of DCAT-AP 3.0.1."""

from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, Namespace, URIRef

from opendata.release.manifest import read_manifest

SH = Namespace("http://www.w3.org/ns/shacl#")
DCAT = "http://www.w3.org/ns/dcat#"
SHAPES = ("dcat-ap-SHACL.ttl", "shapes.ttl", "range.ttl", "mdr-vocabularies.shape.ttl", "deprecateduris.ttl")
UNSATISFIABLE = URIRef("http://spdx.org/rdf/terms#algorithm")
"""The pattern for it in mdr-vocabularies.shape.ttl names another namespace than the other shapes ask for."""


@pytest.fixture(scope="module")
def catalogue(output: Path) -> Graph:
    return Graph().parse(output / "catalog.ttl")


@pytest.mark.parametrize("name", ["catalog.rdf", "catalog.jsonld", "catalog.nt"])
def test_the_syntaxes_say_the_same_to_rdflib(output: Path, catalogue: Graph, name: str) -> None:
    assert set(Graph().parse(output / name)) == set(catalogue)


@pytest.mark.parametrize("name", SHAPES)
def test_no_shape_is_violated(shared: Path, catalogue: Graph, name: str) -> None:
    _, report, _ = validate(catalogue, shacl_graph=Graph().parse(shared / "standards" / "dcat-ap-3.0.1" / name))
    assert isinstance(report, Graph)
    violations = [
        (report.value(result, SH["resultPath"]), str(report.value(result, SH["resultMessage"])))
        for result in report.objects(None, SH["result"])
        if report.value(result, SH["resultSeverity"]) == SH["Violation"]
    ]
    assert [one for one in violations if one[0] != UNSATISFIABLE] == []


def test_every_distribution_leads_to_a_file_of_the_release(output: Path, latest: Path, catalogue: Graph) -> None:
    base = "https://data.jichuan.example/opendata/"
    urls = [str(url) for url in catalogue.objects(None, URIRef(f"{DCAT}downloadURL"))]
    assert len(urls) == len(set(urls)) > 30
    for url in urls:
        assert url.startswith(base)
        assert (output / url.removeprefix(base)).is_file(), url
    paths = {url.removeprefix(f"{base}sample/latest/") for url in urls}
    assert paths <= {file.path for file in read_manifest(latest).files}
