"""The HTTP response in a WARC record: status, type and body, with its encodings undone within a limit."""

import io
import re
from typing import NamedTuple

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, ZstdReader

_CHUNK = 1 << 20
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_STATUS = re.compile(rb"HTTP/[0-9.]+ +([0-9]{3})")
BROKEN = (OSError, ValueError, EOFError, RuntimeError, OverflowError)
"""What the library raises for streams that are not as they should be."""


class Response(NamedTuple):
    """A response: status, media type (lower case, without parameters), body."""

    status: int
    media_type: str
    body: bytes


class TooLarge(Exception):
    """The body unpacks to more than is allowed."""


def read_response(block: bytes, most: int) -> Response:
    """Read a response. Raises ValueError or another of `BROKEN` for what is none, TooLarge beyond `most` bytes."""
    status = _STATUS.match(block)
    end = _HEAD_END.search(block)
    if status is None or end is None:
        raise ValueError("no HTTP response")
    headers: dict[str, str] = {}
    for line in block[: end.start()].split(b"\n")[1:]:
        name, _, value = line.decode("latin-1").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    body = block[end.end() :]
    if "chunked" in headers.get("transfer-encoding", "").lower() and re.match(rb"[0-9A-Fa-f]+[ \t]*[;\r\n]", body):
        body = _all(ChunkedReader(io.BytesIO(body)), most)
    for coding in reversed(headers.get("content-encoding", "").lower().split(",")):
        body = _uncoded(body, coding.strip(), most)
    if len(body) > most:
        raise TooLarge
    return Response(int(status[1]), headers.get("content-type", "").partition(";")[0].strip().lower(), body)


def _uncoded(body: bytes, coding: str, most: int) -> bytes:
    """Undo a content coding. Many crawlers store the body plain and keep the header: then the first bytes say so."""
    if coding in ("gzip", "x-gzip"):
        return _all(GzipReader(io.BytesIO(body)), most) if body.startswith(b"\x1f\x8b") else body
    if coding == "deflate":
        is_zlib = len(body) > 1 and body[0] & 15 == 8 and int.from_bytes(body[:2]) % 31 == 0
        return _all(GzipReader(io.BytesIO(body), zlib=True), most) if is_zlib else body
    if coding == "zstd":
        return _all(ZstdReader(io.BytesIO(body)), most) if body.startswith(b"\x28\xb5\x2f\xfd") else body
    if coding == "br":
        return body if body.lstrip()[:1] == b"<" else _all(BrotliReader(io.BytesIO(body)), most)
    if coding in ("", "identity"):
        return body
    raise ValueError(f"content encoding {coding[:20]}")


def _all(reader: GzipReader | ChunkedReader | ZstdReader | BrotliReader, most: int) -> bytes:
    parts = []
    size = 0
    while part := reader.read(_CHUNK):
        size += len(part)
        if size > most:
            raise TooLarge
        parts.append(part)
    return b"".join(parts)
