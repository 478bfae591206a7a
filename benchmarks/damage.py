"""Spoil invented disclosures in known ways, so that a run can be checked for what it refuses and what it reports."""

import zlib
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from checkdigits import identity_card
from invent import Disclosure, Header, chinese_date, disclosure, words
from render import as_html, as_text

# Six of each unreadable kind (personal data: three cards, three telephones) and five of each defect make fifty.
_ROUND = ("binary", "dates-contradict", "empty", "headers-contradict", "undecodable", "check-digit", "no-header")
_CARDS_AND_MOBILES = ("identity-card", "mobile-number") * 3
_CYCLE = (
    *(kind for turn in range(5) for kind in (*_ROUND, "truncated", _CARDS_AND_MOBILES[turn])),
    *("binary", "empty", "undecodable", "no-header", "mobile-number"),
)
UNREADABLE = frozenset({"binary", "empty", "undecodable", "no-header", "identity-card", "mobile-number"})
DEFECTIVE = frozenset({"dates-contradict", "headers-contradict", "check-digit", "truncated"})
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class Made(NamedTuple):
    """The bytes of one file, and the title and index number that it still shows (None: it shows none)."""

    data: bytes
    title: str | None
    index_number: str | None


def plan(count: int, damaged: int) -> dict[int, str]:
    """Return which ordinals of `count` documents are damaged, and how: `damaged` of them, spread evenly."""
    step = count // damaged if damaged else 0
    return {turn * count // damaged + step // 2: _CYCLE[turn % len(_CYCLE)] for turn in range(damaged)}


def make(ordinal: int, seed: int, layout: str, kind: str = "ok") -> Made:
    """Return document `ordinal` in `layout` ('text' or 'html'), spoilt as `kind` says ('ok': not at all)."""
    rng = Random(seed * 7_368_787 + ordinal)
    if kind == "empty":
        return Made(b"", None, None)
    if kind == "binary":
        return Made(b"\x00\x01\x00\x00" + zlib.compress(rng.randbytes(6000)) + b"\x00" * 16, None, None)
    if kind == "no-header":
        return Made(_fragment(rng, layout, ordinal).encode(), None, None)
    document = _spoil(disclosure(ordinal, seed), kind, rng, ordinal)
    text = as_text(document) if layout == "text" else as_html(document, rng)
    if kind == "undecodable":
        return Made(_undecodable(text), None, None)
    if kind == "truncated":
        text = _cut(text, document.paragraphs)
    return Made(text.encode(), document.header.title, document.header.index_number)


def _spoil(document: Disclosure, kind: str, rng: Random, ordinal: int) -> Disclosure:
    head = document.header
    if kind == "dates-contradict":
        return _with_header(document, head._replace(created=head.published, published=_earlier(head, rng)))
    if kind == "headers-contradict":
        other = {"title": _other_title(head)} if rng.random() < 0.5 else {"created": _earlier(head, rng)}
        return document._replace(repeated=head._replace(**other))
    if kind == "check-digit":
        code, _, tail = head.index_number.partition("/")
        last = _CREDIT_ALPHABET[(_CREDIT_ALPHABET.index(code[-1]) + 1 + ordinal % 29) % 31]
        return _with_header(document, head._replace(index_number=f"{code[:-1]}{last}/{tail}"))
    if kind in ("identity-card", "mobile-number"):
        return document._replace(paragraphs=_with_person(document.paragraphs, kind, rng))
    return document


def _with_header(document: Disclosure, head: Header) -> Disclosure:
    return document._replace(header=head, repeated=head)


def _earlier(head: Header, rng: Random) -> str:
    year, month, day = (int(part) for part in head.created[:-1].replace("年", " ").replace("月", " ").split())
    return chinese_date(date(year, month, day) - timedelta(days=35 + int(rng.random() * 200)))


def _other_title(head: Header) -> str:
    topics = words("topics")
    for number, topic in enumerate(topics):
        if topic in head.title:
            return head.title.replace(topic, topics[(number + 1) % len(topics)])
    return f"{head.title}（修订）"


def _with_person(paragraphs: list[tuple[str, str]], kind: str, rng: Random) -> list[tuple[str, str]]:
    """Add a person's number that nobody can have: a province's code for a county's, an unassigned block of mobiles."""
    village = rng.choice(words("village_firsts")) + "岭村"
    if kind == "identity-card":
        birth = f"{1941 + int(rng.random() * 40)}{1 + int(rng.random() * 12):02d}{1 + int(rng.random() * 28):02d}"
        card = identity_card("360000", birth, int(rng.random() * 1000))
        line = f"补助对象：{village}余某某，身份证号{card}，核定金额{300 + int(rng.random() * 900)}元。"
    else:
        line = f"申请人：{village}董某某，手机号码1990000{int(rng.random() * 10_000):04d}。"
    return [*paragraphs[:-2], ("text", line), *paragraphs[-2:]]


def _fragment(rng: Random, layout: str, ordinal: int) -> str:
    """Return what no disclosure can be made of: an error page, or prose without beginning or name."""
    if ordinal % 2:
        message = (
            f"404 页面不存在\n您访问的页面可能已经删除，错误编号{ordinal}-{int(rng.random() * 1_000_000)}。\n返回首页"
        )
    else:
        made = zip(rng.choices(words("openers"), k=30), rng.choices(words("results"), k=30), strict=True)
        message = "，".join(f"{opener}，{result}" for opener, result in made)[5:]
    if layout == "text":
        return message + "\n"
    return f"<html><body><div>{message.replace(chr(10), '<br>')}</div></body></html>\n"


def _undecodable(text: str) -> bytes:
    """Return bytes that are neither UTF-8 nor GB18030: the encoding changes midway, and both halves hold stray ones."""
    half = len(text) // 2
    return b"".join(
        (
            text[: half // 2].encode(),
            b"\xff\x80\xff",
            text[half // 2 : half].encode(),
            text[half:].encode("gb18030", "replace"),
            b"\x80\xff\xff",
        )
    )


def _cut(text: str, paragraphs: list[tuple[str, str]]) -> str:
    """End the file in the middle of a sentence, and of its outline, about three fifths of the way; not in a tag."""
    place = max(int(len(text) * 0.6), text.index(paragraphs[2][1][:12]))
    while not (_ideograph(text[place - 1]) and _ideograph(text[place])) or _in_tag(text, place):
        place += 1
    return text[:place]


def _ideograph(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _in_tag(text: str, place: int) -> bool:
    return text.rfind("<", 0, place) > text.rfind(">", 0, place)
