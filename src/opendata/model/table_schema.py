"""Table Schema and Data Resource descriptions (Data Package 2.0) derived from the record classes."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from opendata.model.codes import CODES
from opendata.model.columns import Column, Record, Text
from opendata.model.records import BY_TABLE, RECORDS
from opendata.model.terms import expand

TABLE_SCHEMA_PROFILE = "https://datapackage.org/profiles/2.0/tableschema.json"
TABLE_DIALECT_PROFILE = "https://datapackage.org/profiles/2.0/tabledialect.json"

DIALECT: dict[str, Any] = {
    "$schema": TABLE_DIALECT_PROFILE,
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}
"""How the CSV files are written (RFC 4180, but for LF at the end of a line)."""

_TYPES: dict[type, str] = {
    str: "string",
    int: "integer",
    bool: "boolean",
    date: "date",
    datetime: "datetime",
    Decimal: "number",
}


class ForeignKey(NamedTuple):
    """Columns of one table that repeat, in this order, the key of another (or of the same) table."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]


@cache
def csv_columns(record: type[Record]) -> tuple[Column, ...]:
    """Return the columns that the CSV file has, in their public order."""
    return tuple(column for column in record.columns() if column.meta.csv)


@cache
def csv_records() -> tuple[type[Record], ...]:
    """Return the tables that the CSV bundle has: those with a column beyond `document_id`."""
    return tuple(record for record in RECORDS if [c.name for c in csv_columns(record)] != ["document_id"])


@cache
def foreign_keys(record: type[Record]) -> tuple[ForeignKey, ...]:
    """Return the references that validators can check: those that name the whole key of their target.

    A key of several columns is left out where one of them may be null, since validators disagree on keys that are null
    in part, and where the table lacks a part of it: a reference must find exactly one row.
    """
    by_name = {column.name: column for column in csv_columns(record)}
    found = []
    for column in csv_columns(record):
        if column.meta.ref is None:
            continue
        table, _, name = column.meta.ref.partition(".")
        target = BY_TABLE[table].key()
        if name not in target:
            raise ValueError(f"{record.table}.{column.name}: {column.meta.ref} is no part of the key of {table}")
        local = [by_name.get(part) if part != name else column for part in target]
        columns = [part for part in local if part is not None]
        whole = len(columns) == len(target)
        if whole and (len(target) == 1 or not any(part.nullable for part in columns)):
            found.append(ForeignKey(tuple(part.name for part in columns), table, target))
    return tuple(found)


def bilingual(text: Text, joint: str = " / ") -> str:
    """Return both languages of a text in one string, for formats that have room for one."""
    return f"{text.zh}{joint}{text.en}"


def table_schema(record: type[Record]) -> dict[str, Any]:
    """Return the Table Schema of a table's CSV file; null is the empty field, a list is a JSON array."""
    schema: dict[str, Any] = {
        "$schema": TABLE_SCHEMA_PROFILE,
        "fields": [_field(column) for column in csv_columns(record)],
        "missingValues": [""],
    }
    if record.key():
        schema["primaryKey"] = list(record.key())
    keys = [
        {
            "fields": list(key.columns),
            # The empty name is how Table Schema spells "this same table".
            "reference": {"resource": "" if key.table == record.table else key.table, "fields": list(key.target)},
        }
        for key in foreign_keys(record)
    ]
    if keys:
        schema["foreignKeys"] = keys
    return schema


def resource(record: type[Record], byte_count: int, sha256: str) -> dict[str, Any]:
    """Return the Data Resource of a table's CSV file of this size and this SHA-256 (hexadecimal)."""
    return {
        "name": record.table,
        "type": "table",
        "path": f"{record.table}.csv",
        "title": bilingual(record.table_label),
        "description": bilingual(record.table_about),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": byte_count,
        "hash": f"sha256:{sha256}",
        "dialect": DIALECT,
        "schema": table_schema(record),
    }


def _field(column: Column) -> dict[str, Any]:
    meta = column.meta
    field: dict[str, Any] = {
        "name": column.name,
        "type": "array" if column.is_list else _TYPES[column.python_type],
        "title": bilingual(Text(meta.zh, meta.en)),
    }
    about = [bilingual(meta.about)] if meta.about else []
    if meta.unit:
        about.append(f"单位 / Unit: {meta.unit}")
    if about:
        field["description"] = "; ".join(about)
    if meta.rdf:
        field["rdfType"] = expand(meta.rdf)
    constraints: dict[str, Any] = {}
    if not column.nullable:
        constraints["required"] = True
    if meta.codes:
        constraints["enum"] = list(CODES[meta.codes])
        field["categories"] = [{"value": code, "label": bilingual(label)} for code, label in CODES[meta.codes].items()]
    if constraints:
        field["constraints"] = constraints
    return field
