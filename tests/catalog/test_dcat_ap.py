"""The catalogue against the shapes of DCAT-AP 3.0.1.

Discounted are only these results, and only on nodes of the catalogue:

- `spdx:algorithm` in mdr-vocabularies.shape.ttl: the pattern there says `https://spdx.org/…`, while the namespace of
  SPDX, which the other shapes use, is `http://spdx.org/rdf/terms#`. No IRI can satisfy both.

Results on terms of the support file that the catalogue does not use are not its own: that file leaves labels out.
`ranges.ttl` does not load in pyshacl and is not tested. Warnings are named below, so that a new one is noticed.
"""

from pathlib import Path

import pytest
from catalog_samples import two
from pyshacl import validate
from rdflib import Graph, Namespace
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from opendata.catalog.dcat import SPDX, build_catalog

SH = Namespace("http://www.w3.org/ns/shacl#")
SHAPES = (
    "dcat-ap-SHACL.ttl",
    "shapes.ttl",
    "range.ttl",
    "mdr-vocabularies.shape.ttl",
    "shapes_recommended.ttl",
    "deprecateduris.ttl",
    "ckanext-dcat_dcat-ap_3_shacl_shapes.ttl",
)
KNOWN_WARNINGS = {
    # The publisher is no institution of the European Union, and its kind (dct:type) is not known.
    "mdr-vocabularies.shape.ttl": {"publisher"},
    # What a pipeline file does not know is not made up.
    "shapes_recommended.ttl": {"type", "temporal", "description", "bbox", "centroid", "issued", "spatial"},
}


def results(data: Graph, shapes: Path, support: Path | None) -> list[tuple[Node | None, Node | None, str]]:
    """Return (severity, path, message) of each result on a node of `data`; parts of another result are left out."""
    whole = Graph()
    for triple in data:
        whole.add(triple)
    if support:
        whole.parse(support)
    _, report, _ = validate(whole, shacl_graph=Graph().parse(shapes))
    assert isinstance(report, Graph)
    own = set(data.subjects())
    return [
        (
            report.value(result, SH["resultSeverity"]),
            report.value(result, SH["resultPath"]),
            str(report.value(result, SH["resultMessage"])),
        )
        for result in report.objects(None, SH["result"])
        if report.value(result, SH["focusNode"]) in own
    ]


@pytest.mark.parametrize("with_support", [True, False])
@pytest.mark.parametrize("name", SHAPES)
def test_no_shape_is_violated(shared: Path, name: str, with_support: bool) -> None:
    standards = shared / "standards"
    support = standards / "eu-vocab-support.ttl" if with_support else None
    found = results(build_catalog(two()), standards / "dcat-ap-3.0.1" / name, support)
    violations = [one for one in found if one[0] == SH["Violation"]]
    if name == "mdr-vocabularies.shape.ttl":
        assert {path for _, path, _ in violations} <= {SPDX["algorithm"]}
        violations = [one for one in violations if one[1] != SPDX["algorithm"]]
    assert violations == []
    warned = {
        str(path).replace("#", "/").rpartition("/")[2] for severity, path, _ in found if severity == SH["Warning"]
    }
    assert warned <= KNOWN_WARNINGS.get(name, set())


def test_the_shapes_do_find_what_is_missing(shared: Path) -> None:
    broken = build_catalog(two())
    broken.remove((None, DCTERMS.title, None))
    found = results(broken, shared / "standards" / "dcat-ap-3.0.1" / "shapes.ttl", None)
    assert DCTERMS.title in {path for severity, path, _ in found if severity == SH["Violation"]}
