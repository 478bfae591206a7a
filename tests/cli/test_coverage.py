"""`opendata coverage`: what is told of many files, what is not, and how the command ends."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from opendata.cli import main
from opendata.convert import Settings
from opendata.coverage import Coverage, measure, report

SOUND = """索引号：LK-2024-{number:05d}
标题：关于做好第{number}次植树工作的通知
印制机关：澄湖县林业局
发布日期：2024年3月28日

各乡镇人民政府：
全年植树{number}00棵。

澄湖县林业局
2024年3月{number}日
"""
ODD = "首页 > 政务公开\n\n没有人认得的话 abc\n" + SOUND.format(number=3) + "\n\n无人认得的尾巴 88\n"
SECRET = SOUND.format(number=4).replace("全年", "印制电话：19900001234\n全年")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in (1, 2):
        (raw / f"{number}.txt").write_text(SOUND.format(number=number), encoding="utf-8")
    (raw / "odd.txt").write_text(ODD, encoding="utf-8")
    (raw / "empty.txt").write_bytes(b"")
    (raw / "secret.txt").write_text(SECRET, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def coverage(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["coverage", *arguments])


def test_the_least_understood_is_shown_with_the_unrecognised_words_and_their_places(folder: Path) -> None:
    result = coverage("raw")
    assert result.exit_code == 0
    text = (folder / "raw" / "odd.txt").read_text(encoding="utf-8")
    lines = result.stdout.split("\n")
    at = next(index for index, line in enumerate(lines) if line.endswith("  odd.txt"))
    place, words = lines[at + 1].strip().split(" ", 1)
    start, end = map(int, place.strip("[]").split(":"))
    assert "没有人认得的话 abc" in words
    assert words == " ".join(text[start:end].split())
    assert "1.txt" not in result.stdout, "understood whole"


def test_unknown_labels_are_counted_with_an_example(folder: Path) -> None:
    assert "       3  印制机关: 澄湖县林业局" in coverage("raw").stdout


def test_quarantined_files_are_counted_by_rule_with_the_first_of_them(folder: Path) -> None:
    shown = coverage("raw").stdout
    assert "documents 文件 3 · quarantined 已隔离 2" in shown
    assert "       1  empty  " in shown
    assert "          empty.txt" in shown


def test_no_personal_number_is_printed_and_an_allowed_one_is_masked(folder: Path) -> None:
    assert "19900001234" not in coverage("raw").output
    allowed = report(measure([folder / "raw"], Settings(allowed=frozenset({"mobile_number"}))))
    assert "documents 文件 4" in allowed
    assert "19900001234" not in allowed


def test_an_allowed_number_of_an_english_text_is_masked(folder: Path) -> None:
    text = (
        "Title: Notice on rural bus services\nReference number: HDC/2023/0413\nIssued by: Harrowby District Council\n"
        "Hotline of the bus company: 07700 900123\n\nThe services run from Monday.\n"
    )
    (folder / "raw" / "english.txt").write_text(text, encoding="utf-8")
    allowed = report(measure([folder / "raw"], Settings(allowed=frozenset({"mobile_number"}))))
    assert "Hotline of the bus company" in allowed
    assert "900123" not in allowed


def test_labels_that_stand_before_persons_show_no_example(folder: Path) -> None:
    named = SOUND.format(number=5).replace("印制机关：澄湖县林业局", "经办人员：某某某")
    (folder / "raw" / "named.txt").write_text(named, encoding="utf-8")
    shown = coverage("raw").stdout
    assert "经办人员" in shown
    assert "某某某" not in shown


def test_most_bounds_what_is_listed(folder: Path) -> None:
    for number in range(5, 9):
        text = ODD.replace("印制机关", f"印制机关{'甲乙丙丁'[number - 5]}")
        (folder / "raw" / f"odd-{number}.txt").write_text(text, encoding="utf-8")
    shown = coverage("raw", "--most", "2").stdout
    assert shown.count("odd") == 2
    assert "more 另有" in shown
    assert coverage("raw", "--most", "0").exit_code == 2


def test_archives_and_single_files_are_read_as_publish_reads_them(folder: Path) -> None:
    with zipfile.ZipFile(folder / "batch.zip", "w") as batch:
        batch.write(folder / "raw" / "odd.txt", "sub/odd.txt")
    shown = coverage("batch.zip", "raw/1.txt").stdout
    assert "documents 文件 2 · quarantined 已隔离 0" in shown
    assert "batch.zip!/sub/odd.txt" in shown


def test_limits_come_from_a_pipeline_file(folder: Path) -> None:
    from tests.cli.test_commands import PIPELINE

    (folder / "lake.toml").write_text(PIPELINE + "[limits]\nfile_bytes = 9\n", encoding="utf-8")
    result = coverage("raw", "--pipeline", "lake.toml")
    assert result.exit_code == 1
    assert "file-too-large" in result.stdout


def test_nothing_to_read_ends_with_1_and_no_such_path_with_2(folder: Path) -> None:
    assert coverage("raw/empty.txt").exit_code == 1
    assert coverage("absent").exit_code == 2
    assert coverage().exit_code == 2


def test_no_progress_is_written_where_the_error_output_is_no_terminal(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "opendata", "coverage", "raw"],
        capture_output=True, check=True, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.stderr == b""


def test_only_the_least_understood_are_held_whatever_their_order() -> None:
    held = Coverage(most=3)
    text = type("Text", (), {"as_py": lambda self: "无人认得"})()
    for number, share in enumerate((0.9, 0.5, 0.7, 0.5, 0.99, 0.2, 0.8)):
        held.documents += 1
        held._keep(share, f"{number}.txt", text, [(0, 2), (2, 4)])
    assert [(gap.share, gap.path) for gap in held.least()] == [(0.2, "5.txt"), (0.5, "1.txt"), (0.5, "3.txt")]
