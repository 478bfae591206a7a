"""`convert()` on this machine: fragments of the input, one after the other or in worker processes, into part files."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from threading import Thread

from opendata.convert import Settings, convert
from opendata.errors import ReleaseError
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
    with ProcessPoolExecutor(min(workers, len(fragments)), mp_context=context, initializer=_end_with_parent) as pool:
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
        except BrokenProcessPool as error:
            raise ReleaseError(
                "a worker process was ended from outside, mostly for want of memory: use fewer workers / 进程被终止，请减少 workers"
            ) from error
        finally:
            for future in pending:
                future.cancel()


def _end_with_parent() -> None:
    """End a worker when its parent dies: one that waits for work would outlive a killed publish for ever."""
    Thread(target=_wait_for_parent, daemon=True).start()


def _wait_for_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
