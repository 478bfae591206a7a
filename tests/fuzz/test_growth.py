"""Time grows with the input and not with its square: twice the input takes at most three times the time, whatever is repeated."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.extract.citations import find_citations
from opendata.extract.header import find_header
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
