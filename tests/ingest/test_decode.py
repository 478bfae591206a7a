"""Bytes to text: the encoding that a file really has, and refusals that say where the first wrong byte stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.errors import Unreadable
from opendata.ingest.decode import Decoded, decode

TEXT = "标题：澄湖县水务局关于开展河道巡查的通知\n全年巡查12次。\n"


def refused(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        decode(data)
    return caught.value


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("gbk"), "gb18030"),
        (TEXT.encode("gb2312"), "gb18030"),
        (b"plain ASCII\n", "utf-8"),
    ],
)
def test_the_encoding_is_found_and_the_mark_is_no_text(data: bytes, encoding: str) -> None:
    found = decode(data)
    assert found.encoding == encoding
    assert found.text == ("plain ASCII\n" if data.isascii() else TEXT)
    assert not found.cut
    assert found.declared is None


def test_gb18030_reaches_characters_beyond_gbk() -> None:
    assert decode("㑇县𠀀村公告".encode("gb18030")).text == "㑇县𠀀村公告"


@pytest.mark.parametrize(
    ("declared", "encoding", "reported"),
    [
        ("gb2312", "utf-8", "gb2312"),
        ("utf-8", "gb18030", "utf-8"),
        ("GBK", "gb18030", None),
        ("gb2312", "gb18030", None),
        ("UTF8", "utf-8", None),
        ("utf-8", "utf-8", None),
    ],
)
def test_a_declared_encoding_is_reported_where_it_is_wrong(declared: str, encoding: str, reported: str | None) -> None:
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}"></head>{TEXT}</html>'
    found = decode(page.encode(encoding))
    assert (found.encoding, found.declared) == (encoding, reported)
    assert TEXT in found.text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_cut_last_character_is_left_out_and_reported(encoding: str, mark: bytes) -> None:
    if mark and encoding != "utf-8":
        pytest.skip("the mark is of UTF-8")
    found = decode(mark + TEXT.encode(encoding) + "局".encode(encoding)[:-1])
    assert found == Decoded(TEXT, encoding, None, cut=True)


def test_an_odd_last_byte_of_utf_16_is_a_cut_character() -> None:
    assert decode(b"\xff\xfe" + TEXT.encode("utf-16-le") + b"\x40") == Decoded(TEXT, "utf-16-le", None, cut=True)


def test_a_stray_byte_is_refused_with_its_offset() -> None:
    before = TEXT.encode()
    found = refused(before + b"\xff" + before)
    assert (found.rule, found.found, found.at) == ("undecodable", "byte 0xFF", len(before))
    marked = refused(b"\xef\xbb\xbf" + before + b"\xff" + before)
    assert (marked.rule, marked.at) == ("undecodable", len(before) + 3)
    chinese = TEXT.encode("gb18030")
    assert (refused(chinese + b"\xff\xff" + chinese).rule) == "undecodable"


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\xef\xbb\xbf \n"])
def test_nothing_or_white_space_is_empty(data: bytes) -> None:
    assert refused(data).rule == "empty"


PAGE = f'<html lang="zh"><head><title>巡查</title></head><body><p>{TEXT}</p></body></html>\n'
TRADITIONAL = "標題：澄湖縣水務局關於開展河道巡查的通知\n各鄉鎮人民政府、縣直各單位：全年巡查12次，發現問題及時處理。\n"


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [TEXT, PAGE, TRADITIONAL, "plain ASCII, as older tools write it\n"])
def test_utf_16_without_a_mark_is_told_by_its_words(order: str, text: str) -> None:
    found = decode(text.encode(order))
    assert (found.encoding, found.text) == (order, text)


@pytest.mark.parametrize("declared", ["", '<meta charset="big5">', '<meta charset="gb2312">'])
def test_big5_is_told_from_gb18030_by_its_words(declared: str) -> None:
    found = decode((declared + TRADITIONAL).encode("big5"))
    assert (found.encoding, found.text) == ("big5", declared + TRADITIONAL)
    assert found.declared == ("gb2312" if "gb2312" in declared else None)


def test_traditional_text_in_gbk_is_not_taken_for_big5() -> None:
    assert decode(TRADITIONAL.encode("gbk")).encoding == "gb18030"
    assert decode(('<meta charset="big5">' + TRADITIONAL).encode("gbk")) == Decoded(
        '<meta charset="big5">' + TRADITIONAL, "gb18030", "big5"
    )


def test_simplified_text_that_declares_big5_is_read_as_what_it_is() -> None:
    page = '<meta charset="big5">' + TEXT
    assert decode(page.encode("gb2312")) == Decoded(page, "gb18030", "big5")


def test_a_cut_last_character_of_big5_is_left_out() -> None:
    assert decode(TRADITIONAL.encode("big5") + "縣".encode("big5")[:1]) == Decoded(TRADITIONAL, "big5", None, cut=True)


def test_characters_of_hong_kong_are_read() -> None:
    text = TRADITIONAL + "深水埗、鰂魚涌、大嶼山𨋢\n"
    assert decode(text.encode("big5hkscs")).text == text


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\x00\x01\x02" + bytes(range(256)),
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        bytes(range(1, 32)) * 20,
        b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"),
        b"abc\x00def",
    ],
)
def test_binary_data_is_refused_as_such(data: bytes) -> None:
    assert refused(data).rule == "binary"


def test_few_control_characters_become_spaces_and_change_no_offset() -> None:
    text = "甲" * 200 + "\x0b乙\x1f丙\x0c丁\x7f戊\ufffe己"
    found = decode(text.encode()).text
    assert found == "甲" * 200 + " 乙 丙 丁 戊 己"
    assert len(found) == len(text)


def test_line_ends_become_one_character() -> None:
    assert decode("一\r\n二\r三\n四".encode()).text == "一\n二\n三\n四"


printed = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1).filter(str.strip)


@given(printed)
def test_any_text_in_utf_8_comes_back(text: str) -> None:
    assert decode(f"标题{text}".encode()).text == f"标题{text}"


@given(
    st.text(
        "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动0123456789，。\n", min_size=1
    )
)
def test_typical_chinese_in_gb18030_comes_back(text: str) -> None:
    if text.strip():
        assert decode(text.encode("gb18030")).text == text


def test_words_in_gb18030_that_happen_to_be_valid_utf_8_are_no_cyrillic() -> None:
    assert decode("联通".encode("gb18030")).text == "联通"
    for text in ("Café", "Привет, мир", "ئۇيغۇر ئاپتونوم رايونى", "Ā"):
        assert decode(text.encode()).text == text


@given(st.binary(max_size=400))
def test_bytes_give_a_text_or_a_refusal_and_nothing_else(data: bytes) -> None:
    found, refusal = None, None
    try:
        found = decode(data)
    except Unreadable as error:
        refusal = error
    if refusal is not None:
        assert refusal.rule in ("empty", "binary", "undecodable")
        assert refusal.at is None or 0 <= refusal.at < len(data)
    else:
        assert found is not None
        found.text.encode()
        assert not set(found.text) & {"\x00", "\r", "\x0b", "\x1f", "\ufffe"}
