"""A disk that is full: the command says so in both languages and ends with 1, and the earlier release stands."""

import errno
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from release_samples import invented, leftovers

from opendata.errors import ReleaseError
from opendata.release import store
from opendata.release.verify import verify
from tests.support import SAMPLE, release

MEGABYTE = 1 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Return a function that mounts a real file system of so many bytes; skips where that is not allowed."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        pytest.skip("mounting a small disk takes root")

    def mounted(size: int) -> Path:
        done = subprocess.run([mount, "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)], capture_output=True)
        if done.returncode:
            pytest.skip("a small disk cannot be mounted here")
        return disk

    yield mounted
    subprocess.run(["umount", str(disk)], check=False, capture_output=True)


def publish(inputs: Path, output: Path, largest_file: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command, with a limit on the size of files where one is given."""

    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

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
    return subprocess.run([*command, "--quiet"], capture_output=True, text=True, preexec_fn=limit, timeout=120)


def check(done: subprocess.CompletedProcess[str], output: Path, before: bytes, *causes: str) -> None:
    assert done.returncode == 1, done.stderr
    for words in (*causes, "The earlier release stands", "原有发布不受影响"):
        assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    assert (output / "sample/latest/manifest.json").read_bytes() == before
    assert leftovers(output) == []
    assert verify(output) == []


@pytest.mark.parametrize("size", [4, 7, 12])
def test_a_full_disk_is_named_and_the_earlier_release_stands(
    small_disk: Callable[[int], Path], tmp_path: Path, size: int
) -> None:
    output = small_disk(size * MEGABYTE) / "output"
    release([invented(tmp_path / "few", 5)], output)
    before = (output / "sample/latest/manifest.json").read_bytes()
    done = publish(invented(tmp_path / "many", 500), output)
    check(done, output, before, "the disk is full", "磁盘已满")
    assert release([invented(tmp_path / "few", 6)], output).changed, "there is room again"


def test_a_limit_on_files_is_named_and_the_earlier_release_stands(tmp_path: Path) -> None:
    output = tmp_path / "output"
    release([invented(tmp_path / "few", 5)], output)
    before = (output / "sample/latest/manifest.json").read_bytes()
    done = publish(invented(tmp_path / "many", 300), output, largest_file=MEGABYTE)
    check(done, output, before, "a file would be larger than allowed", "文件超过允许的大小")


def test_an_output_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = publish(invented(tmp_path / "few", 1), tmp_path / "file" / "output")
    assert done.returncode == 1
    assert "cannot be written / 无法写入" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("step", ["sync_folder", "_clear"])
def test_what_fails_behind_the_switch_is_told_with_the_new_release_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    output = tmp_path / "output"
    first = release([invented(tmp_path / "few", 5)], output)
    owner = store if step == "sync_folder" else store.Store
    done = getattr(owner, step)

    def fails(*arguments: Path) -> None:
        if (current := store.Store(output).current) is not None and current.name != "000001":
            raise OSError(errno.EIO, "Input/output error")
        done(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(owner, step, fails)
        with pytest.raises(ReleaseError) as caught:
            release([invented(tmp_path / "more", 6)], output)
    for words in ("The new release is in place", "新版本已生效", "the disk fails", "磁盘读写错误"):
        assert words in str(caught.value)
    assert "earlier release stands" not in str(caught.value)
    assert verify(output) == []
    again = release([invented(tmp_path / "more", 6)], output)
    assert (again.changed, again.version != first.version) == (False, True)
