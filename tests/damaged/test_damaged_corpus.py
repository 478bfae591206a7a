"""Fifty damaged files among a thousand: each is refused or published with the right rule, and no sound one suffers for it."""

import gzip
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import pytest

from tests.support import ROOT, release

sys.path.insert(0, str(ROOT / "benchmarks"))
generate: Any = import_module("generate")

COUNT, DAMAGED = 1000, 50
UNREADABLE = {"binary": 6, "empty": 6, "undecodable": 6, "no-header": 6, "identity-card": 3, "mobile-number": 3}
DEFECTIVE = {"dates-contradict": 5, "headers-contradict": 5, "check-digit": 5, "truncated": 5}
PERSONAL = ("identity-card", "mobile-number")


class Run(NamedTuple):
    """One published corpus: what was made, what came out, and where."""

    raw: Path
    made: dict[str, Any]
    sources: dict[str, dict[str, Any]]
    rules: dict[str, list[tuple[str, str]]]
    titles: dict[str, str]
    folder: Path


@pytest.fixture(scope="module", params=["text", "html"])
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Run:
    raw = tmp_path_factory.mktemp(request.param)
    made = {one.path: one for one in generate.generate(raw, COUNT, request.param, seed=1, damaged=DAMAGED)}
    folder = tmp_path_factory.mktemp(f"{request.param}-release")
    outcome = release([raw], folder / "output")
    assert outcome.folder is not None
    tables = outcome.folder / "parquet"
    sources = {row["path"]: row for row in pq.read_table(tables / "sources.parquet").to_pylist()}
    rules: dict[str, list[tuple[str, str]]] = defaultdict(list)
    # Three empty files share one digest, and an issue names its file by digest: what stands once stands for all.
    by_digest: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in pq.read_table(tables / "issues.parquet").to_pylist():
        by_digest[row["source_id"]].append((row["severity"], row["rule"]))
    for path, source in sources.items():
        rules[path] = by_digest[source["source_id"]]
    documents = pq.read_table(tables / "documents.parquet", columns=["source_id", "title"]).to_pylist()
    return Run(raw, made, sources, rules, {row["source_id"]: row["title"] for row in documents}, folder)


def test_sources_account_for_every_file(run: Run) -> None:
    assert set(run.sources) == set(run.made)
    outcomes = Counter(source["outcome"] for source in run.sources.values())
    assert outcomes == {"published": COUNT - sum(UNREADABLE.values()), "quarantined": sum(UNREADABLE.values())}


def test_what_cannot_be_read_is_quarantined_by_the_rule_that_says_why(run: Run) -> None:
    found = Counter()
    for path, one in run.made.items():
        if one.kind in UNREADABLE:
            assert run.sources[path]["outcome"] == "quarantined", path
            assert run.sources[path]["reason"] == one.kind, path
            assert run.sources[path]["document_id"] is None
            assert ("error", one.kind) in run.rules[path]
            found[one.kind] += 1
    assert found == UNREADABLE


def test_a_defect_is_published_with_its_warning_and_no_other(run: Run) -> None:
    found = Counter()
    for path, one in run.made.items():
        if one.kind in DEFECTIVE:
            assert run.sources[path]["outcome"] == "published", path
            assert [rule for severity, rule in run.rules[path] if severity != "info"] == [one.kind], path
            found[one.kind] += 1
    assert found == DEFECTIVE


def test_no_sound_file_has_an_error_or_a_warning(run: Run) -> None:
    sound = [path for path, one in run.made.items() if one.kind == "ok"]
    assert len(sound) == COUNT - DAMAGED
    assert {path: rules for path in sound if (rules := [r for r in run.rules[path] if r[0] != "info"])} == {}


def test_sound_and_defective_files_keep_the_title_that_they_print(run: Run) -> None:
    for path, one in run.made.items():
        if one.kind not in UNREADABLE:
            assert run.titles[run.sources[path]["source_id"]] == one.title, path


def test_no_personal_number_reaches_any_output_file(run: Run) -> None:
    numbers = set()
    for path, one in run.made.items():
        if one.kind in PERSONAL:
            text = (run.raw / path).read_text(encoding="utf-8")
            numbers |= set(re.findall(r"(?:身份证号|手机号码)(\d{10,17}[\dX])", text))
    assert len(numbers) == sum(UNREADABLE[kind] for kind in PERSONAL)
    searched = 0
    for name, data in _contents(run.folder):
        searched += 1
        for number in numbers:
            assert number.encode() not in data, name
    assert searched > 50


def _contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the bytes of every file below a folder, and of all that lies packed in it; Parquet also as its values."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        yield str(path), path.read_bytes()
        if path.suffix == ".gz":
            yield str(path), gzip.decompress(path.read_bytes())
        elif path.suffix in (".zip", ".xlsx"):
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path}!/{name}", archive.read(name)
        elif path.suffix == ".parquet":
            yield f"{path} (values)", str(pq.read_table(path).to_pylist()).encode()


def test_the_list_of_what_to_mend_names_the_refused_files(run: Run) -> None:
    folder = run.folder / "output-quarantine"
    listed = b"".join(data for _, data in _contents(folder))
    for path, one in run.made.items():
        if one.kind in UNREADABLE:
            assert path.encode() in listed, path
