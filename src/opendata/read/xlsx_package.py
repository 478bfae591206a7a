"""The zip and XML around Office and OFD files, read within limits: no entities, no more bytes than the archive limits allow."""

import io
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from opendata.config import Limits
from opendata.errors import Unreadable

_CHUNK = 1 << 16
_LEAST_BUDGET = 16 << 20
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    LookupError,
    expat.ExpatError,
)
"""What the standard library raises for a zip or XML that is not as it should be."""


@dataclass(slots=True)
class Handlers:
    """What to call for an element's beginning (name without namespace, attributes), its end, and text."""

    start: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None]
    text: Callable[[str], None]


class Package:
    """A zip of XML parts. Raises Unreadable with `broken` (the rule of the format) or `archive-limit`."""

    def __init__(self, data: bytes, limits: Limits, broken: str) -> None:
        self.broken = broken
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN as error:
            raise Unreadable(broken, f"{error}") from None
        self.names = {info.filename.replace("\\", "/").lstrip("/"): info for info in self._zip.infolist()}
        if len(self.names) > limits.archive_members:
            raise Unreadable("archive-limit", f"{len(self.names)} members")
        self._most = min(limits.archive_bytes, max(len(data) * limits.archive_ratio, _LEAST_BUDGET))
        self._left = self._most

    def has(self, name: str) -> bool:
        """Tell whether a part is there."""
        return name in self.names

    def parse(self, name: str, handlers: Handlers) -> None:
        """Parse a part piece by piece. A document type is refused: with it come entities that expand without end."""
        info = self.names.get(name)
        if info is None:
            raise Unreadable(self.broken, f"no part {name}")
        parser = expat.ParserCreate(namespace_separator="\n")
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.StartElementHandler = lambda tag, given: handlers.start(tag.rpartition("\n")[2], given)
        parser.EndElementHandler = lambda tag: handlers.end(tag.rpartition("\n")[2])
        parser.CharacterDataHandler = handlers.text
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise Unreadable("archive-limit", f"unpacks to more than {self._most} bytes")
                    parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except BROKEN as error:
            raise Unreadable(self.broken, f"{name}: {error}") from None

    def _refuse_doctype(self, *declared: object) -> None:
        raise Unreadable(self.broken, f"a document type declaration: {declared[0]}")
