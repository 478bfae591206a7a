"""Proofs of a release: digests, row counts, references, and the same facts in every format."""

import json
import os
from collections.abc import Callable, Sequence
from hashlib import sha256, sha512
from pathlib import Path

import pyarrow as pa

from opendata import __version__
from opendata.emit.sink import WrittenFile
from opendata.errors import ReleaseError
from opendata.model.records import RECORDS
from opendata.release.manifest import NAME, Manifest, data_digest, is_sealed, read_manifest
from opendata.release.quality import Quality
from opendata.release.store import CURRENT
from opendata.release.verify_catalogue import verify_catalogue
from opendata.release.verify_csv import verify_csv
from opendata.release.verify_rdf import verify_rdf
from opendata.release.verify_tables import batches, parquet_paths, verify_references, verify_spans, verify_tables

Report = Callable[[str], None]

_COUNTED = frozenset({"documents", "header_fields", "sources", "issues"})
"""Tables whose values the quality report tells of; of the others it has the number of rows."""


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
    missing = [record.table for record in RECORDS if not parquet_paths(latest, record.table)]
    if missing:
        raise ReleaseError(f"tables not written: {', '.join(missing)}")


def verify(output: Path, report: Report = lambda line: None) -> list[str]:
    """Prove every release that hangs from `output` (or the one release in that folder); returns what is wrong.

    `report` is told what has been proved, a line for each step. The tree is that of the moment when this begins: a
    publish may switch meanwhile.
    """
    if (output / NAME).exists():
        return [f"{output.name}: {problem}" for problem in _verify_release(output, report)]
    pointer = output / CURRENT
    tree = pointer.resolve() if pointer.is_symlink() else output
    current = sorted(path.parent for path in tree.glob("*/latest/manifest.json"))
    if not current:
        return [f"{output}: no release here / 此处没有发布"]
    problems = _verify_names(output, tree) if tree != output else []
    for folder in [*current, *sorted(path for path in tree.glob("*/versions/*") if path.is_dir())]:
        name = folder.relative_to(tree).as_posix()
        problems += [f"{name}: {problem}" for problem in _verify_release(folder, _prefixed(name, report))]
    try:
        manifests = {folder.parent.name: read_manifest(folder) for folder in current}
    except ReleaseError:
        return problems  # said above
    found = verify_catalogue(tree, manifests)
    if not found:
        report("the four syntaxes of the catalogue say the same triples / 目录四种语法一致")
    return problems + found


def _verify_names(output: Path, tree: Path) -> list[str]:
    """Prove that the names that readers know lead to the current tree, by relative links: the folder can be moved."""
    problems = []
    for name in sorted(path.name for path in tree.iterdir() if not path.name.startswith(".")):
        public = output / name
        if not public.is_symlink() or Path(os.readlink(public)) != Path(CURRENT) / name:
            problems.append(f"{name}: does not lead to the current release / 未指向当前发布")
    return problems


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
        ("tables have the rows and schemas of the manifest / 各表行数与结构一致", verify_tables),
        ("keys are unique, references lead to rows / 标识唯一、引用有效", verify_references),
        ("spans cover each text, printed words stand in it / 分段与原文一致", verify_spans),
        ("manifest and quality report tell of these tables / 清单与质量报告属实", _verify_reports),
        ("CSV says the same as Parquet / CSV 与 Parquet 一致", verify_csv),
        ("N-Quads and JSON-LD say the same / N-Quads 与 JSON-LD 一致", verify_rdf),
    ):
        try:
            found = step(folder, manifest)
        except (pa.ArrowException, OSError, ValueError, LookupError, TypeError) as error:
            found = [f"cannot be read / 无法读取: {step.__name__}: {type(error).__name__}: {error}"]
        problems += found
        if not found:
            report(name)
    return problems


def _verify_files(folder: Path, manifest: Manifest) -> list[str]:
    """Compare the files with the manifest, and the manifest with its seal."""
    problems = []
    if not is_sealed(folder):
        problems.append(f"{NAME}: has been changed since it was written / 清单已被改动")
    known = {entry.path for entry in manifest.files} | {NAME}
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    problems += [f"{path}: not in the manifest / 清单中没有" for path in sorted(present - known)]
    problems += [f"{path}: missing / 缺失" for path in sorted(known - present)]
    for entry in manifest.files:
        if entry.path not in present:
            continue
        size, *digests = _digests(folder / entry.path)
        if size != entry.bytes:
            problems.append(f"{entry.path}: {size} bytes, the manifest says {entry.bytes} / 字节数不符")
        elif digests != [entry.sha256, entry.sha512]:
            problems.append(f"{entry.path}: SHA-256 or SHA-512 differs from the manifest / 摘要不符")
    if data_digest(manifest.files) != manifest.data_digest:
        problems.append(f"{NAME}: data_digest is not that of the files / 数据摘要不符")
    return problems


def _digests(path: Path) -> tuple[int, str, str]:
    """Return size, SHA-256 and SHA-512 of a file in one pass."""
    short, long, size = sha256(), sha512(), 0
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            short.update(chunk)
            long.update(chunk)
            size += len(chunk)
    return size, short.hexdigest(), long.hexdigest()


def _verify_reports(folder: Path, manifest: Manifest) -> list[str]:
    """Count anew what manifest and quality report say of the tables. Other versions of the program may report otherwise."""
    quality, inputs = Quality(), sha256()
    for record in RECORDS:
        names = [column.name for column in record.columns()][: None if record.table in _COUNTED else 1]
        for batch in batches(folder, record.table, names):
            quality.add({record.table: pa.Table.from_batches([batch])})
            if record.table == "sources":
                for source_id in batch.column("source_id").to_pylist():
                    inputs.update(source_id.encode())
    problems = []
    if inputs.hexdigest() != manifest.inputs_digest:
        problems.append("inputs_digest is not that of the sources / 输入摘要不符")
    if manifest.code_version == __version__ and json.loads((folder / "quality.json").read_bytes()) != quality.report():
        problems.append("quality.json does not tell of these tables / 质量报告与数据不符")
    return problems
