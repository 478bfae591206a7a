"""Which kind of Word file bytes are, whatever the file is called: extensions lie."""

import io
import re
import zipfile
from typing import Literal

import olefile

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN_PART = re.compile(r"word/document\d*\.xml")

BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What the containers' libraries raise on damaged bytes (zipfile's and zlib's own errors are added where they are read)."""


def word_kind(data: bytes) -> Literal["docx", "doc"] | None:
    """Tell by their first bytes and their directory whether bytes are Word's OOXML, Word's OLE2 format or neither.

    An encrypted OOXML file hides in an OLE container; it counts as `docx` (what is inside is not told, it may be another
    office format) so that its reader can say that it is encrypted.
    """
    if data.startswith(ZIP_MAGIC):
        return "docx" if _holds_main_part(data) else None
    if data.startswith(OLE_MAGIC):
        return _ole_kind(data)
    return None


def holds_workbook(data: bytes) -> bool:
    """Tell whether bytes in an OLE container are a workbook of Excel."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            return bool(container.exists("Workbook") or container.exists("Book"))
    except BROKEN:
        return "Workbook".encode("utf-16-le") in data


def _holds_main_part(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            return any(MAIN_PART.fullmatch(name) for name in container.namelist())
    except (zipfile.BadZipFile, *BROKEN):
        # A directory that is cut off or damaged still lets the local headers tell what the file was meant to be.
        return b"word/document" in data


def _ole_kind(data: bytes) -> Literal["docx", "doc"] | None:
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            if container.exists("WordDocument"):
                return "doc"
            return "docx" if container.exists("EncryptedPackage") else None
    except BROKEN:
        return "doc" if "WordDocument".encode("utf-16-le") in data else None
