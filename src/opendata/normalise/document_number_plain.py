"""Document numbers without a form of their own (`FOI/2022/0154`, `Decision No. 12 of 2022`): read by the patterns of a pack.

Reached through `document_number`, by packs whose `document_numbers.toml` says `reader = "plain"`. The canonical form is what is
printed, with single spaces and without the label that stands before it.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from opendata.languages import load
from opendata.normalise.characters import plain
from opendata.normalise.number_reading import LONGEST_VALUE, NOTHING, UNREADABLE, NumberReading
from opendata.normalise.placeholders import is_placeholder

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


_Read = Callable[[str], NumberReading]


def reader(language: str) -> tuple[_Read, Callable[[str, int, int], list[tuple[int, int, NumberReading]]]]:
    """Return what `document_number` hands on, made of the patterns of one pack."""
    data = load("document_numbers", language)
    whole, label = re.compile(data["whole"]), re.compile(data["label"], re.IGNORECASE)
    in_text = re.compile(data["in_text"])

    @lru_cache(maxsize=8192)
    def read(printed: str) -> NumberReading:
        if len(printed) > LONGEST_VALUE:
            return UNREADABLE
        if is_placeholder(printed):
            return NOTHING
        words = label.sub("", " ".join(plain(printed).split()))
        if whole.fullmatch(words) is None or not any(sign.isdigit() for sign in words):
            return UNREADABLE
        return _reading(words)

    def find(text: str, start: int, end: int) -> list[tuple[int, int, NumberReading]]:
        return [(m.start(), m.end(), _reading(" ".join(m[0].split()))) for m in in_text.finditer(text, start, end)]

    return read, find


def _reading(words: str) -> NumberReading:
    year = _YEAR.search(words)
    return NumberReading(words, int(year[0]) if year else None, None)
