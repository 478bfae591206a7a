"""The one pure function in the middle: `convert(raw files, settings) -> tables`. No clock, no network, no global state."""

import gc
import os
from collections.abc import Sequence
from hashlib import sha256

import pyarrow as pa

from opendata.check.rules import Finding
from opendata.convert.document import Settings, read_document
from opendata.convert.formats import recognise
from opendata.convert.tables import Tables
from opendata.errors import Unreadable
from opendata.ingest.raw import RawFile

__all__ = ["Settings", "convert"]


def convert(files: Sequence[RawFile], settings: Settings) -> dict[str, pa.Table]:
    """Turn raw files into tables in scratch form (see `convert.tables`), one row in `sources` for each file.

    What cannot be read is a row in `sources` with its reason, and a finding; it never raises for the sake of one file.
    """
    tables = Tables()
    enabled = gc.isenabled()
    gc.disable()  # rows are built by the ten thousand and hold no cycles
    try:
        for raw in files:
            _add(raw, tables, settings)
        return tables.tables()
    finally:
        if enabled:
            gc.enable()


def _add(raw: RawFile, tables: Tables, settings: Settings) -> None:
    data, problem = _load(raw, settings)
    source_id = sha256(data).hexdigest()
    media_type = "application/octet-stream"
    if problem is None:
        try:
            form = recognise(raw.path, data)
            media_type = form.media_type
            document = read_document(raw.path, data, source_id, settings, form)
        except Unreadable as refusal:
            problem = refusal
        else:
            document.fields.source_url = document.fields.source_url or raw.url
            doc = tables.add_document(document)
            url = raw.url or document.fields.source_url
            origin = (url, raw.captured_at, media_type, document.decoded.encoding)
            tables.add_source((source_id, raw.path, *origin, len(data), "published", None), doc)
            tables.add_findings(source_id, raw.path, doc, document.findings)
            return
    found = problem.found if problem.at is None else f"{problem.found} @ byte {problem.at}"
    origin = (raw.url, raw.captured_at, media_type, None)
    tables.add_source((source_id, raw.path, *origin, len(data), "quarantined", problem.rule), None)
    tables.add_findings(source_id, raw.path, None, [Finding(problem.rule, None, found)])


def _load(raw: RawFile, settings: Settings) -> tuple[bytes, Unreadable | None]:
    """Read the bytes of a file; one that ingest refused or that is too large is not read (its digest is that of no bytes)."""
    if raw.refused is not None:
        return b"", Unreadable(raw.refused, raw.found)
    try:
        with open(raw.location, "rb", buffering=0) as file:
            size = min(os.fstat(file.fileno()).st_size, settings.limits.file_bytes)
            data = file.read(size + 1)  # a buffer as large as the limit would cost more than the file
            if len(data) > size:
                data += file.read(settings.limits.file_bytes - size)  # it has grown, or its size is not told
    except OSError as error:
        return b"", Unreadable("unreadable-file", error.strerror or type(error).__name__)
    if len(data) > settings.limits.file_bytes:
        return data, Unreadable("file-too-large", f"> {settings.limits.file_bytes} bytes")
    return data, None
