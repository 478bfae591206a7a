"""The one interface of all writers."""

from collections.abc import Mapping
from typing import Protocol

import pyarrow as pa

from opendata.emit.sink import WrittenFile

Slice = Mapping[str, pa.Table]
"""Rows of a run of whole documents: table name → rows with the public schema. Each slice names every table that has rows;
rows of one document never lie in two slices, and stand together, in the same order of documents, in every table.
`organisations` and `concepts`, which belong to no document, come in the last slice."""


class Writer(Protocol):
    """Streams slices into one format. Holds a bounded amount of rows."""

    def write(self, rows: Slice) -> None:
        """Take the next slice."""

    def finish(self) -> list[WrittenFile]:
        """Write what is still held, close all files and report them."""
