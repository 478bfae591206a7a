"""MHTML: the main part by its charset, its address, and what is refused."""

import random
from base64 import encodebytes
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.mhtml import read_mhtml

LIMITS = Limits()
PAGE = "<html><body><p>云溪市人民政府公告</p></body></html>"


def saved(charset: str = "utf-8", body: bytes | None = None) -> bytes:
    """Return a page as a browser saves it, with a frame before it."""
    whole = MIMEMultipart("related", start="<main@x>")
    whole["Snapshot-Content-Location"] = "http://a.example/n.html"
    whole.attach(MIMEText("<p>frame</p>", "html", "utf-8"))
    part = Message()
    part["Content-Type"] = f"text/html; charset={charset}" if charset else "text/html"
    part["Content-ID"] = "<main@x>"
    part["Content-Transfer-Encoding"] = "base64"
    part.set_payload(encodebytes(PAGE.encode(charset or "gb18030") if body is None else body).decode())
    whole.attach(part)
    return whole.as_bytes()


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "GBK", ""])
def test_the_main_part_is_read_by_its_charset(charset: str) -> None:
    assert read_mhtml(saved(charset), LIMITS) == (PAGE, "http://a.example/n.html")


@pytest.mark.parametrize("charset", ["utf-8", "zlib", "rot13", "x-none", "utf-7"])
def test_a_wrong_charset_gives_way_to_the_bytes(charset: str) -> None:
    assert read_mhtml(saved(charset, PAGE.encode("gb18030")), LIMITS)[0] == PAGE


@pytest.mark.parametrize("data", [b"", b"no message", b"Content-Type: text/plain\n\nx", b"Content-Type: text/html\n\n"])
def test_what_holds_no_page_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        read_mhtml(data, LIMITS)
    assert caught.value.rule == "mhtml-broken"


def test_parts_within_parts_without_end_are_refused() -> None:
    data = b"".join(b"Content-Type: multipart/related; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000))
    with pytest.raises(Unreadable):
        read_mhtml(data, LIMITS)


def test_damaged_messages_never_raise_otherwise() -> None:
    chance = random.Random(2)
    whole = saved()
    for _ in range(500):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 10)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read_mhtml(bytes(data), LIMITS)
        except Unreadable as error:
            assert error.rule  # noqa: PT017 - either outcome is right
