# ruff: noqa: E501 - samples are shown on one line
"""Outlines of reports and regulations, and breaks in their numbering."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.extract.outline import Section, breaks, find_outline

NUMERALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]


def outline(text: str) -> list[Section]:
    """Return the outline of a text that is all body."""
    return find_outline(text, [(0, len(text))])


def markers(text: str) -> list[tuple[str, str]]:
    """Return path and marker of every section."""
    return [(section.section_id, section.marker) for section in outline(text)]


def test_headings_nest_by_their_rank() -> None:
    text = "一、成效\n（一）学习\n1.集中学\n（1）读原文\n一是早部署。开会。\n二是常督促。检查。\n（二）宣传\n二、问题\n三、打算"
    assert markers(text) == [
        ("1", "一、"), ("1.1", "（一）"), ("1.1.1", "1."), ("1.1.1.1", "（1）"), ("1.1.1.1.1", "一是"), ("1.1.1.1.2", "二是"),
        ("1.2", "（二）"), ("2", "二、"), ("3", "三、"),
    ]  # fmt: skip


def test_articles_nest_in_chapters_and_run_on_through_them() -> None:
    text = "第一章　总　则\n第一条　为了节水，制定本办法。\n第二条　适用于本县。\n（一）水库；\n（二）渠道。\n第二章　管理\n第三条　分级管理。"
    sections = outline(text)
    assert markers(text) == [
        ("1", "第一章"), ("1.1", "第一条"), ("1.2", "第二条"), ("1.2.1", "（一）"), ("1.2.2", "（二）"), ("2", "第二章"), ("2.1", "第三条"),
    ]  # fmt: skip
    assert breaks(sections, text) == []


def test_a_paragraph_s_first_sentence_is_its_heading() -> None:
    (section,) = outline("　　（一）抓学习。全年学习十二次，" + "人人参加" * 30)
    assert section.heading == "抓学习"


def test_indents_and_the_signs_of_markdown_headings_are_passed_over() -> None:
    assert markers("## 一、成效\n### （一）学习\n\u3000\u00a0二、问题") == [
        ("1", "一、"),
        ("1.1", "（一）"),
        ("2", "二、"),
    ]


@pytest.mark.parametrize("line", ["一、二号水库正常", "2024年完成十处", "1.2米深", "第一条渠", "一是非常重要的事"])
def test_some_lines_only_look_like_headings(line: str) -> None:
    if line == "一是非常重要的事":
        assert markers(line) == [("1", "一是")]  # not told apart: reports open paragraphs so
    elif line == "一、二号水库正常":
        assert markers(line) == [("1", "一、")]  # not told apart either
    else:
        assert markers(line) == []


def test_numbered_notes_below_a_table_are_no_headings() -> None:
    assert markers("二、就业\n注：1. 数据为初步统计。\n2. “—”表示没有。\n3. 单位为人。\n三、物价") == [
        ("1", "二、"),
        ("2", "三、"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一、甲\n二、乙\n三、丙", []),
        ("一、甲\n三、丙", ["一、 → 三、"]),
        ("二、乙\n三、丙", ["– → 二、"]),
        ("一、甲\n（一）子\n（二）丑\n二、乙\n（三）寅\n（四）卯", []),
        ("一、甲\n（一）子\n二、乙\n（一）丑\n（三）寅", ["（一） → （三）"]),
        ("一、甲\n二、乙\n一、附一\n二、附二", []),
        ("一是早。早办；二是快。快办。\n三是好。办好。", []),
        ("第一条　甲\n第二条　乙\n第四条　丁", ["第二条 → 第四条"]),
        ("第九条　甲\n第十条　乙", ["– → 第九条"]),
        ("1.甲\n2.乙\n4.丁", ["2. → 4."]),
        ("①甲\n②乙\n④丁", ["② → ④"]),
    ],
)
def test_breaks_in_the_numbering(text: str, found: list[str]) -> None:
    places = breaks(outline(text), text)
    assert [words for _, _, words in places] == found
    assert all(text[start:end] == words.split(" → ")[1] for start, end, words in places)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=6), st.sampled_from(["", "　　", "\u00a0"]))
def test_any_two_level_outline_is_read_back(counts: list[int], indent: str) -> None:
    lines = []
    expected = []
    for index, count in enumerate(counts):
        lines.append(f"{indent}{NUMERALS[index]}、要点")
        expected.append(str(index + 1))
        for inner in range(count):
            lines += [f"{indent}（{NUMERALS[inner]}）做法。说明文字。", f"{indent}另起一段的说明。"]
            expected.append(f"{index + 1}.{inner + 1}")
    text = "\n".join(lines)
    sections = outline(text)
    assert [section.section_id for section in sections] == expected
    assert breaks(sections, text) == []
    for section, following in pairwise(sections):
        assert section.start < section.heading_end <= section.own_end <= following.start
    for section in sections:
        inner_ends = [one.end for one in sections if (one.parent_id or "") == section.section_id]
        assert section.end == max([section.own_end, *inner_ends])


@given(st.text(alphabet="一二三、（）1.第条章是。\n 　①#注：；", max_size=80))
def test_no_text_breaks_the_outline(text: str) -> None:
    sections = outline(text)
    starts = [section.start for section in sections]
    assert starts == sorted(set(starts))
    for section in sections:
        assert text[section.start : section.start + len(section.marker)] == section.marker
        assert section.start <= section.heading_end <= len(text)
        assert section.start < section.own_end <= section.end <= len(text)
    breaks(sections, text)


def test_a_table_of_contents_is_no_outline() -> None:
    text = "目　录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 为了规范泉亭市集市，制定本办法。\n第二章 附则\n第二条 本办法自公布之日起施行。\n"
    sections = find_outline(text, [(0, len(text))])
    assert [section.marker for section in sections] == ["第一章", "第一条", "第二章", "第二条"]
    assert sections[0].start == text.rindex("第一章")


def test_chapters_below_the_word_contents_that_come_once_are_the_outline() -> None:
    text = "目录\n第一章 总则\n第二章 附则\n"
    assert [section.marker for section in find_outline(text, [(0, len(text))])] == ["第一章", "第二章"]
