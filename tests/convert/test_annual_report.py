"""The statutory annual report: every printed number becomes an indicator, nothing else does, and broken identities are told."""

from decimal import Decimal

import pytest

from opendata.convert import Settings
from opendata.convert.annual_report import AnnualReport, Source, read_report
from opendata.convert.document import read_document
from opendata.model.codes import CODES
from tests.convert.annual_report_pages import balanced, disputes, own_initiative, page, requests

TRADITIONAL = str.maketrans(
    "规废现数决额业费万开县报关转国别类处办结总计续缴维纠审经诉济组织务体单达内执发复议构机",
    "規廢現數決額業費萬開縣報關轉國別類處辦結總計續繳維糾審經訴濟組織務體單達內執發復議構機",
)


def report(text: str) -> AnnualReport | None:
    return read_document("niandu.html", text.encode(), "0" * 64, Settings()).report


def whole(text: str) -> AnnualReport:
    found = report(text)
    assert found is not None
    return found


def values(found: AnnualReport) -> dict[tuple[str, str, str], Decimal]:
    return {(one.indicator, one.measure, one.applicant): one.value for one in found.values}


def rules(found: AnnualReport) -> list[str]:
    return [one.rule for one in found.findings]


def changed(row: int, column: int, printed: object) -> str:
    """Return the table of part 3 with other words in one cell."""
    return requests(lambda r, c: printed if (r, c) == (row, column) else balanced(r, c))


FULL = values(whole(page(own_initiative(), requests(), disputes())))


def test_each_printed_number_is_an_indicator() -> None:
    found = whole(page(own_initiative(), requests(), disputes()))
    assert (found.body, found.year, found.format, rules(found)) == ("柳汀县水利局", 2023, "2021", [])
    assert len(found.values) == len(values(found)) == 10 + 25 * 7 + 15
    assert {one.indicator for one in found.values} == set(CODES["indicator"])
    assert {one.applicant for one in found.values} == set(CODES["applicant"])
    assert {one.measure for one in found.values} == set(CODES["measure"])


def test_values_are_those_of_their_rows_and_columns() -> None:
    assert [FULL["normative_documents", measure, "total"] for measure in ("issued", "repealed", "in_force")] == [
        3,
        1,
        9,
    ]
    decided = [FULL[name, "decisions", "total"] for name in ("permits", "penalties", "coercive_measures")]
    assert decided == [12, 5, 1]
    outcomes = [code for code in CODES["indicator"] if code.startswith("outcome_")]
    for place, code in enumerate(["requests_new", "requests_carried_over", *outcomes, "requests_carried_forward"]):
        printed = [FULL[code, "count", applicant] for applicant in CODES["applicant"]]
        assert printed == [balanced(place, column) for column in range(7)]
    disputed = [code for code in CODES["indicator"] if code.startswith(("reconsideration", "litigation"))]
    assert [FULL[code, "count", "total"] for code in disputed] == [1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 2, 0, 0, 1, 3]


def test_amounts_are_multiplied_out_and_the_rest_counts_pieces() -> None:
    found = whole(page(own_initiative(), requests(), disputes()))
    (fee,) = [one for one in found.values if one.indicator == "fees"]
    assert (fee.value, fee.unit, fee.printed) == (25000, "元", "2.5")
    assert {one.unit for one in found.values if one is not fee} == {"件"}


@pytest.mark.parametrize(
    ("header", "printed", "value"),
    [
        ("（单位：万元）", "2.5元", "2.5"), ("（单位：元）", "2.5", "2.5"), ("", "3,200元", "3200"), ("", "0", "0"), ("", "2.5", None),
        ("（单位：万元）", "2.5件", None), ("（单位：万元）", "1,2.5", None), ("（单位：萬元）", "0.000001", "0.01"),
    ],
)  # fmt: skip
def test_an_amount_needs_a_unit(header: str, printed: str, value: str | None) -> None:
    table = own_initiative(others=(12, 5, 1, printed)).replace("（单位：万元）", header)
    found = whole(page(table, requests(), disputes()))
    assert values(found).get(("fees", "amount", "total")) == (None if value is None else Decimal(value))
    assert rules(found) == ([] if value is not None else ["report-value-unclear"])


def test_a_value_says_where_its_cell_stands() -> None:
    text = page(own_initiative(), requests(), disputes())
    document = read_document("niandu.html", text.encode(), "0" * 64, Settings())
    cells = {(cell.table_index, cell.row_index, cell.column_index): cell.text for cell in document.cells}
    assert document.report is not None
    for one in document.report.values:
        assert cells[one.table_index, one.row_index, one.column_index] == one.printed
        assert document.reading.text[one.start : one.end].strip() == one.printed


@pytest.mark.parametrize("printed", ["", "/", "—", "无", "&nbsp;"])
def test_a_cell_without_a_number_gives_no_row_and_no_finding(printed: str) -> None:
    found = whole(page(own_initiative(), changed(3, 2, printed), disputes()))
    assert values(found) == {
        key: one for key, one in FULL.items() if key != ("outcome_partly_granted", "count", "research_institution")
    }
    assert rules(found) == []


@pytest.mark.parametrize("printed", ["6 93", "3件2件", "约3", "-2", "1.5", "693665693665", "三件多"])
def test_a_cell_that_is_not_one_number_is_told_and_not_guessed(printed: str) -> None:
    found = whole(page(own_initiative(), changed(3, 2, printed), disputes()))
    assert ("outcome_partly_granted", "count", "research_institution") not in values(found)
    assert len(found.values) == 199
    assert [(one.rule, printed in one.found) for one in found.findings] == [("report-value-unclear", True)]


def test_a_number_that_spans_several_columns_belongs_to_none() -> None:
    row = "".join(f"<td>{balanced(5, column)}</td>" for column in range(7))
    table = requests().replace(row, "<td colspan=7>444444</td>", 1)
    assert table != requests()
    found = whole(page(own_initiative(), table, disputes()))
    assert len(found.values) == 193
    assert [one.found for one in found.findings] == ["2.其他法律行政法规禁止公开: 444444"]


@pytest.mark.parametrize("cut", [1, 9, 22])
def test_a_table_that_goes_on_behind_a_page_is_one_table(cut: int) -> None:
    found = whole(page(own_initiative(), requests(cut_after=cut), disputes()))
    assert values(found) == FULL
    assert rules(found) == []
    assert len({one.table_index for one in found.values}) == 4


def test_tables_stand_in_any_order_and_anywhere() -> None:
    assert values(whole(page(disputes(), own_initiative(), requests()))) == FULL


def test_all_tables_may_be_one() -> None:
    joined = (own_initiative() + requests() + disputes()).replace("</table><table border=1>", "")
    found = whole(page(joined))
    assert values(found) == FULL
    assert {one.table_index for one in found.values} == {0}


def test_labels_may_lose_numbers_and_have_other_words() -> None:
    text = page(own_initiative(), requests(), disputes())
    for old, new in (
        ("（七）总计", "合计"), ("<td>3.其他<", "<td>其它<"), ("“三安全一稳定”", "&quot;三安全一稳定&quot;"), ("一、本年", "一本年"),
        ("（一）予以公开", "(一) 予以 公开"), ("2.其他法律行政法规", "2.其他法律、行政法规"), ("<td>行政规范性文件<", "<td>规范性文件<"),
    ):  # fmt: skip
        assert old in text
        text = text.replace(old, new)
    assert values(whole(text)) == FULL


def test_traditional_characters_are_read_too() -> None:
    found = whole(page(own_initiative(), requests(), disputes()).translate(TRADITIONAL))
    assert values(found) == FULL
    assert found.body == "柳汀縣水利局"


def test_headers_whose_merged_cells_were_lost_are_read_by_the_prescribed_order() -> None:
    lost = disputes().replace(
        "<td colspan=5>行政复议</td><td colspan=10>行政诉讼</td>",
        "<td>行政复议</td><td>行政诉讼</td>" + "<td></td>" * 13,
    )
    assert lost != disputes()
    assert values(whole(page(own_initiative(), requests(), lost))) == FULL


def test_disputes_may_stand_one_below_the_other() -> None:
    names = "".join(f"<td>{name}</td>" for name in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计"))
    rows = (("行政复议", (1, 0, 0, 0, 1)), ("未经复议直接起诉", (0, 0, 1, 0, 1)), ("复议后起诉", (2, 0, 0, 1, 3)))
    lines = "".join(f"<tr><td>{name}</td>{''.join(f'<td>{one}</td>' for one in row)}</tr>" for name, row in rows)
    table = f"<table border=1><tr><td>类别</td>{names}</tr>{lines}</table>"
    assert values(whole(page(own_initiative(), requests(), table))) == FULL


def test_a_blank_form_gives_nothing() -> None:
    blank = [own_initiative([""] * 6, [""] * 4), requests(lambda row, column: ""), disputes([""] * 15)]
    found = whole(page(*blank))
    assert (found.values, found.findings) == ([], [])


def test_each_broken_identity_is_told_with_what_was_added() -> None:
    found = whole(page(own_initiative(), changed(0, 0, 231), disputes([1, 0, 2, 0, 4, *[0] * 10])))
    assert [one.rule for one in found.findings] == ["report-sum-differs"] * 3
    assert [one.found for one in found.findings] == [
        "自然人 一 + 二 = 三（七） + 四: 231 + 3 = 234 ≠ 231 + 2 = 233",
        "本年新收政府信息公开申请数量 总计: 231 + 230 + 230 + 230 + 230 + 230 = 1381 ≠ 1380",
        "行政复议：总计: 1 + 2 = 3 ≠ 4",
    ]


def test_the_outcomes_add_up_to_their_total() -> None:
    found = whole(page(own_initiative(), changed(22, 6, 127), disputes()))
    assert [one.found.split(":")[0] for one in found.findings] == ["总计 三（七）", "其他处理：其他 总计"]


@pytest.mark.parametrize(
    ("row", "checked"), [(0, {"三（七）"}), (5, {"一 + 二 = 三（七） + 四"}), (23, set()), (24, {"三（七）"})]
)
def test_nothing_is_added_up_where_a_number_is_missing(row: int, checked: set[str]) -> None:
    wrong = requests(lambda r, c: "" if r == row else 1 if r < 24 else 7)
    told = [one.found.split(":")[0] for one in whole(page(own_initiative(), wrong, disputes())).findings]
    assert {name.split(" ", 1)[1] for name in told if not name.endswith(" 总计")} == checked
    assert len([name for name in told if name.endswith(" 总计")]) == 24


def test_an_item_that_is_printed_twice_counts_once() -> None:
    again = own_initiative(others=(12, 6, 1, "2.5"))
    found = whole(page(own_initiative(), requests(), disputes(), again))
    assert values(found) == FULL
    assert [(one.rule, one.found) for one in found.findings] == [("report-value-repeated", "penalties total: 5 ≠ 6")]


def test_a_row_with_numbers_under_an_unknown_label_is_told() -> None:
    found = whole(page(own_initiative(), requests().replace("2.重复申请", "2.屡次申请"), disputes()))
    assert len(found.values) == 193
    assert [(one.rule, one.found) for one in found.findings] == [("report-label-unknown", "2.屡次申请")]


def test_a_column_with_numbers_under_an_unknown_label_is_told() -> None:
    found = whole(page(own_initiative(), requests().replace("科研<br>机构", "科研单位"), disputes()))
    assert len(found.values) == 175
    assert [(one.rule, one.found) for one in found.findings] == [("report-label-unknown", "法人或其他组织 > 科研单位")]


def test_numbers_without_tables_are_told() -> None:
    text = "二、上年结转政府信息公开申请数量0</p><p>"
    found = whole(page(f"<p>一、本年新收政府信息公开申请数量693665</p><p>{text}"))
    assert found.values == []
    assert [(one.rule, one.found) for one in found.findings] == [
        ("report-table-flattened", "本年新收政府信息公开申请数量693665")
    ]


@pytest.mark.parametrize("year", ["2014", "2018", "2020", "二〇一九"])
def test_a_report_of_another_year_is_told_and_not_forced(year: str) -> None:
    found = whole(page(own_initiative(), requests(), disputes(), title=f"柳汀县水利局{year}年政府信息公开工作年度报告"))
    assert (found.values, rules(found)) == ([], ["report-format-unsupported"])


@pytest.mark.parametrize("label", ["本年新公开数量", "上一年项目数量", "对外公开总数量", "主动公开政府信息数"])
def test_a_report_with_tables_of_another_format_is_told_and_not_forced(label: str) -> None:
    found = whole(page(own_initiative().replace("本年废止件数", label), requests(), disputes()))
    assert (found.values, rules(found)) == ([], ["report-format-unsupported"])


@pytest.mark.parametrize(
    ("title", "text", "day", "year"),
    [
        ("柳汀县水利局政府信息公开工作年度报告（2022年度）", "", "2024-01-18", 2022),
        ("柳汀县水利局二〇二二年政府信息公开工作报告", "", "2024-01-18", 2022),
        ("2022年度柳汀县水利局政府信息公开年报", "", "2024-01-18", 2022),
        ("柳汀县水利局政府信息公开工作年度报告", "数据统计期限为2022年1月1日至12月31日。", "2024-01-18", 2022),
        ("柳汀县水利局政府信息公开工作年度报告", "", "2024-01-18", 2023),
    ],
)
def test_the_year_is_that_of_the_title_else_of_the_text_else_the_one_before_the_date(
    title: str, text: str, day: str, year: int
) -> None:
    found = whole(page(own_initiative(), title=title, day=day).replace("全年公开", f"{text}全年公开"))
    assert (found.year, len(found.values)) == (year, 10)


def test_without_a_year_there_are_no_rows() -> None:
    found = whole(page(own_initiative(), title="柳汀县水利局政府信息公开工作年度报告", day="2024-07-18"))
    assert (found.values, rules(found)) == ([], ["report-year-missing"])


@pytest.mark.parametrize(
    ("title", "issuer", "publisher", "body"),
    [
        ("柳汀县水利局2023年政府信息公开工作年度报告", "柳汀县水利局", "柳汀县人民政府", "柳汀县水利局"),
        ("柳汀县水利局2023年政府信息公开工作年度报告", None, "柳汀县人民政府", "柳汀县水利局"),
        ("2023年柳汀县水利局关于政府信息公开工作年度报告", None, None, "柳汀县水利局"),
        ("柳汀县2023年政府信息公开工作年度报告", None, "柳汀县人民政府", "柳汀县人民政府"),
        ("2023年政府信息公开工作年度报告", None, None, None),
    ],
)
def test_whose_report_it_is(title: str, issuer: str | None, publisher: str | None, body: str | None) -> None:
    document = read_document("a.html", page(own_initiative()).encode(), "0" * 64, Settings())
    source = Source(title, "annual_report", "zh", issuer, publisher, None)
    found = read_report(source, document.reading.text, document.reading.tables)
    assert found is not None
    assert (found.body, len(found.values)) == (body, 10)


@pytest.mark.parametrize(
    "title",
    [
        "柳汀县水利局关于做好2023年政府信息公开工作年度报告的通知", "柳汀县水利局2023年工作报告", "柳汀县水利局2023年政府信息公开工作方案",
        "柳汀县水利局关于2023年政府信息公开工作年度报告的公告", "柳汀县政府信息公开指南",
    ],
)  # fmt: skip
def test_documents_of_other_kinds_give_no_indicators(title: str) -> None:
    assert report(page(own_initiative(), requests(), disputes(), title=title)) is None
