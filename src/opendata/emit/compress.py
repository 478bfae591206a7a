"""The one place that decides how bulk files are compressed."""

from gzip import GzipFile
from typing import BinaryIO, cast

from opendata.emit.sink import Sink

_LEVEL = 1
"""Bulk RDF repeats itself so much that the cheapest level already leaves a small part of it."""


def gzip_stream(sink: Sink) -> GzipFile:
    """Return a stream with `write` and `close` that compresses into the sink (RFC 1952); closing leaves the sink open.

    No file name and no time go into the header: the same input gives the same bytes with the same zlib.
    """
    return GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=cast(BinaryIO, sink), mtime=0)
