"""Words and signs that stand for 'no value' in a header."""

import re
from functools import cache, lru_cache

from opendata.languages import load, names
from opendata.normalise.characters import plain

# Signs only: dashes, slashes, dots, asterisks, underscores, with or without spaces between them.
_SIGNS_ONLY = re.compile(r"[-/\\.·…⋯*_~=、。,:;|\s]*")
_LONGEST_WORD = 13
"""No word for 'no value' is longer; a longer value that begins with a letter, digit or Chinese character is one."""
_AROUND = "()[]{}【】〔〕《》<>\"'“”‘’ 。."


@cache
def _words() -> frozenset[str]:
    """The words of every language: a value that says nothing says so in any document."""
    return frozenset(word for language in names() for word in load("placeholders", language)["words"])


@lru_cache(maxsize=8192)
def is_placeholder(value: str) -> bool:
    """Whether `value` says that there is none: blank, signs only (—, /, ……), or a word for it (无, 暂无, N/A)."""
    if len(value) > 24 or (len(value) > _LONGEST_WORD and value[0].isalnum()):
        return False
    folded = plain(value)
    return _SIGNS_ONLY.fullmatch(folded) is not None or folded.strip(_AROUND).replace(" ", "").lower() in _words()
