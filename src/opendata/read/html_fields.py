"""Blocks of a page whose elements a style sheet sets apart, so that they are printed as label and value: what parts them."""

import re
from typing import Any

from opendata.read.html_roles import INLINE, LINK, ROLES, SKIPPED, SPACES, TEXT

_LABEL = re.compile(r"[\s\u00a0\u3000\u2002\u2003]*(?:[一-鿿][\s\u00a0\u3000\u2002\u2003]*){2,8}([:：]|$)")
_DATE = re.compile(r"\s*[12][0-9]{3}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?(?:\s+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?\s*")
_MOST_FIELDS = 12
_MOST_BARE = 100
_LONGEST_LABEL = 24
_BUTTON = 6
EACH, LABELS, BEHIND = 1, 2, 3
"""How the elements of a block are fields: see `fields_in`."""


def fields_in(node: Any) -> int:
    """Tell how the elements of a block are set apart by a style sheet, so that they are printed as cells.

    `EACH`: nothing but inline elements, the first one a label: `<li><label>文号</label><span>…</span></li>`.
    `LABELS`: two labels or more with bare values behind them: `<b>时间：</b>…<b>来源：</b>…`.
    `BEHIND`: a list item that is one label and its bare value: `<li><em>文号</em>…</li>`.
    """
    found: list[Any] = []
    bare = 0
    child = node.child
    while child is not None:
        role = ROLES.get(child.tag, INLINE)
        if role in (INLINE, LINK):
            found.append(child)
        elif role == TEXT:
            if not found and child.text_content.strip(SPACES):
                return 0
            bare += len(child.text_content.strip(SPACES))
        elif role != SKIPPED:
            return 0
        child = child.next
    if not 1 <= len(found) <= _MOST_FIELDS or (len(found) == 1 and node.tag != "li"):
        return 0
    first = found[0].text()
    label = _LABEL.match(first)
    if label is None:
        dated = not bare and _DATE.fullmatch(first) is not None
        return EACH if dated and len(found) > 1 and _are_pairs(found[1:]) else 0
    if bare or len(found) == 1:
        if label[1] == "":
            alone = node.tag == "li" and found[0].tag != "a" and len(found) == 1 and bare <= _MOST_BARE
            return BEHIND if alone else 0
        return LABELS if sum(is_label(element) for element in found) >= 2 else 0
    if node.tag == "p":  # a paragraph of the text may begin with a word and a colon; only whole pairs are fields there
        return EACH if all(map(_is_pair, found)) else 0
    if label[1] != "" or (len(found) == 2 and node.tag != "div"):
        return EACH
    return EACH if len(found) == 2 and (_is_twin(_beside(node.next)) or _is_twin(_beside(node.prev, back=True))) else 0


def _is_twin(node: Any) -> bool:
    """Tell a block of two elements, the first one a label: beside another such, it is a row of a header."""
    label = _beside(node.child) if node is not None and node.tag == "div" else None
    if label is None or ROLES.get(label.tag, INLINE) != INLINE or not 2 <= len(label.text().strip()) <= _LONGEST_LABEL:
        return False
    value = _beside(label.next)
    return value is not None and ROLES.get(value.tag, INLINE) == INLINE and _beside(value.next) is None


def _is_pair(node: Any) -> bool:
    """Tell an element that begins with a label and its colon."""
    label = _LABEL.match(node.text())
    return label is not None and label[1] != ""


def _are_pairs(nodes: list[Any]) -> bool:
    """Tell pairs that stand behind a date; the later ones may be buttons, words as short as a label."""
    return _is_pair(nodes[0]) and all(_is_pair(node) or len(node.text().strip()) <= _BUTTON for node in nodes[1:])


def holds_label_over_value(cell: Any) -> bool:
    """Tell a cell that holds an element with a label, a line break and bare words: `<td><b>文号</b><br>…</td>`."""
    label = _beside(cell.child)
    if label is None or ROLES.get(label.tag, INLINE) != INLINE or _LABEL.fullmatch(label.text()) is None:
        return False
    line = _beside(label.next)
    value = _beside(line.next) if line is not None and line.tag == "br" else None
    return value is not None and value.tag == "-text" and _beside(value.next) is None


def holds_pair(cell: Any) -> bool:
    """Tell a cell of two elements of different kinds, the first one a label: `<td><b>文号</b><span>…</span></td>`."""
    label = _beside(cell.child)
    value = _beside(label.next) if label is not None else None
    if value is None or _beside(value.next) is not None or label.tag == "-text":
        return False
    if ROLES.get(label.tag, INLINE) != INLINE or ROLES.get(value.tag, INLINE) not in (INLINE, LINK):
        return False
    kinds = [(node.tag, node.attributes.get("class")) for node in (label, value)]
    words = _LABEL.fullmatch(label.text())
    return kinds[0] != kinds[1] and words is not None and words[1] == ""


def is_label(node: Any) -> bool:
    """Tell an element that holds a label with its colon and nothing else."""
    words = node.text().strip()
    return len(words) <= _LONGEST_LABEL and words[-1:] in (":", "：") and _LABEL.match(words) is not None


def is_empty_value(node: Any) -> bool:
    """Tell a block that prints nothing, right behind one that prints a short label only: an empty value.

    Blocks of one kind are label and value only where they are two by themselves: an empty paragraph is none.
    """
    before = _beside(node.prev, back=True)
    if before is None or before.tag != ("dt" if node.tag == "dd" else node.tag):
        return False
    if node.tag != "dd" and (_beside(node.next) is not None or _beside(before.prev, back=True) is not None):
        return False
    inner = before.child
    while inner is not None and inner.next is None and inner.tag != "-text":
        inner = inner.child
    return inner is not None and inner.next is None and _LABEL.fullmatch(inner.text_content or "") is not None


def _beside(node: Any, *, back: bool = False) -> Any:
    """Return the node itself, or the nearest one beside it that is no white space."""
    while node is not None and node.tag == "-text" and not node.text_content.strip(SPACES):
        node = node.prev if back else node.next
    return node
