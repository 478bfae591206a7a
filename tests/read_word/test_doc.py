"""Word's binary format: text, deletions, fields, lists and tables of files built by code; damaged bytes."""

import random

import pytest

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.doc import read_doc
from opendata.read.word_kind import word_kind
from tests.read_word.doc_samples import IN_TABLE, doc, level, numbered, ole, row_end

LIMITS = Limits()


def text_of(*paragraphs: str) -> str:
    return read_doc(doc([(text, b"") for text in paragraphs]), LIMITS).text


def test_paragraphs_are_lines_and_empty_ones_a_gap() -> None:
    assert text_of("海棠市示范办法\r", "\r", "\r", "第一条　示范。\r") == "海棠市示范办法\n\n第一条　示范。"


def test_special_characters_print_as_on_paper() -> None:
    assert text_of("甲\t乙\x0b丙\x1e丁\x1f戊\x01\r") == "甲 乙\n丙-丁戊"


def test_characters_beyond_the_first_plane_are_whole() -> None:
    assert text_of("尾𠮷字\r", "后\r") == "尾𠮷字\n后"


def test_text_of_one_byte_a_character_is_read() -> None:
    assert (
        read_doc(doc([("caf\u00e9 \u201cone\u201d\r", b"")], compressed=True), LIMITS).text
        == "caf\u00e9 \u201cone\u201d"
    )


def test_page_headers_are_not_text() -> None:
    assert read_doc(doc([("正文\r", b"")], more="页眉\r"), LIMITS).text == "正文"


def test_codes_of_fields_do_not_print_and_links_lead_on() -> None:
    reading = read_doc(
        doc([('见\x13 HYPERLINK "https://example.org/a" \x14公告\x15，第\x13 PAGE \x143\x15页\r', b"")]), LIMITS
    )
    assert reading.text == "见公告，第3页"
    assert [(reading.text[link.start : link.end], link.href) for link in reading.links] == [
        ("公告", "https://example.org/a")
    ]


def test_fields_that_never_close_keep_their_text() -> None:
    assert "正文仍在" in text_of("甲\x13 PAGE 乙\r", "正文仍在\r")


def test_deleted_text_does_not_leak() -> None:
    assert read_doc(doc([("保留删去保留\r", b"")], deleted=(2, 4)), LIMITS).text == "保留保留"


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    assert read_doc(doc([("前半\r", b""), ("后半\r", b"")], deleted=(2, 3)), LIMITS).text == "前半后半"


def test_list_markers_are_printed_and_inner_levels_start_anew() -> None:
    levels = [level("第\x00章　", 39, [2]), level("第\x01条　", 39, [2])]
    paragraphs = [("总则\r", 0), ("甲\r", 1), ("乙\r", 1), ("分则\r", 0), ("丙\r", 1)]
    data = doc([(text, numbered(1, depth)) for text, depth in paragraphs], levels=levels)
    assert read_doc(data, LIMITS).text.split("\n") == [
        "第一章　总则",
        "第一条　甲",
        "第二条　乙",
        "第二章　分则",
        "第一条　丙",
    ]


def test_a_page_break_within_a_paragraph_counts_once() -> None:
    data = doc([("甲\x0c乙\r", numbered(1)), ("丙\r", numbered(1))], levels=[level("\x00.", 0, [1], follow=1)])
    assert read_doc(data, LIMITS).text == "1. 甲\n乙\n2. 丙"


def test_rows_and_merged_cells_of_a_table() -> None:
    data = doc(
        [
            ("表前\r", b""),
            ("项目\x07", IN_TABLE),
            ("数量\x07", IN_TABLE),
            ("\x07", row_end([0, 2000, 6000], [0x60, 0])),
            ("\x07", IN_TABLE),
            ("1\x07", IN_TABLE),
            ("2\x07", IN_TABLE),
            ("\x07", row_end([0, 2005, 4000, 6000], [0x20, 0, 0])),
            ("表后\r", b""),
        ]
    )
    reading = read_doc(data, LIMITS)
    assert reading.text == "表前\n项目\t数量\n1\t2\n表后"
    (table,) = reading.tables
    assert [(reading.text[c.start : c.end], *c[:4]) for c in table.cells] == [
        ("项目", 0, 0, 2, 1),
        ("数量", 0, 1, 1, 2),
        ("1", 1, 1, 1, 1),
        ("2", 1, 2, 1, 1),
    ]


def test_what_is_encrypted_old_or_cut_is_refused_with_its_rule() -> None:
    whole = doc([("正文\r", b"")])
    for data, rule in (
        (doc([("正文\r", b"")], flags=0x0100), "word-encrypted"),
        (ole({"WordDocument": b"\xdc\xa5\x68\x00"}), "word-broken"),
        (whole[: len(whole) // 2], "word-broken"),
        (b"", "word-broken"),
        (b"no container at all", "word-broken"),
    ):
        with pytest.raises(Unreadable) as caught:
            read_doc(data, LIMITS)
        assert caught.value.rule == rule


def test_damaged_bytes_never_raise_anything_else() -> None:
    chance = random.Random(11)
    levels = [level("第\x00条", 39, [2])]
    whole = doc(
        [("甲\x13 PAGE \x141\x15\r", numbered(1)), ("乙\x07", IN_TABLE), ("\x07", row_end([0, 9], [0]))], levels=levels
    )
    for _ in range(1000):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 12)):
            data[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
        assert rule_of(bytes(data)) in (None, "word-broken", "word-encrypted", "table-too-large")


def rule_of(data: bytes) -> str | None:
    word_kind(data)
    try:
        read_doc(data, LIMITS)
    except Unreadable as refused:
        return refused.rule
    return None
