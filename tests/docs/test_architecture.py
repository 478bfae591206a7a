"""The plan in docs/architecture.md is the shape of the code: order of the road, size of files, names of folders."""

import ast
import re
from pathlib import Path

import pytest

from tests.docs.snippets import ROOT

PACKAGE = ROOT / "src" / "opendata"
PAGE = ROOT / "docs" / "architecture.md"
MODULES = sorted(PACKAGE.rglob("*.py"))


def order() -> dict[str, int]:
    """Return each step of the road with its place, from the table in the page."""
    table = PAGE.read_text(encoding="utf-8").split("| step |")[1].split("\n\n")[0]
    rows = [re.findall(r"`(\w+)`", line.split("|")[1]) for line in table.split("\n")[2:]]
    return {step: place for place, steps in enumerate(rows) for step in steps}


def step_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Return the steps that a module imports anything of, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        found |= {name.split(".")[1] for name in names if name.startswith("opendata.")}
    return found


def test_the_page_names_every_step_and_no_other() -> None:
    steps = {step_of(path) for path in MODULES} - {"__init__", "__main__"}
    assert set(order()) == steps


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_import_points_back_up_the_road(path: Path) -> None:
    place, own = order(), step_of(path)
    if own in ("__init__", "__main__"):
        return
    later = {step for step in imported(path) if step in place and step != own and place[step] >= place[own]}
    assert not later, f"{own} imports {', '.join(sorted(later))}, which stand behind it"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= 60, f"{node.name}: {length} lines"


def test_every_decision_is_in_the_list_and_has_its_three_parts() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    for page in sorted(folder.glob("[0-9]*.md")):
        text = page.read_text(encoding="utf-8")
        assert f"({page.name})" in index
        assert [line for line in text.split("\n") if line.startswith("## ")] == [
            "## Context",
            "## Decision",
            "## Consequences",
        ]
