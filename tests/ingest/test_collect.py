"""Which files are found under the inputs, in which order, and under which names."""

import os
import socket
import sys
from pathlib import Path

import pytest

from opendata.check.rules import RULES
from opendata.config import Limits
from opendata.convert import Settings, convert
from opendata.errors import ConfigurationError
from opendata.ingest.names import printable
from opendata.ingest.raw import RawFile, check_inputs, collect


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")


def found(scratch: Path, *inputs: Path) -> list[RawFile]:
    return collect(inputs, scratch, Limits())


def paths(scratch: Path, *inputs: Path) -> list[str]:
    return [one.path for one in found(scratch, *inputs)]


def test_files_come_in_byte_order_of_their_relative_paths(raw: Path, scratch: Path) -> None:
    write(raw, "b.txt", "a/z.txt", "a.txt", "B.txt", "目录/文件.html", "a/a/a/a/deep.md")
    assert paths(scratch, raw) == ["B.txt", "a.txt", "a/a/a/a/deep.md", "a/z.txt", "b.txt", "目录/文件.html"]
    assert [Path(one.location).read_text() for one in found(scratch, raw)] == paths(scratch, raw)


def test_hidden_files_locks_and_leavings_are_no_disclosures(raw: Path, scratch: Path) -> None:
    write(raw, ".hidden.txt", ".git/x.txt", "~$通知.docx", "Thumbs.db", "desktop.ini", "__MACOSX/a.txt", "a.txt")
    assert paths(scratch, raw) == ["a.txt"]


def test_a_single_file_is_an_input(raw: Path, scratch: Path) -> None:
    write(raw, "only.txt", "other.txt")
    assert paths(scratch, raw / "only.txt") == ["only.txt"]


def test_several_folders_keep_their_names_in_front(tmp_path: Path, scratch: Path) -> None:
    write(tmp_path, "x/a.txt", "y/a.txt", "single.txt")
    assert paths(scratch, tmp_path / "y", tmp_path / "x", tmp_path / "single.txt") == [
        "single.txt",
        "x/a.txt",
        "y/a.txt",
    ]


def test_a_linked_input_keeps_the_name_of_its_link(tmp_path: Path, scratch: Path) -> None:
    write(tmp_path, "2024-05/a.txt", "y/a.txt")
    (tmp_path / "current").symlink_to(tmp_path / "2024-05")
    assert paths(scratch, tmp_path / "current", tmp_path / "y") == ["current/a.txt", "y/a.txt"]


def test_deep_trees_are_walked(raw: Path, scratch: Path) -> None:
    depth, folder = 200, str(raw)
    here = os.getcwd()
    os.chdir(folder)
    try:
        for _ in range(depth):
            os.mkdir("d")
            os.chdir("d")
        Path("a.txt").write_text("x")
    finally:
        os.chdir(here)
    assert paths(scratch, raw) == ["d/" * depth + "a.txt"]


def test_link_loops_and_links_to_folders_are_refused_and_links_to_files_read(raw: Path, scratch: Path) -> None:
    write(raw, "a.txt", "folder/b.txt")
    (raw / "loop").symlink_to(raw)
    (raw / "folder" / "up").symlink_to("..")
    (raw / "self").symlink_to("self")
    (raw / "gone.txt").symlink_to("nowhere")
    (raw / "same.txt").symlink_to("a.txt")
    by_path = {one.path: one for one in found(scratch, raw)}
    assert set(by_path) == {"a.txt", "folder/b.txt", "folder/up", "gone.txt", "loop", "same.txt", "self"}
    refused = {path: one.found for path, one in by_path.items() if one.refused == "not-a-file"}
    assert set(refused) == {"folder/up", "gone.txt", "loop", "self"}
    assert refused["loop"] == "a link to a folder"
    assert refused["gone.txt"] == "a link that leads nowhere"
    assert by_path["same.txt"].refused is None


def test_pipes_and_sockets_are_refused_and_never_opened(
    raw: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(raw / "pipe.txt")
    monkeypatch.chdir(raw)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.txt")
        assert [(one.path, one.refused) for one in found(scratch, raw)] == [
            ("pipe.txt", "not-a-file"),
            ("socket.txt", "not-a-file"),
        ]
    assert found(scratch, raw / "pipe.txt")[0].refused == "not-a-file"


def test_a_folder_that_cannot_be_listed_is_reported(raw: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(raw, "a.txt", "closed/b.txt")
    listing = os.scandir

    def scandir(folder: str) -> object:
        if folder.endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return listing(folder)

    monkeypatch.setattr("opendata.ingest.raw.os.scandir", scandir)
    assert [(one.path, one.refused) for one in found(scratch, raw)] == [("a.txt", None), ("closed/", "unreadable-file")]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_quarantined(raw: Path, scratch: Path) -> None:
    write(raw, "a.txt")
    (raw / "a.txt").chmod(0)
    rows = convert(found(scratch, raw), Settings())["sources"].to_pylist()
    assert rows[0]["reason"] == "unreadable-file"


def test_a_file_that_vanished_is_quarantined(raw: Path) -> None:
    rows = convert([RawFile("gone.txt", str(raw / "gone.txt"))], Settings())["sources"].to_pylist()
    assert (rows[0]["outcome"], rows[0]["reason"]) == ("quarantined", "unreadable-file")


def test_a_file_beyond_the_limit_is_quarantined(raw: Path, scratch: Path) -> None:
    write(raw, "a.txt")
    (raw / "large.txt").write_bytes(b"x" * 101)
    rows = convert(found(scratch, raw), Settings(Limits(file_bytes=100)))["sources"].to_pylist()
    assert {row["path"]: row["reason"] for row in rows}["large.txt"] == "file-too-large"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow such names")
def test_names_that_are_not_utf_8_are_made_printable_and_read(raw: Path, scratch: Path) -> None:
    for name in ("通知.txt".encode("gbk"), b"bad\xff\xff\xfe.txt", b"line\nend.txt"):
        with open(os.path.join(os.fsencode(raw), name), "wb") as file:
            file.write("标题：公告\n".encode())
    files = found(scratch, raw)
    assert sorted(one.path for one in files) == ["bad\\xff\\xff\\xfe.txt", "line\\x0aend.txt", "通知.txt"]
    tables = convert(files, Settings())
    assert [row["outcome"] for row in tables["sources"].to_pylist()] == ["published"] * 3


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow such names")
def test_two_names_that_print_alike_stay_two(raw: Path, scratch: Path) -> None:
    for name in ("通知.txt".encode(), "通知.txt".encode("gbk")):
        with open(os.path.join(os.fsencode(raw), name), "wb") as file:
            file.write(name)
    assert paths(scratch, raw) == ["通知.txt", "通知.txt (2)"]


@pytest.mark.parametrize("name", ["a.txt", "通知（一）.txt", "a b\u3000c"])
def test_printable_names_stay_as_they_are(name: str) -> None:
    assert printable(name) == name


def test_inputs_that_are_wrong_are_all_named(tmp_path: Path) -> None:
    write(tmp_path, "x/raw/a.txt", "raw/a.txt")
    with pytest.raises(ConfigurationError) as caught:
        check_inputs((tmp_path / "raw", tmp_path / "x" / "raw", tmp_path / "none"), tmp_path / "raw" / "output")
    message = str(caught.value)
    assert "none: no such file or folder" in message
    assert "two inputs have one name / 输入重名: raw" in message
    assert "must lie apart from the output folder" in message


def test_every_rule_of_ingest_is_known() -> None:
    assert {"not-a-file", "unreadable-file", "nested-archive", "archive-broken", "archive-limit"} <= set(RULES)
