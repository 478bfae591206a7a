"""Values that stand for none."""

import pytest

from opendata.normalise.placeholders import is_placeholder


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "\u3000",
        "无",
        "（无）",
        "无。",
        "—",
        "——",
        "— —",
        "-",
        "－",
        "/",
        "／",
        "暂无",
        "空",
        "N/A",
        "n/a",
        "null",
        "……",
        "***",
    ],
)
def test_signs_and_words_for_nothing_are_placeholders(value: str) -> None:
    assert is_placeholder(value)


@pytest.mark.parametrize("value", ["0", "无锡市", "2022", "空港办〔2022〕3号", "A", "主动公开", "有"])
def test_words_that_say_something_are_not(value: str) -> None:
    assert not is_placeholder(value)
