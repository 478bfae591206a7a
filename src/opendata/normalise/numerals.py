"""Numbers as printed: ASCII and full-width digits, thousands separators, Chinese numerals, 万 and 亿."""

import re
from decimal import Context, Decimal

from opendata.normalise.characters import plain

# Exact for anything within MAX_LENGTH characters, whatever the caller's decimal context is.
_EXACT = Context(prec=120)
MAX_LENGTH = 64

_CANONICAL = str.maketrans(
    {
        **dict.fromkeys("零○◯", "〇"),
        **dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千", strict=True)),
        **dict(zip("貳叄參陸萬億兩", "二三三六万亿二", strict=True)),
        "弌": "一",
        "弍": "二",
        "两": "二",
        "廿": "二十",
        "卅": "三十",
        "卌": "四十",
        "點": "点",
        "負": "负",
    }
)
_DIGIT = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_TO_ASCII = str.maketrans("〇一二三四五六七八九", "0123456789")

_ASCII_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_POSITIONAL = re.compile(r"[〇一二三四五六七八九]+")
# One group of four places: thousands, hundreds, tens, ones, with the zeros that mark a skipped place.
_SECTION = re.compile(
    r"(?:([一二三四五六七八九])千)?(〇?)(?:([一二三四五六七八九])百)?(〇?)(?:([一二三四五六七八九])?(十))?(〇?)([一二三四五六七八九])?"
)
_SMALL_UNIT = {"十": 1, "百": 2, "千": 3}


def parse_number(printed: str) -> Decimal | None:
    """Return the exact number that `printed` states, or None when it is not one whole number.

    Read are `1234`, `1,234`, `1，234`, `-3.5`, full-width digits, 三十五, 一百零二, 二〇二二, 三点五, 3.5万, 1亿2000万,
    5千万. Colloquial short forms (一百二 for 120) are not read: they look the same as a numeral that lost a character.
    Percent signs, units and words such as 多 or 余 are the caller's.
    """
    if printed.isascii() and printed.isdigit() and len(printed) <= MAX_LENGTH:
        return Decimal(printed)
    if len(printed) > MAX_LENGTH:
        return None
    text = plain(printed).strip()
    if not text:
        return None
    if text.isascii():
        return _ascii(text)
    text = text.translate(_CANONICAL)
    if text[0] == "负":
        value = _positive(text[1:])
        return None if value is None else _EXACT.minus(value)
    if text[0] == "-":
        value = _positive(text[1:]) if text[1:2].isdigit() else None
        return None if value is None else _EXACT.minus(value)
    return _positive(text)


def _ascii(text: str) -> Decimal | None:
    if _ASCII_NUMBER.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", ""))
    return None


def _positive(text: str) -> Decimal | None:
    """A number without sign: 亿 and 万 split it, most significant part first."""
    for unit, power in (("亿", 8), ("万", 4)):
        high_text, found, low_text = text.rpartition(unit)
        if not found:
            continue
        high = _positive(high_text) if high_text else None
        if high is None:
            return None
        value = _EXACT.multiply(high, Decimal(10**power))
        if not low_text:
            return value
        low = _low_part(low_text, power)
        if low is None or high != high.to_integral_value():
            return None
        return _EXACT.add(value, low)
    return _below_ten_thousand(text)


def _low_part(text: str, power: int) -> Decimal | None:
    """What follows 万 or 亿: smaller than the unit, and not the short form 三万五 that leaves its last unit out."""
    marked = text[0] == "〇"
    low = _positive(text[1:] if marked else text)
    if low is None or low >= 10**power or (not marked and len(text) == 1 and text != "十"):
        return None
    return low


def _below_ten_thousand(text: str) -> Decimal | None:
    if not text:
        return None
    if text.isascii():
        return _ascii(text) if text[0] not in "+-" else None
    if text[-1] in _SMALL_UNIT and text[:-1] and text[:-1].isascii():
        number = _ascii(text[:-1]) if text[0] not in "+-" else None
        return None if number is None else _EXACT.multiply(number, Decimal(10 ** _SMALL_UNIT[text[-1]]))
    whole, point, fraction = text.partition("点")
    if point:
        value = _whole(whole)
        if value is None or not _POSITIONAL.fullmatch(fraction):
            return None
        return Decimal(f"{value}.{fraction.translate(_TO_ASCII)}")
    value = _whole(text)
    return None if value is None else Decimal(value)


def _whole(text: str) -> int | None:
    """A Chinese numeral below 10,000 by places (一千零二十), or any digits in a row (二〇二二)."""
    if _POSITIONAL.fullmatch(text):
        return int(text.translate(_TO_ASCII))
    match = _SECTION.fullmatch(text)
    if match is None:
        return None
    thousands, _, hundreds, zero, tens, ten, last_zero, ones = match.groups()
    higher = thousands or hundreds
    # 一百二: the ones place follows a skipped place with no zero to say so.
    if ones and higher and not ten and not (zero or last_zero or (thousands and match[2])):
        return None
    if (not ones and last_zero) or (match[2] and not (thousands and (hundreds or ten or ones))):
        return None
    if zero and not (higher and (ten or ones)):
        return None
    tens_value = _DIGIT[tens] if tens else 1 if ten else 0
    return (
        (_DIGIT[thousands] if thousands else 0) * 1000
        + (_DIGIT[hundreds] if hundreds else 0) * 100
        + tens_value * 10
        + (_DIGIT[ones] if ones else 0)
    )
