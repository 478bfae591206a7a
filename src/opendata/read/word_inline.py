"""What prints within one paragraph of a docx: runs, links, results of fields, marks of notes; deletions and codes do not."""

import re
from dataclasses import dataclass, field
from typing import Any

from opendata.errors import Unreadable
from opendata.read.word_blocks import DEEPEST_FIELD, Run
from opendata.read.word_number_formats import format_number
from opendata.read.word_package import R, W, is_on
from opendata.read.word_symbols import PRIVATE, symbol

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ADDRESS = re.compile(r'\s*HYPERLINK\s+"?([^"\s]+)"?', re.I)
_FLAT = str.maketrans({"\t": " ", "\n": " ", "\r": " ", "\u00ad": None})
_PRINTED = {
    W + "tab": " ",
    W + "ptab": " ",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_GONE = frozenset(
    W + name
    for name in (
        *("pPr", "rPr", "del", "moveFrom", "delText", "delInstrText", "softHyphen", "sdtPr", "sdtEndPr", "rubyPr"),
        *("smartTagPr", "customXmlPr", "commentReference", "annotationRef", "lastRenderedPageBreak"),
    )
)
_DEEPEST = 100
_FIELD_PARTS = frozenset((W + "fldChar", W + "instrText"))
_RUN, _TEXT = W + "r", W + "t"
_HIDDEN, _FONTS = f"{W}rPr/{W}vanish", f"{W}rPr/{W}rFonts"
_DRAWN = frozenset((W + "drawing", W + "pict", W + "object"))
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_NOTE_MARKS = frozenset((W + "footnoteRef", W + "endnoteRef"))


@dataclass(slots=True)
class _Field:
    """An open field: its code so far, and, once its result has begun, where a link leads."""

    code: list[str] = field(default_factory=list)
    prints: bool = False
    href: str | None = None


class Inline:
    """The state that runs from paragraph to paragraph: open fields, notes met so far, text boxes met in this paragraph.

    `links` maps relation ids to addresses. `trusts_fields` is false where fields do not close: then codes are left out, but all
    else prints. `has_hidden` tells whether any text is hidden at all.
    """

    def __init__(self, links: dict[str, str], trusts_fields: bool, has_hidden: bool) -> None:
        self._links = links
        self._trusts_fields = trusts_fields
        self._has_hidden = has_hidden
        self._fields: list[_Field] = []
        self._boxes: list[Any] = []
        self._counts = {"footnote": 0, "endnote": 0}
        self._out: list[Run] = []
        self.notes: list[tuple[str, str, str]] = []
        """Notes in the order of their marks: kind, id, mark."""
        self.mark = ""
        """The mark to print where a note repeats its own."""

    def runs(self, paragraph: Any) -> list[Run]:
        """Return what a paragraph prints."""
        self._out = []
        self._walk(paragraph, None)
        return self._out

    def take_boxes(self) -> list[Any]:
        """Return the text boxes met since the last call: elements with blocks, or the words of a drawn text."""
        boxes, self._boxes = self._boxes, []
        return boxes

    def _walk(self, parent: Any, href: str | None, depth: int = 0) -> None:
        if depth > _DEEPEST:
            raise Unreadable("word-broken", f"nested more than {_DEEPEST} deep")
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child, href, depth)
            elif tag == W + "hyperlink":
                self._walk(child, self._links.get(child.get(R + "id") or "", href), depth + 1)
            elif tag == W + "fldSimple":
                match = _ADDRESS.match(child.get(W + "instr") or "")
                self._walk(child, match.group(1) if match else href, depth + 1)
            elif tag == _MATH + "t":
                self._print(child.text or "", href)
            elif isinstance(tag, str) and tag not in _GONE:
                if tag.endswith("}AlternateContent"):
                    self._drawn(child)
                else:
                    self._walk(child, href, depth + 1)

    def _run(self, run: Any, href: str | None, depth: int) -> None:
        if self._has_hidden and is_on(run.find(_HIDDEN)):
            self._hidden(run)
            return
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                text = child.text or ""
                if not text.isprintable() and PRIVATE.search(text):
                    text = self._private(run, text)
                self._print(text, href)
            elif tag in _PRINTED:
                self._put(_PRINTED[tag], href)
            elif tag not in _GONE and isinstance(tag, str):
                self._special(child, tag, href, depth)

    def _special(self, element: Any, tag: str, href: str | None, depth: int) -> None:
        """Print what stands in a run beside plain text."""
        if tag in _FIELD_PARTS:
            self._field_part(element)
        elif tag == W + "sym":
            self._put(_symbol(element), href)
        elif tag in _NOTES:
            self._note(_NOTES[tag], element)
        elif tag in _NOTE_MARKS:
            self._put(self.mark, None)
        elif tag in _DRAWN or tag.endswith("}AlternateContent"):
            self._drawn(element)
        elif tag == W + "ruby":
            self._ruby(element, href, depth)
        else:
            self._walk(element, href, depth + 1)

    def _hidden(self, run: Any) -> None:
        """Hidden text does not print, but fields open and close in it."""
        for child in run:
            if child.tag in _FIELD_PARTS:
                self._field_part(child)

    def _print(self, text: str, href: str | None) -> None:
        self._put(text if text.isprintable() else text.translate(_FLAT), href)

    def _private(self, run: Any, text: str) -> str:
        """Return text with the private characters of a symbol font as what they print."""
        fonts = run.find(_FONTS)
        font = "" if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or ""
        return PRIVATE.sub(lambda match: symbol(ord(match.group()), font), text)

    def _put(self, text: str, href: str | None) -> None:
        if not text:
            return
        for opened in self._fields:
            if not opened.prints and self._trusts_fields:
                return
            href = opened.href or href
        self._out.append(Run(text, href))

    def _field_part(self, element: Any) -> None:
        if element.tag != W + "fldChar":
            if self._fields:
                self._fields[-1].code.append(element.text or "")
            return
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
            if len(self._fields) > DEEPEST_FIELD:
                raise Unreadable("word-broken", f"fields nested more than {DEEPEST_FIELD} deep")
        elif kind == "separate" and self._fields:
            opened = self._fields[-1]
            opened.prints = True
            match = _ADDRESS.match("".join(opened.code))
            opened.href = match.group(1) if match and not match.group(1).startswith("\\") else None
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, kind: str, reference: Any) -> None:
        if reference.get(W + "customMarkFollows") in ("1", "true", "on"):
            mark = ""
        else:
            self._counts[kind] += 1
            mark = f"[{format_number(self._counts[kind], 'decimal' if kind == 'footnote' else 'lowerRoman')}]"
        self.notes.append((kind, reference.get(W + "id") or "", mark))
        self._put(mark, None)

    def _ruby(self, ruby: Any, href: str | None, depth: int) -> None:
        """Print the base, then the reading above it in brackets."""
        for name, before, after in (("rubyBase", "", ""), ("rt", "（", "）")):
            part = ruby.find(W + name)
            if part is not None:
                self._put(before, href)
                self._walk(part, href, depth + 1)
                self._put(after, href)

    def _drawn(self, element: Any) -> None:
        """Find text boxes and drawn texts in a drawing; of alternatives the first that holds text counts."""
        stack = [element]
        while stack:
            node = stack.pop()
            tag = node.tag
            if tag == W + "txbxContent":
                self._boxes.append(node)
            elif isinstance(tag, str) and tag.endswith("}textpath"):
                words = (node.get("string") or "").translate(_FLAT).strip()
                if words:
                    self._boxes.append(words)
            elif isinstance(tag, str) and tag.endswith("}AlternateContent"):
                stack += [branch for branch in node if _holds_text(branch)][:1]
            else:
                stack += reversed(node)


def _holds_text(branch: Any) -> bool:
    return any(node.tag == W + "txbxContent" or str(node.tag).endswith("}textpath") for node in branch.iter("{*}*"))


def _symbol(element: Any) -> str:
    code = element.get(W + "char") or ""
    try:
        return symbol(int(code, 16), element.get(W + "font") or "")
    except ValueError:
        return ""


def fields_close(root: Any) -> bool:
    """Tell whether every field of a body opens, perhaps begins its result once, and closes."""
    opened: list[bool] = []
    for element in root.iter(W + "fldChar"):
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            opened.append(False)
        elif not opened:
            return False
        elif kind == "separate":
            opened[-1] = True
        elif kind == "end":
            opened.pop()
    return not opened
