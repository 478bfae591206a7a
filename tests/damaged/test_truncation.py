"""A file that breaks off is called cut; one that ends in its own way is not."""

import pytest

from opendata.check.truncation import ends_open

PARAGRAPH = "二是加强巡查。全年开展河道巡查，发现问题后及时转办，群众反映"


@pytest.mark.parametrize(
    "source",
    [
        PARAGRAPH,
        "（一）完善制度\n一是统一标准。各",
        "一、总体情况\n二",
        "一、总体情况\n（三",
        "逐户登记受灾农户的姓名、住址、",
    ],
)
def test_a_text_that_stops_within_a_sentence_is_cut(source: str) -> None:
    assert ends_open(source, False, source, "")


@pytest.mark.parametrize("end", ["。", "。\n", "：\n1.办公室。", "（此件公开发布）", "……", "——"])
def test_a_text_that_ends_a_sentence_is_whole(end: str) -> None:
    assert not ends_open(PARAGRAPH + end, False, PARAGRAPH + end, "")


@pytest.mark.parametrize("last", ["特此通知", "联系人：周某某", "附件3", "云栖县民政局"])
def test_a_short_closing_line_without_punctuation_is_whole(last: str) -> None:
    text = f"请各单位遵照执行。\n{last}"
    assert not ends_open(text, False, text, "")
    assert not ends_open(text + "\n", False, text, "")
    assert not ends_open(f"<p>请各单位遵照执行。</p><p>{last}</p>", True, text, "")


def test_what_is_printed_behind_the_body_shows_that_the_file_goes_on() -> None:
    assert not ends_open(PARAGRAPH + "\n打印 关闭\n", False, PARAGRAPH, "\n打印 关闭\n")


def test_a_page_that_stops_in_its_text_or_in_a_tag_is_cut() -> None:
    assert ends_open("<html><body><p>一、总体情况</p><p>现", True, "一、总体情况\n现", "")
    assert ends_open("<html><body><p>全年召开会议</p><p styl", True, "全年召开会议。", "")
    assert ends_open(f"<div><p>{PARAGRAPH}", True, PARAGRAPH, "")


def test_a_page_or_fragment_that_closes_its_tags_is_whole() -> None:
    assert not ends_open(f"<html><body><p>{PARAGRAPH}</p></body></html>\n", True, PARAGRAPH, "")
    assert not ends_open(f"<div><p>{PARAGRAPH}</p></div>", True, PARAGRAPH, "")


def test_an_empty_body_is_not_cut() -> None:
    assert not ends_open("标题：公告\n", False, "", "")
