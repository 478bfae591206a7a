"""From named pieces to a partition: every character of the text belongs to one span, what nobody named to `other`."""

from collections.abc import Sequence
from decimal import Decimal

from opendata.extract.layout import Layout
from opendata.extract.outline import Section
from opendata.read.reading import Table

Span = tuple[str, int, int]


def body_regions(layout: Layout, tables: Sequence[Table]) -> list[tuple[int, int]]:
    """Return the pieces of running text: body and annexes without their tables."""
    whole = [(start, end) for kind, start, end in layout.pieces if kind == "body"]
    regions: list[tuple[int, int]] = []
    for start, end in whole:
        for table in tables:
            if start <= table.start < end:
                if start < table.start:
                    regions.append((start, table.start))
                start = min(max(start, table.end), end)
        if start < end:
            regions.append((start, end))
    return regions


def complete(
    text: str, layout: Layout, sections: Sequence[Section], tables: Sequence[Table]
) -> tuple[list[Span], Decimal]:
    """Return the partition of the text and its coverage (share of characters not of kind `other`, six decimals).

    White space between two pieces belongs to the one before it.
    """
    named = _without_overlaps([*layout.pieces, *(("table", t.start, t.end) for t in tables if t.end > t.start)])
    fine = _with_headings(named, sections)
    spans: list[Span] = []
    other = 0
    position = 0
    for kind, start, end in fine:
        if start > position:
            other += _fill(text, spans, position, start)
        spans.append((kind, start, end))
        position = end
    if position < len(text):
        other += _fill(text, spans, position, len(text))
    coverage = Decimal(len(text) - other) / Decimal(len(text)) if text else Decimal(1)
    return spans, coverage.quantize(Decimal("0.000001"))


def _fill(text: str, spans: list[Span], start: int, end: int) -> int:
    """Give a gap to the piece before it when it is white space, else to `other`; returns characters of `other`."""
    if not text[start:end].strip("\u200b\ufeff \t\n\u00a0\u3000\u2002\u2003"):
        if spans:
            kind, before, _ = spans[-1]
            spans[-1] = (kind, before, end)
        else:
            spans.append(("boilerplate", start, end))
        return 0
    spans.append(("other", start, end))
    return end - start


def _without_overlaps(pieces: Sequence[Span]) -> list[Span]:
    """Sort pieces and cut what overlaps: a table wins over the body around it, else the earlier and longer piece wins."""
    result: list[Span] = []
    for kind, start, end in sorted(pieces, key=lambda piece: (piece[1], -piece[2])):
        if result and start < result[-1][2]:
            outer, outer_start, outer_end = result[-1]
            if kind != "table" or end > outer_end:
                start = outer_end
                if start >= end:
                    continue
            else:
                result.pop()
                result += [(outer, outer_start, start)] if outer_start < start else []
                result.append((kind, start, end))
                result += [(outer, end, outer_end)] if end < outer_end else []
                continue
        if start < end:
            result.append((kind, start, end))
    return result


def _with_headings(named: Sequence[Span], sections: Sequence[Section]) -> list[Span]:
    """Split body pieces at the headings of the outline."""
    fine: list[Span] = []
    waiting = iter(sections)
    section = next(waiting, None)
    for kind, start, end in named:
        if kind != "body":
            fine.append((kind, start, end))
            continue
        position = start
        while section is not None and section.start < end:
            if section.start >= position:
                heading_end = min(max(section.heading_end, section.start + len(section.marker)), end)
                if section.start > position:
                    fine.append((kind, position, section.start))
                fine.append(("heading", section.start, heading_end))
                position = heading_end
            section = next(waiting, None)
        if position < end:
            fine.append((kind, position, end))
    return fine
