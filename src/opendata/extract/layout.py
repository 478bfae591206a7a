"""The layout of a document: which piece of the text is header, title, addressee, body, signature, attachment or boilerplate.

One pass over the lines outside the body from the top and from the bottom; lines inside the body are looked at only where a
signature or a list of attachments may stand.
"""

from dataclasses import dataclass, field
from datetime import date

from opendata.extract.header import Header
from opendata.extract.page import EDGE, PageWords, breadcrumb, is_addressee, is_boilerplate, page_words
from opendata.normalise.dates import is_date_line, read_date
from opendata.normalise.document_number import read_document_number
from opendata.normalise.genres import genre_of
from opendata.normalise.organisations import is_body_name
from opendata.read.reading import Reading

TITLE_LINES = 5
SIGNATURE_LINES = 8
_QUOTES = str.maketrans("", "", " \u00a0\u3000\u2002\u2003\t\n\u200b“”\"‘’'《》<>〈〉（）()·")


@dataclass(slots=True)
class Layout:
    """Named pieces of a text: `pieces` are (kind, start, end) without overlap, in order, gaps not yet filled."""

    pieces: list[tuple[str, int, int]] = field(default_factory=list)
    title: str | None = None
    title_origin: str | None = None
    crumbs: list[str] = field(default_factory=list)
    number: str | None = None
    addressee: str | None = None
    signatories: list[str] = field(default_factory=list)
    signed: tuple[int, int] | None = None
    signed_date: date | None = None
    body_start: int = 0
    body_end: int = 0
    annex_end: int = 0
    attachments: list[tuple[str, int, int]] = field(default_factory=list)


class Lines:
    """The lines of a text with their offsets, without outer spaces."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        position = 0
        for raw in text.split("\n"):
            line = raw.strip(EDGE)
            start = position + (raw.find(line[0]) if line else 0)
            self.starts.append(start)
            self.ends.append(start + len(line))
            self.words.append(line)
            position += len(raw) + 1

    def __len__(self) -> int:
        return len(self.words)


def find_layout(reading: Reading, header: Header, header_title: str | None, language: str = "zh") -> Layout:
    """Name the pieces of a document's text. `header_title` is the title that the header prints, if it does."""
    lines = Lines(reading.text)
    words = page_words(language)
    layout = Layout()
    in_header = _header_lines(lines, header)
    layout.pieces += [("header", start, end) for start, end in header.spans]
    tables = {id(t): t for t in reading.tables if not any(s <= t.start < e for s, e in header.spans)}
    in_table = [any(t.start <= s < t.end for t in tables.values()) if tables else False for s in lines.starts]
    first = _top(lines, header, reading, header_title, layout, words, in_header)
    last = _bottom(lines, first, layout, words, in_header, in_table)
    first = _addressee(lines, first, last, layout, words)
    _body(lines, first, last, layout, words, in_header, in_table)
    layout.pieces.sort(key=lambda piece: piece[1])
    return layout


def _header_lines(lines: Lines, header: Header) -> list[bool]:
    flags = []
    for start, end in zip(lines.starts, lines.ends, strict=True):
        flags.append(start < end and any(s <= start and end <= e for s, e in header.spans))
    return flags


def _top(
    lines: Lines,
    header: Header,
    reading: Reading,
    header_title: str | None,
    layout: Layout,
    words: PageWords,
    in_header: list[bool],
) -> int:
    """Name what stands above the body; returns the index of the first line of the body."""
    wanted = _fold(header_title) if header_title else None
    title_at = (
        _find_title(lines, wanted, in_header) if wanted else _guess_title(lines, reading, header, in_header, words)
    )
    layout.title = header_title
    layout.title_origin = "header" if header_title else None
    header_end = next((end for start, end in header.spans), 0)
    first = next((i for i, end in enumerate(lines.ends) if end > header_end), len(lines))
    if title_at is not None:
        start, end = lines.starts[title_at[0]], lines.ends[title_at[1]]
        layout.pieces.append(("title", start, end))
        if layout.title is None:
            layout.title = "".join(lines.words[title_at[0] : title_at[1] + 1])
            layout.title_origin = "text"
        first = max(first, title_at[1] + 1)
    for index in range(first):
        if title_at is None or not title_at[0] <= index <= title_at[1]:
            _name_outer(lines, index, layout, words, in_header, header)
    return _under_title(lines, first, layout, words, in_header, header)


def _name_outer(
    lines: Lines, index: int, layout: Layout, words: PageWords, in_header: list[bool], header: Header
) -> str | None:
    """Name a line outside the body as breadcrumb, boilerplate or note; returns the kind given, None when it is unknown."""
    line = lines.words[index]
    start, end = lines.starts[index], lines.ends[index]
    if not line or in_header[index]:
        return "header"
    if any(s < end and start < e for s, e in header.spans):
        return "header"
    kind = None
    crumbs = breadcrumb(line, words)
    if crumbs and not layout.crumbs:
        layout.crumbs = crumbs
        kind = "breadcrumb"
    elif is_boilerplate(line, words):
        kind = "boilerplate"
    elif words.note.fullmatch(line):
        kind = "note"
    elif crumbs:
        kind = "breadcrumb"
    if kind:
        layout.pieces.append((kind, start, end))
    return kind


def _under_title(
    lines: Lines, first: int, layout: Layout, words: PageWords, in_header: list[bool], header: Header
) -> int:
    """Step over the document number, notes and boilerplate between the title and the body."""
    index = first
    for _ in range(12):
        if index >= len(lines):
            break
        line = lines.words[index]
        if line and not in_header[index]:
            number = read_document_number(line.strip("（）()[]【】")) if len(line) <= 40 else None
            if number is not None and number.canonical and layout.number is None:
                layout.number = number.canonical
                layout.pieces.append(("number", lines.starts[index], lines.ends[index]))
            elif (line[0] in "（(" and line[-1] in "）)" and "月" in line and "日" in line) or _is_subtitle_date(line):
                layout.pieces.append(("note", lines.starts[index], lines.ends[index]))
            elif _name_outer(lines, index, layout, words, in_header, header) is None:
                break
        index += 1
    return index


def _is_subtitle_date(line: str) -> bool:
    return len(line) <= 30 and is_date_line(line)


def _fold(title: str) -> str:
    return title.translate(_QUOTES)


def _find_title(lines: Lines, wanted: str | None, in_header: list[bool]) -> tuple[int, int] | None:
    """Return the lines that together print the title, outside the header."""
    if not wanted:
        return None
    seen = 0
    for index, line in enumerate(lines.words):
        if not line or in_header[index]:
            continue
        seen += 1
        if seen > 40:
            return None
        folded = _fold(line)
        if folded == wanted:
            return index, index
        if folded and wanted.startswith(folded):
            last = _joined(lines, index, wanted)
            if last is not None:
                return index, last
    return None


def _joined(lines: Lines, first: int, wanted: str) -> int | None:
    gathered = ""
    taken = 0
    for index in range(first, len(lines)):
        if not lines.words[index]:
            continue
        gathered += _fold(lines.words[index])
        taken += 1
        if gathered == wanted:
            return index
        if taken >= TITLE_LINES or not wanted.startswith(gathered):
            return None
    return None


def _guess_title(
    lines: Lines, reading: Reading, header: Header, in_header: list[bool], words: PageWords
) -> tuple[int, int] | None:
    """Return the lines of the main heading where no header prints a title: a marked heading, the page's title, a title line."""
    for name, content in reading.metas:
        if name.lower() == "articletitle" and (found := _find_title(lines, _fold(content), in_header)):
            return found
    for start, _ in reading.headings:
        for index, line_start in enumerate(lines.starts):
            if line_start == start and lines.words[index] and not in_header[index]:
                return index, index
    if reading.page_title:
        head = _fold(reading.page_title.split("_")[0].split("-")[0])
        if len(head) >= 6 and (found := _find_title(lines, head, in_header)):
            return found
    looked = 0
    for index, line in enumerate(lines.words):
        if not line or in_header[index]:
            continue
        looked += 1
        if looked > 12:
            return None
        if line.startswith("# "):
            return index, index
        if not 5 <= len(line) <= 80 or line[-1] in "。；：:;，、" or is_boilerplate(line, words):
            continue
        if genre_of(line.lstrip("# ")) is not None:
            return _title_start(lines, index, in_header, words), index
    return None


def _title_start(lines: Lines, index: int, in_header: list[bool], words: PageWords) -> int:
    """Let a title begin on the line above when that line ends openly: a body's name, or words that go on."""
    above = index - 1
    if above >= 0 and 2 <= len(lines.words[above]) <= 40 and not in_header[above]:
        line = lines.words[above]
        if (is_body_name(line) or line.startswith("关于")) and not is_boilerplate(line, words):
            return above
    return index


def _bottom(
    lines: Lines, first: int, layout: Layout, words: PageWords, in_header: list[bool], in_table: list[bool]
) -> int:
    """Name boilerplate from the end of the text upwards; returns the index behind the last line that is none."""
    last = len(lines)
    while last > first:
        index = last - 1
        line = lines.words[index]
        if line and not in_header[index]:
            if in_table[index] or not is_boilerplate(line, words):
                break
            layout.pieces.append(("boilerplate", lines.starts[index], lines.ends[index]))
        last = index
    return last


def _addressee(lines: Lines, first: int, last: int, layout: Layout, words: PageWords) -> int:
    """Name the addressee, the first line (or lines) of the text that ends with a colon."""
    index = first
    while index < last and not lines.words[index]:
        index += 1
    for following in range(index, min(index + 3, last)):
        if is_addressee(lines.words[following], words):
            start, end = lines.starts[index], lines.ends[following]
            if end - start <= 400:
                layout.addressee = lines.text[start:end].rstrip("：:")
                layout.pieces.append(("addressee", start, end))
                return following + 1
        if not lines.words[following] or lines.words[following][-1] not in "，、,":
            break
    return index


def _body(
    lines: Lines,
    first: int,
    last: int,
    layout: Layout,
    words: PageWords,
    in_header: list[bool],
    in_table: list[bool],
) -> None:
    """Name the body, and below it signature, notes, attachments, copy list and annexes."""
    signature = _find_signature(lines, first, last, words, in_header, in_table)
    body_stop = signature[0] if signature else last
    body_stop = _name_tail(lines, first, body_stop, layout, words)
    layout.body_start = lines.starts[first] if first < len(lines) else len(lines.text)
    layout.body_end = max(layout.body_start, lines.ends[body_stop - 1] if body_stop > first else layout.body_start)
    layout.annex_end = layout.body_end
    if body_stop > first:
        layout.pieces.append(("body", layout.body_start, layout.body_end))
    if signature:
        _name_signature(lines, signature, layout)
        _after_signature(lines, signature[1], last, layout, words, in_header, in_table)


def _find_signature(
    lines: Lines, first: int, last: int, words: PageWords, in_header: list[bool], in_table: list[bool]
) -> tuple[int, int] | None:
    """Return the lines of the signature: names of bodies with a date below them, or the last line when it is a body's name."""
    for index in range(first, last):
        line = lines.words[index]
        if not line or len(line) > 60 or in_header[index] or in_table[index] or line[-1] not in "日号)）0123456789":
            continue
        if len(line) <= 24 and is_date_line(line):
            start = _names_above(lines, first, index)
            if start < index or _only_tail_follows(lines, index + 1, last, words):
                return start, index + 1
        elif _name_and_date(line):
            return index, index + 1
    index = last
    while index > first:
        index -= 1
        line = lines.words[index]
        if not line or words.note.fullmatch(line) or in_header[index]:
            continue
        if in_table[index] or not is_body_name(line):
            return None
        return _names_above(lines, first, index + 1), index + 1
    return None


def _names_above(lines: Lines, first: int, index: int) -> int:
    start = index
    for above in range(index - 1, max(first, index - SIGNATURE_LINES) - 1, -1):
        line = lines.words[above]
        if not line:
            continue
        if len(line) > 60 or not all(is_body_name(part) for part in line.split()):
            break
        start = above
    return start


def _only_tail_follows(lines: Lines, index: int, last: int, words: PageWords) -> bool:
    for line in lines.words[index:last]:
        if line:
            return bool(
                words.note.fullmatch(line)
                or words.annex.match(line)
                or line.startswith(words.copy_list)
                or is_boilerplate(line, words)
            )
    return True


def _name_and_date(line: str) -> bool:
    """Tell whether one line holds a body's name and a date, parted by spaces."""
    parts = line.split()
    return len(parts) >= 2 and is_date_line("".join(parts[1:])) and is_body_name(parts[0])


def _name_signature(lines: Lines, signature: tuple[int, int], layout: Layout) -> None:
    start, stop = signature
    layout.pieces.append(("signature", lines.starts[start], lines.ends[stop - 1]))
    for index in range(start, stop):
        line = lines.words[index]
        if not line:
            continue
        if is_date_line(line):
            layout.signed = (lines.starts[index], lines.ends[index])
            layout.signed_date = read_date(line).date
        elif _name_and_date(line):
            name = line.split()[0]
            layout.signatories.append(name)
            layout.signed = (lines.starts[index] + line.index(line.split()[1]), lines.ends[index])
            layout.signed_date = read_date("".join(line.split()[1:])).date
        else:
            layout.signatories += line.split()


def _name_tail(lines: Lines, first: int, stop: int, layout: Layout, words: PageWords) -> int:
    """Name notes and the list of attachments at the end of the body; returns the index behind the body's last line."""
    begin = None
    for index in range(stop - 1, max(first, stop - 60) - 1, -1):
        line = lines.words[index]
        if words.attachment.match(line):
            begin = index
            break
        if line and len(line) > 120:
            break
    if begin is not None and all(
        not line or words.attachment.match(line) or words.item.match(line) or len(line) <= 60
        for line in lines.words[begin:stop]
    ):
        _name_attachments(lines, begin, stop, layout, words)
        stop = begin
    while stop > first and (not lines.words[stop - 1] or words.note.fullmatch(lines.words[stop - 1])):
        if lines.words[stop - 1]:
            layout.pieces.append(("note", lines.starts[stop - 1], lines.ends[stop - 1]))
        stop -= 1
    return stop


def _name_attachments(lines: Lines, begin: int, stop: int, layout: Layout, words: PageWords) -> None:
    for index in range(begin, stop):
        line = lines.words[index]
        if not line:
            continue
        start, end = lines.starts[index], lines.ends[index]
        if words.note.fullmatch(line):
            layout.pieces.append(("note", start, end))
            continue
        layout.pieces.append(("attachment", start, end))
        title = _attachment_title(line, words)
        if title:
            layout.attachments.append((title, end - len(line) + line.rindex(title), end))


def _attachment_title(line: str, words: PageWords) -> str:
    match = words.attachment.match(line)
    rest = line[match.end() :].strip(EDGE) if match else line
    item = words.item.match(rest)
    return rest[item.end() - 1 :].strip(EDGE) if item else rest


def _after_signature(
    lines: Lines,
    first: int,
    last: int,
    layout: Layout,
    words: PageWords,
    in_header: list[bool],
    in_table: list[bool],
) -> None:
    """Name what stands below the signature; from the first annex on, all is attachment."""
    annex = None
    listed = False
    for index in range(first, last):
        line = lines.words[index]
        if not line or in_header[index]:
            continue
        start, end = lines.starts[index], lines.ends[index]
        if annex is None:
            if words.note.fullmatch(line):
                layout.pieces.append(("note", start, end))
            elif line.startswith(words.copy_list):
                layout.pieces.append(("copy_list", start, end))
            elif words.attachment.match(line) or (listed and words.item.match(line) and len(line) <= 80):
                listed = True
                _name_attachments(lines, index, index + 1, layout, words)
            elif in_table[index] or words.annex.match(line) or layout.attachments:
                annex = index
            elif is_boilerplate(line, words):
                layout.pieces.append(("boilerplate", start, end))
            elif lines.words[index] == (layout.title or "") or _is_annex_heading(line):
                annex = index
    if annex is not None:
        layout.annex_end = lines.ends[last - 1]
        layout.pieces.append(("attachment", lines.starts[annex], layout.annex_end))


def _is_annex_heading(line: str) -> bool:
    """Tell whether a line below the signature is the title of a document that follows (an issued plan or set of rules)."""
    return 4 <= len(line) <= 60 and line[-1] not in "。；：:;，、" and genre_of(line) is not None
