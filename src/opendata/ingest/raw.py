"""Raw files: finding them under the inputs, in an order that depends on nothing but their names."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opendata.config import Limits
from opendata.errors import ConfigurationError
from opendata.ingest.archives import is_archive, unpack

JUNK = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})
"""Files that operating systems leave behind; with hidden files and Office locks (`~$…`) they are not disclosures."""


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file to read: the public relative path (with `/`; in an archive `archive!/member`) and where its bytes lie.

    `refused` names the rule by which ingest already refused it (a member of an archive that breaks a limit).
    """

    path: str
    location: str
    refused: str | None = None
    found: str = ""


def collect(inputs: tuple[Path, ...], scratch: Path, limits: Limits) -> list[RawFile]:
    """Return the raw files under all inputs in byte order of their paths. Archives are unpacked into `scratch`.

    With several inputs each path begins with the input's name, so that equal names stay apart.
    Raises ConfigurationError for an input that does not exist or two inputs of one name.
    """
    for path in inputs:
        if not path.exists():
            raise ConfigurationError(f"inputs: {path}: no such file or folder / 没有此文件或目录")
    names = [path.resolve().name for path in inputs]
    if len(set(names)) < len(names):
        twice = sorted({name for name in names if names.count(name) > 1})
        raise ConfigurationError(f"inputs: two inputs have one name / 输入重名: {', '.join(twice)}; rename one")
    found: list[RawFile] = []
    for path, name in zip(inputs, names, strict=True):
        prefix = f"{name}/" if len(inputs) > 1 and path.is_dir() else ""
        found += _under(path, prefix, scratch, limits)
    return sorted(found, key=lambda raw: os.fsencode(raw.path))


def _under(path: Path, prefix: str, scratch: Path, limits: Limits) -> Iterator[RawFile]:
    listing = _walk(str(path), prefix) if path.is_dir() else iter([(prefix + path.name, str(path))])
    for public, location in listing:
        if not is_archive(public):
            yield RawFile(public, location)
            continue
        target = scratch / f"archive-{len(os.listdir(scratch)):05d}"
        for member, place, refused, detail in unpack(Path(location), target, limits):
            yield RawFile(f"{public}!/{member}" if member else public, str(place), refused, detail)


def _walk(root: str, prefix: str) -> Iterator[tuple[str, str]]:
    pending = [(root, prefix)]
    while pending:
        folder, public = pending.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith((".", "~$")) or entry.name in JUNK:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append((entry.path, f"{public}{entry.name}/"))
                elif entry.is_file():
                    yield public + entry.name, entry.path
