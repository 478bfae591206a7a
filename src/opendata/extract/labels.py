"""The label vocabulary, compiled: a tree of labels read backwards from the sign that parts a label from its value.

Labels may be padded inside with any spaces, printed in traditional characters, bracketed, or be whole cells without a colon.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from opendata.extract.header_words import PAD, PADS, HeaderWords, header_words
from opendata.languages import DEFAULT, load

BEFORE = PADS | frozenset("\n\t|｜;；:：【[〔】]〕>»·•●■◆★☆※▲▶*-–—.．、)）①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮")
"""What may stand right before a label; else the words before it belong to a longer, unknown one."""

IGNORED = "-"
"""Field of words that end a value and are no label of a header: 字体, 分享到."""

_PADS = re.compile(PAD + "+")
_SPACES = re.compile(r"[\s\u00a0\u3000\u200b]+")
_WORD = ""

Trie = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Labels:
    """Compiled vocabulary of one language. `fields` maps a folded label to its field, `trie` holds labels backwards."""

    language: str
    trie: Trie
    lasts: frozenset[str]
    separator: re.Pattern[str]
    fields: dict[str, str]
    fallback: frozenset[str]
    weak: frozenset[str]
    status: dict[str, str]
    meta: dict[str, str]
    fold: dict[int, str]
    case: dict[int, str]
    suffixes: dict[str, str | None]
    words: HeaderWords

    def folded(self, label: str) -> str:
        """Return a label as the vocabulary holds it: no pads, simplified characters, small letters where the pack says so."""
        return _PADS.sub("", label).translate(self.fold)

    def field_of(self, label: str) -> str | None:
        """Return the field of a printed label, or of the one label that it can be the last characters of; else None."""
        folded = self.folded(label)
        return self.fields.get(folded) or self.suffixes.get(folded)

    def before(self, text: str, end: int) -> tuple[int, str] | None:
        """Return the start and the listed form of the longest known label that ends at `end` and stands by itself."""
        node: Trie = self.trie
        position = end
        best: tuple[int, str] | None = None
        while position > 0:
            character = text[position - 1]
            child = node.get(character)
            if child is None:
                if character in PADS and position < end:
                    position -= 1
                    continue
                break
            position -= 1
            node = child
            word: str | None = node.get(_WORD)
            if word is not None and (position == 0 or text[position - 1] in BEFORE):
                best = position, word
        if best is not None and self.words.join and _is_inner(text, best[0]):
            return None
        return best

    def status_of(self, printed: str) -> str | None:
        """Return the code of a printed status, None where the vocabulary lacks it."""
        return self.status.get(_SPACES.sub("", printed).translate(self.case))

    def glued(self, text: str, end: int) -> tuple[int, str] | None:
        """Return the longest known label that ends at `end`, whatever stands before it."""
        node: Trie = self.trie
        position = end
        best: tuple[int, str] | None = None
        while position > 0:
            node = node.get(text[position - 1], {})
            if not node:
                break
            position -= 1
            word: str | None = node.get(_WORD)
            if word is not None:
                best = position, word
        return best


def _is_inner(text: str, start: int) -> bool:
    """Tell a word of a sentence from a label, where spaces part words: one space stands before it, and a word before that."""
    return start > 1 and text[start - 1] in PADS and (text[start - 2].isalpha() or text[start - 2] == ",")


@cache
def labels(language: str = DEFAULT) -> Labels:
    """Return the compiled vocabulary of a language."""
    data = load("labels", language)
    pairs = data["variants"]["pairs"]
    fold = {ord(pairs[index]): pairs[index + 1] for index in range(0, len(pairs), 2)}
    case = {code: chr(code + 32) for code in range(65, 91)} if data["variants"]["any_case"] else {}
    fold.update(case)
    variants: dict[str, str] = {}
    for other, listed in fold.items():
        variants[listed] = variants.get(listed, listed) + chr(other)

    def listed_as(names: list[str]) -> list[str]:
        return [_PADS.sub("", name).translate(case) for name in names]

    fields = {label: field for field, names in data["fields"].items() for label in listed_as(names)}
    fallback = {label: field for field, names in data["fallback"].items() for label in listed_as(names)}
    fields.update(fallback)
    known = {**fields, **dict.fromkeys(listed_as(data["ignored"]["labels"]), IGNORED)}
    trie = _trie(known, variants)
    words = header_words(language)
    return Labels(
        language,
        trie,
        frozenset(trie),
        _separator("".join(trie)),
        known,
        frozenset(fallback),
        frozenset(listed_as(data["weak"]["labels"])),
        {_SPACES.sub("", printed).translate(case): code for code, names in data["status"].items() for printed in names},
        dict(data["meta"]),
        fold,
        case,
        {} if words.join else _suffixes(fields, frozenset(load("header", language)["cut_not"])),
        words,
    )


def _separator(lasts: str) -> re.Pattern[str]:
    """Compile the signs that part labels from values, right behind what may end a label."""
    pads = "".join(PADS)
    behind_colon = re.escape(lasts + pads + "\t|｜\n*_)）0123456789")
    behind_other = re.escape(lasts + pads + "*")
    return re.compile(
        rf"[:：】\]〕\t|｜\n](?:(?<=[:：])(?<=[{behind_colon}].)|(?<![:：])(?<=[{behind_other}].))", re.DOTALL
    )


def _trie(words: dict[str, str], variants: dict[str, str]) -> Trie:
    """Build the tree of words read backwards; every variant of a character leads to the same node."""
    trie: Trie = {}
    for word in words:
        node = trie
        for character in reversed(word):
            child = node.setdefault(character, {})
            for variant in variants.get(character, ""):
                node[variant] = child
            node = child
        node[_WORD] = word
    return trie


def _suffixes(fields: dict[str, str], unfit: frozenset[str]) -> dict[str, str | None]:
    """Map the last characters of labels to the field of the shortest label that ends so; to None where two such disagree.

    `unfit` are endings that say nothing, or are words of their own.
    """
    found: dict[str, tuple[int, str | None]] = {}
    for label, field in fields.items():
        for start in range(1, len(label)):
            suffix = label[start:]
            length, other = found.get(suffix, (99, field))
            if len(label) < length:
                found[suffix] = (len(label), field)
            elif len(label) == length and other != field:
                found[suffix] = (length, None)
    return {suffix: field for suffix, (_, field) in found.items() if suffix not in fields and suffix not in unfit}
