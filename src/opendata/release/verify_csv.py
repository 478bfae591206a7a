"""Proofs of the CSV bundle: the same values as the Parquet, the same files in the zip, descriptions that hold."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pyarrow as pa
import pyarrow.csv as pacsv

from opendata.emit.csv_bundle import csv_text
from opendata.model.columns import Record
from opendata.model.table_schema import csv_columns, csv_records
from opendata.release.manifest import FileEntry, Manifest
from opendata.release.verify_tables import batches

_BLOCK_BYTES = 64 << 20
"""How much CSV is read at once; a row must fit into it, and no raw file is larger."""


def verify_csv(folder: Path, manifest: Manifest) -> list[str]:
    """Compare every CSV file with its Parquet table, and the zip and the Data Package with the CSV files."""
    entries = {entry.path: entry for entry in manifest.files if entry.path.startswith("csv/")}
    if not entries:
        return []
    problems = []
    for record in csv_records():
        path = f"csv/{record.table}.csv"
        difference = _difference(folder / path, folder, record) if path in entries else "missing / 缺失"
        if difference:
            problems.append(f"{path}: {difference}")
    problems += _verify_package(folder, entries)
    for entry in manifest.files:
        if entry.path.endswith(".zip"):
            problems += [f"{entry.path}: {problem}" for problem in _verify_zip(folder / entry.path, entries)]
    return problems


def _verify_package(folder: Path, entries: dict[str, FileEntry]) -> list[str]:
    """Compare what the Data Package says of bytes and digests with the manifest."""
    described = json.loads((folder / "csv/datapackage.json").read_bytes())["resources"]
    problems = []
    for resource in described:
        entry = entries.get(f"csv/{resource['path']}")
        if entry is None or resource["bytes"] != entry.bytes or not resource["hash"].endswith(entry.sha256):
            problems.append(f"csv/datapackage.json: {resource['path']} is another file / 与文件不符")
    return problems


def _verify_zip(path: Path, entries: dict[str, FileEntry]) -> list[str]:
    """Prove that the zip holds the files of `csv/` and nothing else, byte for byte."""
    expected = {name.removeprefix("csv/"): entry.sha256 for name, entry in entries.items()}
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
            if sorted(names) != sorted(expected):
                return [f"holds {len(names)} files, not those of csv/ / 与 csv/ 中的文件不符"]
            return [
                f"{name} is not the file in csv/ / 与 csv/ 中的文件不符"
                for name in names
                if _digest_in(archive, name) != expected[name]
            ]
    except (BadZipFile, OSError, NotImplementedError) as error:
        return [f"does not open / 无法打开: {error}"]


def _digest_in(archive: ZipFile, name: str) -> str:
    digest = sha256()
    with archive.open(name) as member:
        while chunk := member.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def _difference(path: Path, folder: Path, record: type[Record]) -> str | None:
    """Compare a CSV file with its Parquet table value by value, as the strings that CSV writes; null is null in both."""
    names = [column.name for column in csv_columns(record)]
    convert = pacsv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()),
        strings_can_be_null=True,
        null_values=[""],
        quoted_strings_can_be_null=False,
    )
    parse = pacsv.ParseOptions(newlines_in_values=True)
    read = pacsv.ReadOptions(block_size=_BLOCK_BYTES)
    with pacsv.open_csv(path, read, parse, convert) as stream:
        if stream.schema.names != names:
            return f"columns are {stream.schema.names}, not {names} / 列不符"
        found = _Rows(batch for batch in stream)
        for batch in batches(folder, record.table, names):
            other = found.take(len(batch))
            for position, name in enumerate(names):
                expected = csv_text(batch.column(position))
                if other is None or not expected.equals(other.column(position).combine_chunks().cast(pa.string())):
                    return f"{name} differs from the Parquet / 与 Parquet 不一致"
        return None if found.take(1) is None else "more rows than the Parquet / 行数多于 Parquet"


class _Rows:
    """Record batches taken in other sizes than they come in."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self._held: pa.Table | None = None

    def take(self, count: int) -> pa.Table | None:
        """Return the next `count` rows, None where there are not as many."""
        while self._held is None or len(self._held) < count:
            batch = next(self._batches, None)
            if batch is None:
                return None
            table = pa.Table.from_batches([batch])
            self._held = table if self._held is None else pa.concat_tables([self._held, table])
        taken, self._held = self._held.slice(0, count), self._held.slice(count)
        return taken
