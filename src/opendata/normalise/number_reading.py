"""What a printed document number says, whatever the language that prints it."""

from typing import NamedTuple

BROKEN = "document-number-broken"
LONGEST_VALUE = 200


class NumberReading(NamedTuple):
    """What a printed document number says.

    `canonical` is the (first) number; `year` the four-digit year printed in it; `problem` is `document-number-broken`
    when the value, or a part of it that holds digits, is not a whole number; `others` are further numbers of a
    document issued jointly.
    """

    canonical: str | None
    year: int | None
    problem: str | None
    others: tuple[str, ...] = ()


NOTHING = NumberReading(None, None, None)
UNREADABLE = NumberReading(None, None, BROKEN)
