"""Whatever is derived from the record classes says the same columns, in the same order, with corresponding types."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from opendata.emit.csv_bundle import CsvWriter, csv_lines
from opendata.emit.parquet import ParquetWriter
from opendata.model.arrow import arrow_schema
from opendata.model.codes import CODES
from opendata.model.columns import Column, Record
from opendata.model.csvw import csvw_table
from opendata.model.dictionary import LANGUAGES, dictionary, page
from opendata.model.records import BY_TABLE, RECORDS
from opendata.model.table_schema import csv_columns, csv_records, foreign_keys, table_schema

DOCS = Path(__file__).resolve().parents[2] / "docs"

TYPES: dict[str, tuple[str, str]] = {
    "string": ("string", "string"),
    "int64": ("integer", "integer"),
    "bool": ("boolean", "boolean"),
    "date32[day]": ("date", "date"),
    "timestamp[us, tz=UTC]": ("datetime", "dateTime"),
    "decimal128(38, 6)": ("number", "decimal"),
    "list<item: string>": ("array", "json"),
}
"""Arrow type → (type of Table Schema, datatype of CSVW)."""

SAMPLES: dict[type, Any] = {
    str: '甲,"乙"\n𠮷😀',
    int: 7,
    bool: True,
    Decimal: Decimal("1234.500000"),
    date: date(2024, 2, 29),
    datetime: datetime(2024, 2, 29, 1, 2, 3, 500000, tzinfo=UTC),
}

every_record = pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.table)
every_csv_record = pytest.mark.parametrize("record", csv_records(), ids=lambda record: record.table)


def _sample(column: Column) -> Any:
    value = next(iter(CODES[column.meta.codes])) if column.meta.codes else SAMPLES[column.python_type]
    return [value, value] if column.is_list else value


def _rows(record: type[Record]) -> list[dict[str, Any]]:
    """Return one row with every value and one with nulls wherever they may be."""
    full = {column.name: _sample(column) for column in record.columns()}
    return [full, {c.name: None if c.nullable else full[c.name] for c in record.columns()}]


@every_csv_record
def test_all_schemas_name_the_same_columns_with_corresponding_types(record: type[Record]) -> None:
    declared = csv_columns(record)
    arrow = [arrow_schema(record).field(column.name) for column in declared]
    fields = table_schema(record)["fields"]
    columns = csvw_table(record)["tableSchema"]["columns"]
    names = [column.name for column in declared]
    assert [field.name for field in arrow] == names
    assert [field["name"] for field in fields] == names
    assert [column["name"] for column in columns] == names
    for described, field, column in zip(arrow, fields, columns, strict=True):
        datatype = column["datatype"]
        base = datatype["base"] if isinstance(datatype, dict) else datatype
        assert (field["type"], base) == TYPES[str(described.type)]
        assert field.get("constraints", {}).get("required", False) is not described.nullable
        assert column["required"] is not described.nullable


@every_record
def test_arrow_has_the_declared_columns_in_their_order(record: type[Record]) -> None:
    assert arrow_schema(record).names == list(record.model_fields)


@every_csv_record
def test_keys_and_closed_lists_agree(record: type[Record]) -> None:
    schema, described = table_schema(record), csvw_table(record)["tableSchema"]
    assert schema.get("primaryKey", []) == described.get("primaryKey", []) == list(record.key())
    for column, field, other in zip(csv_columns(record), schema["fields"], described["columns"], strict=True):
        if column.meta.codes:
            assert field["constraints"]["enum"] == list(CODES[column.meta.codes])
            assert other["datatype"]["format"].split("|") == list(CODES[column.meta.codes])


@every_csv_record
def test_titles_are_given_in_both_languages_and_match_the_header_line(record: type[Record]) -> None:
    for column, described in zip(csv_columns(record), csvw_table(record)["tableSchema"]["columns"], strict=True):
        assert described["titles"] == {"en": [column.name, column.meta.en], "zh": [column.name, column.meta.zh]}


@every_record
def test_every_reference_names_a_column_that_exists(record: type[Record]) -> None:
    for column in record.columns():
        if column.meta.ref:
            table, _, name = column.meta.ref.partition(".")
            assert name in BY_TABLE[table].model_fields


@every_csv_record
def test_foreign_keys_name_a_whole_key_and_columns_of_their_own(record: type[Record]) -> None:
    for key in foreign_keys(record):
        assert key.target == BY_TABLE[key.table].key()
        assert set(key.columns) <= {column.name for column in csv_columns(record)}


def test_references_that_validators_can_check_are_declared() -> None:
    assert {key.table for key in foreign_keys(BY_TABLE["document_bodies"])} == {"documents", "organisations"}
    assert foreign_keys(BY_TABLE["issues"])[0].target == ("source_id", "path")
    # A parent is named by a part of the key that may be null.
    assert {key.table for key in foreign_keys(BY_TABLE["sections"])} == {"documents"}


def test_written_headers_are_the_declared_columns(tmp_path: Path) -> None:
    from opendata.config import Pipeline

    words = {"zh": "甲", "en": "A"}
    pipeline = Pipeline.model_validate({
        "dataset": {
            "id": "invented", "title": words, "description": words, "keywords": {"zh": ["甲"], "en": ["a"]},
            "publisher": {"name": words}, "contact": {"name": "甲", "email": "a@b.example"}, "licence": "CC0-1.0",
            "themes": ["GOVE"],
        },
        "site": {"base_url": "https://b.example", "id_base": "https://b.example"},
        "inputs": ["raw"],
    })  # fmt: skip
    CsvWriter(tmp_path, pipeline).finish()
    ParquetWriter(tmp_path, pipeline).finish()
    for record in csv_records():
        header = (tmp_path / f"csv/{record.table}.csv").read_text(encoding="utf-8")
        assert header == ",".join(column.name for column in csv_columns(record)) + "\n"
    assert {path.stem for path in (tmp_path / "parquet").iterdir()} == set(BY_TABLE)


@every_record
def test_rows_that_went_through_arrow_are_valid_records(record: type[Record]) -> None:
    rows = _rows(record)
    back = pa.Table.from_pylist(rows, schema=arrow_schema(record)).to_pylist()
    assert back == rows
    assert [record.model_validate(row).model_dump() for row in back] == rows


@every_csv_record
def test_every_type_of_column_can_be_written_as_csv(record: type[Record]) -> None:
    table = pa.Table.from_pylist(_rows(record), schema=arrow_schema(record))
    batch = table.select([column.name for column in csv_columns(record)]).combine_chunks().to_batches()[0]
    assert bytes(csv_lines(batch)).endswith(b"\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_dictionary_on_disk_is_what_the_model_says(language: Any) -> None:
    written = (DOCS / page(language)).read_text(encoding="utf-8")
    assert written == dictionary(language), "stale: run python -m opendata.model.dictionary docs"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_dictionary_names_every_table_column_and_code(language: Any) -> None:
    text = dictionary(language)
    for record in RECORDS:
        assert f'<a id="{record.table}"></a>' in text
        for column in record.columns():
            assert f"| `{column.name}` |" in text
    assert all(f"| `{code}` |" in text for codes in CODES.values() for code in codes)
