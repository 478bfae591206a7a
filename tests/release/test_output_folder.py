"""The output folder: one publish at a time, nothing of others touched, and it can be named and moved as one likes."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from release_samples import invented, leftovers

from opendata.errors import Busy, ReleaseError
from opendata.release.store import Store
from opendata.release.verify import verify
from tests.support import SAMPLE, release


@pytest.fixture(scope="module")
def inputs(fast: Path) -> Path:
    return invented(fast / "inputs", 3)


@pytest.fixture
def output(fast: Path, inputs: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    release([inputs], folder)
    return folder


def test_a_second_publish_is_refused_while_one_is_at_work(inputs: Path, output: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "opendata",
        "publish",
        str(SAMPLE),
        "--input",
        str(inputs),
        "--output",
        str(output),
    ]
    with Store(output).locked():
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        with pytest.raises(Busy):
            release([inputs], output)
    assert done.returncode == 1
    assert "another publish is at work here" in done.stderr
    assert "另有发布正在进行" in done.stderr
    assert "Traceback" not in done.stderr
    assert not release([inputs], output).changed


def test_the_lock_of_a_dead_publish_does_not_block(inputs: Path, output: Path) -> None:
    holding = f"""
import os, signal
from pathlib import Path
from opendata.release.store import Store
with Store(Path({str(output)!r})).locked():
    os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", holding], timeout=60).returncode == -9
    assert release([inputs], output).folder is not None


@pytest.mark.parametrize("name", ["catalog.ttl", "sample"])
@pytest.mark.parametrize("kind", ["file", "link", "folder"])
def test_a_foreign_entry_in_the_way_is_named_before_any_work(
    inputs: Path, tmp_path: Path, name: str, kind: str
) -> None:
    output = tmp_path / "output"
    output.mkdir()
    if kind == "file":
        (output / name).write_text("mine")
    elif kind == "link":
        (output / name).symlink_to("somewhere/else")
    else:
        (output / name).mkdir()
    steps: list[str] = []
    with pytest.raises(ReleaseError, match=f"{name}: is in the way of the release; move it away / 占用了发布路径"):
        release_with_progress(inputs, output, steps)
    assert steps == []
    assert not (output / ".current").exists()
    assert os.path.lexists(output / name)
    assert leftovers(output) == ([name] if kind == "link" else [])


def release_with_progress(inputs: Path, output: Path, steps: list[str]) -> None:
    from opendata.pipeline import publish
    from tests.support import pipeline

    publish(pipeline([inputs], output), lambda step, done, total: steps.append(step))


def test_what_others_keep_in_the_folder_stays(inputs: Path, output: Path, fast: Path) -> None:
    (output / "robots.txt").write_text("User-agent: *\n")
    (output / "README.md").symlink_to("robots.txt")
    (output / "gone.txt").symlink_to("nowhere")
    assert release([invented(fast / "other", 4)], output).changed
    assert (output / "robots.txt").exists()
    assert (output / "README.md").is_symlink()
    assert (output / "gone.txt").is_symlink()
    assert verify(output) == []


def test_an_output_folder_is_relative_to_the_working_folder(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    outcome = release([inputs], Path("../site/output"))
    assert outcome.folder == tmp_path / "work/../site/output/sample/latest"
    assert verify(tmp_path / "site/output") == []
    assert verify(Path("../site/output")) == []
    assert not any((tmp_path / "work").iterdir())
    monkeypatch.chdir(tmp_path / "site")
    assert not release([inputs], Path("output")).changed


def test_links_are_relative_so_that_the_folder_can_be_moved_and_named_otherwise(output: Path, tmp_path: Path) -> None:
    links = [path for path in output.rglob("*") if path.is_symlink()]
    assert len(links) >= 6
    assert not any(os.path.isabs(os.readlink(path)) for path in links)
    moved = tmp_path / "moved" / "elsewhere"
    shutil.move(output, moved)
    (tmp_path / "link").symlink_to(moved)
    assert verify(moved) == []
    assert verify(tmp_path / "link") == []


def test_a_copy_without_links_is_proved_as_well(output: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    for path in output.iterdir():
        if path.is_symlink() and path.name != ".current":
            (shutil.copytree if path.is_dir() else shutil.copyfile)(path, plain / path.name)
    assert verify(plain) == []


def test_no_release_is_published_where_no_file_can_be(output: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "nothing.txt").write_text("")
    before = (output / "sample/latest/manifest.json").read_bytes()
    outcome = release([tmp_path / "empty"], output)
    assert outcome.folder is None
    assert (output / "sample/latest/manifest.json").read_bytes() == before
    assert leftovers(output) == []
    assert verify(output) == []
