# ruff: noqa: E501 - samples are shown on one line
"""Tables: spans resolved, headers as paths, numbers with their units."""

from decimal import Decimal

import pytest

from opendata.convert import Settings
from opendata.extract.tables import GridCell, resolve
from opendata.read.html import read_html


def cells(page: str) -> list[GridCell]:
    """Return the grid of the only table of a page."""
    reading = read_html(page, Settings().limits)
    assert len(reading.tables) == 1
    return resolve(reading.text, reading.tables[0], 0)


TWO_ROWS = (
    "<table><tr><th rowspan='2'>乡镇</th><th colspan='2'>水稻</th><th rowspan='2'>合计（亩）</th></tr><tr><th>早稻（亩）</th><th>晚稻（亩）</th></tr>"
    "<tr><td>东圩镇</td><td>1,200</td><td>800</td><td>2,000</td></tr><tr><td>西圩镇</td><td>900</td><td>—</td><td>900</td></tr></table>"
)


def test_values_stand_under_the_path_of_their_headers() -> None:
    grid = {(cell.row_index, cell.column_index): cell for cell in cells(TWO_ROWS)}
    assert len(grid) == 16
    first = grid[2, 1]
    assert (first.row_header, first.column_header, first.value, first.unit) == (
        "东圩镇",
        "水稻 > 早稻（亩）",
        Decimal(1200),
        "亩",
    )
    assert grid[2, 3].column_header == "合计（亩）"
    assert grid[3, 2].value is None
    assert grid[3, 2].text == "—"
    assert grid[0, 1].text == grid[0, 2].text == "水稻"
    assert grid[1, 0].text == "乡镇"


def test_header_rows_need_no_header_cells() -> None:
    plain = TWO_ROWS.replace("<th", "<td").replace("</th>", "</td>")
    assert [(c.row_header, c.column_header, c.value) for c in cells(plain) if c.value is not None] == [
        (c.row_header, c.column_header, c.value) for c in cells(TWO_ROWS) if c.value is not None
    ]


@pytest.mark.parametrize("place", ["<p>单位：万元</p><table>", "<table><caption>表1　支出　单位：万元</caption>"])
def test_a_caption_gives_the_unit_of_all_numbers(place: str) -> None:
    page = (
        place
        + "<tr><th>序号</th><th>项目</th><th>支出</th><th>比重（%）</th></tr><tr><td>1</td><td>渠道</td><td>35.5</td><td>40</td></tr></table>"
    )
    found = {cell.column_header: (cell.value, cell.unit) for cell in cells(page) if cell.value is not None}
    assert found == {"序号": (Decimal(1), None), "支出": (Decimal("35.5"), "万元"), "比重（%）": (Decimal(40), "%")}


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("12", Decimal(12), None), ("1,234.5", Decimal("1234.5"), None), ("-3", Decimal(-3), None), ("−3", Decimal(-3), None),
        ("45%", Decimal(45), "%"), ("", None, None), ("无", None, None), ("12人", None, None), ("693665 12", None, None), ("1" * 40, None, None),
    ],
)  # fmt: skip
def test_numbers_in_cells(printed: str, value: Decimal | None, unit: str | None) -> None:
    page = f"<table><tr><th>项目</th><th>数</th></tr><tr><td>甲</td><td>{printed}</td></tr></table>"
    (cell,) = [one for one in cells(page) if (one.row_index, one.column_index) == (1, 1)]
    assert (cell.value, cell.unit) == (value, unit)


def test_a_span_beyond_the_table_adds_no_rows() -> None:
    page = "<table><tr><td rowspan='9'>甲</td><td>1</td></tr><tr><td>2</td></tr></table>"
    assert {cell.row_index for cell in cells(page)} == {0, 1}
