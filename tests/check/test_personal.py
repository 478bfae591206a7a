"""Personal numbers in text. Every number here is made up; check digits are computed for the test."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.check.personal import find_personal, mask

_WEIGHTS = [2 ** (17 - i) % 11 for i in range(17)]


def identity_card(region: str, born: date, sequence: int) -> str:
    """Build a number by the rule of GB 11643: weights are powers of two modulo 11."""
    body = f"{region}{born:%Y%m%d}{sequence:03d}"
    remainder = sum(int(c) * w for c, w in zip(body, _WEIGHTS, strict=True)) % 11
    return body + "10X98765432"[remainder]


def bank_card(body: str) -> str:
    return next(body + str(d) for d in range(10) if _luhn(body + str(d)))


def _luhn(number: str) -> bool:
    doubled = [int(c) * (1 + i % 2) for i, c in enumerate(reversed(number))]
    return sum(d // 10 + d % 10 for d in doubled) % 10 == 0


CARD = identity_card("220105", date(1990, 3, 7), 1)
BANK = bank_card("622700001234567890")

numbers = st.builds(
    identity_card,
    st.sampled_from(["110101", "220105", "310104", "440305", "500101", "650102"]),
    st.dates(date(1930, 1, 1), date(2020, 12, 31)),
    st.integers(0, 999),
)
chinese = st.text(alphabet="街道居民张某联系身份证为，。：；（）\n年月", max_size=40)


@pytest.mark.parametrize(
    ("text", "kind", "printed"),
    [
        (f"居民{CARD}申请", "identity_card", CARD),
        (f"证号：{CARD[:6]} {CARD[6:14]} {CARD[14:]}。", "identity_card", f"{CARD[:6]} {CARD[6:14]} {CARD[14:]}"),
        (f"证号{CARD[:6]}-{CARD[6:14]}-{CARD[14:]}", "identity_card", f"{CARD[:6]}-{CARD[6:14]}-{CARD[14:]}"),
        (f"张某 25 {CARD} 在册", "identity_card", CARD),
        ("身份证号：220105900307001", "identity_card", "220105900307001"),
        ("联系人张某13800001234。", "mobile_number", "13800001234"),
        ("电话：138 0000 1234", "mobile_number", "138 0000 1234"),
        ("电话：138-0000-1234", "mobile_number", "138-0000-1234"),
        ("电话+8613800001234", "mobile_number", "+8613800001234"),
        ("电话+86 138-0000-1234转", "mobile_number", "+86 138-0000-1234"),
        ("电话-13800001234", "mobile_number", "13800001234"),
        ("手机１３８００００１２３４", "mobile_number", "１３８００００１２３４"),
        (f"开户行某银行，卡号{BANK}", "bank_card", BANK),
        (f"银行卡：{' '.join(BANK[i : i + 4] for i in range(0, 19, 4))}", "bank_card", None),
    ],
)
def test_finds_personal_numbers(text: str, kind: str, printed: str | None) -> None:
    (finding,) = find_personal(text)
    assert finding.kind == kind
    assert printed is None or text[finding.start : finding.end] == printed


@pytest.mark.parametrize(
    "text",
    [
        "办公电话：0431-12345678，0431—87654321，热线12345",
        "索引号：11220105K093958767/2022-15502",
        "统一社会信用代码：11220105K093958767",
        "柳政发〔2019〕5号，2022年10月25日，2022-10-25 10:30:00",
        "流水号20221025123456789012",
        "合同编号HT13800001234",
        "设备编号2022-13800001234",
        "文件13800001234-2022",
        "总投资13800001234元，13800001234.50",
        "编号13800001234A",
        "12800001234",
        "220105900307001",
        f"条形码{BANK}",
        f"卡号{BANK[:-1]}{(int(BANK[-1]) + 1) % 10}",
        "220105199013070011",
        "",
    ],
)
def test_public_numbers_are_not_personal(text: str) -> None:
    assert find_personal(text) == []


def test_finds_several_in_order() -> None:
    text = f"张某，{CARD}，13800001234/13900005678，账号{BANK}"
    assert [finding.kind for finding in find_personal(text)] == [
        "identity_card",
        "mobile_number",
        "mobile_number",
        "bank_card",
    ]


@given(chinese, numbers, chinese)
def test_a_valid_card_is_found_wherever_it_stands(before: str, number: str, after: str) -> None:
    (finding,) = find_personal(before + number + after)
    assert (finding.kind, finding.start, finding.end) == ("identity_card", len(before), len(before) + 18)


@given(chinese, numbers, st.integers(1, 10))
def test_a_changed_check_digit_is_never_a_card(before: str, number: str, shift: int) -> None:
    digits = "0123456789X"
    changed = number[:17] + digits[(digits.index(number[17]) + shift) % 11]
    assert not any(f.kind == "identity_card" for f in find_personal(before + changed))


@given(chinese, st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), chinese)
def test_a_mobile_number_is_found_wherever_it_stands(before: str, number: str, after: str) -> None:
    text = before + number + after
    (finding,) = find_personal(text)
    assert text[finding.start : finding.end] == number


@given(st.text(alphabet="0123456789０１９Xx -+－/.年卡号身份证A", max_size=80))
def test_any_text_gives_ordered_disjoint_spans(text: str) -> None:
    end = 0
    for finding in find_personal(text):
        assert end <= finding.start < finding.end <= len(text)
        end = finding.end


@given(numbers)
def test_mask_keeps_seven_characters_at_most(number: str) -> None:
    masked = mask(number)
    assert (masked[:3], masked[-4:], len(masked)) == (number[:3], number[-4:], 18)
    assert set(masked[3:-4]) == {"*"}


def test_mask_folds_width_and_drops_separators() -> None:
    assert mask("１３８ ００００-１２３４") == "138****1234"
    assert mask("1234") == "****"


def test_a_finding_never_holds_the_number() -> None:
    assert CARD not in repr(find_personal(f"证号{CARD}"))


def test_a_real_report_holds_no_personal_number(shared: Path) -> None:
    text = (shared / "corpus/seed/erdao-2022-15502.txt").read_text(encoding="utf-8")
    assert find_personal(text) == []
