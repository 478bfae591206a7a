"""The manifest: what a release holds, file by file; catalogue and `verify` work from it alone."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from opendata import __version__
from opendata.emit.sink import WrittenFile
from opendata.errors import ReleaseError
from opendata.model.columns import SCHEMA_VERSION

NAME = "manifest.json"


class FileEntry(BaseModel):
    """One file of a release; `rows` maps the tables in it to their numbers of rows."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    path: str
    media_type: str
    bytes: int
    sha256: str
    sha512: str
    rows: dict[str, int] = {}


class Manifest(BaseModel):
    """A release: its version, what it was made from and with, and its files.

    `data_digest` is over the digests of all files; equal digests are the same release. `inputs_digest` is over the
    digests of the raw files.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    schema_version: str
    dataset: str
    version: str
    issued: datetime
    modified: datetime
    code_version: str
    inputs_digest: str
    data_digest: str
    rows: dict[str, int]
    files: tuple[FileEntry, ...]
    catalogue: dict[str, Any]

    def written(self) -> str:
        """Return the manifest as the JSON that the release carries."""
        return json.dumps(self.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"


def make_manifest(
    dataset: str,
    files: Sequence[WrittenFile],
    rows: dict[str, int],
    inputs_digest: str,
    *,
    version: str,
    issued: datetime,
    modified: datetime,
    catalogue: dict[str, Any],
) -> Manifest:
    """Return the manifest of a release that has been written."""
    entries = []
    for file in sorted(files, key=lambda one: one.path):
        known = asdict(file)
        entries.append(
            FileEntry(
                path=file.path,
                media_type=file.media_type,
                bytes=file.byte_count,
                sha256=known["sha256"],
                sha512=known["sha512"],
                rows=dict(file.tables),
            )
        )
    return Manifest(
        schema_version=SCHEMA_VERSION,
        dataset=dataset,
        version=version,
        issued=issued,
        modified=modified,
        code_version=__version__,
        inputs_digest=inputs_digest,
        data_digest=data_digest(files),
        rows=rows,
        files=tuple(entries),
        catalogue=catalogue,
    )


def data_digest(files: Sequence[WrittenFile]) -> str:
    """Return one digest over the paths and digests of all files of a release but the manifest."""
    digest = sha256()
    for file in sorted(files, key=lambda one: one.path):
        digest.update(f"{file.path}\0{file.sha256}\n".encode())
    return digest.hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of the release in `folder`. Raises ReleaseError when it is missing or not a manifest."""
    path = folder / NAME
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except OSError as error:
        raise ReleaseError(f"{path}: cannot be read / 无法读取: {error.strerror}") from error
    except ValidationError as error:
        raise ReleaseError(
            f"{path}: not a manifest of this schema / 不是有效的清单: {error.errors()[0]['msg']}"
        ) from error


def next_version(taken: Sequence[str], today: str) -> str:
    """Return the name of a new version: the day, then `.2`, `.3` … on the same day."""
    if today not in taken:
        return today
    number = 2
    while f"{today}.{number}" in taken:
        number += 1
    return f"{today}.{number}"
