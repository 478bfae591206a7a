"""The lists of Word's binary format (PlfLst, PlfLfo, [MS-DOC] 2.9.131 and 2.9.158) as the numbering that both readers use."""

import struct

from opendata.read.word_binary import Binary
from opendata.read.word_numbering import LEVELS, LONGEST, Level, Numbering

_LISTS, _INSTANCES = 73, 74
_MOST = 4_000
_SUFFIXES = {0: "tab", 1: "space", 2: "nothing"}
_FORMS = {
    **dict(enumerate(("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal"))),
    8: "hex",
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    15: "decimalHalfWidth",
    16: "japaneseLegal",
    17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle",
    19: "decimalFullWidth2",
    22: "decimalZero",
    23: "bullet",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle",
    30: "ideographTraditional",
    31: "ideographZodiac",
    32: "ideographZodiacTraditional",
    33: "taiwaneseCounting",
    34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand",
    36: "taiwaneseDigital",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    40: "ideographDigital",
    57: "numberInDash",
    255: "none",
}


def read_lists(binary: Binary) -> Numbering:
    """Read the lists and their instances; the number of an instance is what `sprmPIlfo` names. Cut lists give what they hold."""
    numbering = Numbering()
    data = binary.tail(_LISTS)
    if len(data) < 2:
        return numbering
    count = min(max(struct.unpack_from("<h", data, 0)[0], 0), _MOST)
    at = 2 + 28 * count
    for index in range(count):
        head = data[2 + 28 * index : 30 + 28 * index]
        if len(head) < 28:
            return numbering
        levels = {}
        for place in range(1 if head[26] & 1 else LEVELS):
            level, at = _level(data, at)
            if level is None:
                break
            levels[place] = level
        numbering.add_list(struct.unpack_from("<i", head, 0)[0], levels)
    _instances(binary.tail(_INSTANCES), numbering)
    return numbering


def _level(data: bytes, at: int) -> tuple[Level | None, int]:
    """Read one LVL; returns it and where the next one begins."""
    if at + 28 > len(data):
        return None, len(data)
    start, form, flags = struct.unpack_from("<iBB", data, at)
    places = data[at + 6 : at + 15]
    after, character, paragraph, limit = data[at + 15], data[at + 24], data[at + 25], data[at + 26]
    at += 28 + character + paragraph
    if at + 2 > len(data):
        return None, len(data)
    size = 2 * struct.unpack_from("<H", data, at)[0]
    text = data[at + 2 : at + 2 + size].decode("utf-16-le", "replace")
    template: list[str | int] = []
    held = {place - 1 for place in places if place}
    for index, char in enumerate(text[:LONGEST]):
        template.append(ord(char) if index in held and ord(char) < LEVELS else char)
    level = Level(
        _joined(template),
        _FORMS.get(form, "decimal"),
        max(start, 0),
        _SUFFIXES.get(after, "tab"),
        limit if flags & 8 else None,
        bool(flags & 4),
    )
    return level, at + 2 + size


def _joined(template: list[str | int]) -> tuple[str | int, ...]:
    joined: list[str | int] = []
    for part in template:
        if joined and isinstance(part, str) and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)


def _instances(data: bytes, numbering: Numbering) -> None:
    """Read PlfLfo: the instances, then what each overrides."""
    if len(data) < 4:
        return
    count = min(struct.unpack_from("<I", data, 0)[0], _MOST)
    at = 4 + 16 * count
    for index in range(count):
        if 20 + 16 * index > len(data):
            return
        list_id, overrides = struct.unpack_from("<i8xB", data, 4 + 16 * index)
        levels: dict[int, Level] = {}
        starts: dict[int, int] = {}
        at += 4
        for _ in range(overrides):
            if at + 8 > len(data):
                break
            start, flags = struct.unpack_from("<iI", data, at)
            at += 8
            if flags & 0x20:
                level, at = _level(data, at)
                if level is not None:
                    levels[flags & 0xF] = level
                    start = level.start
            if flags & 0x10:
                starts[flags & 0xF] = max(start, 0)
        numbering.add_num(index + 1, list_id, levels, starts)
