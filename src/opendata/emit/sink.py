"""Files that are digested while they are written: one pass for bytes, SHA-256 and SHA-512."""

import os
from dataclasses import dataclass
from hashlib import sha256, sha512
from pathlib import Path
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """What a writer reports of one finished file; catalogue and manifest are made from nothing else.

    `path` is relative to the release folder, with `/`. `media_type` is that of the content; a compressed or packed file
    also names `compress_format` (`application/gzip`) or `package_format` (`application/zip`). `tables` maps each table
    in the file to its number of rows. `rank` orders distributions (lower first); None keeps a file out of the
    catalogue's distributions.
    """

    path: str
    media_type: str
    byte_count: int
    sha256: str
    sha512: str
    title_zh: str = ""
    title_en: str = ""
    tables: tuple[tuple[str, int], ...] = ()
    compress_format: str | None = None
    package_format: str | None = None
    conforms_to: str | None = None
    rank: int | None = None


class Sink:
    """A binary file opened for writing that digests what passes through. Data is on disk when `close()` returns."""

    def __init__(self, root: Path, path: str) -> None:
        self.path = path
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        self._file = target.open("wb")
        self._sha256 = sha256()
        self._sha512 = sha512()
        self.byte_count = 0

    @property
    def closed(self) -> bool:
        """Whether the file has been closed."""
        return self._file.closed

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Write and digest; returns the number of bytes."""
        self._sha256.update(data)
        self._sha512.update(data)
        self.byte_count += len(data)
        return self._file.write(data)

    def tell(self) -> int:
        """Return how many bytes have been written."""
        return self.byte_count

    def flush(self) -> None:
        """Hand what is buffered to the operating system."""
        self._file.flush()

    def writable(self) -> bool:
        """A sink can be written."""
        return True

    def readable(self) -> bool:
        """A sink cannot be read."""
        return False

    def seekable(self) -> bool:
        """A sink cannot be rewound: it digests in one pass."""
        return False

    def close(self) -> None:
        """Flush to the disk and close; closing twice is harmless."""
        if not self._file.closed:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def report(
        self,
        media_type: str,
        *,
        title_zh: str = "",
        title_en: str = "",
        tables: tuple[tuple[str, int], ...] = (),
        compress_format: str | None = None,
        package_format: str | None = None,
        conforms_to: str | None = None,
        rank: int | None = None,
    ) -> WrittenFile:
        """Close the file and return what is known of it."""
        self.close()
        return WrittenFile(
            self.path,
            media_type,
            self.byte_count,
            self._sha256.hexdigest(),
            self._sha512.hexdigest(),
            title_zh,
            title_en,
            tables,
            compress_format,
            package_format,
            conforms_to,
            rank,
        )
