"""A batch of hostile files around two good ones: the run ends, in bounded memory, and every file is accounted for by its rule."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import pytest

from opendata.config import Limits
from opendata.convert import Settings
from opendata.convert import formats as known
from opendata.convert.document import read_document
from opendata.errors import Unreadable
from tests.formats import samples
from tests.hostile.samples import write_all
from tests.support import ROOT

GIGABYTE = 1_000_000_000
SECONDS = 8
_RUN = """
import json, re, resource, sys
from pathlib import Path
from tests.support import release
outcome = release([Path(sys.argv[1])], Path(sys.argv[2]), limits__reader_seconds=int(sys.argv[3]))
own = int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1])  # ru_maxrss begins with the caller's
peak = [kilobytes * 1024 for kilobytes in (own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)]
print(json.dumps({"published": outcome.published, "quarantined": outcome.quarantined, "peak": peak}))
"""


class Run(NamedTuple):
    """What came of the batch: the rule expected of each file, its row in `sources`, the counts, and seconds on the clock."""

    expected: dict[str, str]
    sources: dict[str, dict[str, Any]]
    told: dict[str, Any]
    seconds: float


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("hostile")
    raw = folder / "raw"
    raw.mkdir()
    expected = write_all(raw)
    (raw / "good.html").write_bytes(samples.html().encode())
    (raw / "good.pdf").write_bytes(samples.a_pdf())
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(raw), str(folder / "output"), str(SECONDS)],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = pq.read_table(folder / "output" / "sample" / "latest" / "parquet" / "sources.parquet").to_pylist()
    yield Run(expected, {row["path"]: row for row in rows}, json.loads(done.stdout), time.monotonic() - start)
    assert not list(folder.parent.rglob("evil.txt"))


def test_every_hostile_file_is_refused_by_its_rule(run: Run) -> None:
    found = {path: run.sources[path]["reason"] if path in run.sources else "absent" for path in run.expected}
    # whichever limit it meets first
    assert found.pop("bomb.pdf") in ("reader-timeout", "reader-memory", "reader-crashed")
    del run.expected["bomb.pdf"]
    assert found == run.expected


def test_the_good_files_are_published(run: Run) -> None:
    assert {run.sources[name]["outcome"] for name in ("good.html", "good.pdf")} <= {"published", "duplicate"}
    assert run.told["published"] == 1


def test_memory_and_time_are_bounded(run: Run) -> None:
    assert max(run.told["peak"]) < GIGABYTE
    assert run.seconds < 200


def test_a_reader_that_hangs_costs_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(Limits(reader_seconds=1))
    hanging = known.DOCX._replace(isolated="tests.read_formats.hostile_readers:spin")
    monkeypatch.setitem(known._ZIPPED, "docx", hanging)
    with pytest.raises(Unreadable) as caught:
        read_document("a.docx", samples.a_docx(), "0" * 64, settings)
    assert caught.value.rule == "reader-timeout"
    assert read_document("a.pdf", samples.a_pdf(), "0" * 64, settings).title == samples.TITLE


@pytest.mark.parametrize(("reader", "rule"), [("crash", "reader-crashed"), ("devour", "reader-memory")])
def test_a_reader_that_crashes_or_devours_costs_one_file(
    reader: str, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = known.DOCX._replace(isolated=f"tests.read_formats.hostile_readers:{reader}")
    monkeypatch.setitem(known._ZIPPED, "docx", broken)
    with pytest.raises(Unreadable) as caught:
        read_document("a.docx", samples.a_docx(), "0" * 64, Settings())
    assert caught.value.rule == rule
    assert read_document("a.pdf", samples.a_pdf(), "0" * 64, Settings()).title == samples.TITLE
