"""Part files: the tables of one fragment as Arrow IPC streams, one behind the other, in the order of their names."""

import os
from collections.abc import Collection, Mapping
from pathlib import Path

import pyarrow as pa


def write_part(path: Path, tables: Mapping[str, pa.Table]) -> None:
    """Write the tables of a fragment; the file appears under its name only when it is whole."""
    scratch = path.with_suffix(".writing")
    with pa.OSFile(str(scratch), "wb") as file:
        for name in sorted(tables):
            table = tables[name]
            with pa.ipc.new_stream(file, table.schema.with_metadata({"name": name})) as stream:
                stream.write_table(table)
    os.replace(scratch, path)


def read_part(path: Path, names: Collection[str] | None = None) -> dict[str, pa.Table]:
    """Read the tables of a fragment.

    Those named are views of the mapped file: cheap, but whoever keeps one keeps the whole file in memory. Without names all
    are read, each into memory of its own, so that writers may hold some rows back.
    """
    tables: dict[str, pa.Table] = {}
    with pa.OSFile(str(path)) if names is None else pa.memory_map(str(path)) as file:
        size = file.size()
        while file.tell() < size:
            with pa.ipc.open_stream(file) as stream:
                table = stream.read_all()
            name = table.schema.metadata[b"name"].decode()
            if names is None or name in names:
                tables[name] = table.replace_schema_metadata(None)
    return tables
