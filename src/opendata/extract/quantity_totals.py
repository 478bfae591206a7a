"""What a quantity is, and the audit of totals: which quantities are the parts that a total is the sum of."""

import re
from decimal import Context, Decimal
from typing import NamedTuple

EXACT = Context(prec=120)
RATIOS = frozenset(["P1", "NX"])
_LIMIT = Decimal(10) ** 32


class Quantity(NamedTuple):
    """One printed quantity; `printed` is `text[start:end]`, with the qualifier that stands beside the number.

    `value` is None only where the printed number does not fit decimal128(38,6). `value_max` is the upper end of a
    range. `qualifier` is about, over, nearly, at_least, at_most or under. `total_of` lists positions (as text, in the
    list that was returned) of the parts that add up to it exactly.
    """

    subject: str | None
    value: Decimal | None
    value_max: Decimal | None
    unit: str | None
    unit_code: str | None
    qualifier: str | None
    total_of: list[str] | None
    printed: str
    start: int
    end: int


class TotalWords(NamedTuple):
    """What announces the parts of a total, and what ends the sentence, or the sentence with all that goes on about it."""

    marker: re.Pattern[str]
    sentence_end: re.Pattern[str]
    untied_end: re.Pattern[str]


def storable(value: Decimal) -> Decimal | None:
    """Return an exact value in its shortest form; None where decimal128(38,6) cannot hold it."""
    if value.copy_abs() >= _LIMIT:
        return None
    if value == value.to_integral_value(context=EXACT):
        return Decimal(int(value))
    value = EXACT.normalize(value)
    exponent = value.as_tuple().exponent
    return value if isinstance(exponent, int) and exponent >= -6 else None


# So near after the total stands the word that announces its parts.
_MARKER_DISTANCE = 40


def audit(text: str, found: list[Quantity], words: TotalWords) -> None:
    """Fill `total_of` where a quantity is followed, in its sentence, by parts that add up to it exactly; the next
    sentence counts too where it goes on about the total (in Chinese, begins with 其中).

    From the last to the first, so that parts of a part are stepped over.
    """
    last_part: dict[int, int] = {}
    for i in range(len(found) - 3, -1, -1):
        _, value, value_max, unit, code, qualifier, _, _, _, end = total = found[i]
        after = found[i + 1]
        if after[3] != unit and not _alike(total, after):
            # Shares may stand between a total and its parts: 300件，占90%，其中A类100件.
            if after[4] not in RATIOS or code in RATIOS or not _alike(total, found[i + 2]):
                continue
            after = found[i + 2]
        if value is None or after[1] is None or after[1] >= value or value_max is not None or qualifier is not None:
            continue
        until = min(after.start, end + _MARKER_DISTANCE)
        if words.marker.search(text, end, until) is None:
            continue
        parts = _parts(text, found, i, value, last_part, words)
        if parts:
            last_part[i] = parts[-1]
            found[i] = total._replace(total_of=[str(j) for j in parts])


def _parts(
    text: str, found: list[Quantity], i: int, rest: Decimal, last_part: dict[int, int], words: TotalWords
) -> list[int]:
    """Return the positions of the parts of quantity `i`, or nothing where they do not add up."""
    parts: list[int] = []
    j = i + 1
    while j < len(found):
        part = found[j]
        ends = words.sentence_end if parts else words.untied_end
        if ends.search(text, found[j - 1].end, part.start):
            break
        if _alike(found[i], part):
            if part.value is None or part.value > rest or part.value_max is not None or part.qualifier is not None:
                break
            parts.append(j)
            rest -= part.value
            if not rest and len(parts) > 1:
                return parts
            j = last_part.get(j, j)
        j += 1
    return []


def _alike(total: Quantity, part: Quantity) -> bool:
    """Whether a part is counted in the total's unit, or in one half of a compound counter (篇次, 次)."""
    whole, half = total[3], part[3]
    if whole == half:
        return True
    if whole is None or half is None or total[4] != "C62" or part[4] != "C62":
        return False
    return half in whole or whole in half
