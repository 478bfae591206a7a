"""What the documentation shows is what happens."""

import re
from pathlib import Path

import pytest

from tests.docs.snippets import ROOT, has_snippets, links, pages, place_for, published, renewed

AGAIN = "If the change is meant: make docs, and review the difference"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone in which the sample has been published with the command line."""
    return published(tmp_path_factory.mktemp("docs") / "sample")


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", [page for page in pages() if has_snippets(page)], ids=name)
def test_commands_programs_and_rows_print_what_the_page_shows(page: Path, sample: Path, tmp_path: Path) -> None:
    shown = page.read_text(encoding="utf-8")
    found = renewed(page, sample, place_for(page, sample, tmp_path / "clone"))
    assert found.split("\n") == shown.split("\n"), AGAIN


@pytest.mark.parametrize("page", pages(), ids=name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    for target in links(page):
        path, _, anchor = target.partition("#")
        place = (page.parent / path).resolve() if path else page
        assert place.exists(), f"{target} in {name(page)}"
        if anchor:
            assert f'id="{anchor}"' in place.read_text(encoding="utf-8"), f"{target} in {name(page)}"


@pytest.mark.parametrize("page", pages(), ids=name)
def test_targets_of_make_that_a_page_names_exist(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = set(re.findall(r"(?:`|^|\$ )make (?:-s )?([a-z]+)\b", page.read_text(encoding="utf-8"), re.M))
    assert named <= targets


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "README.zh-CN.md"], ids=name)
def test_the_readme_stays_short(page: Path) -> None:
    assert len(page.read_text(encoding="utf-8").splitlines()) < 180


def test_both_readmes_show_the_same() -> None:
    english, chinese = ((ROOT / page).read_text(encoding="utf-8") for page in ("README.md", "README.zh-CN.md"))
    for shown in (r"```(?:console|text|python)\n.*?```", r"^\| .*\d.* \|$", r"^<!-- .*? -->$"):
        assert re.findall(shown, english, re.S | re.M if shown[0] == "`" else re.M) == re.findall(
            shown, chinese, re.S | re.M if shown[0] == "`" else re.M
        )
    assert english.count("\n## ") == chinese.count("\n## ")
