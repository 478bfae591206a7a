"""7z archives: members, and what is refused."""

import io
import random
import struct
import zlib
from pathlib import Path

import py7zr

from opendata.config import Limits
from opendata.ingest.sevenzip import unpack_7z

LIMITS = Limits()


def packed(folder: Path, members: dict[str, bytes], **settings: object) -> Path:
    """Return an archive of these members."""
    path = folder / "a.7z"
    with py7zr.SevenZipFile(path, "w", **settings) as archive:
        for name, data in members.items():
            archive.writef(io.BytesIO(data), name)
    return path


def unpacked(path: Path, limits: Limits = LIMITS) -> list[tuple[str, bytes | str]]:
    """Return names with bytes, or with the rule that refused them."""
    target = path.parent / "out"
    found = [(name, rule or place.read_bytes()) for name, place, rule, _ in unpack_7z(path, target, limits)]
    assert all(place.parent == target for place in target.rglob("*"))
    return found


def test_members_come_in_order_with_their_bytes(tmp_path: Path) -> None:
    members = {"通知/二.html": b"<p>two</p>", "通知/一.txt": b"", "a.txt": "三".encode(), ".hidden": b"x"}
    assert sorted(unpacked(packed(tmp_path, members))) == sorted(
        (name, data) for name, data in members.items() if name != ".hidden"
    )


def test_large_members_are_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    path = packed(tmp_path, {"a.zip": b"PK", "c.txt": b"c" * 5000, "d.txt": b"d"})
    assert unpacked(path, Limits(file_bytes=1000)) == [
        ("a.zip", b"PK"),
        ("c.txt", "file-too-large"),
        ("d.txt", b"d"),
    ]


def test_members_that_lead_out_of_the_archive_are_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.7z"
    with py7zr.SevenZipFile(path, "w") as archive:
        archive.set_encoded_header_mode(False)
        for name in ("xx/up.txt", "in.txt"):
            archive.writef(io.BytesIO(name.encode()), name)
    path.write_bytes(renamed(path.read_bytes(), "xx/up.txt", "../up.txt"))
    assert unpacked(path) == [("../up.txt", "archive-member-refused"), ("in.txt", b"in.txt")]


def renamed(archive: bytes, old: str, new: str) -> bytes:
    """Return an archive whose header is not packed with a member renamed."""
    return mended(archive.replace(old.encode("utf-16-le"), new.encode("utf-16-le")))


def mended(archive: bytes) -> bytes:
    """Return an archive whose header was changed with its checksums put right."""
    data = bytearray(archive)
    offset, size = struct.unpack("<QQ", data[12:28])
    data[28:32] = struct.pack("<I", zlib.crc32(data[32 + offset : 32 + offset + size]))
    data[8:12] = struct.pack("<I", zlib.crc32(data[12:32]))
    return bytes(data)


def test_links_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    (tmp_path / "link.txt").symlink_to("a.txt")
    path = tmp_path / "a.7z"
    with py7zr.SevenZipFile(path, "w") as archive:
        archive.write(tmp_path / "a.txt", "a.txt")
        archive.write(tmp_path / "link.txt", "link.txt")
    assert dict(unpacked(path)) == {"a.txt": b"a", "link.txt": "archive-member-refused"}


def test_bombs_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    path = packed(tmp_path, {"zeros.txt": bytes(30_000_000)})
    assert unpacked(path) == [("", "archive-limit")]
    assert not list((tmp_path / "out").iterdir())


def test_a_window_of_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.7z"
    filters = [{"id": py7zr.FILTER_LZMA2, "preset": 1, "dict_size": 1 << 16}]
    with py7zr.SevenZipFile(path, "w", filters=filters) as archive:
        archive.set_encoded_header_mode(False)
        archive.writef(io.BytesIO(b"a" * 99), "a.txt")
    data = path.read_bytes()
    claim = data.index(b"\x21\x21\x01")  # attributes, method LZMA2, one byte of properties: the window
    path.write_bytes(mended(data[: claim + 3] + b"\x28" + data[claim + 4 :]))
    assert unpacked(path) == [("", "archive-limit")]


def test_passwords_are_told(tmp_path: Path) -> None:
    assert unpacked(packed(tmp_path, {"a.txt": b"a"}, password="secret")) == [("", "archive-encrypted")]


def test_damaged_archives_never_raise(tmp_path: Path) -> None:
    whole = packed(tmp_path, {"a.txt": b"a" * 300, "b.txt": bytes(range(256))}).read_bytes()
    chance = random.Random(5)
    for number in range(250):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if number % 5 == 0:
            del data[chance.randrange(len(data)) :]
        path = tmp_path / f"m{number}.7z"
        path.write_bytes(data)
        for _, place, rule, _ in unpack_7z(path, tmp_path / f"t{number}", LIMITS):
            assert rule is not None or place.is_file()
