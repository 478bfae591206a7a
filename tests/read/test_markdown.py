"""Pipe tables of Markdown: which lines are one, and where the words of its cells stand."""

import pytest

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.extract.tables import resolve
from opendata.read.markdown import inline_links, read_markdown

LIMITS = Limits()


def tables(text: str) -> list[list[list[str]]]:
    """Return the words of every cell, by table and row; checks that places lie within the table and rows are in order."""
    found = []
    for table in read_markdown(text, LIMITS).tables:
        rows: list[list[str]] = []
        for cell in table.cells:
            assert table.start <= cell.start <= cell.end <= table.end
            assert cell.is_header == (cell.row == 0)
            rows += [[]] * (cell.row + 1 - len(rows))
            assert cell.column == len(rows[cell.row])
            rows[cell.row] = [*rows[cell.row], text[cell.start : cell.end]]
        found.append(rows)
    return found


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("| 渠 | 长 |\n|---|---:|\n| 东 | 12 |\n", [["渠", "长"], ["东", "12"]]),
        ("渠 | 长\n:-: | -\n东 | 12", [["渠", "长"], ["东", "12"]]),
        ("| 渠 |\n| --- |\n| 东 |", [["渠"], ["东"]]),
        ("|渠|长|\n|-|-|\n|东\\|西||\n||9|\n", [["渠", "长"], ["东\\|西", ""], ["", "9"]]),
        ("|渠|长|\n|-|-|\n|东|1|完工|\n|西|\n", [["渠", "长"], ["东", "1", "完工"], ["西"]]),
        ("| **渠** | 长 |\n|-|-|\n| **合计** | ** |\n", [["渠", "长"], ["合计", "**"]]),
        ("\t| 渠 | 长 |\t\n  |---|---|  \n　| 东 | 12 |　\n", [["渠", "长"], ["东", "12"]]),
    ],
)
def test_a_row_above_delimiters_begins_a_table(text: str, rows: list[list[str]]) -> None:
    assert tables(f"说明如下\n\n{text}") == [rows]


@pytest.mark.parametrize(
    "text",
    [
        "渠\n---\n东",
        "登录 | 注册\n\n|---|---|\n",
        "| 渠 | 长 |\n|---|\n| 东 | 12 |",
        "| 渠 | 长 |\n| 一 | -- |\n",
        "|---|---|\n",
        "a|b",
        "```\n| 渠 | 长 |\n|---|---|\n```\n",
        "~~~~ md\n| 渠 | 长 |\n|---|---|\n~~~\n| 渠 | 长 |\n|---|---|\n",
    ],
)
def test_other_lines_with_bars_are_text(text: str) -> None:
    assert tables(text) == []


def test_a_table_ends_above_the_first_line_without_a_bar_and_another_may_follow() -> None:
    one = "|渠|长|\n|-|-|\n|东|12|"
    text = f"{one}\n注：长以公里计\n{one}\n\n```\n{one}\n```\n{one}"
    reading = read_markdown(text, LIMITS)
    assert reading.text == text
    assert [text[table.start : table.end] for table in reading.tables] == [one] * 3


def test_cells_have_headers_values_and_units() -> None:
    text = "| 渠道 | 长度（公里） |\n|---|---:|\n| 东渠 | 1,200.5 |\n"
    (table,) = read_markdown(text, LIMITS).tables
    assert [(cell.row_header, cell.column_header, str(cell.value), cell.unit) for cell in resolve(text, table, 0)][
        3
    ] == (
        "东渠",
        "长度（公里）",
        "1200.5",
        "公里",
    )


def test_too_many_cells_are_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        read_markdown("|a|b|\n|-|-|\n" + "|1|2|\n" * 6, Limits(table_cells=12))
    assert (caught.value.rule, caught.value.found) == ("table-too-large", "> 12")


def test_links_are_words_and_the_address_behind_them() -> None:
    text = '附件：[a.doc](./W1.doc) [打印](javascript:print\\(\\)) ![图](b.png) [c](d "e") [1](2 [x] (y)'
    assert [(text[link.start : link.end], link.href) for link in inline_links(text)] == [
        ("a.doc", "./W1.doc"),
        ("打印", "javascript:print()"),
        ("c", "d"),
    ]
