"""Where the title of a document stands in its text."""

import re

from opendata.extract.lines import Lines, Page
from opendata.extract.page import begins_foot, breadcrumb, is_boilerplate, is_navigation

TITLE_LINES = 5
_LOOKED = 40
_NOTE_SIGN = re.compile(r"\[?[0-9]{1,2}\]?|[*＊①]")
_MOST_TITLE_LINES = 3
_LINES_AGAIN = 8
_QUOTES = str.maketrans("", "", " \u00a0\u3000\u2002\u2003\t\n\u200b“”\"‘’'《》<>〈〉（）()·#*")


def fold(title: str) -> str:
    """Return a title in a form for comparing: without spaces, quotes and brackets."""
    return title.translate(_QUOTES)


def find_title(page: Page, wanted: str) -> tuple[int, int] | None:
    """Return the first and last line that together print the title `wanted` (folded), outside the header."""
    if not wanted:
        return None
    seen = 0
    shorter = None
    for index, line in enumerate(page.lines.words):
        if not line or page.in_header[index]:
            continue
        seen += 1
        if seen > _LOOKED:
            break
        folded = fold(line)
        if folded == wanted or (folded.startswith(wanted) and _NOTE_SIGN.fullmatch(folded, len(wanted))):
            return index, index
        if folded and wanted.startswith(folded):
            last = _joined(page.lines, index, wanted)
            if last is not None:
                return index, last
            if shorter is None and len(folded) * 5 >= len(wanted) * 4 and page.words.genres.of(line) is not None:
                shorter = index, index
    return shorter


def title_again(page: Page, first: int) -> int | None:
    """Return the last of the lines from `first` on that print the title a second time, or its beginning down to a genre's word."""
    title, words = page.layout.title or "", page.words
    line = page.lines.words[first]
    if len(line) > len(title) + 2 or not (wanted := fold(title)).startswith(fold(line)):
        return None
    gathered, joined, last = "", "", None
    for index in range(first, min(first + _LINES_AGAIN, len(page.lines))):
        line = page.lines.words[index]
        if not line:
            continue
        before, gathered = gathered, gathered + fold(line)
        if not page.free(index) or not wanted.startswith(gathered):
            break
        if before and words.number_signs.search(line) and words.numbers.read(line).canonical:
            return index - 1  # the title holds its number, which has a name of its own
        joined += line + words.signs.join
        if gathered == wanted or (len(gathered) * 2 >= len(wanted) and words.genres.of(joined.strip()) is not None):
            last = index
    return last


def _joined(lines: Lines, first: int, wanted: str) -> int | None:
    gathered = ""
    taken = 0
    for index in range(first, len(lines)):
        if not lines.words[index]:
            continue
        gathered += fold(lines.words[index])
        taken += 1
        if gathered == wanted:
            return index
        if taken >= TITLE_LINES or not wanted.startswith(gathered):
            return None
    return None


def guess_title(page: Page) -> tuple[int, int] | None:
    """Return the lines of the main heading where no header prints a title: a marked heading, the page's title, a title line."""
    lines, reading = page.lines, page.reading
    for name, content in reading.metas:
        if name.lower() == "articletitle" and (found := find_title(page, fold(content))):
            return found
    marked = [
        at for start, end in reading.headings if _may_be_title(page, at := lines.at(start)) and lines.starts[at] <= end
    ]
    named = fold(reading.page_title or "")
    own = [at for at in marked if len(fold(lines.words[at])) >= 6 and named.startswith(fold(lines.words[at]))]
    if marked:
        return (own or marked)[0], (own or marked)[0]
    if reading.page_title:
        head = fold(reading.page_title.split("_")[0].split("-")[0])
        if len(head) >= 6 and not page.words.bodies.is_name(head) and (found := find_title(page, head)):
            return found
    return _title_line(page)


def _may_be_title(page: Page, index: int) -> bool:
    """Tell a marked heading that is no name of the site or of a list of related pages."""
    line = page.lines.words[index]
    words = page.words
    return index >= page.top and page.free(index) and not words.bodies.is_name(line) and not begins_foot(line, words)


def _title_line(page: Page) -> tuple[int, int] | None:
    longest, unended, genre = 80 * page.words.signs.width, page.words.signs.unended, page.words.genres.of
    looked = 0
    for index in range(page.top, len(page.lines)):
        line = page.lines.words[index]
        if not page.free(index):
            continue
        looked += 1
        if looked > 12:
            break
        if line.startswith("# "):
            return index, index
        if not 5 <= len(line) <= longest or line[-1] in unended or is_boilerplate(line, page.words):
            continue
        if genre(line.lstrip("# ")) is not None:
            return _title_start(page, index), index
    return _title_over_lines(page) or _title_over_outline(page)


def _title_over_outline(page: Page) -> tuple[int, int] | None:
    """Return the first line of a text where the outline begins right below it: then it is the title, whatever word it ends with."""
    words = page.words
    longest, unended = 80 * words.signs.width, words.signs.unended
    first = None
    for index, line in enumerate(page.lines.words[:_LOOKED]):
        if not page.free(index):
            continue
        if first is not None:
            return (first, first) if words.first_heading.match(line) else None
        if is_boilerplate(line, words) or is_navigation(line, words) or breadcrumb(line, words):
            continue
        if not 5 <= len(line) <= longest or line[-1] in unended or page.in_table[index] or words.dates.is_line(line):
            return None
        first = index
    return None


def _title_over_lines(page: Page) -> tuple[int, int] | None:
    """Return the first lines of a text, two or three short ones, that only together end in a genre's word and are parted from the rest."""
    free = [index for index in range(page.top, min(len(page.lines), page.top + 12)) if page.free(index)][
        : _MOST_TITLE_LINES + 1
    ]
    joined = ""
    signs = page.words.signs
    for taken, index in enumerate(free[:_MOST_TITLE_LINES], start=1):
        line = page.lines.words[index]
        if (
            len(line) > 40 * signs.width
            or line[-1] in signs.unended
            or is_boilerplate(line, page.words)
            or index != free[0] + taken - 1
        ):
            return None
        joined = joined + signs.join + line if joined else line
        if taken > 1 and page.words.genres.of(joined) is not None and 8 <= len(joined) <= 80 * signs.width:
            return free[0], index
    return None


def _title_start(page: Page, index: int) -> int:
    """Let a title begin on the line above when that line ends openly: a body's name, or words that go on."""
    above = index - 1
    if above >= 0 and 2 <= len(page.lines.words[above]) <= 40 * page.words.signs.width and not page.in_header[above]:
        line, words = page.lines.words[above], page.words
        opens = any(start in line for start in words.title_starts) or (
            not words.letterhead and words.bodies.is_name(line)
        )
        if opens and line[-1] not in words.signs.unended and not is_boilerplate(line, words):
            return above
    return index
