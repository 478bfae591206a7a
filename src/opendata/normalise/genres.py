"""The kind of document (文种) that a title ends with."""

import re
from functools import cache

from opendata.languages import load
from opendata.normalise.characters import simplified, without_spaces

_CLOSING = "》〉”’」』\"'。.！!*"
_TRAILING_BRACKET = re.compile(r"[（(\[【〔][^（）()\[\]【】〔〕]*[）)\]】〕]\Z")


@cache
def _genres() -> tuple[dict[str, str], int, tuple[str, ...]]:
    data = load("genres")
    codes: dict[str, str] = {**data["official"], **data["other"]}
    return codes, max(map(len, codes)), tuple(data["not_a_genre"]["endings"])


def genre_of(title: str) -> tuple[str, str] | None:
    """Return the genre that `title` ends with, as printed, and its English code: `("报告", "report")`; or None.

    Notes in brackets at the end (（试行）, （征求意见稿）), closing quotes and full stops are passed over.
    """
    text = without_spaces(title)
    while True:
        shorter = _TRAILING_BRACKET.sub("", text.rstrip(_CLOSING))
        if shorter == text:
            break
        text = shorter
    codes, longest, excluded = _genres()
    printed = text[-longest:]
    tail = simplified(printed)
    if tail.endswith(excluded):
        return None
    for length in range(len(tail), 0, -1):
        code = codes.get(tail[-length:])
        if code is not None:
            return printed[-length:], code
    return None
