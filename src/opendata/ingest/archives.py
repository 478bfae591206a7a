"""Zip and tar archives, unpacked into a scratch folder within limits. Nothing is written outside it, links are refused."""

import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from opendata.config import Limits

SUFFIXES = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")

Member = tuple[str, Path, str | None, str]
"""Member's name (empty for the archive itself), where its bytes lie, the rule that refused it, and what was found."""

_CHUNK = 1 << 20


def is_archive(name: str) -> bool:
    """Tell by the name whether a file is an archive that is to be opened."""
    return name.lower().endswith(SUFFIXES)


def unpack(archive: Path, target: Path, limits: Limits) -> Iterator[Member]:
    """Yield the files of an archive, unpacked into `target` under plain numbers.

    A member that breaks a limit is yielded with the rule; what stands after a broken place in the archive is lost,
    and the archive itself is yielded with the rule then. Nested archives are refused as unsupported.
    """
    target.mkdir(parents=True)
    budget = _Budget(limits, archive.stat().st_size)
    try:
        members = _zip(archive) if archive.name.lower().endswith(".zip") else _tar(archive)
        for number, (name, stream, problem) in enumerate(members):
            if number >= limits.archive_members:
                yield "", archive, "archive-limit", f"more than {limits.archive_members} members"
                return
            place = target / f"{number:07d}"
            if problem is None and stream is not None:
                problem = budget.copy(stream, place)
            if problem is not None:
                place.write_bytes(b"")
            yield name, place, problem, name if problem else ""
            if budget.spent:
                yield "", archive, "archive-limit", f"unpacks to more than {budget.most} bytes"
                return
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
        ValueError,
    ) as error:
        yield "", archive, "archive-broken", str(error)


class _Budget:
    """Bytes that an archive may unpack to: an absolute limit, and a ratio to its own size against bombs."""

    def __init__(self, limits: Limits, size: int) -> None:
        self.most = min(limits.archive_bytes, max(size * limits.archive_ratio, 1 << 20))
        self.file_bytes = limits.file_bytes
        self.left = self.most
        self.spent = False

    def copy(self, stream: IO[bytes], place: Path) -> str | None:
        size = 0
        with place.open("wb") as out:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                self.left -= len(chunk)
                if self.left < 0:
                    self.spent = True
                    return "archive-limit"
                if size > self.file_bytes:
                    return "file-too-large"
                out.write(chunk)
        return None


_Opened = tuple[str, IO[bytes] | None, str | None]


def _zip(archive: Path) -> Iterator[_Opened]:
    with zipfile.ZipFile(archive) as container:
        for info in container.infolist():
            if info.is_dir():
                continue
            name = _zip_name(info)
            if _escapes(name) or (info.external_attr >> 28) == 0xA:
                yield name, None, "archive-member-refused"
            elif info.flag_bits & 1:
                yield name, None, "archive-encrypted"
            else:
                with container.open(info) as stream:
                    yield name, stream, None


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name. Without the UTF-8 flag, Chinese tools write GB18030, which the library reads as CP437."""
    if info.flag_bits & 0x800:
        return info.filename
    raw = info.filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _tar(archive: Path) -> Iterator[_Opened]:
    with tarfile.open(archive, "r|*") as container:
        for info in container:
            if info.isdir():
                continue
            if not info.isreg() or _escapes(info.name):
                yield info.name, None, "archive-member-refused"
            else:
                yield info.name, container.extractfile(info), None


def _escapes(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]
