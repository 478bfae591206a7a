"""Language packs: the words that readers look for, as data. One folder per language, one TOML file per subject."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load(name: str, language: str = "zh") -> dict[str, Any]:
    """Return the vocabulary file `<language>/<name>.toml` as a dictionary (read once, do not change it).

    Raises FileNotFoundError when the pack has no such file.
    """
    return tomllib.loads((files(__package__) / language / f"{name}.toml").read_text(encoding="utf-8"))
