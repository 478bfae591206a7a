"""Arrow columns to the written forms of RDF terms, a whole column at a time.

What stands between the quotes of a literal is the same in N-Quads and in JSON when the escapes of canonical N-Quads
are used (RDF 1.1 N-Quads, RFC 8259), so a column is escaped once for both.
"""

from urllib.parse import quote

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from opendata.model.jsonld import Form

Bytes = npt.NDArray[np.uint8]
Rows = npt.NDArray[np.int64]

_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"'}
_ESCAPES = [("\\", "\\\\")] + [
    (chr(code), _SHORT.get(chr(code), f"\\u{code:04X}")) for code in (*range(0x20), 0x22, 0x7F)
]
"""The backslash stands first, so that it does not touch what the others bring in."""

_UNRESERVED = np.zeros(256, dtype=np.bool_)
_UNRESERVED[list(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")] = True

_LETTERS = (
    r"A-Za-z0-9\-._~\x{A0}-\x{D7FF}\x{F900}-\x{FDCF}\x{FDF0}-\x{FFEF}"
    + "".join(rf"\x{{{plane:X}0000}}-\x{{{plane:X}FFFD}}" for plane in range(1, 0xE))
    + "!$&'()*+,;="
)
_HEX = "%[0-9A-Fa-f]{2}"
_PATH = f"(?:[{_LETTERS}:@]|{_HEX})"
_WEB_IRI = (
    rf"^[A-Za-z][A-Za-z0-9+.\-]*://(?:(?:[{_LETTERS}:]|{_HEX})*@)?(?:[{_LETTERS}]|{_HEX})+(?::[0-9]*)?"
    rf"(?:/{_PATH}*)*(?:\?(?:{_PATH}|[/?])*)?(?:#(?:{_PATH}|[/?])*)?$"
)
"""RFC 3987 with an authority, so that JSON-LD can never take the IRI for a shortened one; no literal IP v6 hosts."""

LANGUAGE_TAG = (
    "^[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$"
)
"""BCP 47 with script, region and variants: parsers refuse a file for one tag that is not well formed."""


def data(array: pa.StringArray) -> Bytes:
    """Return the bytes of all values, one after the other, without copying."""
    _, offsets, values = array.buffers()
    if len(array) == 0 or values is None:
        return np.empty(0, dtype=np.uint8)
    ends = np.frombuffer(offsets, dtype=np.int32)
    return np.frombuffer(values, dtype=np.uint8)[ends[array.offset] : ends[array.offset + len(array)]]


def escaped(array: pa.StringArray) -> pa.StringArray:
    """Escape what may not stand in a literal; a column that needs no escape comes back as it is."""
    raw = data(array)
    if raw.size == 0 or not (raw.min() < 0x20 or ((raw == 0x22) | (raw == 0x5C) | (raw == 0x7F)).any()):
        return array
    present = np.bincount(raw, minlength=256)
    for character, escape in _ESCAPES:
        if present[ord(character)]:
            array = pc.replace_substring(array, character, escape)
    return array


def encoded(array: pa.Array) -> pa.StringArray:
    """Percent-encode as `model.identifiers.resource` does; a column of plain ids comes back as it is."""
    text = array if pa.types.is_string(array.type) else pc.cast(array, pa.string())
    if _UNRESERVED[data(text)].all():
        return text
    return pa.array([value if value is None else quote(value, safe="-._~") for value in text.to_pylist()], pa.string())


def written(array: pa.Array, form: Form) -> pa.StringArray:
    """Return what stands between the quotes (or `<` and `>`) of each value; null where there is nothing to say.

    Decimals are canonical as XSD 1.1 has it (no trailing zeros, no point in whole numbers). An IRI that is not valid
    becomes null: the printed address still stands in the tables.
    """
    match form:
        case Form.TEXT | Form.TAGGED:
            return escaped(array)
        case Form.DECIMAL:
            text = pc.cast(array, pa.string())
            return pc.ascii_rtrim(pc.ascii_rtrim(text, "0"), ".") if array.type.scale > 0 else text
        case Form.INSTANT:
            text = pc.strftime(array, "%Y-%m-%dT%H:%M:%S")
            return pc.binary_join_element_wise(pc.ascii_rtrim(pc.ascii_rtrim(text, "0"), "."), "Z", "")
        case Form.IRI:
            return pc.if_else(pc.match_substring_regex(array, _WEB_IRI), array, pa.scalar(None, pa.string()))
        case Form.LINK:
            return encoded(array)
        case _:
            return pc.cast(array, pa.string())


def grouped(values: pa.StringArray, parents: Rows, count: int) -> tuple[pa.StringArray, npt.NDArray[np.bool_]]:
    """Join the values of each parent with commas: `count` strings, and which of them hold anything.

    `parents` gives each value's parent, from 0, ascending.
    """
    counts = np.bincount(parents, minlength=count)
    offsets = np.zeros(count + 1, dtype=np.int32)
    np.cumsum(counts, out=offsets[1:])
    lists = pa.ListArray.from_arrays(pa.array(offsets), values)
    return pc.binary_join(lists, ","), counts > 0


def distinct(parents: Rows, values: pa.StringArray) -> tuple[Rows, pa.StringArray]:
    """Drop nulls and what a parent has already; the order of first appearance stays."""
    table = pa.table({"parent": parents, "value": values, "row": np.arange(len(values))}).filter(pc.is_valid(values))
    first = table.group_by(["parent", "value"], use_threads=False).aggregate([("row", "min")])
    rows = np.sort(first["row_min"].to_numpy())  # groups come in the order of a hash table
    return parents[rows], values.take(pa.array(rows))


def one(column: pa.ChunkedArray) -> pa.Array:
    """Return a column as one array."""
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
