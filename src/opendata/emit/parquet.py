"""Parquet: one file per table, read alike by pandas, polars, DuckDB, Spark, fastparquet and hyparquet.

Only what all of these read is used: format 2.6 types without nanoseconds, data pages of version 1, plain and dictionary
encodings, zstd. Row groups end at rows that follow from the rows alone, never from how they were sliced: equal rows
give equal bytes.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from opendata.config import Pipeline
from opendata.emit.sink import Sink, WrittenFile
from opendata.emit.writer import Slice
from opendata.model.arrow import arrow_schema
from opendata.model.columns import Record
from opendata.model.records import RECORDS

MEDIA_TYPE = "application/vnd.apache.parquet"
COMPRESSION_LEVEL = 1
"""zstd 3 takes a fifth longer and more (twice on text that hardly repeats), for files about a seventh smaller."""

GROUP_ROWS = 32_768
TEXT_GROUP_ROWS = 2_048
DOCUMENT_GROUP_ROWS = 8_192
GROUP_BYTES = 64 * 1024 * 1024
"""A row group also ends with the row that brings its long text to this size, so that large documents fit in memory."""

_LONG = {"texts": "text", "sections": "text"}
"""Tables that have a column whose size, not its number of rows, sets how much memory a row group takes."""

_UNIQUE = frozenset({
    "text", "title", "abstract", "index_number", "source_url", "record_sha256", "printed", "url", "path", "value",
    "normalised", "heading", "cited_title", "href", "message_zh", "message_en", "uscc",
})  # fmt: skip
"""Columns whose values seldom repeat: a dictionary would cost time and space before it was given up."""

_WITHOUT_STATISTICS = frozenset({"text", "abstract", "printed", "message_zh", "message_en", "heading"})
"""Nobody looks for ranges of these, and their least and greatest values would bloat the footer."""


class ParquetWriter:
    """Writes `parquet/<table>.parquet` for every table, also for those without rows.

    A table that outgrows `output.rows_per_file` becomes the folder `parquet/<table>/part-00000.parquet`, …
    """

    def __init__(self, root: Path, pipeline: Pipeline) -> None:
        limit = pipeline.output.rows_per_file
        self._tables = {
            record.table: _TableFiles(root, record, limit, 21 + position if position else 20)
            for position, record in enumerate(RECORDS)
        }

    def write(self, rows: Slice) -> None:
        """Take the next slice."""
        for table, files in self._tables.items():
            if table in rows:
                files.write(rows[table])

    def finish(self) -> list[WrittenFile]:
        """Write the last row groups and report the files, in the public order of the tables."""
        return [file for files in self._tables.values() for file in files.finish()]


def _group_rows(table: str) -> int:
    """Return the rows of a row group: fewer where there is one row a document, so that memory does not grow with the corpus."""
    if table == "texts":
        return TEXT_GROUP_ROWS
    return DOCUMENT_GROUP_ROWS if table in ("documents", "sources") else GROUP_ROWS


class _TableFiles:
    """The file or files of one table."""

    def __init__(self, root: Path, record: type[Record], limit: int, rank: int) -> None:
        self._root = root
        self._record = record
        self._schema = arrow_schema(record)
        self._limit = limit
        self._rank = rank
        self._groups = _RowGroups(_group_rows(record.table), _LONG.get(record.table))
        self._part: _Part | None = None
        self._done: list[WrittenFile] = []

    def write(self, rows: pa.Table) -> None:
        for group in self._groups.add(rows.cast(self._schema) if rows.schema != self._schema else rows):
            self._write_group(group)

    def finish(self) -> list[WrittenFile]:
        last = self._groups.rest()
        if last is not None:
            self._write_group(last)
        self._finish_part(self._part or self._start_part())
        return self._done

    def _write_group(self, group: pa.Table) -> None:
        """Write a row group, cut in two or more where a part is full."""
        while group.num_rows:
            if self._part is not None and self._part.rows == self._limit:
                self._finish_part(self._part)
                self._part = None
            if self._part is None:
                self._part = self._start_part()
            room = self._limit - self._part.rows
            self._part.write(group.slice(0, room))
            group = group.slice(room)

    def _start_part(self) -> "_Part":
        table = self._record.table
        number = len(self._done)
        if number == 1:
            # Only now is it known that one file will not do.
            target = f"parquet/{table}/part-00000.parquet"
            (self._root / target).parent.mkdir(parents=True, exist_ok=True)
            (self._root / self._done[0].path).rename(self._root / target)
            self._done[0] = replace(self._done[0], path=target)
        path = f"parquet/{table}/part-{number:05d}.parquet" if number else f"parquet/{table}.parquet"
        return _Part(Sink(self._root, path), self._record)

    def _finish_part(self, part: "_Part") -> None:
        label = self._record.table_label
        self._done.append(
            part.close().report(
                MEDIA_TYPE,
                title_zh=f"{label.zh}（Parquet）",
                title_en=f"{label.en} (Parquet)",
                tables=((self._record.table, part.rows),),
                rank=self._rank,
            )
        )


class _Part:
    """One Parquet file that is being written."""

    def __init__(self, sink: Sink, record: type[Record]) -> None:
        self._sink = sink
        schema = arrow_schema(record)
        paths = [(field.name, pa.types.is_list(field.type)) for field in schema]
        self.rows = 0
        self._writer = pq.ParquetWriter(
            sink,
            schema,
            version="2.6",
            data_page_version="1.0",
            compression="zstd",
            compression_level=COMPRESSION_LEVEL,
            use_dictionary=[
                f"{name}.list.element" if nested else name for name, nested in paths if name not in _UNIQUE
            ],
            write_statistics=[name for name, nested in paths if not nested and name not in _WITHOUT_STATISTICS],
            store_schema=True,
        )

    def write(self, group: pa.Table) -> None:
        self._writer.write_table(group, row_group_size=group.num_rows)
        self.rows += group.num_rows

    def close(self) -> Sink:
        self._writer.close()
        return self._sink


class _RowGroups:
    """Regroups rows: a group ends after so many rows, or with the row that brings its long column to GROUP_BYTES."""

    def __init__(self, rows: int, weighed: str | None) -> None:
        self._limit = rows
        self._weighed = weighed
        self._held: list[pa.Table] = []
        self._rows = 0
        self._bytes = 0

    def add(self, rows: pa.Table) -> Iterator[pa.Table]:
        """Take rows and yield each group that they complete, in one chunk (pages must not follow chunks)."""
        sizes = self._sizes(rows)
        start = 0
        while start < rows.num_rows:
            count = min(self._limit - self._rows, rows.num_rows - start)
            full = self._rows + count == self._limit
            if sizes is not None:
                reached = int(np.searchsorted(sizes, sizes[start] + GROUP_BYTES - self._bytes))
                if reached <= start + count:
                    count, full = reached - start, True
                self._bytes += int(sizes[start + count] - sizes[start])
            self._held.append(rows.slice(start, count))
            self._rows += count
            start += count
            if full:
                group = self.rest()
                if group is not None:
                    yield group

    def rest(self) -> pa.Table | None:
        """Return what is held, if anything, and hold nothing."""
        if not self._held:
            return None
        group = pa.concat_tables(self._held).combine_chunks()
        self._held, self._rows, self._bytes = [], 0, 0
        return group

    def _sizes(self, rows: pa.Table) -> "np.ndarray[tuple[int], np.dtype[np.int64]] | None":
        """Return the bytes of the long column before each row, and of all rows at the end."""
        if self._weighed is None:
            return None
        lengths = pc.binary_length(rows[self._weighed]).fill_null(0)
        return np.concatenate(([0], np.cumsum(lengths.to_numpy(), dtype=np.int64)))
