"""Parquet files: exact schema, fixed bytes, read alike by several programs."""

from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from invented_tables import PIPELINE, slices, tables

from opendata.emit import parquet
from opendata.emit.parquet import ParquetWriter
from opendata.emit.sink import WrittenFile
from opendata.model.arrow import arrow_schema
from opendata.model.columns import SCHEMA_VERSION
from opendata.model.records import RECORDS, DocumentText, Quantity

DOCUMENTS = 60


def _write(root: Path, documents: int, per_slice: int) -> list[WrittenFile]:
    writer = ParquetWriter(root, PIPELINE)
    for part in slices(documents, per_slice):
        writer.write(part)
    return writer.finish()


def test_every_table_is_written_with_its_exact_schema_and_rows(tmp_path: Path) -> None:
    files = _write(tmp_path, DOCUMENTS, 13)
    expected = tables(DOCUMENTS)
    assert [file.path for file in files] == [f"parquet/{record.table}.parquet" for record in RECORDS]
    for record, file in zip(RECORDS, files, strict=True):
        found = pq.read_table(tmp_path / file.path)
        schema = arrow_schema(record)
        # Not compared: the name of list elements, which Parquet's specification fixes to 'element'.
        assert found.schema.equals(schema)
        assert found.schema.metadata == schema.metadata
        assert [field.metadata for field in found.schema] == [field.metadata for field in schema]
        assert pq.read_metadata(tmp_path / file.path).metadata[b"schema_version"] == SCHEMA_VERSION.encode()
        rows = expected.get(record.table, arrow_schema(record).empty_table())
        assert found.equals(rows)
        assert file.tables == ((record.table, rows.num_rows),)
        assert file.byte_count == (tmp_path / file.path).stat().st_size


def test_documents_come_first_in_the_order_of_distributions(tmp_path: Path) -> None:
    ranks = {file.tables[0][0]: file.rank for file in _write(tmp_path, 1, 1)}
    assert ranks.pop("documents") == 20
    assert all(rank is not None and rank > 20 for rank in ranks.values())


def test_a_run_without_any_rows_still_writes_every_table(tmp_path: Path) -> None:
    files = ParquetWriter(tmp_path, PIPELINE).finish()
    assert len(files) == len(RECORDS)
    assert all(pq.read_metadata(tmp_path / file.path).num_rows == 0 for file in files)


def test_bytes_do_not_depend_on_how_rows_were_sliced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP_ROWS", 17)
    monkeypatch.setattr(parquet, "TEXT_GROUP_ROWS", 7)
    monkeypatch.setattr(parquet, "GROUP_BYTES", 200)
    digests = {
        tuple((file.path, file.sha512) for file in _write(tmp_path / str(size), DOCUMENTS, size))
        for size in (1, 7, 13, DOCUMENTS)
    }
    assert len(digests) == 1


def test_a_row_group_ends_where_its_long_text_is_large_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "GROUP_BYTES", 1_000)
    writer = ParquetWriter(tmp_path, PIPELINE)
    rows = pa.table({"document_id": list("abcde"), "text": ["x" * 600] * 5}, schema=arrow_schema(DocumentText))
    for start in (0, 3):
        writer.write({"texts": rows.slice(start, 3)})
    writer.finish()
    metadata = pq.read_metadata(tmp_path / "parquet/texts.parquet")
    assert [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)] == [2, 2, 1]


def _quantities(count: int) -> pa.Table:
    rows = tables(1)["quantities"].slice(0, 1).to_pylist()[0]
    many = pa.Table.from_pylist([rows] * count, schema=arrow_schema(Quantity))
    return many.set_column(1, many.schema.field(1), pa.array(range(count), pa.int64()))


@pytest.mark.parametrize("per_slice", [999, 10_000, 36_000])
def test_a_large_table_becomes_a_folder_of_parts_cut_at_fixed_rows(tmp_path: Path, per_slice: int) -> None:
    output = PIPELINE.output.model_copy(update={"rows_per_file": 10_000})
    writer = ParquetWriter(tmp_path, PIPELINE.model_copy(update={"output": output}))
    rows = _quantities(36_000)
    for start in range(0, 36_000, per_slice):
        writer.write({"quantities": rows.slice(start, per_slice)})
    files = [file for file in writer.finish() if file.tables[0][0] == "quantities"]
    assert [file.path for file in files] == [f"parquet/quantities/part-{i:05d}.parquet" for i in range(4)]
    assert [file.tables for file in files] == [(("quantities", n),) for n in (10_000, 10_000, 10_000, 6_000)]
    assert not (tmp_path / "parquet/quantities.parquet").exists()
    assert pq.read_table(tmp_path / "parquet/quantities")["position"].to_pylist() == list(range(36_000))


def test_a_table_that_just_fits_stays_one_file(tmp_path: Path) -> None:
    output = PIPELINE.output.model_copy(update={"rows_per_file": 10_000})
    writer = ParquetWriter(tmp_path, PIPELINE.model_copy(update={"output": output}))
    writer.write({"quantities": _quantities(10_000)})
    assert "parquet/quantities.parquet" in {file.path for file in writer.finish()}


def test_pandas_polars_and_duckdb_read_the_same_values(tmp_path: Path) -> None:
    for file in _write(tmp_path, DOCUMENTS, 13):
        path = tmp_path / file.path
        expected = pq.read_table(path)
        assert pl.read_parquet(path).to_dicts() == expected.to_pylist()
        assert duckdb.sql(f"from read_parquet('{path}')").to_arrow_table().to_pylist() == expected.to_pylist()
        frame = pd.read_parquet(path)
        assert list(frame.columns) == expected.column_names
        assert len(frame) == expected.num_rows


def test_no_column_uses_what_some_readers_lack(tmp_path: Path) -> None:
    for file in _write(tmp_path, DOCUMENTS, 13):
        metadata = pq.read_metadata(tmp_path / file.path)
        for index in range(metadata.num_columns if metadata.num_row_groups else 0):
            chunk = metadata.row_group(0).column(index)
            assert chunk.compression == "ZSTD"
            assert set(chunk.encodings) <= {"PLAIN", "RLE", "RLE_DICTIONARY", "PLAIN_DICTIONARY"}
