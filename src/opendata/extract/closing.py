"""What stands below the body: signature and date, notes, lists of attachments, copy list, annexes."""

import re

from opendata.extract.lines import Page
from opendata.extract.page import EDGE, PageWords, is_boilerplate, is_file_name

SIGNATURE_LINES = 8
_BESIDE_FILE = 12
_LOST_ENTITY = re.compile(r"&[a-z]{1,8};")
_ANNEX_SHORTEST = 80
"""Words below a signature that are no title count as an annex from this length on; else nobody names them."""


def close(page: Page, first: int, last: int, body_start: int | None) -> None:
    """Name the body (lines `first` to `last`), and below it signature, notes, attachments, copy list and annexes."""
    lines, layout = page.lines, page.layout
    signature = _find_signature(page, first, last)
    annex = None if signature else _annex_line(page, first, last)
    body_stop = signature[0] if signature else annex if annex is not None else last
    while body_stop > first and not page.free(body_stop - 1):
        body_stop -= 1
    body_stop = _name_tail(page, first, body_stop)
    if first < len(lines):
        layout.body_start = lines.starts[first] if body_start is None else body_start
    else:
        layout.body_start = len(lines.text)
    layout.body_end = max(layout.body_start, lines.ends[body_stop - 1] if body_stop > first else layout.body_start)
    if layout.body_end > layout.body_start:
        layout.pieces.append(("body", layout.body_start, layout.body_end))
    if signature:
        _name_signature(page, signature)
        _after_signature(page, signature[1], last)
    elif annex is not None:
        _name_annex(page, annex, last)


def _annex_line(page: Page, first: int, last: int) -> int | None:
    """Return the line that only says 附件 and a number, where no signature parts annexes from the body."""
    firsts, longest = page.words.alone_first, page.words.alone_longest
    for index in range(first + 1, last):
        line = page.lines.words[index]
        if (
            line[:1] in firsts
            and len(line) <= longest
            and page.words.annex.fullmatch(line)
            and not page.in_table[index]
        ):
            return index
    return None


def _find_signature(page: Page, first: int, last: int) -> tuple[int, int] | None:
    """Return the lines of the signature: names of bodies with a date below them, or the last line when it is a body's name."""
    words, width = page.lines.words, page.words.signs.width
    most, date_ends, is_date_line = 60 * width, page.words.date_ends, page.words.dates.is_line
    for index in range(first, last):
        line = words[index]
        if not line or len(line) > most or line[-1] not in date_ends or page.in_header[index] or page.in_table[index]:
            continue
        if len(line) <= 24 * width and is_date_line(line):
            start = _names_above(page, first, index)
            if start < index or _only_tail_follows(page, index + 1, last):
                return start, index + 1
        elif _name_and_date(line, page.words) is not None:
            return _names_above(page, first, index), index + 1
    index = last
    while index > first:
        index -= 1
        line = words[index]
        if not page.free(index) or page.words.note.fullmatch(line) or line.startswith(page.words.copy_list):
            continue
        if page.in_table[index] or not _names(line, page.words):
            return None
        return _names_above(page, first, index + 1), index + 1
    return None


def _names(line: str, page_words: PageWords) -> list[str]:
    """Return the bodies that a line of a signature names, or an empty list when it is none."""
    if len(line) > 90 * page_words.signs.width:
        return []
    is_body_name, split = page_words.bodies.is_name, page_words.bodies.split
    if is_body_name(line):
        return list(split(line))
    if page_words.signs.join:
        return []
    parts = [part for part in line.split() if not _LOST_ENTITY.fullmatch(part)]
    if not parts:
        return []
    if all(is_body_name(part) for part in parts):
        return list(split(" ".join(parts)))
    whole = "".join(parts)
    return [whole] if len(parts) < len(line.split()) and is_body_name(whole) else []


def _names_above(page: Page, first: int, index: int) -> int:
    start = index
    words, opening = page.lines.words, page.words.opening
    if opening is not None:
        for above in range(index - 1, max(first, index - SIGNATURE_LINES) - 1, -1):
            if opening.fullmatch(words[above]) is not None:
                return above
    for above in range(index - 1, max(first, index - SIGNATURE_LINES) - 1, -1):
        line = words[above]
        if not line:
            continue
        if page.in_table[above] or not (_names(line, page.words) or page.words.person.fullmatch(line)):
            return _wrapped(page, first, start)
        start = above
    return start


def _wrapped(page: Page, first: int, start: int) -> int:
    """Let a signature begin a line above when that line and the next make one body's name."""
    words, signs = page.lines.words, page.words.signs
    above = start - 1
    if above <= first or start >= len(words) or not 4 <= len(words[above]) <= 30 * signs.width or not words[start]:
        return start
    upper = words[above]
    joined = upper + signs.join + words[start]
    if upper[-1] in signs.unended or page.in_table[above] or len(words[start]) > 12 * signs.width:
        return start
    if not _names(joined, page.words):
        return start
    return above


def _only_tail_follows(page: Page, index: int, last: int) -> bool:
    words = page.words
    for below in range(index, last):
        line = page.lines.words[below]
        if line:
            return bool(
                words.note.fullmatch(line)
                or words.annex.match(line)
                or line.startswith(words.copy_list)
                or is_boilerplate(line, words)
            )
    return True


def _name_and_date(line: str, words: PageWords) -> tuple[list[str], str] | None:
    """Return the bodies and the date of a line that holds both, parted by spaces; else None."""
    parts = line.split()
    for cut in range(1, min(len(parts), 6 * words.signs.width)):
        date = words.signs.join.join(parts[cut:])
        if len(date) <= 24 * words.signs.width and words.dates.is_line(date):
            names = _names(" ".join(parts[:cut]), words)
            return (names, parts[cut]) if names else None
    return None


def _name_signature(page: Page, signature: tuple[int, int]) -> None:
    start, stop = signature
    lines, layout, forms, join = page.lines, page.layout, page.words.dates, page.words.signs.join
    page.name("signature", start, stop - 1)
    waiting = ""
    for index in range(start, stop):
        line = lines.words[index]
        if not line or page.words.person.fullmatch(line):
            continue
        if forms.is_line(line):
            layout.signed = (lines.starts[index], lines.ends[index])
            layout.signed_date = forms.read(line).date
        elif (both := _name_and_date(line, page.words)) is not None:
            layout.signatories += both[0]
            at = line.index(both[1], line.index(both[0][-1][-1]))
            layout.signed = (lines.starts[index] + at, lines.ends[index])
            layout.signed_date = forms.read(join.join(line[at:].split())).date
        elif names := _names(waiting + line, page.words) or (_names(line, page.words) if join else []):
            layout.signatories += names
            waiting = ""
        else:
            waiting += line + join


def _name_tail(page: Page, first: int, stop: int) -> int:
    """Name notes and the list of attachments at the end of the body; returns the index behind the body's last line."""
    lines, words = page.lines.words, page.words
    listed = False
    while stop > first and (not page.free(stop - 1) or _is_file_line(page, stop - 1, listed=listed)):
        listed = listed or page.free(stop - 1)
        if page.free(stop - 1):
            _name_file(page, stop - 1)
        stop -= 1
    begin = None
    for index in range(stop - 1, max(first, stop - 60) - 1, -1):
        line = lines[index]
        if words.attachment.match(line):
            begin = index
        elif line and (len(line) > 120 or (begin is not None and not words.item.match(line))):
            break
    if begin is not None and all(
        not line or words.attachment.match(line) or words.item.match(line) or len(line) <= 60
        for line in lines[begin:stop]
    ):
        _name_attachments(page, begin, stop)
        stop = begin
    while stop > first and (not page.free(stop - 1) or words.note.fullmatch(lines[stop - 1])):
        if page.free(stop - 1):
            page.name("note", stop - 1)
        stop -= 1
    return stop


def _is_file_line(page: Page, index: int, *, listed: bool) -> bool:
    """Tell a line that prints nothing but a link to a file, with its size perhaps, or its name, or the words above a list of such."""
    links, line = page.files.get(index), page.lines.words[index]
    if listed and links is None and page.words.files.fullmatch(line):
        return True
    if page.in_table[index] or page.words.attachment.match(line):
        return False
    if links is None:
        return is_file_name(line, page.words)
    return len(page.lines.words[index]) - sum(link.end - link.start for link in links) <= _BESIDE_FILE


def _name_file(page: Page, index: int) -> None:
    """Name a line of `_is_file_line`, and list the file where no link leads to it."""
    page.name("attachment", index)
    lines = page.lines
    if index not in page.files and is_file_name(lines.words[index], page.words):
        page.layout.attachments.append((lines.words[index], lines.starts[index], lines.ends[index]))


def _name_attachments(page: Page, begin: int, stop: int) -> None:
    lines, layout, words = page.lines, page.layout, page.words
    for index in range(begin, stop):
        line = lines.words[index]
        if not page.free(index):
            continue
        if words.note.fullmatch(line):
            page.name("note", index)
            continue
        page.name("attachment", index)
        end = lines.ends[index]
        title = _attachment_title(page, line)
        if not title:
            continue
        if "](" in title and (link := next(iter(page.files.get(index, ())), None)) is not None:
            layout.attachments.append((lines.text[link.start : link.end], link.start, link.end))
            continue
        before, start, _ = layout.attachments[-1] if layout.attachments else ("", 0, 0)
        if before and not (words.attachment.match(line) or words.item.match(line) or is_file_name(before, words)):
            layout.attachments[-1] = (before + words.signs.join + title, start, end)
        else:
            layout.attachments.append((title, end - len(line) + line.rindex(title), end))


def _attachment_title(page: Page, line: str) -> str:
    words = page.words
    match = words.attachment.match(line)
    rest = line[match.end() :].strip(EDGE) if match else line
    item = words.item.match(rest)
    return rest[item.end() - 1 :].strip(EDGE) if item else rest


def _after_signature(page: Page, first: int, last: int) -> None:
    """Name what stands below the signature; from the first annex on, all is attachment."""
    lines, layout, words = page.lines, page.layout, page.words
    titles = {title for title, _, _ in layout.attachments}
    listed = False
    for index in range(first, last):
        line = lines.words[index]
        if not page.free(index):
            continue
        if words.note.fullmatch(line):
            page.name("note", index)
        elif line.startswith(words.copy_list) or (len(line) <= 60 and words.imprint.fullmatch(line)):
            page.name("copy_list", index)
        elif words.attachment.match(line) or (listed and words.item.match(line) and len(line) <= 80):
            if _has_text_below(page, index + 1, last) and words.attachment.match(line) and layout.attachments:
                return _name_annex(page, index, last)
            listed = True
            _name_attachments(page, index, index + 1)
            titles.update(title for title, _, _ in layout.attachments[-1:])
        elif index in page.files or is_file_name(line, words):
            _name_file(page, index)
        elif words.files.fullmatch(line) and _stands_above_file(page, index, last):
            page.name("attachment", index)
        elif page.in_table[index] or words.annex.fullmatch(line) or _begins_annex(page, index, last, titles):
            return _name_annex(page, index, last)
        elif is_boilerplate(line, words):
            page.name("boilerplate", index)
    return None


def _stands_above_file(page: Page, index: int, last: int) -> bool:
    """Tell whether the next line with words is a link to a file or the name of one."""
    for below in range(index + 1, last):
        if page.lines.words[below]:
            return below in page.files or is_file_name(page.lines.words[below], page.words)
    return False


def _name_annex(page: Page, index: int, last: int) -> None:
    """Name the annexes down to the end of the text, but for a copy list, notes and a list of attachments that close it.

    What is annexed or issued is text as the body is; only the words 附件1 above it are the attachment's.
    """
    lines, words = page.lines.words, page.words
    stop = last
    listed = False
    while stop > index + 1 and (kind := _below_annex(page, stop - 1, listed=listed)) is not None:
        if kind == "attachment":
            _name_file(page, stop - 1)
        elif kind:
            page.name(kind, stop - 1)
        listed = listed or kind == "attachment"
        stop -= 1
    if not page.layout.attachments:
        stop = _name_tail(page, index + 1, stop)
    if words.annex.fullmatch(lines[index]):
        page.name("attachment", index)
        index += 1
    if index < stop:
        page.name("body", index, stop - 1)


def _below_annex(page: Page, index: int, *, listed: bool) -> str | None:
    """Name a line that is none of the annexes' text; an empty name where it is nothing or another's, None where it is text."""
    if not page.free(index):
        return ""
    if _is_file_line(page, index, listed=listed):
        return "attachment"
    if page.lines.words[index].startswith(page.words.copy_list):
        return "copy_list"
    return None


def _begins_annex(page: Page, index: int, last: int, titles: set[str]) -> bool:
    """Tell whether a line below the signature is the title of a document that follows, or text of some length follows it.

    `titles` are those of the attachments that have been listed.
    """
    line = page.lines.words[index]
    if is_boilerplate(line, page.words):
        return False
    signs = page.words.signs
    if 4 <= len(line) <= 60 * signs.width and line[-1] not in signs.unended and page.words.genres.of(line) is not None:
        return True
    if line == page.layout.title or line in titles:
        return True
    return _has_text_below(page, index, last)


def _has_text_below(page: Page, index: int, last: int) -> bool:
    if index >= last or page.lines.ends[last - 1] - page.lines.starts[index] < _ANNEX_SHORTEST:
        return False
    if page.last_sentence is None:
        words, stop = page.lines.words, page.words.signs.stop.search
        page.last_sentence = next((at for at in range(last - 1, -1, -1) if stop(words[at])), -1)
    return page.last_sentence >= index
