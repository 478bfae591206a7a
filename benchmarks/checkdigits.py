"""Check digits of invented codes and identity cards."""

from stdnum.cn import uscc

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def organisation_code(stem: str) -> str:
    """Return the eight characters of `stem` with their check character (GB 11714)."""
    total = sum(int(char, 36) * weight for char, weight in zip(stem, _ORGANISATION_WEIGHTS, strict=True))
    return stem + "0123456789X0"[11 - total % 11]


def credit_code(region: str, stem: str) -> str:
    """Return the 18-character code (GB 32100) of a public body: department 11, six region digits, organisation."""
    code = f"11{region}{organisation_code(stem)}"
    return code + str(uscc.calc_check_digit(code + "0"))


def identity_card(region: str, birth: str, order: int) -> str:
    """Return an 18-character identity-card number (GB 11643): region, YYYYMMDD, order 0 to 999, check character."""
    digits = f"{region}{birth}{order:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(digits, _CARD_WEIGHTS, strict=True))
    return digits + "10X98765432"[total % 11]
