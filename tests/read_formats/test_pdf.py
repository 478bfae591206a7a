"""PDF files: paragraphs, page furniture, tables over page breaks, and what is refused."""

import random
from itertools import chain

import pytest

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.pdf import read_pdf
from opendata.read.pdf_pages import PagedReading
from opendata.read.reading import Table
from tests.read_formats.pdf_samples import LEFT, Sheet, assemble, pdf

LIMITS = Limits()
LONG = (
    "为了加强供水管理，保障居民用水安全，根据有关规定，现就有关事项通知如下，请各单位认真贯彻执行，"
    "并于2024年3月5日前报送情况，逾期不报的予以通报批评，情节严重的依法追究有关人员的责任。"
)


def grid(reading: PagedReading, table: Table) -> list[list[str]]:
    """Return the texts of a table's cells by row."""
    rows: list[list[str]] = [[] for _ in range(table.cells[-1].row + 1)]
    for cell in table.cells:
        rows[cell.row].append(reading.text[cell.start : cell.end])
    return rows


def refused(data: bytes, limits: Limits = LIMITS) -> Unreadable:
    """Return the refusal of a file."""
    with pytest.raises(Unreadable) as caught:
        read_pdf(data, limits)
    return caught.value


def test_full_lines_are_joined_and_paragraphs_stay_apart() -> None:
    sheet = Sheet()
    sheet.line(100, "云溪市人民政府关于加强供水管理的通知", 110, 22)
    after = sheet.prose(150, LONG)
    sheet.prose(after, LONG)
    assert read_pdf(pdf([sheet]), LIMITS).text == f"云溪市人民政府关于加强供水管理的通知\n{LONG}\n{LONG}"


def test_an_item_begins_a_line_even_below_a_full_one() -> None:
    sheet = Sheet()
    sheet.prose(100, LONG)
    sheet.line(400, "供" * 26)
    sheet.line(428, "一、本项另起一行，不与上一行相连。")
    text = read_pdf(pdf([sheet]), LIMITS).text
    assert "供\n一、本项" in text


def test_paragraphs_go_on_over_a_page_break_and_furniture_moves_to_the_end() -> None:
    sheets = []
    for number in range(4):
        sheet = Sheet()
        sheet.line(50, "云溪市供水年度报告", 200, 10)
        sheet.line(100, LONG[:24] if number == 0 else LONG[:26], LEFT + 32 if number == 0 else LEFT)
        sheet.line(128, LONG[:26])
        sheet.line(810, f"— {number + 1} —", 420 if number % 2 else 90, 14)
        sheets.append(sheet)
    reading = read_pdf(pdf(sheets), LIMITS)
    body, furniture = reading.text[: reading.furniture[0]], reading.text[slice(*reading.furniture)]
    assert body.strip("\n").count("\n") == 0
    assert furniture == "云溪市供水年度报告\n— 1 —\n— 2 —\n— 3 —\n— 4 —"
    assert [reading.text[start : start + 3] for start in reading.pages] == [LONG[:3]] * 4


def test_a_body_line_that_is_not_repeated_is_no_furniture() -> None:
    sheets = []
    for words in ("甲乙丙丁", "戊己庚辛", "壬癸子丑"):
        sheet = Sheet()
        sheet.line(60, words)
        sheet.line(200, "正文内容一行。")
        sheets.append(sheet)
    assert read_pdf(pdf(sheets), LIMITS).furniture is None


def test_a_ruled_table_stands_where_it_is_printed() -> None:
    sheet = Sheet()
    after = sheet.prose(100, LONG)
    rows = [["项目", "金额（万元）", "说明"], ["供水", "1,234.50", "管网 改造"], ["排水", "88", ""]]
    after = sheet.table(after, rows, [100, 100, 150])
    sheet.line(after + 60, "特此公告。", LEFT + 32)
    reading = read_pdf(pdf([sheet]), LIMITS)
    (table,) = reading.tables
    assert grid(reading, table) == rows
    assert reading.text == LONG + "\n" + "\n".join("\t".join(row) for row in rows) + "\n特此公告。"


def test_merged_cells_become_spans() -> None:
    sheet = Sheet()
    sheet.rules += [(100, y, 400, y) for y in (100, 160)] + [(200, 130, 400, 130)]
    sheet.rules += [(x, 100, x, 160) for x in (100, 200, 400)] + [(300, 130, 300, 160)]
    for x, y, words in ((110, 120, "项目"), (210, 120, "收入"), (210, 150, "本年"), (310, 150, "上年")):
        sheet.line(y, words, x, 10.5)
    reading = read_pdf(pdf([sheet]), LIMITS)
    (table,) = reading.tables
    assert [cell[:4] for cell in table.cells] == [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)]


def test_a_table_left_open_at_its_sides_keeps_its_outer_columns() -> None:
    sheet = Sheet()
    sheet.rules += [(100, y, 400, y) for y in (100, 130, 160)] + [(x, 100, x, 160) for x in (200, 300)]
    for y in (120, 150):
        for x in (110, 210, 310):
            sheet.line(y, f"{x}", x, 10.5)
    reading = read_pdf(pdf([sheet]), LIMITS)
    assert grid(reading, reading.tables[0]) == [["110", "210", "310"]] * 2


def table_over_pages(second: list[list[str]]) -> PagedReading:
    """Return the reading of a table that begins on one page and goes on with these rows on the next."""
    first, next_page = Sheet(), Sheet()
    first.prose(100, LONG)
    first.table(600, [["项目", "金额"], ["一般公共服", "100"]], [61, 100])
    next_page.table(80, second, [61, 100])
    return read_pdf(pdf([first, next_page]), LIMITS)


def test_a_table_goes_on_over_a_page_break() -> None:
    reading = table_over_pages([["教育", "200"]])
    assert [grid(reading, table) for table in reading.tables] == [
        [["项目", "金额"], ["一般公共服", "100"], ["教育", "200"]]
    ]


def test_a_repeated_header_moves_to_the_furniture() -> None:
    reading = table_over_pages([["项目", "金额"], ["教育", "200"]])
    assert grid(reading, reading.tables[0])[2] == ["教育", "200"]
    assert reading.text[slice(*reading.furniture)] == "项目\t金额"


def test_a_table_with_a_header_of_its_own_stays_apart() -> None:
    assert len(table_over_pages([["单位", "人数"], ["水务局", "20"]]).tables) == 2


def test_a_label_broken_by_the_page_is_joined() -> None:
    reading = table_over_pages([["务支出", ""], ["教育", "200"]])
    assert grid(reading, reading.tables[0])[1:] == [["一般公共服务支出", "100"], ["教育", "200"]]


def test_a_frame_around_text_is_no_table() -> None:
    sheet = Sheet(boxes=[(80, 90, 520, 300)])
    sheet.prose(120, LONG)
    reading = read_pdf(pdf([sheet]), LIMITS)
    assert reading.tables == []
    assert reading.text == LONG


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("origin", [(0.0, 0.0), (50.0, -30.0)])
def test_the_origin_of_a_page_does_not_matter(rotate: int, origin: tuple[float, float]) -> None:
    sheet = Sheet(origin=origin, rotate=rotate)
    rows = [["项目", "金额"], ["供水", "12"]]
    sheet.table(200, rows, [100, 100])
    reading = read_pdf(pdf([sheet]), LIMITS)
    assert len(reading.tables) == 1
    assert sorted(chain(*grid(reading, reading.tables[0]))) == sorted(chain(*rows))


def test_lines_out_of_order_are_read_from_the_top() -> None:
    sheet = Sheet()
    for top in (300, 100, 200):
        sheet.line(top, f"第{top}行")
    assert read_pdf(pdf([sheet]), LIMITS).text == "第100行\n第200行\n第300行"


def test_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    for column, x in enumerate((60, 320)):
        for row in range(5):
            sheet.line(100 + row * 20, f"栏{column}行{row}文字内容若干", x, 12)
    lines = read_pdf(pdf([sheet]), LIMITS).text.split("\n")
    assert [line[:4] for line in lines] == [f"栏{column}行{row}" for column in range(2) for row in range(5)]


@pytest.mark.parametrize(
    ("given", "title"),
    [("云溪市供水条例", "云溪市供水条例"), ("Microsoft Word - 附件1.doc", None), ("untitled", None), ("x.docx", None)],
)
def test_the_title_of_the_file_unless_it_is_a_file_name(given: str, title: str | None) -> None:
    sheet = Sheet()
    sheet.prose(100, LONG)
    assert read_pdf(pdf([sheet], given), LIMITS).page_title == title


def test_pictures_of_pages_are_refused_as_scanned() -> None:
    error = refused(pdf([Sheet(image=True)] * 3))
    assert (error.rule, error.found) == ("scanned", "3 pages")


def test_scanned_pages_with_printed_page_numbers_are_scanned() -> None:
    sheets = [Sheet(image=True) for _ in range(3)]
    for number, sheet in enumerate(sheets):
        sheet.line(810, f"- {number + 1} -", 280, 12)
    assert refused(pdf(sheets)).rule == "scanned"


def test_a_picture_among_pages_of_text_is_told() -> None:
    sheet = Sheet()
    sheet.prose(100, LONG)
    assert read_pdf(pdf([sheet, Sheet(image=True), sheet]), LIMITS).unread_pages == (2,)


def test_what_cannot_be_read_is_refused_with_its_rule() -> None:
    sheet = Sheet()
    sheet.prose(100, LONG)
    whole = pdf([sheet])
    assert refused(pdf([sheet], encrypted=True)).rule == "pdf-encrypted"
    assert refused(pdf([Sheet()])).rule == "no-text"
    assert refused(b"").rule == "pdf-broken"
    assert refused(b"%PDF-1.4\n%%EOF\n").rule == "pdf-broken"
    assert refused(whole[: len(whole) // 2]).rule == "pdf-broken"
    assert refused(whole, Limits(file_bytes=100)).rule == "file-too-large"


def test_a_grid_of_too_many_cells_is_refused() -> None:
    sheet = Sheet(rules=[(50, 50 + i * 5, 550, 50 + i * 5) for i in range(101)])
    sheet.rules += [(50 + i * 5, 50, 50 + i * 5, 550) for i in range(101)]
    sheet.line(60, "字样", 60, 4)
    assert refused(pdf([sheet]), Limits(table_cells=9_999)).rule == "table-too-large"


def test_a_page_tree_that_holds_itself_or_claims_millions_is_refused() -> None:
    catalog = b"<< /Type /Catalog /Pages 2 0 R >>"
    loop = assemble([catalog, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"], "/Root 1 0 R")
    claims = assemble([catalog, b"<< /Type /Pages /Kids [] /Count 9999999 >>"], "/Root 1 0 R")
    assert refused(loop).rule == "pdf-broken"
    assert refused(claims).rule in ("pdf-broken", "pdf-too-long")


@pytest.mark.parametrize("single", ["", "云溪"])
def test_damaged_bytes_are_read_or_refused_and_never_raise_otherwise(single: str) -> None:
    sheet = Sheet()
    for number, char in enumerate(single):
        sheet.line(60, char, 200 + 16 * number)
    after = sheet.prose(100, LONG)
    sheet.table(after, [["项目", "金额"], ["供水", "12"]], [100, 100])
    whole = pdf([sheet, sheet], "云溪市供水条例")
    chance = random.Random(7)
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            place = chance.randrange(len(data))
            kind = chance.random()
            if kind < 0.6:
                data[place] = chance.randrange(256)
            elif kind < 0.8:
                del data[place : place + chance.randint(1, 30)]
            else:
                data[place:place] = data[chance.randrange(len(data)) :][:20]
        try:
            reading = read_pdf(bytes(data), LIMITS)
        except Unreadable as error:
            assert error.rule  # noqa: PT017 - either outcome is right
        else:
            assert all(0 <= cell.start <= cell.end <= len(reading.text) for t in reading.tables for cell in t.cells)


def test_single_characters_of_a_missing_font_are_not_left_out() -> None:
    sheet = Sheet()
    for number, char in enumerate("云溪市人民政府公告"):
        sheet.line(80, char, 200 + 16 * number)
    after = sheet.prose(120, LONG)
    rows = [["项目", "金额"], ["水", "12"]]
    sheet.table(after, rows, [100, 100])
    reading = read_pdf(pdf([sheet]), LIMITS)
    assert reading.text == f"云溪市人民政府公告\n{LONG}\n项目\t金额\n水\t12"
    assert grid(reading, reading.tables[0]) == rows


def test_a_label_of_several_rows_reaches_over_the_page_break() -> None:
    first, second = Sheet(), Sheet()
    for sheet, top, words in ((first, 600, "支出"), (second, 80, "")):
        sheet.rules += [(100, top, 400, top), (200, top + 30, 400, top + 30), (100, top + 60, 400, top + 60)]
        sheet.rules += [(x, top, x, top + 60) for x in (100, 200, 300, 400)]
        for row in (20, 50):
            sheet.line(top + row, "教育", 210, 10)
            sheet.line(top + row, "12", 310, 10)
        if words:
            sheet.line(top + 30, words, 110, 10)
    reading = read_pdf(pdf([first, second]), LIMITS)
    (table,) = reading.tables
    assert table.cells[0][:4] == (0, 0, 4, 1)
    assert [cell[:2] for cell in table.cells[1:]] == [(row, column) for row in range(4) for column in (1, 2)]
