"""Word's OOXML (.docx, ECMA-376 transitional and strict): the text that prints, its tables, links and headings.

Left out are page headers and footers, comments, deleted and hidden text. Notes print as `[1]` where they are referred to, and
stand at the end of the text. Text boxes stand after the paragraph that they are anchored in.
"""

from typing import Any

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.reading import Reading
from opendata.read.word_blocks import Block, to_reading
from opendata.read.word_body import Body
from opendata.read.word_inline import Inline, fields_close
from opendata.read.word_package import Package, W
from opendata.read.word_styles import Lists, Styles

_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def read_docx(data: bytes, limits: Limits) -> Reading:
    """Read a docx.

    Raises Unreadable `word-broken` for damaged bytes, `word-encrypted`, `archive-limit` for a file that unpacks beyond
    `limits`, and `table-too-large`. No other exception leaves it, whatever the bytes are.
    """
    package = Package(data, limits)
    root = package.xml(package.main)
    body = root.find(W + "body")
    if body is None:
        raise Unreadable("word-broken", f"{package.main}: no body")
    relations = package.relations()
    styles = Styles(package.related("styles", relations))
    lists = Lists(package.related("numbering", relations), styles)
    links = {key: target for key, (kind, target, outside) in relations.items() if kind == "hyperlink" and outside}
    inline = Inline(links, fields_close(body), body.find(f".//{W}vanish") is not None)
    walk = Body(styles, lists, inline)
    blocks = walk.blocks(body)
    blocks += _notes(package, relations, walk, inline)
    reading = to_reading(blocks, limits)
    reading.page_title = _title(package)
    return reading


def _notes(package: Package, relations: dict[str, tuple[str, str, bool]], walk: Body, inline: Inline) -> list[Block]:
    """Return the notes that the body refers to, each beginning with its mark, in the order of the marks."""
    blocks: list[Block] = []
    if not inline.notes:
        return blocks
    elements: dict[tuple[str, str], Any] = {}
    for kind in ("footnote", "endnote"):
        root = package.related(kind + "s", relations)
        for element in root if root is not None else ():
            elements[kind, element.get(W + "id") or ""] = element
    for kind, name, mark in sorted(inline.notes, key=lambda note: note[0], reverse=True):
        element = elements.pop((kind, name), None)
        if element is not None:
            inline.mark = mark
            blocks += walk.blocks(element)
    return blocks


def _title(package: Package) -> str | None:
    """Return the title that the file's properties name."""
    root = package.xml("docProps/core.xml")
    title = None if root is None else root.findtext(_TITLE)
    return " ".join(title.split()) or None if title else None
