"""Document numbers, in header values, under titles and in running text, by the reader that a language's pack names."""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from opendata.languages import DEFAULT, load
from opendata.normalise import document_number_chinese, document_number_plain
from opendata.normalise.number_reading import NumberReading

__all__ = ["DocumentNumbers", "NumberReading", "document_numbers", "find_document_numbers", "read_document_number"]

Found = list[tuple[int, int, NumberReading]]


class DocumentNumbers(NamedTuple):
    """How one language numbers its documents: `read` reads a whole value, `find` finds numbers in `text[start:end]`."""

    read: Callable[[str], NumberReading]
    find: Callable[[str, int, int], Found]


@cache
def document_numbers(language: str = DEFAULT) -> DocumentNumbers:
    """Return the reader of document numbers of a language. Raises KeyError when its pack names none that exists."""
    readers = {"chinese": document_number_chinese.reader, "plain": document_number_plain.reader}
    return DocumentNumbers(*readers[load("document_numbers", language)["reader"]](language))


def read_document_number(printed: str, language: str = DEFAULT) -> NumberReading:
    """Read a whole field value as one document number, or several that are parted by signs.

    A blank value or placeholder gives None without a problem.
    """
    return document_numbers(language).read(printed)


def find_document_numbers(text: str, start: int = 0, end: int | None = None, language: str = DEFAULT) -> Found:
    """Return `(start, end, reading)` of every document number in `text[start:end]`, in order; offsets are those of `text`."""
    return document_numbers(language).find(text, start, len(text) if end is None else end)
