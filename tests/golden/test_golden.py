"""Every file of the sample gives what was reviewed: any difference is a change of behaviour that someone must look at.

`pytest tests/golden --update-golden` rewrites the files.
"""

from pathlib import Path

import pytest

from tests.golden.render import render

SAMPLE = Path(__file__).resolve().parents[2] / "pipelines" / "sample"
FILES = sorted(path.relative_to(SAMPLE).as_posix() for path in SAMPLE.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_the_sample_gives_what_was_reviewed(name: str, update_golden: bool) -> None:
    golden = Path(__file__).parent / (name.replace("/", "--") + ".txt")
    found = render(name, (SAMPLE / name).read_bytes())
    if update_golden:
        golden.write_text(found, encoding="utf-8")
    assert golden.exists(), f"no reviewed file for {name}: run pytest tests/golden --update-golden and look at it"
    assert found == golden.read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    names = {name.replace("/", "--") + ".txt" for name in FILES}
    assert {path.name for path in Path(__file__).parent.glob("*.txt")} == names
