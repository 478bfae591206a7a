"""The manifest: what a release holds, file by file; catalogue and `verify` work from it alone."""

import json
from collections.abc import Iterable, Sequence
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
OF_THE_STEP = frozenset({"changes.parquet"})
"""Files that tell of the step from one version to the next: they are no part of what makes two releases the same."""


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

    `data_digest` is over the digests of all files but those OF_THE_STEP; equal digests are the same release.
    `inputs_digest` is over the digests of the raw files in their order.
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
        """Return the manifest as the JSON that the release carries, with a seal: SHA-256 over all of it but the seal."""
        content = self.model_dump(mode="json")
        return _json({**content, "seal": _seal(content)})


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _seal(content: dict[str, Any]) -> str:
    return sha256(_json(content).encode()).hexdigest()


def is_sealed(folder: Path) -> bool:
    """Tell whether not one byte of the manifest in `folder` has changed since it was written."""
    data = (folder / NAME).read_bytes()
    try:
        content = json.loads(data)
    except ValueError:
        return False
    if not isinstance(content, dict):
        return False
    seal = content.pop("seal", None)
    return seal == _seal(content) and _json({**content, "seal": seal}).encode() == data


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
    entries = [
        FileEntry(
            path=file.path,
            media_type=file.media_type,
            bytes=file.byte_count,
            sha256=file.sha256,
            sha512=file.sha512,
            rows=dict(file.tables),
        )
        for file in sorted(files, key=lambda one: one.path)
    ]
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


def data_digest(files: Sequence[WrittenFile | FileEntry]) -> str:
    """Return one digest over the paths and digests of all files of a release but the manifest and those OF_THE_STEP."""
    digest = sha256()
    for file in sorted(files, key=lambda one: one.path):
        if file.path not in OF_THE_STEP:
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


def next_version(taken: Iterable[str], today: str) -> str:
    """Return the name of a new version: the day, then `.2`, `.3` … on the same day.

    It is later than all names of that day in `taken`: old versions are cleared away, and their names never come back.
    """
    numbers = [number for day, number in map(version_key, taken) if day == today]
    return f"{today}.{max(numbers) + 1}" if numbers else today


def version_key(name: str) -> tuple[str, int]:
    """Return what puts versions into the order in which they were made."""
    day, _, number = name.partition(".")
    return day, int(number or 1)
