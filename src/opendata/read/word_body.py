"""The walk over a docx body: paragraphs, tables and text boxes in the order in which they print."""

from typing import Any

from opendata.errors import Unreadable
from opendata.read.word_blocks import Block, Paragraph, Run, WordCell, WordTable
from opendata.read.word_inline import Inline
from opendata.read.word_package import W, is_on, number, value_of
from opendata.read.word_styles import Lists, Styles, is_heading

_DEEPEST = 60
_WIDEST = 1000
_GONE = frozenset(W + name for name in ("del", "moveFrom", "sectPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid"))
_STYLE, _OUTLINE, _NUMBERED, _MARK = W + "pStyle", W + "outlineLvl", W + "numPr", W + "rPr"
_ROW_GONE = (W + "trPr/" + W + "del", W + "trPr/" + W + "moveFrom")


class Body:
    """The state of one walk: the lists' counters, and text that waits for the paragraph it flows into."""

    def __init__(self, styles: Styles, lists: Lists, inline: Inline) -> None:
        self._styles = styles
        self._lists = lists
        self._inline = inline
        self._carried: list[Run] = []

    def blocks(self, parent: Any, depth: int = 0) -> list[Block]:
        """Return the blocks below an element. Raises Unreadable `word-broken` when they nest too deep."""
        out: list[Block] = []
        self._collect(parent, out, depth)
        if depth == 0 and self._carried:
            out.append(Paragraph(self._carried))
            self._carried = []
        return out

    def _collect(self, parent: Any, out: list[Block], depth: int) -> None:
        if depth > _DEEPEST:
            raise Unreadable("word-broken", f"nested more than {_DEEPEST} deep")
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                self._paragraph(child, out, depth)
            elif tag == W + "tbl":
                out.append(self._table(child, depth + 1))
            elif isinstance(tag, str) and tag not in _GONE:
                if tag.endswith("}AlternateContent"):
                    child = child[0] if len(child) else child
                self._collect(child, out, depth + 1)

    def _paragraph(self, element: Any, out: list[Block], depth: int) -> None:
        properties = element.find(W + "pPr")
        numbered = outline = name = None
        merges = False
        if properties is not None:
            for child in properties:
                tag = child.tag
                if tag == _STYLE:
                    name = child.get(W + "val")
                elif tag == _OUTLINE:
                    outline = child.get(W + "val")
                elif tag == _NUMBERED:
                    numbered = child
                elif tag == _MARK:
                    merges = any(part.tag in _GONE for part in child)
        runs = self._inline.runs(element)
        boxes = self._inline.take_boxes()
        if merges:
            self._carried += runs
        else:
            style = self._styles.resolve(name)
            marker = self._lists.marker(style, numbered)
            runs = ([Run(marker)] if marker else []) + self._carried + runs
            self._carried = []
            out.append(Paragraph(runs, is_heading(style, outline)))
        for box in boxes:
            if isinstance(box, str):
                out.append(Paragraph([Run(box)]))
            else:
                self._collect(box, out, depth + 1)

    def _table(self, element: Any, depth: int) -> WordTable:
        table = WordTable()
        for row in _rows(element, depth):
            if row.find(_ROW_GONE[0]) is None and row.find(_ROW_GONE[1]) is None:
                table.rows.append(self._row(row, depth))
        return table

    def _row(self, row: Any, depth: int) -> list[WordCell]:
        cells: list[WordCell] = []
        properties = row.find(W + "trPr")
        column, header = 0, False
        if properties is not None:
            column = _width(value_of(properties, "gridBefore"), 0)
            header = is_on(properties.find(W + "tblHeader"))
        for element in _unwrapped(row, W + "tc", depth):
            span, continues, beside = 1, False, False
            own = element.find(W + "tcPr")
            if own is not None:
                if own.find(W + "cellDel") is not None:
                    continue
                span = _width(value_of(own, "gridSpan"), 1)
                continues = _merge(own, "vMerge")
                beside = _merge(own, "hMerge")
            if beside and cells:
                cells[-1].column_span += span
            else:
                cells.append(WordCell(column, span, continues, header, self.blocks(element, depth + 1)))
            column += span
        return cells


def _rows(table: Any, depth: int) -> list[Any]:
    return _unwrapped(table, W + "tr", depth)


def _unwrapped(parent: Any, wanted: str, depth: int) -> list[Any]:
    """Return the children `wanted` of a table or row, also those within content controls."""
    if depth > _DEEPEST:
        raise Unreadable("word-broken", f"nested more than {_DEEPEST} deep")
    found = []
    for child in parent:
        if child.tag == wanted:
            found.append(child)
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo"):
            found += _unwrapped(child, wanted, depth + 1)
    return found


def _width(value: str | None, default: int) -> int:
    return min(max(number(value, default), default), _WIDEST)


def _merge(properties: Any, name: str) -> bool:
    """Tell whether a cell continues the one above (`vMerge`) or before it (`hMerge`)."""
    element = properties.find(W + name)
    return element is not None and element.get(W + "val", "continue") != "restart"
