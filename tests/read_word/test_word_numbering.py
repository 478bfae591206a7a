"""Automatic numbering: formats, counters, overrides and inheritance, as Word prints them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.config import Limits
from opendata.normalise.numerals import parse_number
from opendata.read.docx import read_docx
from opendata.read.word_number_formats import FORMS, format_number
from tests.read_word.docx_samples import docx, level, lists, p


@pytest.mark.parametrize(
    ("form", "value", "printed"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircleChinese", 21, "㉑"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("decimalEnclosedFullstop", 3, "⒊"),
        ("upperRoman", 49, "XLIX"),
        ("lowerLetter", 28, "bb"),
        ("ordinal", 12, "12th"),
        ("ordinal", 22, "22nd"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 19, "十九"),
        ("chineseCounting", 74, "七十四"),
        ("chineseCounting", 101, "一〇一"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1024, "一千零二十四"),
        ("chineseCountingThousand", 10_003, "一万零三"),
        ("japaneseCounting", 21, "二十一"),
        ("japaneseCounting", 101, "百一"),
        ("chineseLegalSimplified", 15, "壹拾伍"),
        ("ideographLegalTraditional", 23, "貳拾參"),
        ("ideographDigital", 105, "一〇五"),
        ("ideographTraditional", 4, "丁"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("ideographZodiacTraditional", 60, "癸亥"),
        ("ideographEnclosedCircle", 10, "㊉"),
        ("none", 3, ""),
        ("no such format", 3, "3"),
    ],
)
def test_formats(form: str, value: int, printed: str) -> None:
    assert format_number(value, form) == printed


@given(st.integers(1, 99_999))
def test_chinese_numbers_are_read_back(value: int) -> None:
    for form in ("chineseCountingThousand", "chineseLegalSimplified"):
        assert parse_number(format_number(value, form)) == value


@given(st.integers(-10, 10**10), st.sampled_from(sorted(FORMS)))
def test_every_format_prints_something_for_every_number(value: int, form: str) -> None:
    assert format_number(value, form)


@given(st.integers(-10, 10**10), st.text(max_size=12).filter(lambda form: form not in FORMS))
def test_unknown_formats_print_decimals(value: int, form: str) -> None:
    assert format_number(value, form) == ("" if form in ("none", "bullet") else str(value))


ARTICLES = level(0, "第%1章", "chineseCountingThousand") + level(1, "第%2条", "chineseCounting")


def lines(body: str, numbering: str, styles: str = "") -> list[str]:
    return read_docx(docx(body, numbering=numbering, styles=styles), Limits()).text.split("\n")


def test_inner_levels_start_anew_unless_they_never_restart() -> None:
    body = p("总则", num=1, level=0) + p("甲", num=1, level=1) + p("分则", num=1, level=0) + p("乙", num=1, level=1)
    assert lines(body, lists(ARTICLES)) == ["第一章 总则", "第一条 甲", "第二章 分则", "第一条 乙"]
    through = level(0, "第%1章", "chineseCounting") + level(
        1, "第%2条", "chineseCounting", extra='<w:lvlRestart w:val="0"/>'
    )
    assert lines(body, lists(through))[3] == "第二条 乙"


def test_instances_of_one_list_count_on_and_start_overrides_once() -> None:
    more = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    more += '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>'
    body = p("甲", num=1, level=0) + p("乙", num=2, level=0) + p("丙", num=3, level=0) + p("丁", num=3, level=0)
    assert lines(body, lists(level(0, "%1.", "decimal"), nums=more)) == ["1. 甲", "2. 乙", "9. 丙", "10. 丁"]


def test_outer_numbers_and_legal_levels() -> None:
    numbering = lists(level(0, "%1", "chineseCounting") + level(1, "%1.%2", "decimal", extra="<w:isLgl/>"))
    assert lines(p("甲", num=1, level=0) + p("乙", num=1, level=1), numbering) == ["一 甲", "1.1 乙"]


def test_the_suffix_is_a_space_or_nothing() -> None:
    nothing = level(0, "（%1）", "chineseCounting", extra='<w:suff w:val="nothing"/>')
    wide = level(0, "第%1条　", "chineseCounting")
    assert lines(p("甲", num=1) + p("乙", num=2), lists(nothing, wide)) == ["（一）甲", "第一条　乙"]


def test_styles_number_by_inheritance_and_a_zero_takes_it_away() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="l"/><w:basedOn w:val="L"/></w:style>'
    )
    numbering = lists(level(0, "%1章") + level(1, "%2条", extra='<w:pStyle w:val="A"/>'))
    body = (
        p("甲", style="B")
        + p("乙", style="B", num=0)
        + p("丙", style="A")
        + p("丁", style="L")
        + p("戊", style="B", level=0)
    )
    assert lines(body, numbering, styles) == ["1条 甲", "乙", "2条 丙", "丁", "1章 戊"]


def test_lists_linked_by_a_style() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="S"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="S"/>{level(0, "%1、", "ideographTraditional")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    assert lines(p("子", num=1), numbering) == ["甲、 子"]


def test_bullets_and_paragraphs_of_no_list() -> None:
    assert lines(p("甲", num=1) + p("乙", num=99), lists(level(0, "\uf0d8", "bullet"))) == ["➢ 甲", "乙"]
