"""Running headers, footers and page numbers: lines that stand at one place of most pages."""

import re
from collections.abc import Sequence
from statistics import median

from opendata.read.pdf_pages import Line, Page

_BAND = 0.12
_OUTERMOST = 3
_SHARE = 0.4
_NEAR = 6.0
_DIGITS = re.compile(r"[0-9０-９]+")
_NUMBERED = re.compile(
    r"[-—–－―─·\s]*第?\s*#\s*页?(?:\s*[/／,，共|]\s*共?\s*#\s*页?)?[-—–－―─·\s]*|(?:page|p\.?)\s*#(?:\s*(?:/|of)\s*#)?",
    re.I,
)


def find_furniture(pages: Sequence[Page]) -> set[tuple[int, int]]:
    """Return the furniture as pairs of page index and block index.

    A line is furniture when lines that differ only in numbers stand at the same height on two pages in five at least (two pages at
    the least); a page number also where it stands alone and gives the number of its page.
    """
    groups: dict[tuple[str, str], list[tuple[int, int, Line]]] = {}
    for number, page in enumerate(pages):
        for zone, index, line in _edges(page):
            groups.setdefault((zone, _DIGITS.sub("#", line.text)), []).append((number, index, line))
    least = max(2, _SHARE * len(pages))
    found: set[tuple[int, int]] = set()
    for (_, shape), members in groups.items():
        is_number = _NUMBERED.fullmatch(shape) is not None
        middle = median(line.top for _, _, line in members)
        near = [member for member in members if abs(member[2].top - middle) <= _NEAR]
        if len({number for number, _, _ in near}) >= least:
            found |= {(number, index) for number, index, _ in (members if is_number else near)}
        elif is_number:
            found |= {(number, index) for number, index, line in members if _gives(line.text, number + 1)}
    return found


def _gives(text: str, number: int) -> bool:
    first = _DIGITS.search(text)
    return first is not None and len(first[0]) < 6 and int(first[0]) == number


def _edges(page: Page) -> list[tuple[str, int, Line]]:
    """Return the outermost lines within the bands at the top and at the bottom of a page."""
    lines = [(index, block) for index, block in enumerate(page.blocks) if isinstance(block, Line)]
    lines.sort(key=lambda item: item[1].top)
    high, low = page.height * _BAND, page.height * (1 - _BAND)
    above = [("top", index, line) for index, line in lines[:_OUTERMOST] if line.bottom < high]
    below = [("bottom", index, line) for index, line in lines[-_OUTERMOST:] if line.top > low]
    return above + below
