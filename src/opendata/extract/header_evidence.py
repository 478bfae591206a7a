"""What makes a group of labels a header and not words of the text: one invented field is worse than a missed one."""

from opendata.extract.header_columns import is_label_row, rows_below
from opendata.extract.header_hits import Hit
from opendata.extract.header_values import line_end, trim
from opendata.extract.header_words import HeaderWords
from opendata.extract.labels import IGNORED, Labels

_NEAR = 400
_FAR = 20_000
_SENTENCE_LINE = 30
_FOOT_LINE = 120
_TIME_OF_DAY = 12
SUB_LINE = frozenset(("source_name", "views", "responsible_person", "published_date"))
"""Fields of the line under a title, or of one below the text."""


def is_header(text: str, group: list[Hit], vocabulary: Labels, accepted_end: int, *, first: bool) -> bool:
    """Tell a header from words of the text that happen to be labels.

    Near the top two fields suffice of which one is strong; behind sentences of the text it takes three, two of them strong,
    printed no more than twice.
    """
    known = [hit for hit in group if hit.field != IGNORED]
    fields = {hit.field for hit in known}
    strong = [hit for hit in known if hit.word not in vocabulary.weak]
    if not known or _is_list(text, known):
        return False
    at_top = _is_top(text, group[0].start, accepted_end, vocabulary.words)
    if not at_top and strong and _is_foot_line(text, known, fields, vocabulary.words):
        return True
    if len(known) == len(strong) == 1 and _is_dated_tools(text, known[0], vocabulary.words):
        return True
    if at_top and _is_sub_line(text, known, vocabulary.words, with_tools=len(known) < len(group)):
        return True
    if not strong:
        return at_top and _is_weak_header(text, known, fields, vocabulary.words)
    if not _dates_are_dates(text, known, vocabulary.words):
        return False
    if all(hit.kind == "line" for hit in known):
        return len(fields) >= 3 and len({hit.field for hit in strong}) >= 2 and at_top
    if not at_top:
        words = [hit.word for hit in known]
        return (
            len(fields) >= 3
            and len({hit.field for hit in strong}) >= 2
            and max(words.count(word) for word in words) <= 2
        )
    if len(fields) >= 2:
        return True
    return first and strong[0].kind != "cell" and strong[0].kind != "line" and group[0].start < _NEAR


def _is_top(text: str, start: int, accepted_end: int, words: HeaderWords) -> bool:
    """Tell whether no sentence of running text stands before `start`, behind the headers found so far."""
    if start - accepted_end > _FAR:
        return False
    position = accepted_end
    while (found := words.stop.search(text, position, start)) is not None:
        line_start = text.rfind("\n", 0, found.start()) + 1
        end = line_end(text, found.start())
        if line_start >= accepted_end and end - line_start > _SENTENCE_LINE and end <= start:
            return False
        position = end
    return True


def _is_list(text: str, known: list[Hit]) -> bool:
    """Tell a table that lists documents: a row of labels with several rows of values, or one below a row number."""
    cell_hits = [hit for hit in known if hit.kind in ("cell", "line")]
    if len(cell_hits) < 2 or len(cell_hits) < len(known):
        return False
    start = text.rfind("\n", 0, cell_hits[0].start) + 1
    row = [hit for hit in cell_hits if hit.start < line_end(text, start)]
    if len(row) < 2:
        return False
    if not is_label_row(text, start, row):
        return len(row) == len(cell_hits) and rows_below(text, start, len(row) + 1) >= 2
    if rows_below(text, start, len(row)) < 2:
        return False
    following = line_end(text, line_end(text, start) + 1) + 1
    return not any(following <= hit.start < line_end(text, following) for hit in cell_hits)


def _is_sub_line(text: str, known: list[Hit], words: HeaderWords, *, with_tools: bool) -> bool:
    """Tell the line under a title, or two: a date made public, with source, views, editor or tools; the date may lack its label."""
    fields = {hit.field for hit in known}
    if not fields <= SUB_LINE or text.count("\n", known[0].start, known[-1].start) > 1:
        return False
    dated = next((hit for hit in known if hit.field == "published_date"), None)
    if dated is None:
        line_start = text.rfind("\n", 0, known[0].start) + 1
        return line_start < known[0].start and words.dates.in_text.match(text, line_start) is not None
    start = trim(text, dated.value_start, line_end(text, dated.value_start))[0]
    return (len(fields) >= 2 or with_tools) and words.dates.in_text.match(text, start) is not None


def _is_foot_line(text: str, known: list[Hit], fields: set[str | None], words: HeaderWords) -> bool:
    """Tell the line under a text that names source and editor, and holds nothing else."""
    end = line_end(text, known[-1].value_start)
    start = known[0].start
    return (
        fields <= SUB_LINE
        and "responsible_person" in fields
        and end - start <= _FOOT_LINE
        and "\n" not in text[start : known[-1].value_start]
        and words.sentence.search(text, start, end) is None
    )


def _is_dated_tools(text: str, hit: Hit, words: HeaderWords) -> bool:
    """Tell the line under a title or a text that says when it was made public, with buttons of the page behind the date."""
    if hit.field != "published_date" or hit.kind != "colon":
        return False
    start, end = trim(text, hit.value_start, line_end(text, hit.value_start))
    date = words.dates.in_text.match(text, start, end)
    tools = words.chrome.search(text, date.end(), end) if date is not None and end - start <= _FOOT_LINE else None
    return (
        date is not None
        and tools is not None
        and tools.start() - date.end() <= _TIME_OF_DAY
        and words.stop.search(text, start, end) is None
    )


def _is_weak_header(text: str, known: list[Hit], fields: set[str | None], words: HeaderWords) -> bool:
    """Tell a header of weak labels only: title and number with digits in brackets, or four different fields."""
    if not {"title", "document_number"} <= fields:
        return False
    number = next(hit for hit in known if hit.field == "document_number")
    value = text[number.value_start : min(line_end(text, number.value_start), number.value_start + 40)]
    return len(fields) >= 3 and words.number.match(value) is not None


def _dates_are_dates(text: str, known: list[Hit], words: HeaderWords) -> bool:
    """Tell whether what stands behind the labels of dates is none of a sentence: short or with a digit, or empty."""
    for hit in known:
        if hit.field is not None and hit.field.endswith("_date") and hit.kind == "colon":
            end = min(line_end(text, hit.value_start), hit.value_start + 30)
            value = text[hit.value_start : end]
            stop = words.sentence.search(value)
            if stop is not None and not any(
                character.isdigit() or character in words.date_signs for character in value
            ):
                return False
    return True
