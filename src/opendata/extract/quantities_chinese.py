"""Statements of quantity in running Chinese text: number, unit, what is counted.

Reached through `quantities`, by packs whose `units.toml` says `grammar = "chinese"`: here are the characters that carry the grammar
of numbers; the words are the pack's.

The number is looked for first, by one compiled pattern (`quantity_words.SCAN`) that fails inside the engine for most
digits (dates, codes); only what stands before a known unit reaches Python. Offsets are 0-based, half-open, in code
points. Codes of units follow UN/CEFACT Recommendation 20, codes of money ISO 4217.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from opendata.extract import quantity_words as words
from opendata.extract.quantity_totals import EXACT, RATIOS, Quantity, audit
from opendata.extract.quantity_words import Unit, numeral_value, value_of

# Local names: these are looked up for every number in a text.
_SCAN = words.SCAN
_SIMPLE, _UNITS = words.SIMPLE, words.UNITS
_LEFT, _AFTER_FIRST = words.LEFT, words.AFTER_FIRST
_PHRASE_LEFT = words.PHRASE_LEFT.match
_COUNTED = words.COUNTED.search
_LEADING, _TRAILING = words.LEADING, words.TRAILING


def find(text: str, start: int, stop: int) -> list[Quantity]:
    """Return the quantities printed in `text[start:stop]`; see `quantities`."""
    found: list[Quantity] = []
    floor = start
    for match in _SCAN.finditer(text, start, stop):
        index = match.lastindex
        if index == 1:
            quantity = _plain(text, match, floor, stop) or _from_digits(text, match, 1, floor, stop)
        elif index is not None and index < 6:
            quantity = _from_digits(text, match, index, floor, stop)
        else:
            quantity = _from_numerals(text, match, floor, stop)
        if quantity is None:
            continue
        if found and quantity.start - floor < 2 and (joined := _join(text, found[-1], quantity)):
            found[-1] = quantity = joined
        else:
            found.append(quantity)
        floor = quantity.end
    if len(found) > 2:
        audit(text, found, words.TOTALS)
    return found


def finder(language: str) -> Callable[[str, int, int], list[Quantity]]:
    """Return what `quantities` hands on; the vocabulary is that of the Chinese pack."""
    return find


def _plain(text: str, match: re.Match[str], floor: int, stop: int) -> Quantity | None:
    """Read the commonest form by the shortest way: digits and a unit of one character, with plain words on both sides.

    None where it is another form; what is read here, `_from_digits` would read alike.
    """
    start, after = match.span()
    simple = _SIMPLE.get(text[after]) if start > floor and after + 1 < stop else None
    if simple is None or text[start - 1] in _LEFT:
        return None
    unit, closer = simple
    following = text[after + 1]
    number = text[start : match.end(1)]
    if following in closer or following in _AFTER_FIRST or unit.bounded or number[0] in "0０" or not number.isdigit():
        return None
    subject = _subject(text, start, floor)
    qualifier = None
    if subject is not None and "不" in subject and (far := words.DISTANT.search(subject)):
        qualifier = words.BEFORE_CODE[far[0]]
    finish = after + 1
    row = (subject, value_of(number), None, unit.name, unit.code, qualifier, None, text[start:finish], start, finish)
    return tuple.__new__(Quantity, row)


def _from_digits(text: str, match: re.Match[str], index: int, floor: int, stop: int) -> Quantity | None:
    start, after = match.span()
    unit, finish = _unit_at(text, after, stop)
    if index == 1:
        if unit is None:
            return None
        number, times, high, qualifier = text[start : match.end(1)], "", "", None
    else:
        rest, high, over, times, more = match.groups("")[:5]
        number = text[start] + rest
        qualifier = "over" if over or more else None
        if unit is None:
            if times[-1:] not in ("万", "亿", "萬", "億"):
                return None
            finish = match.end(5) if more else match.end(4)
    if number[0] in "0０" and len(number) > 1 and number[1] not in ".．":
        return None
    value, value_max = value_of(number, times), None
    if high:
        value_max = value_of(high, times)
        if value is None or value_max is None or value_max <= value:
            return None
    elif "." in number and not times and _is_heading_number(text, start, unit):
        start += number.index(".") + 1
        value = value_of(text[start : match.end(1)])
    return _finish(text, start, finish, floor, stop, value, value_max, unit, qualifier)


def _is_heading_number(text: str, start: int, unit: Unit | None) -> bool:
    """Whether 1.5个 at the beginning of a line is a heading's number and then a whole number of things."""
    return unit is not None and unit.code == "C62" and bool(words.LINE_START.search(text, max(0, start - 6), start))


def _from_numerals(text: str, match: re.Match[str], floor: int, stop: int) -> Quantity | None:
    start, after = match.span()
    rest, more, share = match.group(6, 7, 8)
    if start < floor:
        return None
    if share is not None:
        value = Decimal(100) if share == "百" else value_of(share)
        unit = words.PERCENT if text[start] == "百" else words.PERMILLE
        return None if value is None else _finish(text, start, after, floor, stop, value, None, unit, None)
    counted, finish = _unit_at(text, after, stop)
    value = numeral_value(text[start] + (rest or ""))
    if counted is None or value is None:
        return None
    if more:
        value = value.scaleb(words.MAGNITUDES.get(more[1:], 0), EXACT)
    if text[start - 1 : start] in ("至", "到") and (
        left := words.RANGE_LEFT.search(text, max(floor, start - 12), start)
    ):
        low = numeral_value(left[1])
        if low is not None and low < value:
            return _finish(text, left.start(), finish, floor, stop, low, value, counted, None)
    return _finish(text, start, finish, floor, stop, value, None, counted, "over" if more else None)


def _finish(
    text: str,
    start: int,
    finish: int,
    floor: int,
    stop: int,
    value: Decimal | None,
    value_max: Decimal | None,
    unit: Unit | None,
    qualifier: str | None,
) -> Quantity | None:
    """Look at both sides of a number with its unit, and build the row; None where a side says it is no quantity."""
    begin = start
    bound = False
    if start > floor and text[start - 1] in _LEFT:
        side = _left(text, start, floor, unit)
        if side is None:
            return None
        begin, before = side
        if before == "minus":
            value = None if value is None else value.copy_negate()
        elif before is not None:
            bound = True
            qualifier = None if before == "recent" else before
    name, code = (None, None) if unit is None else (unit.name, unit.code)
    if finish < stop and text[finish] in _AFTER_FIRST:
        name, code, qualifier, finish, is_bound = _right(text, finish, stop, name, code, qualifier)
        bound = bound or is_bound
    if unit is not None and unit.bounded and not _is_span(text, begin, finish, bound, value, code):
        return None
    subject = _subject(text, begin, floor)
    if qualifier is None and subject is not None and "不" in subject and (far := words.DISTANT.search(subject)):
        qualifier = words.BEFORE_CODE[far[0]]
    # The constructor of a NamedTuple costs as much again as the tuple.
    row = (subject, value, value_max, name, code, qualifier, None, text[begin:finish], begin, finish)
    return tuple.__new__(Quantity, row)


def _unit_at(text: str, at: int, stop: int) -> tuple[Unit | None, int]:
    """Return the longest unit that stands at `at`, and where it ends."""
    if at >= stop:
        return None, at
    first = text[at]
    after = at + 1
    simple = _SIMPLE.get(first)
    if simple is not None and (after >= stop or text[after] not in simple[1]):
        return simple[0], after
    for unit in _UNITS.get(first, ()):
        word = unit.printed
        if text.startswith(word, at, stop):
            after = at + len(word)
            if unit.not_before and text.startswith(unit.not_before, after):
                continue
            beyond = text[after : after + 1]
            if word[-1].isascii() and beyond.isascii() and beyond.isalnum():
                continue
            return unit, after
    return None, at


def _left(text: str, start: int, floor: int, unit: Unit | None) -> tuple[int, str | None] | None:
    """Judge the left of a number: where the statement begins and its qualifier, or None for no quantity."""
    last = text[start - 1]
    for word, code in words.BEFORE.get(last, ()):
        begin = start - len(word)
        if begin >= floor and text.startswith(word, begin):
            if text.endswith(words.NOT_BEFORE.get(word, ()), 0, begin):
                break
            if word == "近" and unit is not None and unit.code in words.SPANS:
                return start, "recent"
            return begin, code
    before = text[start - 2] if start - 2 >= floor else ""
    if last in words.SPACES or last == "\u3000":
        # 1 200亩 is one number or two: it cannot be told, and 200 would be wrong for one of them.
        if before.isdigit() and text[start : start + 3].isdigit() and not text[start + 3 : start + 4].isdigit():
            return None
        return None if text[max(0, start - 4) : start].rstrip()[-1:] == "第" else (start, None)
    if last.isascii() and last.isalpha():
        return (start, None) if unit is not None and unit.code in RATIOS else None
    if before in words.ORDINAL_ENDS and last in "、和至到及—-–":
        if (last in "-–" and before.isdigit()) or words.ORDINAL_LEFT.search(text, max(0, start - 20), start):
            return None
    elif last in "-–－" and before:
        if before.isascii() and before.isalnum():
            return None
        return (start - 1, "minus") if unit is not None and unit.name in words.SIGNED else (start, None)
    if last in ":：∶×" and (before.isdigit() or (last == "×" and (unit is None or unit.code in RATIOS))):
        return None
    if unit is not None and (
        (unit.clock and last in words.CLOCK_LEFT and before.isdigit()) or (last == "月" and unit.printed == "日")
    ):
        return None
    return start, None


def _right(
    text: str, finish: int, stop: int, name: str | None, code: str | None, qualifier: str | None
) -> tuple[str | None, str | None, str | None, int, bool]:
    """Read what follows a unit: the second half of a compound (元/吨), or a bound (以上). Last item: a bound."""
    if text[finish] in "/／":
        if name is None:
            return None, None, qualifier, finish, False
        second, after = _unit_at(text, finish + 1, stop)
        if second is not None:
            return f"{name}/{second.name}", None, qualifier, after, False
        per = next((word for word in words.PER if text.startswith(word, finish + 1, stop)), None)
        if per is not None:
            return f"{name}/{per}", None, qualifier, finish + 1 + len(per), False
        return name, code, qualifier, finish, False
    suffix = words.AFTER.match(text, finish, stop)
    if suffix is None or (suffix[0][-1] in "内內" and code not in words.SPANS and code not in words.LENGTHS):
        return name, code, qualifier, finish, False
    after_code = words.AFTER_CODE[suffix[0]]
    if after_code == "since":
        return name, code, qualifier, finish, True
    return name, code, qualifier or after_code, suffix.end(), True


def _is_span(text: str, begin: int, finish: int, bound: bool, value: Decimal | None, code: str | None) -> bool:
    """Whether a number of years or days is a span of time (3年以来) and not a date (2019年以来)."""
    if code == "ANN" and (value is None or value >= 1000):
        return False
    return (
        bound
        or text.endswith(words.SPAN_BEFORE, max(0, begin - 8), begin)
        or text.startswith(words.SPAN_BESIDE, finish)
    )


def _subject(text: str, begin: int, floor: int) -> str | None:
    """Return the words before a quantity, back to punctuation or the quantity before; at most 20 characters."""
    low = begin - words.SUBJECT_LENGTH
    if low < floor:
        low = floor
    left = _PHRASE_LEFT(text, low, begin)
    at = low if left is None else left.end()
    if at == begin:
        return _before_opener(text, begin, floor)
    phrase = text[at:begin]
    if text[at - 1] == "、" and at > floor and (counted := _COUNTED(phrase, 1)):
        phrase = _with_listed(text, at, begin, floor, counted)
    if "计" in phrase or "目前" in phrase or "計" in phrase:
        cut = words.CUT_AFTER.match(phrase)
        if cut:
            phrase = phrase[cut.end() :]
    if phrase[0] in _LEADING or phrase[0] in words.DATE_FIRST:
        phrase = _without_lead(phrase)
    while phrase and phrase[-1] in _TRAILING:
        shorter = _without_tail(phrase)
        if shorter == phrase:
            break
        phrase = shorter
    if not phrase:
        return _before_opener(text, at, floor)
    return phrase if len(phrase) > 1 and phrase not in words.NOTHING else None


def _with_listed(text: str, at: int, begin: int, floor: int, counted: re.Match[str]) -> str:
    """Return the words at `at` with what is listed before them and counted in them: 甲、乙、丙三个镇. Where that is too long, or
    there is not so much, only the count (三个镇): the last of the list with the count of all would say what is not so."""
    low = max(floor, begin - words.SUBJECT_LENGTH)
    left = at
    joined = sum(c in words.AND for c in text[at : at + counted.start()])  # 甲、乙和丙三个镇
    for _ in range(int(numeral_value(counted[1]) or 0) - 1 - joined):
        before = _PHRASE_LEFT(text, low, left - 1)
        if left <= low or text[left - 1] != "、" or (before is None and low > floor):
            return text[at + counted.start() : begin]
        left = low if before is None else before.end()
    return text[left:begin]


def _before_opener(text: str, at: int, floor: int) -> str | None:
    """Return the words before a bracket or colon that a quantity follows: 整改措施（共23项）."""
    if at - 1 > floor and text[at - 1] in words.OPENERS and text[at - 2] not in words.OPENERS:
        return _subject(text, at - 1, floor)
    return None


def _without_lead(phrase: str) -> str:
    """Drop connectives and dates before the words: 2023年全年共办理来信 → 办理来信."""
    at = 0
    while at < len(phrase):
        first = phrase[at]
        lead = _LEADING[first].match(phrase, at) if first in _LEADING else None
        if lead is None and first in words.DATE_FIRST:
            lead = words.DATE_LEFT.match(phrase, at)
        if lead is None:
            break
        at = lead.end()
    return phrase[at:]


def _without_tail(phrase: str) -> str:
    """Drop one word of counting (共, 达到, 为) at the end, unless it is part of another (行为)."""
    last = phrase[-1]
    if not phrase.endswith(words.NOT_TRAILING.get(last, ())):
        for word in _TRAILING[last]:
            if phrase.endswith(word):
                return phrase[: -len(word)]
    return phrase


def _join(text: str, first: Quantity, second: Quantity) -> Quantity | None:
    """Make one range of two neighbours: 10%—20%, 3万—5万元, 五十元以上二百元以下; None for two statements."""
    if first.value is None or second.value is None or first.value >= second.value:
        return None
    if first.value_max is not None or second.value_max is not None:
        return None
    between = text[first.end : second.start]
    if first.qualifier == "at_least":
        if first.unit != second.unit or second.qualifier not in ("at_most", "under"):
            return None
        if between not in ("", "、", "，", ","):
            return None
        qualifier = None
    elif between and between in words.DASHES and first.unit in (None, second.unit):
        qualifier = second.qualifier or first.qualifier
    else:
        return None
    return second._replace(
        subject=first.subject,
        value=first.value,
        value_max=second.value,
        qualifier=qualifier,
        printed=text[first.start : second.end],
        start=first.start,
    )
