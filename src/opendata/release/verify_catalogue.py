"""Proofs of the root catalogue: four syntaxes that say the same, made from the manifests of the releases beside it."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from opendata import __version__
from opendata.catalog.dcat import build_catalog, write_catalog
from opendata.catalog.entry import read_entry
from opendata.errors import ReleaseError
from opendata.release.manifest import Manifest

CATALOGUES: dict[str, ox.RdfFormat] = {
    "catalog.ttl": ox.RdfFormat.TURTLE,
    "catalog.rdf": ox.RdfFormat.RDF_XML,
    "catalog.jsonld": ox.RdfFormat.JSON_LD,
    "catalog.nt": ox.RdfFormat.N_TRIPLES,
}
"""The catalogue's files and their syntaxes."""


def verify_catalogue(tree: Path, manifests: Mapping[str, Manifest]) -> list[str]:
    """Compare the catalogue in `tree` with the manifests of the current releases, given by folder name."""
    problems: list[str] = []
    graphs = {}
    for name, syntax in CATALOGUES.items():
        try:
            data = (tree / name).read_bytes()
            graphs[name] = frozenset(str(triple) for triple in ox.parse(data, syntax, base_iri="http://localhost/"))
        except (OSError, SyntaxError, ValueError) as error:
            problems.append(f"{name}: {error}")
    if len(set(graphs.values())) > 1:
        counts = ", ".join(f"{name} {len(graph)}" for name, graph in graphs.items())
        problems.append(f"the syntaxes of the catalogue differ / 目录各语法不一致: {counts}")
    for folder, manifest in manifests.items():
        problems += _verify_entry(folder, manifest)
    if not problems and all(manifest.code_version == __version__ for manifest in manifests.values()):
        problems += _verify_bytes(tree, manifests)
    return problems


def _verify_entry(folder: str, manifest: Manifest) -> list[str]:
    """Compare a dataset's entry with the manifest that carries it."""
    try:
        entry = read_entry(manifest.catalogue)
    except ReleaseError as error:
        return [str(error)]
    problems = []
    if not folder == manifest.dataset == entry.id:
        problems.append(f"catalogue: {folder} holds the release of {manifest.dataset} / 数据集标识不符")
    told = (manifest.version, manifest.issued, manifest.modified)
    if told != (entry.version, entry.issued, entry.modified):
        problems.append(f"catalogue: {folder}: version or times differ from the manifest / 版本或时间不符")
    files = {file.path: file for file in manifest.files}
    for distribution in entry.distributions:
        file = files.get(distribution.path)
        known = (distribution.sha256, distribution.sha512, distribution.byte_count, distribution.media_type)
        if file is None or known != (file.sha256, file.sha512, file.bytes, file.media_type):
            problems.append(f"catalogue: {folder}: {distribution.path} is not the file of the release / 与发布文件不符")
    return problems


def _verify_bytes(tree: Path, manifests: Mapping[str, Manifest]) -> list[str]:
    """Make the catalogue anew and compare bytes. Other versions of the program may write it otherwise."""
    with tempfile.TemporaryDirectory(prefix="opendata-") as folder:
        names = write_catalog(build_catalog([one.catalogue for one in manifests.values()]), Path(folder))
        return [
            f"{name}: is not what the manifests make / 与清单不符"
            for name in names
            if (tree / name).read_bytes() != (Path(folder) / name).read_bytes()
        ]
