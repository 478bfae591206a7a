"""Check digits: unified social credit code (GB 32100), organisation code (GB 11714), identity card (GB 11643)."""

import re
from datetime import date

from stdnum.cn import uscc as _stdnum_uscc

# Codes of GB 32100 leave out I, O, Z, S and V. The first two places (registering authority, kind of body) may be
# letters, which python-stdnum's `validate` refuses: only its check digit is used.
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_ORGANISATION = re.compile(r"[0-9A-Z]{8}[0-9X]")
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_IDENTITY = re.compile(r"[1-9][0-9]{16}[0-9Xx]")
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_FIRST_BIRTH_YEAR, _LAST_BIRTH_YEAR = 1880, 2100


def has_uscc_shape(code: str) -> bool:
    """Whether `code` is built like a unified social credit code: 18 places, the third to eighth of them digits."""
    return _USCC.fullmatch(code) is not None


def is_uscc(code: str) -> bool:
    """Whether `code` is a unified social credit code whose check digit (GB 32100-2015) holds.

    The organisation code inside (places 9 to 17) has a digit of its own: `is_organisation_code(code[8:17])`.
    """
    return has_uscc_shape(code) and bool(code[17] == _stdnum_uscc.calc_check_digit(code[:17]))


def organisation_check_character(body: str) -> str | None:
    """The ninth character that GB 11714-1997 gives to the eight in `body`; None when they are not digits or A to Z."""
    if not re.fullmatch(r"[0-9A-Z]{8}", body):
        return None
    remainder = 11 - sum(int(char, 36) * weight for char, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)) % 11
    return {10: "X", 11: "0"}.get(remainder, str(remainder))


def is_organisation_code(code: str) -> bool:
    """Whether the nine characters of `code` (no hyphen) are an organisation code whose check character holds."""
    return _ORGANISATION.fullmatch(code) is not None and code[8] == organisation_check_character(code[:8])


def is_identity_card(number: str) -> bool:
    """Whether `number` is a resident identity number of 18 places (GB 11643-1999).

    Province, date of birth and check digit must hold. Whether it was ever issued cannot be told.
    """
    if _IDENTITY.fullmatch(number) is None or _PROVINCES.match(number) is None:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _IDENTITY_WEIGHTS, strict=False))
    if "10X98765432"[total % 11] != number[17].upper():
        return False
    year = int(number[6:10])
    try:
        date(year, int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return _FIRST_BIRTH_YEAR <= year <= _LAST_BIRTH_YEAR
