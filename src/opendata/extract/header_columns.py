"""Headers in columns: a row of labels above a row of their values."""

import re

from opendata.extract.header_hits import Hit
from opendata.extract.header_values import EDGE, line_end, trim

_MARKS = "\t|｜"
_CELL_ENDS = frozenset("\t|｜\n")


def column_values(text: str, hits: list[Hit]) -> dict[int, tuple[int, int]]:
    """Return the value's span by the label's start, for labels that fill their line's cells and have values below.

    A row of labels counts only where exactly one row of as many cells follows: more are a list of documents, not a header.
    """
    rows: dict[int, list[Hit]] = {}
    for hit in hits:
        if hit.kind in ("cell", "line") or text[hit.value_start : hit.value_start + 1] in _CELL_ENDS:
            rows.setdefault(text.rfind("\n", 0, hit.start) + 1, []).append(hit)
    found: dict[int, tuple[int, int]] = {}
    for start, row in rows.items():
        if len(row) < 2 or not is_label_row(text, start, row):
            continue
        end = line_end(text, row[-1].label_end)
        values = cells(text, end + 1, line_end(text, end + 1)) if end < len(text) else []
        if len(values) == len(row):
            for hit, span in zip(row, values, strict=True):
                found[hit.start] = span
    return found


def is_label_row(text: str, start: int, row: list[Hit]) -> bool:
    """Tell whether every cell of the line is one of the labels."""
    return len(cells(text, start, line_end(text, start))) == len(row)


def rows_below(text: str, start: int, count: int) -> int:
    """Return how many lines of `count` cells follow the line at `start`, at most three."""
    position = line_end(text, start) + 1
    found = 0
    while position < len(text) and found < 3:
        end = line_end(text, position)
        if len(cells(text, position, end)) != count:
            break
        found += 1
        position = end + 1
    return found


def cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of a line's cells; empty ones at either end count only where no bar frames the line."""
    framed = text[start:end].strip(" \u00a0\u3000")[:1] in ("|", "｜")
    spans = []
    position = start
    for at in range(start, end + 1):
        if at == end or text[at] in _MARKS:
            spans.append(trim(text, position, at))
            position = at + 1
    if len(spans) == 1:
        return spans if text[start:end].strip(EDGE) else []
    if framed:
        spans = spans[1:]
        if spans and spans[-1][0] == spans[-1][1]:
            spans = spans[:-1]
    return spans


def lone_cells(text: str, hits: list[Hit]) -> set[int]:
    """Return the starts of labels that stand where values do, alone among cells: a column's name in a bar of navigation."""
    found: set[int] = set()
    for index, hit in enumerate(hits):
        if hit.kind != "cell":
            continue
        start, end = text.rfind("\n", 0, hit.start) + 1, line_end(text, hit.start)
        if (index and hits[index - 1].start >= start) or (index + 1 < len(hits) and hits[index + 1].start < end):
            continue
        line = cells(text, start, end)
        place = next((at for at, span in enumerate(line) if span[0] <= hit.label_start < span[1]), 0)
        if len(line) >= 4 and place % 2 == 1:
            found.add(hit.start)
    return found


def unknown_cells(text: str, hits: list[Hit], extra: list[Hit], label: re.Pattern[str]) -> list[Hit]:
    """Return the labels that the vocabulary lacks in lines of label, value, label, value: words like a label where one belongs."""
    rows: dict[int, list[Hit]] = {}
    for hit in hits:
        if hit.kind == "cell":
            rows.setdefault(text.rfind("\n", 0, hit.start) + 1, []).append(hit)
    found: list[Hit] = []
    for start, row in rows.items():
        line = cells(text, start, line_end(text, start))
        labels = {span[0] for span in line[::2]}
        if len(line) < 4 or len(line) % 2 or not all(hit.label_start in labels for hit in row):
            continue
        taken = {hit.label_start for hit in (*row, *extra)}
        for first, last in line[::2]:
            if first not in taken and first < last and label.match(text, first, last):
                found.append(Hit(first, first, last, last, None, text[first:last], "cell"))
    return found
