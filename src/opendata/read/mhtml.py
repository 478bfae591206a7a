"""MHTML (RFC 2557), pages as browsers save them in one file: the main HTML part and the address it was saved from."""

import re
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.ingest.decode import decode

_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "unicode-1-1-utf-8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
}
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.I)
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What the standard library raises for messages that are not as they should be."""
_MOST_PARTS = 100_000


def read_mhtml(data: bytes, limits: Limits) -> tuple[str, str | None]:
    """Return the HTML of the page and its address, for `read_html`.

    The charset that the part names is used where the bytes fit it; else the bytes tell. Raises Unreadable `mhtml-broken`,
    `file-too-large`, or what `ingest.decode` raises.
    """
    if len(data) > limits.file_bytes:
        raise Unreadable("file-too-large", f"{len(data)} bytes")
    if data.count(b"\n--") > 2 * _MOST_PARTS:
        raise Unreadable("mhtml-broken", f"more than {_MOST_PARTS} parts")
    try:
        message = message_from_bytes(data.lstrip())
        part = _main_part(message)
        if part is None:
            raise Unreadable("mhtml-broken", "no HTML part")
        payload = part.get_payload(decode=True)
        charset = (part.get_content_charset() or "").lower()
        address = _address(message, part)
    except _BROKEN as error:
        raise Unreadable("mhtml-broken", f"{type(error).__name__}: {error}"[:200]) from None
    if not isinstance(payload, bytes) or not payload.strip():
        raise Unreadable("mhtml-broken", "the HTML part is empty")
    return _decoded(payload, charset), address


def _main_part(message: Message) -> Message | None:
    """Return the part that `start` names, else the first of HTML."""
    start = str(message.get_param("start") or "").strip("<> ")
    first = None
    for part in message.walk():
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        if not start or str(part.get("Content-ID", "")).strip("<> ") == start:
            return part
        first = first or part
    return first


def _address(message: Message, part: Message) -> str | None:
    for value in (
        part.get("Content-Location"),
        message.get("Snapshot-Content-Location"),
        message.get("Content-Location"),
    ):
        if value is not None and (match := _ADDRESS.fullmatch("".join(str(value).split()))):
            return match[0]
    return None


def _decoded(payload: bytes, charset: str) -> str:
    encoding = _ENCODINGS.get(charset)
    if encoding is not None:
        try:
            text = payload.decode(encoding)
        except UnicodeDecodeError:
            return decode(payload).text
        return _UNWANTED.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).removeprefix("\ufeff")
    return decode(payload).text
