"""Characters of symbol fonts, which Word keeps in the private use area, as the Unicode characters that print alike."""

import re

PRIVATE = re.compile("[\uf020-\uf0ff]")
"""Where symbol fonts put their characters."""
_SYMBOL = {0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xA3: "≤", 0xB3: "≥", 0xB9: "≠", 0xD6: "√", 0xA5: "∞"}
_WINGDINGS = {
    **{0x80 + number: chr(0x24EA if number == 0 else 0x2460 + number - 1) for number in range(11)},
    **{0x8B + number: chr(0x24FF if number == 0 else 0x2776 + number - 1) for number in range(11)},
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x70: "□",
    0x71: "❑",
    0x72: "❒",
    0x74: "◆",
    0x75: "◆",
    0x76: "❖",
    0x77: "◆",
    0x9E: "·",
    0x9F: "•",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "□",
    0xAB: "★",
    0xB2: "☆",
    0xD8: "➢",
    0xE0: "→",
    0xDF: "←",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    0x4A: "☺",
    0x28: "☎",
    0x2A: "✉",
    0x3F: "✍",
}
_WINGDINGS_2 = {0x50: "✓", 0x52: "☑", 0x51: "☒", 0x4F: "✗", 0xA3: "□", 0x99: "●", 0xA2: "■"}
_BY_FONT = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2}


def symbol(code: int, font: str) -> str:
    """Return the Unicode character of place `code` in a symbol font.

    One that is not known stays the private character that the file holds, since something is printed there.
    """
    place = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    table = _BY_FONT.get(font.strip().lower())
    if table is not None and place in table:
        return table[place]
    if not 0 < code <= 0xFFFF or 0xD800 <= code <= 0xDFFF:
        return ""
    return chr(code)


def printed_symbol(text: str, is_bullet: bool) -> str:
    """Return a list's literal text; of a bullet, private characters are those of Wingdings, or of Symbol where it has none."""
    if not is_bullet:
        return text
    return "".join(_bullet(ord(char)) if "\uf000" <= char <= "\uf0ff" else char for char in text)


def _bullet(code: int) -> str:
    return _WINGDINGS.get(code - 0xF000) or _SYMBOL.get(code - 0xF000) or "•"
