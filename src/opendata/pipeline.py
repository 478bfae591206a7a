"""The flow of a release: collect, convert, merge, emit, check, switch. Readable from top to bottom."""

import errno
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from opendata.catalog.dcat import build_catalog, write_catalog
from opendata.catalog.entry import dataset_entry
from opendata.config import Pipeline
from opendata.convert import Settings
from opendata.emit.csv_bundle import CsvWriter
from opendata.emit.parquet import ParquetWriter
from opendata.emit.rdf import RdfWriter
from opendata.emit.sink import Sink, WrittenFile
from opendata.emit.workbook import WorkbookWriter
from opendata.emit.writer import Writer
from opendata.engine import local
from opendata.errors import ReleaseError
from opendata.ingest.raw import RawFile, collect
from opendata.merge.corpus import IDENTITIES, Corpus, merge, read_earlier
from opendata.release.changes import write_changes
from opendata.release.manifest import NAME, Manifest, data_digest, make_manifest, next_version, read_manifest
from opendata.release.mend import write_mend
from opendata.release.quality import Quality
from opendata.release.store import Store, link_tree
from opendata.release.verify import verify_written

Progress = Callable[[str, int, int], None]
"""Told of the step (`convert`, `emit`), how much of it is done, and how much there is."""


@dataclass(slots=True)
class Outcome:
    """What a publish came to: counts for people, and the folder of the release (None: nothing was published)."""

    folder: Path | None
    version: str | None
    changed: bool
    quality: Quality
    quarantine: Path | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def published(self) -> int:
        """Number of documents in the release."""
        return self.quality.rows["documents"]

    @property
    def quarantined(self) -> int:
        """Number of files kept out of the release."""
        return self.quality.outcomes["quarantined"]


def publish(
    pipeline: Pipeline, progress: Progress = lambda step, done, total: None, now: datetime | None = None
) -> Outcome:
    """Make and switch to a new release of the pipeline's dataset.

    Raises ConfigurationError before any work, ReleaseError when the release cannot be made; the earlier one then stands.
    `now` is the time of the release (the present if not given); it goes into catalogue and manifest only.
    """
    store = Store(Path(pipeline.output.directory))
    moment = (now or datetime.now(UTC)).replace(microsecond=0)
    with store.locked(), tempfile.TemporaryDirectory(prefix="opendata-") as scratch_name:
        scratch = Path(scratch_name)
        files = _collect(pipeline, scratch)
        try:
            return _release(pipeline, store, files, scratch, moment, progress)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.EFBIG):
                raise
            raise ReleaseError(
                f"the release could not be written / 发布无法写入: {error}. The earlier release stands / 原有发布不受影响"
            ) from error


def _collect(pipeline: Pipeline, scratch: Path) -> list[RawFile]:
    unpacked = scratch / "archives"
    unpacked.mkdir()
    return collect(pipeline.input_paths(), unpacked, pipeline.limits)


def _release(
    pipeline: Pipeline, store: Store, files: list[RawFile], scratch: Path, moment: datetime, progress: Progress
) -> Outcome:
    dataset = pipeline.dataset.id
    earlier = store.datasets().get(dataset)
    settings = Settings(pipeline.limits, frozenset(allowance.kind for allowance in pipeline.allow_personal))
    done = 0

    def converted(count: int) -> None:
        nonlocal done
        done += count
        progress("convert", done, len(files))

    parts = local.run(files, settings, scratch, pipeline.workers, converted)
    corpus = merge(parts, read_earlier(earlier / "identities.parquet" if earlier else None))
    quality = Quality()
    tree = store.new_tree()
    try:
        latest = tree / dataset / "latest"
        latest.mkdir(parents=True)
        written, inputs_digest = _emit(pipeline, corpus, latest, quality, earlier, progress)
        quarantine = _write_quarantine(store, dataset, corpus)
        if not quality.rows["documents"]:
            return Outcome(None, None, False, quality, quarantine)
        before = read_manifest(earlier) if earlier else None
        if earlier and before and before.data_digest == data_digest(written):
            return Outcome(earlier, before.version, False, quality, quarantine)
        verify_written(latest, written, dict(quality.rows))
        manifest = _describe(pipeline, store, written, quality, inputs_digest, before, moment)
        _write_synced(latest / NAME, manifest.written().encode())
        _complete(store, tree, pipeline, manifest, before)
        store.switch(tree)
        return Outcome(store.root / dataset / "latest", manifest.version, True, quality, quarantine)
    finally:
        if store.current is None or store.current.name != tree.name:
            shutil.rmtree(tree, ignore_errors=True)


def _emit(
    pipeline: Pipeline, corpus: Corpus, latest: Path, quality: Quality, earlier: Path | None, progress: Progress
) -> tuple[list[WrittenFile], str]:
    """Feed every writer in one ordered pass over the parts; returns the files and the digest of the inputs."""
    writers: list[Writer] = [ParquetWriter(latest, pipeline)]
    if pipeline.output.csv:
        writers.append(CsvWriter(latest, pipeline))
    if pipeline.output.rdf:
        writers.append(RdfWriter(latest, pipeline))
    if pipeline.output.workbook:
        writers.append(WorkbookWriter(latest, pipeline))
    inputs = sha256()
    for number, rows in enumerate(corpus.slices()):
        quality.add(rows)
        for source_id in rows["sources"]["source_id"].to_pylist() if "sources" in rows else ():
            inputs.update(source_id.encode())
        for writer in writers:
            writer.write(rows)
        progress("emit", min(number + 1, len(corpus.parts)), len(corpus.parts))
    written = [file for writer in writers for file in writer.finish()]
    written.append(_write_identities(corpus, latest, earlier))
    written.append(write_changes(latest, earlier))
    sink = Sink(latest, "quality.json")
    sink.write(quality.written())
    written.append(sink.report("application/json"))
    return written, inputs.hexdigest()


def _write_identities(corpus: Corpus, latest: Path, earlier: Path | None) -> WrittenFile:
    """Write all identity keys of this release, then those that only earlier releases had: no id is ever forgotten."""
    sink = Sink(latest, "identities.parquet")
    rows = 0
    with pq.ParquetWriter(pa.PythonFile(sink, "w"), IDENTITIES, compression="zstd", compression_level=1) as out:
        for number in range(len(corpus.parts)):
            table = corpus.identity_rows(number)
            rows += len(table)
            out.write_table(table)
        if earlier is not None:
            table = corpus.carried(earlier / "identities.parquet")
            rows += len(table)
            if len(table):
                out.write_table(table)
    return sink.report("application/vnd.apache.parquet", tables=(("identities", rows),))


def _write_quarantine(store: Store, dataset: str, corpus: Corpus) -> Path | None:
    """Write what must be mended, file by file, beside the output folder and never in it."""
    folder = store.root.resolve().parent / f"{store.root.resolve().name}-quarantine"
    return write_mend(folder, dataset, corpus)


def _describe(
    pipeline: Pipeline,
    store: Store,
    written: list[WrittenFile],
    quality: Quality,
    inputs_digest: str,
    before: Manifest | None,
    moment: datetime,
) -> Manifest:
    dataset = pipeline.dataset.id
    taken = [path.name for path in _versions(store.current, dataset)] + ([before.version] if before else [])
    version = next_version(taken, moment.strftime("%Y-%m-%d"))
    issued = before.issued if before else moment
    entry = dataset_entry(pipeline, written, version=version, issued=issued, modified=moment)
    rows = dict(sorted(quality.rows.items()))
    return make_manifest(
        dataset, written, rows, inputs_digest, version=version, issued=issued, modified=moment, catalogue=entry
    )


def _versions(current: Path | None, dataset: str) -> list[Path]:
    folder = current / dataset / "versions" if current else None
    return sorted(folder.iterdir()) if folder and folder.is_dir() else []


def _complete(store: Store, tree: Path, pipeline: Pipeline, manifest: Manifest, before: Manifest | None) -> None:
    """Add what a whole tree needs: earlier versions, the other datasets, and the catalogue of all of them."""
    dataset, current = pipeline.dataset.id, store.current
    versions = tree / dataset / "versions"
    versions.mkdir()
    if current is not None and before is not None:
        earlier = {before.version: current / dataset / "latest"}
        earlier |= {path.name: path for path in _versions(current, dataset)}
        order = sorted(earlier, key=_version_key, reverse=True)
        for name in order[: pipeline.output.keep_versions]:
            link_tree(earlier[name], versions / name)
    for other, folder in store.datasets().items():
        if other != dataset:
            link_tree(folder.parent, tree / other)
    entries = [read_manifest(folder).catalogue for folder in store.datasets(tree).values()]
    for name in write_catalog(build_catalog(entries), tree):
        _sync_file(tree / name)


def _version_key(name: str) -> tuple[str, int]:
    day, _, number = name.partition(".")
    return day, int(number or 1)


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_file(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
