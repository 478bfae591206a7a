"""What tests of releases share: invented inputs, and looks at what a publish leaves."""

import json
import sys
from hashlib import sha256, sha512
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from opendata.release.manifest import NAME, FileEntry, Manifest, data_digest, read_manifest
from tests.support import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))

from generate import Kind, generate

BODY = "各区人民政府，市政府各部门：\n  一、按期完成 12 项任务。\n  二、投入 3.5 亿元。\n"


def invented(folder: Path, count: int, kind: Kind = "text", seed: int = 1, damaged: int = 0) -> Path:
    """Write `count` invented disclosures and return their folder."""
    generate(folder, count, kind, seed, damaged)
    return folder


def disclosure(
    title: str, index: str = "", number: str = "", body: str = BODY, day: str = "2024年3月1日", url: str = ""
) -> str:
    """Return the text of one disclosure with a printed header; empty fields are not printed."""
    pairs = {
        "索引号": index,
        "发文机关": "霁川市人民政府办公室",
        "成文日期": day,
        "标题": title,
        "发文字号": number,
        "发布日期": "2024年3月5日",
        "来源网址": url,
    }
    header = "".join(f"{label}: {value}\n" for label, value in pairs.items() if value)
    return f"{header}\n{title}\n\n  {body}\n  霁川市人民政府办公室\n  {day}\n"


def write(folder: Path, **texts: str) -> Path:
    """Write texts into a folder that holds nothing else, each as `<name>.txt`; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def data_files(release: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a release but the manifest, by path."""
    return {
        path.relative_to(release).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(release.rglob("*"))
        if path.is_file() and path.name != NAME
    }


def rows(release: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a Parquet table, or of a Parquet file at the root of the release."""
    path = release / "parquet" / f"{table}.parquet"
    found: list[dict[str, Any]] = pq.read_table(path if path.exists() else release / f"{table}.parquet").to_pylist()
    return found


def ids(release: Path) -> dict[str, str]:
    """Return the id of each document by its title."""
    return {row["title"]: row["document_id"] for row in rows(release, "documents")}


def repair(release: Path, path: str) -> None:
    """Make the manifest true of one file that was tampered with, as a forger would: its size, digests and seal."""
    data = (release / path).read_bytes()
    manifest = read_manifest(release)
    files = tuple(
        FileEntry(
            path=path,
            media_type=file.media_type,
            bytes=len(data),
            sha256=sha256(data).hexdigest(),
            sha512=sha512(data).hexdigest(),
            rows=file.rows,
        )
        if file.path == path
        else file
        for file in manifest.files
    )
    forged = Manifest.model_validate({**manifest.model_dump(), "files": files, "data_digest": data_digest(files)})
    (release / NAME).write_text(forged.written(), encoding="utf-8")


def without_clock(release: Path) -> dict[str, Any]:
    """Return the manifest without what the clock says."""
    content: dict[str, Any] = json.loads((release / NAME).read_bytes())
    for fields in (content, content["catalogue"]):
        for name in ("version", "issued", "modified"):
            del fields[name]
    del content["seal"]
    return content


def leftovers(output: Path) -> list[str]:
    """Return what a publish should have cleared: scratch folders, half trees, half links."""
    trees = {path.name for path in (output / ".releases").iterdir()}
    current = (output / ".current").resolve().name if (output / ".current").is_symlink() else None
    marker = output / ".releases" / str(current) / ".previous"
    kept = {current, marker.read_text(encoding="utf-8")} if marker.exists() else {current}
    dangling = [path.name for path in output.iterdir() if path.is_symlink() and not path.exists()]
    halves = [path.name for path in (*output.glob(".current.*"), *output.parent.glob(f"{output.name}-scratch"))]
    return sorted(trees - kept) + dangling + halves
