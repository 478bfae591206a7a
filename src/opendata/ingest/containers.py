"""Files that hold files: which kind one is, by its content first, and all that it holds, archives in archives to a limit."""

import bz2
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, Literal, NamedTuple

from opendata.config import Limits
from opendata.ingest.archives import BROKEN, unpack
from opendata.ingest.budget import Budget

Kind = Literal["zip", "tar", "7z", "warc"]

EXTRA = "pip install 'opendata[formats]'"
"""How to install the libraries that formats beyond text, HTML, Word, workbooks, zip and tar need."""

_SUFFIXES: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("zip", (".zip",)),
    ("tar", (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")),
    ("7z", (".7z",)),
    ("warc", (".warc", ".warc.gz")),
)
_TEXT = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".shtml", ".xhtml")
"""Not even opened to see whether they are archives: they are what there are millions of."""
_ZIP, _SEVEN, _WARC = (b"PK\x03\x04", b"PK\x05\x06"), b"7z\xbc\xaf\x27\x1c", b"WARC/1."
_PACKED: dict[bytes, Any] = {b"\x1f\x8b": gzip.GzipFile, b"BZh": bz2.BZ2File, b"\xfd7zXZ": lzma.LZMAFile}
_HEAD = 512
_NEEDED: dict[Kind, str] = {"7z": "py7zr", "warc": "fastwarc"}


class Found(NamedTuple):
    """A file in a container: its name (empty for the container itself), where its bytes lie, the rule that refused it and what was
    found, and for a crawl the address and the time (UTC) of capture."""

    name: str
    place: Path
    refused: str | None = None
    found: str = ""
    url: str | None = None
    captured_at: datetime | None = None


def named_container(name: str) -> Kind | None:
    """Tell by the name alone which kind of container a file would be."""
    lower = name.lower()
    return next((kind for kind, suffixes in _SUFFIXES if lower.endswith(suffixes)), None)


def container_kind(name: str, path: Path) -> Kind | None:
    """Tell by the first bytes, then by the name, whether a file holds files; None for a document.

    Office and OFD files are zips, but documents whatever they are called.
    """
    if name.lower().endswith(_TEXT):
        return None
    named = named_container(name)
    try:
        with path.open("rb", buffering=0) as file:
            head = file.read(_HEAD)
    except OSError:
        return named  # whoever reads it says what is wrong with it
    if head.startswith(_ZIP):
        return "zip" if zip_document(path) is None and (named or _is_whole_zip(path)) else None
    if head.startswith(_SEVEN):
        return "7z"
    return _unpacked_kind(head) or _packed_kind(head, path) or named


def zip_document(file: Path | IO[bytes]) -> Literal["docx", "xlsx", "ofd", "other"] | None:
    """Tell which document a zip is, `other` for packages that no reader here knows (slides, e-books); None for an archive.

    A broken zip is None as well.
    """
    try:
        with zipfile.ZipFile(file) as container:
            names = {name.replace("\\", "/").lstrip("/").lower() for name in container.namelist()}
    except BROKEN:
        return None
    if "ofd.xml" in names:
        return "ofd"
    if "[content_types].xml" in names or "_rels/.rels" in names:
        if any(name.startswith("word/document") and name.endswith(".xml") for name in names):
            return "docx"
        return "xlsx" if any(name.startswith("xl/workbook") and name.endswith(".xml") for name in names) else "other"
    return "other" if "mimetype" in names else None


def contents(archive: Path, kind: Kind, target: Path, limits: Limits) -> Iterator[Found]:
    """Yield all files in a container, unpacked below `target`; those of containers within it as `inner.zip!/name`."""
    yield from _contents(archive, kind, target, limits, Budget(limits, archive.stat().st_size), limits.nested_archives)


def _contents(archive: Path, kind: Kind, target: Path, limits: Limits, budget: Budget, depth: int) -> Iterator[Found]:
    for member in _members(archive, kind, target, limits, budget):
        inner = container_kind(member.name, member.place) if member.name and member.refused is None else None
        if inner is None:
            yield member
        elif not depth:
            yield member._replace(refused="nested-archive", found=member.name)
        else:
            below = member.place.with_name(member.place.name + "-in")
            for one in _contents(member.place, inner, below, limits, budget, depth - 1):
                yield one._replace(
                    name=f"{member.name}!/{one.name}" if one.name else member.name,
                    url=one.url or member.url,
                    captured_at=one.captured_at or member.captured_at,
                )


def _members(archive: Path, kind: Kind, target: Path, limits: Limits, budget: Budget) -> Iterator[Found]:
    needed = _NEEDED.get(kind)
    if needed is not None and find_spec(needed) is None:
        yield Found("", archive, "unsupported-format", f"{kind}: {EXTRA}")
    elif kind == "warc":
        from opendata.ingest.warc import iter_warc

        for captured in iter_warc(archive, target, limits, budget):
            name, place, url, moment, rule, found = captured
            yield Found(name, place, rule, found, url, moment)
    elif kind == "7z":
        from opendata.ingest.sevenzip import unpack_7z

        for member in unpack_7z(archive, target, limits, budget):
            yield Found(*member)
    else:
        for member in unpack(archive, kind, target, budget):
            yield Found(*member)


def _unpacked_kind(head: bytes) -> Kind | None:
    if head.startswith(_WARC):
        return "warc"
    return "tar" if head[257:262] == b"ustar" else None


def _packed_kind(head: bytes, path: Path) -> Kind | None:
    """Look into what is compressed: a crawl, a tar, or a single file (None)."""
    for magic, opened in _PACKED.items():
        if head.startswith(magic):
            try:
                with opened(path) as stream:
                    return _unpacked_kind(stream.read(_HEAD))
            except (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError):
                return None
    return None


def _is_whole_zip(path: Path) -> bool:
    """Tell whether a zip that is not called one has a directory; a cut Office file is for its reader to refuse."""
    return zipfile.is_zipfile(path)
