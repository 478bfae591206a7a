"""Structured inputs: texts with headers as portals print them, HTML that nobody closed, tables in tables, changed samples."""

from itertools import islice

from hypothesis import strategies as st

from fuzz.blind import mutations
from fuzz.seeds import seeds

LABELS = [
    "索引号",
    "标题",
    "标 题",
    "发文机关",
    "发文字号",
    "成文日期",
    "发布日期",
    "主题词",
    "索 引 號",
    "名　　称",
    "有效性",
    "印制机关",
]
VALUES = [
    "", "11369903MB7J4082X9/2023-00418", "关于做好供水工作的通知", "青榆县人民政府", "青政办〔2023〕9号", "2023年3月5日", "2023-03-05",
    "无", "—", "2023年13月40日", "〔2023〕", "望縣府字〔2023〕46號", "农业、林业、水利",
]  # fmt: skip
JOINTS = ["：", ":", " ： ", "\u00a0", "\u3000", "\n", "：\n", "", "】", "\t"]
ENDS = ["\n", "\n\n", " ", "  ", "\u3000", "", "|", "\r\n"]
PROSE = [
    "各乡镇人民政府：", "一、总体要求", "（一）受理来信23件，其中甲类11件，乙类12件。", "第一条 为了规范供水", "1.", "附件：1.清单",
    "抄送：县委办公室。",
    "青榆县人民政府", "2023年3月5日", "（此件公开发布）", "首页 > 政务公开 > 公文", "打印 关闭",
    "》《", "\u200b", "<!--", "表1",
]  # fmt: skip

_pair = st.tuples(st.sampled_from(LABELS), st.sampled_from(JOINTS), st.sampled_from(VALUES), st.sampled_from(ENDS)).map(
    "".join
)
_line = st.sampled_from(PROSE).map(lambda line: f"{line}\n")
_noise = st.text(max_size=12)

header_like = st.lists(st.one_of(_pair, _pair, _line, _noise), max_size=30).map("".join)
"""Texts of header pairs in all their disorder, lines of documents, and noise."""

_TAGS = [
    "div",
    "p",
    "span",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "ul",
    "li",
    "h1",
    "a",
    "br",
    "script",
    "style",
    "meta",
    "title",
    "b",
]
_ATTRIBUTES = [
    "",
    ' colspan="3"', ' rowspan="65535"', ' colspan="-1"',
    ' style="display:none"', ' href="a.pdf"', ' name="ArticleTitle" content="甲"', " hidden",
]  # fmt: skip
_tag = st.one_of(
    st.tuples(st.sampled_from(_TAGS), st.sampled_from(_ATTRIBUTES)).map(lambda tag: f"<{tag[0]}{tag[1]}>"),
    st.sampled_from(_TAGS).map(lambda tag: f"</{tag}>"),
    st.sampled_from(["<!--", "-->", "<![CDATA[", "&nbsp;", "&#0;", "&#xD800;", "<", ">", "</", '"', "<!DOCTYPE html>"]),
)
html_soup = st.lists(st.one_of(_tag, _tag, _pair, _line, _noise), max_size=60).map("".join)
"""Tags in any order, opened and closed by chance, with text between them."""


def _table(rows: list[list[str]]) -> str:
    cells = ("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{''.join(cells)}</table>"


nested_tables = st.recursive(
    st.one_of(_pair, st.sampled_from(VALUES)),
    lambda cell: st.lists(st.lists(cell, max_size=4), max_size=4).map(_table),
    max_leaves=30,
)
"""Tables whose cells are tables."""


def changed(target: str) -> st.SearchStrategy[bytes]:
    """Return inputs made of a target's seeds by a few changes."""
    seeds(target)  # made here and kept: the boundaries of MHTML are drawn by chance
    return st.tuples(st.integers(0, 1 << 30), st.integers(0, 40)).map(
        lambda drawn: next(islice(mutations(target, drawn[0]), drawn[1], None))
    )
