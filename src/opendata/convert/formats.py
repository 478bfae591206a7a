"""The formats that are read: how each is recognised, by first bytes before the name, and which reader it has.

Readers of foreign binary formats run in a process of their own (`read.isolated`), one for each process that converts.
"""

import io
import re
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import NamedTuple

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.ingest.containers import EXTRA, zip_document
from opendata.ingest.decode import Decoded, decode
from opendata.read.html import is_page, looks_like_html, read_html
from opendata.read.isolated import Isolated
from opendata.read.markdown import inline_links, read_markdown
from opendata.read.mhtml import read_mhtml
from opendata.read.reading import Reading
from opendata.read.word_kind import OLE_MAGIC, ZIP_MAGIC, holds_workbook, word_kind


class Opened(NamedTuple):
    """A file as text: its media type, what was decoded (for binary formats the text itself), and the reading."""

    media_type: str
    decoded: Decoded
    reading: Reading


class Format(NamedTuple):
    """A format: its media type (IANA; OFD has none registered and uses the one in use), its reader, the suffixes of its files, and
    the modules of the extra `formats` that it needs. `isolated` readers are named as `module:function`."""

    media_type: str
    read: Callable[[bytes, Limits], Opened] | None = None
    suffixes: tuple[str, ...] = ()
    isolated: str = ""
    needs: tuple[str, ...] = ()

    def open(self, data: bytes, limits: Limits) -> Opened:
        """Read a file of this format. Raises Unreadable with the rule that keeps it out of the release."""
        if self.read is not None:
            return self.read(data, limits)
        for module in self.needs:
            if not _is_installed(module):
                raise Unreadable("unsupported-format", f"{self.media_type} ({EXTRA})")
        reading: Reading = _process(limits.reader_seconds, limits.reader_memory).call(self.isolated, data, limits)
        return Opened(self.media_type, Decoded(reading.text, None), reading)


def _html(data: bytes, limits: Limits) -> Opened:
    decoded = decode(data)
    return Opened("text/html", decoded, _page(decoded.text, limits))


def _page(source: str, limits: Limits) -> Reading:
    """Read a page, unless it has more tags than memory should hold as a tree."""
    if len(source) > limits.html_tags and (tags := source.count("<")) > limits.html_tags:
        raise Unreadable("html-too-large", f"{tags}")
    return read_html(source, limits)


def _text(data: bytes, limits: Limits) -> Opened:
    decoded = decode(data)
    return Opened("text/plain", decoded, Reading(decoded.text, links=inline_links(decoded.text)))


def _markdown(data: bytes, limits: Limits) -> Opened:
    decoded = decode(data)
    return Opened("text/markdown", decoded, read_markdown(decoded.text, limits))


def _mhtml(data: bytes, limits: Limits) -> Opened:
    source, address = read_mhtml(data, limits)
    reading = _page(source, limits)
    reading.comment_url = reading.comment_url or address
    return Opened("multipart/related", Decoded(source, None), reading)


_OFFICE = "application/vnd.openxmlformats-officedocument"
HTML = Format("text/html", _html, (".html", ".htm", ".shtml", ".xhtml"))
MARKDOWN = Format("text/markdown", _markdown, (".md", ".markdown"))
TEXT = Format("text/plain", _text, (".txt", ".text"))
MHTML = Format("multipart/related", _mhtml, (".mht", ".mhtml"))
DOCX = Format(
    f"{_OFFICE}.wordprocessingml.document", suffixes=(".docx", ".docm"), isolated="opendata.read.docx:read_docx"
)
DOC = Format("application/msword", suffixes=(".doc", ".wps"), isolated="opendata.read.doc:read_doc")
XLSX = Format(f"{_OFFICE}.spreadsheetml.sheet", suffixes=(".xlsx", ".xlsm"), isolated="opendata.read.xlsx:read_xlsx")
XLS = Format(
    "application/vnd.ms-excel", suffixes=(".xls", ".et"), isolated="opendata.read.xls:read_xls", needs=("xlrd",)
)
PDF = Format(
    "application/pdf", suffixes=(".pdf",), isolated="opendata.read.pdf:read_pdf", needs=("pypdfium2", "pdfplumber")
)
OFD = Format("application/ofd", suffixes=(".ofd",), isolated="opendata.read.ofd:read_ofd", needs=("ofdkit",))
FORMATS = (HTML, MARKDOWN, TEXT, MHTML, DOCX, DOC, XLSX, XLS, PDF, OFD)
HTML_TYPES = frozenset({HTML.media_type, MHTML.media_type})

_BY_SUFFIX = {suffix: form for form in FORMATS for suffix in form.suffixes}
_ZIPPED = {"docx": DOCX, "xlsx": XLSX, "ofd": OFD}
_RTF = b"{\\rtf"
_MAGIC = (ZIP_MAGIC, OLE_MAGIC, b"%PDF-", _RTF)
_MESSAGE = re.compile(
    rb"\s*(?:[A-Za-z-]{2,40}:[^\n]{0,900}\n(?:[ \t][^\n]{0,900}\n){0,9}){0,20}?MIME-Version:\s*1", re.I
)


def recognise(path: str, data: bytes) -> Format:
    """Return the format of a file by content first, name second. Raises Unreadable `unsupported-format` for other formats."""
    name = path.rsplit("!/", 1)[-1].lower()
    suffix = "." + name.rsplit(".", 1)[-1] if "." in name.rsplit("/", 1)[-1] else ""
    if data.startswith(_MAGIC):
        form = _by_magic(data, suffix)
        if form is not None:
            return form
    named = _BY_SUFFIX.get(suffix)
    if _is_message(data):
        return MHTML
    if named is HTML:
        return HTML
    if is_page(data) if named is MARKDOWN else (named is not None or not suffix) and looks_like_html(data):
        return HTML  # error pages among them, and pages that were saved under the name of a Word file; Markdown may hold tags
    if named is not None:
        return named
    raise Unreadable("unsupported-format", suffix or name)


def _is_message(data: bytes) -> bool:
    """Tell whether bytes are a message in the sense of RFC 2557: header lines, one of which is `MIME-Version`."""
    return data[:1].isalpha() and _MESSAGE.match(data, 0, 8192) is not None


def _by_magic(data: bytes, suffix: str) -> Format | None:
    """Return the format that magic bytes tell; None where they are not whole, so that the named reader says what is wrong."""
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(_RTF):
        raise Unreadable("unsupported-format", "RTF")
    named = _BY_SUFFIX.get(suffix)
    if data.startswith(ZIP_MAGIC):
        kind = zip_document(io.BytesIO(data))
        if kind in _ZIPPED:
            return _ZIPPED[kind]
        if kind is None and (named in _ZIPPED.values() or word_kind(data) == "docx"):
            return named if named in _ZIPPED.values() else DOCX
        raise Unreadable("unsupported-format", f"zip{' ' if suffix else ''}{suffix}")
    word = word_kind(data)
    if word is not None:
        return XLSX if word == "docx" and named is XLSX else DOCX if word == "docx" else DOC
    if holds_workbook(data):
        return XLS
    if named in (DOC, DOCX, XLSX, XLS) and suffix != ".wps":
        return named
    raise Unreadable("unsupported-format", f"OLE{' ' if suffix else ''}{suffix}")


@lru_cache(maxsize=2)
def _process(seconds: int, memory: int) -> Isolated:
    """Return this process's own worker for readers; it starts with the first call, and ends with this process."""
    return Isolated(seconds, memory)


@cache
def _is_installed(module: str) -> bool:
    return find_spec(module) is not None
