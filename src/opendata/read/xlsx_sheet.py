"""One sheet of a workbook, parsed as it streams by: filled cells by row and column, and merged cells."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.xlsx_numbers import Display, general
from opendata.read.xlsx_package import Handlers, Package

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_WHITE = re.compile(r"[\t\r\n\v\f\x1c-\x1f\x85\u2028\u2029]+")
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576
_TEXTS = frozenset(("inlineStr", "str", "e", "d"))


def clean(words: str) -> str:
    """Return text for one cell, in which `_x000D_` and the like are characters."""
    if "_x" in words:
        words = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), words)
    return tidy(words)


def tidy(words: str) -> str:
    """Return text for one cell: white space that would break its row becomes a space."""
    return _UNWANTED.sub("", _WHITE.sub(" ", words)).strip(" ")


class Merge(NamedTuple):
    """How far a merged cell reaches."""

    rows: int
    columns: int


@dataclass(slots=True)
class Sheet:
    """Texts by row and column (from 0), filled cells only, and merged cells by their first place."""

    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merges: dict[tuple[int, int], Merge] = field(default_factory=dict)

    def goes_down(self, row: int) -> bool:
        """Tell whether the only cell of a row is merged with rows below that hold cells of their own."""
        ((column, _),) = self.rows[row].items()
        merge = self.merges.get((row, column))
        return merge is not None and any(row + down in self.rows for down in range(1, min(merge.rows, 64)))


def read_sheet(package: Package, part: str, strings: list[str], formats: list[Display], limits: Limits) -> Sheet:
    """Read a sheet. Raises Unreadable `xlsx-broken` or, for more filled cells than a table may have, `table-too-large`."""
    parser = _SheetParser(strings, formats, limits.table_cells)
    package.parse(part, Handlers(parser.start, parser.end, parser.text))
    return parser.sheet


class _SheetParser:
    """The state of one parse: where the current cell stands and what its value is so far."""

    def __init__(self, strings: list[str], formats: list[Display], most_cells: int) -> None:
        self.sheet = Sheet()
        self.strings = strings
        self.formats = formats
        self.most_cells = most_cells
        self.count = 0
        self.row = -1
        self.column = -1
        self.kind = "n"
        self.style = 0
        self.is_value = False
        self.is_guide = False
        self.parts: list[str] = []

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Open an element."""
        if tag == "c":
            self.kind = given.get("t", "n")
            style = given.get("s", "0")
            self.style = int(style) if style.isdecimal() and len(style) < 9 else 0
            match = _REFERENCE.fullmatch(given.get("r", ""))
            if match is not None:
                self.column, self.row = _column(match[1]), int(match[2]) - 1
            else:
                self.column += 1
            self.parts.clear()
        elif tag == "v" or tag == "t":
            self.is_value = not self.is_guide
        elif tag == "row":
            number = given.get("r", "")
            self.row = int(number) - 1 if number.isdecimal() and 0 < len(number) < 8 else self.row + 1
            self.column = -1
        elif tag == "rPh":
            self.is_guide = True
        elif tag == "mergeCell":
            self.merge(given.get("ref", ""))

    def end(self, tag: str) -> None:
        """Close an element."""
        if tag == "v" or tag == "t":
            self.is_value = False
        elif tag == "rPh":
            self.is_guide = False
        elif tag == "c" and self.parts:
            words = self.shown("".join(self.parts))
            if words:
                self.add(words)

    def text(self, words: str) -> None:
        """Take text, if it belongs to a value."""
        if self.is_value:
            self.parts.append(words)

    def add(self, words: str) -> None:
        """Keep a filled cell."""
        if not (0 <= self.row < _MOST_ROWS and 0 <= self.column < _MOST_COLUMNS):
            raise Unreadable("xlsx-broken", f"a cell at row {self.row + 1}, column {self.column + 1}")
        self.count += 1
        if self.count > self.most_cells:
            raise Unreadable("table-too-large", f"> {self.most_cells}")
        self.sheet.rows.setdefault(self.row, {})[self.column] = words

    def shown(self, value: str) -> str:
        """Return a cell's value as it is displayed."""
        kind = self.kind
        if kind == "s":
            index = int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else -1
            if not 0 <= index < len(self.strings):
                raise Unreadable("xlsx-broken", f"shared string {value[:20]}")
            return self.strings[index]
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        value = clean(value)
        if kind in _TEXTS:
            return value
        return (self.formats[self.style] if self.style < len(self.formats) else general)(value)

    def merge(self, reference: str) -> None:
        """Keep a merged cell."""
        first, _, last = reference.partition(":")
        one, other = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if one is None or other is None:
            return
        row, column = int(one[2]) - 1, _column(one[1])
        rows, columns = int(other[2]) - row, _column(other[1]) - column + 1
        if rows >= 1 and columns >= 1 and len(self.sheet.merges) < self.most_cells:
            self.sheet.merges[row, column] = Merge(min(rows, 1000), min(columns, 1000))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
