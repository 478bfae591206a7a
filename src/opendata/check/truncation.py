"""Whether a file breaks off before its text ends. Said only where the file itself shows it: a false alarm costs trust."""

import re
from functools import cache
from typing import NamedTuple

from opendata.languages import DEFAULT, load

_SENTENCE_END = frozenset("。！？；：;:.!?…”’\"'）)》】〕]—-|")
_OPEN_TAG = re.compile(r"<[/!a-zA-Z][^<>]*\Z")


class _Signs(NamedTuple):
    prose: re.Pattern[str]
    broken: re.Pattern[str]
    begun: re.Pattern[str]
    short: int


@cache
def _signs(language: str) -> _Signs:
    data = load("truncation", language)
    return _Signs(
        re.compile(data["prose"]), re.compile(rf"{data['broken']}\Z"), re.compile(data["begun"]), data["short"]
    )


def ends_open(source: str, is_html: bool, body: str, after: str, language: str = DEFAULT) -> bool:
    """Tell whether a text is cut off.

    `source` is the file as decoded, `body` the text of the document up to its end, `after` what the text holds behind it. The
    caller has made sure that there is no signature, date or table at the end of the body. A file that ends within a tag is cut; a
    file that ends in text, without line end or closing tag, is cut unless a sentence or a short line ends there; any other only
    where its last line is prose without an end.
    """
    if is_html and _OPEN_TAG.search(source, max(len(source) - 2000, 0)):
        return True
    last = body.rstrip().rpartition("\n")[2].strip()
    if not last or after.strip() or last[-1] in _SENTENCE_END:
        return False
    signs = _signs(language)
    if signs.broken.search(last):
        return True
    abrupt = not (source.rstrip().endswith(">") if is_html else source.endswith("\n"))
    is_prose = signs.prose.search(last) is not None
    if not abrupt:
        return not is_html and is_prose and len(last) > signs.short
    return (
        is_prose or len(last) > signs.short or signs.begun.fullmatch(last) is not None or (is_html and _is_page(source))
    )


def _is_page(source: str) -> bool:
    """Tell whether a whole page was begun, whose end would be a closing tag."""
    return re.search(r"<(?:html|body)\b", source[:20000], re.I) is not None
