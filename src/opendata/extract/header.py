"""The metadata header: every printed pair of label and value, in whatever layout, with the span of its value.

Works on text alone. Lines that hold known labels make a cluster with the lines between them; within a cluster every pair
counts, known or not. Layouts differ only in what parts a label from its value (colon, bracket, cell, line end) and in what
ends the value (the next label, the cell, the line), so that one pass reads them all.
"""

import re

from opendata.extract import header_shapes as shapes
from opendata.extract.header_bounds import FOOT, MARGIN, ZONES, following_unknown, preceding_cut, whole_line
from opendata.extract.header_columns import column_values, lone_cells, unknown_cells
from opendata.extract.header_evidence import SUB_LINE, is_header
from opendata.extract.header_gaps import widen
from opendata.extract.header_hits import Hit, begins_line, behind_crumbs, find_hits, find_unknown
from opendata.extract.header_pairs import Header, Pair
from opendata.extract.header_values import (
    EDGE,
    goes_on,
    is_spaced,
    is_stacked,
    line_end,
    may_hold,
    trim,
    value_span,
)
from opendata.extract.labels import IGNORED, Labels, labels
from opendata.languages import DEFAULT

__all__ = ["Header", "Pair", "find_header"]

_NO_CELLS = re.compile(r"[^\t|｜]*")
_DELIMITERS = "-:|" + EDGE
_SHORTEST_TITLE = 6
_BLANK = re.compile(r"\n[ \u00a0\u3000]*\n")


def find_header(text: str, language: str = DEFAULT) -> Header:
    """Find the header of a document. An empty result means that no header was recognised."""
    vocabulary = labels(language)
    known = shapes.recall(text, vocabulary)
    if known is not None:
        return known
    clusters, seen = _search(text, vocabulary)
    view = text
    if (
        all(_is_sub_line(cluster) for cluster in clusters)
        and (widened := widen(text, ZONES[0], vocabulary)) is not None
    ):
        wide = _clusters(widened, find_hits(widened, min(len(widened), ZONES[0]), vocabulary), vocabulary)
        if wide:
            view = widened
            clusters = wide
    if seen < len(text):
        foot = find_hits(text, len(text), vocabulary, start=max(seen, len(text) - FOOT))
        clusters = clusters + _clusters(text, foot, vocabulary)
    pairs: list[Pair] = []
    spans: list[tuple[int, int]] = []
    words: list[str] = []
    for cluster in clusters:
        spans.append(_pairs(view, cluster, vocabulary, pairs, words))
    if view is not text:  # gaps were made cells to find what they part: what is printed is printed
        pairs = [one._replace(value=text[one.start : one.end]) if one.value else one for one in pairs]
    header = Header(_mark_repeats(pairs, words), spans)
    if len(clusters) == 1 and view is text:
        shapes.learn(text, vocabulary, clusters[0], header)
    return header


def _search(text: str, vocabulary: Labels) -> tuple[list[list[Hit]], int]:
    """Return the labels of each header, and how far was looked: no further than where a header ends well before."""
    clusters: list[list[Hit]] = []
    for zone in (*ZONES, len(text)):
        clusters = _clusters(text, find_hits(text, min(len(text), zone), vocabulary), vocabulary)
        if zone >= len(text) or (clusters and clusters[-1][-1].value_start < zone - MARGIN):
            break
    return clusters, zone


def _mark_repeats(pairs: list[Pair], words: list[str]) -> list[Pair]:
    """Mark a label that has been printed before, in the same cluster or an earlier one; `words` are the labels as listed."""
    seen: set[str] = set()
    marked = []
    for pair, word in zip(pairs, words, strict=True):
        marked.append(pair._replace(repeated=True) if word in seen else pair)
        seen.add(word)
    return marked


def _clusters(text: str, hits: list[Hit], vocabulary: Labels) -> list[list[Hit]]:
    """Group hits that belong to one header: only blank lines, unknown pairs and short values stand between them."""
    groups: list[list[Hit]] = []
    lone = lone_cells(text, hits)
    for hit in hits:
        if hit.start in lone:
            continue
        if (
            groups
            and _adjoins(text, groups[-1][-1], hit, vocabulary)
            and not _begins_text(text, groups[-1], hit, vocabulary)
        ):
            groups[-1].append(hit)
        elif hit.field != IGNORED and begins_line(text, hit.start, vocabulary.words):
            groups.append([hit])
    accepted: list[list[Hit]] = []
    for group in groups:
        end = accepted[-1][-1].value_start if accepted else 0
        if is_header(text, group, vocabulary, end, first=group is groups[0]):
            accepted.append(group)
    return accepted


def _begins_text(text: str, group: list[Hit], hit: Hit, vocabulary: Labels) -> bool:
    """Tell a weak label behind a blank line that says again what the header has said: 时间 of a meeting, 名称 of a firm."""
    ambiguous = vocabulary.words.ambiguous
    if hit.word in ambiguous and vocabulary.words.stop.search(text, hit.value_start, line_end(text, hit.value_start)):
        return True
    if hit.word in vocabulary.weak and _repeats_title(text, group, hit):
        return True
    if hit.word not in vocabulary.weak or _BLANK.search(text, group[-1].value_start, hit.start) is None:
        return False
    return hit.word in ambiguous or any(hit.field == other.field and hit.word != other.word for other in group)


def _repeats_title(text: str, group: list[Hit], hit: Hit) -> bool:
    """Tell whether the title that a header tells stands again between it and a label: the text has begun there."""
    titled = next((one for one in group if one.field == "title"), None)
    if titled is None:
        return False
    end = line_end(text, titled.value_start)
    first, last = trim(text, titled.value_start, end)
    if first == last:
        first, last = trim(text, end, line_end(text, end + 1))
    title = text[first:last]
    return len(title) >= _SHORTEST_TITLE and any(
        line.strip(EDGE) == title for line in text[max(last, group[-1].value_start) : hit.start].split("\n")
    )


def _adjoins(text: str, last: Hit, following: Hit, vocabulary: Labels) -> bool:
    start, end = last.value_start, following.start
    abstract = last.field == "abstract"
    if end - start > (2000 if abstract else 900):
        return False
    line = text.find("\n", start, end)
    if line < 0:
        return end - start <= (900 if abstract else 400) and (
            abstract or vocabulary.words.stop.search(text, start, end) is None
        )
    if not begins_line(text, following.start, vocabulary.words):
        return False
    if line - start > (900 if abstract else 300):
        return False
    if text.find("\n", line + 1, end) < 0:
        return True
    lines = text[start:end].split("\n")
    return _only_pairs_between(text, start, lines, last, vocabulary)


def _only_pairs_between(text: str, start: int, lines: list[str], last: Hit, vocabulary: Labels) -> bool:
    """Tell whether the lines between two labels are blank, unknown pairs, or belong to the first label's value."""
    alone = not lines[0].strip(EDGE)
    empty_cell = alone and not _NO_CELLS.fullmatch(lines[0])
    blanks = 0
    position = start + len(lines[0]) + 1
    value = trim(text, start, position - 1)
    for line in lines[1:-1]:
        stripped = line.strip(EDGE)
        end = position + len(line)
        if not stripped:
            blanks += 1
            if blanks > 4:
                return False
        elif stripped[0] in "-:" and not stripped.strip(_DELIMITERS):  # below the first row of a table in Markdown
            pass
        elif alone and blanks == 0:
            cells = last.kind in ("cell", "line") and ("\t" in line or "|" in line)
            if not cells and (
                empty_cell
                or not may_hold(stripped.lstrip(":："), last.field, vocabulary.words, sure=last.kind == "line")
            ):
                return False
            alone = False
            value = trim(text, position, end)
        elif len(stripped) < 200 and _is_unknown_pair(text, position, end, vocabulary):
            blanks = 0
            alone = stripped[-1] in ":：】]"
            value = (end, end)
        elif blanks == 0 and goes_on(text, value, stripped, last.field, vocabulary.words):
            value = value[0], end
        else:
            return False
        position = end + 1
    return True


def _is_unknown_pair(text: str, start: int, end: int, vocabulary: Labels) -> bool:
    found = find_unknown(text, start, end, [], vocabulary)
    words = vocabulary.words
    return (
        bool(found)
        and begins_line(text, found[0].start, words)
        and not words.sentence.search(text, start, found[0].start)
    )


def _pairs(text: str, cluster: list[Hit], vocabulary: Labels, pairs: list[Pair], words: list[str]) -> tuple[int, int]:
    """Add the pairs of one cluster, the unknown ones between them too, and their labels as listed; returns their span."""
    start = text.rfind("\n", 0, cluster[0].start) + 1
    stop = line_end(text, cluster[-1].value_start)
    if behind_crumbs(text, start, cluster[0].start):
        start = cluster[0].start
    elif not _is_sub_line(cluster):
        start = preceding_cut(text, start, vocabulary)
        if vocabulary.words.stop.search(text, 0, start) is None:  # below a text the page's imprint may follow
            stop = following_unknown(text, stop, vocabulary)
    extra = find_unknown(text, start, stop, cluster, vocabulary)
    extra += unknown_cells(text, cluster, extra, vocabulary.words.label_cell)
    hits = sorted([*cluster, *extra]) if extra else cluster
    stacked = is_stacked(text, hits)
    spaced = stacked and is_spaced(text, hits)
    columns = column_values(text, hits)
    end = start
    for index, hit in enumerate(hits):
        limit = hits[index + 1].start if index + 1 < len(hits) else None
        crowded = index > 0 and text.find("\n", hits[index - 1].start, hit.start) < 0
        span = columns.get(hit.start) or value_span(
            text, hit, limit, vocabulary.words, stacked=stacked, spaced=spaced, crowded=crowded
        )
        end = max(end, span[1], hit.value_start)
        if hit.field == IGNORED:
            continue
        value = text[span[0] : span[1]] or None
        place = span if value is not None else (hit.value_start, hit.value_start)
        label = text[hit.label_start : hit.label_end]
        pairs.append(Pair(label, hit.field, value, place[0], place[1], False, hit.word in vocabulary.fallback))
        words.append(hit.word)
    return start, whole_line(text, end, vocabulary, ignored=hits[-1].field == IGNORED)


def _is_sub_line(cluster: list[Hit]) -> bool:
    """Tell labels of a line under the title, or of one below the text, only."""
    return all(hit.field in SUB_LINE or hit.field == IGNORED for hit in cluster)
