"""Invented rows of every table, with the characters that writers trip over."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from opendata.config import Pipeline
from opendata.model.arrow import arrow_schema
from opendata.model.codes import CODES
from opendata.model.columns import Column, Record
from opendata.model.records import RECORDS

NASTY = (
    '带"引号"的', "两行\n文字", "回车\r\n换行", "逗号,分号;", "=1+1", "+86", "-3", "@at", "𠮷野家𡘙", "表情😀", '"',
    "'单引", "制表\t符", " 首尾空格 ", "007", "1e5", "true", "NULL", "NA", "_x0041_", "<b>&amp;</b>", "\\反斜线\\n",
    "#注释", "行分隔\u2028符",
)  # fmt: skip

PIPELINE = Pipeline.model_validate({
    "dataset": {
        "id": "lakeside-notices",
        "title": {"zh": "湖滨镇公文", "en": "Notices of Lakeside"},
        "description": {"zh": "虚构的湖滨镇公开的文件。", "en": "Documents of Lakeside, an invented town."},
        "keywords": {"zh": ["公文"], "en": ["notices"]},
        "publisher": {"name": {"zh": "湖滨镇人民政府", "en": "Lakeside Town"}, "url": "https://lakeside.example"},
        "contact": {"name": "湖滨镇办公室", "email": "data@lakeside.example"},
        "licence": "CC-BY-4.0",
        "themes": ["GOVE"],
    },
    "site": {"base_url": "https://lakeside.example/data", "id_base": "https://lakeside.example"},
    "inputs": ["raw"],
})  # fmt: skip

_GLOBAL = ("organisations", "concepts")
_NUMBERS = ("0", "1", "-0.5", "0.000001", "100", "1234567890.25", "99999999999999999999999999999999.999999")


def _value(chance: random.Random, record: type[Record], column: Column, row: int, document: int) -> Any:
    """Return a value that keeps keys unique and references whole, and is else as nasty as it can be."""
    name, kind = column.name, column.python_type
    if name == "document_id":
        return f"doc-{document:05d}"
    if name == "source_id":
        return f"source-{document:05d}"
    if name in ("organisation_id", "concept_id"):
        return f"{name[:3]}-{row}"
    if name in ("parent_id", "broader_id", "target_document_id") or (column.nullable and chance.random() < 0.3):
        return None
    if name == "path":
        return f"raw/{document}.txt"
    if column.meta.codes:
        return chance.choice(list(CODES[column.meta.codes]))
    if column.is_list:
        return chance.choices(NASTY, k=chance.randrange(4))
    if kind is str:
        return f"{row}{chance.choice(NASTY)}" if column.meta.key else chance.choice(NASTY)
    if kind is int:
        return row if column.meta.key else chance.choice((0, 1, 7, 123456))
    if kind is bool:
        return chance.random() < 0.5
    if kind is Decimal:
        return Decimal(chance.choice(_NUMBERS))
    if kind is date:
        return date(chance.choice((1899, 1949, 2024)), 2, chance.randrange(1, 29))
    return datetime(2024, 2, 29, 1, 2, 3, chance.choice((0, 120000, 123456)), tzinfo=UTC)


def rows_per_document(record: type[Record]) -> int:
    """Return how many rows each document has in a table."""
    return 1 if record.table in ("documents", "texts", "sources") else 3


def _rows(record: type[Record], documents: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(record.table)
    for document in range(1 if record.table in _GLOBAL else documents):
        for row in range(rows_per_document(record)):
            yield {column.name: _value(chance, record, column, row, document) for column in record.columns()}


def tables(documents: int) -> dict[str, pa.Table]:
    """Return rows of so many invented documents in every table but two, which stay empty."""
    return {
        record.table: pa.Table.from_pylist(list(_rows(record, documents)), schema=arrow_schema(record))
        for record in RECORDS
        if record.table not in ("indicators", "attachments")
    }


def slices(documents: int, per_slice: int) -> list[dict[str, pa.Table]]:
    """Return `tables(documents)` cut into slices of whole documents, the global tables in the last."""
    whole = tables(documents)
    found: list[dict[str, pa.Table]] = []
    for start in range(0, documents, per_slice):
        part = {}
        for table, rows in whole.items():
            if table not in _GLOBAL:
                each = rows.num_rows // documents
                part[table] = rows.slice(start * each, per_slice * each)
            elif start + per_slice >= documents:
                part[table] = rows
        found.append(part)
    return found
