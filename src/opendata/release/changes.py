"""`changes.parquet`: which documents were added, changed or withdrawn against the release before."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from opendata.emit.sink import Sink, WrittenFile

NAME = "changes.parquet"
CHANGES = pa.schema(
    [
        pa.field("document_id", pa.string(), nullable=False),
        pa.field("change", pa.string(), nullable=False),
        pa.field("cause", pa.string(), nullable=False),
        pa.field("title", pa.string(), nullable=False),
    ]
)
"""`change` is added, changed or withdrawn; `cause` is `source` where the raw file is another one, `reading` where the same
bytes now say something else (the program, its vocabulary or the corpus around it changed)."""

_COLUMNS = ["document_id", "record_sha256", "source_id", "title"]


def write_changes(latest: Path, earlier: Path | None) -> WrittenFile:
    """Write the changes of the release in `latest` against the one in `earlier` (none: no rows: all is new)."""
    rows: list[dict[str, str]] = []
    if earlier is not None:
        rows = _compare(_documents(earlier), _documents(latest))
    sink = Sink(latest, NAME)
    pq.write_table(pa.Table.from_pylist(rows, CHANGES), pa.PythonFile(sink, "w"), compression="zstd")
    return sink.report("application/vnd.apache.parquet", tables=(("changes", len(rows)),))


def keep_changes(latest: Path, earlier: Path) -> WrittenFile:
    """Take over the changes of `earlier`: the release in `latest` is the same one, so they still tell how it came about."""
    data = (earlier / NAME).read_bytes()
    sink = Sink(latest, NAME)
    sink.write(data)
    rows = pq.read_metadata(earlier / NAME).num_rows
    return sink.report("application/vnd.apache.parquet", tables=(("changes", rows),))


def _documents(folder: Path) -> dict[str, tuple[str, str, str]]:
    single = folder / "parquet" / "documents.parquet"
    paths = [single] if single.exists() else sorted((folder / "parquet" / "documents").glob("*.parquet"))
    found: dict[str, tuple[str, str, str]] = {}
    for path in paths:
        table = pq.read_table(path, columns=_COLUMNS)
        for identifier, *rest in zip(*(table[name].to_pylist() for name in _COLUMNS), strict=True):
            found[identifier] = (rest[0], rest[1], rest[2])
    return found


def _compare(before: dict[str, tuple[str, str, str]], after: dict[str, tuple[str, str, str]]) -> list[dict[str, str]]:
    rows = []
    for identifier in sorted(before.keys() | after.keys()):
        old, new = before.get(identifier), after.get(identifier)
        if old is None and new is not None:
            change, cause, title = "added", "source", new[2]
        elif new is None and old is not None:
            change, cause, title = "withdrawn", "source", old[2]
        elif old is not None and new is not None and old[0] != new[0]:
            change, cause, title = "changed", "source" if old[1] != new[1] else "reading", new[2]
        else:
            continue
        rows.append({"document_id": identifier, "change": change, "cause": cause, "title": title})
    return rows
