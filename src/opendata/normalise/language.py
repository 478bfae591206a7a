"""The language and script of a text, as BCP 47 tags, from its first characters."""

import re
from functools import cache

from opendata.languages import load
from opendata.normalise.characters import simplified_table

SAMPLE = 300
_HAN = re.compile("[\u4e00-\u9fff]")
_KANA = re.compile("[\u3041-\u30fa\u30fc-\u30fe]")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


@cache
def _scripts() -> tuple[frozenset[str], frozenset[str]]:
    """Characters of traditional texts only, and of simplified texts only."""
    table = simplified_table()
    shared = load("traditional")["also_traditional"]
    return frozenset(map(chr, table)), frozenset(map(chr, table.values())) - frozenset(shared)


def detect_language(text: str) -> str:
    """Return `zh-Hans`, `zh-Hant`, `en` or `und` for `text`, judged by the different characters among its first 300.

    Chinese text without a character that only one script uses counts as `zh-Hans`; kana, and text without a letter that
    is known here, as `und`.
    """
    sample = text[:SAMPLE]
    characters = set(sample)
    if _KANA.search(sample):
        return "und"
    if not _HAN.search(sample):
        foreign = sum(char.isalpha() for char in characters - _LATIN)
        return "en" if len(characters & _LATIN) > max(3, foreign) else "und"
    traditional, simplified = _scripts()
    return "zh-Hant" if len(characters & traditional) > len(characters & simplified) else "zh-Hans"
