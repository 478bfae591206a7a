"""The metadata header: every printed pair of label and value, in whatever layout, with the span of its value.

Works on text alone. Lines that hold known labels make a cluster with the lines between them; within a cluster every pair
counts, known or not. Layouts differ only in what parts a label from its value (colon, bracket, cell, line end) and in what
ends the value (the next label, the cell, the line), so that one pass reads them all.
"""

import re
from typing import NamedTuple

from opendata.extract.labels import PAD, Labels, labels
from opendata.normalise.dates import DATE_IN_TEXT

ZONES = (1200, 5000)
"""Characters that are searched first; the whole text is searched where they hold no header that ends well before."""
_MARGIN = 400

_PADS = " \u00a0\u3000\u2000\u2001\u2002\u2003\u2009\u200a\u200b\u202f\ufeff\t"
_EDGE = _PADS + "|｜\n"
_UNKNOWN = re.compile(
    rf"(?:(?:^|(?<=[\t|｜]))[ \u00a0\u3000]*(?:[·•●■◆*-]|[0-9]{{1,2}}[.、])?[ \u00a0\u3000]*|(?<={PAD}{PAD}))"
    rf"([【\[]?)([一-鿿A-Za-z](?:{PAD}{{0,8}}[一-鿿A-Za-z/／]){{0,9}}){PAD}*([】\]]{PAD}*[:：]?|[:：])",
    re.MULTILINE,
)
_CUT = re.compile(rf"{PAD}{{2,}}")
_NUMBER_END = re.compile(r"号|[ \u3000\t]|$")
_SENTENCE = re.compile(r"[。！？!?]")
_BULLET = re.compile(r"[ \u00a0\u3000\t]*(?:[·•●■◆*\-–]|[(（]?[0-9]{1,2}[)）.．、])?[ \u00a0\u3000\t]*\Z")
_LONG = 160
"""A line's remainder beyond this length holds more than the value of one header field."""


class Pair(NamedTuple):
    """One printed pair. `field` is None where the vocabulary does not know the label; `value` is None where nothing is printed."""

    label: str
    field: str | None
    value: str | None
    start: int
    end: int
    repeated: bool
    fallback: bool


class Header(NamedTuple):
    """All pairs in the order of the text, and the pieces of the text that they stand in (labels included)."""

    pairs: list[Pair]
    spans: list[tuple[int, int]]


class _Hit(NamedTuple):
    start: int
    label_start: int
    label_end: int
    value_start: int
    field: str | None
    kind: str


def find_header(text: str, language: str = "zh") -> Header:
    """Find the header of a document. An empty result means that no header was recognised."""
    vocabulary = labels(language)
    clusters: list[list[_Hit]] = []
    for zone in (*ZONES, len(text)):
        clusters = _clusters(text, _hits(text, min(len(text), zone), vocabulary), vocabulary)
        if zone >= len(text) or (clusters and clusters[-1][-1].value_start < zone - _MARGIN):
            break
    pairs: list[Pair] = []
    spans: list[tuple[int, int]] = []
    seen: set[str] = set()
    for cluster in clusters:
        found, span = _pairs(text, cluster, vocabulary)
        for pair in found:
            repeated = pair.field is not None and vocabulary.folded(pair.label) in seen
            pairs.append(pair._replace(repeated=repeated))
        seen.update(vocabulary.folded(pair.label) for pair in found)
        spans.append(span)
    return Header(_mark_repeats(pairs, vocabulary), spans)


def _mark_repeats(pairs: list[Pair], vocabulary: Labels) -> list[Pair]:
    """Mark a label that has been printed before, in the same cluster or an earlier one."""
    seen: set[str] = set()
    marked = []
    for pair in pairs:
        folded = vocabulary.folded(pair.label)
        marked.append(pair._replace(repeated=pair.repeated or folded in seen))
        seen.add(folded)
    return marked


def _hits(text: str, end: int, vocabulary: Labels) -> list[_Hit]:
    """Return the places of known labels that stand as labels: with a colon, in brackets, or alone in a cell or line."""
    found = []
    for match in vocabulary.pattern.finditer(text, 0, end):
        bracket, label, separator = match.group(1), match.group(2), match.group(3)
        if bracket and not (separator and separator[0] in "】]〕"):
            continue
        if separator:
            kind = "bracket" if bracket else "colon"
            if not bracket and separator[0] in "】]〕":
                continue
        else:
            kind = "cell"
            if not _begins_cell(text, match.start()):
                continue
        found.append(
            _Hit(
                match.start(),
                match.start(2),
                match.end(2),
                match.end(),
                vocabulary.fields[vocabulary.folded(label)],
                kind,
            )
        )
    return found


def _begins_cell(text: str, start: int) -> bool:
    line_start = text.rfind("\n", 0, start) + 1
    before = text[line_start:start]
    cut = max(before.rfind("\t"), before.rfind("|"), before.rfind("｜"))
    return _BULLET.match(before, cut + 1) is not None


def _clusters(text: str, hits: list[_Hit], vocabulary: Labels) -> list[list[_Hit]]:
    """Group hits that belong to one header: only blank lines, unknown pairs and short values stand between them."""
    groups: list[list[_Hit]] = []
    for hit in hits:
        if groups and _adjoins(text, groups[-1][-1], hit):
            groups[-1].append(hit)
        elif _begins_line(text, hit):
            groups.append([hit])
    return [group for group in groups if _is_header(text, group, vocabulary, groups)]


def _begins_line(text: str, hit: _Hit) -> bool:
    """Tell whether only pads, a bullet or cells stand before the label on its line."""
    line_start = text.rfind("\n", 0, hit.start) + 1
    before = text[line_start : hit.start]
    return (
        not before.strip(_EDGE)
        or _BULLET.match(before) is not None
        or "\t" in before
        or "|" in before
        or len(before) < 12
    )


def _adjoins(text: str, last: _Hit, following: _Hit) -> bool:
    between = text[last.value_start : following.start]
    if len(between) > 900:
        return False
    lines = between.split("\n")
    if len(lines) == 1:
        return len(between) <= 400
    if not _begins_line(text, following):
        return False
    if len(lines[0]) > 300:
        return False
    alone = not lines[0].strip(_EDGE)
    blanks = 0
    for line in lines[1:-1]:
        stripped = line.strip(_EDGE)
        if not stripped:
            blanks += 1
            if blanks > 4:
                return False
        elif _UNKNOWN.match(line) and len(stripped) < 200:
            blanks = 0
        elif alone and len(stripped) <= 300:
            alone = False
        elif len(stripped) <= 60 and blanks == 0 and lines[0].strip(_EDGE) and not _SENTENCE.search(stripped):
            continue
        else:
            return False
    return True


def _is_header(text: str, group: list[_Hit], vocabulary: Labels, groups: list[list[_Hit]]) -> bool:
    """Tell a header from words of the text that happen to be labels: two different fields, or one strong one near the top."""
    fields = {hit.field for hit in group}
    strong = [h for h in group if vocabulary.folded(text[h.label_start : h.label_end]) not in vocabulary.weak]
    if len(fields) >= 2 and strong:
        return True
    if len(fields) >= 3:
        return True
    return len(strong) == 1 and group[0].kind != "cell" and group is groups[0] and group[0].start < 400


def _pairs(text: str, cluster: list[_Hit], vocabulary: Labels) -> tuple[list[Pair], tuple[int, int]]:
    """Read the pairs of one cluster, the unknown ones between them too."""
    start = _preceding_cut(text, text.rfind("\n", 0, cluster[0].start) + 1, vocabulary)
    last_line_end = _line_end(text, cluster[-1].value_start)
    hits = _with_unknown(text, cluster, start, last_line_end, vocabulary)
    stacked = _is_stacked(text, hits)
    pairs = []
    end = start
    for index, hit in enumerate(hits):
        limit = hits[index + 1].start if index + 1 < len(hits) else None
        value_start, value_end = _value_span(text, hit, limit, stacked)
        label = text[hit.label_start : hit.label_end]
        value = text[value_start:value_end] or None
        if value is None:
            value_start = value_end = hit.value_start
        pairs.append(
            Pair(
                label, hit.field, value, value_start, value_end, False, vocabulary.folded(label) in vocabulary.fallback
            )
        )
        end = max(end, value_end, hit.value_start)
    return pairs, (start, end)


def _with_unknown(text: str, cluster: list[_Hit], start: int, end: int, vocabulary: Labels) -> list[_Hit]:
    """Add the pairs with labels that the vocabulary lacks, which stand between known ones or right behind the last."""
    extra = []
    starts = {hit.label_start for hit in cluster}
    covered = [(hit.start, hit.value_start) for hit in cluster]
    stop = _following_unknown(text, end)
    for match in _UNKNOWN.finditer(text, start, stop):
        begin, finish = match.start(2), match.end()
        if begin in starts or any(a < finish and begin < b for a, b in covered):
            continue
        if match.group(1) and match.group(3)[0] not in "】]":
            continue
        field = vocabulary.field_of(match.group(2))
        if finish - begin < 3 and field is None:
            continue
        extra.append(_Hit(match.start(), begin, match.end(2), finish, field, "colon"))
    return sorted([*cluster, *extra]) if extra else cluster


def _preceding_cut(text: str, start: int, vocabulary: Labels) -> int:
    """Return the start of the lines right above the first known label whose labels are cut to their last characters."""
    while start > 0:
        line_start = text.rfind("\n", 0, start - 1) + 1
        match = _UNKNOWN.match(text, line_start, start - 1)
        if match is None or vocabulary.field_of(match.group(2)) is None:
            return start
        start = line_start
    return start


def _following_unknown(text: str, end: int) -> int:
    """Return the end of the lines right behind the last known pair that are pairs too."""
    while end < len(text):
        following = _line_end(text, end + 1)
        line = text[end + 1 : following]
        match = _UNKNOWN.match(line)
        if match is None or len(line) > 60 or match.end() == len(line.rstrip(_EDGE)):
            return end
        end = following
    return end


def _is_stacked(text: str, hits: list[_Hit]) -> bool:
    """Tell whether labels and values stand on lines of their own: most labels have nothing behind them on the line."""
    alone = sum(1 for hit in hits if not text[hit.value_start : _line_end(text, hit.value_start)].strip(_EDGE))
    return alone * 2 > len(hits) or (len(hits) > 1 and all(h.kind == "cell" for h in hits) and alone > 0)


def _value_span(text: str, hit: _Hit, limit: int | None, stacked: bool) -> tuple[int, int]:
    """Return where a value stands: behind its label on the line or in the next cell, or on the next line."""
    line_end = _line_end(text, hit.value_start)
    stop = line_end if limit is None else min(limit, line_end)
    start = hit.value_start
    if stop == line_end and not text[start:stop].strip(_EDGE) and stacked:
        return _next_lines(text, line_end, limit)
    rest = text[start:stop]
    if "\t" in rest or "|" in rest or "｜" in rest:
        return _cell(text, start, stop)
    span = _trim(text, start, stop)
    if limit is None and span[1] - span[0] > _LONG:
        return _trim(text, span[0], _typed_end(text, span[0], span[1], hit.field))
    if limit is not None and limit > line_end:
        return _continued(text, span, line_end, limit, hit.field)
    return span


def _cell(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return the value in a line of cells: the rest of the label's own cell, or else the next cell."""
    position = start
    first = True
    while position <= stop:
        ends = [found for mark in "\t|｜" if (found := text.find(mark, position, stop)) >= 0]
        end = min(ends, default=stop)
        span = _trim(text, position, end)
        if span[0] < span[1] or not first:
            return span
        first = False
        position = end + 1
    return start, start


def _next_lines(text: str, line_end: int, limit: int | None) -> tuple[int, int]:
    """Return the value on the line below its label, which ends at the next label."""
    stop = len(text) if limit is None else limit
    position = line_end + 1
    while position < stop:
        end = min(_line_end(text, position), stop)
        span = _trim(text, position, end)
        if span[0] < span[1]:
            return span
        position = end + 1
    return line_end, line_end


def _continued(text: str, span: tuple[int, int], line_end: int, limit: int, field: str | None) -> tuple[int, int]:
    """Let a title or abstract go on over the lines before the next label."""
    if field not in ("title", "abstract", "categories") or span[0] == span[1]:
        return span
    end = span[1]
    position = line_end + 1
    while position < limit:
        following = min(_line_end(text, position), limit)
        piece = _trim(text, position, following)
        if piece[0] == piece[1] or _UNKNOWN.match(text[position:following]):
            break
        end = piece[1]
        position = following + 1
    return span[0], end


def _typed_end(text: str, start: int, stop: int, field: str | None) -> int:
    """Return where the last value of a header ends that runs on into the text, judged by what its field may hold."""
    if field is not None and field.endswith("_date"):
        match = DATE_IN_TEXT.match(text, start, stop)
        return match.end() if match else start
    if field == "abstract":
        return stop
    wide = _CUT.search(text, start, stop)
    if wide is not None:
        return wide.start()
    if field == "document_number":
        match = _NUMBER_END.search(text, start, stop)
        return match.end() if match else stop
    space = min((found for mark in " \u3000" if (found := text.find(mark, start, stop)) > 0), default=-1)
    if space > 0:
        return space
    return start if _SENTENCE.search(text, start, stop) else stop


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def _line_end(text: str, position: int) -> int:
    found = text.find("\n", position)
    return len(text) if found < 0 else found
