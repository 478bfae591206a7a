"""Where a header begins and ends: lines above and below its known labels that belong to it."""

from opendata.extract.header_hits import begins_line, find_unknown
from opendata.extract.header_values import EDGE, line_end, trim
from opendata.extract.labels import IGNORED, Labels

_BRACKETS = ("【", "[")
ZONES = (800, 2400)
"""Characters that are searched first; the whole text is searched where they hold no header that ends well before."""
MARGIN = 400
FOOT = 600
"""Characters at the end that are searched where the search stopped before: some portals print fields below the text."""


def whole_line(text: str, end: int, vocabulary: Labels, *, ignored: bool) -> int:
    """Let a header end with its line where only cell signs, or words of the portal such as 打印, follow on it."""
    stop = line_end(text, end)
    rest = text[end:stop]
    if not rest.strip(EDGE + "*]】") or (
        len(rest) <= 40 and (ignored or vocabulary.words.chrome.match(rest) or vocabulary.words.tools.match(rest))
    ):
        return stop
    return end


def preceding_cut(text: str, start: int, vocabulary: Labels) -> int:
    """Return the start of the lines right above the first known label whose labels are cut to their last characters, or bracketed."""
    while start > 0:
        line_start = text.rfind("\n", 0, start - 1) + 1
        found = find_unknown(text, line_start, start - 1, [], vocabulary)
        if not found or not begins_line(text, found[0].start, vocabulary.words):
            return start
        if found[0].field == IGNORED or (found[0].field is None and text[found[0].start] not in _BRACKETS):
            return start
        start = line_start
    return start


def following_unknown(text: str, end: int, vocabulary: Labels) -> int:
    """Return the end of the lines right behind the last known pair that are pairs too."""
    while end < len(text):
        following = line_end(text, end + 1)
        if following - end > 60:
            return end
        found = find_unknown(text, end + 1, following, [], vocabulary)
        if not found or not begins_line(text, found[0].start, vocabulary.words):
            return end
        is_empty = trim(text, found[0].value_start, following)[0] >= following
        if (is_empty and text[found[0].start] not in _BRACKETS) or vocabulary.words.sentence.search(
            text, end, following
        ):
            return end
        end = following
    return end
