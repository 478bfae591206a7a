"""What makes a whole tree of a finished release: its manifest, earlier versions, other datasets, the catalogue of all."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from opendata.catalog.dcat import build_catalog, write_catalog
from opendata.catalog.entry import dataset_entry
from opendata.config import Pipeline
from opendata.emit.sink import Sink, WrittenFile
from opendata.release.manifest import (
    NAME,
    Manifest,
    data_digest,
    make_manifest,
    next_version,
    read_manifest,
    version_key,
)
from opendata.release.quality import Quality
from opendata.release.store import Store, link_tree, sync_file


def describe(
    pipeline: Pipeline,
    store: Store,
    written: Sequence[WrittenFile],
    quality: Quality,
    inputs_digest: str,
    before: Manifest | None,
    moment: datetime,
) -> Manifest:
    """Return the manifest of a release that has been written, given that of the release before.

    Equal data keeps version and times: only what the pipeline file says of the dataset may differ then.
    """
    dataset = pipeline.dataset.id
    if before is not None and before.data_digest == data_digest(written):
        version, issued, modified = before.version, before.issued, before.modified
    else:
        taken = [path.name for path in _versions(store, dataset)] + ([before.version] if before else [])
        version, modified = next_version(taken, moment.strftime("%Y-%m-%d")), moment
        issued = before.issued if before else moment
    entry = dataset_entry(pipeline, written, version=version, issued=issued, modified=modified)
    rows = dict(sorted(quality.rows.items()))
    return make_manifest(
        dataset, written, rows, inputs_digest, version=version, issued=issued, modified=modified, catalogue=entry
    )


def complete(store: Store, tree: Path, pipeline: Pipeline, manifest: Manifest, before: Manifest | None) -> None:
    """Add to a tree that holds the files of the release what a whole tree needs beside them."""
    dataset = pipeline.dataset.id
    with Sink(tree / dataset / "latest", NAME) as sink:
        sink.write(manifest.written().encode())
    versions = tree / dataset / "versions"
    versions.mkdir()
    earlier = {path.name: path for path in _versions(store, dataset)}
    if before is not None and before.version != manifest.version:
        earlier[before.version] = store.datasets()[dataset]
    for name in sorted(earlier, key=version_key, reverse=True)[: pipeline.output.keep_versions]:
        link_tree(earlier[name], versions / name)
    for other, folder in store.datasets().items():
        if other != dataset:
            link_tree(folder.parent, tree / other)
    entries = [read_manifest(folder).catalogue for folder in store.datasets(tree).values()]
    for name in write_catalog(build_catalog(entries), tree):
        sync_file(tree / name)


def _versions(store: Store, dataset: str) -> list[Path]:
    """Return the folders of the earlier versions that the current tree keeps."""
    folder = store.current / dataset / "versions" if store.current else None
    return sorted(folder.iterdir()) if folder and folder.is_dir() else []
