"""The language and script of a text, as a BCP 47 tag, and the pack that reads it."""

import re
from functools import cache
from typing import NamedTuple

from opendata.languages import DEFAULT, load, names
from opendata.normalise.characters import simplified_table

SAMPLE = 300
"""Characters that are looked at: at the beginning, and as many from the middle, since pages may begin in another language."""

_HAN = re.compile("[\u4e00-\u9fff]")
_KANA = re.compile("[\u3041-\u30fa\u30fc-\u30fe]")


class _Pack(NamedTuple):
    language: str
    script: str
    letters: re.Pattern[str]
    per_word: int
    words: re.Pattern[str] | None


@cache
def _packs() -> tuple[_Pack, ...]:
    found = []
    for language in names():
        data = load("text", language)
        words = re.compile(rf"\b(?:{'|'.join(data['words'])})\b", re.IGNORECASE) if data["words"] else None
        letters = re.compile(f"[{data['letters']}]+")
        found.append(_Pack(language, data["script"], letters, data["letters_per_word"], words))
    return tuple(found)


@cache
def _scripts() -> tuple[frozenset[str], frozenset[str]]:
    """Characters of traditional texts only, and of simplified texts only."""
    table = simplified_table()
    shared = load("traditional")["also_traditional"]
    return frozenset(map(chr, table)), frozenset(map(chr, table.values())) - frozenset(shared)


def pack_of(text: str, default: str = DEFAULT) -> str:
    """Return the language whose pack reads `text`: that of the script which most of its words are written in.

    Of languages with one script the one whose own words (`the`, `of`) are more frequent is taken, the first by name where that tells
    nothing. `default` where no letter of any pack is there.
    """
    packs = _packs()
    sample = text[:SAMPLE]
    if _count(packs[0].letters, sample) * 2 > len(sample):
        return packs[0].language
    if len(text) > 2 * SAMPLE:
        middle = len(text) // 2
        sample += text[middle : middle + SAMPLE]
    scores = [(_count(pack.letters, sample) / pack.per_word, pack) for pack in packs]
    most, best = max(scores, key=lambda one: one[0])
    if not most:
        return default
    alike = [pack for pack in packs if pack.script == best.script]
    if len(alike) == 1:
        return best.language
    return max(alike, key=lambda pack: len(pack.words.findall(sample)) if pack.words is not None else 0).language


def _count(letters: re.Pattern[str], sample: str) -> int:
    return sum(map(len, letters.findall(sample)))


def detect_language(text: str) -> str:
    """Return a tag for `text`, judged by its first 300 characters: `zh-Hans`, `zh-Hant`, the language of a pack, or `und`.

    Chinese text without a character that only one script uses counts as `zh-Hans`; kana, and text that is not written in the letters
    of a pack, as `und`.
    """
    sample = text[:SAMPLE]
    characters = set(sample)
    if _KANA.search(sample):
        return "und"
    if not _HAN.search(sample):
        language = pack_of(sample, "und")
        known = next((pack.letters for pack in _packs() if pack.language == language), None)
        own = 0 if known is None else _count(known, "".join(characters))
        foreign = sum(char.isalpha() for char in characters) - own
        return language if own > max(3, foreign) else "und"
    traditional, simplified = _scripts()
    return "zh-Hant" if len(characters & traditional) > len(characters & simplified) else "zh-Hans"
