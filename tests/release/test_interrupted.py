"""A publish that ends at any moment, by a kill or a failing disk, leaves a whole release, and the next one clears up."""

import errno
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from release_samples import invented, leftovers

from opendata.cli import main
from opendata.release.verify import verify
from tests.support import SAMPLE, release

CHANGES = frozenset(
    {"open", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree"}
)
"""Audit events of Python that change a folder."""
HARMLESS = frozenset({"os.mkdir", "os.link", "os.remove", "os.rmdir", "shutil.rmtree"})
"""Changes that may fail: a folder that exists already, a link that becomes a copy, what the next run clears."""


@dataclass(frozen=True)
class Stage:
    """An output folder with one release, ready to be copied, and the inputs of the next one."""

    output: Path
    inputs: Path
    events: int

    def copied(self, folder: Path) -> Path:
        """Return a copy of the output folder to spoil."""
        return Path(shutil.copytree(self.output, folder / "output", symlinks=True))


def arguments(inputs: Path, output: Path, workers: int = 1) -> list[str]:
    return ["publish", str(SAMPLE), "--input", str(inputs), "--output", str(output), "--workers", str(workers)]


def child(command: list[str], output: str, at: int, failure: int, counted: Any) -> None:
    """Publish; before change number `at` of the output folder, end by SIGKILL, or have it fail (`failure`: errno)."""
    number = 0

    def watch(event: str, details: tuple[Any, ...]) -> None:
        nonlocal number
        if event not in CHANGES - (HARMLESS if failure else frozenset()):
            return
        if not any(str(detail).startswith(output) for detail in details[:2]):
            return
        if event == "open" and not details[2] & (os.O_WRONLY | os.O_RDWR):
            return
        number += 1
        counted.value = number
        if number == at and failure:
            raise OSError(failure, os.strerror(failure), str(details[0]))
        if number == at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    main([*command, "--quiet"])


def run(inputs: Path, output: Path, at: int = 0, failure: int = 0) -> tuple[int | None, int]:
    """Run `child` in a process of its own; returns its exit status and how many changes it made."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["opendata.cli", "opendata.pipeline", "opendata.emit.workbook"])
    counted = context.Value("i", 0)
    process = context.Process(target=child, args=(arguments(inputs, output), str(output), at, failure, counted))
    process.start()
    process.join(60)
    return process.exitcode, counted.value


@pytest.fixture(scope="module")
def stage(fast: Path) -> Stage:
    folder = fast / "stage"
    release([invented(folder / "first", 5)], folder / "output")
    second = invented(folder / "second", 6, seed=2)
    trial = Path(shutil.copytree(folder / "output", folder / "trial" / "output", symlinks=True))
    status, events = run(second, trial)
    assert status == 0
    assert events > 80
    return Stage(folder / "output", second, events)


def check(stage: Stage, output: Path) -> bool:
    """Assert that readers see a whole release, old or new, and that the next publish clears up; returns: was it new?"""
    assert verify(output) == []
    manifest = (output / "sample/latest/manifest.json").read_bytes()
    old = manifest == (stage.output / "sample/latest/manifest.json").read_bytes()
    outcome = release([stage.inputs], output)
    assert outcome.changed is old
    assert leftovers(output) == []
    assert len(list((output / ".releases").iterdir())) == 2
    return not old


def test_a_kill_before_any_change_of_the_folder_leaves_a_whole_release(stage: Stage, fast: Path) -> None:
    spread = set(range(1, stage.events, stage.events // 7))
    around_the_switch = set(range(stage.events - 13, stage.events + 1))
    seen = set()
    for at in sorted(spread | around_the_switch):
        output = stage.copied(fast / f"kill-{at}")
        status, _ = run(stage.inputs, output, at)
        assert status == -signal.SIGKILL
        seen.add(check(stage, output))
        shutil.rmtree(fast / f"kill-{at}")
    assert seen == {True, False}, "kills before and after the switch"


def test_a_disk_that_fails_at_any_change_of_the_folder_leaves_the_earlier_release(stage: Stage, fast: Path) -> None:
    before = (stage.output / "sample/latest/manifest.json").read_bytes()
    _, events = run(stage.inputs, stage.copied(fast / "counted"), 1_000, errno.ENOSPC)
    for at in range(1, events + 1, events // 6):
        output = stage.copied(fast / f"fail-{at}")
        status, _ = run(stage.inputs, output, at, errno.ENOSPC)
        assert status == 1
        assert (output / "sample/latest/manifest.json").read_bytes() == before
        assert leftovers(output) == []
        assert len(list((output / ".releases").iterdir())) == 1
        check(stage, output)


@pytest.mark.parametrize("wait", [0.6, 1.2, 1.6, 2.2])
def test_a_kill_of_the_command_at_any_time_leaves_no_process_and_no_half_release(
    stage: Stage, fast: Path, wait: float
) -> None:
    output = stage.copied(fast / f"command-{wait}")
    many = invented(fast / "many", 600)
    command = [sys.executable, "-m", "opendata", *arguments(many, output, workers=2)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(wait)
    process.kill()
    process.wait()
    check(stage, output)
    assert _ends(process.pid), "worker processes outlive the publish"


def _ends(group: int) -> bool:
    """Tell whether the process group is gone within ten seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_a_kill_during_a_first_release_leaves_nothing_in_the_way(stage: Stage, fast: Path) -> None:
    _, events = run(stage.inputs, fast / "whole")
    for at in range(events - 16, events, 5):
        output = fast / f"first-{at}"
        assert run(stage.inputs, output, at)[0] == -signal.SIGKILL
        assert release([stage.inputs], output).folder is not None
        assert verify(output) == []
        assert leftovers(output) == []
