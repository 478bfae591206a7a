"""Where labels stand in a text: before a colon, in brackets, or alone in a cell or on a line."""

import re
from typing import NamedTuple

from opendata.extract.header_words import PADS, HeaderWords
from opendata.extract.labels import IGNORED, Labels

_SEPARATOR = re.compile(r"[:：】\]](?<=[^\s0-9。，].)")
_CLOSING = "】]〕"
_OPENING = "【[〔"
_CELLS = "\t|｜"
_CRUMBS = re.compile(rf"[^。\n]{{1,80}}[>＞»›→][^。:：\n]{{1,24}}[{''.join(PADS)}]\Z")
_SUFFIX = 14
_LABEL_REACH = 130
"""A label with its pads is no longer than this: lines may be as long as a text."""


class Hit(NamedTuple):
    """One label: `start` with its bracket, the label itself, where its value may begin, its field and how it is set off."""

    start: int
    label_start: int
    label_end: int
    value_start: int
    field: str | None
    word: str
    kind: str


def find_hits(text: str, end: int, vocabulary: Labels, start: int = 0) -> list[Hit]:
    """Return known labels whose separators stand in `text[start:end]`, in order. `kind` is colon, bracket, cell or line."""
    found: list[Hit] = []
    for match in vocabulary.separator.finditer(text, start, end):
        _read(text, match.start(), vocabulary, found)
    if end == len(text) and text:
        _read(text, end, vocabulary, found)
    return found


def _read(text: str, at: int, vocabulary: Labels, found: list[Hit]) -> None:
    """Add the label that ends before the separator at `at`, if there is one; the end of the text is a separator too."""
    stop = at
    while stop > 0 and text[stop - 1] in PADS:
        stop -= 1
    if stop == 0:
        return
    last = text[stop - 1]
    mark = text[at : at + 1]
    if last == "*" and mark not in (":", "："):  # a cell in bold, as Markdown prints it: **文号** |
        stop = _before_stars(text, stop)
        last = text[stop - 1]
    if last in vocabulary.lasts:
        hit = _plain(text, at, stop, mark, vocabulary, found)
    elif mark and mark in ":：" and last in "\t|｜\n*_)）0123456789":
        hit = _behind(text, at, stop, vocabulary)
    else:
        return
    if hit is not None:
        found.append(hit)


def _before_stars(text: str, stop: int) -> int:
    while stop > 1 and (text[stop - 1] == "*" or text[stop - 1] in PADS):
        stop -= 1
    return stop


def _plain(text: str, at: int, stop: int, mark: str, vocabulary: Labels, found: list[Hit]) -> Hit | None:
    """Read a label that ends right before its separator, pads aside."""
    read = vocabulary.before(text, stop)
    if mark and mark in ":：":
        if read is None:
            read = _glued(text, stop, vocabulary, found)
        return _hit(text, read, stop, at + 1, vocabulary, "colon") if read else None
    if read is None:
        return None
    if mark and mark in _CLOSING:
        return _bracketed(text, read, at, stop, vocabulary)
    if not _begins_cell(text, read[0], vocabulary.words):
        return None
    following = at + 1
    while following < len(text) and (text[following] in PADS or text[following] in _CELLS):
        following += 1
    if following < len(text) and text[following] in ":：":
        return None  # label and colon stand in different cells: read from the colon
    kind = "cell" if mark in _CELLS and mark else "line"
    return _hit(text, read, stop, at, vocabulary, kind)


def _hit(
    text: str, read: tuple[int, str], stop: int, value: int, vocabulary: Labels, kind: str, start: int | None = None
) -> Hit:
    while value < len(text) and text[value] == "*":
        value += 1
    begin, word = read
    if start is None:
        start = begin
        while start > 0 and text[start - 1] in PADS:
            start -= 1
        start = start - 1 if start > 0 and text[start - 1] in _OPENING else begin
    return Hit(start, begin, stop, value, vocabulary.fields[word], word, kind)


def _bracketed(text: str, read: tuple[int, str], at: int, stop: int, vocabulary: Labels) -> Hit | None:
    begin = read[0]
    while begin > 0 and text[begin - 1] in PADS:
        begin -= 1
    if begin == 0 or text[begin - 1] not in _OPENING:
        return None
    value = at + 1
    while value < len(text) and text[value] in PADS:
        value += 1
    value = value + 1 if text[value : value + 1] in (":", "：") else at + 1
    return _hit(text, read, stop, value, vocabulary, "bracket", begin - 1)


def _glued(text: str, stop: int, vocabulary: Labels, found: list[Hit]) -> tuple[int, str] | None:
    """Read a label that follows a value at once, on a line that holds a label already or begins with a bare date."""
    read = vocabulary.glued(text, stop)
    if read is not None and text[read[0] - 1].isdigit():
        before = text[text.rfind("\n", 0, read[0]) + 1 : read[0]]
        if len(before) <= 24 and vocabulary.words.date.match(before) is not None:
            return read
    if (
        read is None
        or not found
        or len(read[1]) < 4
        or text[read[0] - 1] not in vocabulary.words.glue
        or read[1] in vocabulary.weak
    ):
        return None
    return None if "\n" in text[found[-1].value_start : read[0]] else read


def _behind(text: str, at: int, stop: int, vocabulary: Labels) -> Hit | None:
    """Read a label from whose end the colon is parted: by a cell or line end, emphasis, a note in brackets, a number."""
    end = stop
    last = text[end - 1]
    if last in "\t|｜\n":
        end -= 1
        while end > 0 and (text[end - 1] in PADS or text[end - 1] in _CELLS):
            end -= 1
    while end > 0 and text[end - 1] in "*_":
        end -= 1
    label_end = end
    if end > 0 and text[end - 1] in ")）":
        opening = max(text.rfind("（", max(0, end - _SUFFIX), end), text.rfind("(", max(0, end - _SUFFIX), end))
        if opening < 0:
            return None
        end = opening
    elif end > 0 and text[end - 1].isdigit():
        end = end - 2 if end > 1 and text[end - 2].isdigit() else end - 1
    while end > 0 and text[end - 1] in PADS:
        end -= 1
    read = vocabulary.before(text, end) if end > 0 and text[end - 1] in vocabulary.lasts else None
    if read is None or (last in "\t|｜\n" and not _begins_cell(text, read[0], vocabulary.words)):
        return None
    return _hit(text, read, label_end, at + 1, vocabulary, "colon")


def _begins_cell(text: str, start: int, words: HeaderWords) -> bool:
    """Tell whether only pads or a bullet stand between the beginning of a cell or line and the label."""
    begin = start
    while begin > 0 and text[begin - 1] not in "\n\t|｜":
        begin -= 1
        if start - begin > 12:
            return False
    return begin == start or words.bullet.match(text, begin, start) is not None


def begins_line(text: str, start: int, words: HeaderWords) -> bool:
    """Tell whether only pads, a bullet or other cells stand between the beginning of the line and the label."""
    line_start = text.rfind("\n", 0, start) + 1
    if line_start == start:
        return True
    before = text[line_start:start]
    if "\t" in before or "|" in before or "｜" in before or words.bullet.match(before) is not None:
        return True
    if len(before) <= 24 and words.date.match(before) is not None:  # the line under a title may begin with its date
        return True
    return behind_crumbs(text, line_start, start)


def behind_crumbs(text: str, line_start: int, start: int) -> bool:
    """Tell whether a breadcrumb stands on the line before the label: a page that was flattened into one line."""
    if not 4 <= start - line_start <= 110:
        return False
    before = text[line_start:start]
    return any(sign in before for sign in ">＞»›→") and _CRUMBS.match(before) is not None


def find_unknown(text: str, start: int, end: int, hits: list[Hit], vocabulary: Labels) -> list[Hit]:
    """Return pairs in `text[start:end]` whose label the vocabulary lacks: at the start of a line or cell, or behind wide pads."""
    found: list[Hit] = []
    covered = {at for hit in hits for at in range(hit.label_end, hit.value_start)}
    for match in _SEPARATOR.finditer(text, start, end):
        at = match.start()
        mark = text[at : at + 1]
        if not mark or mark not in ":：】]" or at in covered:
            continue
        stop = at
        while stop > start and (text[stop - 1] in PADS or text[stop - 1] == "*"):
            stop -= 1
        if stop == start or not (text[stop - 1].isalnum() or text[stop - 1] in ")）") or text[stop - 1].isdigit():
            continue
        hit = _unknown(text, at, stop, mark, vocabulary)
        if hit is not None and not any(other.start < at and hit.start < other.value_start for other in hits):
            found.append(hit)
    return found


def _unknown(text: str, at: int, stop: int, mark: str, vocabulary: Labels) -> Hit | None:
    floor = max(0, stop - _LABEL_REACH)
    begin = max(floor, *(text.rfind(sign, floor, stop) + 1 for sign in "\n\t|｜"))
    match = vocabulary.words.unknown.match(text, begin, stop)
    if match is None or bool(match.group(1)) != (mark in "】]"):
        return None
    if match.group(1) and vocabulary.words.tools.match(text, match.start(1)) is not None:  # a button, 【打印】
        return None
    label = match.group(2)
    field = vocabulary.field_of(label)
    if len(label) < 2 and field is None:
        return None
    value = at + 1
    if mark in "】]" and text[value : value + 1] in (":", "："):
        value += 1
    while value < len(text) and text[value] == "*":
        value += 1
    start = match.start(1) if match.group(1) else match.start(2)
    kind = "bracket" if match.group(1) else "colon"
    return Hit(
        start, match.start(2), match.start(2) + len(label.rstrip()), value, field, vocabulary.folded(label), kind
    )


def is_known(hit: Hit) -> bool:
    """Tell whether a hit names a field of the vocabulary."""
    return hit.field is not None and hit.field != IGNORED
