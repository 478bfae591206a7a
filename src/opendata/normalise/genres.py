"""The kind of document (文种) that a title says."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from opendata.languages import DEFAULT, load
from opendata.normalise.characters import simplified, without_spaces
from opendata.normalise.writing import writing

_CLOSING = "》〉”’」』\"'。.！!*"
_TRAILING_BRACKET = re.compile(r"[（(\[【〔][^（）()\[\]【】〔〕]*[）)\]】〕]\Z")

Genre = tuple[str, str]


class Genres(NamedTuple):
    """The genres of one language; `of` is `genre_of` for it."""

    of: Callable[[str], Genre | None]


@cache
def genres(language: str = DEFAULT) -> Genres:
    """Return what reads the genre of a title in a language: the last characters, or whole words where spaces part them."""
    data = load("genres", language)
    codes: dict[str, str] = {**data["official"], **data["other"]}
    excluded = tuple(data["not_a_genre"]["endings"])
    return Genres(_by_words(codes, excluded, data["before"]) if writing(language).join else _by_ending(codes, excluded))


def genre_of(title: str, language: str = DEFAULT) -> Genre | None:
    """Return the genre that `title` says, as printed, and its English code: `("报告", "report")`; or None.

    Notes in brackets at the end (（试行）, （征求意见稿）), closing quotes and full stops are passed over.
    """
    return genres(language).of(title)


def _by_ending(codes: dict[str, str], excluded: tuple[str, ...]) -> Callable[[str], Genre | None]:
    longest = max(map(len, codes))

    def of(title: str) -> Genre | None:
        text = _without_notes(without_spaces(title))
        printed = text[-longest:]
        tail = simplified(printed)
        if tail.endswith(excluded):
            return None
        for length in range(len(tail), 0, -1):
            code = codes.get(tail[-length:])
            if code is not None:
                return printed[-length:], code
        return None

    return of


def _by_words(codes: dict[str, str], excluded: tuple[str, ...], before: list[str]) -> Callable[[str], Genre | None]:
    """The genre stands at the end, perhaps with a year behind it (Annual Report 2022), or goes before its subject (Report on …)."""
    words = "|".join(re.escape(word) for word in sorted(codes, key=len, reverse=True))
    at_end = re.compile(
        rf"(?:^|(?<=[\s–—:-]))({words})(?:,? (?:for )?[12][0-9]{{3}}(?:[-–/][0-9]{{2,4}})?)?\Z", re.IGNORECASE
    )
    leading = re.compile(rf"(?:^|(?<=[\s–—:-]))({words})(?=\s*[:–—]|\s+-\s|\s+(?:{'|'.join(before)})\b)", re.IGNORECASE)

    def of(title: str) -> Genre | None:
        text = _without_notes(" ".join(title.split()))
        if text.lower().endswith(excluded):
            return None
        match = at_end.search(text) or leading.search(text)
        return None if match is None else (match[1], codes[match[1].lower()])

    return of


def _without_notes(text: str) -> str:
    while True:
        shorter = _TRAILING_BRACKET.sub("", text.rstrip(_CLOSING)).rstrip()
        if shorter == text:
            return text
        text = shorter
