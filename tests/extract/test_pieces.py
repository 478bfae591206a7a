# ruff: noqa: E501 - samples are shown on one line
"""The pieces of a text are a partition of it, whatever was named."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from opendata.extract.header import find_header
from opendata.extract.layout import Layout, find_layout
from opendata.extract.outline import find_outline
from opendata.extract.pieces import body_regions, complete
from opendata.read.reading import Cell, Reading, Table

LINES = st.sampled_from(
    [
        "索引号：QX-1-2024-3", "发文机关：桐川县人民政府", "标题：关于防汛的通知", "发布日期：2024年5月6日", "关于防汛的通知", "各乡镇人民政府：",
        "一、总体要求", "（一）早准备。备足物资。", "现就防汛工作通知如下。", "附件：1．物资表", "2．名单", "桐川县人民政府", "2024年5月1日", "（此件公开发布）",
        "抄送：县委办公室。", "首页 > 公开 > 文件", "打印本页", "", "　　", "项目\t金额\t比例", "| 甲 | 1 |", "桐川县防汛方案", "没有名字的一行",
    ]
)  # fmt: skip


@given(st.lists(LINES, min_size=1, max_size=30))
def test_pieces_cover_the_text_without_gap_or_overlap(lines: list[str]) -> None:
    text = "\n".join(lines)
    header = find_header(text)
    title = next((pair.value for pair in header.pairs if pair.field == "title"), None)
    layout = find_layout(Reading(text), header, title)
    sections = find_outline(text, body_regions(layout, []))
    spans, coverage = complete(text, layout, sections, [])
    assert "".join(text[start:end] for _, start, end in spans) == text
    assert all(start < end for _, start, end in spans)
    assert [start for _, start, _ in spans][1:] == [end for _, _, end in spans][:-1]
    other = sum(end - start for kind, start, end in spans if kind == "other")
    assert coverage == (Decimal(len(text) - other) / Decimal(len(text) or 1)).quantize(Decimal("0.000001")) or not text
    assert 0 <= layout.body_start <= layout.body_end <= len(text)


def test_a_table_splits_the_body_around_it() -> None:
    text = "前文。\n甲\t1\n后文。"
    layout = Layout([("body", 0, len(text))], body_end=len(text))
    table = Table(4, 7, [Cell(0, 0, 1, 1, False, 4, 5), Cell(0, 1, 1, 1, False, 6, 7)])
    spans, coverage = complete(text, layout, [], [table])
    assert spans == [("body", 0, 4), ("table", 4, 7), ("body", 7, 11)]
    assert coverage == 1
    assert body_regions(layout, [table]) == [(0, 4), (7, 11)]


def test_what_nobody_named_is_other() -> None:
    text = "甲乙丙\n正文。"
    spans, coverage = complete(text, Layout([("body", 4, 7)]), [], [])
    assert spans == [("other", 0, 4), ("body", 4, 7)]
    assert coverage == Decimal("0.428571")


def test_white_space_belongs_to_the_piece_before_it() -> None:
    text = "题\n\n　　文。\n\n"
    spans, coverage = complete(text, Layout([("title", 0, 1), ("body", 5, 7)]), [], [])
    assert spans == [("title", 0, 5), ("body", 5, 9)]
    assert coverage == 1
