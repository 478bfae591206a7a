"""Reads each page of a set through `convert` and compares with what a person noted beside it.

`python -m tests.portals.measure first` prints the figures and every difference.
"""

import re
import sys
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opendata.convert import Settings, convert
from opendata.ingest.raw import RawFile

HERE = Path(__file__).parent
_SPACE = re.compile(r"\s+")
_DECORATION = re.compile(r"[\s:：\[\]【】]+")
_TEXT_KINDS = ("body", "heading", "table")
_PAGE_KINDS = ("boilerplate", "breadcrumb")


@dataclass
class Reading:
    """What was read of one page, beside what is printed on it.

    `differences` holds a line for each thing that is not as noted; `checks` tells for each kind of fact that was noted whether
    it was read right. `invented` are differences too: a value where the page prints none.
    """

    name: str
    printed: int = 0
    exact: int = 0
    coverage: float = 0.0
    invented: list[str] = field(default_factory=list)
    differences: list[str] = field(default_factory=list)
    checks: dict[str, bool] = field(default_factory=dict)

    def check(self, kind: str, right: bool, found: object) -> None:
        """Note whether a fact is right."""
        self.checks[kind] = self.checks.get(kind, True) and right
        if not right:
            self.differences.append(f"{kind}: {found}")


def pages(folder: str) -> list[Path]:
    """Return the pages of a set, in order of their names."""
    return sorted(path for path in (HERE / folder).iterdir() if path.suffix in (".html", ".txt"))


def read(page: Path) -> Reading:
    """Read a page and compare it with its notes."""
    notes = tomllib.loads(page.with_suffix(".toml").read_text(encoding="utf-8"))
    tables = convert([RawFile(page.name, str(page))], Settings())
    rows = {name: table.to_pylist() for name, table in tables.items() if name != "keys"}
    reading = Reading(page.name)
    if not rows["documents"]:
        reading.printed = len(notes["header"])
        reading.check("read", False, "quarantined")
        return reading
    document = rows["documents"][0]
    reading.coverage = float(document["coverage"])
    _header(reading, notes, rows["header_fields"])
    _columns(reading, notes, document)
    _parts(reading, notes, document)
    _attachments(reading, notes, rows["attachments"])
    _text(reading, notes, rows["texts"][0]["text"], rows["text_spans"])
    return reading


def _header(reading: Reading, notes: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    found = [
        (_label(row["label"]), row["field"] or "", _plain(row["value"]))
        for row in rows
        if row["origin"] in ("header", "repeated")
    ]
    expected = [(_label(label), name, _plain(value)) for label, name, value in notes["header"]]
    allowed = [(_label(label), _plain(value)) for label, _, value in notes.get("optional", ())]
    reading.printed = len(expected)
    for label, name, value in expected:
        if any(one == label and text == value and name in ("", known) for one, known, text in found):
            reading.exact += 1
        else:
            read = [row for row in found if row[0] == label] or "nothing"
            reading.differences.append(f"header: {label} [{name}] {value!r} was read as {read}")
    printed = {(label, value) for label, _, value in expected}
    labels = {label: value for label, value in printed if value} | {label: "" for label, value in printed if not value}
    for label, name, value in found:
        if (label, value) in printed or label in [one for one, _ in allowed]:
            continue
        if not label and value in [text for _, text in allowed]:
            continue
        if label not in labels or (value and not labels[label]):
            reading.invented.append(f"header {label} [{name}] {value!r}")


def _columns(reading: Reading, notes: dict[str, Any], document: dict[str, Any]) -> None:
    for name in notes.get("null", ()):
        if document[name] not in (None, [], ""):
            reading.invented.append(f"{name} = {document[name]}")
    for name, value in notes.get("columns", {}).items():
        reading.check("columns", _same(document[name], value), f"{name} = {document[name]!r}, not {value!r}")


def _parts(reading: Reading, notes: dict[str, Any], document: dict[str, Any]) -> None:
    reading.check("title", _same(document["title"], notes["title"]), document["title"])
    if "addressee" in notes:
        found = (document["addressee"] or "").rstrip(":：")
        reading.check("addressee", _same(found, notes["addressee"]), found)
    for name in ("signatory", "signed_date"):
        if name in notes:
            found = str(document[name] or "")
            reading.check("signature", _joined(found) == _joined(notes[name]), f"{name} {found}")


def _attachments(reading: Reading, notes: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    if "attachments" not in notes:
        return
    found = [(_squeeze(row["title"]), row["href"] or "") for row in rows]
    expected = [(_squeeze(title), href) for title, href in notes["attachments"]]
    right = len(found) == len(expected) and all(
        title in one and (place == href or (href and place.endswith(href.removeprefix("."))))
        for (title, href), (one, place) in zip(expected, found, strict=True)
    )
    reading.check("attachments", right, found)


def _text(reading: Reading, notes: dict[str, Any], text: str, spans: list[dict[str, Any]]) -> None:
    pieces = [(row["kind"], row["start_char"], row["end_char"]) for row in spans]
    own = [(start, end) for kind, start, end in pieces if kind in _TEXT_KINDS]
    whole = _squeeze(text[own[0][0] : own[-1][1]]) if own else ""
    if "body_first" in notes:
        reading.check("body", whole.startswith(_squeeze(notes["body_first"])), f"starts with {whole[:40]!r}")
    if "body_last" in notes:
        reading.check("body", whole.endswith(_squeeze(notes["body_last"])), f"ends with {whole[-40:]!r}")
    for phrase in notes.get("boilerplate", ()):
        hit = re.search(r"\s*".join(map(re.escape, _squeeze(phrase))), text)
        if hit is not None:
            kinds = {kind for kind, start, end in pieces if start < hit.end() and hit.start() < end}
            reading.check("boilerplate", kinds <= set(_PAGE_KINDS), f"{phrase!r} is {sorted(kinds)}")


def _label(text: str) -> str:
    return _DECORATION.sub("", text)


def _plain(text: str | None) -> str:
    return _SPACE.sub(" ", text or "").strip()


def _squeeze(text: str) -> str:
    return _SPACE.sub("", text)


def _same(found: object, noted: str) -> bool:
    return _squeeze(str(found or "")) == _squeeze(noted)


def _joined(text: str) -> str:
    return re.sub(r"[\s/;；、]+", "", text)


def figures(readings: list[Reading]) -> str:
    """Return the figures of a set as lines for people."""
    printed, exact = sum(one.printed for one in readings), sum(one.exact for one in readings)
    lines = [
        f"pages {len(readings)}",
        f"header fields exact {exact} of {printed} ({exact / printed:.1%})",
        f"invented {sum(len(one.invented) for one in readings)}",
        f"coverage {sum(one.coverage for one in readings) / len(readings):.1%}",
    ]
    for kind in ("title", "columns", "addressee", "signature", "attachments", "body", "boilerplate"):
        noted = [one.checks[kind] for one in readings if kind in one.checks]
        lines.append(f"{kind} right on {sum(noted)} of {len(noted)} pages")
    return "\n".join(lines)


if __name__ == "__main__":
    measured = [read(page) for page in pages(sys.argv[1])]
    for one in measured:
        print(f"{one.name}: {one.exact}/{one.printed}, coverage {one.coverage:.1%}")
        for line in [*one.differences, *(f"INVENTED {line}" for line in one.invented)]:
            print(f"    {line}")
    print(figures(measured))
