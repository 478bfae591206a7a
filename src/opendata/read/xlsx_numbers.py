"""Numbers of a workbook as their cells display them, where the format is a simple one (ECMA-376 part 1, 18.8.30)."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy/m/d",
    15: "d-m-yy",
    17: "m-yy",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: "yyyy年m月",
    28: "m月d日",
    29: "m月d日",
    30: "m-d-yy",
    31: "yyyy年m月d日",
    32: "h时mm分",
    33: "h时mm分ss秒",
    36: "yyyy年m月",
    37: "#,##0",
    38: "#,##0",
    39: "#,##0.00",
    40: "#,##0.00",
    41: "#,##0",
    43: "#,##0.00",
    45: "mm:ss",
    50: "yyyy年m月",
    51: "m月d日",
    52: "yyyy年m月",
    53: "m月d日",
    54: "m月d日",
    57: "yyyy年m月",
    58: "m月d日",
}
"""Numbered formats as a workbook of the locale zh-CN displays them."""

_NOISE = re.compile(
    r"\[\$[^\]-]*(?:-[0-9A-Fa-f]+)?\]|\[(?:Red|Black|Blue|White|Green|Color ?\d+|红色|黑色)\]|_.|\*.|;.*$", re.I
)
_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_PLAIN = re.compile(r"\s*(?:#?,?#*|#,##)?0(?:\.(0+))?\s*(%?)\s*")
_DATE_PIECES = re.compile(r"y{2,4}|m{1,2}|d{1,2}|h{1,2}|s{1,2}|[年月日时時分秒:/. \-]", re.I)
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LARGEST_DAY = 2_958_465
_LONGEST = 40

Display = Callable[[str], str]


@lru_cache(maxsize=1024)
def display(code: str, is_1904: bool) -> Display:
    """Return how a format code shows a cached value; codes that are not simple show it as General does."""
    bare = _NOISE.sub("", _QUOTED.sub(lambda match: match[1] or match[2] or "", code)).strip()
    match = _PLAIN.fullmatch(bare)
    if match is not None:
        decimals, percent, grouped = len(match[1] or ""), match[2], "," in bare
        return lambda value: _fixed(value, decimals, percent, grouped)
    pieces = _DATE_PIECES.findall(bare)
    if "".join(pieces) == bare and any(piece[0] in "yYdDhHsSmM" for piece in pieces):
        return lambda value: _date(value, pieces, is_1904)
    return general


def general(value: str) -> str:
    """Return a number as the General format has it: up to 15 digits, no trailing zeros; what is no number as it stands."""
    if len(value) > _LONGEST:
        return value
    if value.isdecimal() and value.isascii() and len(value) <= 15:
        return value
    try:
        number = Decimal(value)
        if not number.is_finite():
            return value
        shown = format(float(number), ".15g")
        return format(Decimal(shown), "f") if abs(number) < Decimal(10) ** 20 and "e-" not in shown else shown
    except (InvalidOperation, ValueError, OverflowError):
        return value


def _fixed(value: str, decimals: int, percent: str, grouped: bool) -> str:
    if len(value) > _LONGEST:
        return value
    try:
        number = Decimal(format(float(value), ".15g"))  # a workbook shows no more digits than that
        if not number.is_finite() or abs(number) >= Decimal(10) ** 20:
            return value
        number = (number * 100 if percent else number).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    except (InvalidOperation, ValueError, OverflowError):
        return value
    if not number:
        number = abs(number)
    return format(number, ",f" if grouped else "f") + percent


def _date(value: str, pieces: list[str], is_1904: bool) -> str:
    """Return a date or time. The count of days before March 1900 is one too high in the format, and is left as a number."""
    try:
        days = float(value)
    except ValueError:
        return value
    if not 0 <= days <= _LARGEST_DAY or (1 <= days < 61 and not is_1904):
        return general(value)
    moment = (_EPOCH_1904 if is_1904 else _EPOCH) + timedelta(seconds=round(days * 86400))
    shown = ""
    minutes = False
    for piece in pieces:
        letter, wide = piece[0].lower(), len(piece) > 1
        if letter == "m":
            shown += _padded(moment.minute if minutes else moment.month, wide)
        elif letter == "y":
            shown += str(moment.year) if len(piece) > 2 else f"{moment.year % 100:02d}"
        elif letter in "dhs":
            shown += _padded({"d": moment.day, "h": moment.hour, "s": moment.second}[letter], wide)
            minutes = letter == "h" or (minutes and letter != "d")
        else:
            shown += piece
    return shown


def _padded(number: int, wide: bool) -> str:
    return f"{number:02d}" if wide else str(number)
