"""Headers of a shape that has been seen: documents of one portal print the same labels in the same order.

What `header.find_header` finds in a plain header (labels with colons, each value on its label's line or in the next cell) follows
from the words and signs between the values alone. Such a shape is kept when it comes a second time; a text that has it, and in
which nothing else could be a label, is read by finding those words again. Anything that is not surely alike is left to the long
way: `recall` gives what the long way would give, or None.
"""

import re
from typing import NamedTuple

from opendata.extract.header_bounds import FOOT, MARGIN, ZONES, following_unknown, preceding_cut, whole_line
from opendata.extract.header_columns import column_values
from opendata.extract.header_evidence import SUB_LINE
from opendata.extract.header_hits import Hit, find_hits
from opendata.extract.header_pairs import Header, Pair
from opendata.extract.header_values import is_stacked, line_end, value_span
from opendata.extract.header_words import PADS, HeaderWords
from opendata.extract.labels import IGNORED, Labels

_MARKS = re.compile(r"(?<![0-9])[:：]|[\n\t|｜【】\[\]〔〕]").findall
"""Signs that could part a label from a value, set one off, or end a cell; of these a value may only hold those below."""
_IN_VALUES = re.compile(r"(?<=[0-9])[:：]|〕").finditer
_NOT_IN_VALUES = re.compile(r"(?<![0-9])[:：]|[【】\[\]\n]").search
_NO_BARS = re.compile(r"[^|｜]*")
_SPACE = "".join(PADS) + "\n\t"
_TRIMMED = _SPACE + "*；;"
_LONGEST_VALUE = 100
_LONGEST_DATE = 12
_KEPT, _WATCHED = 8, 64
_LAST_LABEL = ZONES[0] - MARGIN
"""Where the last label stands before here, the search goes no further than the first zone."""


class _Place(NamedTuple):
    """One pair of a shape: the words from the value before it (the line's start, for the first) to its own value; where in them the
    label stands; and what is known of it. `ends_line`: only its value follows on the line; `runs_in`: a value stands before it on
    the line; `cell_end`: how far behind its value the sign stands that ends the value's cell, -1 where it has none of its own."""

    words: str
    label: str
    label_start: int
    value_start: int
    field: str | None
    word: str
    is_empty: bool
    repeated: bool
    fallback: bool
    ends_line: bool
    crowded: bool
    runs_in: bool
    cell_end: int


class _Shape(NamedTuple):
    """A header: its pairs in order, and all signs of `_MARKS` in it."""

    places: tuple[_Place, ...]
    marks: tuple[str, ...]


class _Memory:
    """Shapes under one vocabulary, the one that was used last first, and those that have been seen once."""

    def __init__(self, vocabulary: Labels) -> None:
        self.vocabulary = vocabulary
        self.shapes: list[_Shape] = []
        self.watched: dict[_Shape, None] = {}


_memories: dict[str, _Memory] = {}
"""By language. It speeds up what is found, and never changes it: `convert` stays a pure function."""


def _memory(vocabulary: Labels) -> _Memory:
    known = _memories.get(vocabulary.language)
    if known is None or known.vocabulary is not vocabulary:
        known = _memories[vocabulary.language] = _Memory(vocabulary)
    return known


def recall(text: str, vocabulary: Labels) -> Header | None:
    """Return the header of a text that has a known shape; None where the text is to be read the long way."""
    if len(text) <= ZONES[0]:
        return None
    shapes = _memory(vocabulary).shapes
    for index, shape in enumerate(shapes):
        start = _line_of(text, shape.places[0].words, _LAST_LABEL)
        header = _read(text, start, shape, vocabulary) if start >= 0 else None
        if header is not None:
            if index:
                shapes.insert(0, shapes.pop(index))
            return header
    return None


def _line_of(text: str, words: str, limit: int) -> int:
    """Return where the first line begins that begins with some words, -1 where there is none."""
    if text.startswith(words):
        return 0
    found = text.find("\n" + words, 0, limit)
    return found + 1 if found >= 0 else -1


def _read(text: str, start: int, shape: _Shape, vocabulary: Labels) -> Header | None:
    """Read a header of a shape whose first label stands on the line at `start`."""
    begins = []
    position = start
    for place in shape.places:
        reach = len(place.words)
        position = text.find(place.words, position, position + _LONGEST_VALUE + reach)
        if position < 0:
            return None
        begins.append(position)
        position += reach
    end = line_end(text, position)
    last = begins[-1] + shape.places[-1].value_start
    if begins[0] != start or last >= _LAST_LABEL or end - position > _LONGEST_VALUE:
        return None
    if tuple(_MARKS(text, start, end)) != shape.marks or not _is_alone(text, start, end, vocabulary):
        return None
    pairs: list[Pair] = []
    stop = _pairs(text, shape, begins, vocabulary, pairs)
    return None if stop is None else Header(pairs, [(start, whole_line(text, stop, vocabulary, ignored=False))])


def _is_alone(text: str, start: int, end: int, vocabulary: Labels) -> bool:
    """Tell whether no other label could stand around a header or in its values, and no sentence before its end."""
    words = vocabulary.words
    return (
        words.stop.search(text, 0, end) is None
        and words.sentence.search(text, start, end) is None
        and not find_hits(text, start, vocabulary)
        and not find_hits(text, ZONES[0], vocabulary, end)
        and not any(find_hits(text, at.end(), vocabulary, at.start()) for at in _IN_VALUES(text, start, end))
        and not find_hits(text, len(text), vocabulary, max(ZONES[0], len(text) - FOOT))
        and preceding_cut(text, start, vocabulary) == start
        and following_unknown(text, end, vocabulary) == end
    )


def _pairs(text: str, shape: _Shape, begins: list[int], vocabulary: Labels, pairs: list[Pair]) -> int | None:
    """Add the pairs, given where the words before each value begin, and return where the last one ends.

    None where a value is not as plain as the shape's.
    """
    words = vocabulary.words
    value: str | None
    end = 0
    for index, place in enumerate(shape.places):
        begin = begins[index]
        start = begin + len(place.words)
        if place.runs_in and not _is_whole(text, place, begin, vocabulary):
            return None
        if index + 1 < len(begins):
            stop = begins[index + 1]
            if not _is_value(text, place, begin, start, stop, stop + shape.places[index + 1].label_start, words):
                return None
            if place.cell_end >= 0 and find_hits(text, stop + place.cell_end + 1, vocabulary, stop + place.cell_end):
                return None  # the value's cell says no more than a label does
        else:
            start, stop = value_span(
                text, _hit(place, begin), None, words, stacked=False, spaced=False, crowded=place.crowded
            )
            if (start == stop) != place.is_empty:
                return None
            end = max(stop, begin + place.value_start)
        value = text[start:stop]
        if place.is_empty:
            value, start = None, begin + place.value_start
            stop = start
        row = (place.label, place.field, value, start, stop, place.repeated, place.fallback)
        pairs.append(tuple.__new__(Pair, row))  # the constructor of a NamedTuple costs as much again
    return end


def _is_whole(text: str, place: _Place, begin: int, vocabulary: Labels) -> bool:
    """Tell whether a label is not the end of a longer one that begins in the value before it."""
    start = begin + place.label_start
    return vocabulary.before(text, start + len(place.label)) == (start, place.word)


def _is_value(text: str, place: _Place, begin: int, start: int, stop: int, limit: int, words: HeaderWords) -> bool:
    """Tell whether the value before the next label is surely what stands between the words of a shape."""
    if place.is_empty or start == stop:
        return place.is_empty and start == stop
    if text[start] in _SPACE or text[stop - 1] in _TRIMMED:
        return False
    if place.ends_line and words.chrome.search(text, start, stop) is not None:
        return False
    if stop - start <= _LONGEST_DATE or place.field is None or not place.field.endswith("_date"):
        return True
    return value_span(text, _hit(place, begin), limit, words, stacked=False, spaced=False, crowded=place.crowded) == (
        start,
        stop,
    )


def _hit(place: _Place, begin: int) -> Hit:
    start = begin + place.label_start
    return Hit(start, start, start + len(place.label), begin + place.value_start, place.field, place.word, "colon")


def learn(text: str, vocabulary: Labels, hits: list[Hit], header: Header) -> None:
    """Keep the shape of a header that was read the long way, if it is plain and comes the second time."""
    shape = _shape(text, vocabulary, hits, header)
    if shape is None:
        return
    memory = _memory(vocabulary)
    if shape in memory.watched:
        del memory.watched[shape]
        memory.shapes = [shape, *memory.shapes[: _KEPT - 1]]
    else:
        if len(memory.watched) >= _WATCHED:
            memory.watched.pop(next(iter(memory.watched)))
        memory.watched[shape] = None


def _shape(text: str, vocabulary: Labels, hits: list[Hit], header: Header) -> _Shape | None:
    """Return the shape of a header; None where its reading may follow from more than the words between its values."""
    pairs, words = header.pairs, vocabulary.words
    start = header.spans[0][0]
    end = line_end(text, hits[-1].value_start)
    if words.join or len(text) <= ZONES[0] or hits[-1].value_start >= _LAST_LABEL or len(pairs) != len(hits):
        return None
    fields = {hit.field for hit in hits}
    strong = [hit for hit in hits if hit.word not in vocabulary.weak]
    if (
        fields <= SUB_LINE
        or len(fields) < 3
        or len({hit.field for hit in strong}) < 2
        or any(hit.kind != "colon" for hit in hits)
    ):
        return None
    if _NO_BARS.fullmatch(text, start, end) is None or not _is_alone(text, start, end, vocabulary):
        return None
    if is_stacked(text, hits) or column_values(text, hits):
        return None
    places = []
    before = start
    for index, (hit, pair) in enumerate(zip(hits, pairs, strict=True)):
        following = hits[index + 1].start if index + 1 < len(hits) else end
        if not _is_plain(text, hit, pair, before, following):
            return None
        ends_line = text.find("\n", hit.value_start, following) >= 0
        crowded = index > 0 and text.find("\n", hits[index - 1].start, hit.start) < 0
        place = _Place(
            text[before : pair.start],
            pair.label,
            hit.label_start - before,
            hit.value_start - before,
            hit.field,
            hit.word,
            pair.value is None,
            pair.repeated,
            pair.fallback,
            ends_line,
            crowded,
            before > start and "\n" not in text[before : hit.start],
            _cell_end(text, pair, following),
        )
        places.append(place)
        before = pair.end
    return _Shape(tuple(places), tuple(_MARKS(text, start, end)))


def _cell_end(text: str, pair: Pair, following: int) -> int:
    """Return how far behind its value a cell ends; -1 where the value shares its label's cell."""
    if pair.value is None or "\t" not in text[text.rfind("\n", 0, pair.start) + 1 : pair.start]:
        return -1
    gap = text[pair.end : following]
    return next((at for at, sign in enumerate(gap) if sign in "\t\n"), -1)


def _is_plain(text: str, hit: Hit, pair: Pair, before: int, following: int) -> bool:
    """Tell whether a pair stands by itself: a label, a colon, and a value on its line.

    `before` is the end of the value before it, or the start of the line; `following` the start of the next label.
    """
    gap, sign = text[before : hit.start], text[hit.label_end : hit.value_start]
    lead, rest = text[hit.value_start : pair.start], text[pair.end : following]
    return (
        hit.field != IGNORED
        and hit.start == hit.label_start
        and (gap != "" or text[before - 1 : before] in ("\n", ""))
        and sign.strip(_SPACE) in (":", "：")
        and not text[hit.label_end - 1].isdigit()
        and not (gap + lead + rest).strip(_SPACE)
        and "\n" not in lead
        and _NOT_IN_VALUES(text, pair.start, pair.end) is None
        and pair.end - pair.start <= _LONGEST_VALUE
    )
