"""Citations of other documents. All titles and numbers are invented."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.extract.citations import Citation, find_citations


def summary(text: str) -> list[tuple[str, str | None, str | None, str]]:
    found = find_citations(text)
    assert all(c.printed == text[c.start : c.end] for c in found)
    return [(c.kind, c.cited_title, c.cited_number, c.printed) for c in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("执行《柳河市停车办法》。", [("title", "柳河市停车办法", None, "《柳河市停车办法》")]),
        ("据《柳河晚报》报道", [("title", "柳河晚报", None, "《柳河晚报》")]),
        (
            "落实《关于绿化的意见》（柳政发〔2019〕5号）精神",
            [("title_and_number", "关于绿化的意见", "柳政发〔2019〕5号", "《关于绿化的意见》（柳政发〔2019〕5号）")],
        ),
        (
            "落实《关于绿化的意见》(柳政发[2019]5号，以下简称《意见》)",
            [
                ("title_and_number", "关于绿化的意见", "柳政发〔2019〕5号", "《关于绿化的意见》(柳政发[2019]5号"),
                ("title", "意见", None, "《意见》"),
            ],
        ),
        (
            "柳政发〔2019〕5号《关于绿化的意见》",
            [("title_and_number", "关于绿化的意见", "柳政发〔2019〕5号", "柳政发〔2019〕5号《关于绿化的意见》")],
        ),
        (
            "《关于修改〈柳河市停车办法〉的决定》",
            [("title", "关于修改〈柳河市停车办法〉的决定", None, "《关于修改〈柳河市停车办法〉的决定》")],
        ),
        (
            "《关于转发《柳河市停车办法》的通知》已收悉",
            [("title", "关于转发《柳河市停车办法》的通知", None, "《关于转发《柳河市停车办法》的通知》")],
        ),
        ("根据柳政办函〔2020〕12号要求", [("number", None, "柳政办函〔2020〕12号", "柳政办函〔2020〕12号")]),
        ("《关于绿化\n的意见》", [("title", "关于绿化的意见", None, "《关于绿化\n的意见》")]),
        ("《没有结尾的标题。\n另起一段《停车办法》", [("title", "停车办法", None, "《停车办法》")]),
        ("《》（）与5号楼、3号门，12345号", []),
        ("普通的一段话", []),
        ("", []),
    ],
)
def test_finds_titles_and_numbers(text: str, expected: list[tuple[str, str | None, str | None, str]]) -> None:
    assert summary(text) == expected


def test_number_belongs_to_the_title_before_it_only() -> None:
    text = "《甲办法》和《乙办法》（柳政发〔2018〕7号、柳政发〔2018〕8号）"
    assert [(c.kind, c.cited_title, c.cited_number) for c in find_citations(text)] == [
        ("title", "甲办法", None),
        ("title_and_number", "乙办法", "柳政发〔2018〕7号"),
        ("number", None, "柳政发〔2018〕8号"),
    ]


def test_number_on_the_line_before_a_title_stays_alone() -> None:
    assert [c.kind for c in find_citations("柳政发〔2019〕5号\n《停车办法》已经通过")] == ["number", "title"]


def test_a_day_before_an_order_is_not_part_of_it() -> None:
    (citation,) = find_citations("1998年3月4日柳河市人民政府令第76号发布")
    assert citation.cited_number == "柳河市人民政府令第76号"


def test_span_limits_the_search() -> None:
    text = "《甲》《乙》《丙》"
    assert find_citations(text, 3, 6) == [Citation("title", "乙", None, "《乙》", 3, 6)]
    assert find_citations(text, 0, 5) == [Citation("title", "甲", None, "《甲》", 0, 3)]


@given(st.text(alphabet="《》〈〉〔〕（）()号文令第2019〇5 \n。，国柳政办发甲乙", max_size=80))
def test_any_text_gives_ordered_disjoint_exact_spans(text: str) -> None:
    end = 0
    for citation in find_citations(text):
        assert end <= citation.start < citation.end
        assert citation.printed == text[citation.start : citation.end]
        assert (citation.cited_title is not None) == ("title" in citation.kind)
        assert (citation.cited_number is not None) == ("number" in citation.kind)
        end = citation.end


@given(st.text(alphabet="甲乙丙丁、（）2019年", min_size=1, max_size=40).filter(str.strip))
def test_any_title_is_found_wherever_it_stands(title: str) -> None:
    (citation,) = find_citations(f"按照《{title}》的要求")
    assert citation.cited_title == title


def test_real_documents_cite_by_title_and_number(shared: Path) -> None:
    page = (shared / "corpus/govcn-html/037.html").read_text(encoding="utf-8")
    together = [c for c in find_citations(page) if c.kind == "title_and_number"]
    assert any(c.cited_number == "国办发〔2016〕82号" for c in together)


def test_numbers_with_the_traditional_sign_are_cited_by_their_canonical_form() -> None:
    text = "根據《關於農村供水的通知》（望縣府字〔2023〕46號）和望縣府字〔2023〕第047號文件，並參照國發〔2019〕5號。"
    found = find_citations(text)
    assert [citation.cited_number for citation in found] == [
        "望縣府字〔2023〕46号",
        "望縣府字〔2023〕47号",
        "國發〔2019〕5号",
    ]
    assert found[0].printed == "《關於農村供水的通知》（望縣府字〔2023〕46號）"
    assert all(text[citation.start : citation.end] == citation.printed for citation in found)
