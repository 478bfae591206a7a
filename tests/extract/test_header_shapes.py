"""Headers of a known shape are read by a shorter way, which must never say anything else than the long way."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.extract import header_shapes
from opendata.extract.header import find_header
from opendata.extract.labels import IGNORED, labels

BODY = "\n\n关于柳塘县示例工作的报告\n\n" + "柳塘县按照年初确定的任务开展工作，发放宣传资料若干份。\n" * 40

WORDS = sorted(word for word, field in labels().fields.items() if field != IGNORED and word not in labels().weak)
WEAK = sorted(labels().weak)
PLAIN = [
    "柳塘县人民政府办公室",
    "2020年4月6日",
    "柳政发〔2020〕7号",
    "综合政务",
    "11530000MB0900746L/2020-01050",
    "主动公开",
]
ODD = [
    "", " ", "无", "打印", "下载", "综合 打印", "柳塘 [字体：大 中 小]", "2020-04-23 10:30", "2020-04-23 10:30:05", "日期 10:30",
    "标题", "发文 机关", "1.标题", "标题\t", "\t标题",
    "主题", "信息", "公开", "文件", "联合", "发布", "。", "柳塘县！", "甲\t乙", "甲|乙", "甲\n乙", "甲；乙", "〔2020〕",
    "〔目录〕7号", "【甲】", "名称：甲", "时间:", "甲" * 101, "2020年4月6日 上午", "2020年4月6日 柳塘", "题", "号",
    "2020年4月6日（星期一）",
]  # fmt: skip
SIGNS = ["：\t", ":\t", "： \t ", ":", "：", ": ", "： ", " ：", ":\u00a0", ":\u3000"]
GAPS = ["\n", "\n\n", " ", "  ", "\n  ", "\t", "\t", "\n\t"]
ODD_GAPS = ["\u3000", "\n1. ", ""]
TOPS = [
    "",
    "登录| 注册\n\n柳塘县 >> 公开\n",
    "柳塘县人民政府\n",
    "名称\n",
    "关于时间：\n",
    "一句话。\n",
    "发文\n机关：甲\n",
]
TAILS = ["", "\n打印", " 关闭", "\n时间：下午\n", "\n来源\n", "\n备 注：无"]


def _mostly(usual: st.SearchStrategy[str], odd: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.integers(0, 7).flatmap(lambda number: odd if number == 0 else usual)


word = _mostly(st.sampled_from(WORDS), st.sampled_from(WEAK))
label = word.flatmap(lambda word: st.sampled_from([word, " ".join(word), word[0] + "\u3000" + word[1:]]))
pair = st.tuples(_mostly(st.sampled_from(GAPS), st.sampled_from(ODD_GAPS)), label, st.sampled_from(SIGNS))
shape = st.tuples(st.lists(pair, min_size=4, max_size=9), _mostly(st.just(""), st.sampled_from(TAILS)))
odd = st.sampled_from(ODD) | st.text("发文机关日期题号:： \n。10打印公开信息", max_size=9)
values = st.lists(_mostly(st.sampled_from(PLAIN), odd), min_size=9, max_size=9)
plain = st.lists(st.sampled_from(PLAIN), min_size=9, max_size=9)


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    header_shapes._memories.clear()
    yield
    header_shapes._memories.clear()


def _text(form: tuple[list[tuple[str, str, str]], str], filled: list[str], top: str) -> str:
    pairs, tail = form
    head = "".join(
        gap * (index > 0) + word + sign + value
        for index, ((gap, word, sign), value) in enumerate(zip(pairs, filled, strict=False))
    )
    return top + head + tail + BODY


def _long_way(text: str) -> object:
    known = dict(header_shapes._memories)
    header_shapes._memories.clear()
    try:
        return find_header(text)
    finally:
        header_shapes._memories.clear()
        header_shapes._memories.update(known)


@given(shape, plain, plain, st.lists(st.tuples(values, st.sampled_from(TOPS)), min_size=1, max_size=4))
def test_the_short_way_says_what_the_long_way_says(
    form: tuple[list[tuple[str, str, str]], str], one: list[str], two: list[str], others: list[tuple[list[str], str]]
) -> None:
    header_shapes._memories.clear()
    for filled in (one, two):
        find_header(_text(form, filled, ""))
    for filled, top in [(one, ""), *others]:
        text = _text(form, filled, top)
        assert find_header(text) == _long_way(text)


@given(shape, st.lists(st.tuples(values, st.sampled_from(TOPS)), min_size=3, max_size=6))
def test_whatever_was_seen_before(
    form: tuple[list[tuple[str, str, str]], str], texts: list[tuple[list[str], str]]
) -> None:
    header_shapes._memories.clear()
    for filled, top in [*texts, *texts]:
        text = _text(form, filled, top)
        assert find_header(text) == _long_way(text)


def test_a_plain_header_is_known_the_third_time(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [("\n", "索引号", "："), ("\n", "发文机关", "："), (" ", "成文日期", "："), ("\n", "文号", "：")]
    texts = [_text((pairs, ""), [value] * 4, "") for value in ("甲", "乙", "丙")]
    first, second = find_header(texts[0]), find_header(texts[1])
    assert [pair.value for pair in first.pairs] == ["甲"] * 4
    assert [pair.value for pair in second.pairs] == ["乙"] * 4
    monkeypatch.setattr("opendata.extract.header._search", None)
    assert [pair.value for pair in find_header(texts[2]).pairs] == ["丙"] * 4
