"""What a header is: pairs, and where they stand."""

from typing import NamedTuple


class Pair(NamedTuple):
    """One printed pair. `field` is None where the vocabulary does not know the label; `value` is None where nothing is printed."""

    label: str
    field: str | None
    value: str | None
    start: int
    end: int
    repeated: bool
    fallback: bool


class Header(NamedTuple):
    """All pairs in the order of the text, and the pieces of the text that they stand in (labels included)."""

    pairs: list[Pair]
    spans: list[tuple[int, int]]
