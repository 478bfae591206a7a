"""Encodings that bytes do not prove, told by the words they give: Big5 against GB18030, and UTF-16 without a byte order mark."""

import re
from functools import cache

BIG5 = frozenset({"big5", "big5-hkscs", "big5hkscs", "x-x-big5", "cp950", "ms950", "csbig5", "cn-big5"})
"""Names under which files declare Big5."""

_SAMPLE = 1 << 16
_BIG5_SIGNS = re.compile("[\ue4c6-\ue4ff]")
"""What comma, full stop and colon of Big5 (0xA141 to 0xA17A) are in GB18030: characters for private use."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_IDEOGRAPH = re.compile("[\u3400-\u9fff\ue000-\uf8ff]")
_USUAL = re.compile("[\t\n\r -~\u00a0\u2010-\u2026\u3000-\u3029\uff01-\uff5e]")


def is_big5(data: bytes, as_gb: str, declared: str | None) -> bool:
    """Tell whether bytes are traditional Chinese in Big5.

    `as_gb` is what they say in GB18030, empty where they are not valid in it. Nearly all of Big5 is valid GB18030 too, and says
    nothing: the encoding with more common characters wins, GB18030 unless it is clear or the file declares Big5.
    """
    is_declared = declared in BIG5
    if as_gb and not is_declared and _BIG5_SIGNS.search(as_gb, 0, _SAMPLE) is None:
        return False
    as_big5 = data[:_SAMPLE].decode("big5hkscs", errors="replace")
    share = _share(as_big5, _common("big5"))
    if not as_gb:
        return share > 0.8
    margin = share - _share(as_gb[:_SAMPLE], _common("gb2312"))
    return margin > (0 if is_declared else 0.2)


def bare_utf16(data: bytes) -> str | None:
    """Return the order of bytes of UTF-16 without a mark, None for what is none: nearly all common Chinese or ASCII."""
    best, found = 0.9, None
    sample = data[:8192]
    for order in ("utf-16-le", "utf-16-be"):
        text = sample.decode(order, errors="replace")
        if _CONTROLS.search(text) is None:
            ideographs = _IDEOGRAPH.findall(text)
            common = sum(char in _common("gb2312") or char in _common("big5") for char in ideographs)
            share = (common + len(_USUAL.findall(text))) / len(text)
            if share > best:
                best, found = share, order
    return found


def _share(text: str, common: frozenset[str]) -> float:
    """Return the share of common characters among the ideographs, and what is none in either standard, of a text."""
    found = _IDEOGRAPH.findall(text)
    return sum(char in common for char in found) / (len(found) + text.count("\ufffd")) if found else 0.0


@cache
def _common(encoding: str) -> frozenset[str]:
    """Return the common characters of a standard, its first level: 3,755 of GB 2312, 5,401 of Big5."""
    if encoding == "gb2312":
        rows, columns = range(0xB0, 0xD8), range(0xA1, 0xFF)
    else:
        rows, columns = range(0xA4, 0xC7), range(0x40, 0xFF)
    pairs = (bytes((row, column)).decode(encoding, errors="ignore") for row in rows for column in columns)
    return frozenset(char for char in pairs if len(char) == 1)
