"""Check digits of codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.normalise.codes import (
    has_uscc_shape,
    is_identity_card,
    is_organisation_code,
    is_uscc,
    organisation_check_character,
)


def test_both_digits_of_a_real_code_hold() -> None:
    assert is_uscc("11220105K093958767")
    assert is_organisation_code("11220105K093958767"[8:17])
    assert is_organisation_code("000014349")


@given(st.integers(0, 16), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_place_breaks_the_social_credit_code(place: int, char: str) -> None:
    code = "11220105K093958767"
    changed = code[:place] + char + code[place + 1 :]
    assert is_uscc(changed) is (changed == code)


@pytest.mark.parametrize("code", ["", "11220105K09395876", "11220105K0939587677", "1122010OK093958767", "示" * 18])
def test_other_shapes_are_no_social_credit_code(code: str) -> None:
    assert not has_uscc_shape(code)
    assert not is_uscc(code)


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=8, max_size=8))
def test_exactly_one_check_character_fits_an_organisation(body: str) -> None:
    fitting = [char for char in "0123456789X" if is_organisation_code(body + char)]
    assert fitting == [organisation_check_character(body)]


def test_an_organisation_body_of_other_characters_has_no_check_character() -> None:
    assert organisation_check_character("0000143") is None
    assert organisation_check_character("0000示434") is None


def _identity(first17: str) -> str:
    return first17 + next(char for char in "0123456789X" if is_identity_card(first17 + char))


def test_an_identity_number_needs_a_real_birthday() -> None:
    number = _identity("22010519900228123")
    assert is_identity_card(number)
    assert not is_identity_card(number[:17] + ("0" if number[17] != "0" else "1"))
    assert not any(is_identity_card(f"22010519900230123{char}") for char in "0123456789X")
    assert not any(is_identity_card(f"99010519900228123{char}") for char in "0123456789X")
    assert not any(is_identity_card(f"22010517000228123{char}") for char in "0123456789X")


def test_the_small_x_counts_and_other_lengths_do_not() -> None:
    ending_in_x = next(
        f"22010519900228{serial:03d}X" for serial in range(1000) if is_identity_card(f"22010519900228{serial:03d}X")
    )
    assert is_identity_card(ending_in_x.lower())
    assert not is_identity_card(ending_in_x[:17])
    assert not is_identity_card("示例")
