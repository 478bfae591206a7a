"""WARC files: documents with address and moment, encodings undone, broken records stepped over."""

import base64
import gzip
import hashlib
import random
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from opendata.config import Limits
from opendata.ingest.warc import Captured, iter_warc

LIMITS = Limits()


def record(
    url: str, block: bytes, kind: str = "response", content_type: str = "application/http", extra: str = ""
) -> bytes:
    """Return one record."""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2024-03-05T01:02:03Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: {content_type}\r\n{extra}Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def response(
    body: bytes, media_type: str = "text/html; charset=utf-8", headers: str = "", status: str = "200 OK"
) -> bytes:
    """Return an HTTP response."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{headers}\r\n".encode() + body


def page(number: int) -> bytes:
    """Return the record of a page."""
    return record(f"http://a.example/{number}.html", response(f"<p>{number}</p>".encode()))


def captured(folder: Path, records: Sequence[bytes], packed: bool, limits: Limits = LIMITS) -> list[Captured]:
    """Return what a file of these records gives."""
    path = folder / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(b"".join(gzip.compress(one) if packed else one for one in records))
    return list(iter_warc(path, folder / "out", limits))


def bodies(found: list[Captured]) -> list[bytes]:
    """Return the bytes of what was accepted."""
    return [one.place.read_bytes() for one in found if one.problem is None]


@pytest.mark.parametrize("packed", [False, True])
def test_pages_come_with_address_and_moment(tmp_path: Path, packed: bool) -> None:
    info = record("urn:x", b"software: x\r\n", "warcinfo", "application/warc-fields")
    request = record("http://a.example/1.html", b"GET / HTTP/1.1\r\n\r\n", "request")
    (one, two) = captured(tmp_path, [info, request, page(1), page(2)], packed)
    assert one[:1] + one[2:5] == (
        "a.example/1.html",
        "http://a.example/1.html",
        datetime(2024, 3, 5, 1, 2, 3, tzinfo=UTC),
        None,
    )
    assert bodies([one, two]) == [b"<p>1</p>", b"<p>2</p>"]


@pytest.mark.parametrize(
    ("url", "media_type", "name"),
    [
        ("http://a.example/", "text/html", "a.example/index.html"),
        ("http://a.example/show?id=3", "text/html", "a.example/show.html"),
        ("http://a.example/%E9%80%9A%E7%9F%A5.pdf", "application/pdf", "a.example/通知.pdf"),
        ("http://a.example/down.jsp", "application/msword", "a.example/down.jsp.doc"),
        ("http://a.example/../x/a.docx", "application/octet-stream", "a.example/x/a.docx"),
        ("http://a.example/a.css", "text/css", None),
        ("http://a.example/a.bin", "application/octet-stream", None),
    ],
)
def test_names_end_as_their_type_and_companions_are_left_out(
    tmp_path: Path, url: str, media_type: str, name: str | None
) -> None:
    found = captured(tmp_path, [record(url, response(b"x", media_type))], False)
    assert [one.name for one in found] == ([name] if name else [])


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(b"<p>x</p>", mtime=0)),
        ("Content-Encoding: deflate\r\n", zlib.compress(b"<p>x</p>")),
        ("Content-Encoding: gzip\r\n", b"<p>x</p>"),
        ("Transfer-Encoding: chunked\r\n", b"3\r\n<p>\r\n5\r\nx</p>\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\n", b"<p>x</p>"),
        ("Content-Encoding: identity\r\n", b"<p>x</p>"),
    ],
)
def test_encodings_are_undone(tmp_path: Path, header: str, body: bytes) -> None:
    assert bodies(captured(tmp_path, [record("http://a.example/", response(body, headers=header))], True)) == [
        b"<p>x</p>"
    ]


def test_resources_revisits_and_failures(tmp_path: Path) -> None:
    found = captured(
        tmp_path,
        [
            record("http://a.example/r.html", b"<p>r</p>", "resource", "text/html"),
            record(
                "http://a.example/v.html",
                response(b""),
                "revisit",
                extra="WARC-Refers-To-Date: 2024-01-01T00:00:00Z\r\n",
            ),
            record("http://a.example/m.html", response(b"gone", status="404 Not Found")),
        ],
        False,
    )
    assert [(one.problem, one.found) for one in found] == [
        (None, ""),
        ("warc-revisit", "2024-01-01T00:00:00Z"),
        ("warc-status", "404"),
    ]


def damage(one: bytes, how: str, packed: bool) -> bytes:
    """Return a record damaged in one way."""
    if how == "garbage":
        return b"garbage\r\n\r\n" * 9
    if how == "length":
        one = one.replace(b"Content-Length: ", b"Content-Length: 99999")
    if how == "no length":
        one = one.replace(b"Content-Length: ", b"Content-Length: x")
    if how == "head":
        one = one[30:]
    whole = gzip.compress(one) if packed else one
    if how == "cut":
        return whole[: len(whole) // 2]
    if how == "flipped":
        return whole[:40] + bytes(byte ^ 85 for byte in whole[40:60]) + whole[60:]
    return whole


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("how", ["garbage", "length", "no length", "head", "cut", "flipped"])
def test_a_broken_record_is_told_and_the_rest_goes_on(tmp_path: Path, packed: bool, how: str) -> None:
    digest = base64.b32encode(hashlib.sha1(response(b"<p>2</p>")).digest()).decode()
    second = record("http://a.example/2.html", response(b"<p>2</p>"), extra=f"WARC-Block-Digest: sha1:{digest}\r\n")
    path = tmp_path / "a.warc"
    whole = [gzip.compress(page(n)) if packed else page(n) for n in (1, 3, 4)]
    path.write_bytes(whole[0] + damage(second, how, packed) + whole[1] + whole[2])
    found = list(iter_warc(path, tmp_path / "out", LIMITS))
    assert [one for one in bodies(found) if b"2" not in one] == [b"<p>1</p>", b"<p>3</p>", b"<p>4</p>"]
    if how != "flipped" or packed:
        assert "warc-record-broken" in [one.problem for one in found]


def test_bodies_beyond_a_limit_are_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    bomb = record(
        "http://a.example/b.html", response(gzip.compress(bytes(5_000_000)), headers="Content-Encoding: gzip\r\n")
    )
    large = record("http://a.example/l.html", response(b"x" * 2_000_000))
    found = captured(tmp_path, [bomb, large, page(1)], False, Limits(file_bytes=100_000))
    assert [one.problem for one in found] == ["file-too-large", "file-too-large", None]


def test_a_whole_file_that_is_a_bomb_is_stopped(tmp_path: Path) -> None:
    records = [record(f"http://a.example/{n}.html", response(bytes(2_000_000))) for n in range(20)]
    found = captured(tmp_path, records, True)
    assert found[-1].problem == "archive-limit"
    assert sum(len(body) for body in bodies(found)) < 41_000_000


def test_damaged_files_never_raise(tmp_path: Path) -> None:
    chance = random.Random(3)
    for number in range(300):
        packed = number % 2 == 0
        data = bytearray(b"".join(gzip.compress(page(n)) if packed else page(n) for n in range(4)))
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path = tmp_path / f"{number}.warc"
        path.write_bytes(data)
        found = list(iter_warc(path, tmp_path / f"out{number}", LIMITS))
        assert all(one.problem is not None or one.place.is_file() for one in found)
        assert found
