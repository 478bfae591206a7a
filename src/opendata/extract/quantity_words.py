"""The vocabulary of quantities in Chinese, made ready once at import: units by first character, qualifiers, patterns, values.

Data: `languages/zh/units.toml`, in simplified characters; every word is known in traditional ones too, and has its
simplified name. Made here, so that no text has to be folded. Used by
`quantities_chinese` alone.
"""

import re
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

from opendata.extract.quantity_totals import EXACT, TotalWords, storable
from opendata.languages import load
from opendata.normalise.characters import simplified_table
from opendata.normalise.numerals import parse_number


class Unit(NamedTuple):
    """A unit or counter as printed, with its name, its code and what forbids it."""

    printed: str
    name: str
    code: str | None
    not_before: tuple[str, ...]
    bounded: bool
    clock: bool


_PRINTED = load("units")
_ALSO_TRADITIONAL = frozenset(load("traditional")["also_traditional"])
_TRADITIONAL = {chr(new): chr(old) for old, new in simplified_table().items()} | {
    new: old for old, new in _PRINTED["traditional"].items()
}


def _traditional(word: str) -> list[str]:
    """Return a word as traditional texts print it; nothing where they print it alike."""
    ways = [
        (_TRADITIONAL[c], c) if c in _ALSO_TRADITIONAL and c in _TRADITIONAL else (_TRADITIONAL.get(c, c),)
        for c in word
    ]
    return [printed for one in product(*ways) if (printed := "".join(one)) != word]


def _in_both(words: Any) -> Any:
    """Return a part of the vocabulary with the traditional form of each word, beside it or as a key of its own."""
    if isinstance(words, list):
        return list(dict.fromkeys(form for word in words for form in (word, *_traditional(word))))
    if isinstance(words, dict):
        both = {key: _in_both(value) for key, value in words.items()}
        return {form: value for key, value in both.items() for form in (*_traditional(key), key)}
    return words


_WORDS = _in_both(_PRINTED)
_BOUNDED = _WORDS["bounded"]
_QUALIFIERS = _WORDS["qualifiers"]
_SUBJECT = _WORDS["subject"]


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _units() -> dict[str, tuple[Unit, ...]]:
    aliases, blocked = _PRINTED["aliases"], _WORDS["not_before"]
    coded = [(word, code) for code, words in _PRINTED["codes"].items() for word in words]
    by_first: dict[str, list[Unit]] = {}
    for name, code in [*coded, *((word, None) for word in _PRINTED["uncoded"]["units"])]:
        for word in (name, *_traditional(name)):
            unit = Unit(
                word,
                aliases.get(name, name),
                code,
                tuple(blocked.get(name, ())),
                name in _BOUNDED["units"],
                name in _WORDS["clock"]["units"],
            )
            by_first.setdefault(word[0], []).append(unit)
    return {c: tuple(sorted(units, key=lambda u: -len(u.printed))) for c, units in by_first.items()}


def _simple(units: tuple[Unit, ...]) -> tuple[Unit, frozenset[str]] | None:
    """The one-character unit among those with this first character, and the next characters that need a closer look."""
    last = units[-1]
    if len(last.printed) > 1 or last.printed.isascii():
        return None
    return last, frozenset(u.printed[1] for u in units[:-1]) | frozenset(word[0] for word in last.not_before)


def _ends(words: dict[str, list[str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    by_last: dict[str, list[tuple[str, str]]] = {}
    for code, group in words.items():
        for word in group:
            by_last.setdefault(word[-1], []).append((word, code))
    return {c: tuple(sorted(pairs, key=lambda p: -len(p[0]))) for c, pairs in by_last.items()}


def _leading() -> dict[str, re.Pattern[str]]:
    """Connectives by first character, each but where it begins another word (共 but not 共青团)."""
    leading, stops = _SUBJECT["leading"], _SUBJECT["not_leading"]
    return {
        c: re.compile(
            f"(?!{_either([w for w in stops if w[0] == c] or [chr(10)])})"
            f"(?:{_either([w for w in leading if w[0] == c])})"
        )
        for c in {word[0] for word in leading}
    }


def _by_last(group: list[str]) -> dict[str, tuple[str, ...]]:
    ordered = sorted(group, key=len, reverse=True)
    return {c: tuple(word for word in ordered if word[-1] == c) for c in {word[-1] for word in group}}


def _after() -> re.Pattern[str]:
    stops = _QUALIFIERS["not_after"]
    words = sorted(AFTER_CODE, key=len, reverse=True)
    return re.compile(
        "|".join(re.escape(w) + (f"(?!{_either(stops[w])})" if w in stops else "") for w in words),
    )


MAGNITUDES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8, "萬": 4, "億": 8}
SPACES = " \u00a0"
DASHES = "-－—–~～〜至到"
SPANS = frozenset(["SEC", "MIN", "HUR", "DAY", "WEE", "MON", "ANN"])
LENGTHS = frozenset(["MTR", "KMT", "CMT", "NMI"])
SIGNED = frozenset(["%", "‰", "百分点", "元", "℃", "度"])

UNITS = _units()
SIMPLE = {c: simple for c, units in UNITS.items() if (simple := _simple(units)) is not None}
PERCENT, PERMILLE = UNITS["%"][0], UNITS["‰"][0]
PER = tuple(_WORDS["per"]["units"])

BEFORE = _ends(_QUALIFIERS["before"])
NOT_BEFORE = {word: tuple(stops) for word, stops in _QUALIFIERS["not_before"].items()}
BEFORE_CODE = {word: code for code, words in _QUALIFIERS["before"].items() for word in words}
DISTANT = re.compile(_either(_QUALIFIERS["distant"]["words"]))
AFTER_CODE = {word: code for code, words in _QUALIFIERS["after"].items() for word in words}
AFTER = _after()
# The first characters of what may follow a unit and belong to it.
AFTER_FIRST = frozenset(word[0] for word in AFTER_CODE) | {"/", "／"}
SPAN_BEFORE, SPAN_BESIDE = tuple(_BOUNDED["before"]), tuple(_BOUNDED["beside"])
CLOCK_LEFT = frozenset(_WORDS["clock"]["left"])
# The characters at the left of a number that ask for a closer look; others are plain words or punctuation.
LEFT = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz、和及之:：∶×月时点分時點") | frozenset(
    SPACES + "\u3000" + DASHES + "".join(BEFORE)
)
ORDINAL_ENDS = frozenset("〇零一二两兩三四五六七八九十百条项章节款條項節0123456789０１２３４５６７８９")

_D = "[0-9０-９]"
_N = "[〇零一二两兩三四五六七八九十百千万亿萬億]"
_FIRST = "[" + "".join(re.escape(c) for c in sorted(UNITS) if c not in "年日") + "]"
_BOUND = "(?:以[上下内內来來]|之?[内內]|[（(]含[）)]以|及以|左右)"
_TIMES = "(?:十|百|千(?![瓦米克伏卡帕焦赫]))?(?:万亿|萬億|[万亿萬億])|百(?!分)|千(?![瓦米克伏卡帕焦赫])"
_SINGLE = "|".join(_WORDS["numerals"]["single_units"])
_POINT = f"(?:[.．]{_D}++)?+"
_NUMBER = rf"(?:{_D}{{1,3}}(?:[,，]{_D}{{3}}){{1,12}}+(?!{_D})|{_D}++){_POINT}"
# Groups: 1 the number after its first digit, 2 upper end, 3 余, 4 万, 5 余; 6 numeral, 7 余万; 8 share.
# The first character is a class of its own, so that the engine skips to possible starts by a table; whatever is no
# quantity (dates, codes, 一切) has to fail in here, before Python sees it.
SCAN = re.compile(
    rf"[0-9０-９一二两兩三四五六七八九十百千](?:"
    rf"(?<={_D})(?<![0-9０-９第./_．].)"
    rf"((?:{_D}{{0,2}}(?:[,，]{_D}{{3}}){{1,12}}+(?!{_D})|{_D}*+){_POINT})"
    rf"(?:[{SPACES}]?[{DASHES}]{{1,2}}[{SPACES}]?({_NUMBER}))?+[{SPACES}]{{0,2}}+"
    rf"([余餘多])?({_TIMES})?([余餘多])?[{SPACES}]?+"
    rf"(?:(?={_FIRST})|(?<=[万亿萬億])|(?<=[万亿萬億][余餘多])|(?<!{_D}{{3}})(?=年)|(?=[年日]{_BOUND}))"
    rf"|(?<={_N})(?<![第之几幾数數〇零一二两兩三四五六七八九十百千万亿萬億].)(?:"
    rf"({_N}++)([余餘多][万亿萬億]?)?+(?:(?={_FIRST})|(?=[年日]{_BOUND}))"
    rf"|(?<=[百千])分之([零一二三四五六七八九十百点點]++)"
    rf"|(?=(?:{_SINGLE}){_BOUND})))"
)
RANGE_LEFT = re.compile(rf"({_N}+)[至到]$")
ORDINAL_LEFT = re.compile(
    rf"第[{SPACES}]?(?:{_D}|{_N})+(?:[条項节项章節款條]?[、和至及—-]第?(?:{_D}|{_N})+)*[条項节项章節款條]?[、和至及—-]$"
)
LINE_START = re.compile(rf"(?:^|\n)[{SPACES}\u3000]*$")
SENTENCE_END = re.compile(r"[。！？!?\n]")
# A sentence that begins with 其中 goes on about the total before it.
UNTIED_END = re.compile(rf"[。！？!?\n](?!(?<=[。！？!?])[{SPACES}\u3000]*(?:{_either(_WORDS['totals']['opening'])}))")

PHRASE_LEFT = re.compile(
    r".*[\s。，、；：！？,;:!?（）()《》〈〉“”\"'‘’「」【】\[\]〔〕…|｜•●■◆※→*=＝<>％%‰×]", re.DOTALL
)
LEADING = _leading()
DATE_LEFT = re.compile(rf"(?:{_D}{{1,4}}(?:年度?|月份?|日|[.．])|月{_D}{{1,2}}日|年{_D}{{1,2}}月)+")
DATE_FIRST = frozenset("0123456789０１２３４５６７８９年月")
CUT_AFTER = re.compile(rf".*(?:{_either(_SUBJECT['cut_after'])})(?=..)")
TRAILING = _by_last(_SUBJECT["trailing"])
NOT_TRAILING = _by_last(_SUBJECT["not_trailing"])
NOTHING = frozenset(_SUBJECT["nothing"])
COUNTED = re.compile(rf"([两兩二三四五六七八九])(?:{_either(_SUBJECT['counted'])})")
AND = frozenset("和与與及暨")
SUBJECT_LENGTH = 20
OPENERS = "（(：:"
TOTALS = TotalWords(re.compile(_either(_WORDS["totals"]["markers"])), SENTENCE_END, UNTIED_END)


@lru_cache(maxsize=4096)
def value_of(number: str, times: str = "") -> Decimal | None:
    """Return the number times its magnitude, exactly; None where decimal128(38,6) cannot hold it."""
    value = parse_number(number)
    if value is None:
        return None
    return storable(EXACT.scaleb(value, sum(MAGNITUDES[c] for c in times)))


@lru_cache(maxsize=4096)
def numeral_value(printed: str) -> Decimal | None:
    """Return the value of one numeral, or of one with magnitudes; None for digits in a row (二〇二二) or no number."""
    if len(printed) > 1 and not any(c in MAGNITUDES for c in printed):
        return None
    return value_of(printed)
