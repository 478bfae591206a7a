"""Citations of other documents in running text, by the reader that a language's pack names.

Offsets are 0-based, half-open, in code points. A document's own number is found like any other: the caller leaves it out.
"""

from collections.abc import Callable
from functools import cache

from opendata.extract import citations_chinese, citations_patterns
from opendata.extract.cited import Citation
from opendata.languages import DEFAULT, load

__all__ = ["Citation", "find_citations"]

Finder = Callable[[str, int, int], list[Citation]]


@cache
def finder(language: str = DEFAULT) -> Finder:
    """Return what finds citations in a language. Raises KeyError when its pack names no reader that exists."""
    readers = {"chinese": citations_chinese.finder, "patterns": citations_patterns.finder}
    return readers[load("citations", language)["reader"]](language)


def find_citations(text: str, start: int = 0, end: int | None = None, language: str = DEFAULT) -> list[Citation]:
    """Return the citations printed in `text[start:end]`, in order and without overlap. Never raises on text."""
    return finder(language)(text, start, len(text) if end is None else min(end, len(text)))
