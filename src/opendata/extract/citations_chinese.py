"""Citations of other documents in running Chinese text: 《title》, document number, or both together.

Reached through `citations`, by packs whose `citations.toml` says `reader = "chinese"`. Looked for by their signs first (《, 号, 號), so
that a text without them costs three passes of `str.find`. Offsets are 0-based, half-open, in code points. A document's own number is
found like any other: the caller leaves it out.
"""

import re
from collections.abc import Callable

from opendata.extract.cited import Citation
from opendata.languages import load
from opendata.normalise.document_number_chinese import find_document_numbers

_LONGEST_TITLE = 200
# As much as the longest prefix (15 characters) and the longest year and number need.
_NUMBER_WINDOW = 40
_TITLE_SIGNS = re.compile(r"[《》\n]")
_WORDS = load("citations")
_PARAGRAPH = re.compile(rf"\n[\s\u3000]*(?:\n|$)|\n(?:{_WORDS['markers']})")
_LINE_BREAK = re.compile(r"[ \t\u00a0\u3000]*\n[ \t\u00a0\u3000]*")
_BETWEEN = re.compile(r"[ \u00a0\u3000]*[（(〔\[]?[ \u00a0\u3000]*")
_SIGN = re.compile("[号號]")
_OPENING = re.compile(r"[（(]")
_NUMBER_FIRST = frozenset(_WORDS["number_first"])

_Number = tuple[int, int, str]


def find(text: str, start: int, stop: int) -> list[Citation]:
    """Return the citations printed in `text[start:stop]`, in order and without overlap.

    A title inside a title (〈…〉 or 《…》) belongs to the outer one; a 《 that is not closed in its paragraph is none. A
    number in parentheses behind a title, or at once before it, belongs to it. Never raises on text.
    """
    titles = _titles(text, start, stop)
    numbers = _numbers(text, start, stop)
    if not numbers:
        return [_title(text, a, b) for a, b in titles]
    return _together(text, titles, numbers)


def finder(language: str) -> Callable[[str, int, int], list[Citation]]:
    """Return what `citations` hands on; the words are those of the Chinese pack."""
    return find


def _titles(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Return the spans of outermost titles that hold more than their signs."""
    found = []
    at = text.find("《", start, stop)
    while at >= 0:
        close = _title_end(text, at, stop)
        if close is None:
            close = at + 1
        elif text[at + 1 : close - 1].strip():
            found.append((at, close))
        at = text.find("《", close, stop)
    return found


def _title_end(text: str, at: int, stop: int) -> int | None:
    """Return the end of the title that opens at `at`; None where it does not close in its paragraph."""
    depth = 0
    for sign in _TITLE_SIGNS.finditer(text, at, min(stop, at + _LONGEST_TITLE)):
        char = sign[0]
        if char == "《":
            depth += 1
        elif char == "》":
            depth -= 1
            if depth == 0:
                return sign.end()
        elif text[sign.start() - 1] in "。；：！？" or _PARAGRAPH.match(text, sign.start()):
            return None
    return None


def _numbers(text: str, start: int, stop: int) -> list[_Number]:
    """Return (start, end, canonical form) of document numbers: each ends with 号 behind a digit."""
    found: list[_Number] = []
    floor = start
    sign = "号" if text.find("號", start, stop) < 0 else _SIGN
    at = _next(text, sign, start, stop)
    while at >= 0:
        if at > start and (text[at - 1].isdigit() or text[at - 1].isspace()):
            window = max(floor, at - _NUMBER_WINDOW)
            for first, last, reading in find_document_numbers(text, window, at + 1):
                if reading.canonical is None:
                    continue
                floor = last
                # 2018年12月18日国务院令第707号: the day belongs to the date.
                of_date = (
                    text[first] in "年月日" and text[first - 1 : first].isdigit() and reading.canonical[0] in "年月日"
                )
                found.append((first + of_date, last, reading.canonical[of_date:]))
        at = _next(text, sign, at + 1, stop)
    return found


def _next(text: str, sign: "str | re.Pattern[str]", start: int, stop: int) -> int:
    """Return where the next sign stands, or -1. A text without 號 is searched the fast way."""
    if isinstance(sign, str):
        return text.find(sign, start, stop)
    match = sign.search(text, start, stop)
    return -1 if match is None else match.start()


def _together(text: str, titles: list[tuple[int, int]], numbers: list[_Number]) -> list[Citation]:
    """Join each title with the number that stands beside it, and order what is found."""
    found: list[Citation] = []
    i = 0
    for start, end in titles:
        before: _Number | None = None
        while i < len(numbers) and numbers[i][0] < start:
            if before is not None:
                found.append(_number(text, before))
            before = numbers[i]
            i += 1
        while i < len(numbers) and numbers[i][0] < end:
            i += 1
        between = _BETWEEN.match(text, end)
        if i < len(numbers) and between is not None and between.end() == numbers[i][0]:
            if before is not None:
                found.append(_number(text, before))
            found.append(_title(text, start, end, numbers[i], bool(_OPENING.search(between[0]))))
            i += 1
        elif before is not None and text[before[1] : start].strip(" ") in _NUMBER_FIRST:
            _, _, number = before
            title = _clean(text[start + 1 : end - 1])
            found.append(Citation("title_and_number", title, number, text[before[0] : end], before[0], end))
        else:
            if before is not None:
                found.append(_number(text, before))
            found.append(_title(text, start, end))
    found.extend(_number(text, number) for number in numbers[i:])
    return found


def _title(text: str, start: int, end: int, number: _Number | None = None, opened: bool = False) -> Citation:
    title = _clean(text[start + 1 : end - 1])
    if number is None:
        return Citation("title", title, None, text[start:end], start, end)
    _, last, canonical = number
    if opened and text[last : last + 1] in ("）", ")"):
        last += 1
    return Citation("title_and_number", title, canonical, text[start:last], start, last)


def _number(text: str, number: _Number) -> Citation:
    start, end, canonical = number
    return Citation("number", None, canonical, text[start:end], start, end)


def _clean(title: str) -> str:
    return _LINE_BREAK.sub("", title.strip()) if "\n" in title else title.strip()
