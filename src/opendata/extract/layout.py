"""The layout of a document: which piece of the text is header, title, addressee, body, signature, attachment or boilerplate.

This room names what stands above the body; `closing` names what stands below it.
"""

from opendata.extract.closing import close
from opendata.extract.header import Header
from opendata.extract.lines import Layout, Page, open_page
from opendata.extract.page import (
    EDGE,
    PageWords,
    begins_foot,
    breadcrumb,
    is_addressee,
    is_boilerplate,
    is_file_name,
    is_navigation,
    page_words,
)
from opendata.extract.titles import find_title, fold, guess_title, title_again
from opendata.languages import DEFAULT
from opendata.read.reading import Reading

__all__ = ["Layout", "find_layout"]

_SENTENCE_LINE = 30
_SENTENCES = 3
"""So many lines that end as sentences do are text, however short."""
_FOOT_LINES = 120
_SHORT, _LONG = 8, 40


def find_layout(reading: Reading, header: Header, header_title: str | None, language: str = DEFAULT) -> Layout:
    """Name the pieces of a document's text. `header_title` is the title that the header prints, if it does."""
    page = open_page(reading, header, page_words(language))
    first = _top(page, header_title)
    close(page, *_addressee(page, first, _bottom(page, first)))
    page.layout.pieces.sort(key=lambda piece: piece[1])
    page.layout.attachments.sort(key=lambda one: one[1])
    return page.layout


def _top(page: Page, header_title: str | None) -> int:
    """Name what stands above the body; returns the index of the first line of the body."""
    lines, layout = page.lines, page.layout
    wanted = fold(header_title) if header_title else ""
    title_at = find_title(page, wanted) if wanted else guess_title(page)
    layout.title = header_title
    layout.title_origin = "header" if header_title else None
    header_end = _header_end(page)
    first = next((i for i, end in enumerate(lines.ends) if end > header_end), len(lines)) if header_end else 0
    opening = first
    if title_at is not None:
        page.name("title", *title_at)
        if layout.title is None:
            layout.title = page.words.signs.join.join(lines.words[title_at[0] : title_at[1] + 1])
            layout.title_origin = "text"
        first = max(first, title_at[1] + 1)
    signs = page.words.signs
    page_top = min(max(page.top, _menu_end(page)), first if title_at is None else title_at[0])
    unknown = []
    for index in range(first):
        if (title_at is None or not title_at[0] <= index <= title_at[1]) and _outer(page, index) is None:
            line = lines.words[index]
            short = len(line) <= _SENTENCE_LINE * signs.width and not any(
                sign in line for sign in signs.closes + "：:\t"
            )
            if (short and index < page_top) or _is_of_links(page, index) or _is_print_head(page, line):
                page.name("boilerplate", index)
            else:
                unknown.append(index)
    if unknown and page.words.letterhead:
        unknown = _letterhead(page, unknown)
    if unknown and title_at is not None:
        for index in unknown[-3:]:
            if (
                layout.number is None
                and index < title_at[0]
                and len(lines.words[index]) <= _SENTENCE_LINE * signs.width
            ):
                _number(page, index)
        _opening(page, [index for index in unknown if opening <= index < title_at[0]])
    return _under_title(page, first)


def _header_end(page: Page) -> int:
    """Return the end of the header that stands above the text; 0 where it stands below."""
    if not page.header.spans:
        return 0
    start, end = page.header.spans[0]
    signs = page.words.signs
    sentences = 0
    for index, word in enumerate(page.lines.words):
        if page.lines.starts[index] >= start:
            break
        if len(word) > _SENTENCE_LINE * signs.width and signs.stop.search(word):
            return 0
        sentences += word.endswith(tuple(signs.closes))
    return end if sentences < _SENTENCES else 0


def _menu_end(page: Page) -> int:
    """Return the index of the line on which a header begins that stands above the text of a web page: menus end there."""
    if page.reading.page_title is None or not _header_end(page):
        return 0
    return page.lines.at(page.header.spans[0][0])


def _is_of_links(page: Page, index: int) -> bool:
    """Tell a line that holds little but links: a menu of the page."""
    return page.linked.get(index, 0) * 3 >= (page.lines.ends[index] - page.lines.starts[index]) * 2


def _is_print_head(page: Page, line: str) -> bool:
    """Tell the line that browsers print above a page: the day, and the page's title."""
    title = page.layout.title
    return title is not None and title in line and page.words.dates.in_text.match(line) is not None


def _outer(page: Page, index: int) -> str | None:
    """Name a line outside the body as breadcrumb, boilerplate or note; returns the kind given, None when it is unknown."""
    line = page.lines.words[index]
    if not page.free(index):
        return "header"
    words, layout = page.words, page.layout
    kind = None
    crumbs = breadcrumb(line, words)
    if crumbs and not layout.crumbs:
        layout.crumbs = crumbs
        kind = "breadcrumb"
    elif is_boilerplate(line, words) or is_navigation(line, words):
        kind = "boilerplate"
    elif words.note.fullmatch(line):
        kind = "note"
    elif crumbs:
        kind = "breadcrumb"
    if kind:
        page.name(kind, index)
    return kind


def _letterhead(page: Page, indexes: list[int]) -> list[int]:
    """Name a body, a number or a date that stands by itself above the title; returns the other lines."""
    others = []
    for index in indexes:
        line = page.lines.words[index]
        if not line or _number(page, index) is not None:
            continue
        if page.words.bodies.is_name(line.title() if line.isupper() else line):
            page.name("boilerplate", index)
        elif page.words.dates.is_line(line):
            page.name("note", index)
        else:
            others.append(index)
    return others


def _opening(page: Page, indexes: list[int]) -> None:
    """Name the order that stands above the title of what it issues: its number, its sentence, who signed it and when.

    Where no sentence stands there, a body's name is the letterhead's.
    """
    words = page.lines.words
    forms, signs = page.words.dates, page.words.signs
    if not any(signs.stop.search(words[index]) for index in indexes):
        for index in indexes:
            if page.words.bodies.is_name(words[index]):  # red letterhead
                page.name("boilerplate", index)
        return
    index = 0
    while index < len(indexes):
        at = indexes[index]
        stop = _number(page, at)
        if stop is not None:
            index += sum(1 for other in indexes[index:] if other < stop)
            continue
        below = indexes[index + 1] if index + 1 < len(indexes) else None
        if forms.is_line(words[at]):
            page.name("signature", at)
            page.layout.signed = (page.lines.starts[at], page.lines.ends[at])
            page.layout.signed_date = forms.read(words[at]).date
        elif below is not None and forms.is_line(words[below]) and len(words[at]) <= 30 * signs.width:
            page.name("signature", at, below)
            page.layout.signed = (page.lines.starts[below], page.lines.ends[below])
            page.layout.signed_date = forms.read(words[below]).date
            index += 1
        else:
            page.name("body", at)
        index += 1


def _number(page: Page, index: int) -> int | None:
    """Name a document number that fills one line, or two (…令 above 第…号); returns the index behind it."""
    words, known = page.lines.words, page.words
    line = words[index]
    if not line or len(line) > 40 * known.signs.width:
        return None
    stop = index
    if line[-1] in known.number_above and index + 1 < len(words) and known.number_below.fullmatch(words[index + 1]):
        stop = index + 1
    elif known.number_signs.search(line) is None:
        return None
    number = known.numbers.read("".join(words[index : stop + 1]).strip("（）()[]【】"))
    if not number.canonical:
        return None
    page.layout.number = page.layout.number or number.canonical
    page.name("number", index, stop)
    return stop + 1


def _under_title(page: Page, first: int) -> int:
    """Step over the document number, notes and boilerplate between the title and the body."""
    index = first
    words = page.lines.words
    for _ in range(12):
        if index >= len(words):
            break
        line = words[index]
        if page.free(index):
            stop = _number(page, index) if page.layout.number is None else None
            if stop is not None:
                index = stop
                continue
            again = title_again(page, index)
            if again is not None:
                page.name("title", index, again)
                index = again + 1
                continue
            last = _adoption(page, index)
            if last is not None:
                page.name("note", index, last)
                page.layout.adoption = page.layout.adoption or (page.lines.starts[index], page.lines.ends[last])
                index = last
            elif _is_date(page, index) or (
                index + 1 < len(words) and _is_date(page, index + 1) and page.words.bodies.is_name(line)
            ):
                page.name("note", index)
            elif _is_number_below(page, line):
                page.name("number", index)
            elif _outer(page, index) is None:
                break
        index += 1
    return index


def _is_number_below(page: Page, line: str) -> bool:
    """Tell the number, 第1号, of an order or announcement that the title names."""
    title, words = page.layout.title, page.words
    return (
        title is not None
        and title.endswith(tuple(words.number_above))
        and words.number_below.fullmatch(line) is not None
    )


def _adoption(page: Page, index: int) -> int | None:
    """Return the last line of a note in brackets that says when a text was adopted, printed over one to eight lines."""
    words = page.lines.words
    day, adopted = page.words.adoption_day, page.words.adoption_ends.search
    is_open = words[index][0] in "（("
    gathered = ""
    for at in range(index, min(index + 10, len(words))):
        if not words[at]:
            continue
        if not page.free(at):
            return None
        gathered += words[at]
        ends = words[at][-1] in "）)" if is_open else adopted(words[at]) is not None
        if ends:
            return at if day.search(gathered) and len(gathered) <= 400 and (is_open or adopted(gathered)) else None
        if not is_open and day.match(gathered) is None:
            return None
    return None


def _is_date(page: Page, index: int) -> bool:
    line = page.lines.words[index]
    return len(line) <= 30 * page.words.signs.width and page.words.dates.is_line(line)


def _foot(page: Page, first: int) -> int:
    """Name what portals print below a text, from a share bar or an imprint to the end; returns the index of its first line.

    Upwards from the end, as long as no line is one of a document.
    """
    words, lines = page.words, page.lines.words
    begin = len(lines)
    for index in range(begin - 1, max(first, begin - _FOOT_LINES) - 1, -1):
        line = lines[index]
        if not line:
            continue
        if page.free(index) and begins_foot(line, words):
            begin = index
        elif _is_documents_own(page, index):
            break
    for index in range(begin, len(lines)):
        if page.free(index):
            page.name("boilerplate", index)
    return begin


def _is_documents_own(page: Page, index: int) -> bool:
    """Tell a line that stands in no page's foot: sentences, tables, attachments, notes, dates, copy lists, headers."""
    line, words = page.lines.words[index], page.words
    signs = words.signs
    return (
        not page.free(index)
        or page.in_table[index]
        or index in page.files
        or is_file_name(line, words)
        or (line[-1] in signs.closes and len(line) > _SHORT * signs.width)
        or (len(line) > _LONG * signs.width and signs.stop.search(line) is not None)
        or words.attachment.match(line) is not None
        or words.note.fullmatch(line) is not None
        or line.startswith(words.copy_list)
        or (len(line) <= _SENTENCE_LINE * signs.width and any(map(str.isdigit, line)) and words.dates.is_line(line))
    )


def _bottom(page: Page, first: int) -> int:
    """Name boilerplate from the end of the text upwards; returns the index behind the last line that is none."""
    last = _foot(page, first)
    while last > first:
        index = last - 1
        if page.free(index):
            line = page.lines.words[index]
            if page.in_table[index] or not (is_boilerplate(line, page.words) or is_navigation(line, page.words)):
                break
            page.name("boilerplate", index)
        last = index
    return last


def _addressee(page: Page, first: int, last: int) -> tuple[int, int, int | None]:
    """Name the addressee, the first words of the text that end with a colon.

    Returns the first line of the body, `last`, and where the body begins on its first line if not at the line's start.
    """
    lines, layout, words = page.lines, page.layout, page.words
    index = first
    while index < last and not page.free(index):
        index += 1
    for following in range(index, min(index + 3, last)):
        line = lines.words[following]
        if is_addressee(line, words):
            start, end = lines.starts[index], lines.ends[following]
            if end - start <= 400:
                layout.addressee = _names_in(" ".join(lines.text[start:end].split()), words)
                layout.pieces.append(("addressee", start, end))
                return following + 1, last, None
        if not line or line[-1] not in words.signs.goes_on:
            break
    inline = words.addressee_inline.match(lines.words[index]) if index < last and len(lines.words[index]) > 60 else None
    if inline is not None and is_addressee(inline[0], words):
        start = lines.starts[index]
        layout.addressee = _names_in(inline[0], words)
        layout.pieces.append(("addressee", start, start + inline.end()))
        rest = lines.words[index][inline.end() :]
        return index, last, lines.ends[index] - len(rest.lstrip(EDGE))
    return index, last, None


def _names_in(addressee: str, words: PageWords) -> str:
    """Return an addressee without its colon, and without the word that leads to the names (Dear, To)."""
    lead = words.addressee_lead.match(addressee)
    return addressee[lead.end() if lead else 0 :].rstrip("：:" + words.signs.goes_on)
