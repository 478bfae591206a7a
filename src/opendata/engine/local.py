"""`convert()` on this machine: fragments of the input, one after the other or in worker processes, into part files."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path

from opendata.convert import Settings, convert
from opendata.ingest.raw import RawFile
from opendata.merge.parts import write_part

FRAGMENT = 256
"""Files in a fragment. Fixed: part files, and with them row groups, must not depend on the number of workers."""


def run(
    files: Sequence[RawFile],
    settings: Settings,
    scratch: Path,
    workers: int,
    progress: Callable[[int], None] = lambda files: None,
) -> list[Path]:
    """Convert all files; returns the part files in the order of the input. `progress` is told of finished files."""
    fragments = [files[start : start + FRAGMENT] for start in range(0, len(files), FRAGMENT)]
    paths = [scratch / f"part-{number:06d}.arrow" for number in range(len(fragments))]
    if workers == 1 or len(fragments) < 2:
        for fragment, path in zip(fragments, paths, strict=True):
            _one(fragment, settings, path)
            progress(len(fragment))
        return paths
    for done in _in_processes(fragments, settings, paths, workers):
        progress(done)
    return paths


def _one(fragment: Sequence[RawFile], settings: Settings, path: Path) -> int:
    write_part(path, convert(fragment, settings))
    return len(fragment)


def _in_processes(
    fragments: Sequence[Sequence[RawFile]], settings: Settings, paths: Sequence[Path], workers: int
) -> Iterator[int]:
    """Yield the sizes of fragments as they finish; at most two wait for each worker."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(fragments)), mp_context=context) as pool:
        pending: set[Future[int]] = set()
        jobs = iter(zip(fragments, paths, strict=True))
        try:
            while True:
                for fragment, path in jobs:
                    pending.add(pool.submit(_one, fragment, settings, path))
                    if len(pending) >= workers * 3:
                        break
                if not pending:
                    return
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        finally:
            for future in pending:
                future.cancel()
