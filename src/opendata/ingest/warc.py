"""WARC files (ISO 28500), plain and gzipped: the pages and documents that a crawl stored, each into a file of its own.

fastwarc stops at the first record that is not as it should be; here reading goes on at the next place where a record begins.
"""

import base64
import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import unquote, urlsplit

from fastwarc import ArchiveIterator, WarcRecord, WarcRecordType

from opendata.config import Limits
from opendata.ingest.budget import Budget
from opendata.ingest.names import printable
from opendata.ingest.warc_http import BROKEN, TooLarge, read_response

_TYPES = {
    "text/html": (".html", ".htm", ".shtml", ".xhtml"),
    "application/xhtml+xml": (".html", ".htm", ".shtml", ".xhtml"),
    "text/plain": (".txt", ".text", ".md"),
    "application/pdf": (".pdf",),
    "application/msword": (".doc", ".docx", ".wps"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.ms-excel": (".xls", ".xlsx"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx", ".xlsm"),
    "application/ofd": (".ofd",),
    "application/vnd.ofd": (".ofd",),
    "application/zip": (".zip",),
    "application/x-zip-compressed": (".zip",),
    "application/x-7z-compressed": (".7z",),
    "application/vnd.rar": (".rar",),
    "application/x-rar-compressed": (".rar",),
}
_UNTYPED = frozenset(
    ("", "application/octet-stream", "application/x-download", "application/force-download", "unknown/unknown")
)
_DOCUMENT = re.compile(r"\.(?:html?|shtml|xhtml|txt|md|pdf|docx?|wps|xlsx?|xlsm|ofd|mht|mhtml|zip|7z|rar)", re.I)
_HEAD_ROOM = 1 << 20
_MOST_RESTARTS = 100_000
_WANTED = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.revisit
_GZIP, _PLAIN = re.compile(rb"\x1f\x8b\x08"), re.compile(rb"WARC/1\.[01]\r?\n")
_LONGEST_MARK = 12


class Captured(NamedTuple):
    """A stored file: its name (from its address), where its bytes lie, its address, when it was captured (UTC), and the rule
    that refused it with what was found. What is refused has the WARC file itself as its place."""

    name: str
    place: Path
    url: str | None
    captured_at: datetime | None
    problem: str | None = None
    found: str = ""


def iter_warc(path: Path, target: Path, limits: Limits, budget: Budget | None = None) -> Iterator[Captured]:
    """Yield the documents of a WARC file, unpacked into `target` under plain numbers, and what stands in the way of others.

    Pictures, scripts, styles and other companions of pages are left out. Problems: `warc-record-broken`, `warc-revisit` (the page
    is stored elsewhere), `warc-status` (no success), `file-too-large`, `archive-limit`.
    """
    target.mkdir(parents=True, exist_ok=True)
    budget = budget or Budget(limits, path.stat().st_size)
    number = 0
    with path.open("rb") as handle:
        for captured, body in _captures(path, handle, limits):
            number += 1
            if not budget.take_member():
                yield Captured("", path, None, None, "archive-limit", budget.too_many_members())
                return
            if not budget.take(len(body)):
                yield Captured("", path, None, None, "archive-limit", budget.too_many_bytes())
                return
            if captured.problem is None:
                place = target / f"{number:07d}"
                place.write_bytes(body)
                captured = captured._replace(place=place)
            yield captured


def _captures(path: Path, handle: BinaryIO, limits: Limits) -> Iterator[tuple[Captured, bytes]]:
    """Yield what the records hold; after a broken one, go on where the next one begins."""
    magic = _GZIP if handle.read(2) == b"\x1f\x8b" else _PLAIN
    base = 0
    told = False
    for _ in range(_MOST_RESTARTS):
        handle.seek(base)
        last = 0
        problem = ""
        try:
            for record in ArchiveIterator(handle, record_types=WarcRecordType.any_type, parse_http=False):
                last = record.stream_pos
                told = False
                if record.record_type & _WANTED:
                    found = _capture(path, record, limits)
                    if isinstance(found, str):
                        problem = found
                        break
                    if found is not None:
                        yield found
        except BROKEN as error:
            problem = f"{error}"
        if not problem:
            if last == 0 and base == 0 and handle.seek(0, 2) == 0:
                yield Captured("", path, None, None, "warc-record-broken", "an empty file"), b""
            return
        if not told:
            yield (
                Captured("", path, None, None, "warc-record-broken", f"{printable(problem)} (at {max(last, base)})"),
                b"",
            )
            told = True
        following = _next(handle, max(last, base) + 1, magic)
        if following is None:
            return
        base = following
    yield Captured("", path, None, None, "warc-record-broken", f"given up after {_MOST_RESTARTS} breaks"), b""


def _next(handle: BinaryIO, start: int, mark: re.Pattern[bytes]) -> int | None:
    """Return where the next record may begin."""
    handle.seek(start)
    kept = b""
    while chunk := handle.read(1 << 20):
        window = kept + chunk
        match = mark.search(window)
        if match is not None:
            return start + match.start()
        kept = window[-_LONGEST_MARK:]
        start += len(window) - len(kept)
    return None


def _capture(path: Path, record: WarcRecord, limits: Limits) -> tuple[Captured, bytes] | str | None:
    """Return what a record holds, None for what is no document, or what is broken about it."""
    url = record.headers.get("WARC-Target-URI")
    url = printable(url.strip("<> ")) if url else None
    captured = Captured(url or "", path, url, _moment(record.headers.get("WARC-Date")))
    if record.record_type == WarcRecordType.revisit:
        first = record.headers.get("WARC-Refers-To-Date") or record.headers.get("WARC-Refers-To") or ""
        return captured._replace(problem="warc-revisit", found=printable(first)), b""
    most = limits.file_bytes + _HEAD_ROOM
    block = record.reader.read(min(record.content_length, most + 1))
    while len(block) < min(record.content_length, most + 1) and (more := record.reader.read(1 << 20)):
        block += more
    if len(block) > most:
        return captured._replace(problem="file-too-large", found=f"{record.content_length} bytes"), b""
    if len(block) < record.content_length:
        return f"{record.content_length} bytes announced, {len(block)} there"
    if not _is_whole(block, record.headers.get("WARC-Block-Digest")):
        return "the block does not have its digest"
    return _document(captured, record, block, limits)


def _document(captured: Captured, record: WarcRecord, block: bytes, limits: Limits) -> tuple[Captured, bytes] | None:
    kind = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    if record.record_type == WarcRecordType.resource:
        status, media_type, body = 200, kind, block
    elif kind in ("application/http", ""):
        try:
            status, media_type, body = read_response(block, limits.file_bytes)
        except TooLarge:
            return captured._replace(problem="file-too-large", found=f"> {limits.file_bytes} bytes"), b""
        except BROKEN as error:
            return captured._replace(problem="warc-record-broken", found=printable(f"{error}")), b""
    else:
        return None
    name = _name(captured.url or "", media_type)
    if name is None:
        return None
    captured = captured._replace(name=name)
    if not 200 <= status < 300:
        return captured._replace(problem="warc-status", found=str(status)), b""
    if len(body) > limits.file_bytes:
        return captured._replace(problem="file-too-large", found=f"{len(body)} bytes"), b""
    return captured, body


def _is_whole(block: bytes, digest: str | None) -> bool:
    """Tell whether a block has the SHA-1 or SHA-256 digest that its record gives, in base 32 or hexadecimal digits."""
    name, _, value = (digest or "").partition(":")
    name = name.strip().lower().replace("-", "")
    if name not in ("sha1", "sha256"):
        return True
    real = hashlib.new(name, block, usedforsecurity=False)
    value = value.strip().upper()
    base32 = base64.b32encode(real.digest()).decode()
    return value in (real.hexdigest().upper(), base32, base32.rstrip("="))


def _moment(value: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat((value or "").strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _name(url: str, media_type: str) -> str | None:
    """Return a name that ends as files of its type do: host and path of the address. None for what is no document."""
    try:
        parts = urlsplit(url)
        path, host = unquote(parts.path), parts.netloc.rpartition("@")[2]
    except ValueError:
        path, host = url, ""
    name = "/".join(piece for piece in printable(f"{host}/{path}").split("/") if piece not in ("", ".", "..")) or "page"
    if path.endswith("/") or not path:
        name += "/index"
    suffix = "." + name.rpartition("/")[2].rpartition(".")[2].lower()
    allowed = _TYPES.get(media_type)
    if allowed is None:
        is_document = media_type in _UNTYPED and path and _DOCUMENT.fullmatch(suffix)
        return name if is_document else None
    return name if suffix in allowed else name + allowed[0]
