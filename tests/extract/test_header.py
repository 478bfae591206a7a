# ruff: noqa: E501 - each layout is shown on one line
"""Headers in every layout met in the field, and words of texts that must not become one."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opendata.convert import Settings
from opendata.extract.header import Pair, find_header
from opendata.read.html import read_html

INDEX, ISSUER, MADE, TITLE = "QSX-02-2024-0031", "清沙县水务局", "2024年3月5日", "清沙县水务局关于春灌用水调度的通知"
NUMBER, SHOWN = "清水发〔2024〕8号", "2024-03-07"
FULL = {
    "index_number": INDEX,
    "issuing_body": ISSUER,
    "created_date": MADE,
    "title": TITLE,
    "document_number": NUMBER,
    "published_date": SHOWN,
}
BODY = "\n\n各灌区管理站：\n　　三月以来气温回升较快，春灌用水需求上升。现就有关事项通知如下：\n　　一、统一调度\n　　各站每日报送水情。\n"


def fields(text: str) -> dict[str, str | None]:
    """Return the values by field, without the repeated ones; the span of every value must hold it."""
    pairs = find_header(text).pairs
    assert all(text[pair.start : pair.end] == (pair.value or "") for pair in pairs)
    return {pair.field or pair.label: pair.value for pair in pairs if not pair.repeated}


LAYOUTS = {
    "one pair a line": f"索引号：{INDEX}\n发文机关：{ISSUER}\n成文日期：{MADE}\n标题：{TITLE}\n发文字号：{NUMBER}\n发布日期：{SHOWN}",
    "colon of ASCII and spaces": f"索引号: {INDEX}\n发文机关: {ISSUER}\n成文日期: {MADE}\n标题: {TITLE}\n发文字号: {NUMBER}\n发布日期: {SHOWN}",
    "several pairs a line": f"索引号：{INDEX} 发文机关：{ISSUER}\n成文日期：{MADE} 标题：{TITLE}\n发文字号：{NUMBER} 发布日期：{SHOWN}",
    "padded labels": (
        f"索　引　号：{INDEX}\n发\u00a0文\u00a0机\u00a0关：{ISSUER}\n成\u2002文\u2002日\u2002期：{MADE}\n"
        f"标　　　　题：{TITLE}\n发文字号\u3000：{NUMBER}\n\u3000发布日期\u2003：\u00a0{SHOWN}"
    ),
    "label above value": f"索引号\n{INDEX}\n发文机关\n{ISSUER}\n成文日期\n{MADE}\n标题\n{TITLE}\n发文字号\n{NUMBER}\n发布日期\n{SHOWN}",
    "label with colon above value": (
        f"索引号：\n{INDEX}\n发文机关：\n{ISSUER}\n成文日期：\n{MADE}\n标题：\n{TITLE}\n发文字号：\n{NUMBER}\n发布日期：\n{SHOWN}"
    ),
    "label with colon above value and blank lines": "\n\n".join(
        f"{label}：\n{value}"
        for label, value in zip(
            ["索引号", "发文机关", "成文日期", "标题", "发文字号", "发布日期"], FULL.values(), strict=True
        )
    ),
    "bullets and label above value": (
        f"· 索引号\n{INDEX}\n· 发文机关\n{ISSUER}\n· 成文日期\n{MADE}\n· 标题\n{TITLE}\n· 发文字号\n{NUMBER}\n· 发布日期\n{SHOWN}"
    ),
    "numbers and label above value": (
        f"1. 索引号\n{INDEX}\n2. 发文机关\n{ISSUER}\n3. 成文日期\n{MADE}\n4. 标题\n{TITLE}\n5. 发文字号\n{NUMBER}\n6. 发布日期\n{SHOWN}"
    ),
    "numbered pairs": f"1、索引号：{INDEX}\n2、发文机关：{ISSUER}\n3、成文日期：{MADE}\n（4）标题：{TITLE}\n⑤发文字号：{NUMBER}\n6.发布日期：{SHOWN}",
    "cells of a table": f"索引号：\t{INDEX}\t发文机关：\t{ISSUER}\n成文日期：\t{MADE}\t发布日期：\t{SHOWN}\n标题：\t{TITLE}\n发文字号：\t{NUMBER}\t",
    "cells without colons": f"索引号\t{INDEX}\t发文机关\t{ISSUER}\n成文日期\t{MADE}\t发布日期\t{SHOWN}\n标题\t{TITLE}\n发文字号\t{NUMBER}",
    "pairs in cells": f"索引号：{INDEX}\t发文机关：{ISSUER}\n成文日期：{MADE}\t发布日期：{SHOWN}\n标题：{TITLE}\n发文字号：{NUMBER}",
    "flattened with bars": (
        f"| 索 引 号 | {INDEX} | 发文机关 | {ISSUER} |\n| 成文日期 | {MADE} | 发布日期 | {SHOWN} |\n"
        f"| 标 题 | {TITLE} |\n| 发文字号 | {NUMBER} | | |"
    ),
    "flattened with bars and no frame": f"索引号|{INDEX}|发文机关|{ISSUER}\n成文日期|{MADE}|发布日期|{SHOWN}\n标题|{TITLE}\n发文字号|{NUMBER}",
    "lenticular brackets": f"【索引号】{INDEX}　【发文机关】{ISSUER}\n【成文日期】{MADE}\n【标题】{TITLE}\n【发文字号】{NUMBER}【发布日期】{SHOWN}",
    "square brackets": f"[索引号] {INDEX} [发文机关] {ISSUER}\n[成文日期] {MADE}\n[标题] {TITLE}\n[发文字号] {NUMBER} [发布日期] {SHOWN}",
    "brackets and colons": f"【索引号】：{INDEX}\n【发文机关】：{ISSUER}\n[成文日期]: {MADE}\n【标题】：{TITLE}\n【发文字号】: {NUMBER}\n【发布日期】：{SHOWN}",
    "colon in a cell of its own": f"索引号\t：\t{INDEX}\n发文机关\t：\t{ISSUER}\n成文日期\t：\t{MADE}\n标题\t：\t{TITLE}\n发文字号\t：\t{NUMBER}\n发布日期\t：\t{SHOWN}",
    "colon on a line of its own": "\n".join(
        f"{label}\n：\n{value}"
        for label, value in zip(
            ["索引号", "发文机关", "成文日期", "标题", "发文字号", "发布日期"], FULL.values(), strict=True
        )
    ),
    "colon before the value on its line": "\n".join(
        f"{label}\n：{value}"
        for label, value in zip(
            ["索引号", "发文机关", "成文日期", "标题", "发文字号", "发布日期"], FULL.values(), strict=True
        )
    ),
    "a row of labels above a row of values": (
        f"索引号\t发文机关\t成文日期\t发文字号\n{INDEX}\t{ISSUER}\t{MADE}\t{NUMBER}\n标题\t发布日期\n{TITLE}\t{SHOWN}"
    ),
    "a barred row of labels above its values": (
        f"| 索引号 | 发文机关 | 成文日期 | 发文字号 | 发布日期 |\n| {INDEX} | {ISSUER} | {MADE} | {NUMBER} | {SHOWN} |\n| 标题 | {TITLE} |"
    ),
    "a row of labels with colons above its values": (
        f"索引号：\t发文机关：\t成文日期：\n{INDEX}\t{ISSUER}\t{MADE}\n标题：\t发文字号：\t发布日期：\n{TITLE}\t{NUMBER}\t{SHOWN}"
    ),
    "cells parted by spaces": (
        f"索  引  号    {INDEX}    发文机关    {ISSUER}\n成文日期    {MADE}    发布日期    {SHOWN}\n标    题    {TITLE}\n发文字号    {NUMBER}"
    ),
    "cells parted by wide spaces": f"索引号　{INDEX}　　发文机关　{ISSUER}\n成文日期　{MADE}　　发布日期　{SHOWN}\n标题　{TITLE}\n发文字号　{NUMBER}",
    "run into one line": f"索引号：{INDEX} 发文机关：{ISSUER} 成文日期：{MADE} 标题：{TITLE} 发文字号：{NUMBER} 发布日期：{SHOWN}",
    "run together without spaces": f"索引号：{INDEX} 发文机关：{ISSUER} 标题：{TITLE} 成文日期：{MADE}发布日期：{SHOWN}发文字号：{NUMBER}",
    "notes behind labels": f"索引号（统一编号）：{INDEX}\n发文机关(制发)：{ISSUER}\n成文日期（落款）：{MADE}\n标题：{TITLE}\n发文字号：{NUMBER}\n发布日期（上网）：{SHOWN}",
    "numbers in labels": f"索引号1：{INDEX}\n发文机关1：{ISSUER}\n成文日期：{MADE}\n标题1：{TITLE}\n发文字号1：{NUMBER}\n发布日期：{SHOWN}",
    "emphasis of Markdown": f"- **索引号**：{INDEX}\n- **发文机关：** {ISSUER}\n* **成文日期**: {MADE}\n- **标题**：{TITLE}\n- **发文字号**：{NUMBER}\n- **发布日期**：{SHOWN}",
    "traditional characters": f"索 引 號：{INDEX}\n發文機關：{ISSUER}\n成文日期：{MADE}\n標　　題：{TITLE}\n發文字號：{NUMBER}\n發佈日期：{SHOWN}",
    "other words for the same": f"索取号：{INDEX}\n制发机关：{ISSUER}\n生成日期：{MADE}\n信息名称：{TITLE}\n文号：{NUMBER}\n上载日期：{SHOWN}",
    "unknown labels between": (
        f"索引号：{INDEX}\n密级期限：公开\n发文机关：{ISSUER}\n成文日期：{MADE}\n归档盒号：B12\n标题：{TITLE}\n发文字号：{NUMBER}\n发布日期：{SHOWN}"
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("body", ["", BODY, "\n" + TITLE + BODY], ids=["alone", "text below", "title and text below"])
def test_a_header_is_read_in_every_layout(layout: str, body: str) -> None:
    found = fields(LAYOUTS[layout] + body)
    assert {name: found.get(name) for name in FULL} == FULL


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_is_read_that_no_layout_prints(layout: str) -> None:
    known = {pair.field for pair in find_header(LAYOUTS[layout] + BODY).pairs if pair.field}
    assert known == set(FULL)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_header_below_the_text_is_read(layout: str) -> None:
    found = fields(TITLE + BODY + "\n" + LAYOUTS[layout])
    if "above value" in layout and "colon" not in layout and "row" not in layout:
        assert not found  # without a colon such lines are not told from the text
    else:
        assert {name: found.get(name) for name in FULL} == FULL


def test_empty_values_are_followed_at_once_by_the_next_label() -> None:
    found = fields(f"索引号：{INDEX} 主题词：\n发文机关：发文字号： 发布日期：{SHOWN}{BODY}")
    assert found == {
        "index_number": INDEX, "keywords": None, "issuing_body": None, "document_number": None, "published_date": SHOWN,
    }  # fmt: skip


def test_empty_cells_stay_empty() -> None:
    found = fields(f"| 索引号 | {INDEX} | 主题词 | |\n| 发文机关 | | 发布日期 | {SHOWN} |{BODY}")
    assert found == {"index_number": INDEX, "keywords": None, "issuing_body": None, "published_date": SHOWN}


def test_an_empty_value_between_labels_above_values_stays_empty() -> None:
    found = fields(f"索引号\n{INDEX}\n发文字号\n发布机构\n{ISSUER}\n成文日期\n{MADE}\n\n{TITLE}{BODY}")
    assert found == {"index_number": INDEX, "document_number": None, "issuing_body": ISSUER, "created_date": MADE}


@pytest.mark.parametrize("sign", ["无", "—", "— —", "-", "暂无"])
def test_placeholders_are_kept_as_printed(sign: str) -> None:
    assert fields(f"索引号：{INDEX}\n发文字号：{sign}\n发布日期：{SHOWN}{BODY}")["document_number"] == sign


def test_the_text_may_follow_on_the_header_s_line() -> None:
    text = (
        f"[索引号] {INDEX} [责任部门] {ISSUER} [生成日期] {MADE} [标题] {TITLE} [文号] {NUMBER} [公开方式] 主动公开 "
        "各灌区管理站： 三月以来气温回升较快，春灌用水需求上升，各站要把每一方水用在刀刃上。现通知如下： 一、统一调度。各站每日报送水情。"
    )
    found = fields(text)
    assert found["access"] == "主动公开"
    assert find_header(text).spans == [(0, text.index("主动公开") + 4)]


def test_a_date_ends_where_the_text_follows_on_its_line() -> None:
    text = f"索引号：{INDEX} 发布日期：2024年3月7日 {TITLE} 各灌区管理站：气温回升，现通知如下。"
    assert fields(text) == {"index_number": INDEX, "published_date": "2024年3月7日"}


def test_labels_cut_to_their_last_characters_are_known_above_whole_ones() -> None:
    found = fields(f"引号：{INDEX}\n文机关：{ISSUER}\n成文日期：{MADE}\n发布日期：{SHOWN}{BODY}")
    assert found["index_number"] == INDEX
    assert found["issuing_body"] == ISSUER


def test_a_title_goes_on_over_the_next_line() -> None:
    text = f"索引号：{INDEX}\n名　　称：清沙县水务局关于\n春灌用水调度的通知\n发布日期：{SHOWN}{BODY}"
    assert fields(text)["title"] == "清沙县水务局关于\n春灌用水调度的通知"


def test_a_list_of_categories_goes_on_over_the_next_line() -> None:
    text = f"索引号：{INDEX}　　分类：农业、林业、水利；\n　　　　　　水利工程管理\n发文机关：{ISSUER}　　发布日期：{SHOWN}{BODY}"
    found = fields(text)
    assert found["categories"] is not None
    assert "".join(found["categories"].split()) == "农业、林业、水利；水利工程管理"
    assert (found["issuing_body"], found["published_date"]) == (ISSUER, SHOWN)


def test_the_title_between_two_headers_belongs_to_neither() -> None:
    text = f"索引号：{INDEX}\n发文机关：{ISSUER}\n标题：{TITLE}\n{TITLE}\n发布时间：{SHOWN}　来源：{ISSUER}　浏览次数：15{BODY}"
    header = find_header(text)
    assert len(header.spans) == 2
    assert fields(text) == {
        "index_number": INDEX, "issuing_body": ISSUER, "title": TITLE, "published_date": SHOWN, "source_name": ISSUER, "views": "15",
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        f"发布时间：{SHOWN} 来源：{ISSUER} 浏览次数：15",
        f"时间：{SHOWN}　来源：{ISSUER}　阅读：15",
        f"日期：{SHOWN} 来源：{ISSUER} 点击数：15 字体：[大 中 小] 打印",
        f"发布时间：{SHOWN} 10:22　来源：{ISSUER}　【字体：大 中 小】",
        f"来源：{ISSUER} | 发布时间：{SHOWN}",
        f"来源：{ISSUER}\n时间：{SHOWN}",
    ],
)
def test_the_line_under_the_title_is_a_header(line: str) -> None:
    found = fields(f"{TITLE}\n{line}{BODY}")
    assert (found["published_date"] or "").startswith(SHOWN)
    assert found["source_name"] == ISSUER
    assert set(found) <= {"published_date", "source_name", "views"}


def test_a_date_without_label_under_the_title_is_no_field() -> None:
    text = f"{TITLE}\n{SHOWN} 09:15  来源：{ISSUER}  浏览：15{BODY}"
    assert fields(text) == {"source_name": ISSUER, "views": "15"}
    assert find_header(text).spans == [(len(TITLE) + 1, text.index("15\n") + 2)]


def test_a_header_printed_twice_is_marked() -> None:
    once = LAYOUTS["one pair a line"]
    pairs = find_header(once + "\n" + LAYOUTS["several pairs a line"] + BODY).pairs
    assert [pair.repeated for pair in pairs] == [False] * 6 + [True] * 6
    other = find_header(once + "\n" + once.replace(SHOWN, "2024-04-07") + BODY).pairs
    assert [pair.value for pair in other if pair.field == "published_date"] == [SHOWN, "2024-04-07"]


def test_elements_part_label_colon_and_value() -> None:
    page = (
        f"<div><span>索引号</span><i>：</i><b>{INDEX}</b></div><ul><li><em>发文机关</em>：{ISSUER}</li>"
        f"<li><strong>成文日期：</strong><span>{MADE}</span></li></ul><dl><dt>标题</dt><dd>{TITLE}</dd><dt>发文字号：</dt><dd>{NUMBER}</dd></dl>"
        f"<table><tr><td>发布日期</td><td>：</td><td>{SHOWN}</td></tr></table><p>各灌区管理站：</p><p>现就春灌用水通知如下。</p>"
    )
    found = fields(read_html(page, Settings().limits).text)
    assert {name: found.get(name) for name in FULL} == FULL


def test_comments_are_no_part_of_the_page() -> None:
    page = f"<!-- 索引号：{INDEX} 发文字号：{NUMBER} --><h1>{TITLE}</h1><p>现就春灌用水通知如下。</p>"
    assert fields(read_html(page, Settings().limits).text) == {}


NEGATIVES = {
    "a meeting notice": "关于召开春灌工作会议的通知\n各灌区管理站：\n　　现将会议有关事项通知如下：\n　　时间：2024年3月12日上午9时\n　　地点：县水务局三楼会议室\n　　内容：部署春灌。\n",
    "a meeting notice at the top": "时间：2024年3月12日\n地点：三楼会议室\n主持：副局长\n各位站长到会。\n",
    "contacts": "关于征求意见的公告\n　　请将意见于月底前寄送我局，逾期视为没有意见，联系方式列在下面供各位查阅使用。\n联系人：老周\n电话：0700-0001234\n网址：www.qsx.example\n邮编：000000\n",
    "a registered firm": "关于企业登记情况的公示\n　　经审查，下列企业符合登记条件，现予以公示，公示期间如有异议可以书面提出并附上理由。\n名称：清沙县青禾农资店\n类别：个体\n有效期至：2029年3月1日\n",
    "a firm at the top": "名称：清沙县青禾农资店\n类别：个体\n日期：2024年3月1日\n",
    "the source of a story": "春灌开闸\n　　三月五日清晨，北干渠提闸放水，二十七座村的麦田喝上了今年第一口水，农民脸上都是笑意。\n来源：清沙日报\n",
    "words in a sentence": "关于规范填报的通知\n　　填报时应当写明标题：不超过三十字；来源：注明部门；时间：精确到日；名称：使用全称。各单位照此办理。\n",
    "labels named in a sentence": "关于网站栏目的通知\n　　每条信息应当标注索引号、标题、发文字号、发布日期，不得遗漏；其中发布日期：以首次公开为准，索引号：由系统生成。\n",
    "a list of repealed documents": "废止文件目录\n序号\t文件名称\t文号\t发文机关\t成文日期\n1\t甲办法\t清政发〔2001〕3号\t县政府\t2001-02-03\n2\t乙办法\t清政发〔2002〕4号\t县政府\t2002-03-04\n",
    "a list without numbers": "文件目录\n文件名称\t文号\t发布日期\n甲办法\t清政发〔2001〕3号\t2001-02-03\n乙办法\t清政发〔2002〕4号\t2002-03-04\n丙办法\t清政发〔2003〕5号\t2003-03-04\n",
    "a list of documents in lines": "清理结果公告\n　　经县政府常务会议研究，决定废止下列文件，自公布之日起停止执行，各单位不得再作为依据。\n"
    + "".join(
        f"文件名称：办法{n}\n发文字号：清政发〔200{n}〕1号\n发文机关：县政府\n发布日期：200{n}-01-02\n" for n in "1234"
    ),
    "headings that are labels": "工作报告\n　　一年来，我局把为民服务放在首位，各项任务完成较好，现将有关情况分几个方面报告如下。\n简介\n我局下设六个股室。\n来源\n经费来自县级财政。\n主题\n节水\n",
    "an enforcement notice": "行政处罚信息公示\n行政处罚决定书文号：清水罚〔2024〕2号\n案件名称：某砂场取水案\n处罚类别：罚款\n处罚日期：2024年3月1日\n",
}


@pytest.mark.parametrize("kind", NEGATIVES)
def test_words_of_a_text_are_no_header(kind: str) -> None:
    assert find_header(NEGATIVES[kind]).pairs == []


@pytest.mark.parametrize("kind", NEGATIVES)
def test_words_of_a_text_add_nothing_to_a_header_above(kind: str) -> None:
    found = fields(f"{LAYOUTS['one pair a line']}\n\n{NEGATIVES[kind]}")
    assert found == FULL


LABELS = {
    "index_number": ["索引号", "信息索引号", "索取号", "统一编号"],
    "issuing_body": ["发文机关", "发布机构", "制发机关", "发文单位"],
    "created_date": ["成文日期", "生成日期", "印发日期"],
    "published_date": ["发布日期", "公开日期", "发布时间"],
    "title": ["标题", "名称", "信息名称"],
    "document_number": ["发文字号", "文号", "文件编号"],
    "access": ["公开方式", "公开属性"],
    "status": ["有效性", "时效性"],
}
PLACES = st.sampled_from(["青屿县", "临溪区", "石泉镇", "望川市"])
DATES = st.tuples(
    st.integers(2000, 2025),
    st.integers(1, 12),
    st.integers(1, 28),
    st.sampled_from(["{}年{}月{}日", "{}-{:02}-{:02}", "{}/{}/{}", "{}.{}.{}"]),
)
VALUES = {
    "index_number": st.from_regex(r"[A-Z]{2,4}-[0-9]{2}-20[0-2][0-9]-[0-9]{3,5}", fullmatch=True),
    "issuing_body": PLACES.map(lambda place: place + "人民政府"),
    "created_date": DATES.map(lambda d: d[3].format(*d[:3])),
    "published_date": DATES.map(lambda d: d[3].format(*d[:3])),
    "title": PLACES.map(lambda place: place + "人民政府关于印发防汛预案的通知"),
    "document_number": st.tuples(st.integers(2000, 2025), st.integers(1, 99)).map(lambda n: f"政发〔{n[0]}〕{n[1]}号"),
    "access": st.sampled_from(["主动公开", "依申请公开"]),
    "status": st.sampled_from(["有效", "已废止"]),
}
PADDING = st.sampled_from(["", " ", "　", "\u00a0", "\u2002"])


@st.composite
def headers(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """Draw a header of three to eight pairs in a random order, layout and padding."""
    names = draw(st.permutations(list(LABELS)))[: draw(st.integers(3, 8))]
    pad = draw(PADDING)
    expected = {name: draw(VALUES[name]) for name in names}
    printed = {name: pad.join(draw(st.sampled_from(LABELS[name]))) for name in names}
    style = draw(st.sampled_from(["lines", "pairs", "stacked", "cells", "bars", "brackets", "one line"]))
    pairs = [(printed[name], expected[name]) for name in names]
    colon = draw(st.sampled_from(["：", ":", "： ", " : "]))
    if style == "lines":
        text = "\n".join(f"{label}{colon}{value}" for label, value in pairs)
    elif style in ("pairs", "one line"):
        each = [f"{label}{colon}{value}" for label, value in pairs]
        gap = draw(st.sampled_from([" ", "  ", "　", "　　"]))
        size = 2 if style == "pairs" else len(each)
        text = "\n".join(gap.join(each[at : at + size]) for at in range(0, len(each), size))
    elif style == "stacked":
        text = "\n".join(f"{label}{colon.strip()}\n{value}" for label, value in pairs)
    elif style == "brackets":
        text = "\n".join(f"【{label}】{value}" for label, value in pairs)
    else:
        sign = "\t" if style == "cells" else " | "
        rows = [pairs[at : at + 2] for at in range(0, len(pairs), 2)]
        text = "\n".join(sign.join(sign.join(pair) for pair in row) for row in rows)
    return text, expected


@settings(max_examples=300, deadline=None)
@given(headers(), st.sampled_from(["", BODY, "\n\n" + TITLE + BODY]))
def test_any_header_is_read_back_exactly(header: tuple[str, dict[str, str]], body: str) -> None:
    text, expected = header
    strong = set(expected) - {"title", "document_number"}
    assert strong
    found = {pair.field: pair.value for pair in find_header(text + body).pairs}
    assert found == expected


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="索引号标题发文字日期：:|\t\n 　【】[]一、。2024年月〔〕*（）名称来源", max_size=120))
def test_no_text_breaks_the_reader(text: str) -> None:
    header = find_header(text)
    for pair in header.pairs:
        assert isinstance(pair, Pair)
        assert text[pair.start : pair.end] == (pair.value or "")
    assert all(0 <= start <= end <= len(text) for start, end in header.spans)
    assert all(one[1] <= other[0] for one, other in pairwise(header.spans))


def test_a_sentence_below_the_header_that_begins_with_a_label_belongs_to_the_text() -> None:
    text = "日期：2023-09-15  作者：泉亭市教育局  点击：45\n时间：2022年全年。名称：泉亭市教育局。来源：财政拨款。\n"
    header = find_header(text)
    assert [(pair.label, pair.value) for pair in header.pairs] == [
        ("日期", "2023-09-15"),
        ("作者", "泉亭市教育局"),
        ("点击", "45"),
    ]
    assert text[header.spans[0][1] :].strip().startswith("时间")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【信息时间：2020/7/14】【阅读次数：0】\n来源：某局\n", {"信息时间": "2020/7/14", "阅读次数": "0"}),
        ("[索引号][ A-1 ]\n[发布机构][ 某县某局 ]\n[文号][ ]\n", {"索引号": "A-1", "发布机构": "某县某局", "文号": None}),
        ("★索引号：A-1\n★发布机构：某县某局\n", {"索引号": "A-1", "发布机构": "某县某局"}),
        ("发布时间：2021-03-11；来源：某局；责任编辑：温某\n", {"发布时间": "2021-03-11", "来源": "某局", "责任编辑": "温某"}),
        ("位置:首页>公告 索引号:A-1 发布机构:某县某局 文号:无\n正文", {"索引号": "A-1", "发布机构": "某县某局", "文号": "无"}),
        ("索引号\nA-1\n发布机构\n某县某局\n公开日期\n2018-05-11\n生效日期\n\n某局通知\n", {"公开日期": "2018-05-11", "生效日期": None}),
        ("**索引号** | A-1 | **文　号** | 1号\n---|---|---|---\n**发布机构** | 某县某局 | **有效性** | 有效\n", {"文号": "1号", "发布机构": "某县某局"}),
        ("文号\t1号\t备注\t\n索引号\tA-1\t发布机构\t某县某局\n", {"备注": None, "文号": "1号"}),
        ("**索引号：** A-1　**文号：** 　**方式：** 文字\n**发布机构：** 某县某局\n", {"索引号": "A-1", "文号": None, "方式": "文字"}),
    ],
)  # fmt: skip
def test_signs_around_a_pair_are_no_part_of_it(text: str, expected: dict[str, str | None]) -> None:
    found = {"".join(pair.label.split()): pair.value for pair in find_header(text).pairs}
    assert {label: found.get(label, "missing") for label in expected} == expected


def test_a_column_of_a_navigation_bar_is_no_label() -> None:
    text = "某县公众信息网 | 网站首页 | 公开指南 | 公开目录 | 领导信箱\n索引号：A-1\n发文单位：某县人民政府\n"
    assert [pair.label for pair in find_header(text).pairs] == ["索引号", "发文单位"]


def test_fields_below_the_text_are_a_header_and_an_imprint_is_none() -> None:
    text = (
        "索引号：A-1\n发布机构：某县某局\n某局报告\n"
        + "今年以来，某局围绕中心工作，完成年初确定的任务。\n" * 40
        + "信息来源：某县某局　　责任编辑：韩某　　审核：杜某\n地址：某县迎宾路9号\n"
    )
    assert [pair.label for pair in find_header(text).pairs][2:] == ["信息来源", "责任编辑", "审核"]


LONG = "索引号：A-1\n发布机构：某县某局\n某局报告\n" + "今年以来，某局围绕中心工作，完成年初确定的任务。\n" * 40


@pytest.mark.parametrize(
    ("foot", "labels"),
    [
        ("发布时间：2022-04-19\t【打印】【关闭】\n", ["发布时间"]),
        ("发布时间：2022-04-19 10:30 打印 关闭\n", ["发布时间"]),
        ("某局通知\n发布时间：2022-04-19\n", []),
        ("发布时间：2022-04-19前已报送的不再报送，逾期【打印】无效。\n", []),
        ("发布时间：另行通知 【打印】\n", []),
    ],
)
def test_a_date_below_the_text_counts_beside_buttons_of_the_page(foot: str, labels: list[str]) -> None:
    assert [pair.label for pair in find_header(LONG + foot).pairs][2:] == labels


def test_a_button_in_brackets_is_no_label() -> None:
    text = "发布日期：2015-9-18  作者：办公室  来源：区残联  【打印】  【我要纠错】\n"
    assert [pair.label for pair in find_header(text).pairs] == ["发布日期", "作者", "来源"]


def test_a_title_below_an_empty_cell_is_no_part_of_the_header() -> None:
    text = "索引号：\tA-1\t文号：\t\n某县第43次会议纪要解读\n发布时间：2023-03-06\t来源：某县某局\n"
    assert len(find_header(text).spans) == 2
