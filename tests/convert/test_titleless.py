"""What becomes of a text whose title stands nowhere: the rule tells whether a header was found."""

import pytest

from opendata.convert import Settings
from opendata.convert.document import read_document
from opendata.errors import Unreadable

TEXT = "　　今年秋天雨少，水库里的水也少。请各村把渠道清一清。\n"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (f"索引号：HPX-03-2024-0009\n发文机关：槐浦县水务局\n发布日期：2024-09-02\n\n{TEXT}", "no-title"),
        (TEXT, "no-header"),
    ],
)
def test_a_text_without_title_is_kept_out_by_what_it_lacks(text: str, rule: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_document("a.txt", text.encode(), "0" * 64, Settings())
    assert caught.value.rule == rule
