"""Personal numbers in published text: identity cards (GB 11643), mobile numbers, bank cards.

Findings are spans and a kind; the number itself is never part of one, so that it reaches no output and no log.
Telephone numbers of offices, hotlines, organisation codes and serial numbers are not personal.
"""

import re
from calendar import monthrange
from functools import cache
from typing import NamedTuple

from opendata.languages import DEFAULT, load, names
from opendata.normalise.codes import is_identity_card

__all__ = ["PersonalFinding", "find_personal", "mask"]


class PersonalFinding(NamedTuple):
    """Where a personal number stands: `text[start:end]`. `kind`: identity_card, mobile_number or bank_card."""

    kind: str
    start: int
    end: int


# A label of any language says what a number is: a form in two languages has both.
_WORDS = [load("personal", language) for language in names()]
_IDENTITY_LABELS = tuple(label for words in _WORDS for label in words["identity_card"]["labels"])
_IDENTITY_DISTANCE: int = max(words["identity_card"]["distance"] for words in _WORDS)
_BANK_LABELS = tuple(label for words in _WORDS for label in words["bank_card"]["labels"])
_BANK_DISTANCE: int = max(words["bank_card"]["distance"] for words in _WORDS)
_AMOUNT = tuple(word for words in _WORDS for word in words["mobile_number"]["not_before"])

_D = "[0-9０-９]"
_SEPARATORS = "-－‐ \u00a0\u3000"
_S = f"[{_SEPARATORS}]"
_TO_ASCII = str.maketrans("０１２３４５６７８９Ｘｘx", "0123456789XXX", _SEPARATORS)

# Eleven digits cover at least two of every fourth character, and groups parted by one sign leave at most one sign
# between those two: a text where no two such digits are neighbours holds no long number, at a quarter of the price.
_STRIDE = 4
_SAMPLE = re.compile(rf"{_D}(?:{_D}|{_S}{_D})")
# A number may begin where no digit or letter stands before.
_TOKEN = re.compile(rf"(?:\+|{_D})(?<![0-9０-９A-Za-z].)")
_IDENTITY = re.compile(rf"{_D}(?:{_S}?{_D}){{16}}{_S}?[0-9０-９XxＸｘ](?![0-9０-９A-Za-z])")
_IDENTITY_OLD = re.compile(rf"{_D}{{15}}(?![0-9０-９A-Za-z])")
_MOBILE_BODY = rf"[1１][3-9３-９]{_D}(?:{_D}{{8}}|{_S}{_D}{{4}}{_S}{_D}{{4}})"
_MOBILE = re.compile(rf"(?:(?:[+＋]|00)?86{_S}?)?{_MOBILE_BODY}(?![0-9０-９A-Za-z])")
_BANK = re.compile(rf"(?:{_D}{{16,19}}|{_D}{{4}}(?:{_S}{_D}{{4}}){{3}}(?:{_S}{_D}{{1,3}})?)(?![0-9０-９A-Za-z])")
_LONE_GROUP = re.compile(rf"(?:^|{_S}){_D}(?:{_S}|$)")
_CODE_SIGNS = "-－‐/._"


def find_personal(text: str, language: str = DEFAULT) -> list[PersonalFinding]:
    """Return the personal numbers printed in `text`, in order and without overlap.

    Identity cards: 18 characters whose check digit and date hold, in one piece or in groups; 15 digits only behind a
    label. Mobile numbers: 11 digits, also with +86 or as 3-4-4. Bank cards: 16 to 19 digits that pass the Luhn check,
    only behind a label (卡号, 账号 …). What the pack of `language` has patterns for is found beside these.
    """
    found: list[PersonalFinding] = []
    floor = 0
    for hit in _SAMPLE.finditer(text[::_STRIDE]):
        at = hit.start() * _STRIDE
        if at < floor:
            continue
        left = _edge(text, at, -1, floor)
        right = _edge(text, at, 1, len(text))
        floor = right
        if right - left >= 11:
            _search(text, left, right, found)
    patterns = _patterns(language)
    return _with_patterns(text, found, patterns) if patterns else found


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The forms of personal numbers that belong to one language's countries, by kind."""
    return tuple((kind, re.compile(form)) for kind, form in load("personal", language).get("patterns", {}).items())


def _with_patterns(
    text: str, found: list[PersonalFinding], patterns: tuple[tuple[str, re.Pattern[str]], ...]
) -> list[PersonalFinding]:
    more = [PersonalFinding(kind, *match.span()) for kind, form in patterns for match in form.finditer(text)]
    kept: list[PersonalFinding] = []
    for finding in sorted([*found, *more], key=lambda one: one.start):
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept


def mask(printed: str) -> str:
    """Return a number fit for a message: the first three and last four characters, the rest as stars.

    >>> mask("138 0000 1234")
    '138****1234'
    """
    plain = printed.translate(_TO_ASCII)
    if len(plain) < 11:
        return "*" * len(plain)
    return f"{plain[:3]}{'*' * (len(plain) - 7)}{plain[-4:]}"


def _edge(text: str, at: int, step: int, limit: int) -> int:
    """Return where the digits, separators and signs around `at` end, as a slice bound."""
    if step < 0:
        while at > limit and (text[at - 1].isdigit() or text[at - 1] in _SEPARATORS or text[at - 1] in "+＋"):
            at -= 1
        return at
    while at < limit and (text[at].isdigit() or text[at] in _SEPARATORS or text[at] in "XxＸｘ"):
        at += 1
    return at


def _search(text: str, left: int, right: int, found: list[PersonalFinding]) -> None:
    """Try every place in `text[left:right]` where a number may begin."""
    at = left
    while at < right:
        token = _TOKEN.search(text, at, right)
        if token is None:
            return
        start = token.start()
        finding = _identity(text, start) or _mobile(text, start, found) or _bank(text, start)
        if finding is None:
            at = start + 1
        else:
            found.append(finding)
            at = finding.end


def _identity(text: str, start: int) -> PersonalFinding | None:
    match = _IDENTITY.match(text, start)
    if match is not None and not _LONE_GROUP.search(match[0]) and is_identity_card(match[0].translate(_TO_ASCII)):
        return PersonalFinding("identity_card", start, match.end())
    old = _IDENTITY_OLD.match(text, start)
    if old is not None and _has_label(text, start, _IDENTITY_LABELS, _IDENTITY_DISTANCE):
        number = old[0].translate(_TO_ASCII)
        if _is_date(int("19" + number[6:8]), int(number[8:10]), int(number[10:12])):
            return PersonalFinding("identity_card", start, old.end())
    return None


def _mobile(text: str, start: int, found: list[PersonalFinding]) -> PersonalFinding | None:
    match = _MOBILE.match(text, start)
    if match is None:
        return None
    end = match.end()
    follows_mobile = bool(found) and found[-1].kind == "mobile_number" and found[-1].end == start - 1
    # A hyphen behind a word is punctuation; behind a digit or Latin letter it makes a code.
    behind = text[start - 2] if start > 1 and text[start - 1] in _CODE_SIGNS else ""
    if not follows_mobile and (behind.isdigit() or (behind.isascii() and behind.isalpha())):
        return None
    if text.startswith(_AMOUNT, end):
        return None
    beyond = text[end : end + 2]
    if len(beyond) == 2 and beyond[0] in _CODE_SIGNS and beyond[1].isdigit() and not _MOBILE.match(text, end + 1):
        return None
    return PersonalFinding("mobile_number", start, end)


def _bank(text: str, start: int) -> PersonalFinding | None:
    match = _BANK.match(text, start)
    if match is None or not _has_label(text, start, _BANK_LABELS, _BANK_DISTANCE):
        return None
    return PersonalFinding("bank_card", start, match.end()) if _luhn(match[0].translate(_TO_ASCII)) else None


def _has_label(text: str, start: int, labels: tuple[str, ...], distance: int) -> bool:
    before = text[max(0, start - distance) : start].lower()
    return any(label in before for label in labels)


def _is_date(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _luhn(number: str) -> bool:
    """Whether a card number passes the check of ISO/IEC 7812-1."""
    digits = [int(c) for c in reversed(number)]
    return sum(digits[0::2]) % 10 == -sum(d * 2 - 9 * (d > 4) for d in digits[1::2]) % 10
