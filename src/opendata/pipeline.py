"""The flow of a release: collect, convert, merge, emit, check, switch. Readable from top to bottom."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from opendata.config import Pipeline
from opendata.convert import Settings
from opendata.emit.csv_bundle import CsvWriter
from opendata.emit.fanout import Fanout
from opendata.emit.parquet import ParquetWriter
from opendata.emit.rdf import RdfWriter
from opendata.emit.sink import Sink, WrittenFile
from opendata.emit.workbook import WorkbookWriter
from opendata.emit.writer import Writer
from opendata.engine import local
from opendata.ingest.raw import check_inputs, collect
from opendata.merge.corpus import Corpus, merge, read_earlier
from opendata.release.assemble import complete, describe
from opendata.release.changes import keep_changes, write_changes
from opendata.release.failures import explained
from opendata.release.identities import NAME as IDENTITIES
from opendata.release.identities import write_identities
from opendata.release.manifest import data_digest, read_manifest
from opendata.release.mend import Mend
from opendata.release.quality import Quality
from opendata.release.store import Store
from opendata.release.verify import verify_written
from opendata.release.verify_catalogue import CATALOGUES

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

    Raises ConfigurationError before any work, ReleaseError when the release cannot be made; the earlier one then stands, unless
    only what follows the switch failed, which the message says.
    `now` is the time of the release (the present if not given); it goes into catalogue and manifest only.
    """
    check_inputs(pipeline.input_paths(), Path(pipeline.output.directory))
    store = Store(Path(pipeline.output.directory))
    moment = (now or datetime.now(UTC)).replace(microsecond=0)
    with explained(), store.locked(), store.scratch() as scratch:
        store.check_free([pipeline.dataset.id, *CATALOGUES])
        return _release(pipeline, store, scratch, moment, progress)


def _release(pipeline: Pipeline, store: Store, scratch: Path, moment: datetime, progress: Progress) -> Outcome:
    earlier = store.datasets().get(pipeline.dataset.id)
    before = read_manifest(earlier) if earlier else None
    corpus = merge(_convert(pipeline, scratch, progress), read_earlier(earlier / IDENTITIES if earlier else None))
    quality = Quality()
    tree = store.new_tree()
    try:
        latest = tree / pipeline.dataset.id / "latest"
        latest.mkdir(parents=True)
        with Mend(store.beside("quarantine"), pipeline.dataset.id, scratch) as mend:
            written, inputs_digest = _emit(pipeline, corpus, latest, quality, mend, progress)
            quarantine = mend.finish()
        written.append(write_identities(corpus, latest, earlier))
        if not quality.rows["documents"]:
            return Outcome(None, None, False, quality, quarantine)
        same = before is not None and before.data_digest == data_digest(written)
        written.append(keep_changes(latest, earlier) if same and earlier else write_changes(latest, earlier))
        manifest = describe(pipeline, store, written, quality, inputs_digest, before, moment)
        outcome = Outcome(store.root / pipeline.dataset.id / "latest", manifest.version, not same, quality, quarantine)
        if before is not None and same and before.catalogue == manifest.catalogue:
            return outcome
        verify_written(latest, written, dict(quality.rows))
        complete(store, tree, pipeline, manifest, before)
        store.switch(tree)
        return outcome
    finally:
        if store.current is None or store.current.name != tree.name:
            shutil.rmtree(tree, ignore_errors=True)


def _convert(pipeline: Pipeline, scratch: Path, progress: Progress) -> list[Path]:
    """Collect the inputs and turn them into part files, in processes as the pipeline says."""
    unpacked = scratch / "archives"
    unpacked.mkdir()
    files = collect(pipeline.input_paths(), unpacked, pipeline.limits)
    settings = Settings(pipeline.limits, frozenset(allowance.kind for allowance in pipeline.allow_personal))
    done = 0

    def converted(count: int) -> None:
        nonlocal done
        done += count
        progress("convert", done, len(files))

    return local.run(files, settings, scratch, pipeline.workers, converted)


def _emit(
    pipeline: Pipeline, corpus: Corpus, latest: Path, quality: Quality, mend: Mend, progress: Progress
) -> tuple[list[WrittenFile], str]:
    """Feed every writer in one ordered pass over the parts; returns the files and the digest of the inputs."""
    writers: list[Writer] = [ParquetWriter(latest, pipeline)]
    if pipeline.output.csv:
        writers.append(CsvWriter(latest, pipeline))
    if pipeline.output.rdf:
        writers.append(RdfWriter(latest, pipeline))
    if pipeline.output.workbook:
        writers.append(WorkbookWriter(latest, pipeline))
    out = Fanout(writers)
    inputs = sha256()
    for number, rows in enumerate(corpus.slices()):
        quality.add(rows)
        mend.add(rows)
        for source_id in rows["sources"]["source_id"].to_pylist() if "sources" in rows else ():
            inputs.update(source_id.encode())
        out.write(rows)
        progress("emit", min(number + 1, len(corpus.parts)), len(corpus.parts))
    written = out.finish()
    sink = Sink(latest, "quality.json")
    sink.write(quality.written())
    written.append(sink.report("application/json"))
    return written, inputs.hexdigest()
