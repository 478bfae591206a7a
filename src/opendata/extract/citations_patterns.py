"""Citations of other documents by the patterns of a pack: an act with its year, a regulation with its number.

Reached through `citations`, by packs whose `citations.toml` says `reader = "patterns"`.
"""

import re
from collections.abc import Callable

from opendata.extract.cited import Citation
from opendata.languages import load


def finder(language: str) -> Callable[[str, int, int], list[Citation]]:
    """Return what `citations` hands on. Group `title` of a pattern is the cited title, group `number` the number."""
    pattern = re.compile("|".join(load("citations", language)["patterns"]))
    names = [name for name in pattern.groupindex if name.startswith(("title", "number"))]

    def find(text: str, start: int, stop: int) -> list[Citation]:
        return [_citation(match, names) for match in pattern.finditer(text, start, stop)]

    return find


def _citation(match: re.Match[str], names: list[str]) -> Citation:
    said = {name.rstrip("0123456789"): " ".join(match[name].split()) for name in names if match[name]}
    title, number = said.get("title"), said.get("number")
    kind = "title_and_number" if title and number else "title" if title else "number"
    return Citation(kind, title, number, match[0], match.start(), match.end())
