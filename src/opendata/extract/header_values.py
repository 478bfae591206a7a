"""Where the value of a label stands: behind it, in the next cell, on the next line, or in the row below."""

import re

from opendata.extract.header_hits import Hit
from opendata.extract.header_words import PAD, HeaderWords

EDGE = " \u00a0\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\ufeff\t|｜\n"
_CUT = re.compile(rf"{PAD}{{2,}}")
_BRACKETS = {"【": "】", "[": "]", "〔": "〕"}
_LISTING = ";；/＞>\\"
"""Signs of a list or a path: what holds one is no title, whatever word it ends with."""
_OPEN = tuple("、，,;；/\\＼>")
_LONG = 160
"""A line's remainder beyond this length holds more than the value of one header field."""


def line_end(text: str, position: int) -> int:
    """Return the end of the line that holds `position`."""
    found = text.find("\n", position)
    return len(text) if found < 0 else found


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a span without pads, cell signs and line ends at its edges."""
    raw = text[start:end]
    words = raw.strip(EDGE)
    if not words:
        return start, start
    if len(words) == end - start:
        return start, end
    start += raw.find(words[0])
    return start, start + len(words)


def is_stacked(text: str, hits: list[Hit]) -> bool:
    """Tell whether labels and values stand on lines of their own: most labels have nothing behind them on the line."""
    alone = 0
    for hit in hits:
        position = hit.value_start
        if text[position : position + 1] not in EDGE:
            continue
        alone += not text[position : line_end(text, position)].strip(EDGE)
    return alone * 2 > len(hits) or (len(hits) > 1 and all(hit.kind == "line" for hit in hits))


def is_spaced(text: str, hits: list[Hit]) -> bool:
    """Tell whether a blank line parts a label that stands alone on its line from its value."""
    for hit in hits:
        end = line_end(text, hit.value_start)
        if not text[hit.value_start : end].strip(EDGE):
            return not text[end + 1 : line_end(text, end + 1)].strip(EDGE)
    return False


def value_span(
    text: str, hit: Hit, limit: int | None, words: HeaderWords, *, stacked: bool, spaced: bool, crowded: bool
) -> tuple[int, int]:
    """Return where a value stands, without the signs that part it from the label behind it; see `_value_span`."""
    start, end = _value_span(text, hit, limit, words, stacked=stacked, spaced=spaced, crowded=crowded)
    if end > start and text[end - 1] in "*；;" and (text[end - 1] == "*" or "\n" not in text[end:limit]):
        value = text[start:end].rstrip("*；; \u3000")
        return trim(text, start, start + len(value))
    return start, end


def _value_span(
    text: str, hit: Hit, limit: int | None, words: HeaderWords, *, stacked: bool, spaced: bool, crowded: bool
) -> tuple[int, int]:
    """Return where a value stands. `limit` is the start of the next label; `crowded` says that its line holds several."""
    end = line_end(text, hit.value_start)
    stop = end if limit is None else min(limit, end)
    if text[hit.start] in _BRACKETS and (inner := _in_brackets(text, hit, stop)) is not None:
        return inner
    start = hit.value_start
    rest = text[start:stop]
    if stop == end and not rest.strip(EDGE):
        if any(mark in rest for mark in "\t|｜") or (limit is None and not stacked and hit.kind == "colon"):
            return start, start
        return _next_line(text, end, limit, hit.field, words, stacked=stacked, spaced=spaced)
    if "\t" in rest or "|" in rest or "｜" in rest:
        return _cell(text, start, stop)
    first, last = trim(text, start, stop)
    if stop == end and hit.field not in ("title", "abstract"):
        chrome = words.chrome.search(text, first, last)
        if chrome is not None:
            first, last = trim(text, first, chrome.start())
    if limit is None and (last - first > _LONG or crowded):
        return trim(text, first, _typed_end(text, first, last, hit.field, words, crowded=last - first <= _LONG))
    if hit.field is not None and hit.field.endswith("_date") and last - first > 12:
        last = _date_end(text, first, last, words)
    if limit is not None and limit > end:
        return _continued(text, (first, last), end, limit, hit.field, words)
    return first, last


def _in_brackets(text: str, hit: Hit, stop: int) -> tuple[int, int] | None:
    """Return the value of a pair that stands in brackets as a whole, 【文号：…】, or whose value does, [文号][…]; else None."""
    start = hit.value_start
    closing = _BRACKETS[text[hit.start]]
    if hit.kind == "bracket":
        first, last = trim(text, start, stop)
        if first < last and text[first] == text[hit.start] and text.find(closing, first, last) == last - 1:
            return trim(text, first + 1, last - 1)
        return None
    end = text.find(closing, start, stop)
    return trim(text, start, end) if end >= 0 else None


def _date_end(text: str, start: int, stop: int, words: HeaderWords) -> int:
    """Cut what follows a whole date behind a pad, unless it is a time of day or a weekday."""
    match = words.dates.in_text.match(text, start, stop)
    if (
        match is None
        or match.end() == stop
        or text[match.end()] not in EDGE
        or words.after_date.match(text, match.end())
    ):
        return stop
    return match.end()


def _cell(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return the value in a line of cells: the rest of the label's own cell, or else the next cell."""
    end = _cell_end(text, start, stop)
    span = trim(text, start, end)
    if span[0] < span[1] or end >= stop:
        return span if span[0] < span[1] else (start, start)
    span = trim(text, end + 1, _cell_end(text, end + 1, stop))
    return span if span[0] < span[1] else (start, start)


def _cell_end(text: str, start: int, stop: int) -> int:
    return min((found for mark in "\t|｜" if (found := text.find(mark, start, stop)) >= 0), default=stop)


def _next_line(
    text: str, end: int, limit: int | None, field: str | None, words: HeaderWords, *, stacked: bool, spaced: bool
) -> tuple[int, int]:
    """Return the value on the line below its label, which ends at the next label; blank lines may come first if all are so."""
    stop = len(text) if limit is None else limit
    position = end + 1
    while position < stop:
        following = min(line_end(text, position), stop)
        span = trim(text, position, following)
        if span[0] < span[1]:
            span = _without_colon(text, span)
            return span if may_hold(text[span[0] : span[1]], field, words, sure=stacked) else (end, end)
        if not spaced:
            break
        position = following + 1
    return end, end


def may_hold(value: str, field: str | None, words: HeaderWords, *, sure: bool) -> bool:
    """Tell whether words on the line below a label can be its value; `sure` where the layout says that values stand there."""
    if field in ("title", "abstract"):
        return True
    if value[-1:] in ("：", ":") or len(value) > 300 or words.stop.search(value):
        return False
    if field is not None and field.endswith("_date"):
        return len(value) <= 40 and (sure or words.dates.in_text.match(value) is not None)
    if field in ("document_number", "index_number"):
        may = len(value) <= 60 and (sure or any(sign.isdigit() for sign in value))
        return may and words.not_in_number.search(value) is None
    if field in ("issuing_body", "co_issuers", "publishing_body"):
        return sure or words.bodies.is_name(value)
    if words.not_in_value.search(value) is not None:
        return False
    is_listed = field in ("categories", "keywords") and any(sign in value for sign in _LISTING)
    return words.genres.of(value) is None or is_listed or (sure and len(value) <= 12)


def _without_colon(text: str, span: tuple[int, int]) -> tuple[int, int]:
    return trim(text, span[0] + 1, span[1]) if text[span[0]] in ":：" else span


def goes_on(text: str, first: tuple[int, int], piece: str, field: str | None, words: HeaderWords) -> bool:
    """Tell whether a line below a value is its continuation, by what the field may hold."""
    value = text[first[0] : first[1]]
    if not value or not piece:
        return False
    if field == "abstract":
        return True
    if len(piece) > 80 or words.sentence.search(piece):
        return False
    if field == "title":
        return not "".join(piece.split()).startswith("".join(value.split())) and len(value) >= 6
    if field in ("categories", "keywords", "issuing_body", "co_issuers", "source_name", "publishing_body"):
        if value.endswith(_OPEN) or piece.startswith(_OPEN):
            return True
        is_name = words.bodies.is_name
        return field == "issuing_body" and not is_name(value) and is_name(value + words.join + piece)
    return False


def _continued(
    text: str, span: tuple[int, int], end: int, limit: int, field: str | None, words: HeaderWords
) -> tuple[int, int]:
    """Let a value go on over the lines before the next label."""
    last = span[1]
    position = end + 1
    stop = text.rfind("\n", 0, limit)
    while position < stop:
        following = min(line_end(text, position), stop)
        piece = trim(text, position, following)
        if not goes_on(text, (span[0], last), text[piece[0] : piece[1]], field, words):
            break
        last = piece[1]
        position = following + 1
    return span[0], last


def _typed_end(text: str, start: int, stop: int, field: str | None, words: HeaderWords, *, crowded: bool) -> int:
    """Return where the last value of a header ends that runs on into the text, judged by what its field may hold."""
    if field is not None and field.endswith("_date"):
        match = words.dates.in_text.match(text, start, stop)
        if match is None:
            return stop if crowded else start
        return stop if words.after_date.match(text, match.end(), stop) and crowded else match.end()
    if field in ("abstract", "title", "keywords", "categories") and crowded:
        return stop
    if field == "abstract":
        return stop
    wide = _CUT.search(text, start, stop)
    if wide is not None:
        return wide.start()
    if field == "document_number":
        match = words.number_end.search(text, start, stop)
        return match.end() if match else stop
    parted = field in ("access", "status", "index_number", "source_name", "issuing_body") or not crowded
    if parted and not words.join:
        space = min((found for mark in " \u3000" if (found := text.find(mark, start, stop)) > 0), default=-1)
        if space > 0 and (not crowded or words.sentence.search(text, space, stop) or text[stop - 1] in "：:"):
            return space
    return start if words.sentence.search(text, start, stop) else stop
