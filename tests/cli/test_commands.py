"""What the commands do, say and end with."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opendata.cli import main
from opendata.config import load
from opendata.terminal import summary
from tests.support import ROOT, release

SOUND = """索引号：LK-2024-{number:05d}
标题：澄湖县水务局关于做好第{number}次巡查工作的通知
发文机关：澄湖县水务局
成文日期：2024年3月{number}日
发布日期：2024年3月28日

各乡镇人民政府：
全年开展巡查{number}次。

澄湖县水务局
2024年3月{number}日
"""
PIPELINE = """inputs = ["raw"]
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


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "raw").mkdir()
    for number in (1, 2):
        (tmp_path / "raw" / f"{number}.txt").write_text(SOUND.format(number=number), encoding="utf-8")
    (tmp_path / "lake.toml").write_text(PIPELINE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def opendata(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_publish_ends_with_0_and_says_what_it_did(folder: Path) -> None:
    result = opendata("publish", "lake.toml")
    assert result.exit_code == 0
    assert "new version / 新版本" in result.stdout
    assert "published 已发布 2 ·" in result.stdout
    assert result.stderr == ""
    assert (folder / "output" / "lake-county" / "latest" / "parquet" / "documents.parquet").is_file()


def test_publishing_the_same_again_says_unchanged(folder: Path) -> None:
    opendata("publish", "lake.toml")
    result = opendata("publish", "lake.toml")
    assert result.exit_code == 0
    assert "unchanged, no new version / 无变化" in result.stdout


def test_nothing_to_publish_ends_with_1(folder: Path) -> None:
    for path in (folder / "raw").iterdir():
        path.write_bytes(b"")
    result = opendata("publish", "lake.toml")
    assert result.exit_code == 1
    assert "nothing could be published / 没有可发布的文件" in result.stderr
    assert "quarantined 已隔离 2" in result.stdout


def test_strict_ends_with_1_when_a_file_is_quarantined_and_publishes_the_rest(folder: Path) -> None:
    assert opendata("publish", "lake.toml", "--strict").exit_code == 0
    (folder / "raw" / "empty.txt").write_bytes(b"")
    result = opendata("publish", "lake.toml", "--strict")
    assert result.exit_code == 1
    assert "1 files quarantined (--strict)" in result.stderr
    assert opendata("publish", "lake.toml").exit_code == 0
    assert opendata("verify", "output").exit_code == 0


def test_quiet_prints_nothing(folder: Path) -> None:
    assert opendata("publish", "lake.toml", "--quiet").output == ""


def test_options_win_over_the_file(folder: Path) -> None:
    (folder / "other.txt").write_text(SOUND.format(number=9), encoding="utf-8")
    result = opendata(
        "publish", "lake.toml", "--input", "other.txt", "--output", "elsewhere", "--workers", "1",
        "--base-url", "https://files.example/x", "--id-base", "https://ids.example/y",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "published 已发布 1 ·" in result.stdout
    assert not (folder / "output").exists()
    catalogue = (folder / "elsewhere" / "catalog.ttl").read_text(encoding="utf-8")
    assert "https://files.example/x" in catalogue
    assert "lake.example/opendata" not in catalogue
    assert "https://ids.example/y" in (folder / "elsewhere" / "catalog.nt").read_text(encoding="utf-8") + catalogue


def test_relative_inputs_follow_the_file_and_the_output_the_working_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = folder / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    assert opendata("publish", "../lake.toml").exit_code == 0
    assert (work / "output" / "catalog.ttl").is_file()
    assert not (folder / "output").exists()


def test_verify_ends_with_1_when_a_file_was_changed(folder: Path) -> None:
    opendata("publish", "lake.toml")
    assert opendata("verify").exit_code == 0
    changed = folder / "output" / "lake-county" / "latest" / "csv" / "documents.csv"
    changed.write_bytes(changed.read_bytes() + b"x")
    result = opendata("verify")
    assert result.exit_code == 1
    assert "documents.csv" in result.stderr


def test_init_writes_a_file_that_is_refused_unfilled_and_loads_when_filled(folder: Path) -> None:
    result = opendata("init", "new/batch.toml")
    assert result.exit_code == 0
    assert "opendata publish new/batch.toml" in result.stdout
    path = folder / "new" / "batch.toml"
    unfilled = opendata("publish", str(path))
    assert unfilled.exit_code == 2
    assert unfilled.stderr.count("still to be filled in / 尚未填写") == 7
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"<', '"').replace('>"', '"'), encoding="utf-8")
    assert load(path).dataset.id == "my-dataset"


def test_every_optional_key_of_the_template_is_valid_when_uncommented(folder: Path) -> None:
    opendata("init", "batch.toml")
    lines = (folder / "batch.toml").read_text(encoding="utf-8").replace('"<', '"').replace('>"', '"').splitlines()
    bare = [line[2:] if line.startswith("# ") and (" = " in line or line.startswith("# [")) else line for line in lines]
    (folder / "batch.toml").write_text("\n".join(bare) + "\n", encoding="utf-8")
    loaded = load(folder / "batch.toml")
    assert loaded.allow_personal[0].kind == "mobile_number"
    assert loaded.workers == 2
    default = type(loaded.limits)()
    assert loaded.limits == default, "the template shows other limits than the defaults"
    assert loaded.output.rows_per_file == 50_000_000


def test_init_never_replaces_a_file(folder: Path) -> None:
    result = opendata("init", "lake.toml")
    assert result.exit_code == 2
    assert "exists already, not replaced / 已存在，未覆盖" in result.stderr
    assert (folder / "lake.toml").read_text(encoding="utf-8") == PIPELINE
    assert opendata("init", "lake.toml/x.toml").exit_code == 2


def test_explain_shows_fields_with_the_printed_words_and_places(folder: Path) -> None:
    result = opendata("explain", "raw/1.txt")
    assert result.exit_code == 0
    assert "索引号 → index_number: LK-2024-00001 [4:17]" in result.stdout
    assert "issuing_body     澄湖县水务局" in result.stdout
    assert "recognised 识别率" in result.stdout


def test_explain_says_why_a_file_would_be_quarantined(folder: Path) -> None:
    (folder / "scan.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    result = opendata("explain", "scan.txt")
    assert result.exit_code == 1
    assert "error binary: 内容是二进制数据而非文字：NUL byte @ byte 8" in result.stdout


@pytest.mark.parametrize("name", ["absent.txt", "raw", "batch.zip"])
def test_explain_of_what_is_no_file_is_a_usage_error(folder: Path, name: str) -> None:
    (folder / "batch.zip").write_bytes(b"PK")
    result = opendata("explain", name)
    assert result.exit_code == 2
    assert name in result.stderr


def test_explain_takes_allowances_from_a_pipeline_file(folder: Path) -> None:
    text = SOUND.format(number=3).replace("全年", "联系人手机19900001234。全年")
    (folder / "named.txt").write_text(text, encoding="utf-8")
    refused = opendata("explain", "named.txt")
    assert refused.exit_code == 1
    assert "19900001234" not in refused.output
    allowance = '[[allow_personal]]\nkind = "mobile_number"\nreason = "依法公示的联系电话"\n'
    (folder / "lake.toml").write_text(PIPELINE + allowance, encoding="utf-8")
    allowed = opendata("explain", "named.txt", "--pipeline", "lake.toml")
    assert allowed.exit_code == 0
    assert "personal-allowed" in allowed.stdout


@pytest.mark.parametrize("arguments", [["publish"], ["publish", "a", "b"], ["nonsense"], ["verify", "--colour"]])
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    assert opendata(*arguments).exit_code == 2


@pytest.mark.parametrize("command", ["", "publish", "verify", "explain", "coverage", "init", "schema"])
def test_help_speaks_both_languages_for_every_option(command: str) -> None:
    result = opendata(*([command] if command else []), "--help")
    assert result.exit_code == 0
    assert any("\u4e00" <= char <= "\u9fff" for char in result.stdout)
    options = (main.commands[command] if command else main).params
    for option in options:
        text = getattr(option, "help", None)
        if text and option.name != "version":
            assert any("\u4e00" <= char <= "\u9fff" for char in text), option.name
            assert any(char.isascii() and char.isalpha() for char in text), option.name


def test_help_does_not_load_what_only_publishing_needs() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from opendata.cli import main; "
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0; "
        "print(sorted({'pyarrow', 'rdflib', 'numpy', 'pandas', 'pydantic', 'selectolax', 'tqdm'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_messages_reach_a_terminal_that_cannot_show_chinese(folder: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "-m", "opendata", "explain", "raw/1.txt"], capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    assert "index_number" in done.stdout


def test_no_progress_is_written_where_the_error_output_is_no_terminal(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "opendata", "publish", "lake.toml"], capture_output=True)
    assert done.returncode == 0
    assert done.stderr == b""


def test_a_terminal_shows_bars_with_rate_and_time_left(folder: Path) -> None:
    shown = _on_a_terminal([sys.executable, "-m", "opendata", "publish", "lake.toml"])
    for bar in ("reading 读取: 100%", "writing 写出: 100%"):
        assert bar in shown
    assert "2/2 [00:0" in shown
    assert "file/s]" in shown


def _on_a_terminal(command: list[str]) -> str:
    """Run a command whose error output is a pseudo-terminal; returns what it showed there."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 120, 0, 0))
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=slave)
    os.close(slave)
    shown = b""
    try:
        while chunk := os.read(master, 4096):
            shown += chunk
    except OSError:  # Linux ends a closed pseudo-terminal with EIO
        running.wait(60)
    os.close(master)
    assert running.wait(60) == 0
    return shown.decode()


def test_the_summary_reads_as_reviewed(folder: Path) -> None:
    (folder / "raw" / "empty.txt").write_bytes(b"")
    (folder / "raw" / "1-again.txt").write_text(SOUND.format(number=1) + "\n", encoding="utf-8")
    late = SOUND.format(number=5).replace("2024年3月28日", "2024年3月2日")
    (folder / "raw" / "late.txt").write_text(late, encoding="utf-8")
    shown = summary(release([folder / "raw"], folder / "output")).replace(str(folder), "<folder>") + "\n"
    golden = ROOT / "tests" / "cli" / "golden" / "summary.txt"
    if os.environ.get("OPENDATA_GOLDEN") == "write":
        golden.write_text(shown, encoding="utf-8")
    assert shown == golden.read_text(encoding="utf-8")
