"""Characters of PDF pages whose Chinese fonts neither the file nor this machine has, by pdfplumber, at 50 ms a page.

To pdfium a glyph without a font has no extent, and it leaves single ones out. What the file says of their widths is enough here, and
makes the result the same on machines with other fonts.
"""

import io
import logging
from typing import Any

import pdfplumber

from opendata.errors import Unreadable

Placed = tuple[str, list[tuple[float, float, float, float]]]
"""A text with `\\n` between lines, and the place (x0, top, x1, bottom) of each of its characters."""

for _name in ("pdfminer", "pdfplumber"):  # they warn of what pdfium has read without a word
    logging.getLogger(_name).setLevel(logging.ERROR)

_WORD_GAP = 0.25
_LINE_STEP = 0.5
_NOWHERE = (0.0, 0.0, 0.0, 0.0)


class Fallback:
    """Opens the file anew at the first page that needs it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._document: Any = None

    def characters(self, number: int) -> Placed:
        """Return the characters of a page (from 0) in the order of the file. Raises Unreadable `pdf-broken`."""
        try:
            if self._document is None:
                self._document = pdfplumber.open(io.BytesIO(self._data))
            page = self._document.pages[number]
            placed = _placed(page.chars)
            page.close()
        except Exception as error:  # what the library raises for damaged files is not bounded
            raise Unreadable("pdf-broken", f"page {number + 1}: {type(error).__name__}: {error}"[:200]) from None
        return placed


def _placed(characters: list[dict[str, Any]]) -> Placed:
    parts: list[str] = []
    places: list[tuple[float, float, float, float]] = []
    before = _NOWHERE
    for one in characters:
        place = (float(one["x0"]), float(one["top"]), float(one["x1"]), float(one["bottom"]))
        size = max(place[3] - place[1], 1.0)
        if parts:
            if abs(place[3] - before[3]) > _LINE_STEP * size or place[0] < before[0] - size:
                parts.append("\n")
                places.append(_NOWHERE)
            elif place[0] - before[2] > _WORD_GAP * size and parts[-1] != " ":
                parts.append(" ")
                places.append(_NOWHERE)
        for char in str(one["text"]):
            parts.append(" " if char.isspace() else char)
            places.append(place)
        before = place
    return "".join(parts), places
