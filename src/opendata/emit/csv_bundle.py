"""CSV: one file per table, its Data Package and CSVW descriptions, and all of it in one zip.

RFC 4180 but for LF at the end of a line (the dialect says so). Text is always in quotation marks; numbers, dates,
booleans and nulls never are, so an empty field is null and nothing else. pyarrow's own CSV writer would print decimals
with all their zeros and instants without the T, and takes no lists: lines of tables with such columns are joined here.
"""

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from opendata.config import LICENCES, Pipeline
from opendata.emit.compress import open_entry
from opendata.emit.sink import Sink, WrittenFile
from opendata.emit.text_columns import content, replace_rows, rows_of, shortened
from opendata.emit.writer import Slice
from opendata.model.columns import Record, Text
from opendata.model.csvw import CONTEXT, csvw_table, languages
from opendata.model.identifiers import resource as iri
from opendata.model.table_schema import bilingual, csv_columns, csv_records, resource

PACKAGE_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
BATCH_ROWS = 4_096
"""Rows that are turned into lines at once."""

_WITHOUT_HEADER = arrow_csv.WriteOptions(include_header=False, batch_size=BATCH_ROWS)
_COPY_BYTES = 1 << 20


class CsvWriter:
    """Writes `csv/<table>.csv`, `csv/datapackage.json`, `csv/csv-metadata.json` and `<dataset>-csv.zip`.

    Tables without a CSV column beyond `document_id` are left out; the others are written also without rows.
    """

    def __init__(self, root: Path, pipeline: Pipeline) -> None:
        self._root = root
        self._pipeline = pipeline
        self._files = {record.table: _CsvFile(root, record) for record in csv_records()}

    def write(self, rows: Slice) -> None:
        """Take the next slice."""
        for table, file in self._files.items():
            if table in rows:
                file.write(rows[table])

    def finish(self) -> list[WrittenFile]:
        """Close the files, describe them, pack them, and report all."""
        files = [file.finish(50 + position) for position, file in enumerate(self._files.values())]
        descriptions = [
            self._describe("datapackage.json", "application/json", PACKAGE_PROFILE, self._data_package(files)),
            self._describe("csv-metadata.json", "application/csvm+json", "http://www.w3.org/ns/csvw", self._csvw()),
        ]
        return [self._zip(files, descriptions), *files, *descriptions]

    def _describe(self, name: str, media_type: str, conforms_to: str, described: dict[str, Any]) -> WrittenFile:
        with Sink(self._root, f"csv/{name}") as sink:
            sink.write((json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
            return sink.report(media_type, conforms_to=conforms_to)

    def _data_package(self, files: list[WrittenFile]) -> dict[str, Any]:
        dataset, site = self._pipeline.dataset, self._pipeline.site
        publisher = {"title": _both(dataset.publisher.name), "roles": ["publisher"]}
        if dataset.publisher.url:
            publisher["path"] = dataset.publisher.url
        contact = {"title": dataset.contact.name, "email": dataset.contact.email, "roles": ["contactPerson"]}
        return {
            "$schema": PACKAGE_PROFILE,
            "name": dataset.id,
            "id": iri(site.id_base, "dataset", dataset.id),
            "title": _both(dataset.title),
            "description": _both(dataset.description, "\n\n"),
            "keywords": [*dataset.keywords.zh, *dataset.keywords.en],
            "contributors": [publisher, contact],
            "licenses": [{"name": dataset.licence, "path": LICENCES[dataset.licence]}],
            "resources": [
                resource(record, file.byte_count, file.sha256)
                for record, file in zip(csv_records(), files, strict=True)
            ],
        }

    def _csvw(self) -> dict[str, Any]:
        dataset = self._pipeline.dataset
        return {
            "@context": CONTEXT,
            "dc:title": languages(Text(dataset.title.zh, dataset.title.en)),
            "dc:description": languages(Text(dataset.description.zh, dataset.description.en)),
            "dc:license": {"@id": LICENCES[dataset.licence]},
            "tables": [csvw_table(record) for record in csv_records()],
        }

    def _zip(self, files: list[WrittenFile], descriptions: list[WrittenFile]) -> WrittenFile:
        with Sink(self._root, f"{self._pipeline.dataset.id}-csv.zip") as sink:
            with ZipFile(sink, "w") as archive:
                for file in sorted([*files, *descriptions], key=lambda file: file.path):
                    _pack(archive, self._root / file.path, file.byte_count)
            return sink.report(
                "text/csv",
                title_zh="全部表格（CSV，ZIP 压缩包）",
                title_en="All tables (CSV in a ZIP file)",
                tables=tuple(rows for file in files for rows in file.tables),
                package_format="application/zip",
                rank=10,
            )


def _both(text: Any, joint: str = " / ") -> str:
    return bilingual(Text(text.zh, text.en), joint)


def _pack(archive: ZipFile, path: Path, size: int) -> None:
    """Add a file under its bare name."""
    with open_entry(archive, path.name, size) as target, path.open("rb") as source:
        while block := source.read(_COPY_BYTES):
            target.write(block)


class _CsvFile:
    """One CSV file that is being written."""

    def __init__(self, root: Path, record: type[Record]) -> None:
        self._record = record
        self._names = [column.name for column in csv_columns(record)]
        self._rows = 0
        self._sink = Sink(root, f"csv/{record.table}.csv")
        self._sink.write((",".join(self._names) + "\n").encode("ascii"))

    def write(self, rows: pa.Table) -> None:
        for batch in rows.select(self._names).to_batches(max_chunksize=BATCH_ROWS):
            if batch.num_rows:
                self._sink.write(csv_lines(batch))
                self._rows += batch.num_rows

    def finish(self, rank: int) -> WrittenFile:
        label = self._record.table_label
        return self._sink.report(
            "text/csv",
            title_zh=f"{label.zh}（CSV）",
            title_en=f"{label.en} (CSV)",
            tables=((self._record.table, self._rows),),
            rank=rank,
        )


def csv_lines(batch: pa.RecordBatch) -> memoryview:
    """Return the CSV lines of a batch of public rows, each with its LF, as UTF-8.

    pyarrow's writer, the fastest, takes what it prints as it should; the rest is joined. Both give the same bytes.
    """
    if all(map(_is_plain, batch.schema.types)):
        lines = pa.BufferOutputStream()
        arrow_csv.write_csv(batch, lines, _WITHOUT_HEADER)
        return memoryview(lines.getvalue())
    return joined_lines(batch)


def _is_plain(kind: pa.DataType) -> bool:
    """Tell whether pyarrow's CSV writer prints values of this type as the bundle has them."""
    plain = (pa.types.is_string, pa.types.is_integer, pa.types.is_boolean, pa.types.is_date)
    return any(is_kind(kind) for is_kind in plain)


def joined_lines(batch: pa.RecordBatch) -> memoryview:
    """Return what `csv_lines` does, for columns of any type."""
    fields = [csv_field(column) for column in batch.columns]
    fields[-1] = pc.binary_join_element_wise(pc.fill_null(fields[-1], ""), "\n", "")
    lines = pc.binary_join_element_wise(*fields, ",", null_handling="replace", null_replacement="")
    return content(lines)


def csv_field(column: pa.Array) -> pa.Array:
    """Return a column as the text that stands between two commas; null stays null.

    Text and lists are quoted; see `csv_text`.
    """
    text = csv_text(column)
    return _quoted(text) if pa.types.is_string(column.type) or pa.types.is_list(column.type) else text


def csv_text(column: pa.Array) -> pa.Array:
    """Return a column as the text of its CSV fields before any quoting; null stays null.

    Lists become JSON arrays; decimals lose trailing zeros; instants are ISO 8601 with Z.
    """
    kind = column.type
    if pa.types.is_string(kind):
        return column
    if pa.types.is_list(kind):
        return _json_arrays(column)
    text = column.cast(pa.string())
    if pa.types.is_decimal(kind):
        return shortened(text)
    if pa.types.is_timestamp(kind):
        plain = shortened(pc.utf8_rtrim(text, "Z"))
        return pc.binary_join_element_wise(pc.replace_substring(plain, " ", "T"), "Z", "")
    return text


def _quoted(text: pa.Array) -> pa.Array:
    """Put text in quotation marks and double those in it."""
    marks = np.flatnonzero(np.frombuffer(content(text), np.uint8) == ord('"'))
    if len(marks):
        touched = rows_of(text, marks)
        text = replace_rows(text, touched, pc.replace_substring(text.take(pa.array(touched)), '"', '""'))
    return pc.binary_join_element_wise('"', text, '"', "")


def _json_arrays(lists: pa.Array) -> pa.Array:
    """Return lists of strings as compact JSON arrays, in UTF-8 without escapes that JSON does not ask for."""
    if lists.null_count == len(lists):
        return pa.nulls(len(lists), pa.string())
    return pa.array(
        [None if row is None else orjson.dumps(row).decode("utf-8") for row in lists.to_pylist()], pa.string()
    )
