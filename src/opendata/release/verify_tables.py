"""Proofs of the Parquet tables: rows, schemas, keys, references, and that printed words stand where rows say.

Nothing holds a table: batches pass, and of each key that others refer to only the sorted values stay.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from opendata.model.arrow import arrow_schema
from opendata.model.records import BY_TABLE, RECORDS
from opendata.release.identities import NAME as IDENTITIES
from opendata.release.manifest import Manifest

_PRINTED = {
    "quantities": ("printed", "start_char", "end_char"),
    "citations": ("printed", "start_char", "end_char"),
}
"""Tables with words that stand in the text at the offsets beside them."""


def parquet_paths(folder: Path, table: str) -> list[Path]:
    """Return the files of a table: one, or numbered parts."""
    single = folder / "parquet" / f"{table}.parquet"
    return [single] if single.exists() else sorted((folder / "parquet" / table).glob("part-*.parquet"))


def batches(folder: Path, table: str, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a table in bounded pieces."""
    for path in parquet_paths(folder, table):
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(batch_size=8192, columns=columns)


def verify_tables(folder: Path, manifest: Manifest) -> list[str]:
    """Compare rows and schemas of all tables with the manifest and the model."""
    problems = []
    for record in RECORDS:
        schema = arrow_schema(record)
        rows = 0
        for path in parquet_paths(folder, record.table):
            with pq.ParquetFile(path) as file:
                rows += file.metadata.num_rows
                if not file.schema_arrow.equals(schema, check_metadata=False):
                    problems.append(f"{record.table}: the schema is not that of the model / 结构与模型不符")
        if rows != manifest.rows.get(record.table, 0):
            problems.append(
                f"{record.table}: {rows} rows, the manifest says {manifest.rows.get(record.table, 0)} / 行数不符"
            )
    return problems


def verify_references(folder: Path, manifest: Manifest) -> list[str]:
    """Prove that keys are unique and that every value of a column that refers to a key is one."""
    problems = []
    for target, columns in _references().items():
        table, _, key = target.partition(".")
        known, repeated = _sorted_values(folder, table, key)
        if repeated and BY_TABLE[table].key() == (key,):
            problems.append(f"{table}: {key} is not unique / 标识重复")
        for other, name in columns:
            unknown = sum(_unknown(batch.column(0), known) for batch in batches(folder, other, [name]))
            if unknown:
                problems.append(f"{other}.{name}: {unknown} values are not in {target} / 指向不存在的记录")
        if table == "documents":
            problems += _verify_identities(folder, known)
    return problems


def _references() -> dict[str, list[tuple[str, str]]]:
    """Return the key columns that stand for a row by themselves, each with the columns that refer to it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for record in RECORDS:
        for column in record.columns():
            target = column.meta.ref
            if target and target.partition(".")[0] != "sections":  # section ids are unique within their document only
                found.setdefault(target, []).append((record.table, column.name))
    return found


def _sorted_values(folder: Path, table: str, column: str) -> tuple[npt.NDArray[np.bytes_], bool]:
    """Return the distinct values of a column in order, and whether any came twice."""
    pieces = [_ascii(batch.column(0)) for batch in batches(folder, table, [column])]
    values = np.concatenate(pieces) if pieces else np.empty(0, "S1")
    distinct = np.unique(values)
    return distinct, len(distinct) < len(values)


def _ascii(column: pa.Array) -> npt.NDArray[np.bytes_]:
    return np.array([value.encode() for value in column.drop_null().to_pylist()], np.bytes_)


def _unknown(column: pa.Array, known: npt.NDArray[np.bytes_]) -> int:
    values = _ascii(column)
    if not len(values) or not len(known):
        return len(values)
    at = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return int((known[at] != values).sum())


def _verify_identities(folder: Path, documents: npt.NDArray[np.bytes_]) -> list[str]:
    """Prove that every document's id is carried by a key: without one it could not be carried to the next release."""
    pieces = []
    with pq.ParquetFile(folder / IDENTITIES) as file:
        pieces = [np.unique(_ascii(batch.column(0))) for batch in file.iter_batches(columns=["document_id"])]
    missing = len(np.setdiff1d(documents, np.concatenate(pieces) if pieces else np.empty(0, "S1")))
    return [f"{IDENTITIES}: {missing} documents have no key / 文件缺少标识键"] if missing else []


def verify_spans(folder: Path, manifest: Manifest) -> list[str]:
    """Prove that the pieces of each text cover it, and that printed words stand at their offsets."""
    problems: list[str] = []
    printed = {name: _Grouped(folder, name, columns) for name, columns in _PRINTED.items()}
    spans = _Grouped(folder, "text_spans", ("start_char", "end_char"))
    for batch in batches(folder, "texts"):
        for identifier, text in zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True):
            position = 0
            for start, end in spans.of(identifier):
                if start != position or end <= start:
                    problems.append(f"text_spans: {identifier} has a gap or overlap at {position} / 分段不连续")
                position = end
            if position != len(text):
                problems.append(f"text_spans: {identifier} ends at {position} of {len(text)} / 分段未覆盖全文")
            for name, rows in printed.items():
                for words, start, end in rows.of(identifier):
                    if text[start:end] != words:
                        problems.append(f"{name}: {identifier} [{start}:{end}] is not what the text prints / 原文不符")
    for name, rows in {"text_spans": spans, **printed}.items():
        if rows.left():
            problems.append(f"{name}: rows are not in the order of the documents / 行未按文件顺序排列")
    return problems


class _Grouped:
    """The rows of a table document by document: tables are in the order of the documents."""

    def __init__(self, folder: Path, table: str, columns: tuple[str, ...]) -> None:
        names = ("document_id", *columns)
        self._rows: Iterator[tuple[Any, ...]] = (
            row
            for batch in batches(folder, table, list(names))
            for row in zip(*(batch.column(name).to_pylist() for name in names), strict=True)
        )
        self._next = next(self._rows, None)

    def of(self, identifier: str) -> list[tuple[Any, ...]]:
        """Return the rows of the next document, without its id; none where the next row is another document's."""
        found: list[tuple[Any, ...]] = []
        while self._next is not None and self._next[0] == identifier:
            found.append(self._next[1:])
            self._next = next(self._rows, None)
        return found

    def left(self) -> bool:
        """Tell whether rows are left that no document has taken."""
        return self._next is not None
