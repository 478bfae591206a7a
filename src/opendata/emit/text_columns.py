"""Text columns as bytes: what the writers of CSV and of sheets share.

Looking for a rare byte with numpy and changing only the rows that hold it is ten times faster than a replacement in all.
"""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Bytes = np.ndarray[Any, np.dtype[np.uint8]]
Rows = np.ndarray[Any, np.dtype[np.int64]]


def offsets(text: pa.Array) -> "np.ndarray[Any, np.dtype[np.int32]]":
    """Return where each string begins in the array's buffer, and the end of the last."""
    if not len(text):
        return np.zeros(1, np.int32)
    return np.frombuffer(text.buffers()[1], np.int32)[text.offset : text.offset + len(text) + 1]


def content(text: pa.Array) -> memoryview:
    """Return the bytes of all strings of an array, one after the other."""
    data = text.buffers()[2]
    if data is None or not len(text):
        return memoryview(b"")
    places = offsets(text)
    return memoryview(data)[places[0] : places[-1]]


def rows_of(text: pa.Array, places: Rows) -> Rows:
    """Return the rows, ascending and each once, that hold the bytes at these places of `content(text)`."""
    starts = offsets(text)
    return np.unique(np.searchsorted(starts - starts[0], places, side="right") - 1)


def replace_rows(text: pa.Array, rows: Rows, values: pa.Array) -> pa.Array:
    """Return the array with other values in these rows (ascending)."""
    mask = np.zeros(len(text), dtype=bool)
    mask[rows] = True
    return pc.replace_with_mask(text, pa.array(mask), values)


def shortened(text: pa.Array) -> pa.Array:
    """Take away the zeros that end a fraction, and its point if none of it is left (there always is a fraction)."""
    return pc.utf8_rtrim(pc.utf8_rtrim(text, "0"), ".")
