"""The containers of Word's binary format ([MS-DOC]): the streams, the file information block and the pieces of the text."""

import io
import re
import struct
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import olefile

from opendata.errors import Unreadable
from opendata.read.word_kind import BROKEN

_SURROGATE = re.compile("[\ud800-\udfff]")
_MAGIC = 0xA5EC
_FIRST_UNICODE = 0xC1
_MOST_STEPS = 2_000_000
_MOST_PROPERTIES = 64
_SUMMARY = "\x05SummaryInformation"
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_COUNTS, _PLACES = 0x4C, 0x9A
_CP1252 = [bytes([code]).decode("cp1252", "replace") if 0x80 <= code < 0xA0 else chr(code) for code in range(256)]
CLX, FOOTNOTES, ENDNOTES, BOXES, ANCHORS = 33, 2, 46, 56, 40


class StoryLengths(NamedTuple):
    """Lengths in UTF-16 units of the parts of the text, in their order in the file."""

    main: int
    footnotes: int
    headers: int
    macros: int
    comments: int
    endnotes: int
    boxes: int
    header_boxes: int


class Piece(NamedTuple):
    """A piece of the text: positions `start` to `end` lie at byte `offset` of the main stream, 1 or 2 bytes each."""

    start: int
    end: int
    offset: int
    width: int
    changes: bytes


@dataclass(slots=True)
class Binary:
    """An opened file: its two streams, and its text, one character for one UTF-16 unit, surrogates apart."""

    word: bytes
    tables: bytes
    stories: StoryLengths
    title: str | None = None
    pieces: list[Piece] = field(default_factory=list)
    text: str = ""
    _offsets: list[tuple[int, int]] = field(default_factory=list)
    _steps: int = 0

    def structure(self, index: int) -> bytes:
        """Return the bytes of the structure that pair `index` of the file information block points to; empty if none."""
        place, size = struct.unpack_from("<II", self.word, _PLACES + 8 * index)
        return self.tables[place : place + size]

    def tail(self, index: int) -> bytes:
        """Return the table stream from the structure of pair `index` on: lists go on beyond their stated size."""
        place, size = struct.unpack_from("<II", self.word, _PLACES + 8 * index)
        return self.tables[place:] if size else b""

    def positions(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return the ranges of the text that bytes `first` to `last` of the main stream hold."""
        found = []
        at = max(bisect_right(self._offsets, (first, len(self.pieces))) - 1, 0)
        while at < len(self._offsets) and self._offsets[at][0] < last:
            offset, index = self._offsets[at]
            piece = self.pieces[index]
            at += 1
            self._steps += 1
            if self._steps > _MOST_STEPS:
                raise Unreadable("word-broken", "pieces of the text overlap")
            start = piece.start + max(first - offset, 0) // piece.width
            end = min(piece.end, piece.start + -(-(last - offset) // piece.width))
            if start < end:
                found.append((start, end))
        return found


def open_binary(data: bytes) -> Binary:
    """Open a file. Raises Unreadable `word-broken` or `word-encrypted`."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            word = container.openstream("WordDocument").read()
            magic, version, flags = _first_words(word)
            if magic != _MAGIC or version < _FIRST_UNICODE:
                raise Unreadable("word-broken", f"no text of Word 97 or later (version {version})")
            if flags & _ENCRYPTED:
                raise Unreadable("word-encrypted", "the document is encrypted")
            tables = container.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
            title = _title(container)
    except BROKEN as error:
        raise Unreadable("word-broken", f"OLE: {error}") from error
    stories = StoryLengths(*(max(count, 0) for count in struct.unpack_from("<8i", word, _COUNTS)))
    binary = Binary(word, tables, stories, title)
    _read_text(binary)
    return binary


def _first_words(word: bytes) -> tuple[int, int, int]:
    if len(word) < _PLACES + 8 * (BOXES + 1):
        raise Unreadable("word-broken", f"a main stream of {len(word)} bytes")
    magic, version = struct.unpack_from("<HH", word, 0)
    return magic, version, struct.unpack_from("<H", word, 10)[0]


def _title(container: Any) -> str | None:
    """Return the title of the summary ([MS-OLEPS]); a summary that cannot be read names none."""
    if not container.exists(_SUMMARY):
        return None
    data = container.openstream(_SUMMARY).read()
    try:
        section = struct.unpack_from("<I", data, 44)[0]
        count = min(struct.unpack_from("<I", data, section + 4)[0], _MOST_PROPERTIES)
        pairs = struct.unpack_from(f"<{2 * count}I", data, section + 8)
        places = dict(zip(pairs[::2], pairs[1::2], strict=True))
        page = struct.unpack_from("<4xH", data, section + places[1])[0] if 1 in places else 1252
        at = section + places[2]
        size = struct.unpack_from("<4xI", data, at)[0]
        raw = data[at + 8 : at + 8 + min(size, len(data))]
        title = raw.decode("utf-8" if page == 65001 else f"cp{page}").split("\0")[0]
    except (struct.error, KeyError, UnicodeDecodeError, LookupError):
        return None
    return " ".join(title.split()) or None


def _read_text(binary: Binary) -> None:
    """Read the piece table (Clx) and join the text. Raises Unreadable where pieces lie outside the file."""
    changes: list[bytes] = []
    clx, at = binary.structure(CLX), 0
    while at < len(clx) and clx[at] == 1:
        size = struct.unpack_from("<H", clx, at + 1)[0]
        changes.append(clx[at + 3 : at + 3 + size])
        at += 3 + size
    if clx[at : at + 1] != b"\x02":
        raise Unreadable("word-broken", "no piece table")
    table = clx[at + 5 : at + 5 + struct.unpack_from("<I", clx, at + 1)[0]]
    count = (len(table) - 4) // 12
    bounds = struct.unpack_from(f"<{count + 1}I", table, 0)
    if bounds[-1] > len(binary.word) or bounds[-1] < sum(binary.stories):
        raise Unreadable("word-broken", f"{sum(binary.stories)} characters stated, pieces hold {bounds[-1]}")
    parts = []
    for index in range(count):
        _, where, change = struct.unpack_from("<HIH", table, 4 * (count + 1) + 8 * index)
        start, end = bounds[index], bounds[index + 1]
        width = 1 if where & 0x40000000 else 2
        offset = (where & 0x3FFFFFFF) // (2 if width == 1 else 1)
        raw = binary.word[offset : offset + (end - start) * width]
        if end < start or len(raw) < (end - start) * width:
            raise Unreadable("word-broken", f"piece {index} lies outside the file")
        grpprl = changes[change >> 1] if change & 1 and change >> 1 < len(changes) else b""
        binary.pieces.append(Piece(start, end, offset, width, grpprl))
        parts.append("".join([_CP1252[byte] for byte in raw]) if width == 1 else _units(raw))
    binary.text = "".join(parts)
    binary._offsets = sorted((piece.offset, index) for index, piece in enumerate(binary.pieces))


def _units(raw: bytes) -> str:
    text = raw.decode("utf-16-le", "surrogatepass")
    return text if 2 * len(text) == len(raw) else "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))


def whole(text: str) -> str:
    """Join surrogate pairs; one without its partner becomes U+FFFD."""
    if _SURROGATE.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
