"""Index numbers and the codes inside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.normalise.index_number import IndexReading, read_index_number

NOTHING = IndexReading(None)


@pytest.mark.parametrize(
    "printed",
    [
        "11220105K093958767/2022-15502",
        " 11220105K093958767 / 2022-15502 ",
        "１１２２０１０５Ｋ０９３９５８７６７／２０２２－１５５０２",
        "11220105K093958767/2022—15502",
    ],
)
def test_a_social_credit_code_tells_its_region(printed: str) -> None:
    assert read_index_number(printed) == IndexReading(
        canonical="11220105K093958767/2022-15502",
        body_code="11220105K093958767",
        uscc="11220105K093958767",
        uscc_valid=True,
        organisation_code_valid=True,
        region_code="220105",
        region_name="吉林省长春市二道区",
        year=2022,
        problem=None,
    )


def test_a_failed_check_digit_keeps_the_code_and_gives_no_region() -> None:
    reading = read_index_number("11220105K093958768/2022-15502")
    assert reading.canonical == "11220105K093958768/2022-15502"
    assert reading.body_code == reading.uscc == "11220105K093958768"
    assert (reading.uscc_valid, reading.organisation_code_valid) == (False, True)
    assert (reading.region_code, reading.region_name, reading.problem) == (None, None, "check-digit")


def test_an_organisation_code_is_checked() -> None:
    for printed in ("000014349/2019-00007", "00001434-9/2019-00007"):
        reading = read_index_number(printed)
        assert (reading.organisation_code_valid, reading.uscc, reading.year) == (True, None, 2019)
        assert reading.problem is None
    reading = read_index_number("000014348/2019-00007")
    assert (reading.body_code, reading.organisation_code_valid, reading.problem) == ("000014348", False, "check-digit")


@pytest.mark.parametrize(
    ("printed", "body_code", "year"),
    [
        ("SL001-2022-00012", "SL001", 2022),
        ("SL14060-0401-202203-0003", "SL14060", 2022),
        ("114405000070247/2022-00012", "114405000070247", 2022),
        ("11220105k093958767-2022-1", "11220105k093958767", 2022),
        ("2022-00012", None, 2022),
        ("SL202200012", None, None),
        ("示府办〔2022〕3号", None, None),
    ],
)
def test_a_portals_own_code_is_only_a_body_code(printed: str, body_code: str | None, year: int | None) -> None:
    reading = read_index_number(printed)
    assert (reading.canonical, reading.body_code, reading.year) == (printed, body_code, year)
    assert reading.problem is None


@pytest.mark.parametrize("printed", ["", " ", "无", "—", "长" * 200])
def test_nothing_printed_gives_nothing(printed: str) -> None:
    assert read_index_number(printed) == NOTHING


@given(st.text(alphabet="0123456789ABKX/-_ ／２示", max_size=30))
def test_canonical_is_idempotent_and_a_region_needs_valid_digits(text: str) -> None:
    reading = read_index_number(text)
    if reading.canonical is not None:
        assert read_index_number(reading.canonical) == reading
    if reading.region_code is not None:
        assert reading.uscc_valid
        assert reading.organisation_code_valid
