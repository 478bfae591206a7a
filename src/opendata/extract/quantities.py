"""Statements of quantity in running text, by the grammar that a language's pack names."""

from collections.abc import Callable
from functools import cache

from opendata.extract import quantities_chinese, quantities_spaced
from opendata.extract.quantity_totals import Quantity
from opendata.languages import DEFAULT, load

__all__ = ["Quantity", "find_quantities"]

Finder = Callable[[str, int, int], list[Quantity]]


@cache
def finder(language: str = DEFAULT) -> Finder:
    """Return what finds quantities in a language. Raises KeyError when its pack names no grammar that exists."""
    grammars = {"chinese": quantities_chinese.finder, "spaced": quantities_spaced.finder}
    return grammars[load("units", language)["grammar"]](language)


def find_quantities(text: str, start: int = 0, end: int | None = None, language: str = DEFAULT) -> list[Quantity]:
    """Return the quantities printed in `text[start:end]`, in order; offsets count from the text's own beginning.

    Dates, document numbers, ordinals, outline markers, codes and idioms with one numeral (四个意识) are none.
    Never raises on text.
    """
    return finder(language)(text, start, len(text) if end is None else min(end, len(text)))
