"""OFD files: paragraphs, page numbers, and what is refused."""

import io
import random
import re
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


def rule(x: float, y: float, x1: float, y1: float, more: str = "") -> str:
    """Return a straight line; millimetres."""
    return (
        f'<ofd:PathObject ID="2" Boundary="{x} {y} {x1 - x} {y1 - y}" LineWidth="0.2" {more}>'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x} {y1 - y} </ofd:AbbreviatedData></ofd:PathObject>"
    )


def box(x: float, y: float, width: float, height: float, more: str = "") -> str:
    """Return a rectangle drawn in one path."""
    return (
        f'<ofd:PathObject ID="3" Boundary="{x} {y} {width} {height}" {more}><ofd:AbbreviatedData>'
        f"M 0 0 L {width} 0 L {width} {height} L 0 {height} C</ofd:AbbreviatedData></ofd:PathObject>"
    )


def table(y: float, rows: list[tuple[str, str]], *, ruled: bool = True) -> str:
    """Return a table of two columns whose rows are 12 mm high, each cell's words on one line."""
    high = 12 * len(rows)
    rules = [rule(30, y + 12 * n, 150, y + 12 * n) for n in range(len(rows) + 1)]
    rules += [rule(x, y, x, y + high) for x in (30, 90, 150)]
    words = [text(x, y + 12 * n + 9, word) for n, row in enumerate(rows) for x, word in zip((34, 94), row, strict=True)]
    return "".join([*(rules if ruled else []), *words])


def cells(content: list[str]) -> list[list[tuple[int, int, int, int, str]]]:
    """Return the cells of each table: row, column, spans, words."""
    reading = read_ofd(ofd(content), LIMITS)
    return [
        [(c.row, c.column, c.row_span, c.column_span, reading.text[c.start : c.end]) for c in table.cells]
        for table in reading.tables
    ]


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


ROWS = [("河段", "长度"), ("上游", "12"), ("下游", "7")]
PLAIN = [(row, column, 1, 1, word) for row, words in enumerate(ROWS) for column, word in enumerate(words)]


def test_ruled_tables_are_told_between_the_lines_around_them() -> None:
    reading = read_ofd(ofd([text(30, 30, "河段如下：") + table(50, ROWS) + text(30, 100, "以上为准。")]), LIMITS)
    assert reading.text == "河段如下：\n河段\t长度\n上游\t12\n下游\t7\n以上为准。"
    assert cells([table(50, ROWS)]) == [PLAIN]


def test_a_table_goes_on_over_a_page_break() -> None:
    assert cells([prose(50) + table(200, ROWS[:2]), table(30, ROWS[2:]) + prose(80)]) == [PLAIN]


def test_boxes_rule_tables_too_and_may_be_drawn_to_a_scale_and_in_blocks() -> None:
    frames = "".join(box(30 + 60 * (n % 2), 50 + 12 * (n // 2), 60, 12) for n in range(6))
    assert cells([table(50, ROWS, ruled=False) + frames]) == [PLAIN]
    halved = "".join(box(30 + 60 * (n % 2), 50 + 12 * (n // 2), 120, 24, 'CTM="0.5 0 0 0.5 0 0"') for n in range(6))
    block = f"<ofd:PageBlock>{halved}</ofd:PageBlock>"
    assert cells([table(50, ROWS, ruled=False) + block]) == [PLAIN]


def test_cells_span_what_no_rule_parts_and_hold_several_lines() -> None:
    drawn = "".join([
        *(rule(30, y, 150, y) for y in (50, 74, 98)), *(rule(x, 50, x, 98) for x in (30, 150)), rule(90, 74, 90, 98),
        text(60, 65, "河段长度"), text(34, 82, "上游至云溪"), text(34, 92, "大桥"), text(94, 87, "12"),
    ])  # fmt: skip
    assert cells([drawn]) == [[(0, 0, 1, 2, "河段长度"), (1, 0, 1, 1, "上游至云溪大桥"), (1, 1, 1, 1, "12")]]


@pytest.mark.parametrize(
    "drawn",
    [
        box(20, 40, 170, 100) + prose(50),
        table(50, ROWS, ruled=False),
        table(50, ROWS).replace("LineWidth", 'Visible="false" LineWidth'),
        table(50, ROWS).replace("LineWidth", 'Stroke="false" LineWidth'),
        table(50, ROWS).replace("M 0 0 L", "M 0 0 B 1 1 2 2"),
        table(50, [("上游的长度写在这一行里面了", "12"), ("下游", "7")]),
    ],
    ids=["frame", "unruled", "unseen", "unpainted", "curves", "over-an-edge"],
)
def test_what_is_no_table_stays_lines(drawn: str) -> None:
    reading = read_ofd(ofd([drawn]), LIMITS)
    assert reading.tables == []
    for words in re.findall(r">([^<>]+)</ofd:TextCode>", drawn):
        assert words in reading.text


@pytest.mark.parametrize(
    "data", ["", "M", "M 0", "L 9 9", "M a b L 1 1", "M 0 0 L nan 1", "X 1", "C C", "M 0 0 " * 9000]
)
def test_paths_that_are_none_are_passed_over(data: str) -> None:
    path = f'<ofd:PathObject Boundary="1 x" CTM="0"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
    assert cells([path + table(50, ROWS)]) == [PLAIN]


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
