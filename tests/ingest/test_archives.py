"""Archives, sound and hostile: what is read, what is refused by which rule, and that nothing is written elsewhere."""

import io
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opendata.config import Limits
from opendata.ingest.raw import RawFile, collect

Rows = dict[str, tuple[str | None, bytes]]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Rows]:
    def rows(archive: Path, limits: Limits | None = None) -> Rows:
        scratch = tmp_path / "scratch" / str(len(list(tmp_path.glob("scratch/*"))))
        scratch.mkdir(parents=True)
        files = collect((archive,), scratch, limits or Limits())
        return {one.path: (one.refused, _bytes(one, archive)) for one in files}

    return rows


def _bytes(one: RawFile, archive: Path) -> bytes:
    return b"" if one.refused or one.location == str(archive) else Path(one.location).read_bytes()


def zipped(path: Path, members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_members_are_read_under_the_name_of_the_archive(tmp_path: Path, read: Callable[..., Rows]) -> None:
    archive = zipped(tmp_path / "batch.zip", {"b.txt": b"2", "目录/a.html": b"1", "目录/": b""})
    assert read(archive) == {"batch.zip!/b.txt": (None, b"2"), "batch.zip!/目录/a.html": (None, b"1")}


def test_an_archive_in_a_folder_is_opened_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "raw" / "2024").mkdir(parents=True)
    (tmp_path / "scratch").mkdir()
    zipped(tmp_path / "raw" / "2024" / "batch.ZIP", {"a.txt": b"1"})
    (tmp_path / "raw" / "b.txt").write_bytes(b"2")
    files = collect((tmp_path / "raw",), tmp_path / "scratch", Limits())
    assert [one.path for one in files] == ["2024/batch.ZIP!/a.txt", "b.txt"]


def test_names_in_gb18030_without_the_flag_are_read(tmp_path: Path, read: Callable[..., Rows]) -> None:
    archive = tmp_path / "old.zip"
    raw = "公告\\二〇二四年.txt".encode("gb18030")
    stand_in = "x" * len(raw)
    data = zipped(archive, {stand_in: b"1"}).read_bytes()
    archive.write_bytes(data.replace(stand_in.encode(), raw))
    assert list(read(archive)) == ["old.zip!/公告/二〇二四年.txt"]


def test_hidden_members_and_leavings_are_left_out(tmp_path: Path, read: Callable[..., Rows]) -> None:
    archive = zipped(tmp_path / "mac.zip", {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "./a.txt": b"1"})
    assert read(archive) == {"mac.zip!/a.txt": (None, b"1")}


def test_members_of_one_name_stay_two(tmp_path: Path, read: Callable[..., Rows]) -> None:
    archive = tmp_path / "twice.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.writestr("a.txt", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            out.writestr("a.txt", b"2")
    assert read(archive) == {"twice.zip!/a.txt": (None, b"1"), "twice.zip!/a.txt (2)": (None, b"2")}


@pytest.mark.parametrize("name", ["../evil.txt", "a/../../evil.txt", "/etc/evil.txt", "C:/evil.txt", "..\\evil.txt"])
def test_a_member_that_leads_out_is_refused_and_the_rest_read(
    name: str, tmp_path: Path, read: Callable[..., Rows]
) -> None:
    archive = zipped(tmp_path / "slip.zip", {name: b"x", "good.txt": b"1"})
    rows = read(archive)
    assert rows.pop("slip.zip!/good.txt") == (None, b"1")
    assert [rule for rule, _ in rows.values()] == ["archive-member-refused"]
    assert not list(tmp_path.rglob("evil.txt"))


def test_a_linked_member_of_a_zip_is_refused(tmp_path: Path, read: Callable[..., Rows]) -> None:
    archive = tmp_path / "link.zip"
    with zipfile.ZipFile(archive, "w") as out:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = 0o120777 << 16
        out.writestr(info, "/etc/passwd")
    assert read(archive) == {"link.zip!/link.txt": ("archive-member-refused", b"")}


def test_an_encrypted_member_is_refused(tmp_path: Path, read: Callable[..., Rows]) -> None:
    data = bytearray(zipped(tmp_path / "locked.zip", {"a.txt": b"1"}).read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    assert read(tmp_path / "locked.zip") == {"locked.zip!/a.txt": ("archive-encrypted", b"")}


def nested(folder: Path, depth: int) -> Path:
    archive = zipped(folder / "0.zip", {"a.txt": b"1"})
    for level in range(1, depth + 1):
        inner = archive.read_bytes()
        archive = zipped(folder / f"{level}.zip", {archive.name: inner, f"{level}.txt": b"2"})
    return archive


def test_archives_within_an_archive_are_opened_to_a_depth(tmp_path: Path, read: Callable[..., Rows]) -> None:
    rows = read(nested(tmp_path, 3))
    assert rows.pop("3.zip!/2.zip!/1.zip!/0.zip")[0] == "nested-archive"
    assert rows == {
        "3.zip!/2.zip!/1.zip!/1.txt": (None, b"2"),
        "3.zip!/2.zip!/2.txt": (None, b"2"),
        "3.zip!/3.txt": (None, b"2"),
    }
    assert {path: rule for path, (rule, _) in read(tmp_path / "1.zip", Limits(nested_archives=0)).items()} == {
        "1.zip!/0.zip": "nested-archive",
        "1.zip!/1.txt": None,
    }


def test_a_broken_archive_within_an_archive_costs_itself_only(tmp_path: Path, read: Callable[..., Rows]) -> None:
    archive = zipped(tmp_path / "outer.zip", {"b.tar.gz": b"x", "c.txt": b"1"})
    assert read(archive) == {"outer.zip!/b.tar.gz": ("archive-broken", b""), "outer.zip!/c.txt": (None, b"1")}


def test_all_levels_share_one_budget(tmp_path: Path, read: Callable[..., Rows]) -> None:
    bomb = zipped(tmp_path / "bomb.zip", {f"{number}.txt": bytes(3_000_000) for number in range(9)}).read_bytes()
    archive = zipped(tmp_path / "outer.zip", {f"{number}.zip": bomb for number in range(50)}, zipfile.ZIP_DEFLATED)
    rows = read(archive, Limits(archive_ratio=50, archive_bytes=20_000_000))
    assert rows["outer.zip"][0] == "archive-limit"
    assert sum(path.stat().st_size for path in (tmp_path / "scratch").rglob("*") if path.is_file()) < 21_000_000


def test_kinds_of_archives_are_told_by_content(tmp_path: Path, read: Callable[..., Rows]) -> None:
    packed = zipped(tmp_path / "a.zip", {"a.txt": b"1"}).read_bytes()
    for name in ("a.tar.gz", "a.dat", "a.7z"):
        (tmp_path / name).write_bytes(packed)
        assert read(tmp_path / name) == {f"{name}!/a.txt": (None, b"1")}
    document = {"[Content_Types].xml": b"", "word/document.xml": b""}
    assert read(zipped(tmp_path / "report.zip", document))["report.zip"][0] is None
    assert list(read(zipped(tmp_path / "slides.pptx", {"[Content_Types].xml": b"", "ppt/x.xml": b""}))) == [
        "slides.pptx"
    ]


def test_a_bomb_stops_at_the_ratio(tmp_path: Path, read: Callable[..., Rows]) -> None:
    archive = zipped(tmp_path / "bomb.zip", {f"{number}.txt": bytes(3_000_000) for number in range(9)})
    rows = read(archive, Limits(archive_ratio=100))
    assert rows["bomb.zip"][0] == "archive-limit"
    assert sum(path.stat().st_size for path in (tmp_path / "scratch").rglob("*") if path.is_file()) < 4_000_000


def test_too_many_members_stop_at_the_limit(tmp_path: Path, read: Callable[..., Rows]) -> None:
    archive = zipped(tmp_path / "many.zip", {f"{number:03d}.txt": b"1" for number in range(50)})
    rows = read(archive, Limits(archive_members=10))
    assert len(rows) == 11
    assert rows["many.zip"] == ("archive-limit", b"")
    assert len(read(archive, Limits(archive_members=50))) == 50


def test_a_member_beyond_the_limit_of_files_is_refused_alone(tmp_path: Path, read: Callable[..., Rows]) -> None:
    archive = zipped(tmp_path / "large.zip", {"large.txt": b"x" * 2000, "small.txt": b"1"})
    assert read(archive, Limits(file_bytes=1000)) == {
        "large.zip!/large.txt": ("file-too-large", b""),
        "large.zip!/small.txt": (None, b"1"),
    }


def test_a_spoilt_member_is_refused_and_the_others_read(tmp_path: Path, read: Callable[..., Rows]) -> None:
    archive = zipped(tmp_path / "spoilt.zip", {"a.txt": b"first" * 9, "b.txt": b"second"}, zipfile.ZIP_STORED)
    archive.write_bytes(archive.read_bytes().replace(b"firstfirst", b"firsTfirst", 1))
    assert read(archive) == {"spoilt.zip!/a.txt": ("archive-broken", b""), "spoilt.zip!/b.txt": (None, b"second")}


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.tar.xz", "a.tar.bz2"])
@pytest.mark.parametrize("data", [b"", b"not an archive", b"PK\x03\x04" + bytes(60), b"\x1f\x8b\x08" + bytes(60)])
def test_what_is_no_archive_is_refused(name: str, data: bytes, tmp_path: Path, read: Callable[..., Rows]) -> None:
    (tmp_path / name).write_bytes(data)
    assert read(tmp_path / name) == {name: ("archive-broken", b"")}


def tarred(path: Path, mode: str, members: list[tuple[tarfile.TarInfo, bytes]]) -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize(
    ("name", "mode"),
    [("a.tar", "w"), ("a.tar.gz", "w:gz"), ("a.tgz", "w:gz"), ("a.tar.xz", "w:xz"), ("a.tar.bz2", "w:bz2")],
)
def test_tars_are_read_and_links_devices_and_ways_out_refused(
    name: str, mode: str, tmp_path: Path, read: Callable[..., Rows]
) -> None:
    link, hard, device, pipe = (tarfile.TarInfo(one) for one in ("link.txt", "hard.txt", "device.txt", "pipe.txt"))
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    hard.type, hard.linkname = tarfile.LNKTYPE, "a.txt"
    device.type, pipe.type = tarfile.CHRTYPE, tarfile.FIFOTYPE
    plain, out = tarfile.TarInfo("./目录/a.txt"), tarfile.TarInfo("../evil.txt")
    members = [(plain, b"1"), (link, b""), (hard, b""), (device, b""), (pipe, b""), (out, b"x")]
    rows = read(tarred(tmp_path / name, mode, members))
    assert rows.pop(f"{name}!/目录/a.txt") == (None, b"1")
    assert len(rows) == 5
    assert {rule for rule, _ in rows.values()} == {"archive-member-refused"}
    assert not list(tmp_path.rglob("evil.txt"))


def test_names_in_gbk_in_a_tar_are_read(tmp_path: Path, read: Callable[..., Rows]) -> None:
    archive = tmp_path / "old.tar"
    with tarfile.open(archive, "w", format=tarfile.GNU_FORMAT, encoding="gbk") as out:
        info = tarfile.TarInfo("通知公告.txt")
        info.size = 1
        out.addfile(info, io.BytesIO(b"1"))
    assert read(archive) == {"old.tar!/通知公告.txt": (None, b"1")}


def test_a_cut_tar_gives_what_stands_before_the_cut(tmp_path: Path, read: Callable[..., Rows]) -> None:
    members = [(tarfile.TarInfo(f"{number}.txt"), b"x" * 5000) for number in range(4)]
    archive = tarred(tmp_path / "cut.tar", "w", members)
    archive.write_bytes(archive.read_bytes()[:12_000])
    rows = read(archive)
    assert rows["cut.tar!/0.txt"] == (None, b"x" * 5000)
    assert "archive-broken" in {rule for rule, _ in rows.values()}


def test_an_extended_header_of_absurd_size_is_not_read_into_memory(tmp_path: Path, read: Callable[..., Rows]) -> None:
    info = tarfile.TarInfo("pax")
    info.type, info.size = tarfile.XHDTYPE, 300_000_000
    archive = tmp_path / "header.tar.gz"
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    archive.write_bytes(
        packer.compress(info.tobuf(tarfile.USTAR_FORMAT)) + packer.compress(bytes(3_000_000)) + packer.flush()
    )
    assert read(archive) == {"header.tar.gz": ("archive-broken", b"")}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.integers(0, 400), st.binary(min_size=1, max_size=8), st.sampled_from(["s.zip", "s.tar", "s.tar.gz"]))
def test_damage_anywhere_is_a_finding_and_never_a_crash(
    tmp_path_factory: pytest.TempPathFactory, place: int, noise: bytes, name: str
) -> None:
    folder = tmp_path_factory.mktemp("damage")
    (folder / "scratch").mkdir()
    if name == "s.zip":
        archive = zipped(folder / name, {"a.txt": b"first" * 50, "b.txt": b"second" * 50})
    else:
        members = [(tarfile.TarInfo("a.txt"), b"first" * 50), (tarfile.TarInfo("b.txt"), b"second" * 50)]
        archive = tarred(folder / name, "w:gz" if name.endswith("gz") else "w", members)
    data = bytearray(archive.read_bytes())
    place %= len(data)
    data[place : place + len(noise)] = noise
    archive.write_bytes(data)
    for one in collect((archive,), folder / "scratch", Limits()):
        one.path.encode()
