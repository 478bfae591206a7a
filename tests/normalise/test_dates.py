"""Dates as printed."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.normalise.dates import dates, find_dates, is_date_line, read_date

DATE_IN_TEXT = dates().in_text

DAY = date(2022, 10, 25)


@pytest.mark.parametrize(
    "printed",
    [
        "2022年10月25日",
        "2022-10-25",
        "2022/10/25",
        "2022.10.25",
        "20221025",
        "２０２２年１０月２５日",
        "２０２２－１０－２５",
        "2022—10—25",
        "2022. 10. 25",
        " 2022 年 10 月 25 日 ",
        "\u3000 2022年10月25日\xa0",
        "2022年10月25",
        "2022年10月25号",
        "2022年10月25號",
        "二〇二二年十月二十五日",
        "二○二二年十月二十五日",
        "二O二二年十月二十五日",
        "二Ｏ二二年十月二十五日",
        "二0二二年十月二十五日",
        "二零二二年十月二十五日",
        "二〇二二年十月廿五日",
        "二千零二十二年十月二十五日",
        "貳〇貳貳年拾月貳拾伍日",
        "2022年十月25日",
        "2022年10月25日 星期二",
        "2022年10月25日（星期二）",
        "2022年10月25日周二",
        "（2022年10月25日）",
        "自2022年10月25日起施行",
        "2022年10月25日印发",
    ],
)
def test_a_whole_date_is_read_in_every_form(printed: str) -> None:
    assert read_date(printed) == ("2022-10-25", DAY, None)


@pytest.mark.parametrize(
    ("printed", "normalised"),
    [
        ("2022-10-25 09:30", "2022-10-25T09:30:00+08:00"),
        ("2022-10-25 09:30:05", "2022-10-25T09:30:05+08:00"),
        ("2022/10/25 9:30:05.123", "2022-10-25T09:30:05+08:00"),
        ("2022年10月25日 9:30", "2022-10-25T09:30:00+08:00"),
        ("2022年10月25日9时30分", "2022-10-25T09:30:00+08:00"),
        ("2022年10月25日 9时", "2022-10-25T09:00:00+08:00"),
        ("2022年10月25日下午3:30", "2022-10-25T15:30:00+08:00"),
        ("2022年10月25日上午9:30", "2022-10-25T09:30:00+08:00"),
        ("2022年10月25日 星期二 09:30", "2022-10-25T09:30:00+08:00"),
        ("２０２２年１０月２５日　０９：３０", "2022-10-25T09:30:00+08:00"),
        ("20221025093000", "2022-10-25T09:30:00+08:00"),
        ("2022-10-25T01:30:00Z", "2022-10-25T09:30:00+08:00"),
        ("2022-10-25T09:30:00+0800", "2022-10-25T09:30:00+08:00"),
    ],
)
def test_a_time_is_one_of_shanghai(printed: str, normalised: str) -> None:
    assert read_date(printed) == (normalised, DAY, None)


def test_an_offset_can_move_the_day() -> None:
    assert read_date("2022-10-25T23:30:00Z").date == date(2022, 10, 26)


@pytest.mark.parametrize(
    ("printed", "normalised"),
    [
        ("2022年10月", "2022-10"),
        ("2022年", "2022"),
        ("2022", "2022"),
        ("2022-10", "2022-10"),
        ("二〇二二年十月", "2022-10"),
        ("2022年10月份", "2022-10"),
        ("二〇一九年元月", "2019-01"),
    ],
)
def test_a_partial_date_is_never_the_first_of_something(printed: str, normalised: str) -> None:
    assert read_date(printed) == (normalised, None, "date-partial")


@pytest.mark.parametrize(
    "printed",
    [
        "20251月1日",
        "2022-13-01",
        "2022年2月30日",
        "2月30日",
        "2022年0月5日",
        "2022-10-25 25:00",
        "20221325",
        "22-10-25",
        "0022-10-25",
        "3022年1月1日",
        "二〇二年十月一日",
        "二〇二二二年十月一日",
        "2022-10/25",
        "昨天",
        "长" * 500,
    ],
)
def test_a_broken_date_is_reported_not_guessed(printed: str) -> None:
    assert read_date(printed) == (None, None, "date-broken")


@pytest.mark.parametrize("printed", ["", "  ", "\u3000", "无", "—", "/"])
def test_no_date_is_no_problem(printed: str) -> None:
    assert read_date(printed) == (None, None, None)


def _digits(number: int) -> str:
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))


def _numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else "二三"[tens - 2] + "十") + (_digits(ones) if ones else "")


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_survives_every_form(day: date) -> None:
    forms = [
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02d}月{day.day:02d}日",
        f"{day:%Y%m%d}",
        f"{day:%Y/%m/%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{_digits(day.year)}年{_numeral(day.month)}月{_numeral(day.day)}日",
    ]
    for form in forms:
        assert read_date(form) == (day.isoformat(), day, None), form
        assert is_date_line(form) or form.isdigit()


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 12, 31)))
def test_every_second_survives(moment: datetime) -> None:
    reading = read_date(f"{moment:%Y-%m-%d %H:%M:%S}")
    assert reading.normalised is not None
    assert datetime.fromisoformat(reading.normalised) == moment.replace(
        microsecond=0, tzinfo=timezone(timedelta(hours=8))
    )


@given(st.text(alphabet="0123456789年月日-/.: 一二十〇廿T星期Z+起", max_size=20))
def test_no_text_raises_and_a_day_is_always_in_the_normalised_form(text: str) -> None:
    reading = read_date(text)
    if reading.date is not None:
        assert reading.normalised is not None
        assert reading.normalised.startswith(reading.date.isoformat())


def test_dates_in_text_are_found_with_their_offsets() -> None:
    text = "会议于2022年10月25日召开，二〇二三年一月起施行；见2021-03-04 10:00的公告、第12022年1月号和1.2.3节。"
    found = [(text[start:end], reading.normalised) for start, end, reading in find_dates(text)]
    assert found == [
        ("2022年10月25日", "2022-10-25"),
        ("二〇二三年一月", "2023-01"),
        ("2021-03-04 10:00", "2021-03-04T10:00:00+08:00"),
    ]


def test_only_the_window_is_searched() -> None:
    text = "2022年10月25日 2023年1月2日"
    assert [span[:2] for span in find_dates(text, 5)] == [(12, 21)]
    assert [span[:2] for span in find_dates(text, 0, 11)] == [(0, 11)]


def test_telephone_and_version_numbers_are_no_dates() -> None:
    assert DATE_IN_TEXT.search("电话0431-2022-10-255，版本1.2022.3") is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2022年10月25日", True),
        ("　　2022年10月25日　", True),
        ("二○二二年十月二十五日", True),
        ("２０２２－１０－２５", True),
        ("（2022年10月25日）", True),
        ("2022年10月", True),
        ("2022年10月25日 星期二", True),
        ("20251月1日", True),
        ("2022年2月30日", True),
        ("2022年10月25日召开会议", False),
        ("一、2022年10月25日", False),
        ("20221025", False),
        ("2022", False),
        ("示例区人民政府", False),
        ("", False),
    ],
)
def test_a_date_line_holds_nothing_else(line: str, expected: bool) -> None:
    assert is_date_line(line) is expected
