"""Numbers as Word prints them in automatic numbering: the formats of ECMA-376 Part 1, 17.18.59 (ST_NumberFormat)."""

from collections.abc import Callable

_TRADITIONAL = "甲乙丙丁戊己庚辛壬癸"
_ZODIAC = "子丑寅卯辰巳午未申酉戌亥"
_CIRCLED_IDEOGRAPHS = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
_ROMAN = tuple(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_POSITIONAL = str.maketrans("0123456789", "〇一二三四五六七八九")
_TAIWANESE = str.maketrans("0123456789", "○一二三四五六七八九")

_Digits = tuple[str, tuple[str, str, str, str], str]
_PLAIN: _Digits = ("零一二三四五六七八九", ("", "十", "百", "千"), "万")
_LEGAL: _Digits = ("零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟"), "万")
_LEGAL_TRADITIONAL: _Digits = ("零壹貳參肆伍陸柒捌玖", ("", "拾", "佰", "仟"), "萬")
_LEGAL_JAPANESE: _Digits = ("零壱弐参四伍六七八九", ("", "拾", "百", "阡"), "萬")


def format_number(value: int, form: str) -> str:
    """Return `value` as the format named `form` prints it; an unknown format and values out of its reach print as decimals."""
    if form == "none" or form == "bullet":
        return ""
    write = FORMS.get(form)
    return write(value) if write is not None and 0 < value < 1_000_000 else str(value)


def _grouped(value: int, digits: _Digits) -> str:
    """Write thousands, hundreds, tens and ones with their names, and 万 before them."""
    figures, names, myriad = digits
    if value >= 10_000:
        high, low = divmod(value, 10_000)
        gap = figures[0] if 0 < low < 1000 else ""
        return _grouped(high, digits) + myriad + gap + (_grouped(low, digits) if low else "")
    text, owed = "", False
    for power in (3, 2, 1, 0):
        figure = value // 10**power % 10
        if figure:
            text += (figures[0] if owed and text else "") + figures[figure] + names[power]
        owed = figure == 0
    return text


def _counted(value: int) -> str:
    text = _grouped(value, _PLAIN)
    return text[1:] if text.startswith("一十") else text


def _counted_to_99(value: int, digits: dict[int, int]) -> str:
    return _counted(value) if value < 100 else str(value).translate(digits)


def _counted_japanese(value: int) -> str:
    """Japanese counting names no zero and no single 百 or 千: 百一, 千二百."""
    text = _grouped(value, _PLAIN).replace("零", "")
    for unit in "十百千":
        text = text.replace("一" + unit, unit)
    return text


def _roman(value: int) -> str:
    if value > 32_767:
        return str(value)
    text = ""
    for step, letters in _ROMAN:
        count, value = divmod(value, step)
        text += letters * count
    return text


def _letters(value: int) -> str:
    """Word repeats the letter: z, aa, bb."""
    if value > 780:
        return str(value)
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _ordinal(value: int) -> str:
    if value % 100 in (11, 12, 13):
        return f"{value}th"
    return f"{value}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th') }"


def _listed(characters: str) -> Callable[[int], str]:
    return lambda value: characters[value - 1] if value <= len(characters) else str(value)


def _from(first: int, count: int) -> Callable[[int], str]:
    return lambda value: chr(first + value - 1) if value <= count else str(value)


def _circled(value: int) -> str:
    for first, last, code in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= value <= last:
            return chr(code + value - first)
    return str(value)


def _sexagenary(value: int) -> str:
    return _TRADITIONAL[(value - 1) % 10] + _ZODIAC[(value - 1) % 12]


def _full_width(value: int) -> str:
    return str(value).translate(_FULL_WIDTH)


FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _from(0x2488, 20),
    "decimalEnclosedParen": _from(0x2474, 20),
    "numberInDash": lambda value: f"- {value} -",
    "hex": lambda value: f"{value:X}",
    "ordinal": _ordinal,
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "ideographDigital": lambda value: str(value).translate(_POSITIONAL),
    "japaneseDigitalTenThousand": lambda value: str(value).translate(_POSITIONAL),
    "taiwaneseDigital": lambda value: str(value).translate(_TAIWANESE),
    "chineseCounting": lambda value: _counted_to_99(value, _POSITIONAL),
    "taiwaneseCounting": lambda value: _counted_to_99(value, _TAIWANESE),
    "chineseCountingThousand": _counted,
    "taiwaneseCountingThousand": _counted,
    "japaneseCounting": _counted_japanese,
    "chineseLegalSimplified": lambda value: _grouped(value, _LEGAL),
    "ideographLegalTraditional": lambda value: _grouped(value, _LEGAL_TRADITIONAL),
    "japaneseLegal": lambda value: _grouped(value, _LEGAL_JAPANESE),
    "ideographTraditional": _listed(_TRADITIONAL),
    "ideographZodiac": _listed(_ZODIAC),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _listed(_CIRCLED_IDEOGRAPHS),
}
"""The formats that are written, by their names in OOXML. Others (Thai, Hebrew, Korean …) print as decimals."""
