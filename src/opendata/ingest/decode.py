"""Bytes to text: which encoding a file really has, whatever it declares. Pure functions of the bytes."""

import re
from dataclasses import dataclass

from opendata.errors import Unreadable

_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13})
_CONTROL_TO_SPACE = dict.fromkeys([*_CONTROL, 12, 127], " ")
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.I
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_GB = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file (line ends are `\\n`, no byte order mark) and the encoding that it was in.

    `declared` is the encoding that the file names, when it is not the one it has; `cut` tells that the last character is broken.
    """

    text: str
    encoding: str
    declared: str | None = None
    cut: bool = False


def decode(data: bytes) -> Decoded:
    """Decode a file: byte order mark, then strict UTF-8, then strict GB18030.

    Raises Unreadable with rule `empty`, `binary` or `undecodable` (with the offset of the first byte that does not fit).
    """
    if not data.strip():
        raise Unreadable("empty", f"{len(data)} bytes")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return Decoded(_tidy(_strict(data[len(mark) :], encoding), data), encoding, _disagrees(data, encoding))
    if b"\x00" in data:
        raise Unreadable("binary", "NUL byte", data.index(b"\x00"))
    try:
        return Decoded(_tidy(data.decode("utf-8"), data), "utf-8", _disagrees(data, "utf-8"))
    except UnicodeDecodeError as error:
        failure = error
    if failure.start > 0 and failure.start >= len(data) - 3 and failure.reason == "unexpected end of data":
        return Decoded(_tidy(data[: failure.start].decode("utf-8"), data), "utf-8", _disagrees(data, "utf-8"), cut=True)
    if _mostly_utf8(data):
        raise Unreadable("undecodable", f"byte 0x{data[failure.start]:02X}", failure.start)
    return _gb18030(data)


def _gb18030(data: bytes) -> Decoded:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        if error.start > 0 and error.start >= len(data) - 3 and error.reason.startswith("incomplete"):
            return Decoded(_tidy(data[: error.start].decode("gb18030"), data), "gb18030", None, cut=True)
        rule = "binary" if _looks_binary(data) else "undecodable"
        raise Unreadable(rule, f"byte 0x{data[error.start]:02X}", error.start) from None
    if _looks_binary(data):
        raise Unreadable("binary", "control characters", _first_control(data))
    return Decoded(_tidy(text, data), "gb18030", _disagrees(data, "gb18030"))


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("undecodable", f"byte 0x{data[error.start]:02X}", error.start) from None


def _mostly_utf8(data: bytes) -> bool:
    """Tell whether a file that is not valid UTF-8 was meant as such: then GB18030 would 'succeed' with garbage."""
    sample = data[:65536]
    beyond = sum(1 for byte in sample if byte >= 0x80)
    kept = len(sample.decode("utf-8", errors="ignore").encode("utf-8"))
    return beyond > 0 and (len(sample) - kept) < 0.1 * beyond


def _looks_binary(data: bytes) -> bool:
    sample = data[:65536]
    return len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) // 100


def _first_control(data: bytes) -> int:
    return next(index for index, byte in enumerate(data) if byte in _CONTROL)


def _tidy(text: str, data: bytes) -> str:
    """Make line ends one character, and control characters (which no output format can carry) spaces."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(data.translate(None, _CONTROL)) < len(data) or b"\x0c" in data or b"\x7f" in data:
        text = text.translate(_CONTROL_TO_SPACE)
    return text.removeprefix("\ufeff")


def _disagrees(data: bytes, actual: str) -> str | None:
    match = _DECLARED.search(data, 0, 4096)
    if match is None:
        return None
    declared = match.group(1).decode("ascii").lower()
    same = declared in _GB if actual == "gb18030" else declared.replace("_", "-") in (actual, actual.replace("-", ""))
    return None if same or (actual.startswith("utf-16") and declared == "utf-16") else declared
