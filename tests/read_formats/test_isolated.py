"""A reader in a process of its own: answers, refusals, crashes, hangs and memory."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.isolated import Isolated

READERS = "tests.read_formats.hostile_readers"
LIMITS = Limits()


@pytest.fixture(scope="module")
def isolated() -> Iterator[Isolated]:
    with Isolated(0.5, 700_000_000) as worker:
        yield worker


def refused(worker: Isolated, name: str, data: bytes = b"") -> Unreadable:
    """Return the refusal of a call."""
    with pytest.raises(Unreadable) as caught:
        worker.call(f"{READERS}:{name}", data, LIMITS)
    return caught.value


def process_of(worker: Isolated) -> int:
    """Return the number of the worker's process."""
    return int(worker.call(f"{READERS}:echo", b"x", LIMITS).page_title)


def exists(process: int) -> bool:
    """Tell whether a process runs or is a zombie."""
    return Path(f"/proc/{process}").exists()


def test_a_reading_comes_back_whole(isolated: Isolated) -> None:
    reading = isolated.call(f"{READERS}:echo", "一二三".encode(), Limits(table_cells=77))
    assert reading.text == "一二三"
    assert reading.tables[0].cells[0].end == 77
    assert isolated.call(f"{READERS}:echo", b"y", Limits(table_cells=5)).tables[0].cells[0].end == 5


def test_large_files_pass_both_ways(isolated: Isolated) -> None:
    assert len(isolated.call(f"{READERS}:echo", b"z" * 20_000_000, LIMITS).text) == 20_000_000


def test_a_refusal_comes_back_with_its_place_and_the_worker_stays(isolated: Isolated) -> None:
    before = process_of(isolated)
    error = refused(isolated, "refuse")
    assert (error.rule, error.found, error.at) == ("pdf-broken", "found 字", 7)
    assert process_of(isolated) == before


@pytest.mark.parametrize(
    ("name", "rule", "found"),
    [
        ("crash", "reader-crashed", "SIGSEGV"),
        ("leave", "reader-crashed", "status 3"),
        ("fail", "reader-crashed", "KeyError: 'nothing'"),
        ("smuggle", "reader-crashed", "system is not what a reader returns"),
        ("spin", "reader-timeout", "> 0.5 s"),
        ("sleep", "reader-timeout", "> 2 s on the clock"),
        ("devour", "reader-memory", "700000000"),
    ],
)
def test_a_reader_that_fails_costs_one_file(isolated: Isolated, name: str, rule: str, found: str) -> None:
    before = process_of(isolated)
    error = refused(isolated, name)
    assert error.rule == rule
    assert found in error.found
    assert not exists(before)
    assert isolated.call(f"{READERS}:echo", b"on", LIMITS).text == "on"


def test_memory_that_earlier_files_took_does_not_decide(isolated: Isolated) -> None:
    isolated.close()
    counts = [isolated.call(f"{READERS}:hoard", b"150000000", LIMITS).text for _ in range(5)]
    assert counts[0] == "1"
    assert "1" in counts[1:]


def test_a_small_call_costs_little(isolated: Isolated) -> None:
    process_of(isolated)
    costs = []
    for _ in range(300):
        start = time.perf_counter()
        isolated.call(f"{READERS}:echo", b"x" * 2000, LIMITS)
        costs.append(time.perf_counter() - start)
    assert sorted(costs)[len(costs) // 4] < 0.0005  # the aim is 0.2 ms; a shared machine is given more


def test_closing_leaves_no_process() -> None:
    worker = Isolated(5, 700_000_000)
    process = process_of(worker)
    worker.close()
    worker.close()
    assert not exists(process)


_own: list[Isolated] = []


def _in_pool(number: int) -> tuple[int, int]:
    if not _own:
        _own.append(Isolated(5, 700_000_000))
    return os.getpid(), process_of(_own[0])


@pytest.mark.parametrize("method", ["spawn", "fork"])
def test_it_works_in_workers_of_a_pool_and_ends_with_them(method: str) -> None:
    if method == "fork":
        _own[:] = [Isolated(5, 700_000_000)]
        mine = process_of(_own[0])
    with ProcessPoolExecutor(2, mp_context=get_context(method)) as pool:
        pairs = set(pool.map(_in_pool, range(6)))
    assert len({caller for caller, _ in pairs}) == len({reader for _, reader in pairs})
    deadline = time.monotonic() + 5
    while any(exists(reader) for _, reader in pairs) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(exists(reader) for _, reader in pairs)
    if method == "fork":
        assert process_of(_own[0]) == mine
        _own.pop().close()
