"""Numbers in digits and in Chinese numerals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.normalise.numerals import parse_number

DIGITS = "零一二三四五六七八九"


def in_chinese(value: int) -> str:
    """Write an integer from 0 to 10**16 - 1 as a Chinese numeral, the standard way."""
    if value == 0:
        return "零"
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        if value >= size:
            high, low = divmod(value, size)
            gap = "零" if 0 < low < size // 10 else ""
            return in_chinese(high) + unit + gap + (in_chinese(low) if low else "")
    printed, skipped = "", False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, value = divmod(value, size)
        if digit:
            printed += ("零" if skipped and printed else "") + DIGITS[digit] + unit
        skipped = digit == 0
    return printed.removeprefix("一") if printed.startswith("一十") else printed


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0", "0"),
        ("35", "35"),
        ("３５", "35"),
        ("1,234", "1234"),
        ("1，234", "1234"),
        ("12,345,678.90", "12345678.90"),
        ("-5", "-5"),
        ("－５", "-5"),
        ("负三", "-3"),
        ("１２３．５", "123.5"),
        ("十", "10"),
        ("三十五", "35"),
        ("廿五", "25"),
        ("卅", "30"),
        ("一百零二", "102"),
        ("一百一十", "110"),
        ("两千", "2000"),
        ("两万五千", "25000"),
        ("二〇二二", "2022"),
        ("二零二二", "2022"),
        ("贰拾伍万", "250000"),
        ("三點五", "3.5"),
        ("零点五", "0.5"),
        ("3.5万", "35000"),
        ("三点五万", "35000"),
        ("5千万", "50000000"),
        ("十二亿", "1200000000"),
        ("一万亿", "1000000000000"),
        ("1亿2000万", "120000000"),
        ("12亿3,456万", "1234560000"),
        ("一亿零三万", "100030000"),
        ("十万零一百", "100100"),
        ("萬", None),
        ("", None),
        ("无", None),
        ("1,23", None),
        ("1.", None),
        ("1 234", None),
        ("百", None),
        ("35%", None),
        ("3到5", None),
        ("--5", None),
        ("3.5万200", None),
        ("9" * 70, None),
    ],
)
def test_a_printed_number_is_read_exactly_or_not_at_all(printed: str, value: str | None) -> None:
    assert parse_number(printed) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("printed", ["一百二", "一万二", "三千五", "3万5", "一亿二"])
def test_short_forms_are_not_guessed(printed: str) -> None:
    assert parse_number(printed) is None


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_every_integer_survives_the_way_to_chinese_and_back(value: int) -> None:
    assert parse_number(in_chinese(value)) == value


@given(st.integers(min_value=-(10**18), max_value=10**18))
def test_thousands_separators_change_nothing(value: int) -> None:
    assert parse_number(f"{value:,}") == value
    assert parse_number(f"{value:,}".replace(",", "，")) == value


@given(st.decimals(min_value=0, max_value=10**6, places=4))
def test_wan_multiplies_exactly(value: Decimal) -> None:
    assert parse_number(f"{value}万") == value * 10000


@given(st.text(alphabet="〇一二三九十百千万亿点负两0123456789.,，-+ 多", max_size=12))
def test_any_jumble_gives_a_number_or_none(text: str) -> None:
    value = parse_number(text)
    assert value is None or value.is_finite()
