"""Zip and tar archives, unpacked into a scratch folder within limits. Nothing is written outside it, links are refused."""

import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import IO, Literal, NamedTuple

from opendata.ingest.budget import Budget
from opendata.ingest.names import is_junk, printable, read_name

Member = tuple[str, Path, str | None, str]
"""Member's name (empty for the archive itself), where its bytes lie, the rule that refused it, and what was found."""

_CHUNK = 1 << 20
_LONGEST_HEADER = 1 << 20
BROKEN = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    LookupError,
    OverflowError,
    RuntimeError,
    NotImplementedError,
    TypeError,
    ValueError,
)
"""What the two libraries raise for bytes that are not as they should be."""


def unpack(archive: Path, kind: Literal["zip", "tar"], target: Path, budget: Budget) -> Iterator[Member]:
    """Yield the files of an archive, unpacked into `target` under plain numbers.

    A member that breaks a limit or is broken is yielded with the rule; where the archive itself cannot be read on, it is yielded
    with the rule, and what stands behind that place is lost. Archives within it are files like others; hidden files are left out.
    """
    target.mkdir(parents=True)
    members = _zip(archive) if kind == "zip" else _tar(archive)
    for number in count():
        try:
            member = next(members, None)
        except BROKEN as error:
            yield "", archive, "archive-broken", _said(error)
            return
        if member is None:
            return
        if not budget.take_member():
            yield "", archive, "archive-limit", budget.too_many_members()
            return
        if any(is_junk(part) for part in member.name.split("/") if part != "..") and member.rule is None:
            continue
        place = target / f"{number:07d}"
        rule, found = _unpack_member(member, place, budget)
        yield member.name, place, rule, found
        if budget.spent:
            yield "", archive, "archive-limit", budget.too_many_bytes()
            return


class _Opened(NamedTuple):
    """A member: its name, how to open it, and the rule that refuses it unopened."""

    name: str
    open: Callable[[], IO[bytes] | None]
    rule: str | None


def _unpack_member(member: _Opened, place: Path, budget: Budget) -> tuple[str | None, str]:
    if member.rule is not None:
        return member.rule, member.name
    try:
        stream = member.open()
    except BROKEN as error:
        return "archive-broken", _said(error)
    if stream is None:
        return "archive-member-refused", member.name
    with stream, place.open("wb") as out:
        return _copy(stream, out, budget)


def _said(error: BaseException) -> str:
    return printable(str(error)) or type(error).__name__


def _copy(stream: IO[bytes], out: IO[bytes], budget: Budget) -> tuple[str | None, str]:
    """Copy a member; returns the rule that it breaks, if any, and what was found. A full disk is the caller's error."""
    size = 0
    while True:
        try:
            chunk = stream.read(_CHUNK)
        except BROKEN as error:
            return "archive-broken", _said(error)
        if not chunk:
            return None, ""
        size += len(chunk)
        if not budget.take(len(chunk)):
            return "archive-limit", f"the archive {budget.too_many_bytes()}"
        if size > budget.file_bytes:
            return "file-too-large", f"> {budget.file_bytes} bytes"
        out.write(chunk)


def _zip(archive: Path) -> Iterator[_Opened]:
    with zipfile.ZipFile(archive) as container:
        for info in container.infolist():
            if info.is_dir():
                continue
            name = _zip_name(info)
            rule = None
            if _escapes(name) or (info.external_attr >> 28) == 0xA:
                rule = "archive-member-refused"
            elif info.flag_bits & 1:
                rule = "archive-encrypted"
            yield _Opened(_public(name), lambda info=info: container.open(info), rule)  # type: ignore[misc]


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name. Without the UTF-8 flag, Chinese tools write GB18030, which the library reads as CP437."""
    name = info.filename
    if not info.flag_bits & 0x800:
        name = read_name(name.encode("cp437", errors="replace"))
    return name.replace("\\", "/")


class _TarMember(tarfile.TarInfo):
    """A member whose extended header is not read into memory beyond reason: it may claim any size."""

    def _proc_member(self, container: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type not in tarfile.SUPPORTED_TYPES or self.type in _EXTENDED:
            self._refuse_long_header()
        return super()._proc_member(container)  # type: ignore[misc, no-any-return]

    def _refuse_long_header(self) -> None:
        if self.size > _LONGEST_HEADER:
            raise tarfile.ReadError(f"extended header of {self.size} bytes")


_EXTENDED = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)


def _tar(archive: Path) -> Iterator[_Opened]:
    with tarfile.open(archive, "r|*", tarinfo=_TarMember) as container:
        for info in container:
            if info.isdir():
                continue
            rule = "archive-member-refused" if not info.isreg() or _escapes(info.name) else None
            yield _Opened(_public(info.name), lambda info=info: container.extractfile(info), rule)  # type: ignore[misc]


def _public(name: str) -> str:
    return "/".join(part for part in printable(name).split("/") if part not in ("", "."))


def _escapes(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]
