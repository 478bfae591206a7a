"""Administrative divisions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.normalise.regions import find_region, region_name, region_parts


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("220105", "吉林省长春市二道区"),
        ("220100", "吉林省长春市"),
        ("220000", "吉林省"),
        ("110105", "北京市朝阳区"),
        ("419001", "河南省济源市"),
        ("441900", "广东省东莞市"),
        ("469001", "海南省五指山市"),
        ("330113", "浙江省杭州市临平区"),
        ("330114", "浙江省杭州市钱塘区"),
        ("500157", "重庆市两江新区"),
        ("810000", "香港特别行政区"),
        ("110103", "北京市崇文区"),
        ("999999", None),
        ("100000", None),
        ("22010", None),
        ("", None),
        ("二二〇一〇五", None),
    ],
)
def test_a_code_gives_the_full_name(code: str, name: str | None) -> None:
    assert region_name(code) == name


def test_names_are_those_of_the_year() -> None:
    assert region_name("220105", 1990) == "吉林省长春市二道河子区"
    assert region_name("220602", 1990) == "吉林省浑江市八道江区"
    assert region_name("110103", 2000) == "北京市崇文区"
    assert region_name("110103", 2020) is None


def test_parts_go_from_the_province_down() -> None:
    assert region_parts("220105") == ("吉林省", "长春市", "二道区")
    assert region_parts("310115") == ("上海市", "浦东新区")
    assert region_parts("000000") == ()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("吉林省人民政府", "220000"),
        ("吉林市人民政府", "220200"),
        ("长春市财政局", "220100"),
        ("二道区晨光街道办事处", "220105"),
        ("中共二道区晨光街道工作委员会", "220105"),
        ("吉林省长春市二道区人民政府", "220105"),
        ("吉林省二道区人民政府", "220105"),
        ("长春市朝阳区人民政府", "220104"),
        ("北京市朝阳区人民政府", "110105"),
        ("政协长春市委员会", "220100"),
        ("济源市财政局", "419001"),
        ("晋城市城区人民政府", "140502"),
        ("崇文区人民政府", "110103"),
        ("内蒙古自治区财政厅", "150000"),
        ("二 道 区 人民政府", "220105"),
    ],
)
def test_the_place_that_begins_a_name_is_found(body: str, code: str) -> None:
    assert find_region(body) == code


@pytest.mark.parametrize(
    "body", ["", *["朝阳区人民政府", "城区人民政府", "东区街道办事处", "国务院", "吉林财政厅", "示例区政府"]]
)
def test_an_ambiguous_or_unknown_place_is_not_guessed(body: str) -> None:
    assert find_region(body) is None


@given(st.sampled_from(["220105", "220100", "110105", "419001", "441900", "653229", "150000", "500157", "140502"]))
def test_a_full_name_leads_back_to_its_code(code: str) -> None:
    name = region_name(code)
    assert name is not None
    assert find_region(name + "人民政府") == code
