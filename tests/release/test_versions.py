"""Versions: a new one for new data only, earlier ones kept as long as asked for, names that never come back."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, URIRef
from release_samples import disclosure, rows, write

from opendata.release.manifest import next_version, read_manifest, version_key
from opendata.release.verify import verify
from tests.support import MOMENT, release

FIRST = disclosure("霁川市节约用水管理办法", "JC000-01-2024-0001", "霁政办发〔2024〕1号")
SECOND = disclosure("霁川市城市供热管理办法", "JC000-01-2024-0002", "霁政办发〔2024〕2号")
THIRD = disclosure("霁川市公共阅读空间管理办法", "JC000-01-2024-0003", "霁政办发〔2024〕3号")


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def kept(output: Path) -> list[str]:
    return sorted(path.name for path in (output / "sample/versions").iterdir())


def test_versions_of_a_day_are_numbered_and_kept_as_asked(tmp_path: Path, output: Path) -> None:
    made = []
    for count in range(1, 6):
        texts = {f"a{number}": disclosure(f"关于第{number}批事项的通知", f"JC-{number}") for number in range(count)}
        outcome = release([write(tmp_path / "in", **texts)], output, output__keep_versions=2)
        assert outcome.changed
        made.append(outcome.version)
    assert made == ["2026-03-04", *(f"2026-03-04.{number}" for number in range(2, 6))]
    assert kept(output) == ["2026-03-04.3", "2026-03-04.4"]
    assert verify(output) == []
    assert len(rows(output / "sample/versions/2026-03-04.3", "documents")) == 3
    later = release([write(tmp_path / "in", a=FIRST)], output, now=MOMENT + timedelta(days=1), output__keep_versions=1)
    assert later.version == "2026-03-05"
    assert kept(output) == ["2026-03-04.5"]
    manifest = read_manifest(output / "sample/latest")
    assert (manifest.issued, manifest.modified) == (MOMENT, MOMENT + timedelta(days=1))


@given(st.lists(st.integers(min_value=1, max_value=99), max_size=6, unique=True))
def test_a_name_is_later_than_all_of_its_day(numbers: list[int]) -> None:
    taken = ["2026-03-04" if number == 1 else f"2026-03-04.{number}" for number in numbers]
    name = next_version([*taken, "2026-03-03.7"], "2026-03-04")
    assert all(version_key(name) > version_key(other) for other in taken)


def test_equal_data_makes_no_version_also_after_a_change(tmp_path: Path, output: Path) -> None:
    release([write(tmp_path / "in", a=FIRST)], output)
    release([write(tmp_path / "in", a=FIRST, b=SECOND)], output)
    before = {path.name: path.read_bytes() for path in output.glob("catalog.*")}
    manifest = (output / "sample/latest/manifest.json").read_bytes()
    again = release([tmp_path / "in"], output, now=MOMENT + timedelta(days=9))
    assert (again.changed, again.version) == (False, "2026-03-04.2")
    assert {path.name: path.read_bytes() for path in output.glob("catalog.*")} == before
    assert (output / "sample/latest/manifest.json").read_bytes() == manifest
    assert [row["change"] for row in rows(output / "sample/latest", "changes")] == ["added"]


def test_what_the_pipeline_file_says_reaches_the_catalogue_without_a_new_version(tmp_path: Path, output: Path) -> None:
    inputs = write(tmp_path / "in", a=FIRST)
    release([inputs], output)
    outcome = release([inputs], output, now=MOMENT + timedelta(days=9), dataset__frequency="MONTHLY")
    assert (outcome.changed, outcome.version) == (False, "2026-03-04")
    assert b"frequency/MONTHLY" in (output / "catalog.ttl").read_bytes()
    manifest = read_manifest(output / "sample/latest")
    assert (manifest.version, manifest.modified) == ("2026-03-04", MOMENT)
    assert kept(output) == []
    assert verify(output) == []


def test_changes_are_told_by_kind_and_cause(tmp_path: Path, output: Path) -> None:
    release([write(tmp_path / "in", a=FIRST, b=SECOND)], output)
    assert rows(output / "sample/latest", "changes") == []
    changed = FIRST.replace("12 项任务", "15 项任务")
    release([write(tmp_path / "in", a=changed, c=THIRD)], output)
    found = {row["title"]: (row["change"], row["cause"]) for row in rows(output / "sample/latest", "changes")}
    assert found == {
        "霁川市节约用水管理办法": ("changed", "source"),
        "霁川市城市供热管理办法": ("withdrawn", "source"),
        "霁川市公共阅读空间管理办法": ("added", "source"),
    }


def test_a_document_that_a_citation_now_reaches_has_changed_by_reading(tmp_path: Path, output: Path) -> None:
    citing = FIRST.replace("二、投入", "二、按照《霁川市城市供热管理办法》（霁政办发〔2024〕2号），投入")
    release([write(tmp_path / "in", a=citing)], output)
    release([write(tmp_path / "in", a=citing, b=SECOND)], output)
    found = {row["title"]: (row["change"], row["cause"]) for row in rows(output / "sample/latest", "changes")}
    assert found == {
        "霁川市节约用水管理办法": ("changed", "reading"),
        "霁川市城市供热管理办法": ("added", "source"),
    }


def test_two_datasets_in_one_folder_are_one_catalogue(tmp_path: Path, output: Path) -> None:
    one, two = write(tmp_path / "one", a=FIRST), write(tmp_path / "two", b=SECOND)
    release([one], output)
    release([two], output, dataset__id="other")
    assert datasets(output) == {"sample", "other"}
    other = (output / "other/latest/manifest.json").read_bytes()
    release([write(tmp_path / "one", a=FIRST, c=THIRD)], output)
    assert datasets(output) == {"sample", "other"}
    assert (output / "other/latest/manifest.json").read_bytes() == other
    assert kept(output) == ["2026-03-04"]
    release([write(tmp_path / "two", b=SECOND, c=THIRD)], output, dataset__id="other")
    assert datasets(output) == {"sample", "other"}
    assert kept(output) == ["2026-03-04"], "the versions of one dataset outlive a publish of the other"
    assert verify(output) == []


def datasets(output: Path) -> set[str]:
    graph = Graph().parse(output / "catalog.ttl")
    listed = graph.objects(None, URIRef("http://www.w3.org/ns/dcat#dataset"))
    return {str(graph.value(node, URIRef("http://purl.org/dc/terms/identifier"))) for node in listed}
