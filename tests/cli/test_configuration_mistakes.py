"""Mistakes of a pipeline file or command line: told all at once, in both languages, before anything is written.

Golden files are read like code. After a wanted change of messages: OPENDATA_GOLDEN=write pytest tests/cli
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from opendata.cli import main

GOLDEN = Path(__file__).parent / "golden"
SOUND = """\
inputs = ["raw"]

[dataset]
id = "lake-county"
title = { zh = "澄湖县公开文件", en = "Disclosures of Lake County" }
description = { zh = "虚构。", en = "Invented." }
publisher = { name = { zh = "澄湖县数据局", en = "Lake County Data Office" } }
contact = { name = "Data desk", email = "desk@lake.example" }
licence = "CC-BY-4.0"
themes = ["GOVE"]
keywords = { zh = ["公文"], en = ["documents"] }

[site]
base_url = "https://lake.example/opendata"
id_base = "https://id.lake.example"
"""


def changed(*pairs: tuple[str, str]) -> str:
    text = SOUND
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


ALL_MISSING = "[dataset]\n[site]\n"
FILES: dict[str, str | bytes | None] = {
    "missing-keys": ALL_MISSING,
    "empty-file": "",
    "unknown-keys": changed(
        ('inputs = ["raw"]', 'inputs = ["raw"]\nfolder = "x"\ninput = "raw"'),
        ("[site]\n", "[site]\nbaseurl = 'https://lake.example'\n"),
        ('email = "desk@lake.example"', 'email = "desk@lake.example", phone = "0431-5550100"'),
    )
    + '[[allow_personal]]\nkind = "bank_card"\nreason = "拍卖公告须公布退款账户"\nwhy = "x"\n[output]\nxml = true\n',
    "wrong-types": changed(
        ('inputs = ["raw"]', 'inputs = "raw"\nworkers = "two"\nlimits = 5'),
        ('title = { zh = "澄湖县公开文件", en = "Disclosures of Lake County" }', 'title = "澄湖县公开文件"'),
        ('themes = ["GOVE"]', "themes = [7]"),
    )
    + '[output]\ncsv = "yes"\nkeep_versions = 2.5\n',
    "wrong-values": changed(
        ('"CC-BY-4.0"', '"CC BY 4.0"'),
        ('["GOVE"]', '["GOVE", "政府"]'),
        ('"lake-county"', '"Lake County"'),
        ("desk@lake.example", "desk"),
        ('zh = ["公文"]', "zh = []"),
        ('zh = "虚构。"', 'zh = "  "'),
        ("Disclosures of Lake County", "<Title of the dataset>"),
    )
    + '[output]\nkeep_versions = 0\nrows_per_file = 10\n[[allow_personal]]\nkind = "phone"\nreason = "必要"\n',
    "wrong-addresses": changed(
        ("https://lake.example/opendata", "lake.example/opendata"),
        ("https://id.lake.example", "https://id.lake.example/#"),
    ),
    "address-with-password": changed(("https://lake.example/", "https://ann:secret@lake.example/")),
    "address-with-space": changed(("https://lake.example/", "https://lake example/")),
    "no-inputs": changed(('["raw"]', "[]")),
    "duplicate-inputs": changed(('["raw"]', '["raw", "other/raw", "raw", "absent"]')),
    "inputs-hold-output": changed(('["raw"]', '["."]')),
    "not-toml": changed(("[dataset]", "[dataset")),
    "not-utf-8": SOUND.encode("gb18030"),
    "no-such-file": None,
}


def run(folder: Path, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(main, ["publish", *arguments])
    assert result.stdout == ""
    text = result.stderr.replace(str(folder), "<folder>")
    return f"status {result.exit_code}\n{text}"


def check(name: str, found: str) -> None:
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("OPENDATA_GOLDEN") == "write":
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("raw", "other/raw"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "a.txt").write_text("标题：公告\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", FILES)
def test_a_wrong_file_is_refused_with_its_mistakes_and_nothing_is_written(
    name: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = FILES[name]
    if content is not None:
        data = content if isinstance(content, bytes) else content.encode()
        (folder / "lake.toml").write_bytes(data)
    before = everything(folder)
    found = run(folder, monkeypatch, "lake.toml")
    assert found.startswith("status 2\n")
    assert everything(folder) == before
    check(name, found)


OPTIONS: dict[str, list[str]] = {
    "option-workers-zero": ["--workers", "0"],
    "option-workers-too-many": ["--workers", "1000"],
    "option-input-absent": ["--input", "absent", "--input", "gone.zip"],
    "option-several": ["--workers", "0", "--base-url", "lake.example", "--id-base", "ftp://lake.example"],
    "option-output-is-a-file": ["--output", "lake.toml"],
}


@pytest.mark.parametrize("name", OPTIONS)
def test_a_wrong_option_is_refused_like_a_wrong_file(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "lake.toml").write_text(SOUND, encoding="utf-8")
    before = everything(folder)
    found = run(folder, monkeypatch, "lake.toml", *OPTIONS[name])
    assert found.startswith("status 2\n")
    assert everything(folder) == before
    check(name, found)


@pytest.mark.parametrize(
    "make", [lambda path: path.mkdir(), lambda path: path.write_text('output = "x"\ndataset = 3\n', encoding="utf-8")]
)
def test_odd_files_are_mistakes_and_never_a_crash(
    make: Callable[[Path], object], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder / "lake.toml")
    assert run(folder, monkeypatch, "lake.toml", "--output", "out", "--base-url", "x").startswith(
        "status 2\nopendata: "
    )


def test_a_byte_order_mark_is_no_mistake(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "lake.toml").write_bytes(b"\xef\xbb\xbf" + SOUND.encode())
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(main, ["publish", "lake.toml", "--quiet"])
    assert result.exit_code == 0, result.output


def test_every_golden_file_belongs_to_a_test() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {*FILES, *OPTIONS, "summary"}
