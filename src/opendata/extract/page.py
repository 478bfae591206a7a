"""Words around the text: breadcrumb, boilerplate, notes, attachment lists, addressee; the vocabulary is `page.toml`."""

import re
from dataclasses import dataclass
from functools import cache

from opendata.languages import load

EDGE = " \u00a0\u3000\u2000\u2001\u2002\u2003\u2009\u200b\u202f\ufeff\t\n"


@dataclass(frozen=True, slots=True)
class PageWords:
    """Compiled patterns of one language. All are matched against a line without its outer spaces."""

    boilerplate: re.Pattern[str]
    note: re.Pattern[str]
    attachment: re.Pattern[str]
    annex: re.Pattern[str]
    item: re.Pattern[str]
    copy_list: tuple[str, ...]
    crumb_starts: tuple[str, ...]
    crumb_separator: re.Pattern[str]
    addressee_words: tuple[str, ...]
    addressee_not: tuple[str, ...]


@cache
def page_words(language: str = "zh") -> PageWords:
    """Return the compiled vocabulary of pages."""
    data = load("page", language)
    separators = "|".join(re.escape(mark) for mark in data["breadcrumb"]["separators"])
    return PageWords(
        re.compile("(?:" + "|".join(data["boilerplate"]["lines"]) + ")", re.IGNORECASE),
        re.compile("|".join(f"(?:{line})" for line in data["notes"]["lines"])),
        re.compile(data["attachments"]["start"]),
        re.compile(data["attachments"]["annex"]),
        re.compile(data["attachments"]["item"]),
        tuple(data["copy_list"]["starts"]),
        tuple(data["breadcrumb"]["starts"]),
        re.compile(rf"[ \u00a0\u3000]*(?:{separators})[ \u00a0\u3000]*"),
        tuple(data["addressee"]["words"]),
        tuple(data["addressee"]["not"]),
    )


def is_boilerplate(line: str, words: PageWords) -> bool:
    """Tell whether a stripped line is one that portals print around every document."""
    return len(line) <= 160 and words.boilerplate.fullmatch(line) is not None


def breadcrumb(line: str, words: PageWords) -> list[str]:
    """Return the levels of a breadcrumb line, or an empty list when the line is none."""
    if len(line) > 200:
        return []
    start = next((word for word in words.crumb_starts if line.startswith(word)), "")
    rest = line[len(start) :].lstrip("：:" + EDGE)
    levels = [level.strip(EDGE) for level in words.crumb_separator.split(rest)]
    levels = [level for level in levels if level]
    if start and levels:
        return levels
    return levels if len(levels) >= 2 and all(len(level) <= 30 for level in levels) and "。" not in line else []


def is_addressee(line: str, words: PageWords) -> bool:
    """Tell whether a stripped line names whom a document is sent to: it ends with a colon and holds names of bodies."""
    if not line or line[-1] not in "：:" or len(line) > 300 or "。" in line:
        return False
    name = line[:-1]
    return any(word in name for word in words.addressee_words) and not any(
        word in name[-6:] for word in words.addressee_not
    )
