"""CSV on the Web metadata (W3C, 2015) derived from the record classes."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from opendata.model.codes import CODES
from opendata.model.columns import Column, Record, Text
from opendata.model.table_schema import ForeignKey, csv_columns, foreign_keys
from opendata.model.terms import expand

CONTEXT: list[Any] = ["http://www.w3.org/ns/csvw", {"@language": "en"}]

CSVW_DIALECT: dict[str, Any] = {
    "encoding": "utf-8",
    "delimiter": ",",
    "lineTerminators": ["\n"],
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
    "headerRowCount": 1,
    "skipInitialSpace": False,
    "trim": False,
}
"""How the CSV files are written. The header line holds the names, which are therefore also among the titles."""

_DATATYPES: dict[type, str] = {
    str: "string",
    int: "integer",
    bool: "boolean",
    date: "date",
    datetime: "dateTime",
    Decimal: "decimal",
}


def csvw_table(record: type[Record]) -> dict[str, Any]:
    """Return the CSVW description of a table's CSV file, `url` relative to the metadata file."""
    schema: dict[str, Any] = {"columns": [_column(column) for column in csv_columns(record)]}
    if record.key():
        schema["primaryKey"] = list(record.key())
    keys = [
        {
            "columnReference": list(key.columns),
            "reference": {"resource": f"{key.table}.csv", "columnReference": list(key.target)},
        }
        for key in foreign_keys(record)
        if not _may_be_null(record, key)
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "url": f"{record.table}.csv",
        "dc:title": languages(record.table_label),
        "dc:description": languages(record.table_about),
        "dialect": CSVW_DIALECT,
        "tableSchema": schema,
    }


def languages(text: Text) -> list[dict[str, str]]:
    """Return a text as the two values of a common property, each with its language."""
    return [{"@value": text.zh, "@language": "zh"}, {"@value": text.en, "@language": "en"}]


def _may_be_null(record: type[Record], key: ForeignKey) -> bool:
    """Tell whether a reference may be empty: CSVW has no words for that, and strict validators refuse it."""
    return any(column.nullable for column in csv_columns(record) if column.name in key.columns)


def _column(column: Column) -> dict[str, Any]:
    meta = column.meta
    described: dict[str, Any] = {
        "name": column.name,
        "titles": {"en": [column.name, meta.en], "zh": [column.name, meta.zh]},
        "datatype": _datatype(column),
        "required": not column.nullable,
        "null": "",
    }
    if meta.about:
        described["dc:description"] = languages(meta.about)
    if meta.rdf:
        described["propertyUrl"] = expand(meta.rdf)
    return described


def _datatype(column: Column) -> Any:
    if column.is_list:
        return "json"
    if column.meta.codes:
        return {"base": "string", "format": "|".join(re.escape(code) for code in CODES[column.meta.codes])}
    return _DATATYPES[column.python_type]
