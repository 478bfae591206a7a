"""Raw files: finding them under the inputs, in an order that depends on nothing but their names."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from pathlib import Path

from opendata.config import Limits
from opendata.errors import ConfigurationError
from opendata.ingest.containers import Kind, container_kind, contents
from opendata.ingest.names import is_junk, printable


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file to read: the public relative path (with `/`; in an archive `archive!/member`) and where its bytes lie.

    `path` is printable Unicode whatever the name's bytes are. `refused` names the rule by which ingest already refused the file.
    A crawl tells the address and the time (UTC) of capture.
    """

    path: str
    location: str
    refused: str | None = None
    found: str = ""
    url: str | None = None
    captured_at: datetime | None = None


def collect(inputs: tuple[Path, ...], scratch: Path, limits: Limits) -> list[RawFile]:
    """Return the raw files under all inputs in byte order of their paths. Archives are unpacked into `scratch`.

    With several inputs each path begins with the input's name, so that equal names stay apart. Links to folders are not
    followed; they, broken links and what is no file are yielded as refused.
    Raises ConfigurationError for an input that does not exist or two inputs of one name.
    """
    check_inputs(inputs)
    numbers = count()
    found: list[RawFile] = []
    for path in inputs:
        prefix = f"{printable(_name(path))}/" if len(inputs) > 1 and path.is_dir() else ""
        for raw in _listing(path, prefix):
            kind = container_kind(raw.path, Path(raw.location)) if raw.refused is None else None
            if kind is None:
                found.append(raw)
            else:
                found += _members(raw, kind, scratch / f"archive-{next(numbers):05d}", limits)
    found.sort(key=lambda raw: (raw.path.encode(), os.fsencode(raw.location)))
    return _told_apart(found)


def check_inputs(inputs: tuple[Path, ...], output: Path | None = None) -> None:
    """Check what is to be read, and that it lies apart from where is written.

    Raises ConfigurationError with all that is wrong: inputs that do not exist, two of one name, an output folder that is a file, or
    one that an input holds or lies in.
    """
    problems = [f"inputs: {path}: no such file or folder / 没有此文件或目录" for path in inputs if not path.exists()]
    names = [_name(path) for path in inputs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        problems.append(f"inputs: two inputs have one name / 输入重名: {', '.join(twice)}; rename one / 请改名")
    if output is not None:
        if output.exists() and not output.is_dir():
            problems.append(f"output.directory: {output}: is a file, not a folder / 是文件而非目录")
        target = output.resolve()
        for path in inputs:
            source = path.resolve()
            if target == source or source in target.parents or target in source.parents:
                problems.append(
                    f"inputs: {path}: must lie apart from the output folder / 不可与输出目录互相包含: {output}"
                )
    if problems:
        raise ConfigurationError("\n  ".join(problems))


def _name(path: Path) -> str:
    """Return the name of an input as it was given; links keep theirs."""
    return os.path.basename(os.path.abspath(path))


def _told_apart(found: list[RawFile]) -> list[RawFile]:
    """Give files whose printable paths are equal (two members of one name, two spellings in bytes) a number each."""
    if len({raw.path for raw in found}) == len(found):
        return found
    seen: dict[str, int] = {}
    apart = []
    for raw in found:
        number = seen[raw.path] = seen.get(raw.path, 0) + 1
        apart.append(raw if number == 1 else replace(raw, path=f"{raw.path} ({number})"))
    return apart


def _members(archive: RawFile, kind: Kind, target: Path, limits: Limits) -> Iterator[RawFile]:
    for member in contents(Path(archive.location), kind, target, limits):
        path = f"{archive.path}!/{member.name}" if member.name else archive.path
        yield RawFile(path, str(member.place), member.refused, member.found, member.url, member.captured_at)


def _listing(path: Path, prefix: str) -> Iterator[RawFile]:
    if path.is_dir():
        return _walk(str(path), prefix)
    problem = None if path.is_file() else "neither a file nor a folder"
    return iter([RawFile(prefix + printable(path.name), str(path), "not-a-file" if problem else None, problem or "")])


def _walk(root: str, prefix: str) -> Iterator[RawFile]:
    """Yield the files below a folder. The stack is our own: trees may nest deeper than Python's."""
    pending = [(root, prefix)]
    while pending:
        folder, public = pending.pop()
        try:
            with os.scandir(folder) as entries:
                listed = list(entries)
        except OSError as error:
            yield RawFile(public or ".", folder, "unreadable-file", error.strerror or type(error).__name__)
            continue
        for entry in listed:
            if is_junk(entry.name):
                continue
            name = public + printable(entry.name)
            if entry.is_dir(follow_symlinks=False):
                pending.append((entry.path, name + "/"))
            elif problem := _refusal(entry):
                yield RawFile(name, entry.path, "not-a-file", problem)
            else:
                yield RawFile(name, entry.path)


def _refusal(entry: os.DirEntry[str]) -> str | None:
    """Tell why an entry that is no folder cannot be read as a file."""
    try:
        if entry.is_file():
            return None
        if entry.is_symlink():
            return "a link to a folder" if entry.is_dir() else "a link that leads nowhere"
    except OSError as error:
        return error.strerror or type(error).__name__
    return "a pipe, socket or device"
