"""Properties of paragraphs and characters in Word's binary format: property modifiers (sprm), pages of runs (FKP), styles."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from opendata.read.word_binary import Binary
from opendata.read.word_symbols import PRIVATE

_STYLES, _CHARACTER_PAGES, _PARAGRAPH_PAGES, _FONTS = 1, 12, 13, 15
_FONT_NAME = 40
_PAGE = 512
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
_TABLE_GRID, _TABS = 0xD608, 0xC615
_CHAIN = 32
_HEADING_STYLES = frozenset((1, 2, 3, 62))
_OUTLINE_LEVELS = 3
_ON = (0x01, 0x81)
"""A toggle that is on: of itself, or as the opposite of the style, where no style deletes or hides."""


class Look(NamedTuple):
    """What a paragraph's properties say: its list, whether it is a heading, and its place in a table."""

    lfo: int = 0
    level: int = 0
    is_heading: bool = False
    in_table: bool = False
    ends_row: bool = False
    depth: int = 0
    is_header: bool = False
    grid: bytes = b""


class CharacterRun(NamedTuple):
    """Bytes `first` to `last` of the main stream that do not print as they stand: hidden, or in a font that may be of symbols.

    `font` is a place in the font table; `code` the symbol that stands instead of each character, where one does.
    """

    first: int
    last: int
    is_hidden: bool
    font: int | None
    code: int | None


def modifiers(grpprl: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (sprm, operand) of a list of property modifiers; what is cut off at its end is left out."""
    at, end = 0, len(grpprl)
    while at + 2 < end:
        code = grpprl[at] | grpprl[at + 1] << 8
        at += 2
        size = _SIZES[code >> 13]
        if not size:
            size = grpprl[at] + 1
            if code == _TABLE_GRID and at + 2 <= end:
                size = (grpprl[at] | grpprl[at + 1] << 8) + 1
            elif code == _TABS and size == 256 and at + 2 <= end:
                deleted = 2 + 4 * grpprl[at + 1]
                size = deleted + 1 + 3 * (grpprl[at + deleted] if at + deleted < end else 0)
        if at + size > end:
            return
        yield code, grpprl[at : at + size]
        at += size


def apply(look: Look, grpprl: bytes) -> Look:
    """Return `look` as a list of modifiers changes it."""
    changes: dict[str, object] = {}
    for code, operand in modifiers(grpprl):
        if code == 0x460B:
            changes["lfo"] = struct.unpack("<h", operand)[0]
        elif code == 0x260A:
            changes["level"] = operand[0]
        elif code == 0x2640:
            changes["is_heading"] = operand[0] < _OUTLINE_LEVELS
        elif code == 0x2416:
            changes["in_table"] = operand[0] != 0
        elif code == 0x2417:
            changes["ends_row"] = operand[0] != 0
        elif code == 0x6649:
            changes["depth"] = struct.unpack("<i", operand)[0]
        elif code == 0x3404:
            changes["is_header"] = operand[0] != 0
        elif code == _TABLE_GRID:
            changes["grid"] = operand[2:]
    return look._replace(**changes) if changes else look  # type: ignore[arg-type]


def _pages(binary: Binary, index: int) -> Iterator[bytes]:
    """Yield the pages (FKP) that a bin table of the file information block lists."""
    table = binary.structure(index)
    count = max((len(table) - 4) // 8, 0)
    numbers = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ()
    for number in dict.fromkeys(place & 0x3FFFFF for place in numbers):
        page = binary.word[number * _PAGE : (number + 1) * _PAGE]
        if len(page) == _PAGE:
            yield page


def character_runs(binary: Binary) -> list[CharacterRun]:
    """Return the runs that are deleted, hidden or symbols; those of any font where the text holds private characters."""
    private = PRIVATE.search(binary.text) is not None
    found = []
    known: dict[bytes, tuple[bool, int | None, int | None]] = {}
    for page in _pages(binary, _CHARACTER_PAGES):
        count = min(page[511], 101)
        for index in range(count):
            at = 2 * page[4 * (count + 1) + index]
            if not at:
                continue
            grpprl = page[at + 1 : at + 1 + page[at]]
            if grpprl not in known:
                known[grpprl] = _character(grpprl)
            hidden, font, code = known[grpprl]
            if hidden or code is not None or (private and font is not None):
                first, last = struct.unpack_from("<II", page, 4 * index)
                found.append(CharacterRun(first, last, hidden, font, code))
    return found


def _character(grpprl: bytes) -> tuple[bool, int | None, int | None]:
    deleted = hidden = False
    font = symbol = None
    for code, operand in modifiers(grpprl):
        if code == 0x0800:
            deleted = operand[0] in _ON
        elif code == 0x083C:
            hidden = operand[0] in _ON
        elif code == 0x6A09:
            font, symbol = struct.unpack("<HH", operand)
        elif code == 0x4A4F and symbol is None:
            font = struct.unpack("<H", operand)[0]
    return deleted or hidden, font, symbol


def fonts(binary: Binary) -> list[str]:
    """Return the names of the fonts, in the order by which runs name them (SttbfFfn)."""
    table, at = binary.structure(_FONTS), 4
    names: list[str] = []
    while at < len(table):
        entry = table[at : at + table[at] + 1]
        names.append(entry[_FONT_NAME:].decode("utf-16-le", "replace").split("\0")[0])
        at += len(entry)
    return names


def deletes(grpprl: bytes) -> bool:
    """Tell whether a piece's modifiers delete or hide it."""
    return _character(grpprl)[0]


@dataclass(slots=True)
class Paragraphs:
    """What the paragraphs of a file look like, by the byte where each one's mark stands."""

    styles: dict[int, Look]
    firsts: list[int] = field(default_factory=list)
    entries: list[tuple[int, int, bytes]] = field(default_factory=list)
    _known: dict[tuple[int, bytes], Look] = field(default_factory=dict)

    def at(self, offset: int) -> Look:
        """Return the look of the paragraph that holds byte `offset` of the main stream."""
        index = bisect_right(self.firsts, offset) - 1
        if index < 0 or offset >= self.entries[index][0]:
            return self.styles.get(0, Look())
        entry = self.entries[index][1:]
        if entry not in self._known:
            self._known[entry] = apply(self.styles.get(entry[0], Look()), entry[1])
        return self._known[entry]

    def ends(self, offset: int) -> bool:
        """Tell whether a paragraph ends just before byte `offset`."""
        index = bisect_right(self.firsts, offset - 1) - 1
        return index >= 0 and self.entries[index][0] == offset


def paragraphs(binary: Binary) -> Paragraphs:
    """Read the paragraphs' pages and the styles."""
    found = []
    for page in _pages(binary, _PARAGRAPH_PAGES):
        count = min(page[511], 29)
        for index in range(count):
            first, last = struct.unpack_from("<II", page, 4 * index)
            found.append((first, last, *_papx(page, 2 * page[4 * (count + 1) + 13 * index])))
    found.sort()
    return Paragraphs(_styles(binary), [entry[0] for entry in found], [entry[1:] for entry in found])


def _papx(page: bytes, at: int) -> tuple[int, bytes]:
    """Return style and modifiers of one entry (PapxInFkp), of the default style where there is none."""
    if not at or at + 2 >= _PAGE - 1:
        return 0, b""
    size, start = (2 * page[at] - 1, at + 1) if page[at] else (2 * page[at + 1], at + 2)
    entry = page[start : start + size]
    if len(entry) < 2:
        return 0, b""
    return entry[0] | entry[1] << 8, entry[2:]


def _styles(binary: Binary) -> dict[int, Look]:
    """Return what each paragraph style gives after inheritance, by its number in the style sheet (STSH)."""
    sheet = binary.structure(_STYLES)
    if len(sheet) < 8:
        return {}
    head, count, fixed = struct.unpack_from("<HHH", sheet, 0)
    raw: dict[int, tuple[int, int, bytes]] = {}
    at = 2 + head
    for number in range(count):
        if at + 2 > len(sheet):
            break
        size = struct.unpack_from("<H", sheet, at)[0]
        entry = sheet[at + 2 : at + 2 + size]
        at += 2 + size + (size & 1)
        if len(entry) >= fixed + 4:
            style = _style(entry, fixed)
            if style is not None:
                raw[number] = style
    return {number: _inherited(number, raw) for number in raw}


def _style(entry: bytes, fixed: int) -> tuple[int, int, bytes] | None:
    """Return built-in number, parent and paragraph modifiers of a style; None of one that is not a paragraph's."""
    built_in, kind = struct.unpack_from("<HH", entry, 0)
    if kind & 0xF != 1:
        return None
    at = fixed + 2 * (struct.unpack_from("<H", entry, fixed)[0] + 2)
    at += at & 1
    size = struct.unpack_from("<H", entry, at)[0] if at + 2 <= len(entry) else 0
    return built_in & 0xFFF, kind >> 4, entry[at + 4 : at + 2 + size]


def _inherited(number: int, raw: dict[int, tuple[int, int, bytes]]) -> Look:
    chain: list[int] = []
    parent = number
    while parent in raw and parent not in chain and len(chain) < _CHAIN:
        chain.append(parent)
        parent = raw[parent][1]
    look = Look()
    for place in reversed(chain):
        built_in, _, grpprl = raw[place]
        look = apply(look, grpprl)
        if built_in in _HEADING_STYLES:
            look = look._replace(is_heading=True)
    return look
