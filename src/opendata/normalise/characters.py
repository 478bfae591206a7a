"""Folding of characters that print alike: full-width forms, spaces, dashes, traditional characters."""

from functools import cache

from opendata.languages import load

_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
_SPACES = "\t\n\r\v\f\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_DASHES = "‐‑‒–—―−﹣－"

_HALF_WIDTH: dict[int, int | None] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, _SPACES), 0x20),
    **dict.fromkeys(map(ord, _ZERO_WIDTH)),
}
_PLAIN: dict[int, int | None] = {**_HALF_WIDTH, **dict.fromkeys(map(ord, _DASHES), ord("-"))}
_SPACE: dict[int, int | None] = {**dict.fromkeys(map(ord, _SPACES), 0x20), **dict.fromkeys(map(ord, _ZERO_WIDTH))}
_NO_SPACE: dict[int, int | None] = dict.fromkeys(map(ord, " " + _SPACES + _ZERO_WIDTH))


def half_width(text: str) -> str:
    """Return `text` with full-width ASCII made half-width, every space U+0020 and zero-width characters dropped."""
    return text.translate(_HALF_WIDTH)


def plain(text: str) -> str:
    """Return `half_width(text)` with every dash and minus sign made the ASCII hyphen."""
    return text.translate(_PLAIN)


def one_kind_of_space(text: str) -> str:
    """Return `text` with NBSP, U+3000, tabs and line ends as U+0020 and zero-width characters dropped."""
    return text.translate(_SPACE)


def without_spaces(text: str) -> str:
    """Return `text` without any space, wide or narrow, and without zero-width characters."""
    return text.translate(_NO_SPACE)


@cache
def simplified_table() -> dict[int, int]:
    """Map the traditional characters of the vocabulary to simplified ones (code points, for `str.translate`)."""
    return {ord(old): ord(new) for old, new in load("traditional")["pairs"].items()}


def simplified(text: str) -> str:
    """Return `text` with the common traditional characters made simplified; the length stays the same."""
    return text.translate(simplified_table())
