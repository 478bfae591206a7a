"""Proofs of a release: digests, row counts, references, and the same facts in every format."""

import gzip
import json
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pyoxigraph as ox

from opendata.emit.csv_bundle import csv_text
from opendata.emit.sink import WrittenFile
from opendata.errors import ReleaseError
from opendata.model.arrow import arrow_schema
from opendata.model.columns import Record
from opendata.model.records import BY_TABLE, RECORDS
from opendata.release.manifest import NAME, Manifest, read_manifest

Report = Callable[[str], None]

_ARRAY_BYTES = 64 << 20
_CATALOGUES = {
    "catalog.ttl": ox.RdfFormat.TURTLE,
    "catalog.rdf": ox.RdfFormat.RDF_XML,
    "catalog.jsonld": ox.RdfFormat.JSON_LD,
    "catalog.nt": ox.RdfFormat.N_TRIPLES,
}


def verify_written(latest: Path, files: Sequence[WrittenFile], rows: dict[str, int]) -> None:
    """Check a release before the switch: every file has its size, and all formats hold the same number of rows.

    Raises ReleaseError; the release must not be switched to then.
    """
    for file in files:
        size = (latest / file.path).stat().st_size
        if size != file.byte_count:
            raise ReleaseError(f"{file.path}: {size} bytes on disk, {file.byte_count} written")
        for table, count in file.tables:
            whole = not file.path.startswith(f"parquet/{table}/")
            if whole and table in rows and count != rows[table] and not file.path.endswith(".xlsx"):
                raise ReleaseError(f"{file.path}: {count} rows of {table}, the release has {rows[table]}")
    missing = [record.table for record in RECORDS if not _parquet_paths(latest, record.table)]
    if missing:
        raise ReleaseError(f"tables not written: {', '.join(missing)}")


def verify(output: Path, report: Report = lambda line: None) -> list[str]:
    """Prove every release that hangs from `output` (or the one release in that folder); returns what is wrong.

    `report` is told what has been proved, a line for each step.
    """
    if (output / NAME).exists():
        return [f"{output.name}: {problem}" for problem in _verify_release(output, report)]
    folders = sorted(path.parent for path in output.glob("*/latest/manifest.json"))
    folders += sorted(path.parent for path in output.glob("*/versions/*/manifest.json"))
    if not folders:
        return [f"{output}: no release here / 此处没有发布"]
    problems = []
    for folder in folders:
        name = folder.relative_to(output).as_posix()
        problems += [f"{name}: {problem}" for problem in _verify_release(folder, _prefixed(name, report))]
    return problems + _verify_catalogue(output, report)


def _prefixed(name: str, report: Report) -> Report:
    return lambda line: report(f"{name}: {line}")


def _verify_release(folder: Path, report: Report) -> list[str]:
    try:
        manifest = read_manifest(folder)
    except ReleaseError as error:
        return [str(error)]
    problems = _verify_files(folder, manifest)
    if problems:
        return problems
    report(f"{len(manifest.files)} files have the digests of the manifest / 文件摘要一致")
    for name, step in (
        ("tables have the rows and schemas of the manifest / 各表行数与结构一致", _verify_tables),
        ("documents hang together: references, spans, printed words / 引用、分段与原文一致", _verify_rows),
        ("CSV says the same as Parquet / CSV 与 Parquet 一致", _verify_csv),
        ("N-Quads and JSON-LD say the same / N-Quads 与 JSON-LD 一致", _verify_rdf),
    ):
        found = step(folder, manifest)
        problems += found
        if not found:
            report(name)
    return problems


def _verify_files(folder: Path, manifest: Manifest) -> list[str]:
    problems = []
    known = {entry.path for entry in manifest.files} | {NAME}
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    problems += [f"{path}: not in the manifest / 清单中没有" for path in sorted(present - known)]
    problems += [f"{path}: missing / 缺失" for path in sorted(known - present)]
    for entry in manifest.files:
        if entry.path not in present:
            continue
        digest, size = _digest(folder / entry.path)
        if size != entry.bytes:
            problems.append(f"{entry.path}: {size} bytes, the manifest says {entry.bytes} / 字节数不符")
        elif digest != entry.sha256:
            problems.append(f"{entry.path}: SHA-256 differs from the manifest / 摘要不符")
    return problems


def _digest(path: Path) -> tuple[str, int]:
    digest, size = sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size


def _parquet_paths(folder: Path, table: str) -> list[Path]:
    single = folder / "parquet" / f"{table}.parquet"
    return [single] if single.exists() else sorted((folder / "parquet" / table).glob("part-*.parquet"))


def _batches(folder: Path, table: str, columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
    for path in _parquet_paths(folder, table):
        with pq.ParquetFile(path) as file:
            yield from file.iter_batches(batch_size=8192, columns=columns)


def _verify_tables(folder: Path, manifest: Manifest) -> list[str]:
    problems = []
    for record in RECORDS:
        schema = arrow_schema(record)
        rows = 0
        for path in _parquet_paths(folder, record.table):
            with pq.ParquetFile(path) as file:
                rows += file.metadata.num_rows
                if not file.schema_arrow.equals(schema, check_metadata=False):
                    problems.append(f"{record.table}: the schema is not that of the model / 结构与模型不符")
        if rows != manifest.rows.get(record.table, 0):
            problems.append(
                f"{record.table}: {rows} rows, the manifest says {manifest.rows.get(record.table, 0)} / 行数不符"
            )
    return problems


def _verify_rows(folder: Path, manifest: Manifest) -> list[str]:
    """Prove what ties rows together: ids are unique and known, spans cover each text, printed words stand where they say."""
    problems: list[str] = []
    ids = pa.concat_arrays(
        [batch.column(0) for batch in _batches(folder, "documents", ["document_id"])] or [pa.array([], pa.string())]
    )
    if len(ids.unique()) != len(ids):
        problems.append("documents: document_id is not unique / 标识重复")
    for record in RECORDS:
        names = [column.name for column in record.columns() if column.meta.ref == "documents.document_id"]
        for name in names if record.table != "documents" else ():
            for batch in _batches(folder, record.table, [name]):
                column = batch.column(0).drop_null()
                unknown = pc.sum(pc.invert(pc.is_in(column, value_set=ids))).as_py() or 0
                if unknown:
                    problems.append(f"{record.table}.{name}: {unknown} values are no document / 指向不存在的文件")
    return problems + _verify_spans(folder)


def _verify_spans(folder: Path) -> list[str]:
    problems: list[str] = []
    printed = {name: _grouped(folder, name) for name in ("quantities", "citations")}
    spans = _grouped(folder, "text_spans", ("start_char", "end_char"))
    for batch in _batches(folder, "texts"):
        for identifier, text in zip(batch.column(0).to_pylist(), batch.column(1).to_pylist(), strict=True):
            position = 0
            for start, end in spans(identifier):
                if start != position or end <= start:
                    problems.append(f"text_spans: {identifier} has a gap or overlap at {position} / 分段不连续")
                position = end
            if position != len(text):
                problems.append(f"text_spans: {identifier} ends at {position} of {len(text)} / 分段未覆盖全文")
            for name, rows in printed.items():
                for words, start, end in rows(identifier):
                    if text[start:end] != words:
                        problems.append(f"{name}: {identifier} [{start}:{end}] is not what the text prints / 原文不符")
    return problems


def _grouped(
    folder: Path, table: str, columns: tuple[str, ...] = ("printed", "start_char", "end_char")
) -> Callable[[str], list[tuple[Any, ...]]]:
    """Return a function that gives the rows of the next document: tables are in the order of the documents."""
    rows = (
        row
        for batch in _batches(folder, table, ["document_id", *columns])
        for row in zip(*(batch.column(name).to_pylist() for name in ("document_id", *columns)), strict=True)
    )
    held: list[tuple[Any, ...]] = []

    def following(identifier: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        while True:
            row = held.pop() if held else next(rows, None)
            if row is None:
                return found
            if row[0] != identifier:
                held.append(row)
                return found
            found.append(row[1:])

    return following


def _verify_csv(folder: Path, manifest: Manifest) -> list[str]:
    problems = []
    for entry in manifest.files:
        if entry.path.startswith("csv/") and entry.path.endswith(".csv"):
            record = BY_TABLE[Path(entry.path).stem]
            difference = _csv_difference(folder / entry.path, folder, record)
            if difference:
                problems.append(f"{entry.path}: {difference}")
    return problems


def _csv_difference(path: Path, folder: Path, record: type[Record]) -> str | None:
    """Compare a CSV file with its Parquet table value by value, as the strings that CSV writes; null is null in both."""
    names = [column.name for column in record.columns() if column.meta.csv]
    convert = pacsv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()),
        strings_can_be_null=True,
        null_values=[""],
        quoted_strings_can_be_null=False,
    )
    parse = pacsv.ParseOptions(newlines_in_values=True)
    read = pacsv.ReadOptions(block_size=_ARRAY_BYTES)
    with pacsv.open_csv(path, read, parse, convert) as stream:
        if stream.schema.names != names:
            return f"columns are {stream.schema.names}, not {names} / 列不符"
        found = _Rows(batch for batch in stream)
        for batch in _batches(folder, record.table, names):
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


def _verify_rdf(folder: Path, manifest: Manifest) -> list[str]:
    """Compare the two RDF files as sets of statements: by a digest that does not depend on their order."""
    quads, lines = folder / "rdf" / "records.nq.gz", folder / "rdf" / "records.jsonl.gz"
    if not quads.exists() and not lines.exists():
        return []
    try:
        with gzip.open(quads) as stream:
            left, left_count = _set_digest(ox.parse(cast(IO[bytes], stream), ox.RdfFormat.N_QUADS))
        with gzip.open(lines) as stream:
            right, right_count = _set_digest(quad for line in stream for quad in ox.parse(line, ox.RdfFormat.JSON_LD))
    except (SyntaxError, ValueError, OSError) as error:
        return [f"rdf: does not parse / 无法解析: {error}"]
    if left != right:
        return [f"rdf: N-Quads ({left_count}) and JSON-LD ({right_count} statements) differ / 陈述不一致"]
    return []


def _set_digest(statements: Iterator[object]) -> tuple[int, int]:
    """Return a sum of digests over distinct-by-construction statements, and their number."""
    total, count = 0, 0
    for statement in statements:
        total += int.from_bytes(sha256(str(statement).encode()).digest()[:16], "big")
        count += 1
    return total % (1 << 128), count


def _verify_catalogue(output: Path, report: Report) -> list[str]:
    problems = []
    graphs = {}
    for name, syntax in _CATALOGUES.items():
        path = output / name
        try:
            graphs[name] = {str(triple) for triple in ox.parse(path.read_bytes(), syntax, base_iri="http://localhost/")}
        except (OSError, SyntaxError, ValueError) as error:
            problems.append(f"{name}: {error}")
    if len({frozenset(graph) for graph in graphs.values()}) > 1:
        counts = ", ".join(f"{name} {len(graph)}" for name, graph in graphs.items())
        problems.append(f"the syntaxes of the catalogue differ / 目录各语法不一致: {counts}")
    elif not problems:
        report("the four syntaxes of the catalogue say the same triples / 目录四种语法一致")
    text = (output / "catalog.nt").read_text(encoding="utf-8") if (output / "catalog.nt").exists() else ""
    for manifest_path in sorted(output.glob("*/latest/manifest.json")):
        entries = {entry.path: entry for entry in read_manifest(manifest_path.parent).files}
        for distribution in json.loads(manifest_path.read_text(encoding="utf-8"))["catalogue"]["distributions"]:
            entry = entries.get(distribution["path"])
            if entry is None or entry.sha512 != distribution["sha512"] or entry.sha512 not in text:
                problems.append(f"catalogue: {distribution['path']} is not the file of the release / 与发布文件不符")
    return problems
