"""The words and signs by which headers are read, compiled once per language from its `header.toml`."""

import re
from dataclasses import dataclass
from functools import cache

from opendata.languages import DEFAULT, load
from opendata.normalise.dates import Dates, dates
from opendata.normalise.genres import Genres, genres
from opendata.normalise.organisations import Bodies, bodies
from opendata.normalise.writing import writing

PADS = frozenset(" \u00a0\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\ufeff")
"""Spaces that are printed inside and around labels; not a tab or a line end, which part cells and lines."""

PAD = "[" + "".join(sorted(PADS)) + "]"


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """What tells the parts of a header in one language; `join` is what parts its words, if anything does."""

    stop: re.Pattern[str]
    sentence: re.Pattern[str]
    join: str
    dates: Dates
    bodies: Bodies
    genres: Genres
    ambiguous: frozenset[str]
    bullet: re.Pattern[str]
    glue: frozenset[str]
    date: re.Pattern[str]
    after_date: re.Pattern[str]
    date_signs: str
    number_end: re.Pattern[str]
    number: re.Pattern[str]
    chrome: re.Pattern[str]
    tools: re.Pattern[str]
    unknown: re.Pattern[str]
    label_cell: re.Pattern[str]
    not_in_number: re.Pattern[str]
    not_in_value: re.Pattern[str]


@cache
def header_words(language: str = DEFAULT) -> HeaderWords:
    """Return the compiled words of a language."""
    data = load("header", language)
    signs = writing(language)
    numeral = f"|{data['bullet']}" if data["bullet"] else ""
    letters = rf"(?:[{data['label_letters']}]{PAD}{{0,8}}){{0,{data['label_longest']}}}"
    return HeaderWords(
        signs.stop,
        signs.sentence,
        signs.join,
        dates(language),
        bodies(language),
        genres(language),
        frozenset(data["ambiguous"]),
        re.compile(rf"{PAD}*(?:[·•●■◆★☆※▲▶*\-–—>]+|[(（]?[0-9]{{1,2}}[)）.．、]|[①-⑳]{numeral})?[{PAD[1:-1]}*]*\Z"),
        frozenset(data["glue"]),
        re.compile(rf"\s*{data['date']}(?:\s+[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?)?[\s\u3000|]*\Z"),
        re.compile(rf"[\s\u3000]*(?:{data['after_date']})"),
        data["date_signs"],
        re.compile(data["number_end"]),
        re.compile(data["number"]),
        re.compile(data["chrome"]),
        re.compile(data["tools"]),
        re.compile(
            rf"(?:{PAD}*(?:[·•●■◆★☆※▲▶*\-–—]+|[(（]?[0-9]{{1,2}}[)）.．、])?[{PAD[1:-1]}*]*|.*{PAD}{PAD}\**)"
            rf"([【\[]?)((?:[{data['label_first']}]{PAD}{{0,8}}){letters})\Z"
        ),
        re.compile(data["label_cell"].replace("{P}", f"{PAD}{{0,8}}") + r"\Z"),
        re.compile(data["not_in_number"]),
        re.compile(data["not_in_value"]),
    )
