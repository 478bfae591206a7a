"""What the documentation shows, found in its pages and made anew: commands, programs, files and rows with their real output.

A page says by a comment, which readers do not see, or by the language of a block, where a shown thing comes from:

- a block ```` ```console ````: lines after `$ ` are commands, run one after the other; the other lines are what they print;
- `<!-- published -->` above such a block: they run where the sample has been published already;
- a block ```` ```python ```` and, where it prints, the block ```` ```text ```` right below: a program and its output;
- `<!-- file: PATH FIRST-LAST -->` above a block: these lines of a file of the project;
- `<!-- row: SQL -->` or `<!-- rows: SQL -->` above a table: the result of a query over the published sample's tables.

`python -m tests.docs.snippets` (part of `make docs`) writes what is shown today into the pages;
review the difference like that of golden files.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]
SHOWN_DAY = "2026-03-04"
"""Stands for the day of the run in what is shown."""

_COPIED = ("Makefile", "pyproject.toml", "requirements.txt", "requirements-dev.txt", "README.md", "pipelines", "src")
_BLOCK = re.compile(
    r"(?P<mark><!-- (?:published|file: (?P<path>\S+) (?P<first>\d+)-(?P<last>\d+)) -->\n)?"
    r"```(?P<kind>\w+)\n(?P<text>.*?)```\n",
    re.S,
)
_TABLE = re.compile(r"<!-- (?P<kind>rows?): (?P<query>.*?) -->\n(?P<text>(?:\|[^\n]*\n)+)", re.S)
_PRINTED = re.compile(r"```python\n(?P<program>.*?)```\n(?:\n```text\n(?P<text>.*?)```\n)?", re.S)


def pages() -> list[Path]:
    """Return every page that people read, generated ones too."""
    found = [ROOT / name for name in ("README.md", "README.zh-CN.md", "CHANGELOG.md")]
    found += [ROOT / "output" / "README.md", ROOT / "pipelines" / "README.md"]
    return found + sorted((ROOT / "docs").rglob("*.md"))


def has_snippets(page: Path) -> bool:
    """Tell whether a page shows anything that can be made anew."""
    text = page.read_text(encoding="utf-8")
    return any(mark in text for mark in ("```console\n", "```python\n", "<!-- file: ", "<!-- row: ", "<!-- rows: "))


def workspace(folder: Path) -> Path:
    """Make a copy of the project's own files as a clone has them, with the environment of this run; returns it."""
    folder.mkdir(parents=True)
    for name in _COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, folder / name)
    environment = folder / ".venv"
    environment.mkdir()
    for name in ("bin", "lib", "pyvenv.cfg"):
        (environment / name).symlink_to(Path(sys.prefix) / name)
    for name in ("ready", "ready-dev"):
        (environment / name).touch()
    return folder


def published(folder: Path) -> Path:
    """Make a workspace that holds the published sample."""
    place = workspace(folder)
    printed = shell("opendata publish pipelines/sample.toml --quiet", place)
    if printed:
        raise RuntimeError(f"the sample could not be published: {printed}")
    return place


def shell(command: str, folder: Path) -> str:
    """Run a command in a workspace and return all that it prints, with the folder and the day of the run replaced."""
    before = datetime.now(UTC).date()
    environment = {
        **os.environ,
        "PATH": f"{folder / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(folder / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MAKEFLAGS": "",
        "MAKELEVEL": "",
        "COLUMNS": "100",
    }
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=False, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, timeout=120, check=False,
    )  # fmt: skip
    if "Traceback (most recent call last)" in done.stdout:
        raise RuntimeError(f"{command}\n{done.stdout}")
    printed = done.stdout.replace(str(folder.resolve()), "…")
    for day in (before, datetime.now(UTC).date()):
        printed = printed.replace(day.isoformat(), SHOWN_DAY)
    return printed


def renewed(page: Path, sample: Path, folder: Path) -> str:
    """Return the text of a page with everything that it shows made anew.

    `sample` is a workspace with the published sample, for programs and queries; commands run in `folder`.
    """
    text = page.read_text(encoding="utf-8")
    text = _TABLE.sub(lambda match: _table(match, sample), text)
    text = _PRINTED.sub(lambda match: _program(match, sample), text)
    return _BLOCK.sub(lambda match: _block(match, sample, folder), text)


def _block(match: re.Match[str], sample: Path, folder: Path) -> str:
    mark = match["mark"] or ""
    if match["path"]:
        lines = _decoded(ROOT / match["path"]).split("\n")[int(match["first"]) - 1 : int(match["last"])]
        return f"{mark}```{match['kind']}\n" + "\n".join(lines) + "\n```\n"
    if match["kind"] != "console":
        return match[0]
    commands = [line[2:] for line in match["text"].split("\n") if line.startswith("$ ")]
    place = sample if mark else folder
    shown = "".join(f"$ {command}\n{shell(command, place)}" for command in commands)
    return f"{mark}```console\n{shown}```\n"


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _program(match: re.Match[str], sample: Path) -> str:
    script = sample / "snippet.py"
    script.write_text(match["program"], encoding="utf-8")
    printed = shell(f"{sys.executable} snippet.py", sample)
    shown = f"```python\n{match['program']}```\n"
    return shown + (f"\n```text\n{printed}```\n" if printed else "")


def _table(match: re.Match[str], sample: Path) -> str:
    connection = duckdb.connect()
    for path in sorted((sample / "output" / "sample" / "latest" / "parquet").glob("*.parquet")):
        connection.sql(f"CREATE VIEW {path.stem} AS SELECT * FROM '{path}'")
    result = connection.sql(match["query"])
    head = f"<!-- {match['kind']}: {match['query']} -->\n"
    rows = result.fetchall()
    if match["kind"] == "row":
        assert len(rows) == 1, f"{match['query']}: {len(rows)} rows"
        pairs = list(zip(result.columns, rows[0], strict=True))
        first, *others = match["text"].split("\n")[:2]
        return head + "\n".join([first, *others, *(_line((f"`{name}`", _cell(value))) for name, value in pairs)]) + "\n"
    first, second = match["text"].split("\n")[:2]
    return head + "\n".join([first, second, *(_line(tuple(map(_cell, row))) for row in rows)]) + "\n"


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _cell(value: object) -> str:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "null" if value is None else str(value)


def renew_all(report: Callable[[str], None] = print) -> None:
    """Write into every page what it would show today."""
    with tempfile.TemporaryDirectory(prefix="docs-") as scratch:
        sample = published(Path(scratch) / "sample")
        for number, page in enumerate(page for page in pages() if has_snippets(page)):
            text = renewed(page, sample, place_for(page, sample, Path(scratch) / f"page-{number}"))
            if text != page.read_text(encoding="utf-8"):
                page.write_text(text, encoding="utf-8", newline="\n")
                report(str(page.relative_to(ROOT)))


def place_for(page: Path, sample: Path, folder: Path) -> Path:
    """Return where the commands of a page run: the README's in a fresh clone, the others' where the sample is published."""
    if page.parent == ROOT:
        return workspace(folder)
    shutil.copytree(sample, folder, symlinks=True)
    return folder


def links(page: Path) -> Iterator[str]:
    """Yield the relative targets of a page's links."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if not target.startswith(("http://", "https://", "mailto:")):
            yield target


if __name__ == "__main__":
    renew_all()
