"""Paragraph styles and lists of a docx: what a paragraph inherits, and the levels that number it."""

from typing import Any, NamedTuple

from opendata.read.word_numbering import LEVELS, Level, Numbering, template_of
from opendata.read.word_package import W, number, value_of

_HEADINGS = frozenset(("heading 1", "heading 2", "heading 3", "title"))
_OUTLINE_LEVELS = 3
_CHAIN = 32


class Style(NamedTuple):
    """What a paragraph style gives after inheritance."""

    num_id: int | None = None
    level: int | None = None
    numbered_by: str = ""
    outline: int | None = None
    is_heading: bool = False


class Styles:
    """The styles of a file, resolved when first asked for."""

    def __init__(self, root: Any) -> None:
        self._elements: dict[str, Any] = {}
        self._resolved: dict[str, Style] = {}
        self.default = ""
        for element in root if root is not None else ():
            if element.tag != W + "style" or element.get(W + "type", "paragraph") != "paragraph":
                continue
            name = element.get(W + "styleId") or ""
            self._elements[name] = element
            if element.get(W + "default") in ("1", "true", "on"):
                self.default = name

    def resolve(self, name: str | None) -> Style:
        """Return what style `name` gives; an unknown name or none is the default style."""
        key = name if name in self._elements else self.default
        if key not in self._resolved:
            self._resolved[key] = self._resolve(key)
        return self._resolved[key]

    def _resolve(self, name: str) -> Style:
        chain: list[str] = []
        while name in self._elements and name not in chain and len(chain) < _CHAIN:
            chain.append(name)
            name = value_of(self._elements[name], "basedOn") or ""
        style = Style()
        for name in reversed(chain):
            style = _apply(style, name, self._elements[name])
        return style


def _apply(style: Style, name: str, element: Any) -> Style:
    if (value_of(element, "name") or "").lower() in _HEADINGS:
        style = style._replace(is_heading=True)
    properties = element.find(W + "pPr")
    if properties is None:
        return style
    outline = value_of(properties, "outlineLvl")
    if outline is not None:
        style = style._replace(outline=number(outline, _OUTLINE_LEVELS))
    numbered = properties.find(W + "numPr")
    if numbered is not None:
        num_id, level = value_of(numbered, "numId"), value_of(numbered, "ilvl")
        if num_id is not None:
            style = style._replace(num_id=number(num_id, 0), numbered_by=name)
        if level is not None:
            style = style._replace(level=number(level, 0))
    return style


def is_heading(style: Style, direct: str | None) -> bool:
    """Tell a title or a heading of the first three levels; `direct` is the paragraph's own outline level, which wins."""
    outline = style.outline if direct is None else number(direct, _OUTLINE_LEVELS)
    return style.is_heading if outline is None else outline < _OUTLINE_LEVELS


class Lists:
    """The numbering of a docx: the lists, and which level a style stands for."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self.numbering = Numbering()
        self._style_levels: dict[tuple[int, str], int] = {}
        abstracts: dict[str, Any] = {}
        nums: dict[int, str] = {}
        for element in root if root is not None else ():
            if element.tag == W + "abstractNum":
                abstracts[element.get(W + "abstractNumId") or ""] = element
            elif element.tag == W + "num":
                nums[number(element.get(W + "numId"), 0)] = value_of(element, "abstractNumId") or ""
        by_link = {value_of(a, "styleLink"): a for a in abstracts.values() if a.find(W + "styleLink") is not None}
        ids = {name: place for place, name in enumerate(abstracts)}
        for name, abstract in abstracts.items():
            linked = by_link.get(value_of(abstract, "numStyleLink"), abstract)
            self.numbering.add_list(ids[name], _levels(linked))
        for element in root if root is not None else ():
            num_id = number(element.get(W + "numId"), 0)
            if element.tag == W + "num" and nums.get(num_id) in abstracts:
                self._add(num_id, element, ids[nums[num_id]], abstracts[nums[num_id]])

    def _add(self, num_id: int, element: Any, list_id: int, abstract: Any) -> None:
        levels, starts = {}, {}
        for override in element.findall(W + "lvlOverride"):
            place = number(override.get(W + "ilvl"), 0)
            start = value_of(override, "startOverride")
            if start is not None:
                starts[place] = number(start, 1)
            own = override.find(W + "lvl")
            if own is not None:
                levels[place] = _level(own)
        self.numbering.add_num(num_id, list_id, levels, starts)
        for level in abstract.findall(W + "lvl"):
            style = value_of(level, "pStyle")
            if style is not None:
                self._style_levels[num_id, style] = number(level.get(W + "ilvl"), 0)

    def marker(self, style: Style, numbered: Any) -> str:
        """Count a paragraph and return its marker. `numbered` is the paragraph's own `w:numPr` or None."""
        num_id, level = style.num_id, self._style_levels.get((style.num_id or 0, style.numbered_by), style.level)
        if numbered is not None:
            own_id, own_level = value_of(numbered, "numId"), value_of(numbered, "ilvl")
            if own_id is not None:
                num_id, level = number(own_id, 0), 0 if own_level is None else level
            if own_level is not None:
                level = number(own_level, 0)
        return self.numbering.marker(num_id, level or 0) if num_id else ""


def _levels(abstract: Any) -> dict[int, Level]:
    found = {number(level.get(W + "ilvl"), 0): level for level in abstract.findall(W + "lvl")}
    return {place: _level(level) for place, level in found.items() if 0 <= place < LEVELS}


def _level(element: Any) -> Level:
    restart, legal = value_of(element, "lvlRestart"), element.find(W + "isLgl")
    return Level(
        template_of(value_of(element, "lvlText") or ""),
        value_of(element, "numFmt") or "decimal",
        number(value_of(element, "start"), 0 if element.find(W + "start") is None else 1),
        value_of(element, "suff") or "tab",
        None if restart is None else number(restart, 0),
        legal is not None and legal.get(W + "val") not in ("0", "false", "off"),
    )
