"""Genres by title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.normalise.genres import genre_of


@pytest.mark.parametrize(
    ("title", "genre"),
    [
        ("2022年晨光街道示例工作报告", ("报告", "report")),
        ("关于印发《示例办法》的通知", ("通知", "notice")),
        ("示例管理办法（试行）", ("办法", "measures")),
        ("示例条例(征求意见稿)", ("条例", "regulations")),
        ("示例规定（2021年修订）（试行）", ("规定", "provisions")),
        ("《示例实施细则》", ("实施细则", "detailed_rules")),
        ("示例市人民政府令", ("令", "order")),
        ("关于示例事项的复函", ("复函", "reply_letter")),
        ("关于示例事项的函", ("函", "letter")),
        ("2022年政府信息公开工作年度报告", ("年度报告", "annual_report")),
        ("示例局2022年部门预算", ("预算", "budget")),
        ("示例局2021年度部门决算公开", ("决算公开", "final_accounts")),
        ("示例会议纪要", ("会议纪要", "minutes")),
        ("示例應急預案", ("預案", "contingency_plan")),
        ("示例工作方案。", ("方案", "work_plan")),
        ("决 定", ("决定", "decision")),
        ("面向社会征求意见", None),
        ("禁令", None),
        ("示例区召开会议", None),
        ("（试行）", None),
        ("", None),
    ],
)
def test_a_title_ends_with_its_genre(title: str, genre: tuple[str, str] | None) -> None:
    assert genre_of(title) == genre


@pytest.mark.parametrize(
    "word",
    [
        "决议",
        "决定",
        "命令",
        "公报",
        "公告",
        "通告",
        "意见",
        "通知",
        "通报",
        "报告",
        "请示",
        "批复",
        "议案",
        "函",
        "纪要",
    ],
)
def test_the_fifteen_official_kinds_are_known(word: str) -> None:
    found = genre_of(f"关于示例事项的{word}")
    assert found is not None
    assert found[0] == word


@given(st.text(alphabet="示例的通知报告令（）()《》 。", max_size=20))
def test_the_genre_is_printed_in_the_title(title: str) -> None:
    found = genre_of(title)
    assert found is None or found[0] in title.replace(" ", "")
