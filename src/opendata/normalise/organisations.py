"""Names of public bodies: telling them from other lines, splitting lists of them, their kind, and a form to compare."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from opendata.languages import DEFAULT, load, names
from opendata.normalise.characters import one_kind_of_space, simplified, simplified_table, without_spaces
from opendata.normalise.placeholders import is_placeholder
from opendata.normalise.writing import writing

SHORTEST_NAME = 2
_SURE = frozenset(";|/")
"""Signs that part names; a comma or `and` may stand inside one (Ministry of Education and Youth)."""

_PUNCTUATION = re.compile(r"[，。；：！？、,;:!?…《》“”\"'|>＞<＜/\\=〔〕\[\]【】]|[0-9０-９]{3}|^[0-9０-９（(]")
_TRAILING_BRACKET = re.compile(r"[（(][^（）()]*[）)]\Z")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")


class Bodies:
    """How the bodies of one language are named: `is_name`, `kind` and `split` are the functions below for that language."""

    def __init__(self, language: str) -> None:
        data = load("organisations", language)
        self._join = writing(language).join
        self._kinds: dict[str, str] = {
            self._folded(word): kind for kind, words in data["suffixes"].items() for word in words
        }
        self._suffix = self._ending(self._kinds)
        self._openings: dict[str, str] = {
            self._folded(word): kind for kind, words in data["prefixes"].items() for word in words
        }
        self._opening = re.compile(rf"(?:{_either(self._openings)})(?= )") if self._openings else None
        self._contained: list[tuple[str, str]] = [
            (word, kind) for kind, words in data["contained"].items() for word in words
        ]
        self._first: list[tuple[str, str]] = [(word, kind) for kind, words in data["first"].items() for word in words]
        self._longest = data["longest"]
        self._shape = re.compile(data["shape"]) if data["shape"] else None
        not_body = data["not_a_body"]
        self._endings = re.compile(rf"(?:{_any(not_body['endings'])})\Z")
        self._words = re.compile(_any(not_body["words"]))
        self._starts = re.compile(rf"(?!{_any(not_body['starts_allowed'])})(?:{_any(not_body['starts'])})")
        lasts = {suffix[-1] for suffix in self._kinds}
        variants = {chr(old) for old, new in simplified_table().items() if chr(new) in lasts}
        self._lasts = tuple(lasts | variants | {"）", ")"})
        self._not_alone = frozenset(data["joining"]["not_alone"])
        self._separator = re.compile(data["joining"]["separator"])

    def _folded(self, word: str) -> str:
        return word.lower() if self._join else word

    def _ending(self, suffixes: Iterable[str]) -> re.Pattern[str]:
        """The longest suffix at the end of a name: with `search`, the leftmost start is the longest ending."""
        return re.compile(rf"{'(?<![^ ])' if self._join else ''}(?:{_either(suffixes)})\Z")

    def _plain(self, printed: str) -> str:
        """Return a name without a note in brackets at its end, and without the spaces that are no part of it."""
        words = " ".join(printed.split()) if self._join else without_spaces(printed)
        return _TRAILING_BRACKET.sub("", words).rstrip()

    def is_name(self, line: str) -> bool:
        """Tell whether a line looks like one public body's name."""
        if len(line) > 3 * self._longest:
            return False
        stripped = line.rstrip()
        if self._shape is None and not stripped.endswith(self._lasts):
            return False
        name = self._plain(stripped)
        if not SHORTEST_NAME <= len(name) <= self._longest:
            return False
        if self._shape is not None and self._shape.fullmatch(name) is None:
            return False
        if (self._shape is None and _PUNCTUATION.search(name)) or self._endings.search(name):
            return False
        if not self._is_known(name) and not self._is_known(name := simplified(name)):
            return False
        return not self._starts.match(name) and not self._words.search(name)

    def _is_known(self, name: str) -> bool:
        folded = self._folded(name)
        return self._suffix.search(folded) is not None or (
            self._opening is not None and self._opening.match(folded) is not None
        )

    def kind(self, name: str) -> str | None:
        """Return the kind of a body, None when its name has no known ending or opening."""
        folded = self._folded(self._plain(unicodedata.normalize("NFKC", name) if self._join else fold_name(name)))
        found = self._suffix.search(folded)
        opening = self._opening.match(folded) if self._opening is not None else None
        if found is None and opening is None:
            return None
        for word, kind in self._first:
            if folded.startswith(word):
                return kind
        for word, kind in self._contained:
            if word in folded:
                return kind
        return self._kinds[found[0]] if found is not None else self._openings[opening[0]] if opening else None

    @lru_cache(maxsize=2048)  # noqa: B019 - one object for each language lives as long as the program
    def split(self, printed: str) -> tuple[str, ...]:
        """Split a field that names one or several bodies."""
        if is_placeholder(printed):
            return ()
        line_end = "; " if self._join else "、"
        text = one_kind_of_space(printed.replace("\n", line_end).replace("\r", "")).strip(" 、，,；;|/")
        bracketed = [match.span() for match in _BRACKETED.finditer(text)]
        names: list[str] = []
        start = 0
        for match in self._separator.finditer(text):
            if any(left < match.start() < right for left, right in bracketed):
                continue
            piece, rest = text[start : match.start()], text[match.end() :]
            if mark := match[0].strip():
                if not self._stands_alone(piece):
                    continue
                if (
                    self._join
                    and mark not in _SURE
                    and not self._stands_alone(self._separator.split(rest, maxsplit=1)[0])
                ):
                    continue
            elif not (self._stands_alone(piece) and self._goes_on_with_name(rest)):
                continue
            names.append(_tidy(piece))
            start = match.end()
        names.append(_tidy(text[start:]))
        return tuple(name for name in names if name)

    def _stands_alone(self, piece: str) -> bool:
        name = self._plain(piece)
        return len(name) >= SHORTEST_NAME and name not in self._not_alone and self._is_known(name)

    def _goes_on_with_name(self, rest: str) -> bool:
        """Tell whether what follows a space begins another name rather than ending the one before it."""
        following = self._separator.split(rest, maxsplit=1)[0]
        return len(following) >= SHORTEST_NAME and following not in self._not_alone


@cache
def bodies(language: str = DEFAULT) -> Bodies:
    """Return how the bodies of a language are named."""
    return Bodies(language)


def _any(patterns: list[str]) -> str:
    return "|".join(patterns) or "(?!)"


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def is_body_name(line: str, language: str = DEFAULT) -> bool:
    """Whether `line` looks like one public body's name: its ending is known, and nothing in it belongs to a sentence.

    In Chinese between 2 and 40 characters, spaces not counted (财 政 部 is a name). A note in brackets at the end is allowed.
    """
    return bodies(language).is_name(line)


@lru_cache(maxsize=4096)
def body_kind(name: str) -> str | None:
    """Return the kind of a body by its name, whichever language knows its ending; None when none does.

    One of: party, government, department, congress, cppcc, court, procuratorate, public_institution, sub_district,
    township, other. A department of a Party committee or a congress is of kind party or congress.
    """
    return next((kind for language in names() if (kind := bodies(language).kind(name)) is not None), None)


@lru_cache(maxsize=4096)
def fold_name(name: str) -> str:
    """Return `name` in a form for comparing only: NFKC, without spaces, traditional characters made simplified."""
    # Twice, since a mark can combine with the letter before it once the space between them has gone.
    folded = unicodedata.normalize("NFKC", without_spaces(unicodedata.normalize("NFKC", name)))
    return simplified(folded)


def split_bodies(printed: str, language: str = DEFAULT) -> list[str]:
    """Split a field that names one or several bodies; an empty list for a blank value or placeholder.

    Separators are 、 ， ； | / line ends and, in Chinese, spaces, outside brackets. A piece that cannot be a name by itself stays
    with its neighbour (农业、林业局; 财 政 部; 荣光街道 办事处), so no character but separators is lost.
    """
    return list(bodies(language).split(printed))


def _tidy(piece: str) -> str:
    """Drop padding between characters of one name."""
    return without_spaces(piece) if re.search(r"[\u3400-\u9fff]", piece) else piece.strip()
