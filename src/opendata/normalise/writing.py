"""How a language is written: the signs that end a sentence and a line, compiled once from its `text.toml`."""

import re
from dataclasses import dataclass
from functools import cache

from opendata.languages import DEFAULT, load


@dataclass(frozen=True, slots=True)
class Writing:
    """Compiled signs of one language. `join` stands between two lines of one title: nothing, or a space.

    `width` is how many characters say as much as one Chinese character.
    """

    language: str
    stop: re.Pattern[str]
    sentence: re.Pattern[str]
    join: str
    width: int
    unended: str
    closes: str
    goes_on: str


@cache
def writing(language: str = DEFAULT) -> Writing:
    """Return the signs of a language."""
    data = load("text", language)
    return Writing(
        language,
        re.compile(data["stop"]),
        re.compile(data["sentence"]),
        data["join"],
        data["width"],
        data["unended"],
        data["closes"],
        data["goes_on"],
    )
