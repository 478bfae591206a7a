"""The parts of an OOXML package (ECMA-376 Part 2): a zip whose XML is read within limits, without entities."""

import io
import posixpath
import zipfile
import zlib
from typing import Any

from lxml import etree

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.word_kind import BROKEN, MAIN_PART, OLE_MAGIC, ZIP_MAGIC

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _WORD.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _RELATED.encode()),
)
_STRICT_DOMAIN = b"http://purl.oclc.org/ooxml/"
W = f"{{{_WORD}}}"
R = f"{{{_RELATED}}}"
_FLOOR = 1 << 20
_MAX_MEMBERS = 20_000
_ENCRYPTED = 0x1


class Package:
    """An opened package. Raises Unreadable `word-broken`, `word-encrypted` or `archive-limit`."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        if data.startswith(OLE_MAGIC):
            raise Unreadable("word-encrypted", "an encrypted package in an OLE container")
        if not data.startswith(ZIP_MAGIC):
            raise Unreadable("word-broken", "no zip")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, *BROKEN) as error:
            raise Unreadable("word-broken", f"zip: {error}") from error
        self._check_size(len(data), limits)
        self._names = {info.filename.lstrip("/"): info for info in self._zip.infolist()}
        self.main = self._main_part()

    def _check_size(self, packed: int, limits: Limits) -> None:
        members = self._zip.infolist()
        if len(members) > _MAX_MEMBERS:
            raise Unreadable("archive-limit", f"{len(members)} members")
        size = sum(info.file_size for info in members)
        if size > min(limits.file_bytes * 4, max(packed * limits.archive_ratio, _FLOOR)):
            raise Unreadable("archive-limit", f"unpacks from {packed} to {size} bytes")

    def _main_part(self) -> str:
        root = self.xml("_rels/.rels")
        if root is not None:
            for relation in root:
                target = str(relation.get("Target") or "").lstrip("/")
                if str(relation.get("Type") or "").endswith("/officeDocument") and target in self._names:
                    return target
        for name in self._names:
            if MAIN_PART.fullmatch(name):
                return name
        raise Unreadable("word-broken", "no main document part")

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a part, None when there is none of this name."""
        info = self._names.get(name)
        if info is None:
            return None
        if info.flag_bits & _ENCRYPTED:
            raise Unreadable("word-encrypted", name)
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, *BROKEN) as error:
            raise Unreadable("word-broken", f"{name}: {error}") from error

    def xml(self, name: str) -> Any:
        """Return the root element of an XML part, None when there is none. A part with a document type is refused."""
        data = self.read(name)
        if data is None:
            return None
        if b"<!DOCTYPE" in (data if data[:2] not in (b"\xff\xfe", b"\xfe\xff") else data.replace(b"\0", b"")):
            raise Unreadable("word-broken", f"{name}: a document type")
        if _STRICT_DOMAIN in data:
            for strict, transitional in _STRICT:
                data = data.replace(strict, transitional)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise Unreadable("word-broken", f"{name}: {error}") from error
        if root is None:
            raise Unreadable("word-broken", f"{name}: empty")
        return root

    def relations(self) -> dict[str, tuple[str, str, bool]]:
        """Map the ids of the main part's relations to (last word of the type, target, whether it leads outside).

        Targets within the package are given as names of parts.
        """
        folder, name = posixpath.split(self.main)
        root = self.xml(posixpath.join(folder, "_rels", name + ".rels"))
        found = {}
        for relation in root if root is not None else ():
            kind = str(relation.get("Type") or "").rsplit("/", 1)[-1]
            target, outside = str(relation.get("Target") or ""), relation.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            found[str(relation.get("Id") or "")] = (kind, target, outside)
        return found

    def related(self, kind: str, relations: dict[str, tuple[str, str, bool]]) -> Any:
        """Return the root element of the part that the main part relates to as `kind` (styles, numbering), or None."""
        for found, target, outside in relations.values():
            if found == kind and not outside:
                return self.xml(target)
        return None


def number(value: object, default: int) -> int:
    """Return an attribute as a whole number, `default` when it is none or beyond 32 bits."""
    text = str(value)
    digits = text[1:] if text[:1] == "-" else text
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 10 else default


def is_on(element: Any) -> bool:
    """Tell whether a toggle (`w:vanish`, `w:tblHeader`) is there and on."""
    return element is not None and element.get(W + "val") not in ("0", "false", "off")


def value_of(parent: Any, name: str) -> str | None:
    """Return the `w:val` of a child, None when there is no such child or value."""
    child = parent.find(W + name)
    return None if child is None else child.get(W + "val")
