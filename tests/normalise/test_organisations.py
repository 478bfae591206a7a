"""Names of public bodies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.normalise.organisations import body_kind, fold_name, is_body_name, split_bodies


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("国务院办公厅", ["国务院办公厅"]),
        ("财政部 税务总局", ["财政部", "税务总局"]),
        ("财政部\u3000\u3000税务总局", ["财政部", "税务总局"]),
        ("国家发展改革委、财政部", ["国家发展改革委", "财政部"]),
        ("教育部,科技部；工业和信息化部", ["教育部", "科技部", "工业和信息化部"]),
        ("财政部/税务总局", ["财政部", "税务总局"]),
        ("财政部\n税务总局", ["财政部", "税务总局"]),
        ("国家发展和改革委员会", ["国家发展和改革委员会"]),
        ("财 政 部", ["财政部"]),
        ("示例省 人民政府", ["示例省人民政府"]),
        ("示例区晨光街道 办事处", ["示例区晨光街道办事处"]),
        ("农业、林业局", ["农业、林业局"]),
        ("中共示例市委员会、市人民政府", ["中共示例市委员会", "市人民政府"]),
        ("中共示例市委 示例市人民政府", ["中共示例市委", "示例市人民政府"]),
        ("省发展改革委（省能源局、省粮食局）、省财政厅", ["省发展改革委（省能源局、省粮食局）", "省财政厅"]),
        ("人民银行 银保监会 证监会", ["人民银行", "银保监会", "证监会"]),
        ("全国总工会、共青团中央、全国妇联", ["全国总工会", "共青团中央", "全国妇联"]),
        ("教育部等七部门", ["教育部等七部门"]),
        ("示例公司", ["示例公司"]),
        ("、财政部、", ["财政部"]),
        ("无", []),
        ("", []),
    ],
)
def test_a_field_is_split_into_its_bodies(printed: str, names: list[str]) -> None:
    assert split_bodies(printed) == names


def test_the_result_is_the_callers_own() -> None:
    split_bodies("财政部 税务总局").clear()
    assert split_bodies("财政部 税务总局") == ["财政部", "税务总局"]


@given(st.text(alphabet="省市区县农林财政部局委员会办公厅和（）、 ，；/", max_size=40))
def test_no_character_but_separators_is_lost(text: str) -> None:
    def letters(printed: str) -> list[str]:
        return [char for char in printed if char not in "、 ，；/（）"]

    assert letters("".join(split_bodies(text))) == letters(text)


@pytest.mark.parametrize(
    "line",
    [
        "示例区人民政府",
        "中共示例区晨光街道工作委员会",
        "晨光街道党工委",
        "晨光街道办事处",
        "国务院",
        "财政部",
        "财 政 部",
        "本溪市财政局",
        "国家安全部",
        "国家安全局",
        "示例市督查处",
        "示例区人民检察院",
        "示例市中级人民法院",
        "示例市交警大队",
        "示例新区管委会",
        "示例区政务公开领导小组办公室",
        "示例省发展改革委（示例省能源局）",
        "\u3000\u3000示例区民政局\u3000",
    ],
)
def test_names_of_bodies_are_recognised(line: str) -> None:
    assert is_body_name(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "局",
        "全部",
        "干部",
        "西部",
        "优化布局",
        "以人民为中心",
        "政府信息公开基础平台",
        "示例区政府信息公开专栏",
        "加强意识形态工作领导小组",
        "成立疫情防控指挥部",
        "各县人民政府",
        "示例区人民政府，示例区财政局",
        "关于成立示例委员会",
        "示例局转发示例部",
        "2.1 示例应急指挥部",
        "（示例区人民政府",
        "示例公司",
        "2022年工作报告",
        "示" * 60 + "局",
    ],
)
def test_other_lines_are_not(line: str) -> None:
    assert not is_body_name(line)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("中共示例区晨光街道工作委员会", "party"),
        ("晨光街道党工委", "party"),
        ("示例市委宣传部", "party"),
        ("示例区人民政府", "government"),
        ("国务院", "government"),
        ("示例区人民政府办公室", "department"),
        ("财政部", "department"),
        ("示例省人大常委会", "congress"),
        ("示例市人民代表大会常务委员会", "congress"),
        ("政协示例市委员会", "cppcc"),
        ("中国人民政治协商会议示例市委员会", "cppcc"),
        ("示例市中级人民法院", "court"),
        ("示例区人民检察院", "procuratorate"),
        ("示例市图书馆", "public_institution"),
        ("晨光街道办事处", "sub_district"),
        ("安宁镇人民政府", "township"),
        ("示例市抗旱指挥部", "other"),
        ("示例公司", None),
        ("", None),
    ],
)
def test_the_kind_follows_from_the_name(name: str, kind: str | None) -> None:
    assert body_kind(name) == kind


def test_folding_makes_spellings_equal() -> None:
    assert fold_name("示例區人民政府辦公室（外事辦）") == fold_name(" 示例区人民政府 办公室(外事办) ")


@given(st.text(max_size=30))
def test_folding_is_idempotent(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)
