"""Chinese document numbers (发文字号): `国发〔2019〕5号` and its printed variants, orders (令第12号) and announcements by year.

Reached through `document_number`, by packs whose `document_numbers.toml` says `reader = "chinese"`.

The canonical form follows GB/T 9704-2012: the year in 〔〕, no 第 after it, no leading zeros, ASCII digits, no spaces, 号
also where 號 is printed. The prefix stays in its own script: it is a body's name for itself.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from opendata.languages import load
from opendata.normalise.characters import plain, simplified, without_spaces
from opendata.normalise.number_reading import BROKEN, LONGEST_VALUE, NOTHING, UNREADABLE, NumberReading
from opendata.normalise.numerals import parse_number
from opendata.normalise.placeholders import is_placeholder

# Opening and closing signs are often mixed up or turned around, so either side takes any of them.
_SIGNS = r"〔〕\[\]［］()（）【】〖〗﹝﹞﹙﹚<>＜＞〈〉《》«»⟨⟩{}｛｝「」『』"
_LETTER = r"A-Za-z\u3400-\u9fff"
_DIGIT_RUN = r"(?:[0-9]+(?:-[0-9]+)?|[〇零一二三四五六七八九十百]+)"

_FAST = re.compile(rf"([{_LETTER}]{{0,20}})〔([12][0-9]{{3}})〕([1-9][0-9]{{0,5}}(?:-[0-9]+)?)号")
# Either both signs; or the first was lost; or the second was, but a sign (第) still parts year and number.
_BY_YEAR = re.compile(
    rf"(?P<prefix>[^0-9{_SIGNS}]*(?:[(（][{_LETTER}]{{1,6}}[)）][{_LETTER}]*)?)"
    rf"(?:[{_SIGNS}]+(?P<year>[0-9]{{4}}|[0-9]{{2}})年?(?:[{_SIGNS}]+|(?=第))|(?<![0-9])(?P<year2>[12][0-9]{{3}})年?[{_SIGNS}]+)"
    rf"(?P<middle>[{_LETTER}]{{0,8}}?)第?(?P<number>{_DIGIT_RUN})(?P<end>号(?P<suffix>之[一二三四五六七八九十])?文?件?)?"
)
_BY_KIND = re.compile(
    rf"(?P<prefix>[{_LETTER}()（）]*?)(?P<open>[(（]?)(?:(?P<year>[12][0-9]{{3}})年(?:度)?)?第?(?P<number>{_DIGIT_RUN})号[)）]?"
    rf"(?P<suffix>[{_LETTER}]{{0,4}})"
)
_JOINT = re.compile(
    r"(?<=[0-9号號])[\s、,，;；/|]+(?=\S)|(?<=[号號])(?=[\u3400-\u9fff]{1,12}[〔\[［(（【﹝<＜〈][0-9０-９]{4})"
)
_AROUND_SIGNS = re.compile(r"\s+")
_LABEL = re.compile(r"(?:[发發]文字[号號]|文件[编編][号號]|文[号號]|字[号號]|[编編][号號])[:：]")

_OPENING = r"[〔\[［(（【〖﹝﹙<＜〈《«{｛]"
_CLOSING = r"[〕\]］)）】〗﹞﹚>＞〉》»}｝]"
_TAIL = rf"{_OPENING}\s?[12１２][0-9０-９]{{3}}\s?年?\s?{_CLOSING}\s?第?\s?[0-9０-９]{{1,5}}\s?[号號]"
# A whole number in running text; `find_document_numbers` is faster, and drops words such as 根据 in front of it.
NUMBER_IN_TEXT: re.Pattern[str] = re.compile(rf"[{_LETTER}]{{1,12}}+\s?{_TAIL}")
_TAIL_IN_TEXT = re.compile(rf"{_TAIL}|[令告](?:\s?[12][0-9]{{3}}年)?\s?第\s?[0-9０-９]{{1,5}}\s?[号號]")
_LONGEST_PREFIX = 14
_LONGEST_RUN = 30
_RUN_BEFORE = re.compile(rf"[{_LETTER}]{{0,{_LONGEST_RUN}}} ?\Z")


@lru_cache(maxsize=8192)
def read_document_number(printed: str) -> NumberReading:
    """Read a whole field value as one document number, or several that are parted by spaces, 、 ， or ；.

    A blank value or placeholder gives None without a problem. A number without prefix or without 号 is whole; one whose
    brackets or digits were lost so that year and number run together (`〔202215`) is broken. Words of a title or label
    that a capture left in front of a whole number (的通知国发〔2019〕5号) are passed over.
    """
    match = _FAST.fullmatch(printed)
    if match is not None and (len(match[1]) < 3 or _lead_in()[0].match(match[1]) is None):
        return NumberReading(printed, int(match[2]), None)
    if len(printed) > LONGEST_VALUE:
        return UNREADABLE
    if is_placeholder(printed):
        return NOTHING
    text = _LABEL.sub("", printed.strip())
    one = _read_one(text)
    return _read_several(text) if one is None else NumberReading(one[0], one[1], None)


def _read_several(text: str) -> NumberReading:
    pieces = [piece for piece in _JOINT.split(text) if piece]
    readings = [_read_one(piece) for piece in pieces] if len(pieces) > 1 else []
    found = [reading for reading in readings if reading is not None]
    if readings and readings[0] is not None:
        lost = any(r is None and _has_digit(piece) for r, piece in zip(readings, pieces, strict=True))
        others = tuple(dict.fromkeys(reading[0] for reading in found[1:] if reading[0] != found[0][0]))
        return NumberReading(found[0][0], found[0][1], BROKEN if lost else None, others)
    inside = find_document_numbers(text)
    if inside and not _has_digit("".join(_outside(text, inside))):
        first, *rest = (reading for _, _, reading in inside)
        others = tuple(dict.fromkeys(r.canonical for r in rest if r.canonical and r.canonical != first.canonical))
        return NumberReading(first.canonical, first.year, None, others)
    return UNREADABLE


def _outside(text: str, inside: list[tuple[int, int, NumberReading]]) -> list[str]:
    starts = [0, *(end for _, end, _ in inside)]
    ends = [*(start for start, _, _ in inside), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _read_one(text: str) -> tuple[str, int | None] | None:
    """The canonical form and year of a single number, or None."""
    folded = without_spaces(plain(text)).strip("。.,;:、")
    folded = folded.replace("號", "号")
    if folded[:1] in "(〔[【" and folded[-1:] in ")〕]】" and "号" in folded[-2:]:
        folded = folded[1:-1]
    match = _BY_YEAR.fullmatch(folded)
    if match is not None:
        return _by_year(match)
    match = _BY_KIND.fullmatch(folded)
    return None if match is None else _by_kind(match)


def _number(printed: str) -> str | None:
    """The number in ASCII digits without leading zeros; None when it is zero or no numeral."""
    first, dash, rest = printed.partition("-")
    value = parse_number(first)
    return None if not value else f"{int(value)}{dash}{rest}"


def _by_year(match: re.Match[str]) -> tuple[str, int | None] | None:
    year, number = match["year"] or match["year2"], _number(match["number"])
    prefix = match["prefix"]
    if number is None or not _is_prefix(prefix):
        return None
    if len(year) == 4 and year[0] not in "12":
        return None
    middle = match["middle"]
    kept = "第" if middle.endswith("字") else ""
    canonical = f"{prefix}〔{year}〕{middle}{kept}{number}号{match['suffix'] or ''}"
    return canonical, int(year) if len(year) == 4 else None


_PREFIX = re.compile(rf"[{_LETTER}]*(?:\([{_LETTER}]{{1,6}}\)[{_LETTER}]*)?")


def _is_prefix(text: str) -> bool:
    """Whether `text` is letters with at most one note in brackets (中(沪)自贸管), without words of a sentence."""
    if len(text) > _LONGEST_RUN or _PREFIX.fullmatch(text) is None:
        return False
    return _lead_in()[0].match(simplified(text)) is None


def _by_kind(match: re.Match[str]) -> tuple[str, int | None] | None:
    """An order or announcement: its kind or body in front or behind, 第…号 between, perhaps a year."""
    prefix, suffix, year, number = match["prefix"], match["suffix"], match["year"], _number(match["number"])
    if number is None or not _is_prefix(prefix):
        return None
    kinds = _kinds()
    if (
        not prefix.endswith(kinds)
        and not simplified(prefix).endswith(kinds)
        and suffix not in kinds
        and not (prefix and year)
    ):
        return None
    if suffix and suffix not in kinds:
        return None
    when = f"{year}年" if year else ""
    return f"{prefix}{when}第{number}号{suffix}", int(year) if year else None


@cache
def _kinds() -> tuple[str, ...]:
    return tuple(load("document_numbers")["numbered_kinds"])


@cache
def _lead_in() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of a sentence in front of a number: those that count anywhere, and those that count only at the start."""
    words = load("document_numbers")
    anywhere, first = (sorted(words[key], key=len, reverse=True) for key in ("lead_in", "lead_in_first"))
    # 通告 and 通报 are kinds too: in 通告第3号 the word belongs to the number, so something must follow it.
    return re.compile(rf".*(?:{'|'.join(anywhere)})(?=.)"), re.compile(rf"(?:{'|'.join(first)})+(?=.)")


def _trim(prefix: str, is_traditional: bool) -> str:
    """Drop the words of a sentence from the beginning of a prefix."""
    anywhere, first = _lead_in()
    words = simplified(prefix) if is_traditional else prefix
    strong = anywhere.match(words)
    at = strong.end() if strong else 0
    weak = first.match(words, at)
    return prefix[weak.end() if weak else at :]


def find_document_numbers(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int, NumberReading]]:
    """Return `(start, end, reading)` of every document number with a prefix in `text[start:end]`, in order.

    Offsets are those of `text`, half-open. The prefix is the run of letters in front of the bracket, from the last word
    of the sentence that leads in (根据国发〔2019〕5号 → 国发〔2019〕5号).
    """
    found = []
    for match in _TAIL_IN_TEXT.finditer(text, start, len(text) if end is None else end):
        tail = match.start()
        before = _RUN_BEFORE.search(text, max(start, tail - _LONGEST_RUN - 1), tail)
        run = before[0] if before else ""
        prefix = _trim(run, text[match.end() - 1] == "號")
        by_kind = text[tail] in "令告"
        if not by_kind and not 0 < len(prefix.rstrip()) <= _LONGEST_PREFIX:
            continue
        begin = tail - len(prefix)
        reading = _read_one(text[begin : match.end()])
        if reading is not None:
            found.append((begin, match.end(), NumberReading(reading[0], reading[1], None)))
    return found


_Read = Callable[[str], NumberReading]


def reader(language: str) -> tuple[_Read, Callable[[str, int, int], list[tuple[int, int, NumberReading]]]]:
    """Return what `document_number` hands on; the words of a sentence are those of the Chinese pack."""
    return read_document_number, find_document_numbers
