"""Make up one disclosure: header, outline, sentences and figures, from lists of words, by its ordinal and a seed."""

import tomllib
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from checkdigits import credit_code

_YEARS = 10
_FIRST_YEAR = 2015
_CHINESE = "一二三四五六七八九十"
_PROVINCES = ("130000", "140000", "210000", "220000", "330000", "340000", "360000", "410000", "430000", "530000")
# Each row: how many run-in points (一是 …) stand under each of the four headings of the first part; ten in all.
_POINTS = ((2, 2, 3, 3), (3, 2, 3, 2), (2, 3, 2, 3), (3, 3, 2, 2), (2, 3, 3, 2))


class Header(NamedTuple):
    """The eight printed pairs of a header, in their order; an empty string is printed as an empty value."""

    index_number: str
    category: str
    issuer: str
    created: str
    title: str
    document_number: str
    published: str
    keywords: str


class Disclosure(NamedTuple):
    """One invented document: `repeated` is the header's second print, `paragraphs` pairs of kind and text."""

    header: Header
    repeated: Header
    site: str
    paragraphs: list[tuple[str, str]]
    signature: str
    signed: str


class Body(NamedTuple):
    """One invented body: its place, full name, word in document numbers, and code with valid check digits."""

    place: str
    name: str
    word: str
    code: str


@cache
def words(name: str) -> tuple[str, ...]:
    """Return one list of `phrases.toml`."""
    return tuple(_phrases()[name].split())


@cache
def _phrases() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("phrases.toml").read_text(encoding="utf-8"))


@cache
def _rows(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row.split(":")) for row in words(name))


@cache
def bodies() -> tuple[Body, ...]:
    """Return the two hundred invented bodies: every department in every place."""
    found = []
    for number, place in enumerate(words("places")):
        for order, (department, word) in enumerate(_rows("departments")):
            code = credit_code(_PROVINCES[number % len(_PROVINCES)], f"MB{number:02d}{order * 7 + 11:04d}")
            found.append(Body(place, place + department, place[:2] + word + "发", code))
    return tuple(found)


def chinese_date(day: date) -> str:
    """Return a date as printed in headers, 2022年10月25日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _header(ordinal: int, seed: int, rng: Random) -> tuple[Body, Header]:
    body_number = ordinal % len(bodies())
    body, turn = bodies()[body_number], ordinal // len(bodies())
    topics, genres = words("topics"), words("genres")
    # A permutation of year × topic × genre for each body: mixed from the first document on, yet no title twice.
    size = _YEARS * len(topics) * len(genres)
    mixed = (turn * 1013 + body_number * 37 + seed * 101) % size
    year = _FIRST_YEAR + mixed % _YEARS
    topic = topics[mixed // _YEARS % len(topics)]
    volume = f"（第{turn // size + 1}辑）" if turn >= size else ""
    created = date(year, 1, 1) + timedelta(days=int(rng.random() * 364))
    published = created + timedelta(days=int(rng.random() * 20))
    categories = rng.sample(words("categories"), 2)
    header = Header(
        index_number=f"{body.code}/{year}-{1000 + turn * 7 + body_number % 7:05d}",
        category=" ;\u00a0  ".join(categories),
        issuer=body.name,
        created=chinese_date(created),
        title=f"{year}年{body.place}{topic}{genres[mixed // (_YEARS * len(topics))]}{volume}",
        document_number="" if ordinal % 4 == 3 else f"{body.word}〔{year}〕{turn + 1}号",
        published=chinese_date(published),
        keywords=f"{topic} {categories[0]}",
    )
    return body, header


@cache
def _table(name: str) -> tuple[str, ...]:
    """Return a list of words spread over 256 places, to be drawn by bytes (five times faster than `choices`)."""
    found = words(name)
    return tuple(found[place * len(found) // 256] for place in range(256))


def _draw(rng: Random, name: str, count: int) -> list[str]:
    table = _table(name)
    return [table[byte] for byte in rng.randbytes(count)]


def _clauses(rng: Random, count: int) -> list[str]:
    """Return `count` clauses of four or five words; every ninth tells what came of it, every sixth names a village."""
    made = [
        f"{adverb}{verb}{qualifier}{head}"
        for adverb, verb, qualifier, head in zip(
            _draw(rng, "adverbs", count),
            _draw(rng, "verbs", count),
            _draw(rng, "qualifiers", count),
            _draw(rng, "heads", count),
            strict=True,
        )
    ]
    made[1::2] = map("".join, zip(_draw(rng, "qualities", len(made[1::2])), made[1::2], strict=True))
    made[5::9] = _draw(rng, "results", len(made[5::9]))
    named = made[3::6]
    first, last = _draw(rng, "village_firsts", len(named)), _draw(rng, "village_lasts", len(named))
    made[3::6] = [f"{one}{two}村{clause}" for one, two, clause in zip(first, last, named, strict=True)]
    return made


def _count(rng: Random) -> str:
    done, unit, low, high = rng.choice(_rows("counts"))
    number = int(low) + int(rng.random() * (int(high) - int(low)))
    decimal = f".{int(rng.random() * 9) + 1}" if unit in ("公里", "万元", "%", "万人") else ""
    return f"{done}{number}{decimal}{unit}"


def _total(rng: Random) -> str:
    subject, unit, names = rng.choice(_rows("totals"))
    parts = [6 + int(rng.random() * 120) for _ in range(4)]
    listed = "、".join(f"{name}{part}{unit}" for name, part in zip(names.split(","), parts, strict=True))
    return f"全年{subject}{sum(parts)}{unit}，其中，{listed}"


class _Writer:
    """Hands out sentences so that a document has about the characters and the figures that are asked for."""

    def __init__(self, rng: Random, clauses: int, figures: Sequence[str], paragraphs: int) -> None:
        self._rng = rng
        self._clauses = iter(_clauses(rng, clauses))
        self._figures = [""] * paragraphs
        for place, figure in zip(rng.sample(range(paragraphs), len(figures)), figures, strict=True):
            self._figures[place] = figure
        self._openers = iter(_draw(rng, "openers", paragraphs))
        self._turn = 0
        self._long = 0.25 + rng.random() * 0.6

    def paragraph(self) -> str:
        """Return three or four sentences of clauses, and between them a figure where this paragraph's turn has one."""
        clause, figure = self._clauses.__next__, self._figures[self._turn]
        sentences = 4 if self._rng.random() < self._long else 3
        self._turn += 1
        lines = [f"{next(self._openers)}，{clause()}，{clause()}。"]
        lines += [f"{clause()}，{clause()}；{clause()}。" for _ in range(sentences - 1)]
        if figure:
            lines.insert(1 + int(self._rng.random() * (len(lines) - 1)), f"{figure}。")
        return "".join(lines)


def _outline(rng: Random, writer: _Writer) -> list[tuple[str, str]]:
    """Return paragraphs under 23 headings: three parts, ten sections, ten run-in points (the sample's own numbers)."""
    firsts = iter(rng.sample(words("heading_firsts"), 20))
    seconds = iter(rng.sample(words("heading_seconds"), 20))
    problems = iter(rng.sample(words("problems"), 3))
    level_one, made = words("level_one"), list[tuple[str, str]]()
    parts = (rng.choice(level_one[:4]), rng.choice(level_one[4:7]), rng.choice(level_one[7:]))
    made.append(("part", f"一、{parts[0]}"))
    for section, points in enumerate(rng.choice(_POINTS)):
        made.append(("section", f"（{_CHINESE[section]}）{next(firsts)}，{next(seconds)}"))
        for point in range(points):
            made.append(("point", f"{_CHINESE[point]}是{next(firsts)}。{writer.paragraph()}"))
    made.append(("part", f"二、{parts[1]}"))
    for section in range(3):
        made.append(("section", f"（{_CHINESE[section]}）{next(problems)}。{writer.paragraph()}"))
    made.append(("part", f"三、{parts[2]}"))
    for section in range(3):
        made.append(("section", f"（{_CHINESE[section]}）{next(firsts)}，{next(seconds)}。{writer.paragraph()}"))
    return made


def disclosure(ordinal: int, seed: int) -> Disclosure:
    """Return document `ordinal` (from 0) of the corpus that `seed` stands for, the same in a corpus of any size."""
    rng = Random(seed * 1_000_003 + ordinal)
    body, header = _header(ordinal, seed, rng)
    figures = [_total(rng), *(f"{_count(rng)}，{_count(rng)}" for _ in range(6))]
    writer = _Writer(rng, 17 * 11, figures, 17)
    year = header.title[:4]
    paragraphs = [
        ("text", f"{year}年，{body.name}{writer.paragraph()}现将有关情况报告如下："),
        *_outline(rng, writer),
    ]
    return Disclosure(header, header, f"{body.place}政府信息公开专栏", paragraphs, body.name, header.created)
