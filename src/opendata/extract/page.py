"""Words around the text: breadcrumb, boilerplate, notes, attachment lists, addressee; the vocabulary is `page.toml`."""

import re
from dataclasses import dataclass
from functools import cache

from opendata.languages import load
from opendata.normalise.organisations import is_body_name

_BAR = re.compile(r"[|｜]")
_PARTS = re.compile(r"[ \u00a0\u3000|｜·]+")
EDGE = " \u00a0\u3000\u2000\u2001\u2002\u2003\u2009\u200b\u202f\ufeff\t\n"


@dataclass(frozen=True, slots=True)
class PageWords:
    """Compiled patterns of one language. All are matched against a line without its outer spaces."""

    boilerplate: re.Pattern[str]
    foot: re.Pattern[str]
    foot_holds: re.Pattern[str]
    note: re.Pattern[str]
    attachment: re.Pattern[str]
    annex: re.Pattern[str]
    files: re.Pattern[str]
    item: re.Pattern[str]
    copy_list: tuple[str, ...]
    imprint: re.Pattern[str]
    crumb_starts: tuple[str, ...]
    crumb_separator: re.Pattern[str]
    addressee_words: tuple[str, ...]
    addressee_not: tuple[str, ...]
    person: re.Pattern[str]
    navigation: frozenset[str]
    navigation_starts: tuple[str, ...]
    site: re.Pattern[str]


@cache
def page_words(language: str = "zh") -> PageWords:
    """Return the compiled vocabulary of pages."""
    data = load("page", language)
    separators = "|".join(re.escape(mark) for mark in data["breadcrumb"]["separators"])
    return PageWords(
        re.compile("(?:" + "|".join(data["boilerplate"]["lines"]) + ")", re.IGNORECASE),
        re.compile("[【\\[（(·\\s]*(?:" + "|".join(data["foot"]["starts"]) + ")", re.IGNORECASE),
        re.compile(data["foot"]["holds"], re.IGNORECASE),
        re.compile("|".join(f"(?:{line})" for line in data["notes"]["lines"])),
        re.compile(data["attachments"]["start"]),
        re.compile(data["attachments"]["annex"]),
        re.compile(data["attachments"]["heading"]),
        re.compile(data["attachments"]["item"]),
        tuple(data["copy_list"]["starts"]),
        re.compile(data["copy_list"]["imprint"]),
        tuple(data["breadcrumb"]["starts"]),
        re.compile(rf"[ \u00a0\u3000]*(?:{separators})[ \u00a0\u3000]*"),
        tuple(data["addressee"]["words"]),
        tuple(data["addressee"]["not"]),
        re.compile(data["signature"]["person"]),
        frozenset(data["navigation"]["words"]),
        tuple(data["navigation"]["starts"]),
        re.compile(data["breadcrumb"]["site"]),
    )


def is_boilerplate(line: str, words: PageWords) -> bool:
    """Tell whether a stripped line is one that portals print around every document."""
    return len(line) <= 160 and words.boilerplate.fullmatch(line) is not None


def begins_foot(line: str, words: PageWords) -> bool:
    """Tell whether a stripped line is one with which what stands below a text begins: share bar, related pages, imprint."""
    if len(line) > 120 or "。" in line:
        return False
    return (len(line) <= 60 and words.foot.match(line) is not None) or words.foot_holds.search(line) is not None


def is_navigation(line: str, words: PageWords) -> bool:
    """Tell whether a stripped line holds nothing but short names of a portal's columns, one of them known."""
    if len(line) > 120:
        return False
    if line in words.navigation or (len(line) <= 6 and line.startswith(words.navigation_starts)):
        return True
    parts = _PARTS.split(line)
    return len(parts) > 1 and all(len(part) <= 8 for part in parts) and any(part in words.navigation for part in parts)


def breadcrumb(line: str, words: PageWords) -> list[str]:
    """Return the levels of a breadcrumb line, or an empty list when the line is none."""
    if len(line) > 200 or "。" in line:
        return []
    start = next((word for word in words.crumb_starts if line.startswith(word)), "")
    rest = line[len(start) :].lstrip("：:" + EDGE)
    if start and rest == line[len(start) :] and not words.crumb_separator.search(rest):
        return []
    levels = [level.strip(EDGE) for level in words.crumb_separator.split(rest)]
    levels = [level for level in levels if level]
    if start and levels:
        return levels
    if len(levels) >= 2 and all(len(level) <= 30 for level in levels) and line[0] != "<":
        return levels
    barred = [level.strip(EDGE) for level in _BAR.split(line)]
    if len(barred) >= 3 and words.site.fullmatch(barred[0]) and all(0 < len(level) <= 20 for level in barred):
        return barred
    return []


def is_addressee(line: str, words: PageWords) -> bool:
    """Tell whether a stripped line names whom a document is sent to: it ends with a colon and holds names of bodies."""
    if not line or line[-1] not in "：:" or len(line) > 300 or "。" in line or "；" in line:
        return False
    name = line[:-1].rstrip(EDGE)
    if any(word in name[-6:] for word in words.addressee_not):
        return False
    if any(word in name for word in words.addressee_words):
        return True
    return len(name) <= 60 and (name.startswith(("各", "有关")) or is_body_name(name))
