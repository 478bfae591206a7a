"""Time grows with the input and not with its square: twice the input takes at most three times the time, whatever is repeated."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.extract.citations import find_citations
from opendata.extract.header import Header, find_header
from opendata.extract.layout import find_layout
from opendata.extract.outline import find_outline
from opendata.extract.quantities import find_quantities
from opendata.read.html import read_html
from opendata.read.reading import Reading
from tests.fuzz.guard import ends

LENGTH = 10_000
MOST = 3.0
ROUNDS = 8
FLOOR = 0.0005
"""Below this the clock, not the input, decides."""

HEADER = (
    "索引号：11530000MB0900746L/2020-01050\n发文机关：甲县应急管理局\n成文日期：2020年4月6日\n标题：2020年工作报告\n"
)
SIGNED = "2020年工作报告\n各镇人民政府：\n甲县按照年初确定的任务开展工作。\n甲县应急管理局\n2020年4月6日\n"
BELOW = ["某行某字\n", "甲.pdf\n", "附件1：甲\n", "附件1\n", "1.甲\n", "甲。\n"]
REPEATED = [
    "标题：", "标题：甲\n", "索 引 号 ",
    "：", "\n", " ", "\u3000", " \n", "甲", "甲 ", "《", "《甲", "》", "（", "（一）", "（一）甲\n", "一、",
    "一、甲。\n", "第一条 甲\n", "第", "1.", "1", "1,", "1-", "１２３，", "一百", "百分之", "三个、", "1件", "1件，", "1件。其中", "共1万",
    "〔2023〕1号",
    "国发", "国发〔2023〕1号", "号", "號", "首页 > ", "首页 公文 a", "打印 ", "2023年3月5日", "2023年3月5日\n", "附件：1.甲\n",
    "抄送：甲\n", "甲县人民政府\n", "甲县人民政府 ", "甲、", "约", "以上", "——", "=", "| 甲 ",
]  # fmt: skip
MARKUP = [
    "<p>甲", "<b>", "<table>", "<tr>", "<table><tr><td>甲</table>", "<table><td colspan=9>甲</table>",
    "<table><td rowspan=9>甲<tr><td></table>",
    "<li>甲</li>", "<br>", "&nbsp;", "&", "<", "<!--", "<!-- -->", "<a href=x>甲</a>", "<a>", "<h1>甲</h1>", "<span></span>", "</p>",
    "<meta name=a content=b>", "<title>", "<script>", "<p> </p>", "</table>", "<option>", "<form>",
]  # fmt: skip
"""Without elements that nest (`<div>`): the parser climbs all that are open for each, and `read_html` bounds that by count."""


def _layout(text: str) -> Callable[[], object]:
    reading, header = Reading(text), find_header(text)
    return lambda: find_layout(reading, header, None)


def _below_signature(text: str) -> Callable[[], object]:
    reading = Reading(SIGNED + text)
    return lambda: find_layout(reading, Header([], []), None)


def _headers(text: str) -> Callable[[], object]:
    reading = Reading(text)
    return lambda: find_layout(reading, find_header(text), None)


def _page(text: str) -> Callable[[], object]:
    reading = read_html("<body>" + text + HEADER.replace("\n", "<br>") + SIGNED.replace("\n", "<br>"), Limits())
    header = find_header(reading.text)
    return lambda: find_layout(reading, header, None)


def _html(text: str) -> Callable[[], object]:
    def run() -> None:
        with suppress(Unreadable):
            read_html(text, Limits())

    return run


FUNCTIONS: dict[str, Callable[[str], Callable[[], object]]] = {
    "find_header": lambda text: lambda: find_header(text),
    "find_layout": _layout,
    "find_outline": lambda text: lambda: find_outline(text, [(0, len(text))]),
    "find_quantities": lambda text: lambda: find_quantities(text),
    "find_citations": lambda text: lambda: find_citations(text),
}


def _growth(prepare: Callable[[str], Callable[[], object]], unit: str, length: int = LENGTH) -> float:
    """Return how many times as long twice the input takes; the least of several rounds, since a busy machine only adds."""
    half, whole = (prepare(unit * (size // len(unit))) for size in (length, 2 * length))
    least = [float("inf"), float("inf")]
    growth = 0.0
    for _ in range(ROUNDS):
        for index, run in enumerate((half, whole)):
            before = time.thread_time()
            run()
            least[index] = min(least[index], time.thread_time() - before)
        growth = least[1] / max(least[0], FLOOR)
        if growth <= MOST:
            break
    return growth


@pytest.mark.parametrize("name", FUNCTIONS)
def test_twice_the_text_takes_at_most_three_times_as_long(name: str) -> None:
    with ends(240):
        found = {unit: _growth(FUNCTIONS[name], unit) for unit in REPEATED}
    assert {unit: round(growth, 1) for unit, growth in found.items() if growth > MOST} == {}


def test_twice_the_markup_takes_at_most_three_times_as_long() -> None:
    with ends(240):
        found = {unit: _growth(_html, unit, 2 * LENGTH) for unit in [*MARKUP, *REPEATED[:6]]}
    assert {unit: round(growth, 1) for unit, growth in found.items() if growth > MOST} == {}


@pytest.mark.parametrize(
    ("prepare", "unit", "length"),
    [
        *((_below_signature, unit, LENGTH) for unit in BELOW),
        (_headers, HEADER + "\n" + SIGNED, 20 * LENGTH),
        (_page, "<p><a href=x>栏目甲乙丙：</a></p>", 5 * LENGTH),
    ],
    ids=lambda one: one.__name__ if callable(one) else str(one)[:12],
)
def test_twice_the_lines_of_a_document_take_at_most_three_times_as_long(
    prepare: Callable[[str], Callable[[], object]], unit: str, length: int
) -> None:
    with ends(240):
        assert _growth(prepare, unit, length) <= MOST
