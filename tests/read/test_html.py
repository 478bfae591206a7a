"""Pages to text: blocks are lines, tables keep their grid, links and headings their places, and nothing vanishes but markup."""

import time

import pytest
from bs4 import BeautifulSoup, Comment
from bs4.element import NavigableString
from hypothesis import given, settings
from hypothesis import strategies as st

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.html import looks_like_html, read_html
from opendata.read.reading import Reading


def read(source: str, **limits: int) -> Reading:
    return read_html(source, Limits(**limits))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>一</p><p>二</p>", "一\n二"),
        ("<div>一<div>二</div>三</div>", "一\n二\n三"),
        ("一<br>二<br/>三", "一\n二\n三"),
        ("<p>一<br><br></p><p>二</p>", "一\n二"),
        ("<p>一<span>二</span><b>三</b></p>", "一二三"),
        ("<p>a <b> b </b> c</p>", "a b c"),
        ("<p>\n  一\n  二\n</p>", "一 二"),
        ("<p>索\u3000引\u00a0号：&nbsp;&ensp;12</p>", "索\u3000引\u00a0号：\u00a0\u200212"),
        ("<p>1 &lt; 2 &amp; 3 &gt; 2 &#20013;&#x56FD;</p>", "1 < 2 & 3 > 2 中国"),
        ("<ul><li>一<li>二</ul>", "一\n二"),
        ("<ol><li><p>一</p></li><li>二</li></ol>", "一\n二"),
        ("<dl><dt>名称<dd>公告<dt>文号<dd>1号</dl>", "名称\n公告\n文号\n1号"),
        ("<dl><dt>文号</dt><dd>1号</dd><dt>废止日期</dt><dd></dd></dl><div>公告</div>", "文号\n1号\n废止日期\t\n公告"),
        ("<div><p class=k>有效性</p><p></p></div><p>特此公告</p><p></p><p>二</p>", "有效性\t\n特此公告\n二"),
        ("<div><b>时间:</b>1日<b>来源:</b>某局</div>", "时间:1日\t来源:某局"),
        ("<div><b>时间:</b>1日\u3000<b>来源:</b>某局</div>", "时间:1日\u3000来源:某局"),
        ("<ul><li><em>文号</em>1号</li><li><em>事项</em>一<b>二</b></li></ul>", "文号\t1号\n事项一二"),
        ("<table><tr><td><b>文号</b><br>1号<td><b>类别</b><br>2</table>", "文号\t1号\t类别\t2"),
        ("<table><tr><td>行政<br>许可<td><span>处</span><br>罚</table>", "行政 许可\t处 罚"),
        ("<table><tr><td><b>文号</b><i>1号</i><td><span>行政</span><span>许可</span></table>", "文号\t1号\t行政许可"),
        ("<div><div><b>文号</b><i>1</i></div><div><b>类别</b><i>2</i></div></div>", "文号\t1\n类别\t2"),
        ("<p><span>2021-03-02 10:20</span><span>来源：某局</span></p>", "2021-03-02 10:20\t来源：某局"),
        ("<pre>一  二\n\n  三</pre><p>四\n五</p>", "一 二\n三\n四 五"),
        ("<p>一<script>var a = '二';</script><style>p{}</style><noscript>三</noscript>四</p>", "一四"),
        ("<p>一<!-- 二 -->三</p>", "一三"),
        ('<p>一<span style="display:none">隐</span>二</p>', "一隐二"),
        ("<html><head><title>题</title></head><body>一</body></html>", "一"),
        ("<select><option>一<option>二</select>", "一\n二"),
        ("<p>没有关闭<div>标签<span>也行", "没有关闭\n标签也行"),
        ("", ""),
        ("<p> \n </p>", ""),
        ("只有文字", "只有文字"),
    ],
)
def test_blocks_are_lines_and_markup_vanishes(source: str, text: str) -> None:
    assert read(source).text == text


def grid(source: str) -> list[list[tuple[int, int, str]]]:
    reading = read(source)
    return [[(c.row, c.column, reading.text[c.start : c.end]) for c in table.cells] for table in reading.tables]


def test_a_data_table_stands_one_row_a_line_with_tabs() -> None:
    reading = read("<p>前</p><table><tr><th>项目<th>数量<tr><td>巡查<td>12 次</table><p>后</p>")
    assert reading.text == "前\n项目\t数量\n巡查\t12 次\n后"
    table = reading.tables[0]
    assert reading.text[table.start : table.end] == "项目\t数量\n巡查\t12 次"
    assert [cell.is_header for cell in table.cells] == [True, True, False, False]


def test_spans_move_the_cells_that_stand_beside_and_below() -> None:
    source = """<table><tr><td rowspan=2>类别<td colspan=2>数量<tr><td>上年<td>本年
                <tr><td rowspan="3">水务<td>1<td>2<tr><td>3<td>4<tr><td>5<td>6</table>"""
    assert grid(source) == [
        [
            (0, 0, "类别"), (0, 1, "数量"), (1, 1, "上年"), (1, 2, "本年"), (2, 0, "水务"), (2, 1, "1"), (2, 2, "2"),
            (3, 1, "3"), (3, 2, "4"), (4, 1, "5"), (4, 2, "6"),
        ]
    ]  # fmt: skip


@pytest.mark.parametrize("span", ["0", "-1", "x", "", "9999999999", "２"])
def test_an_absurd_span_does_no_harm(span: str) -> None:
    cells = grid(f'<table><tr><td rowspan="{span}">a<td colspan="{span}">b<tr><td>c<td>d</table>')[0]
    assert [text for _, _, text in cells] == ["a", "b", "c", "d"]


def test_lines_within_a_cell_stay_on_the_line_of_its_row() -> None:
    reading = read("<table><tr><td><p>一</p><p>二</p><td>三<br>四</table>")
    assert reading.text == "一 二\t三 四"


def test_empty_cells_have_their_place() -> None:
    assert grid("<table><tr><td>a<td><td>c</table>") == [[(0, 0, "a"), (0, 1, ""), (0, 2, "c")]]


def test_a_layout_table_is_blocks_and_the_table_within_it_is_data() -> None:
    reading = read("<table><tr><td>导航<td><table><tr><td>a<td>b</table><td>尾</table>")
    assert reading.text == "导航\na\tb\n尾"
    assert len(reading.tables) == 1


def test_a_table_of_one_column_is_no_data() -> None:
    assert read("<table><tr><td>一<tr><td>二</table>").tables == []


def test_links_say_what_is_printed_and_where_they_lead() -> None:
    reading = read(
        '<p>附件：<a href="/a.pdf">报告</a>、<a href="b.doc"><b>表</b>格</a><a href="">无</a><a name=x>锚</a></p>'
    )
    assert [(reading.text[link.start : link.end], link.href) for link in reading.links] == [
        ("报告", "/a.pdf"),
        ("表格", "b.doc"),
    ]


def test_headings_have_their_places() -> None:
    reading = read("<h1>关于<br>巡查的通知</h1><p>正文</p><h3> 一、情况 </h3><h2></h2>")
    assert [reading.text[start:end] for start, end in reading.headings] == ["关于\n巡查的通知", "一、情况"]


def test_page_tags_are_read_in_any_case_quotes_and_order() -> None:
    reading = read(
        """<html><head><META NAME="SiteName" CONTENT="澄湖县"><meta content='公告' name='ArticleTitle'>
        <meta name=PubDate content=2024-03-01><meta name="empty" content=""><meta charset="utf-8">
        <meta property="og:title" content="x"><title> 一\n 页 </title></head><body>一</body></html>"""
    )
    assert reading.metas == [("SiteName", "澄湖县"), ("ArticleTitle", "公告"), ("PubDate", "2024-03-01"), ("empty", "")]
    assert reading.page_title == "一 页"


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0042)https://www.chenghu.example/a.html -->",
        "<!-- source: https://www.chenghu.example/a.html -->",
        "<!--Source=https://www.chenghu.example/a.html-->",
    ],
)
def test_a_comment_may_say_where_the_page_was_saved_from(comment: str) -> None:
    assert read(f"{comment}<html><body>一</body></html>").comment_url == "https://www.chenghu.example/a.html"
    assert read("<p>source: https://www.chenghu.example/a.html</p>").comment_url is None


def test_tags_may_be_closed_wrongly() -> None:
    assert read("<b><i>一</b>二</i><p>三</div></p>四</table>").text == "一二\n三\n四"


@pytest.mark.parametrize("tag", ["div", "span", "b", "table><tr><td", "ul><li", "blockquote", "font"])
def test_a_hundred_thousand_nested_tags_are_refused_quickly(tag: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(Unreadable) as caught:
        read(f"<{tag}>" * 100_000 + "一")
    assert caught.value.rule in ("html-too-deep", "table-too-large")
    assert time.perf_counter() - begun < 10


def test_a_table_of_a_million_cells_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        read("<table>" + "<tr>" + "<td>1" * 1_000_000 + "</table>")
    assert caught.value.rule == "table-too-large"


def test_limits_are_those_of_the_pipeline_file() -> None:
    nested = "<div>" * 20 + "一" + "</div>" * 20
    assert read(nested, html_depth=40).text == "一"
    with pytest.raises(Unreadable):
        read(nested, html_depth=16)
    with pytest.raises(Unreadable):
        read("<table>" + "<tr><td>1<td>2" * 10 + "</table>", table_cells=10)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<!DOCTYPE html><html>", True),
        (b"<?xml version='1.0'?>\n<!-- a --><!-- b -->\n<html xmlns='http://www.w3.org/1999/xhtml'>", True),
        (b"Warning: mysql_connect()\n<!DOCTYPE html>\n<html>", True),
        ("\ufeff\n  <DIV class='a'>一".encode(), True),
        ("<table><tr><td>一".encode(), True),
        ("<meta charset=gbk><title>404</title>未找到".encode("gb18030"), True),
        ("供水公告<p>正文</p><p>落款</p>".encode(), True),
        ("供水公告<br>正文<br/>落款".encode(), True),
        ("标题：公告\n正文".encode(), False),
        ("标题：公告\n详见<a href='http://a.example/'>此处</a>。\n".encode(), False),
        ("<a href='http://a.example/'>公告</a>\n正文一\n正文二\n".encode(), False),
        ("第一段<br>\n第二段\n第三段\n".encode(), False),
        ('网页须有 <html> 和 <body> 标签，\n并在其中写明 <meta name="SiteName"> 等。\n'.encode(), False),
        ("公告<p>正文\n".encode(), False),
        (b"a < b and c > d", False),
        (b"<p and q", False),
        (b"x" * 2100 + b"<html>", False),
        (b"<!-- " * 400 + b"--> <html>", False),
    ],
)
def test_html_is_recognised_by_how_it_is_laid_out(data: bytes, expected: bool) -> None:
    assert looks_like_html(data) == expected


words = st.text("一二三公告abc 12，。\u3000\u00a0\n&<", max_size=12)
tags = st.sampled_from(
    ["p", "div", "span", "b", "li", "td", "tr", "table", "h1", "a", "ul", "dd", "center", "font", "section"]
)
pages = st.recursive(
    words.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.one_of(
        st.tuples(tags, st.lists(inner, max_size=4)).map(lambda node: f"<{node[0]}>{''.join(node[1])}</{node[0]}>"),
        st.just("<br>"),
        st.just("<!-- 注释 -->"),
        st.just("<script>脚本</script>"),
        st.lists(st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=3).map(
            lambda rows: "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
            + "</table>"
        ),
    ),
    max_leaves=25,
)  # fmt: skip


def printed(source: str) -> str:
    """Return the characters of a page as an independent parser (lxml or html.parser) finds them, without white space."""
    soup = BeautifulSoup(source, "html.parser")
    found = []
    for piece in soup.find_all(string=True):
        if (
            type(piece) is NavigableString
            and not isinstance(piece, Comment)
            and piece.parent.name not in ("script", "style")
        ):
            found.append(str(piece))
    return "".join("".join(found).split())


@settings(max_examples=150, deadline=None)
@given(pages)
def test_no_character_vanishes_and_none_is_invented(source: str) -> None:
    reading = read(f"<html><body>{source}</body></html>")
    assert sorted("".join(reading.text.split())) == sorted(printed(source))


@settings(max_examples=150, deadline=None)
@given(pages)
def test_every_place_lies_in_the_text_and_no_line_is_blank(source: str) -> None:
    reading = read(source)
    text = reading.text
    for table in reading.tables:
        assert 0 <= table.start <= table.end <= len(text)
        ends = [table.start]
        for cell in table.cells:
            assert ends[-1] <= cell.start <= cell.end <= table.end
            assert "\n" not in text[cell.start : cell.end]
            ends.append(cell.end)
        places = [(cell.row, cell.column) for cell in table.cells]
        assert len(set(places)) == len(places)
    for start, end in [*((link.start, link.end) for link in reading.links), *reading.headings]:
        assert 0 <= start < end <= len(text)
    assert reading.tables or "\n\n" not in text  # an empty row of a table is an empty line


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<li><label>文 号</label><span>泉发〔2024〕18号</span></li>", "文 号\t泉发〔2024〕18号"),
        ("<dd><b>索引号：</b> <i>Q-1</i></dd>", "索引号：\tQ-1"),
        (
            "<div><span>发布时间：2024-05-06</span><span>来源：市发展改革委</span><span>浏览量：<i>32</i></span></div>",
            "发布时间：2024-05-06\t来源：市发展改革委\t浏览量：32",
        ),
        (
            "<p><span>发布时间：2024-05-06</span><a>来源：市发展改革委</a></p>",
            "发布时间：2024-05-06\t来源：市发展改革委",
        ),
        ("<p><b>责任单位：</b><span>市教育局</span></p>", "责任单位：市教育局"),
        ("<p><span>泉亭市</span><span>人民政府</span></p>", "泉亭市人民政府"),
        ("<div><span>泉亭市</span><span>人民政府</span></div>", "泉亭市人民政府"),
        ("<li><span>一、</span><span>总体要求</span></li>", "一、总体要求"),
        ("<li>提示<b>索引号</b><span>Q-1</span></li>", "提示索引号Q-1"),
    ],
)
def test_elements_that_a_style_sheet_sets_apart_are_cells(source: str, text: str) -> None:
    assert read(source).text == text


def test_headings_in_headings_leave_no_blank_line() -> None:
    assert "\n\n" not in read("<table><tr><td>1</td><td><h1><h1></h1></h1></td></tr></table><p>2</p>").text
