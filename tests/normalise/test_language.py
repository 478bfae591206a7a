"""Language and script."""

import pytest

from opendata.normalise.language import detect_language


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("关于印发示例办法的通知，请认真贯彻执行。", "zh-Hans"),
        ("關於印發示例辦法的通知，請認真貫徹執行。", "zh-Hant"),
        ("公告", "zh-Hans"),
        ("Notice on the publication of sample data", "en"),
        ("示例 sample APP", "zh-Hans"),
        ("これはサンプルです漢字", "und"),
        ("Пример уведомления", "und"),
        ("བོད་ཡིག", "und"),
        ("12345 --", "und"),
        ("", "und"),
    ],
)
def test_language_is_told_from_the_first_characters(text: str, tag: str) -> None:
    assert detect_language(text) == tag


def test_only_the_beginning_counts() -> None:
    assert detect_language("关于示例办法" * 100 + "關於辦法" * 1000) == "zh-Hans"
