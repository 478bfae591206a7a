"""Index numbers (索引号): the portal's identifier, with the code of the body whose column it is.

A code says whose column it is, never who issued the document.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from opendata.normalise.characters import plain, without_spaces
from opendata.normalise.codes import has_uscc_shape, is_organisation_code, is_uscc
from opendata.normalise.placeholders import is_placeholder
from opendata.normalise.regions import region_name

CHECK_DIGIT = "check-digit"


class IndexReading(NamedTuple):
    """What an index number says.

    `canonical` has no spaces and only half-width characters; `body_code` is its part before the year, as printed;
    `uscc_valid` and `organisation_code_valid` are None where no such code is there. `region_code` (GB/T 2260) is given
    only when every check digit holds. `problem` is `check-digit` or None.
    """

    canonical: str | None
    body_code: str | None = None
    uscc: str | None = None
    uscc_valid: bool | None = None
    organisation_code_valid: bool | None = None
    region_code: str | None = None
    region_name: str | None = None
    year: int | None = None
    problem: str | None = None


_NOTHING = IndexReading(None)
_LONGEST_VALUE = 100
_BODY = re.compile(r"([0-9A-Za-z]+(?:-[0-9X](?=/))?)(?=[/_.:-]|$)")
_ORGANISATION = re.compile(r"[0-9A-Z]{8}-?[0-9X]")
# A year, perhaps with its month, that stands by itself between separators.
_YEAR = re.compile(r"(?:(?<=[/_.:-])|^)((?:19|20)[0-9]{2})(?:0[1-9]|1[0-2])?(?=[/_.:-])")


@lru_cache(maxsize=4096)
def read_index_number(printed: str) -> IndexReading:
    """Read a whole field value as an index number; a blank value or placeholder gives only Nones.

    `<body>/<year>-<sequence>` and `<body>-…-<year>-<sequence>` are read; the body is a unified social credit code
    (18 places), an organisation code (9 places, with or without its hyphen) or a portal's own code.
    """
    if len(printed) > _LONGEST_VALUE or is_placeholder(printed):
        return _NOTHING
    canonical = without_spaces(plain(printed))
    found_year = _YEAR.search(canonical)
    year = int(found_year[1]) if found_year else None
    body = _BODY.match(canonical)
    if body is None or (found_year is not None and found_year.start() == 0):
        return IndexReading(canonical, year=year)
    if body.end() == len(canonical) and not has_uscc_shape(body[1].upper()):
        return IndexReading(canonical)
    code = body[1]
    upper = code.upper()
    if has_uscc_shape(upper):
        return _with_uscc(canonical, code, year)
    if _ORGANISATION.fullmatch(upper):
        valid = is_organisation_code(upper.replace("-", ""))
        return IndexReading(
            canonical, code, organisation_code_valid=valid, year=year, problem=None if valid else CHECK_DIGIT
        )
    return IndexReading(canonical, code, year=year)


def _with_uscc(canonical: str, code: str, year: int | None) -> IndexReading:
    uscc = code.upper()
    valid, organisation_valid, name = _judge(uscc)
    if not (valid and organisation_valid):
        return IndexReading(canonical, code, uscc, valid, organisation_valid, None, None, year, CHECK_DIGIT)
    return IndexReading(canonical, code, uscc, True, True, uscc[2:8], name, year, None)


@lru_cache(maxsize=8192)
def _judge(uscc: str) -> tuple[bool, bool, str | None]:
    """Return whether both check digits hold, and the region's name: few codes stand in many index numbers."""
    return is_uscc(uscc), is_organisation_code(uscc[8:17]), region_name(uscc[2:8])
