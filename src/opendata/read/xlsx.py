"""Workbooks (Office Open XML, ECMA-376): sheets in order, cells as displayed. The parts are read as they stream by.

openpyxl's read-only mode knows no merged cells and its full mode holds the whole workbook as objects; neither bounds what a zip
unpacks to. Hidden sheets are left out, hidden rows and columns are not: a filter hides what is still part of the table.
"""

import posixpath
from dataclasses import dataclass, field

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.reading import Reading
from opendata.read.workbook_text import WorkbookText
from opendata.read.xlsx_numbers import BUILT_IN, Display, display, general
from opendata.read.xlsx_package import Handlers, Package
from opendata.read.xlsx_sheet import clean, read_sheet

_OLE = b"\xd0\xcf\x11\xe0"


def read_xlsx(data: bytes, limits: Limits) -> Reading:
    """Read a workbook (.xlsx, .xlsm).

    Each sheet is its name as a line, then its rows: rows of a single cell above and below are lines of their own (titles, notes),
    the others a table. The first such row above a table that is no mere word or number is its heading. Formulas have the values that
    were saved with them; those saved without are empty.
    Raises Unreadable `xlsx-broken`, `file-too-large`, `archive-limit`, `table-too-large` or `no-text`.
    """
    if len(data) > limits.file_bytes:
        raise Unreadable("file-too-large", f"{len(data)} bytes")
    if data.startswith(_OLE):
        raise Unreadable("xlsx-broken", "a workbook with a password")
    package = Package(data, limits, "xlsx-broken")
    workbook = _read_workbook(package)
    strings = _strings(package, workbook.strings)
    formats = _formats(package, workbook.styles, workbook.is_1904)
    writer = WorkbookText(limits)
    for name, part in workbook.sheets:
        writer.name(clean(name))
        writer.sheet(read_sheet(package, part, strings, formats, limits))
    return writer.finish(_title(package))


@dataclass(slots=True)
class _Workbook:
    """What the workbook part tells: visible sheets (name and part), the shared parts, and the first day of its calendar."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    strings: str | None = None
    styles: str | None = None
    is_1904: bool = False


def _ignore(*_: object) -> None:
    """Take no notice of an element or text."""


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return a part's relations: their kind and the part that they lead to, by their id."""
    found: dict[str, tuple[str, str]] = {}
    folder, name = posixpath.split(part)
    relations = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    if not package.has(relations):
        return found

    def start(tag: str, given: dict[str, str]) -> None:
        if tag == "Relationship" and given.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, given.get("Target", ""))).lstrip("/")
            found[given.get("Id", "")] = (given.get("Type", "").rpartition("/")[2], target)

    package.parse(relations, Handlers(start, _ignore, _ignore))
    return found


def _read_workbook(package: Package) -> _Workbook:
    main = next(
        (part for kind, part in _relations(package, "").values() if kind == "officeDocument"), "xl/workbook.xml"
    )
    relations = _relations(package, main)
    workbook = _Workbook()

    def start(tag: str, given: dict[str, str]) -> None:
        if tag == "sheet" and given.get("state", "visible") == "visible":
            key = next((value for name, value in given.items() if name.endswith("\nid")), "")
            kind, part = relations.get(key, ("", ""))
            if kind == "worksheet":
                workbook.sheets.append((given.get("name", ""), part))
        elif tag == "workbookPr":
            workbook.is_1904 = given.get("date1904") in ("1", "true")

    package.parse(main, Handlers(start, _ignore, _ignore))
    by_kind = dict(reversed(relations.values()))
    workbook.strings, workbook.styles = by_kind.get("sharedStrings"), by_kind.get("styles")
    return workbook


def _strings(package: Package, part: str | None) -> list[str]:
    """Return the shared strings; phonetic guides are left out."""
    strings: list[str] = []
    parts: list[str] = []
    state = {"t": False, "rPh": False}

    def start(tag: str, given: dict[str, str]) -> None:
        if tag in state:
            state[tag] = True
        elif tag == "si":
            parts.clear()

    def end(tag: str) -> None:
        if tag in state:
            state[tag] = False
        elif tag == "si":
            strings.append(clean("".join(parts)))

    def text(words: str) -> None:
        if state["t"] and not state["rPh"]:
            parts.append(words)

    if part is not None and package.has(part):
        package.parse(part, Handlers(start, end, text))
    return strings


def _formats(package: Package, part: str | None, is_1904: bool) -> list[Display]:
    """Return how the cell styles, in their order, display numbers."""
    codes = dict(BUILT_IN)
    styles: list[int] = []
    inside = {"cellXfs": False}

    def start(tag: str, given: dict[str, str]) -> None:
        if tag == "numFmt" and given.get("numFmtId", "").isdecimal():
            codes[int(given["numFmtId"][:9])] = given.get("formatCode", "")[:200]
        elif tag in inside:
            inside[tag] = True
        elif tag == "xf" and inside["cellXfs"]:
            number = given.get("numFmtId", "0")
            styles.append(int(number) if number.isdecimal() and len(number) < 9 else 0)

    def end(tag: str) -> None:
        if tag in inside:
            inside[tag] = False

    if part is not None and package.has(part):
        package.parse(part, Handlers(start, end, _ignore))
    return [display(codes[number], is_1904) if number in codes else general for number in styles]


def _title(package: Package) -> str | None:
    parts: list[str] = []
    inside = {"title": False}

    def start(tag: str, given: dict[str, str]) -> None:
        if tag in inside:
            inside[tag] = True

    def end(tag: str) -> None:
        if tag in inside:
            inside[tag] = False

    if package.has("docProps/core.xml"):
        package.parse(
            "docProps/core.xml", Handlers(start, end, lambda words: parts.append(words) if inside["title"] else None)
        )
    return clean("".join(parts)) or None
