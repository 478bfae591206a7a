"""Pages as portals make them are read as a person noted; what is not yet read right is listed, with its reason, and nothing else is."""

import tomllib
from pathlib import Path

import pytest

from tests.portals.measure import HERE, figures, pages, read

SETS = ("first", "second", "third", "fourth", "fifth", "sixth")
GAPS: dict[str, dict[str, str]] = tomllib.loads((HERE / "gaps.toml").read_text(encoding="utf-8"))
PAGES = [page for folder in SETS for page in pages(folder)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_a_page_is_read_as_it_was_noted(page: Path) -> None:
    name = f"{page.parent.name}/{page.name}"
    reading = read(page)
    found = reading.differences + [f"invented: {one}" for one in reading.invented]
    gaps = GAPS.get(name, {})
    unlisted = [line for line in found if not any(line.startswith(gap) for gap in gaps)]
    assert unlisted == []
    closed = [gap for gap in gaps if not any(line.startswith(gap) for line in found)]
    assert closed == [], "read right now: take these out of gaps.toml"


def test_gaps_are_of_pages_that_exist() -> None:
    assert set(GAPS) <= {f"{page.parent.name}/{page.name}" for page in PAGES}


@pytest.mark.parametrize("folder", SETS)
def test_no_field_is_invented_and_the_figures_are_those_of_the_readme(folder: str) -> None:
    readings = [read(page) for page in pages(folder)]
    assert sum(len(one.invented) for one in readings) == 0
    printed = figures(readings).splitlines()[1].removeprefix("header fields exact ")
    assert f"| {folder} | {printed} |" in (HERE / "README.md").read_text(encoding="utf-8")
