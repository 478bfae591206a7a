"""OFD files: paragraphs, page numbers, and what is refused."""

import io
import random
import zipfile
from html import escape

import pytest

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.ofd import read_ofd

LIMITS = Limits()
SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
LONG = "为了加强供水管理，保障居民用水安全，根据有关规定，现就有关事项通知如下，请各单位认真贯彻执行，逾期不报的予以通报批评。"


def text(x: float, y: float, words: str, size: float = 5.6) -> str:
    """Return a text object; millimetres."""
    return (
        f'<ofd:TextObject ID="1" Boundary="0 0 210 297" Font="1" Size="{size}">'
        f'<ofd:TextCode X="{x}" Y="{y}">{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def ofd(pages: list[str], extra: dict[str, bytes] | None = None) -> bytes:
    """Return a file of these pages."""
    parts: dict[str, bytes] = {
        "OFD.xml": (
            f'<ofd:OFD {SPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:Title>供水通知</ofd:Title>'
            "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        ).encode()
    }
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="P{n}.xml"/>' for n in range(len(pages)))
    parts["Doc_0/Document.xml"] = (
        f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    ).encode()
    for number, content in enumerate(pages):
        page = f"<ofd:Page {SPACE}><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
        parts[f"Doc_0/P{number}.xml"] = page.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in {**parts, **(extra or {})}.items():
            container.writestr(name, data)
    return out.getvalue()


def prose(y: float) -> str:
    """Return a paragraph: two characters indented, lines of 26."""
    lines = [LONG[:24], *(LONG[24 + n * 26 :][:26] for n in range(9))]
    return "".join(text(30 + (11.2 if n == 0 else 0), y + n * 10, line) for n, line in enumerate(lines) if line)


def refused(data: bytes) -> str:
    """Return the rule that refuses a file."""
    with pytest.raises(Unreadable) as caught:
        read_ofd(data, LIMITS)
    return caught.value.rule


def test_paragraphs_are_joined_and_page_numbers_move_to_the_end() -> None:
    reading = read_ofd(ofd([prose(50) + text(100, 285, f"- {n + 1} -") for n in range(3)]), LIMITS)
    assert reading.text == "\n".join([LONG] * 3 + ["- 1 -", "- 2 -", "- 3 -"])
    assert reading.page_title == "供水通知"


def test_characters_placed_one_by_one_make_a_line() -> None:
    words = "云溪市人民政府"
    assert read_ofd(ofd(["".join(text(30 + 5.6 * n, 50, c) for n, c in enumerate(words))]), LIMITS).text == words


def test_what_cannot_be_read_is_refused() -> None:
    assert refused(b"") == "ofd-broken"
    assert refused(ofd([])) == "ofd-broken"
    assert refused(ofd([""])) == "no-text"
    assert refused(ofd([""], {"Doc_0/Res/scan.jpg": b"x"})) == "scanned"
    entities = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><ofd>&a;</ofd>'
    assert refused(ofd([prose(50)], {"OFD.xml": entities})) == "archive-limit"
    assert refused(ofd([prose(50)], {"Doc_0/P0.xml": b" " * 20_000_000})) == "archive-limit"


def test_damaged_files_never_raise_otherwise() -> None:
    chance = random.Random(4)
    pages = [prose(50)]
    whole = ofd(pages)
    for number in range(300):
        if number % 2:
            data = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            given = bytes(data)
        else:
            words = list(pages[0])
            for _ in range(chance.randint(1, 9)):
                words[chance.randrange(len(words))] = chance.choice('<>"/ 0e-9.\x01字')
            given = ofd(["".join(words)])
        try:
            read_ofd(given, LIMITS)
        except Unreadable as error:
            assert error.rule  # noqa: PT017 - either outcome is right
