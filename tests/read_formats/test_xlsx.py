"""Workbooks: cells as displayed, merged cells, titles and notes, and what is refused."""

import io
import random
import zipfile
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.reading import Reading
from opendata.read.xlsx import read_xlsx

LIMITS = Limits()
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(*rows: list[object], name: str = "收支总表", merge: str = "") -> bytes:
    """Return a workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """Return the workbook with one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, content if one == name else old.read(one))
    return out.getvalue()


def with_cells(cells: bytes) -> bytes:
    """Return a workbook with these elements for its rows."""
    sheet = f"<worksheet {MAIN}><sheetData>".encode() + cells + b"</sheetData></worksheet>"
    return with_part(workbook(["x"]), "xl/worksheets/sheet1.xml", sheet)


def cells(reading: Reading, table: int = 0) -> list[tuple[int, int, str]]:
    """Return row, column and text of a table's cells."""
    return [(c.row, c.column, reading.text[c.start : c.end]) for c in reading.tables[table].cells]


def shared(*strings: str) -> bytes:
    """Return a workbook whose strings stand in a part of their own, as Excel has them."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("甲").write_row(0, 0, strings)
    return out.getvalue()


def refused(data: bytes, limits: Limits = LIMITS) -> Unreadable:
    """Return the refusal of a file."""
    with pytest.raises(Unreadable) as caught:
        read_xlsx(data, limits)
    return caught.value


def test_name_title_table_and_note_follow_each_other() -> None:
    data = workbook(["2023年收支总表"], ["项目", "金额"], ["供水", 12.5], ["排水", None], ["注：金额单位为万元。"])
    reading = read_xlsx(data, LIMITS)
    assert reading.text.split("\n") == [
        "收支总表",
        "2023年收支总表",
        "项目\t金额",
        "供水\t12.5",
        "排水",
        "注：金额单位为万元。",
    ]
    assert cells(reading) == [(0, 0, "项目"), (0, 1, "金额"), (1, 0, "供水"), (1, 1, "12.5"), (2, 0, "排水")]


def test_merged_cells_become_spans() -> None:
    data = workbook(["项目", "收入", None], [None, "本年", "上年"], ["供水", 1, 2], merge="A1:A2")
    reading = read_xlsx(data, LIMITS)
    assert reading.tables[0].cells[0][:4] == (0, 0, 2, 1)
    assert cells(reading)[2:4] == [(1, 1, "本年"), (1, 2, "上年")]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234.5, "General", "1234.5"),
        (0.1 + 0.2, "General", "0.3"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (2.675, "0.00", "2.68"),
        (-1234.5, "#,##0", "-1,235"),
        (0.1234, "0.00%", "12.34%"),
        (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        (date(2024, 3, 5), "yyyy-mm-dd", "2024-03-05"),
        (date(2024, 3, 5), 'yyyy"年"m"月"d"日";@', "2024年3月5日"),
        (date(2024, 3, 5), "[$-804]yyyy/m/d", "2024/3/5"),
        (1e21, "General", "1e+21"),
        (123456789012345678, "0", "123456789012346000"),
    ],
)
def test_numbers_are_as_displayed(value: object, code: str, shown: str) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet, style = book.add_worksheet(), book.add_format({"num_format": code})
        sheet.write_row(0, 0, ["甲", "乙"])
        sheet.write(1, 0, "值")
        write = sheet.write_datetime if isinstance(value, date) else sheet.write_number
        write(1, 1, value, style)
    assert cells(read_xlsx(out.getvalue(), LIMITS))[-1] == (1, 1, shown)


def test_formulas_have_their_saved_values_and_hidden_sheets_are_left_out() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("甲")
        sheet.write_row(0, 0, ["一", "二"])
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_formula(1, 1, '="字"', None, "字")
        book.add_worksheet("密").hide()
    assert read_xlsx(out.getvalue(), LIMITS).text == "甲\n一\t二\n2\t字"


def test_a_sheet_of_one_column_is_text() -> None:
    reading = read_xlsx(workbook(["第一行"], ["第二行"]), LIMITS)
    assert reading.tables == []
    assert reading.text == "收支总表\n第一行\n第二行"


def test_shared_strings_are_read_without_phonetic_guides() -> None:
    assert read_xlsx(shared("一\n二", "三"), LIMITS).text == "甲\n一 二\t三"
    guided = f"<sst {MAIN}><si><r><t>云</t></r><r><t>溪</t></r><rPh><t>yun</t></rPh></si><si><t>_x0041_</t></si></sst>"
    assert read_xlsx(with_part(shared("x", "y"), "xl/sharedStrings.xml", guided.encode()), LIMITS).text == "甲\n云溪\tA"


def test_too_many_cells_are_refused() -> None:
    row = b"<row>" + b"<c><v>1</v></c>" * 1000 + b"</row>"
    assert refused(with_cells(row * 1000)).rule == "table-too-large"
    sparse = b"".join(
        b'<row r="%d"><c r="A%d"><v>1</v></c><c r="XFD%d"><v>1</v></c></row>' % (n, n, n) for n in range(1, 99)
    )
    assert refused(with_cells(sparse)).rule == "table-too-large"


def test_bombs_and_entities_are_refused() -> None:
    assert refused(with_cells(b"<row>" + b" " * 300_000_000 + b"</row>")).rule == "archive-limit"
    doctype = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    bomb = doctype + f"<sst {MAIN}><si><t>&b;</t></si></sst>".encode()
    assert "document type" in refused(with_part(shared("x", "y"), "xl/sharedStrings.xml", bomb)).found
    wide = ('<?xml version="1.0" encoding="UTF-16"?>' + bomb.decode()).encode("utf-16")
    assert refused(with_part(shared("x", "y"), "xl/sharedStrings.xml", wide)).rule == "xlsx-broken"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + bytes(600), b"x" * 100])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    assert refused(data).rule == "xlsx-broken"


def test_damaged_workbooks_never_raise_otherwise() -> None:
    whole = workbook(["项目", "金额"], ["供水", 12.5], [date(2024, 3, 5), True], merge="A1:B1")
    with zipfile.ZipFile(io.BytesIO(whole)) as container:
        parts = {name: container.read(name) for name in container.namelist()}
    chance = random.Random(11)
    for number in range(400):
        if number % 2:
            data = bytearray(whole)
        else:
            name = chance.choice(sorted(parts))
            data = bytearray(parts[name])
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(len(data))
            data[place : place + chance.choice((1, 1, 1, 9))] = bytes(
                chance.choice(b'0123456789<>&"/ \x00\xffaA') for _ in range(1)
            )
        try:
            read_xlsx(bytes(data) if number % 2 else with_part(whole, name, bytes(data)), LIMITS)
        except Unreadable as error:
            assert error.rule  # noqa: PT017 - either outcome is right
