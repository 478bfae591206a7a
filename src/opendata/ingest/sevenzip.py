"""7z archives, unpacked into a scratch folder within limits. Nothing is written outside it, links are refused."""

import lzma
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import py7zr
from py7zr.exceptions import ArchiveError, DecompressionBombError, PasswordRequired
from py7zr.io import MemIO, Py7zIO, WriterFactory

from opendata.config import Limits
from opendata.ingest.archives import Member
from opendata.ingest.budget import Budget
from opendata.ingest.names import is_junk, printable

_BROKEN = (
    ArchiveError,
    lzma.LZMAError,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    AssertionError,
    ArithmeticError,
    RuntimeError,
    NotImplementedError,
    MemoryError,
)
"""What the library raises for bytes that are not as they should be; it checks little before it believes them."""
_LARGEST_HEADER = 64 << 20
_LARGEST_DICTIONARY = 1 << 28
_SIGNATURE = b"7z\xbc\xaf\x27\x1c"


def unpack_7z(archive: Path, target: Path, limits: Limits, budget: Budget | None = None) -> Iterator[Member]:
    """Yield the files of an archive as `archives.unpack` does, unpacked into `target` under plain numbers.

    Members are in the order of the archive. Where its data cannot be read on, the members behind that place are yielded as broken.
    """
    target.mkdir(parents=True)
    size = archive.stat().st_size
    with archive.open(
        "rb"
    ) as handle:  # a handle, not a name: with a name the library unpacks in threads, in no fixed order
        try:
            _check_head(handle, size)
            container = py7zr.SevenZipFile(handle, "r")
        except PasswordRequired:
            yield "", archive, "archive-encrypted", "the list of members"
            return
        except _BROKEN as error:
            yield "", archive, "archive-broken", _said(error)
            return
        yield from _members(container, archive, target, budget or Budget(limits, size))


def _check_head(handle: BinaryIO, whole: int) -> None:
    """Refuse a header that claims more than memory should hold. The first 32 bytes give its size."""
    head = handle.read(32)
    handle.seek(0)
    if len(head) < 32 or head[:6] != _SIGNATURE:
        raise ValueError("no 7z signature")
    offset, size = struct.unpack("<QQ", head[12:28])
    if size > _LARGEST_HEADER or offset + size > whole:
        raise ValueError(f"a header of {size} bytes at {offset}")


def _members(container: py7zr.SevenZipFile, archive: Path, target: Path, budget: Budget) -> Iterator[Member]:
    try:
        files = [member for member in container.files if not member.is_directory]
        encrypted = container.needs_password()
        largest = _largest_dictionary(container)
        total = sum(member.uncompressed for member in files)
    except _BROKEN as error:
        yield "", archive, "archive-broken", _said(error)
        return
    if encrypted:
        yield "", archive, "archive-encrypted", f"{len(files)} members"
        return
    if len(files) > budget.members:
        yield "", archive, "archive-limit", budget.too_many_members()
        return
    if total > budget.left or largest > _LARGEST_DICTIONARY:
        yield (
            "",
            archive,
            "archive-limit",
            f"unpacks to {total} bytes with a window of {largest}; at most {budget.left}",
        )
        return
    budget.members -= len(files)
    unpacked = _Unpacked(target, budget)
    refused = {number: rule for number, member in enumerate(files) if (rule := _refusal(member, budget.file_bytes))}
    wanted = [number for number in range(len(files)) if number not in refused]
    failure = _extract(container, [(files[number].id, number) for number in wanted], unpacked)
    for number, member in enumerate(files):
        name = _public(member.filename)
        if any(is_junk(part) for part in name.split("/") if part != ".."):
            continue
        rule, found = refused.get(number), name if number in refused else ""
        if rule is None and number not in unpacked.complete:
            rule, found = failure or ("archive-broken", "the data ends before this member")
        yield name, unpacked.place(number), rule, found
    if failure is not None and failure[0] == "archive-limit":
        yield "", archive, *failure


def _extract(
    container: py7zr.SevenZipFile, wanted: list[tuple[int, int]], unpacked: "_Unpacked"
) -> tuple[str, str] | None:
    """Unpack members, given as (id, number); returns the rule that stopped it, if any.

    The library's own way by names refuses the whole archive for one member that leads out of it, and lets equal names collide.
    """
    try:
        worker = container.worker
        worker.max_extract_size = unpacked.budget.left
        for member, number in wanted:
            worker.register_filelike(member, MemIO(str(number), unpacked))
        worker.extract(container.fp, None, parallel=False)
    except (_Stop, DecompressionBombError):
        return "archive-limit", f"the archive {unpacked.budget.too_many_bytes()}"
    except PasswordRequired:
        return "archive-encrypted", "a member"
    except _BROKEN as error:
        return "archive-broken", _said(error)
    return None


class _Stop(Exception):
    """The archive unpacks to more than it may."""


class _Unpacked(WriterFactory):
    """Gives each member a file with its number for a name, and knows which are whole."""

    def __init__(self, target: Path, budget: Budget) -> None:
        self.target = target
        self.budget = budget
        self.complete: set[int] = set()

    def place(self, number: int) -> Path:
        """Return where a member's bytes lie."""
        return self.target / f"{number:07d}"

    def create(self, filename: str) -> Py7zIO:
        """Open the file of a member; its number is the name under which it was registered."""
        return _Out(int(filename), self)


class _Out(Py7zIO):
    """A file that the library writes a member to."""

    def __init__(self, number: int, unpacked: _Unpacked) -> None:
        self._number = number
        self._file = unpacked.place(number).open("wb")
        self._unpacked = unpacked
        self._size = 0

    def write(self, s: bytes | bytearray) -> int:
        """Write a piece. Raises _Stop when the archive has no bytes left to unpack to."""
        if not self._unpacked.budget.take(len(s)):
            self._file.close()
            raise _Stop
        self._size += len(s)
        return self._file.write(s)

    def read(self, size: int | None = None) -> bytes:
        """Nothing is read back."""
        return b""

    def seek(self, offset: int, whence: int = 0) -> int:
        """Stay where it is: the library rewinds what it has written."""
        return 0

    def flush(self) -> None:
        """Write what is buffered."""
        self._file.flush()

    def size(self) -> int:
        """Return the bytes written."""
        return self._size

    def close(self) -> None:
        """Close the file of a whole member."""
        self._file.close()
        self._unpacked.complete.add(self._number)


def _refusal(member: Any, file_bytes: int) -> str | None:
    name = member.filename
    if member.is_symlink or member.is_junction or member.is_socket or _escapes(name):
        return "archive-member-refused"
    return "file-too-large" if member.uncompressed > file_bytes else None


def _largest_dictionary(container: py7zr.SevenZipFile) -> int:
    """Return the largest window or model, in bytes, that unpacking would take memory for, as the coders' properties claim."""
    largest = 0
    streams = getattr(container.header, "main_streams", None)
    for folder in streams.unpackinfo.folders if streams is not None else []:
        for coder in folder.coders:
            method, properties = coder["method"], coder.get("properties") or b""
            if method == b"\x03\x01\x01" and len(properties) >= 5:  # LZMA
                largest = max(largest, int.from_bytes(properties[1:5], "little"))
            elif method == b"\x21" and properties:  # LZMA2
                bits = properties[0]
                largest = max(largest, (2 | (bits & 1)) << (bits // 2 + 11) if bits < 40 else 1 << 32)
            elif method == b"\x03\x04\x01" and len(properties) >= 5:  # PPMd
                largest = max(largest, int.from_bytes(properties[1:5], "little"))
    return largest


def _said(error: BaseException) -> str:
    return printable(str(error))[:200] or type(error).__name__


def _public(name: str) -> str:
    return "/".join(part for part in printable(name.replace("\\", "/")).split("/") if part not in ("", "."))


def _escapes(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0]
