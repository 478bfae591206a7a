"""Categories: lists of paths as portals print them, and the themes of the State Council's document library."""

import re
from functools import cache, lru_cache

from opendata.languages import load
from opendata.normalise.characters import one_kind_of_space, plain, simplified
from opendata.normalise.placeholders import is_placeholder

PATH_SEPARATOR = " > "
# Private-use characters stand in for a path step and for a hidden bracket while the field is split.
_STEP, _HIDDEN = "\ue000", "\ue001"
_HIDDEN_AT = re.compile(f"{_HIDDEN}([0-9]+){_HIDDEN}")

_PATH = re.compile(r" *(?:[\\＼]+|[/／]+|[>＞»›→]+|-{2,}|—{2,}|－{2,}) *")
_LIST = re.compile(r"[；;|｜，,]| {2,}")
_LINE_END = re.compile(r"[\r\n]+")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")


def split_categories(printed: str) -> list[str]:
    """Return the category paths of a field, in order and without repeats, each as `A > B`.

    ；，; , | line ends and runs of spaces part categories; `\\`, `/`, `>`, `--` and their variants part the steps of a
    path; 、 belongs to a name, and so does anything in brackets. Placeholders are left out.
    """
    return list(_split(printed))


@lru_cache(maxsize=2048)
def _split(printed: str) -> tuple[str, ...]:
    text = one_kind_of_space(_LINE_END.sub("；", printed)).strip()
    if is_placeholder(text):
        return ()
    kept: list[str] = []

    def hide(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"{_HIDDEN}{len(kept) - 1}{_HIDDEN}"

    text = text.replace(_HIDDEN, "").replace(_STEP, "")
    if "(" in text or "（" in text:
        text = _BRACKETED.sub(hide, text)
    paths: dict[str, None] = {}
    for part in _LIST.split(_PATH.sub(_STEP, text)):
        steps = [step.strip() for step in part.split(_STEP)]
        path = PATH_SEPARATOR.join(step for step in steps if step and not is_placeholder(step))
        if path:
            paths[_HIDDEN_AT.sub(lambda match: kept[int(match[1])], path)] = None
    return tuple(paths)


def _fold(label: str) -> str:
    return simplified(plain(label)).replace(" ", "").replace(",", "、")


@cache
def _themes() -> dict[str, tuple[str, str]]:
    """Folded `class` and `class>subject` to notation and label path."""
    found: dict[str, tuple[str, str]] = {}
    for place, theme_class in enumerate(load("themes")["class"], 1):
        label = theme_class["label"]
        found[_fold(label)] = (f"{place:02d}", label)
        for inner, subject in enumerate(theme_class["subjects"], 1):
            path = label + PATH_SEPARATOR + subject
            found[_fold(label) + ">" + _fold(subject)] = (f"{place:02d}{inner:02d}", path)
    return found


def themes() -> list[tuple[str, str]]:
    """Return every theme as `(notation, label path)` (`04`, `0402`), each class before its subjects, in order."""
    return list(_themes().values())


_CLASS_AND_SUBJECT = re.compile(r"(.+?)\(([^()]+)\)")


@lru_cache(maxsize=4096)
def theme(path: str) -> tuple[str, str] | None:
    """Return `(notation, label path)` when `path` is one of the State Council's themes, else None.

    `path` is a result of `split_categories`: 综合政务, 综合政务 > 其他, or 综合政务(其他). A subject without its class
    is not read, since other schemes use the same words.
    """
    folded = _fold(path)
    found = _themes().get(folded)
    if found is None:
        match = _CLASS_AND_SUBJECT.fullmatch(folded)
        found = _themes().get(f"{match[1]}>{match[2]}") if match else None
    return found
