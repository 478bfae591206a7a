"""Old workbooks: cells as displayed, merged cells, hidden sheets, and what is refused."""

import random

import pytest

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.reading import Reading
from opendata.read.xls import read_xls
from opendata.read.xlsx import read_xlsx
from tests.read_formats.test_xlsx import workbook
from tests.read_formats.xls_samples import record, sheet, xls

LIMITS = Limits()
ROWS = (["2023年收支总表"], ["项目", "金额"], ["供水", 12.5], ["排水", True], ["注：金额单位为万元。"])


def cells(reading: Reading) -> list[tuple[int, int, str]]:
    """Return row, column and text of the first table's cells."""
    return [(c.row, c.column, reading.text[c.start : c.end]) for c in reading.tables[0].cells]


def refused(data: bytes, limits: Limits = LIMITS) -> Unreadable:
    """Return the refusal of a file."""
    with pytest.raises(Unreadable) as caught:
        read_xls(data, limits)
    return caught.value


def test_an_old_workbook_reads_as_the_new_one_with_the_same_cells() -> None:
    assert read_xls(xls([("收支总表", sheet(ROWS))]), LIMITS) == read_xlsx(workbook(*ROWS), LIMITS)


def test_merged_cells_become_spans() -> None:
    rows = (["项目", "收入", None], [None, "本年", "上年"], ["供水", 1.0, 2.0])
    reading = read_xls(xls([("表", sheet(rows, merged=[(0, 1, 0, 0), (0, 0, 1, 2)]))]), LIMITS)
    assert [one[:4] for one in reading.tables[0].cells[:2]] == [(0, 0, 2, 1), (0, 1, 1, 2)]
    assert cells(reading)[2:4] == [(1, 1, "本年"), (1, 2, "上年")]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234.5, 0, "1234.5"),
        (52.0, 0, "52"),
        (0.1 + 0.2, 0, "0.3"),
        (0.125, 10, "12.50%"),
        (0.125, "0.0%", "12.5%"),
        (1234567.891, 4, "1,234,567.89"),
        (1234.5, 39, "1,234.50"),
        (45356.0, 14, "2024/3/5"),
        (45356.0, 31, "2024年3月5日"),
        (45356.0, 'yyyy"年"m"月"d"日";@', "2024年3月5日"),
        (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234.50"),
        (7.0, "x" * 250, "7"),
    ],
)
def test_numbers_are_as_displayed(value: float, code: str | int, shown: str) -> None:
    data = xls([("表", sheet((["甲", "乙"], ["值", value]), ((0, 0), (0, 1))))], [0, code])
    assert cells(read_xls(data, LIMITS))[-1] == (1, 1, shown)


def test_days_are_counted_from_where_the_workbook_says() -> None:
    data = xls([("表", sheet((["甲", "乙"], ["值", 43894.0]), ((0, 0), (0, 1))))], [0, 14], is_1904=True)
    assert cells(read_xls(data, LIMITS))[-1] == (1, 1, "2024/3/5")


def test_sheets_stand_in_order_and_hidden_ones_are_left_out() -> None:
    data = xls([(name, sheet(([name, "甲"], ["乙", 1.0]))) for name in "天地人"], hidden="地")
    reading = read_xls(data, LIMITS)
    assert reading.text == "天\n天\t甲\n乙\t1\n人\n人\t甲\n乙\t1"
    assert [reading.text[start:end] for start, end in reading.names] == ["天", "人"]


def test_white_space_within_a_cell_does_not_break_its_row() -> None:
    reading = read_xls(xls([("表", sheet((["项\n目", "金\t额 "], ["_x0041_", 1.0])))]), LIMITS)
    assert reading.text.split("\n")[1:] == ["项 目\t金 额", "_x0041_\t1"]


def test_what_cannot_be_read_is_refused() -> None:
    whole = xls([("表", sheet(ROWS))])
    assert refused(b"").rule == "xlsx-broken"
    assert refused(whole[: len(whole) // 2]).rule == "xlsx-broken"
    locked = refused(xls([("表", sheet(ROWS))], extra=record(0x2F, bytes(54))))
    assert (locked.rule, "encrypted" in locked.found) == ("xlsx-broken", True)
    assert refused(xls([("表", sheet(()))])).rule == "no-text"
    assert refused(whole, Limits(file_bytes=100)).rule == "file-too-large"
    assert refused(whole, Limits(table_cells=4)).rule == "table-too-large"


def test_damaged_files_never_raise_otherwise() -> None:
    chance = random.Random(7)
    whole = xls([("表", sheet(ROWS, ((0,), (0, 1)), [(0, 0, 0, 1)])), ("另一表", sheet(ROWS))], [0, "0.0%"])
    end = whole.rindex("单位".encode("utf-16-le")) + 80
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(1536, end)] = chance.randrange(256)
        try:
            read_xls(bytes(data), LIMITS)
        except Unreadable as error:
            assert error.rule  # noqa: PT017 - either outcome is right
