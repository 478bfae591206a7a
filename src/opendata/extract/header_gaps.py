"""Headers whose cells are parted by runs of spaces only: the runs are read as tabs, at the same offsets."""

import re

from opendata.extract.header_words import PADS
from opendata.extract.labels import Labels

_RUN = re.compile("[" + "".join(sorted(PADS)) + "]{2,}|\u3000")
_FEWEST = 2


def widen(text: str, end: int, vocabulary: Labels) -> str | None:
    """Return `text` with a tab at the beginning of each run of spaces around a label, or None where no label stands so.

    Only the first `end` characters are looked at. Runs inside labels and values stay, and every offset too.
    """
    places: list[int] = []
    found = 0
    start = 0
    end = min(end, len(text))
    while start < end:
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        if stop - start <= 400 and _RUN.search(text, start, stop):
            marked, labels = _line(text, start, stop, vocabulary)
            places += marked
            found += labels
        start = stop + 1
    if found < _FEWEST:
        return None
    characters = list(text)
    for place in places:
        characters[place] = "\t"
    return "".join(characters)


def _line(text: str, start: int, stop: int, vocabulary: Labels) -> tuple[list[int], int]:
    """Return the runs of a line that part a label from what stands around it, and how many labels there are."""
    runs = [match.span() for match in _RUN.finditer(text, start, stop)]
    begins = {start, *(end for _, end in runs)}
    marked: list[int] = []
    found = 0
    position = start
    for begin, end in runs:
        if begin < position or begin == start or text[begin - 1] not in vocabulary.lasts:
            continue
        read = vocabulary.before(text, begin)
        if read is None or read[0] not in begins or read[0] < position:
            continue
        found += 1
        marked += [run[0] for run in runs if run[1] == read[0] and run[0] > start]
        marked.append(begin)
        position = end
    return marked, found
