"""`verify` finds what is wrong with a release: any flipped byte, and changes that a forger has hidden in the manifest."""

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from release_samples import BODY, disclosure, repair, write

from opendata.release.manifest import NAME, Manifest, read_manifest
from opendata.release.verify import verify
from tests.support import release

TREE = ".releases/000002"


@pytest.fixture(scope="module")
def published(fast: Path) -> Path:
    """Two versions of a dataset and another dataset beside it."""
    first = disclosure("霁川市节约用水管理办法", "JC-1", "霁政办发〔2024〕1号")
    cited = "《霁川市节约用水管理办法》（霁政办发〔2024〕1号）"
    body = BODY.replace("二、", f"二、按照{cited}，")
    second = disclosure("霁川市城市供热管理办法", "JC-2", "霁政办发〔2024〕2号", body=body)
    inputs = write(fast / "in", a=first)
    release([inputs], fast / "output")
    release([write(fast / "in", a=first, b=second)], fast / "output")
    assert verify(fast / "output") == []
    return fast / "output"


@pytest.fixture
def output(published: Path, fast: Path, request: pytest.FixtureRequest) -> Path:
    folder = fast / f"spoilt-{abs(hash(request.node.name))}"
    return Path(shutil.copytree(published, folder / "output", symlinks=True))


def spoil(path: Path, change: Callable[[bytes], bytes]) -> None:
    data = path.read_bytes()
    assert change(data) != data
    path.unlink()  # a hard link may lead to it from an older tree
    path.write_bytes(change(data))


def flipped(at: float) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        place = min(int(len(data) * at), len(data) - 1)
        return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]

    return change


@pytest.mark.parametrize("at", [0.0, 0.5, 1.0])
def test_one_flipped_bit_is_found_in_every_file(published: Path, output: Path, at: float) -> None:
    whole = sorted(path for path in (output / TREE).rglob("*") if path.is_file() and path.name != ".previous")
    assert len(whole) > 80
    for path in whole:
        data = path.read_bytes()
        spoil(path, flipped(at))
        release_folder = next((folder for folder in path.parents if (folder / NAME).exists()), output)
        assert verify(release_folder), f"{path.relative_to(output)} at {at}"
        path.write_bytes(data)
    assert verify(output) == []


def test_a_missing_file_and_an_extra_one_are_found(output: Path) -> None:
    (output / "sample/latest/csv/documents.csv").unlink()
    (output / "sample/versions/2026-03-04/extra.txt").write_text("more")
    found = verify(output)
    assert "sample/latest: csv/documents.csv: missing / 缺失" in found
    assert "sample/versions/2026-03-04: extra.txt: not in the manifest / 清单中没有" in found


def test_a_dangling_link_among_the_files_is_found(output: Path) -> None:
    (output / "sample/latest/link").symlink_to("nowhere")
    assert verify(output) == ["sample/latest: link: not in the manifest / 清单中没有"]


def test_an_empty_folder_holds_no_release(tmp_path: Path) -> None:
    assert verify(tmp_path) == [f"{tmp_path}: no release here / 此处没有发布"]


def test_a_version_without_its_manifest_is_found(output: Path) -> None:
    (output / "sample/versions/2026-03-04" / NAME).unlink()
    assert any("2026-03-04" in problem and "cannot be read" in problem for problem in verify(output))


def test_a_name_that_leads_elsewhere_is_found(output: Path) -> None:
    (output / "catalog.ttl").unlink()
    (output / "catalog.ttl").write_bytes((output / "catalog.nt").read_bytes())
    assert verify(output) == ["catalog.ttl: does not lead to the current release / 未指向当前发布"]


def replace(old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(old.encode(), new.encode(), 1)


def in_gzip(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda data: gzip.compress(change(gzip.decompress(data)), mtime=0)


def without_line(number: int) -> Callable[[bytes], bytes]:
    return lambda data: b"".join(line for at, line in enumerate(data.splitlines(True)) if at != number)


def line_twice(data: bytes) -> bytes:
    return data.splitlines(True)[0] + data


@pytest.mark.parametrize(
    ("path", "change", "expected"),
    [
        ("csv/documents.csv", replace("霁政办发〔2024〕1号", "霁政办发〔2024〕7号"), "document_number differs from the Parquet"),
        ("csv/quantities.csv", replace(",12,", ",13,"), "differs from the Parquet"),
        ("csv/documents.csv", without_line(1), "differs from the Parquet"),
        ("csv/documents.csv", line_twice, "differs from the Parquet"),
        ("csv/documents.csv", replace('"', ""), "csv"),
        ("csv/documents.csv", replace("index_number", "index_nummer"), "columns are"),
        ("csv/datapackage.json", replace('"bytes": ', '"bytes": 9'), "csv/datapackage.json"),
        ("rdf/records.nq.gz", in_gzip(without_line(3)), "N-Quads"),
        ("rdf/records.nq.gz", in_gzip(line_twice), "N-Quads"),
        ("rdf/records.nq.gz", in_gzip(replace("节约用水", "节约用电")), "N-Quads"),
        ("rdf/records.nq.gz", lambda data: data[:-20], "does not parse"),
        ("rdf/records.jsonl.gz", in_gzip(line_twice), "says something twice"),
        ("rdf/records.jsonl.gz", in_gzip(without_line(0)), "N-Quads"),
        ("quality.json", replace('"characters": ', '"characters": 1'), "quality.json does not tell"),
        ("quality.json", replace('"documents": 2', '"documents": 3'), "quality.json does not tell"),
    ],
)  # fmt: skip
def test_a_change_that_the_manifest_was_made_to_hide_is_found(
    output: Path, path: str, change: Callable[[bytes], bytes], expected: str
) -> None:
    latest = output / "sample/latest"
    spoil(latest / path, change)
    repair(latest, path)
    found = verify(latest)
    assert any(expected in problem for problem in found), found
    assert any("differ" in problem or "catalogue" in problem or "not" in problem for problem in verify(output))


def test_a_statement_taken_out_of_both_rdf_files_is_found_by_the_rows(output: Path) -> None:
    latest = output / "sample/latest"
    identifier = "od:Citation"
    kind = f"<{expanded(identifier)}>".encode()
    spoil(latest / "rdf/records.nq.gz", in_gzip(lambda data: lines_without(data, kind)))
    spoil(latest / "rdf/records.jsonl.gz", in_gzip(lambda data: data.replace(b',"@type":"od:Citation"', b"")))
    for path in ("rdf/records.nq.gz", "rdf/records.jsonl.gz"):
        repair(latest, path)
    assert any("of citations, the table has" in problem for problem in verify(latest))


def expanded(name: str) -> str:
    from opendata.model.terms import expand

    return expand(name)


def lines_without(data: bytes, words: bytes) -> bytes:
    return b"".join(line for line in data.splitlines(True) if words not in line)


@pytest.mark.parametrize(
    ("table", "column", "value", "expected"),
    [
        (
            "citations",
            "target_document_id",
            "doc-aaaaaaaaaaaaaaaa",
            "citations.target_document_id: 1 values are not in",
        ),
        ("document_bodies", "organisation_id", "nobody", "values are not in organisations.organisation_id"),
        ("quantities", "printed", "99 项", "is not what the text prints"),
        ("text_spans", "start_char", 1, "gap or overlap"),
        ("sources", "source_id", "0" * 64, "inputs_digest is not that of the sources"),
        ("quantities", "document_id", "doc-aaaaaaaaaaaaaaaa", "rows are not in the order of the documents"),
    ],
)
def test_rows_that_do_not_hang_together_are_found(
    output: Path, table: str, column: str, value: object, expected: str
) -> None:
    latest = output / "sample/latest"
    path = latest / "parquet" / f"{table}.parquet"
    rows = pq.read_table(path)
    values = rows[column].to_pylist()
    at = next(number for number, one in enumerate(values) if one is not None)
    values[at] = value
    place = rows.schema.get_field_index(column)
    field = rows.schema.field(column)
    path.unlink()
    pq.write_table(rows.set_column(place, field, pa.array(values, field.type)), path)
    repair(latest, f"parquet/{table}.parquet")
    found = verify(latest)
    assert any(expected in problem for problem in found), found


def test_a_document_without_an_identity_key_is_found(output: Path) -> None:
    latest = output / "sample/latest"
    path = latest / "identities.parquet"
    rows = pq.read_table(path)
    path.unlink()
    pq.write_table(rows.slice(0, 1), path)
    repair(latest, path.name)
    assert any("documents have no key" in problem for problem in verify(latest))


@pytest.mark.parametrize("member", ["documents.csv", None])
def test_a_zip_that_holds_something_else_is_found(output: Path, member: str | None) -> None:
    latest = output / "sample/latest"
    path = latest / "sample-csv.zip"
    with ZipFile(path) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    path.unlink()
    with ZipFile(path, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data + b"\n" if name == member else data)
        if member is None:
            archive.writestr("more.txt", "more")
    repair(latest, path.name)
    expected = "is not the file in csv/" if member else "not those of csv/"
    assert any(expected in problem for problem in verify(latest))


@pytest.mark.parametrize("name", ["catalog.ttl", "catalog.rdf", "catalog.jsonld", "catalog.nt"])
@pytest.mark.parametrize("hidden", [False, True], ids=["one syntax", "all syntaxes"])
def test_an_edited_catalogue_is_found(output: Path, name: str, hidden: bool) -> None:
    for path in (output / TREE).glob("catalog.*") if hidden else [output / TREE / name]:
        spoil(path, lambda data: data.replace(b"IRREG", b"DAILY"))
    expected = "is not what the manifests make" if hidden else "the syntaxes of the catalogue differ"
    assert any(expected in problem for problem in verify(output))


@pytest.mark.parametrize("key", ["version", "modified", "dataset", "inputs_digest", "code_version", "rows"])
def test_an_edited_manifest_is_found(output: Path, key: str) -> None:
    latest = output / "sample/latest"
    content = json.loads((latest / NAME).read_bytes())
    del content["seal"]
    changed = {"modified": "2030-01-01T00:00:00Z", "rows": {**content["rows"], "documents": 9}}.get(key, "other")
    forged = Manifest.model_validate({**content, key: changed})
    plain = json.dumps({**content, key: changed, "seal": "0" * 64}, ensure_ascii=False, indent=1) + "\n"
    spoil(latest / NAME, lambda data: plain.encode())
    assert any("has been changed since it was written" in problem for problem in verify(output))
    if key != "code_version":  # the seal is all that holds that one
        spoil(latest / NAME, lambda data: forged.written().encode())
        assert read_manifest(latest) == forged
        assert verify(output) != []
