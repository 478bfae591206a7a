"""Arrow schemas derived from the record classes, and the scratch form that `convert()` yields.

In the scratch form a document is known only by its ordinal in the fragment (`doc`, int32): ids are minted by merge.
"""

from datetime import date, datetime
from decimal import Decimal
from functools import cache

import pyarrow as pa

from opendata.model.columns import SCHEMA_VERSION, Column, Record

DECIMAL = pa.decimal128(38, 6)

_TYPES: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
    Decimal: DECIMAL,
}


def arrow_type(column: Column) -> pa.DataType:
    """Return the Arrow type of a declared column."""
    plain = _TYPES[column.python_type]
    return pa.list_(plain) if column.is_list else plain


@cache
def arrow_schema(record: type[Record]) -> pa.Schema:
    """Return the public schema of a table, with labels in the fields' metadata and the version in the schema's."""
    fields = [
        pa.field(
            column.name,
            arrow_type(column),
            column.nullable,
            {"label_zh": column.meta.zh, "label_en": column.meta.en},
        )
        for column in record.columns()
    ]
    return pa.schema(fields, {"schema_version": SCHEMA_VERSION, "table": record.table})


DOC = pa.field("doc", pa.int32())


@cache
def scratch_schema(record: type[Record]) -> pa.Schema:
    """Return the schema of a table as `convert()` fills it: `doc` first, then the columns that need no merge."""
    fields = [pa.field(column.name, arrow_type(column)) for column in record.columns() if not column.meta.by_merge]
    return pa.schema([DOC, *fields])
