"""The label vocabulary, compiled: one pattern that finds every known label with its pads and separator.

Labels may be padded inside with any spaces, printed in traditional characters, bracketed, or be whole cells without a colon.
"""

import re
from dataclasses import dataclass
from functools import cache

from opendata.languages import load

PAD = "[ \u00a0\u3000\u2000-\u200b\u202f\ufeff]"
"""Spaces that are printed inside and around labels; not a tab or a line end, which part cells and lines."""

_PADS = re.compile(PAD + "+")


@dataclass(frozen=True, slots=True)
class Labels:
    """Compiled vocabulary of one language.

    `pattern` has the groups 1 opening bracket, 2 label, 3 separator; `fields` maps a folded label to its field.
    """

    pattern: re.Pattern[str]
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
    words = sorted(fields, key=len, reverse=True)
    alternatives = "|".join(
        (PAD + "*").join(f"[{variants[c]}]" if c in variants else re.escape(c) for c in word) for word in words
    )
    pattern = re.compile(
        rf"(?:^|(?<=[\s|｜;；】\]>»·•●■◆\-.．、)）\u200b]))([【\[〔]?){PAD}*({alternatives}){PAD}*"
        rf"([】\]〕]{PAD}*[:：]?|[:：]|[\t|｜]{PAD}*[:：]|(?=[\t|｜\n])|\Z)",
        re.MULTILINE,
    )
    return Labels(
        pattern,
        fields,
        frozenset(fallback),
        frozenset(data["weak"]["labels"]),
        frozenset(data["placeholders"]["values"]),
        {printed: code for code, names in data["status"].items() for printed in names},
        dict(data["meta"]),
        fold,
        _suffixes(fields),
    )


def _suffixes(fields: dict[str, str]) -> dict[str, str | None]:
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
    return {
        suffix: field for suffix, (_, field) in found.items() if suffix not in fields and suffix not in "号名关期间分"
    }
