"""Language packs: the words that readers look for, as data. One folder per language, one TOML file per subject."""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

DEFAULT = "zh"
"""The pack that reads what no pack claims: digits only, a script that no pack knows."""

FOLDERS: list[Traversable] = [files(__package__)]
"""Where packs are looked for; the first folder that holds a pack wins."""


@cache
def names() -> tuple[str, ...]:
    """Return the languages there are, one for each folder with a `text.toml`: the default first, the others by name."""
    found = {pack.name for folder in FOLDERS for pack in folder.iterdir() if (pack / "text.toml").is_file()}
    return (DEFAULT, *sorted(found - {DEFAULT}))


@cache
def load(name: str, language: str = DEFAULT) -> dict[str, Any]:
    """Return the vocabulary file `<language>/<name>.toml` as a dictionary (read once, do not change it).

    Raises FileNotFoundError when the pack has no such file.
    """
    found = _find(name, language)
    if found is None:
        raise FileNotFoundError(f"{language}/{name}.toml")
    return tomllib.loads(found.read_text(encoding="utf-8"))


def has(name: str, language: str) -> bool:
    """Tell whether a pack has a vocabulary file: those for what only some languages say may be left out."""
    return _find(name, language) is not None


def _find(name: str, language: str) -> Traversable | None:
    paths = (folder / language / f"{name}.toml" for folder in FOLDERS)
    return next((path for path in paths if path.is_file()), None)
