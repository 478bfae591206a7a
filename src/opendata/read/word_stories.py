"""The text of Word's binary format as blocks: paragraphs, tables, results of fields; codes and deletions do not print."""

import re
import struct
from bisect import bisect_left, bisect_right
from itertools import compress, pairwise

from opendata.read.word_binary import ANCHORS, BOXES, ENDNOTES, Binary, whole
from opendata.read.word_blocks import DEEPEST_FIELD, Block, Paragraph, Run
from opendata.read.word_lists import read_lists
from opendata.read.word_number_formats import format_number
from opendata.read.word_properties import apply, character_runs, deletes, fonts, paragraphs
from opendata.read.word_rows import Rows
from opendata.read.word_symbols import PRIVATE, symbol

_ENDS = re.compile("[\r\x07\x0c]")
_FIELD_MARKS = re.compile("[\x13\x14\x15]")
_ADDRESS = re.compile(r'\s*HYPERLINK\s+"?([^"\s\\][^"\s]*)"?', re.I)
_PRINTED: dict[int, str | None] = {
    **dict.fromkeys([*range(0x20), 0xAD]),
    0x09: " ",
    0x0B: "\n",
    0x0C: "\n",
    0x0E: "\n",
    0x1E: "-",
}
_NOTE = "\x02"
_ANCHOR_SIZE, _BOX_SIZE, _BOX_ID = 26, 22, 14


class Stories:
    """The stories of one file: what does not print, the paragraphs' looks, the lists' counters."""

    def __init__(self, binary: Binary) -> None:
        self._binary = binary
        self._paragraphs = paragraphs(binary)
        self._lists = read_lists(binary)
        self._starts = [piece.start for piece in binary.pieces]
        self._prints = bytearray(b"\1") * len(binary.text)
        self._symbols: dict[int, str] = {}
        self._links: list[tuple[int, int, str]] = []
        self._endnotes = set(_positions(binary.structure(ENDNOTES), 2))
        self._anchored = self._find_anchors()
        self._characters()
        first = 0
        for length in binary.stories:
            self._fields(first, first + length)
            first += length
        self._links.sort()

    def _characters(self) -> None:
        """Note what is deleted or hidden, and symbols of symbol fonts."""
        runs = character_runs(self._binary)
        names = fonts(self._binary) if any(run.font is not None for run in runs) else []
        for run in runs:
            font = names[run.font] if run.font is not None and run.font < len(names) else ""
            for start, end in self._binary.positions(run.first, run.last):
                if run.is_hidden:
                    self._prints[start:end] = bytes(end - start)
                elif run.code is not None:
                    self._symbols.update((at, symbol(run.code, font)) for at in range(start, end))
                else:
                    for match in PRIVATE.finditer(self._binary.text, start, end):
                        self._symbols[match.start()] = symbol(ord(match.group()), font)
        for piece in self._binary.pieces:
            if piece.changes and deletes(piece.changes):
                self._prints[piece.start : piece.end] = bytes(piece.end - piece.start)

    def _fields(self, first: int, last: int) -> None:
        """Note the codes of a story's fields and where links lead; where fields do not close, codes stay: no text may vanish."""
        opened: list[tuple[int, int]] = []
        codes: list[tuple[int, int]] = []
        text = self._binary.text
        for match in _FIELD_MARKS.finditer(text, first, last):
            at, mark = match.start(), match.group()
            if mark == "\x13" and len(opened) < DEEPEST_FIELD:
                opened.append((at, -1))
            elif not opened or mark == "\x13":
                return
            elif mark == "\x14":
                opened[-1] = (opened[-1][0], at)
            else:
                start, separator = opened.pop()
                codes.append((start, at if separator < 0 else separator))
                address = _ADDRESS.match(text, start + 1, separator) if separator >= 0 else None
                if address:
                    self._links.append((separator, at, address.group(1)))
        if not opened:
            for start, end in codes:
                self._prints[start:end] = bytes(end - start)

    def _find_anchors(self) -> dict[int, list[tuple[int, int]]]:
        """Map places of the main text to the text boxes anchored there, as ranges of the text; -1 holds those without one."""
        binary = self._binary
        first = sum(binary.stories[:6])
        table, spas = binary.structure(BOXES), binary.structure(ANCHORS)
        ids = {}
        places = _positions(spas, _ANCHOR_SIZE)
        for index, place in enumerate(places[:-1]):
            ids[struct.unpack_from("<i", spas, 4 * len(places) + _ANCHOR_SIZE * index)[0]] = place
        bounds = _positions(table, _BOX_SIZE)
        found: dict[int, list[tuple[int, int]]] = {}
        for index in range(len(bounds) - 1):
            shape = struct.unpack_from("<i", table, 4 * len(bounds) + _BOX_SIZE * index + _BOX_ID)[0]
            start, end = first + bounds[index], first + min(bounds[index + 1], binary.stories.boxes)
            if start < end:
                found.setdefault(ids.get(shape, -1), []).append((start, end))
        return found

    def all_blocks(self) -> list[Block]:
        """Return the main text with its text boxes, then the notes."""
        stories = self._binary.stories
        blocks = self._blocks(0, stories.main)
        for place in sorted(self._anchored):
            for start, end in self._anchored[place]:
                blocks += self._blocks(start, end)
        self._anchored = {}
        blocks += self._blocks(stories.main, stories.main + stories.footnotes)
        start = sum(stories[:5])
        return blocks + self._blocks(start, start + stories.endnotes, "lowerRoman")

    def _blocks(self, first: int, last: int, notes: str = "decimal") -> list[Block]:
        out: list[Block] = []
        rows = Rows(out)
        counts = {notes: 0, "decimal": 0, "lowerRoman": 0}
        start, carried = first, list[Run]()
        text = self._binary.text
        for match in _ENDS.finditer(text, first, last):
            at = match.start()
            offset, width = self._offset(at)
            if match.group() == "\x0c" and not self._paragraphs.ends(offset + width):
                continue
            runs = carried + self._runs(start, at, notes, counts)
            carried = []
            boxes = self._boxes(start, at) if self._anchored else []
            start = at + 1
            if match.group() == "\r" and not self._prints[at]:
                carried = runs
                continue
            look = self._paragraphs.at(offset)
            piece = self._binary.pieces[bisect_right(self._starts, at) - 1]
            if piece.changes:
                look = apply(look, piece.changes)
            if not look.ends_row and look.lfo > 0 and (marker := self._lists.marker(look.lfo, look.level)):
                runs.insert(0, Run(marker))
            rows.add(Paragraph(runs, look.is_heading), look, match.group() == "\x07")
            for box_start, box_end in boxes:
                rows.add_boxes(self._blocks(box_start, box_end))
        runs = carried + self._runs(start, last, notes, counts)
        rows.close()
        if runs:
            out.append(Paragraph(runs))
        return out

    def _offset(self, at: int) -> tuple[int, int]:
        """Return the byte where position `at` lies and its width."""
        piece = self._binary.pieces[bisect_right(self._starts, at) - 1]
        return piece.offset + (at - piece.start) * piece.width, piece.width

    def _boxes(self, start: int, end: int) -> list[tuple[int, int]]:
        found = []
        for place in sorted(place for place in self._anchored if start <= place <= end):
            found += self._anchored.pop(place)
        return found

    def _runs(self, start: int, end: int, notes: str, counts: dict[str, int]) -> list[Run]:
        """Return what prints from `start` to `end`, parted where links begin and end."""
        if start >= end:
            return []
        links = self._links_between(start, end) if self._links else []
        if not links:
            printed = self._printed(start, end, notes, counts)
            return [Run(printed)] if printed else []
        runs = []
        bounds = sorted({start, end, *(min(max(at, start), end) for link in links for at in link[:2])})
        for left, right in pairwise(bounds):
            href = next((href for first, last, href in links if first <= left and right <= last), None)
            printed = self._printed(left, right, notes, counts)
            if printed:
                runs.append(Run(printed, href))
        return runs

    def _links_between(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """Return the links that begin in a range, and the one that runs into it."""
        first = max(bisect_left(self._links, (start, 0, "")) - 1, 0)
        last = bisect_left(self._links, (end, 0, ""))
        return [link for link in self._links[first:last] if start < link[1]]

    def _printed(self, start: int, end: int, notes: str, counts: dict[str, int]) -> str:
        text, keep = self._binary.text[start:end], self._prints[start:end]
        if _NOTE in text or self._symbols:
            chars = list(text)
            for index, char in enumerate(chars):
                if char == _NOTE and keep[index]:
                    form = "lowerRoman" if start + index in self._endnotes else notes
                    counts[form] += 1
                    chars[index] = f"[{format_number(counts[form], form)}]"
                elif start + index in self._symbols:
                    chars[index] = self._symbols[start + index]
            text = "".join(compress(chars, keep))
        elif 0 in keep:
            text = "".join(compress(text, keep))
        return whole(text.translate(_PRINTED))


def _positions(table: bytes, size: int) -> list[int]:
    """Return the positions of a PLC whose entries take `size` bytes each."""
    count = (len(table) - 4) // (size + 4)
    return list(struct.unpack_from(f"<{count + 1}i", table, 0)) if count > 0 else []
