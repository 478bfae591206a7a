"""`python fuzz/run.py --seconds N`: every target for its share of the time, each in a process of its own; ends with 1 on a finding.

Guided by coverage (atheris, libFuzzer) where that is installed, else by blind mutation of the same seeds, and it says which.
Corpora are kept in `.fuzz/`, so that a later run goes on where the last one ended; what breaks a target is put there too.
"""

import argparse
import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_GRACE = 120
"""Seconds beyond its share after which a target counts as hanging."""


def main() -> int:
    """Run the targets; returns the exit status."""
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    from fuzz.targets import TARGETS

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=1200, help="time for all targets together")
    parser.add_argument("--target", action="append", choices=list(TARGETS), help="only this one (repeatable)")
    parser.add_argument("--jobs", type=int, default=min(os.cpu_count() or 1, 8), help="targets at a time")
    parser.add_argument("--work", type=Path, default=ROOT / ".fuzz", help="where corpora and findings are kept")
    parser.add_argument("--blind", action="store_true", help="mutate blindly even where atheris is installed")
    given = parser.parse_args()
    guided = not given.blind and importlib.util.find_spec("atheris") is not None
    print(f"{'guided by coverage (atheris)' if guided else 'blind mutation: atheris is not installed'}", flush=True)
    names = given.target or list(TARGETS)
    jobs = max(1, min(given.jobs, len(names)))
    share = max(1, given.seconds * jobs // len(names))
    failed = _run(names, jobs, share, given.work, "fuzz.guided" if guided else "fuzz.blind")
    for name in failed:
        print(f"✗ {name}: see {given.work / name}")
    return 1 if failed else 0


def _run(names: list[str], jobs: int, share: int, work: Path, module: str) -> list[str]:
    """Run the targets, so many at a time; returns the names of those that failed."""
    waiting, running, failed = deque(names), dict[str, tuple[subprocess.Popen[bytes], float]](), []
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                name = waiting.popleft()
                running[name] = (_start(name, share, work, module), time.monotonic())
            time.sleep(0.2)
            for name, (process, began) in list(running.items()):
                if process.poll() is None and time.monotonic() - began < share + _GRACE:
                    continue
                hangs = process.poll() is None
                if hangs:
                    _end(process)
                del running[name]
                log = (work / name / "log.txt").read_text(encoding="utf-8", errors="replace").splitlines()
                print(f"{'hangs ' if hangs else ''}{name:<12}{process.returncode:>4}  {_summary(log)}", flush=True)
                if hangs or process.returncode:
                    failed.append(name)
                    print("\n".join(line for line in log[-60:] if len(line) < 400))
    finally:
        for process, _ in running.values():
            _end(process)
    return failed


def _start(name: str, share: int, work: Path, module: str) -> subprocess.Popen[bytes]:
    folder = work / name
    (folder / "corpus").mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]), "PYTHONHASHSEED": "0"}
    with (folder / "log.txt").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", module, name, str(share), str(folder)],
            stdout=log, stderr=subprocess.STDOUT, cwd=folder, env=environment, start_new_session=True,
        )  # fmt: skip


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a target's process with all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _summary(log: list[str]) -> str:
    """Return the line of a log that tells how much was done."""
    return next((line for line in reversed(log) if line.startswith(("Done ", "stat::", "#"))), "no run")


if __name__ == "__main__":
    sys.exit(main())
