"""Words around the text: breadcrumb, boilerplate, notes, attachment lists, addressee; the vocabulary is `page.toml`."""

import re
from dataclasses import dataclass
from functools import cache

from opendata.languages import DEFAULT, load
from opendata.normalise.dates import Dates, dates
from opendata.normalise.document_number import DocumentNumbers, document_numbers
from opendata.normalise.genres import Genres, genres
from opendata.normalise.organisations import Bodies, bodies
from opendata.normalise.writing import Writing, writing
from opendata.read.reading import media_type

_ADDRESS = re.compile(r"\[([^\[\]]*)\]\((?:\\.|[^()\\])*\)")
_BAR = re.compile(r"[|｜]")
EDGE = " \u00a0\u3000\u2000\u2001\u2002\u2003\u2009\u200b\u202f\ufeff\t\n"


@dataclass(frozen=True, slots=True)
class PageWords:
    """Compiled patterns of one language. All are matched against a line without its outer spaces."""

    signs: Writing
    dates: Dates
    numbers: DocumentNumbers
    bodies: Bodies
    genres: Genres
    boilerplate: re.Pattern[str]
    foot: re.Pattern[str]
    foot_holds: re.Pattern[str]
    note: re.Pattern[str]
    attachment: re.Pattern[str]
    annex: re.Pattern[str]
    files: re.Pattern[str]
    item: re.Pattern[str]
    alone_first: tuple[str, ...]
    alone_longest: int
    copy_list: tuple[str, ...]
    imprint: re.Pattern[str]
    crumb_starts: tuple[str, ...]
    crumb_separator: re.Pattern[str]
    addressee_words: tuple[str, ...]
    addressee_not: tuple[str, ...]
    addressee_starts: tuple[str, ...]
    addressee_line: re.Pattern[str] | None
    addressee_inline: re.Pattern[str]
    addressee_lead: re.Pattern[str]
    number_signs: re.Pattern[str]
    number_above: str
    number_below: re.Pattern[str]
    adoption_day: re.Pattern[str]
    adoption_ends: re.Pattern[str]
    title_starts: tuple[str, ...]
    letterhead: bool
    first_heading: re.Pattern[str]
    date_ends: frozenset[str]
    opening: re.Pattern[str] | None
    person: re.Pattern[str]
    navigation: frozenset[str]
    navigation_starts: tuple[str, ...]
    navigation_parts: re.Pattern[str]
    navigation_longest: int
    site: re.Pattern[str]


@cache
def page_words(language: str = DEFAULT) -> PageWords:
    """Return the compiled vocabulary of pages."""
    data = load("page", language)
    addressee, number, signature = data["addressee"], data["number"], data["signature"]
    separators = "|".join(re.escape(mark) for mark in data["breadcrumb"]["separators"])
    return PageWords(
        writing(language),
        dates(language),
        document_numbers(language),
        bodies(language),
        genres(language),
        re.compile("(?:" + "|".join(data["boilerplate"]["lines"]) + ")", re.IGNORECASE),
        re.compile("[【\\[（(·\\s]*(?:" + "|".join(data["foot"]["starts"]) + ")", re.IGNORECASE),
        re.compile(data["foot"]["holds"], re.IGNORECASE),
        re.compile("|".join(f"(?:{line})" for line in data["notes"]["lines"])),
        re.compile(data["attachments"]["start"]),
        re.compile(data["attachments"]["annex"]),
        re.compile(data["attachments"]["heading"]),
        re.compile(data["attachments"]["item"]),
        tuple(data["attachments"]["alone_first"]),
        data["attachments"]["alone_longest"],
        tuple(data["copy_list"]["starts"]),
        re.compile(data["copy_list"]["imprint"]),
        tuple(data["breadcrumb"]["starts"]),
        re.compile(rf"[ \u00a0\u3000]*(?:{separators})[ \u00a0\u3000]*"),
        tuple(addressee["words"]),
        tuple(addressee["not"]),
        tuple(addressee["starts"]),
        re.compile("|".join(addressee["lines"])) if addressee["lines"] else None,
        re.compile(addressee["inline"]),
        re.compile(addressee["lead"]),
        re.compile(number["signs"]),
        number["above"],
        re.compile(number["below"]),
        re.compile(data["adoption"]["day"]),
        re.compile(data["adoption"]["ends"]),
        tuple(data["title"]["starts"]),
        data["title"]["letterhead"],
        re.compile(data["title"]["first_heading"]),
        frozenset(signature["date_ends"]),
        re.compile(signature["opening"]) if signature["opening"] else None,
        re.compile(signature["person"]),
        frozenset(data["navigation"]["words"]),
        tuple(data["navigation"]["starts"]),
        re.compile(data["navigation"]["parts"]),
        data["navigation"]["longest"],
        re.compile(data["breadcrumb"]["site"]),
    )


def _printed(line: str) -> str:
    """Return a line of Markdown as it is printed: no addresses of its links, no stars of words in bold."""
    return _ADDRESS.sub(r"\1", line).strip("*")


def is_boilerplate(line: str, words: PageWords) -> bool:
    """Tell whether a stripped line is one that portals print around every document."""
    if "](" in line or line.startswith("**"):
        line = _printed(line)
    return len(line) <= 160 and words.boilerplate.fullmatch(line) is not None


def begins_foot(line: str, words: PageWords) -> bool:
    """Tell whether a stripped line is one with which what stands below a text begins: share bar, related pages, imprint."""
    if "](" in line or line.startswith("**"):
        line = _printed(line)
    if len(line) > 120 or "。" in line:
        return False
    return (len(line) <= 60 and words.foot.match(line) is not None) or words.foot_holds.search(line) is not None


def is_file_name(line: str, words: PageWords) -> bool:
    """Tell whether a stripped line is the name of a file and nothing else."""
    return "." in line[-6:] and len(line) <= 120 and media_type(line) is not None and not words.signs.stop.search(line)


def is_navigation(line: str, words: PageWords) -> bool:
    """Tell whether a stripped line holds nothing but short names of a portal's columns, one of them known."""
    if len(line) > 120:
        return False
    if line in words.navigation or (len(line) <= 6 * words.signs.width and line.startswith(words.navigation_starts)):
        return True
    parts, longest = words.navigation_parts.split(line), words.navigation_longest
    return (
        len(parts) > 1
        and all(len(part) <= longest for part in parts)
        and any(part in words.navigation for part in parts)
    )


def breadcrumb(line: str, words: PageWords) -> list[str]:
    """Return the levels of a breadcrumb line, or an empty list when the line is none."""
    if len(line) > 200 or words.signs.stop.search(line) is not None:
        return []
    is_known = line.startswith(words.crumb_starts)
    if not is_known and words.crumb_separator.search(line) is None and _BAR.search(line) is None:
        return []
    start = next(word for word in words.crumb_starts if line.startswith(word)) if is_known else ""
    rest = line[len(start) :].lstrip("：:" + EDGE)
    if start and rest == line[len(start) :] and not words.crumb_separator.search(rest):
        return []
    levels = [level.strip(EDGE) for level in words.crumb_separator.split(rest)]
    levels = [level for level in levels if level]
    if start and levels:
        return levels
    if len(levels) >= 2 and all(len(level) <= 30 * words.signs.width for level in levels) and line[0] != "<":
        return levels
    barred = [level.strip(EDGE) for level in _BAR.split(line)]
    if len(barred) >= 3 and words.site.fullmatch(barred[0]) and all(0 < len(level) <= 20 for level in barred):
        return barred
    return []


def is_addressee(line: str, words: PageWords) -> bool:
    """Tell whether a stripped line names whom a document is sent to: it ends with a colon and holds names of bodies."""
    if words.addressee_line is not None and words.addressee_line.fullmatch(line) is not None:
        return True
    if not line or line[-1] not in "：:" or len(line) > 300 or "；" in line or words.signs.stop.search(line):
        return False
    name = line[:-1].rstrip(EDGE)
    if any(word in name[-6 * words.signs.width :] for word in words.addressee_not):
        return False
    if any(word in name for word in words.addressee_words):
        return True
    return len(name) <= 60 * words.signs.width and (
        name.startswith(words.addressee_starts) or words.bodies.is_name(name)
    )
