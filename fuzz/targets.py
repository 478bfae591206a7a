"""What is fuzzed: each target takes any bytes and may raise nothing but Unreadable. Broken laws of the data are failures too."""

import tempfile
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from opendata.config import Limits
from opendata.convert.document import Document, Settings, read_document
from opendata.errors import Unreadable
from opendata.extract.citations import find_citations
from opendata.extract.header import find_header
from opendata.extract.quantities import find_quantities
from opendata.ingest.decode import decode
from opendata.ingest.raw import collect
from opendata.ingest.sevenzip import unpack_7z
from opendata.ingest.warc import iter_warc
from opendata.read.doc import read_doc
from opendata.read.docx import read_docx
from opendata.read.html import read_html
from opendata.read.mhtml import read_mhtml
from opendata.read.ofd import read_ofd
from opendata.read.pdf import read_pdf
from opendata.read.reading import Reading
from opendata.read.xls import read_xls
from opendata.read.xlsx import read_xlsx
from tests.read_formats.test_xlsx import MAIN, with_part, workbook
from tests.read_word.docx_samples import docx

LIMITS = Limits(file_bytes=4_000_000, archive_bytes=20_000_000, table_cells=20_000)
SETTINGS = Settings(LIMITS)

Target = Callable[[bytes], None]


def text_of(data: bytes) -> str:
    """Return bytes as text, whatever they are; what is no UTF-8 is left out."""
    return data.decode("utf-8", "ignore")


def check_reading(reading: Reading) -> None:
    """Check that everything that a reader reports lies within its text."""
    text = reading.text
    text.encode("utf-8")
    for link in reading.links:
        assert 0 <= link.start <= link.end <= len(text), link
    for table in reading.tables:
        assert 0 <= table.start <= table.end <= len(text), (table.start, table.end)
        for cell in table.cells:
            assert table.start <= cell.start <= cell.end <= table.end, cell


def check_printed(text: str, places: list[tuple[int, int, str]]) -> None:
    """Check that what was found is printed where it is said to be."""
    for start, end, printed in places:
        assert text[start:end] == printed, (start, end, printed)


def check_document(document: Document) -> None:
    """Check the laws of the data: a partition of the text, places within it, printed words that are printed there."""
    text = document.reading.text
    assert document.spans[0][1] == 0
    assert document.spans[-1][2] == len(text)
    assert all(one[2] == two[1] for one, two in pairwise(document.spans))
    assert all(start < end for _, start, end in document.spans)
    assert 0 <= document.coverage <= 1
    for pair in document.header.pairs:
        if pair.value is not None:
            assert text[pair.start : pair.end] == pair.value, pair
    places = [(one.start, one.end, one.printed) for one in document.quantities]
    places += [(one.start, one.end, one.printed) for one in document.citations]
    check_printed(text, places)
    for section in document.sections:
        assert 0 <= section.start <= section.own_end <= section.end <= len(text), section


def _decode(data: bytes) -> None:
    decode(data).text.encode("utf-8")


def _header(data: bytes) -> None:
    text = text_of(data)
    for pair in find_header(text).pairs:
        if pair.value is not None:
            assert text[pair.start : pair.end] == pair.value, pair


def _statements(data: bytes) -> None:
    text = text_of(data)
    check_printed(text, [(one.start, one.end, one.printed) for one in find_quantities(text)])
    check_printed(text, [(one.start, one.end, one.printed) for one in find_citations(text)])


def _document(name: str) -> Target:
    def target(data: bytes) -> None:
        document = read_document(name, data, sha256(data).hexdigest(), SETTINGS)
        check_reading(document.reading)
        check_document(document)

    return target


def _mhtml(data: bytes) -> None:
    html, _ = read_mhtml(data, LIMITS)
    check_reading(read_html(html, LIMITS))


def _docx_body(data: bytes) -> None:
    """The XML of a body, in a sound package: bytes of the zip itself seldom survive a change."""
    check_reading(read_docx(docx(text_of(data)), LIMITS))


def _docx_styles(data: bytes) -> None:
    body, _, rest = text_of(data).partition("\x00")
    styles, _, numbering = rest.partition("\x00")
    check_reading(read_docx(docx(body, styles=styles, numbering=numbering), LIMITS))


@cache
def _workbook() -> bytes:
    return workbook(["x"])


def _xlsx_cells(data: bytes) -> None:
    sheet = f"<worksheet {MAIN}><sheetData>".encode() + data + b"</sheetData></worksheet>"
    check_reading(read_xlsx(with_part(_workbook(), "xl/worksheets/sheet1.xml", sheet), LIMITS))


def _collected(path: Path, out: Path) -> None:
    out.mkdir()
    collect((path,), out, LIMITS)


def _unpacked(name: str, read: Callable[[Path, Path], object]) -> Target:
    def target(data: bytes) -> None:
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            path, out = Path(folder) / name, Path(folder) / "out"
            path.write_bytes(data)
            read(path, out)
            assert {one.name for one in Path(folder).iterdir()} <= {name, "out"}, "written outside"

    return target


TARGETS: dict[str, Target] = {
    "decode": _decode,
    "html": lambda data: check_reading(read_html(text_of(data), LIMITS)),
    "header": _header,
    "statements": _statements,
    "text": _document("a.txt"),
    "markdown": _document("a.md"),
    "page": _document("a.html"),
    "mhtml": _mhtml,
    "docx": lambda data: check_reading(read_docx(data, LIMITS)),
    "docx-body": _docx_body,
    "docx-styles": _docx_styles,
    "doc": lambda data: check_reading(read_doc(data, LIMITS)),
    "pdf": lambda data: check_reading(read_pdf(data, LIMITS)),
    "xlsx": lambda data: check_reading(read_xlsx(data, LIMITS)),
    "xlsx-cells": _xlsx_cells,
    "xls": lambda data: check_reading(read_xls(data, LIMITS)),
    "ofd": lambda data: check_reading(read_ofd(data, LIMITS)),
    "zip": _unpacked("a.zip", _collected),
    "tar": _unpacked("a.tar.gz", _collected),
    "7z": _unpacked("a.7z", lambda path, out: list(unpack_7z(path, out, LIMITS))),
    "warc": _unpacked("a.warc", lambda path, out: list(iter_warc(path, out, LIMITS))),
}
"""By name. Binary formats run in this process, not isolated, so that what they do is seen."""


def attempt(target: Target, data: bytes) -> str | None:
    """Run a target on bytes; returns the rule that refused them, or None. Whatever else it raises goes on to the caller."""
    try:
        target(data)
    except Unreadable as refusal:
        return refusal.rule
    return None
