"""Nothing that users can name is undocumented, and generated pages are those that the code makes today."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from opendata.check.rules import RULES
from opendata.check.rules_page import PAGE, rules_page
from opendata.cli import main
from opendata.config import Output, Pipeline
from opendata.template import TEMPLATE
from tests.docs.snippets import ROOT

READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_every_command_and_option_is_in_the_readme(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for name, command in main.commands.items():
        assert f"opendata {name}" in text, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                for option in parameter.opts:
                    assert re.search(rf"{re.escape(option)}\b", text), f"{name} {option}"
    assert {"--version", "--help", "-h"} <= set(re.findall(r"(?<![\w-])--?[a-z]+", text))


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_every_option_that_the_readme_names_exists(page: Path) -> None:
    known = {option for command in main.commands.values() for one in command.params for option in one.opts}
    prose = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    assert set(re.findall(r"(?<!-)--[a-z][a-z-]*", prose)) <= known | {"--version", "--help"}


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_exit_statuses_are_in_the_readme(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert all(f"**{status}**" in text for status in (0, 1, 2))


def test_the_page_of_rules_is_that_of_the_code() -> None:
    shown = (ROOT / "docs" / PAGE).read_text(encoding="utf-8")
    assert shown == rules_page(), "make docs writes it anew"


def test_every_rule_is_told_in_both_languages() -> None:
    text = rules_page()
    for name, rule in RULES.items():
        row = next(line for line in text.split("\n") if line.startswith(f"| `{name}` |"))
        assert row.count(" | ") == 2
        assert re.search("[一-鿿]", rule.text.zh), name
        assert re.search("[A-Za-z]{2}", rule.text.en), name


def test_every_error_has_advice_for_publishers() -> None:
    text = (ROOT / "docs" / "guides" / "publishers.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z-]+)(?:`|-…`)", text))
    for name, rule in RULES.items():
        if rule.severity in ("error", "warning"):
            assert name in named or name.split("-")[0] in named, name


def test_every_key_of_a_pipeline_file_is_in_the_template() -> None:
    for key in [*(name for name in Pipeline.model_fields if name != "folder"), *Output.model_fields]:
        assert re.search(rf"^[# \[]*{key}\b", TEMPLATE, re.M), key


@pytest.mark.parametrize(
    ("suffix", "word"),
    [("docx", "Word"), ("pdf", "PDF"), ("warc", "WARC"), ("xls", "`.xls`"), ("rtf", "RTF"), ("rar", "RAR")],
)
def test_formats_that_the_readme_calls_unread_are_unread(suffix: str, word: str, tmp_path: Path) -> None:
    file = tmp_path / f"notice.{suffix}"
    file.write_bytes(b"no such format inside")
    told = CliRunner().invoke(main, ["explain", str(file)]).output
    for page in READMES:
        limit = next(line for line in page.read_text(encoding="utf-8").split("\n") if "`unsupported-format`" in line)
        assert (word in limit) == ("unsupported-format" in told), f"{page.name}: {limit}"
