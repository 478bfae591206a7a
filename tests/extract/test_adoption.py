"""What the note under a title says of dates: the day of making and the day of force, of a text that is as it was made."""

import pytest

from opendata.extract.adoption import note_dates

PASSED = "2021年5月27日槐浦市第六届人民代表大会常务委员会第三十一次会议通过"
APPROVED = "2021年7月30日云岫省第十三届人民代表大会常务委员会第二十四次会议批准"


def dates(note: str) -> dict[str, tuple[str, str]]:
    """Return label and printed date of each field, without white space."""
    text = f"槐浦市古树保护条例\n{note}\n第一条"
    found = note_dates(text, text.index(note), text.index(note) + len(note))
    return {one.field: (one.label, "".join(text[one.start : one.end].split())) for one in found}


@pytest.mark.parametrize(
    ("note", "made", "in_force"),
    [
        (f"（{PASSED}　{APPROVED}）", ("通过", "2021年5月27日"), None),
        (f"（{PASSED}，自2021年10月1日起施行）", ("通过", "2021年5月27日"), ("施行", "2021年10月1日")),
        ("（2021年5月27日槐浦市人大常委会会议制\n定　2021年7月30日批准）", ("制定", "2021年5月27日"), None),
        (
            "（2021年5\n　月27日会议通\n　过  自2021年10月1日起施行)",
            ("通过", "2021年5月27日"),
            ("施行", "2021年10月1日"),
        ),
        (
            "（已由本市人大于2021年5月27日通过，于2021年7月30日获批准，自公布之日起施行）",
            ("通过", "2021年5月27日"),
            None,
        ),
        ("（2021年5月27日市政府常务会议通过　2021年6月3日槐浦市人民政府令第8号公布）", ("公布", "2021年6月3日"), None),
        ("（2021年6月3日槐浦市人民政府令第8号发布）", ("发布", "2021年6月3日"), None),
    ],
)
def test_a_note_tells_when_a_text_was_made(note: str, made: tuple[str, str], in_force: tuple[str, str] | None) -> None:
    found = dates(note)
    assert (found.get("created_date"), found.get("effective_date")) == (made, in_force)


@pytest.mark.parametrize(
    "note",
    [
        f"（{PASSED}　根据2023年3月30日会议通过的《槐浦市人大常委会关于修改部分条例的决定》修正）",
        f"（{PASSED}　自2021年10月1日起施行　2023年3月30日第二次会议修\n订）",
        f"（{APPROVED}）",
        "（根据2021年5月27日会议通过的《槐浦市古树保护决定》编写）",
    ],
)
def test_a_text_that_was_changed_since_or_only_approved_has_no_such_dates(note: str) -> None:
    assert dates(note) == {}
