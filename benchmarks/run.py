"""Measure the pipeline against the baseline on generated documents, in one run on one machine.

    python benchmarks/run.py [--count 2000] [--rounds 3] [--kinds text html] [--memory 20000 100000] [--folder DIR]

Speed: documents a second of a whole command, start-up included, one worker, all outputs but the workbook; baseline and pipeline
take turns, and the ratio is taken of their medians. Memory: peak resident size of the pipeline's process (its children too) at
two sizes of corpus. Prints Markdown, as `benchmarks/README.md` keeps it.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Literal, NamedTuple

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from generate import generate  # noqa: E402

Kind = Literal["text", "html"]


class Run(NamedTuple):
    """One finished command: seconds of the clock and of the processor, and peak memory in MB."""

    wall: float
    cpu: float
    peak: float


def measured(command: list[str]) -> Run:
    """Run a command to its end. Raises CalledProcessError when it fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    output = process.communicate()[0] if process.stdout is None else process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def pipeline_command(source: Path, scratch: Path) -> list[str]:
    """Return the command that publishes `source`, one worker, all outputs but the workbook."""
    text = (HERE.parent / "pipelines" / "sample.toml").read_text(encoding="utf-8")
    text = text.replace('inputs = ["sample"]', f"inputs = [{str(source)!r}]")
    text = text.replace("keep_versions = 3", "keep_versions = 1\nworkbook = false")
    pipeline = scratch / f"{source.name}.toml"
    pipeline.write_text(text, encoding="utf-8")
    output = scratch / f"{source.name}-output"
    shutil.rmtree(output, ignore_errors=True)
    opendata = Path(sys.executable).parent / "opendata"
    return [str(opendata), "publish", str(pipeline), "--output", str(output), "--workers", "1", "--quiet"]


def baseline_command(source: Path, scratch: Path) -> list[str]:
    """Return the command of the baseline over `source`."""
    target = scratch / f"{source.name}-baseline"
    shutil.rmtree(target, ignore_errors=True)
    return [sys.executable, str(HERE / "baseline.py"), str(source), str(target)]


def speed(kinds: list[Kind], count: int, rounds: int, scratch: Path) -> None:
    """Print the speed of both, turn by turn, for each kind of document."""
    print("| documents | baseline, documents/s | pipeline, documents/s | ratio | pipeline, CPU µs/document |")
    print("|---|---|---|---|---|")
    for kind in kinds:
        source = scratch / f"{kind}-{count}"
        generate(source, count, kind)
        ours: list[Run] = []
        theirs: list[Run] = []
        for _ in range(rounds):
            theirs.append(measured(baseline_command(source, scratch)))
            ours.append(measured(pipeline_command(source, scratch)))
        slow, fast = (statistics.median(run.wall for run in runs) for runs in (theirs, ours))
        cpu = statistics.median(run.cpu for run in ours) / count * 1e6
        print(
            f"| {count} {kind} | {count / slow:.0f} | {count / fast:.0f} | {slow / fast:.2f} | {cpu:.0f} |", flush=True
        )
        shutil.rmtree(source)


def memory(sizes: list[int], scratch: Path) -> None:
    """Print the pipeline's peak memory at each size."""
    print("\n| text documents | peak memory, MB | documents/s |\n|---|---|---|")
    for size in sizes:
        source = scratch / f"text-{size}"
        generate(source, size, "text")
        run = measured(pipeline_command(source, scratch))
        print(f"| {size} | {run.peak:.0f} | {size / run.wall:.0f} |", flush=True)
        shutil.rmtree(source)
        shutil.rmtree(scratch / f"text-{size}-output")


def main() -> None:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kinds", nargs="*", choices=("text", "html"), default=["text", "html"])
    parser.add_argument("--memory", nargs="*", type=int, default=[20_000, 100_000])
    parser.add_argument("--folder", type=Path, default=Path("/dev/shm") if Path("/dev/shm").is_dir() else None)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="opendata-bench-", dir=given.folder) as name:
        os.environ["TMPDIR"] = name
        speed(given.kinds, given.count, given.rounds, Path(name))
        if given.memory:
            memory(given.memory, Path(name))


if __name__ == "__main__":
    main()
