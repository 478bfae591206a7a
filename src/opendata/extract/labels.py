"""The label vocabulary, compiled: a tree of labels read backwards from the sign that parts a label from its value.

Labels may be padded inside with any spaces, printed in traditional characters, bracketed, or be whole cells without a colon.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from opendata.languages import load

PADS = frozenset(" \u00a0\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\ufeff")
"""Spaces that are printed inside and around labels; not a tab or a line end, which part cells and lines."""

PAD = "[" + "".join(sorted(PADS)) + "]"
BEFORE = PADS | frozenset("\n\t|｜;；:：【[〔】]〕>»·•●■◆★☆※▲▶*-–—.．、)）①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮")
"""What may stand right before a label; else the words before it belong to a longer, unknown one."""

IGNORED = "-"
"""Field of words that end a value and are no label of a header: 字体, 分享到."""

_PADS = re.compile(PAD + "+")
_WORD = ""

Trie = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Labels:
    """Compiled vocabulary of one language. `fields` maps a folded label to its field, `trie` holds labels backwards."""

    trie: Trie
    lasts: frozenset[str]
    separator: re.Pattern[str]
    fields: dict[str, str]
    fallback: frozenset[str]
    weak: frozenset[str]
    placeholders: frozenset[str]
    status: dict[str, str]
    meta: dict[str, str]
    fold: dict[int, str]
    suffixes: dict[str, str | None]

    def folded(self, label: str) -> str:
        """Return a label as the vocabulary lists it: no pads, simplified characters."""
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
        return best

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


@cache
def labels(language: str = "zh") -> Labels:
    """Return the compiled vocabulary of a language."""
    data = load("labels", language)
    pairs = data["traditional"]["pairs"]
    fold = {ord(pairs[index]): pairs[index + 1] for index in range(0, len(pairs), 2)}
    variants: dict[str, str] = {}
    for traditional, simplified in fold.items():
        variants[simplified] = variants.get(simplified, simplified) + chr(traditional)
    fields = {label: field for field, names in data["fields"].items() for label in names}
    fallback = {label: field for field, names in data["fallback"].items() for label in names}
    fields.update(fallback)
    known = {**fields, **dict.fromkeys(data["ignored"]["labels"], IGNORED)}
    trie = _trie(known, variants)
    return Labels(
        trie,
        frozenset(trie),
        _separator("".join(trie)),
        known,
        frozenset(fallback),
        frozenset(data["weak"]["labels"]),
        frozenset(data["placeholders"]["values"]),
        {printed: code for code, names in data["status"].items() for printed in names},
        dict(data["meta"]),
        fold,
        _suffixes(fields, frozenset(data["suffixes"]["never"])),
    )


def _separator(lasts: str) -> re.Pattern[str]:
    """Compile the signs that part labels from values, right behind what may end a label."""
    pads = "".join(PADS)
    behind_colon = re.escape(lasts + pads + "\t|｜\n*_)）0123456789")
    behind_other = re.escape(lasts + pads)
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


def _suffixes(fields: dict[str, str], never: frozenset[str]) -> dict[str, str | None]:
    """Map the last characters of labels to the field of the shortest label that ends so; to None where two such disagree."""
    found: dict[str, tuple[int, str | None]] = {}
    for label, field in fields.items():
        for start in range(1, len(label)):
            suffix = label[start:]
            length, other = found.get(suffix, (99, field))
            if len(label) < length:
                found[suffix] = (len(label), field)
            elif len(label) == length and other != field:
                found[suffix] = (length, None)
    return {suffix: field for suffix, (_, field) in found.items() if suffix not in fields and suffix not in never}
