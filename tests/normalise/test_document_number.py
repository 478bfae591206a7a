"""Document numbers as printed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.normalise.document_number import find_document_numbers, read_document_number
from opendata.normalise.document_number_chinese import NUMBER_IN_TEXT

WHOLE = "示府发〔2021〕7号"


@pytest.mark.parametrize(
    "printed",
    [
        "示府发〔2021〕7号",
        "示府发[2021]7号",
        "示府发［2021］7号",
        "示府发（2021）7号",
        "示府发(2021)7号",
        "示府发【2021】7号",
        "示府发﹝2021﹞7号",
        "示府发<2021>7号",
        "示府发«2021»7号",
        "示府发〔2021]7号",
        "示府发〔2021年〕7号",
        "示府发2021〕7号",
        "示府发〔2021第7号",
        "示府发 〔 2021 〕 7 号",
        "示府发\u3000〔2021〕\xa07号",
        "示府发〔２０２１〕７号",
        "示府发〔2021〕第7号",
        "示府发〔2021〕07号",
        "示府发〔2021〕7",
        "示府发〔2021〕7号文",
        "文号：示府发〔2021〕7号",
        "号示府发〔2021〕7号",
        "事项的通知示府发〔2021〕7号",
        "（示府发〔2021〕7号）",
        "示府发〔2021〕7号（试行）",
        "关于示例事项的通知（示府发〔2021〕7号）",
    ],
)
def test_variants_of_one_number_have_one_canonical_form(printed: str) -> None:
    assert read_document_number(printed) == (WHOLE, 2021, None, ())


@pytest.mark.parametrize(
    ("printed", "canonical", "year"),
    [
        ("〔2020〕5号", "〔2020〕5号", 2020),
        ("（2019）3", "〔2019〕3号", 2019),
        ("2019〕5号", "〔2019〕5号", 2019),
        ("示府办〔2021〕7-1号", "示府办〔2021〕7-1号", 2021),
        ("中（示）自管〔2020〕1号", "中(示)自管〔2020〕1号", 2020),
        ("〔89〕示函字第12号", "〔89〕示函字第12号", None),
        ("示发〔81〕8号", "示发〔81〕8号", None),
        ("公告2015年第41号", "公告2015年第41号", 2015),
        ("公告 2015 年 第 41 号", "公告2015年第41号", 2015),
        ("2015年第41号公告", "2015年第41号公告", 2015),
        ("示例委2017年第9号", "示例委2017年第9号", 2017),
        ("令第688号", "令第688号", None),
        ("第12号令", "第12号令", None),
        ("示例市人民政府令 第219号", "示例市人民政府令第219号", None),
        ("示例市人民政府令（第219号）", "示例市人民政府令第219号", None),
        ("示例市人民政府令219号", "示例市人民政府令第219号", None),
        ("令第六百八十八号", "令第688号", None),
    ],
)
def test_other_kinds_of_number(printed: str, canonical: str, year: int | None) -> None:
    assert read_document_number(printed) == (canonical, year, None, ())


@pytest.mark.parametrize(
    "printed",
    [
        "〔202215",
        "示府发〔20217号",
        "示府发20217号",
        "示府发〔2021〕号",
        "示府发〔2021〕",
        "示府发〔2021〕0号",
        "示府发〔0021〕7号",
        "示府 第24号",
        "5号",
        "试行",
        "示" * 300,
    ],
)
def test_a_number_that_lost_brackets_or_digits_is_reported(printed: str) -> None:
    assert read_document_number(printed) == (None, None, "document-number-broken", ())


@pytest.mark.parametrize("printed", ["", " ", "无", "—", "/"])
def test_no_number_is_no_problem(printed: str) -> None:
    assert read_document_number(printed) == (None, None, None, ())


@pytest.mark.parametrize("separator", [" ", "、", "，", "；", "\n", "  ", ""])
def test_joint_numbers_are_kept_in_order(separator: str) -> None:
    reading = read_document_number(f"示财〔2020〕5号{separator}示税（2020）6号")
    assert reading == ("示财〔2020〕5号", 2020, None, ("示税〔2020〕6号",))


def test_a_broken_second_number_is_reported_beside_the_first() -> None:
    assert read_document_number("示财〔2020〕5号、示税〔20206") == (
        "示财〔2020〕5号",
        2020,
        "document-number-broken",
        (),
    )


PREFIX = st.text(alphabet="示府办发函财税农建令告公", min_size=0, max_size=8)
BRACKETS = st.sampled_from(["〔〕", "[]", "（）", "()", "【】", "﹝﹞", "<>", "«»"])


@given(PREFIX, BRACKETS, st.integers(1949, 2099), st.integers(1, 99999), st.sampled_from(["", " ", "\u3000"]))
def test_every_bracket_leads_to_the_same_canonical_form(
    prefix: str, brackets: str, year: int, number: int, space: str
) -> None:
    printed = f"{prefix}{space}{brackets[0]}{year}{brackets[1]}{space}{number}号"
    reading = read_document_number(printed)
    assert reading == (f"{prefix}〔{year}〕{number}号", year, None, ())


@given(st.text(alphabet="示府令告公年第号〔〕[]（）()0123456789 、字一二十", max_size=24))
def test_canonical_is_idempotent_and_nothing_raises(text: str) -> None:
    reading = read_document_number(text)
    for canonical in filter(None, (reading.canonical, *reading.others)):
        assert read_document_number(canonical).canonical == canonical


def test_numbers_in_text_are_found_without_the_words_before_them() -> None:
    text = (
        "根据示发〔2019〕5号和《示例办法》（示财税[2020] 6号）、示例省人民政府令第68号，"
        "按照示例委公告2015年第41号执行，太和政办发〔2021〕3号废止。"
    )
    found = [(text[start:end], reading.canonical) for start, end, reading in find_document_numbers(text)]
    assert found == [
        ("示发〔2019〕5号", "示发〔2019〕5号"),
        ("示财税[2020] 6号", "示财税〔2020〕6号"),
        ("示例省人民政府令第68号", "示例省人民政府令第68号"),
        ("示例委公告2015年第41号", "示例委公告2015年第41号"),
        ("太和政办发〔2021〕3号", "太和政办发〔2021〕3号"),
    ]
    assert [match[0] for match in NUMBER_IN_TEXT.finditer(text)][1] == "示财税[2020] 6号"


@pytest.mark.parametrize(
    "prefix", ["示经信", "示信用办", "并政发", "同政发", "太原政发", "和政", "将政办", "即政发", "从府"]
)
def test_short_forms_that_hold_a_word_of_sentences_stay_whole(prefix: str) -> None:
    number = f"{prefix}〔2021〕3号"
    assert [reading.canonical for _, _, reading in find_document_numbers(f"（{number}）")] == [number]


def test_a_run_of_letters_too_long_for_a_short_form_is_left() -> None:
    assert find_document_numbers("现就示例地区若干具体事项说明如下示发〔2021〕3号") == []


def test_a_window_of_the_text_is_respected() -> None:
    text = "示发〔2019〕5号，示发〔2020〕6号"
    assert [span[:2] for span in find_document_numbers(text, 10)] == [(11, 21)]


def test_real_numbers_of_six_portals_are_read(shared: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    total, unread = 0, []
    for path in sorted((shared / "corpus" / "document-numbers").glob("*.xlsx")):
        sheet = openpyxl.load_workbook(path, read_only=True).active
        for row in sheet.iter_rows(min_row=2, values_only=True):
            if row[-1] is None:
                continue
            total += 1
            reading = read_document_number(str(row[-1]))
            if reading.canonical is None or reading.problem is not None:
                unread.append(str(row[-1]))
    assert total > 20_000
    assert len(unread) <= total * 0.01, unread[:20]


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("望縣府字〔2023〕46號", "望縣府字〔2023〕46号"),
        ("望縣府字[2023]第046號", "望縣府字〔2023〕46号"),
        ("發文字號：望縣府字〔2023〕46號", "望縣府字〔2023〕46号"),
        ("國務院令第707號", "國務院令第707号"),
        ("第12號令", "第12号令"),
        ("字號〔2023〕4號", "字号〔2023〕4号"),
        ("關於印發供水方案的通知縣府字〔2023〕46號", "縣府字〔2023〕46号"),
        ("公報2023年第3號", "公報2023年第3号"),
    ],
)
def test_the_traditional_sign_is_simplified_and_the_prefix_stays(printed: str, canonical: str) -> None:
    assert read_document_number(printed).canonical == canonical
