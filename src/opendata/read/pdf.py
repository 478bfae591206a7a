"""PDF (ISO 32000): text and ruled tables by pdfium, page after page. Scanned and encrypted files are refused, not guessed at."""

import ctypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pypdfium2.raw as pdfium

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.pdf_chars import read_page
from opendata.read.pdf_fallback import Fallback
from opendata.read.pdf_flow import flow
from opendata.read.pdf_pages import Grid, Page, PagedReading

MOST_PAGES = 5000
MOST_CHARACTERS = 20_000_000
_PICTURED = 0.5
_LEAST_CHARACTERS = 8
_TAIL = 4096
_NO_TITLE = re.compile(
    r"(?:untitled|document|none|未命名|无标题)?[-_ ]?[0-9]*|(?:microsoft )?(?:word|powerpoint|excel|wps)\b.*|"
    r".*\.(?:docx?|wps|pdf|xlsx?|rtf|tmp|indd|ofd)",
    re.I,
)
_UNWANTED = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")


def read_pdf(data: bytes, limits: Limits) -> PagedReading:
    """Read a PDF file.

    Raises Unreadable `file-too-large`, `pdf-encrypted`, `pdf-broken` (damaged, cut off, or fonts that do not tell their characters),
    `pdf-too-long`, `scanned` (pictures of pages), `no-text` or `table-too-large`.
    """
    if len(data) > limits.file_bytes:
        raise Unreadable("file-too-large", f"{len(data)} bytes")
    if b"%PDF-" not in data[:1024]:
        raise Unreadable("pdf-broken", "no %PDF- at the beginning", 0)
    if b"%%EOF" not in data[-_TAIL:]:
        raise Unreadable("pdf-broken", "cut off: no %%EOF at the end", len(data))
    with _opened(data) as document:
        pages = list(_pages(document, data, limits))
        title = _title(document)
    reading = flow(pages, limits)
    _check(reading, pages)
    reading.page_title = title
    return reading


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        error = pdfium.FPDF_GetLastError()
        if error == pdfium.FPDF_ERR_PASSWORD or error == pdfium.FPDF_ERR_SECURITY:
            raise Unreadable("pdf-encrypted", "a password is needed")
        raise Unreadable("pdf-broken", f"pdfium error {error}")
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _pages(document: Any, data: bytes, limits: Limits) -> Iterator[Page]:
    count = pdfium.FPDF_GetPageCount(document)
    if count < 1:
        raise Unreadable("pdf-broken", "no pages")
    if count > MOST_PAGES:
        raise Unreadable("pdf-too-long", f"{count} pages > {MOST_PAGES}")
    characters = 0
    fallback = Fallback(data)
    for number in range(count):
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            raise Unreadable("pdf-broken", f"page {number + 1} of {count}")
        try:
            text_page = pdfium.FPDFText_LoadPage(page)
            if not text_page:
                raise Unreadable("pdf-broken", f"page {number + 1} of {count}")
            try:
                characters += max(pdfium.FPDFText_CountChars(text_page), 0)
                if characters > MOST_CHARACTERS:
                    raise Unreadable("pdf-too-long", f"> {MOST_CHARACTERS} characters")
                rotation = pdfium.FPDFPage_GetRotation(page) * 90
                yield read_page(page, text_page, rotation, limits.table_cells, partial(fallback.characters, number))
            finally:
                pdfium.FPDFText_ClosePage(text_page)
        finally:
            pdfium.FPDF_ClosePage(page)


def _check(reading: PagedReading, pages: list[Page]) -> None:
    """Refuse pictures of pages and text that cannot be told; remember single pages that hold a picture and no text."""
    body = reading.text[: reading.furniture[0]] if reading.furniture else reading.text
    letters = len("".join(body.split()))
    pictured = [page.pictured >= _PICTURED for page in pages]
    if letters < _LEAST_CHARACTERS * len(pages) and sum(pictured) * 2 >= len(pages):
        raise Unreadable("scanned", f"{len(pages)} pages")
    if not letters and not reading.furniture:
        raise Unreadable("no-text", f"{len(pages)} pages")
    unknown = len(_UNKNOWN.findall(body))
    if unknown * 5 > letters:
        raise Unreadable("pdf-broken", f"fonts do not tell {unknown} of {letters} characters")
    reading.unread_pages = tuple(
        number
        for number, (page, is_pictured) in enumerate(zip(pages, pictured, strict=True), start=1)
        if is_pictured and not _has_text(page)
    )


def _has_text(page: Page) -> bool:
    return sum(len(block.text) if not isinstance(block, Grid) else 99 for block in page.blocks) >= _LEAST_CHARACTERS


def _title(document: Any) -> str | None:
    """Return the title that the file gives itself, unless it is the name of a file or of a program."""
    size = pdfium.FPDF_GetMetaText(document, b"Title", None, 0)
    if not 2 < size <= 8192:
        return None
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, b"Title", buffer, size)
    title = _UNWANTED.sub(" ", buffer.raw[: size - 2].decode("utf-16-le", errors="replace")).strip()
    return None if _NO_TITLE.fullmatch(title) else title
