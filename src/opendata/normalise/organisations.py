"""Names of public bodies: telling them from other lines, splitting lists of them, their kind, and a form to compare."""

import re
import unicodedata
from functools import cache, lru_cache

from opendata.languages import load
from opendata.normalise.characters import one_kind_of_space, simplified, simplified_table, without_spaces
from opendata.normalise.placeholders import is_placeholder

SHORTEST_NAME, LONGEST_NAME = 2, 40

_PUNCTUATION = re.compile(r"[，。；：！？、,;:!?…《》“”\"'|>＞<＜/\\=〔〕\[\]【】]|[0-9０-９]{3}|^[0-9０-９（(]")
_TRAILING_BRACKET = re.compile(r"[（(][^（）()]*[）)]\Z")
_SEPARATOR = re.compile(r"\s*[、，,；;|/\n]\s*| +")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")


@cache
def _kinds_by_suffix() -> dict[str, str]:
    return {suffix: kind for kind, suffixes in load("organisations")["suffixes"].items() for suffix in suffixes}


@cache
def _suffix() -> re.Pattern[str]:
    """The longest suffix at the end of a name: with `search`, the leftmost start is the longest ending."""
    suffixes = sorted(_kinds_by_suffix(), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(suffixes)})\Z")


@cache
def _not_a_body() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    words = load("organisations")["not_a_body"]
    lasts = {suffix[-1] for suffix in _kinds_by_suffix()}
    return (
        re.compile(rf"(?:{'|'.join(words['endings'])})\Z"),
        re.compile("|".join(words["words"])),
        re.compile(rf"(?!{'|'.join(words['starts_allowed'])})(?:{'|'.join(words['starts'])})"),
        tuple(lasts | {chr(old) for old, new in simplified_table().items() if chr(new) in lasts} | {"）", ")"}),
    )


@cache
def _party_prefixes() -> tuple[str, ...]:
    return tuple(load("organisations")["party_prefixes"])


def is_body_name(line: str) -> bool:
    """Whether `line` looks like one public body's name: its ending is known, and nothing in it belongs to a sentence.

    Between 2 and 40 characters, spaces not counted (财 政 部 is a name). A note in brackets at the end is allowed.
    """
    if len(line) > 3 * LONGEST_NAME:
        return False
    endings, words, starts, last_characters = _not_a_body()
    stripped = line.rstrip()
    if not stripped.endswith(last_characters):
        return False
    name = _TRAILING_BRACKET.sub("", without_spaces(stripped))
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME or _PUNCTUATION.search(name) or endings.search(name):
        return False
    if _suffix().search(name) is None and _suffix().search(name := simplified(name)) is None:
        return False
    return not starts.match(name) and not words.search(name)


@lru_cache(maxsize=4096)
def body_kind(name: str) -> str | None:
    """Return the kind of a body by its name, or None when the name has no known ending.

    One of: party, government, department, congress, cppcc, court, procuratorate, public_institution, sub_district,
    township, other. A department of a Party committee or a congress is of kind party or congress.
    """
    folded = _TRAILING_BRACKET.sub("", fold_name(name))
    found = _suffix().search(folded)
    if found is None:
        return None
    if folded.startswith(_party_prefixes()):
        return "party"
    if "政治协商会议" in folded or folded.startswith("政协"):
        return "cppcc"
    if "人民代表大会" in folded or "人大常委会" in folded:
        return "congress"
    return _kinds_by_suffix()[found[0]]


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """Return `name` in a form for comparing only: NFKC, without spaces, traditional characters made simplified."""
    # Twice, since a mark can combine with the letter before it once the space between them has gone.
    folded = unicodedata.normalize("NFKC", without_spaces(unicodedata.normalize("NFKC", name)))
    return simplified(folded)


def split_bodies(printed: str) -> list[str]:
    """Split a field that names one or several bodies; an empty list for a blank value or placeholder.

    Separators are 、 ， ； | / line ends and spaces, outside brackets. A piece that cannot be a name by itself stays
    with its neighbour (农业、林业局; 财 政 部; 荣光街道 办事处), so no character but separators is lost.
    """
    return list(_split(printed))


@lru_cache(maxsize=2048)
def _split(printed: str) -> tuple[str, ...]:
    if is_placeholder(printed):
        return ()
    text = one_kind_of_space(printed.replace("\n", "、").replace("\r", "")).strip(" 、，,；;|/")
    bracketed = [match.span() for match in _BRACKETED.finditer(text)]
    names: list[str] = []
    start = 0
    for match in _SEPARATOR.finditer(text):
        if any(left < match.start() < right for left, right in bracketed):
            continue
        piece, rest = text[start : match.start()], text[match.end() :]
        if match[0].strip():
            if not _stands_alone(piece):
                continue
        elif not (_stands_alone(piece) and _goes_on_with_name(rest)):
            continue
        names.append(_tidy(piece))
        start = match.end()
    names.append(_tidy(text[start:]))
    return tuple(name for name in names if name)


def _tidy(piece: str) -> str:
    """Drop padding between characters of one name."""
    return without_spaces(piece) if re.search(r"[\u3400-\u9fff]", piece) else piece.strip()


def _stands_alone(piece: str) -> bool:
    name = _TRAILING_BRACKET.sub("", without_spaces(piece))
    return len(name) >= SHORTEST_NAME and name not in _not_alone() and _suffix().search(name) is not None


def _goes_on_with_name(rest: str) -> bool:
    """Whether what follows a space begins another name rather than ending the one before it."""
    following = _SEPARATOR.split(rest, maxsplit=1)[0]
    return len(following) >= SHORTEST_NAME and following not in _not_alone()


@cache
def _not_alone() -> frozenset[str]:
    return frozenset(load("organisations")["joining"]["not_alone"])
