"""Bytes to text: which encoding a file really has, whatever it declares. Pure functions of the bytes."""

import re
from dataclasses import dataclass

from opendata.errors import Unreadable
from opendata.ingest.guesses import BIG5, bare_utf16, is_big5

_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13})
_STRAY = _CONTROL + b"\x0c\x7f"
_NO_CONTROL = dict.fromkeys(_CONTROL)
_HIGH = bytes(range(128, 256))
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_COMMON_GB = re.compile(rb"(?:[\x00-\x7f]|[\xb0-\xd7][\xa1-\xfe])*+")
"""Possessive: a large file must not leave a place to come back to for each of its characters."""
_BEYOND_LATIN = re.compile(rb"[\xc4-\xd7]")
_IDEOGRAPH = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_INCOMPLETE = ("unexpected end of data", "incomplete multibyte", "truncated data")
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.I
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_GB = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "cp936"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file (line ends are `\\n`, no byte order mark) and the encoding that it was in (None for binary formats).

    `declared` is the encoding that the file names, when it is not the one it has; `cut` tells that the last character is broken.
    """

    text: str
    encoding: str | None
    declared: str | None = None
    cut: bool = False


def decode(data: bytes) -> Decoded:
    """Decode a file: byte order mark, then strict UTF-8, then strict GB18030 or Big5, whichever gives words.

    UTF-16 without a byte order mark is told by its NUL bytes, where it plainly is text. A last character that is cut is left out.
    Raises Unreadable with rule `empty`, `binary` or `undecodable` (with the offset of the first byte that does not fit).
    """
    if not data.strip():
        raise Unreadable("empty", f"{len(data)} bytes")
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _marked(data, len(mark), encoding)
    if b"\x00" in data:
        order = bare_utf16(data)
        if order is not None:
            return _marked(data, 0, order)
        raise Unreadable("binary", "NUL byte", data.index(b"\x00"))
    controls = _controls(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        failure = error
    else:
        if is_gb_by_chance(data):
            return Decoded(_tidy(data.decode("gb18030"), controls), "gb18030", _disagrees(data, "gb18030"))
        return Decoded(_tidy(text, controls), "utf-8", _disagrees(data, "utf-8"))
    if _is_cut(failure, data):
        return Decoded(
            _tidy(data[: failure.start].decode("utf-8"), controls), "utf-8", _disagrees(data, "utf-8"), cut=True
        )
    if _mostly_utf8(data):
        raise Unreadable("undecodable", f"byte 0x{data[failure.start]:02X}", failure.start)
    return _double_byte(data, controls)


def _double_byte(data: bytes, controls: bool) -> Decoded:
    """Decode a file in one of the two double-byte encodings, which share most of their bytes."""
    problem = None
    text, cut = "", False
    try:
        text, cut = _strict(data, "gb18030", 0)
    except Unreadable as refusal:
        problem = refusal
    declared = _DECLARED.search(data, 0, 4096)
    if is_big5(data, text, declared[1].decode("ascii").lower() if declared else None):
        for codec in ("big5hkscs", "cp950"):
            try:
                text, cut = _strict(data, codec, 0)
            except Unreadable:
                continue
            return Decoded(_tidy(text, controls), "big5", _disagrees(data, "big5"), cut)
    if problem is not None:
        raise problem
    return Decoded(_tidy(text, controls), "gb18030", _disagrees(data, "gb18030"), cut)


def _marked(data: bytes, start: int, encoding: str) -> Decoded:
    """Decode a file that begins with a byte order mark of `start` bytes."""
    text, cut = _strict(data[start:], encoding, start)
    if not text.strip():
        raise Unreadable("empty", f"{len(data)} bytes, a byte order mark and no text")
    controls = len(text) - len(text.translate(_NO_CONTROL))
    if "\x00" in text or controls > len(text) // 100:
        raise Unreadable("binary", f"control characters behind a mark of {encoding.upper()}", start)
    return Decoded(_tidy(text, True), encoding, _disagrees(data, encoding), cut)


def _strict(data: bytes, encoding: str, shift: int) -> tuple[str, bool]:
    """Return the text and whether its last character was cut. `shift` is how many bytes of the file stand before `data`."""
    try:
        return data.decode(encoding), False
    except UnicodeDecodeError as error:
        if _is_cut(error, data):
            return data[: error.start].decode(encoding), True
        raise Unreadable("undecodable", f"byte 0x{data[error.start]:02X}", error.start + shift) from None


def _is_cut(error: UnicodeDecodeError, data: bytes) -> bool:
    """Tell whether what does not decode is the beginning of a character at the very end."""
    return error.start > 0 and error.start >= len(data) - 3 and error.reason.startswith(_INCOMPLETE)


def is_gb_by_chance(data: bytes) -> bool:
    """Tell whether bytes that are valid UTF-8 are so by chance: 通知 in GB18030 is also two letters of other scripts.

    True only where every character beyond ASCII would be a common one (first level of GB 2312), which words in Cyrillic, Arabic or
    accented Latin letters do not happen to give.
    """
    if data.isascii() or _COMMON_GB.fullmatch(data) is None:
        return False
    return _BEYOND_LATIN.search(data) is not None


def _mostly_utf8(data: bytes) -> bool:
    """Tell whether a file that is not valid UTF-8 was meant as such: then GB18030 would 'succeed' with garbage."""
    sample = data[:65536]
    beyond = len(sample) - len(sample.translate(None, _HIGH))
    text = sample.decode("utf-8", errors="ignore")
    return _IDEOGRAPH.search(text) is not None and (len(sample) - len(text.encode("utf-8"))) < 0.1 * beyond


def _controls(data: bytes) -> bool:
    """Tell whether there are bytes of control characters. Raises Unreadable where there are more than one in a hundred."""
    if len(data.translate(None, _STRAY)) == len(data):
        return False
    sample = data[:65536]
    if len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) // 100:
        first = next(index for index, byte in enumerate(sample) if byte in _CONTROL)
        raise Unreadable("binary", "control characters", first)
    return True


def _tidy(text: str, controls: bool) -> str:
    """Make line ends one character, and control characters (which no output format can carry) spaces."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if controls or "\ufffe" in text or "\uffff" in text:
        text = _UNWANTED.sub(" ", text)
    return text.removeprefix("\ufeff")


def _disagrees(data: bytes, actual: str) -> str | None:
    match = _DECLARED.search(data, 0, 4096)
    if match is None:
        return None
    declared = match.group(1).decode("ascii").lower()
    if actual in ("gb18030", "big5"):
        return None if declared in (_GB if actual == "gb18030" else BIG5) else declared
    same = declared.replace("_", "-") in (actual, actual.replace("-", ""))
    return None if same or (actual.startswith("utf-16") and declared == "utf-16") else declared
