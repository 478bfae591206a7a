"""The same input gives the same bytes, whatever the number of workers, the disk's order of files, or the output folder."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from release_samples import data_files, invented, without_clock

from opendata.engine.local import FRAGMENT
from tests.support import MOMENT, release

COUNT = 2 * FRAGMENT + 90


@pytest.fixture(scope="module")
def inputs(fast: Path) -> Path:
    return invented(fast / "inputs", COUNT, damaged=50)


@pytest.fixture(scope="module")
def published(inputs: Path, fast: Path) -> Path:
    outcome = release([inputs], fast / "output")
    assert outcome.folder is not None
    assert outcome.published > 2 * FRAGMENT
    return outcome.folder


def test_another_run_with_two_processes_from_another_folder_gives_the_same_bytes(
    inputs: Path, published: Path, fast: Path
) -> None:
    copy = fast / "copy" / "inputs"
    for path in sorted(inputs.rglob("*.txt"), reverse=True):
        target = copy / path.relative_to(inputs)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    other = release([copy], fast / "elsewhere" / "发布", now=MOMENT + timedelta(days=90), workers=2)
    assert other.folder is not None
    assert data_files(other.folder) == data_files(published)
    assert without_clock(other.folder) == without_clock(published)


def test_the_clock_is_in_the_manifest_and_the_catalogue_only(published: Path) -> None:
    printed = (MOMENT.strftime("%Y-%m-%dT%H:%M").encode(), b"2026-03-04")
    for path in data_files(published):
        data = (published / path).read_bytes()
        assert not any(moment in data for moment in printed), path
