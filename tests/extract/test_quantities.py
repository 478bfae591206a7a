"""Quantities in running text: what is one, what is none, and how it is read. All samples are invented."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.extract.quantities import Quantity, find_quantities


def one(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


READINGS = [
    # text, value, value_max, unit, code, qualifier, printed
    ("走访居民35户。", "35", None, "户", "C62", None, "35户"),
    ("受理来信１２３件。", "123", None, "件", "C62", None, "１２３件"),
    ("发放传单1,234份。", "1234", None, "份", "C62", None, "1,234份"),
    ("拨付资金1，200元。", "1200", None, "元", "CNY", None, "1，200元"),
    ("总分95分。", "95", None, "分", None, None, "95分"),
    ("参加群众3.5万人。", "35000", None, "人", "C62", None, "3.5万人"),
    ("投入资金12.5万元。", "125000", None, "元", "CNY", None, "12.5万元"),
    ("总产值2万亿元。", "2000000000000", None, "元", "CNY", None, "2万亿元"),
    ("发放补贴3千万元。", "30000000", None, "元", "CNY", None, "3千万元"),
    ("巡逻里程1亿多公里。", "100000000", None, "公里", "KMT", "over", "1亿多公里"),
    ("惠及群众3万余人。", "30000", None, "人", "C62", "over", "3万余人"),
    ("惠及群众300多人。", "300", None, "人", "C62", "over", "300多人"),
    ("节约资金20余万元。", "200000", None, "元", "CNY", "over", "20余万元"),
    ("覆盖面积约4.2平方公里。", "4.2", None, "平方公里", "KMK", "about", "约4.2平方公里"),
    ("清运垃圾近80吨。", "80", None, "吨", "TNE", "nearly", "近80吨"),
    ("接待群众超过500人次。", "500", None, "人次", "C62", "over", "超过500人次"),
    ("每季度检查不少于4次。", "4", None, "次", "C62", "at_least", "不少于4次"),
    ("补助金额不超过15万元。", "150000", None, "元", "CNY", "at_most", "不超过15万元"),
    ("参会代表50名以上。", "50", None, "名", "C62", "at_least", "50名以上"),
    ("贷款额度500万元及以下。", "5000000", None, "元", "CNY", "at_most", "500万元及以下"),
    ("建成站点10个左右。", "10", None, "个", "C62", "about", "10个左右"),
    ("绿化率达到36.5%。", "36.5", None, "%", "P1", None, "36.5%"),
    ("绿化率达到36％。", "36", None, "%", "P1", None, "36％"),
    ("自然增长率为3.2‰。", "3.2", None, "‰", "NX", None, "3.2‰"),
    ("收入增长-5.2%。", "-5.2", None, "%", "P1", None, "-5.2%"),
    ("提高3个百分点。", "3", None, "百分点", None, None, "3个百分点"),
    ("每班3-5人。", "3", "5", "人", "C62", None, "3-5人"),
    ("每班3至5人。", "3", "5", "人", "C62", None, "3至5人"),
    ("每班3～5人。", "3", "5", "人", "C62", None, "3～5人"),
    ("每班3—5人左右。", "3", "5", "人", "C62", "about", "3—5人左右"),
    ("占比10%—20%。", "10", "20", "%", "P1", None, "10%—20%"),
    ("投资3万元至5万元。", "30000", "50000", "元", "CNY", None, "3万元至5万元"),
    ("投资3万至5万元。", "30000", "50000", "元", "CNY", None, "3万至5万元"),
    ("处五十元以上二百元以下罚款。", "50", "200", "元", "CNY", None, "五十元以上二百元以下"),
    ("处5日以上10日以下拘留。", "5", "10", "日", "DAY", None, "5日以上10日以下"),
    ("新设摊位三十五个。", "35", None, "个", "C62", None, "三十五个"),
    ("罚款二千元。", "2000", None, "元", "CNY", None, "二千元"),
    ("实行二十四小时值守。", "24", None, "小时", "HUR", None, "二十四小时"),
    ("在十五日内答复。", "15", None, "日", "DAY", "at_most", "十五日内"),
    ("在三日内答复。", "3", None, "日", "DAY", "at_most", "三日内"),
    ("从业五年以上的人。", "5", None, "年", "ANN", "at_least", "五年以上"),
    ("在六个月内办结。", "6", None, "个月", "MON", "at_most", "六个月内"),
    ("比例不低于百分之三十。", "30", None, "%", "P1", "at_least", "不低于百分之三十"),
    ("损耗为千分之三点五。", "3.5", None, "‰", "NX", None, "千分之三点五"),
    ("编制三十至五十人。", "30", "50", "人", "C62", None, "三十至五十人"),
    ("在20个工作日内公开。", "20", None, "工作日", "DAY", "at_most", "20个工作日内"),
    ("有效期5年。", "5", None, "年", "ANN", None, "5年"),
    ("装机50万千瓦。", "500000", None, "千瓦", "KWT", None, "50万千瓦"),
    ("产能800万吨/年。", "8000000", None, "吨/年", None, None, "800万吨/年"),
    ("单价25.5元/吨。", "25.5", None, "元/吨", None, None, "25.5元/吨"),
    ("噪声超过60分贝。", "60", None, "分贝", "2N", "over", "超过60分贝"),
    ("全长 12 公里。", "12", None, "公里", "KMT", None, "12 公里"),
    ("常住人口达到3.5万。", "35000", None, None, None, None, "3.5万"),
]


@pytest.mark.parametrize(("text", "value", "value_max", "unit", "code", "qualifier", "printed"), READINGS)
def test_reads_number_unit_and_qualifier(
    text: str, value: str, value_max: str | None, unit: str, code: str, qualifier: str | None, printed: str
) -> None:
    quantity = one(text)
    assert (quantity.value, quantity.value_max) == (Decimal(value), Decimal(value_max) if value_max else None)
    assert (quantity.unit, quantity.unit_code, quantity.qualifier) == (unit, code, qualifier)
    assert quantity.printed == printed == text[quantity.start : quantity.end]


@pytest.mark.parametrize(
    "text",
    [
        "2022年10月25日印发",
        "自5月起施行，10月15日结束",
        "2019年以来持续改进",
        "2018—2020年行动方案",
        "柳河政发〔2019〕5号",
        "第11次常务会议",
        "第 11 次常务会议",
        "第三条、第三十一条规定",
        "违反第3、4项和第三十、三十一条的",
        "1. 加强领导。2．落实责任。（1）项目管理",
        "电话：0431-12345678，热线12345",
        "索引号11220105K093958767/2022-15502",
        "编号A15件",
        "升级到V2.0版",
        "党的十九届六中全会",
        "增强四个意识、做到两个维护，这是一项任务",
        "二〇二二年十月二十五日",
        "十月十五日内部会议",
        "上午8时30分开会",
        "三分之二以上同意，约占2/3以上",
        "数十万元、几十个村、十几个组",
        "万众一心，千方百计，百万青年，十一期间",
        "7×24小时值守",
        "面积1 200亩",
        "实行8人制比赛",
        "2 项目概况",
        "1人民政府",
        "附近村民、12345 政务服务",
        "示例网址item/%E5%B7%A5%E7%A8%8B",
        "",
    ],
)
def test_dates_numbers_ordinals_and_idioms_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("截至目前共开展消防演练8次。", "开展消防演练"),
        ("全年累计受理申请120件。", "受理申请"),
        ("受理申请共计120件。", "受理申请"),
        ("2023年新增公园绿地达到5公顷。", "新增公园绿地"),
        ("其中，主城区3家。", "主城区"),
        ("整改措施（共23项）", "整改措施"),
        ("总面积：300平方公里", "总面积"),
        ("组织共青团员15名", "组织共青团员"),
        ("共青团员15名", "共青团员"),
        ("查处违法行为6起", "查处违法行为"),
        ("报纸、电台、网站等38次", "网站等"),
        ("共15次。", None),
        ("15次。", None),
    ],
)
def test_subject_is_what_stands_before_without_connectives(text: str, subject: str | None) -> None:
    assert one(text).subject == subject


def test_subject_stays_between_quantities_and_within_twenty_characters() -> None:
    first, second = find_quantities("老旧小区改造涉及的全部住宅楼栋以及配套的公共停车设施合并计算12处惠及居民500户")
    assert first.subject is not None
    assert len(first.subject) <= 20
    assert second.subject == "惠及居民"


def test_a_bound_away_from_the_number_is_kept() -> None:
    assert one("预付款按不低于合同金额的30%拨付").qualifier == "at_least"


def test_a_heading_number_does_not_make_a_decimal() -> None:
    quantity = one("总体情况\n3.12个社区完成改造")
    assert (quantity.value, quantity.printed) == (Decimal(12), "12个")


def test_last_years_are_no_approximation() -> None:
    assert one("近3年来持续增长").qualifier is None


def test_total_names_its_parts() -> None:
    text = "刊发稿件76篇次，其中，省级报纸11次，市级电台、电视台等25次，网站40次，制作展板9块。"
    found = find_quantities(text)
    assert [q.printed for q in found] == ["76篇次", "11次", "25次", "40次", "9块"]
    assert found[0].total_of == ["1", "2", "3"]
    assert all(q.total_of is None for q in found[1:])


def test_total_steps_over_shares_and_parts_of_parts() -> None:
    text = "受理300件，其中：甲类100件，占33.3%（其中线上40件，线下60件），乙类200件，占66.7%。"
    found = find_quantities(text)
    assert found[0].total_of == ["1", "5"]
    assert found[1].total_of == ["3", "4"]


@pytest.mark.parametrize(
    "text",
    [
        "受理77件，其中甲类30件，乙类46件。",
        "受理76件，其中甲类30件。乙类46件，丙类30件。",
        "受理76件，甲类30件，乙类46件。",
        "受理约76件，其中甲类30件，乙类46件。",
        "受理76件，其中甲类76件。",
    ],
)
def test_no_total_without_marker_sentence_and_exact_sum(text: str) -> None:
    assert all(quantity.total_of is None for quantity in find_quantities(text))


def test_what_decimal128_cannot_hold_has_no_value() -> None:
    assert one(f"合计{'9' * 33}元").value is None
    assert one("厚度0.1234567米").value is None
    assert one(f"合计{'9' * 32}元").value == Decimal("9" * 32)


def test_span_limits_the_search_and_offsets_stay_those_of_the_text() -> None:
    text = "甲组3次，乙组4次，丙组5次"
    (quantity,) = find_quantities(text, 5, 9)
    assert quantity.printed == "4次" == text[quantity.start : quantity.end]


@given(
    st.text(
        alphabet="0123456789０９.,，。、（)第年月日号万亿千百十一二三两%次个件人元以上下内至-—～ 共约近\n甲乙",
        max_size=60,
    )
)
def test_any_text_gives_ordered_disjoint_exact_spans(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.end
        assert quantity.printed == text[quantity.start : quantity.end]
        assert quantity.value_max is None or (quantity.value is not None and quantity.value_max > quantity.value)
        assert quantity.subject is None or 0 < len(quantity.subject) <= 20
        end = quantity.end


@given(st.integers(min_value=1, max_value=10**15), st.sampled_from(["件", "人", "户", "元", "公里", "项"]))
def test_any_whole_number_reads_back(number: int, unit: str) -> None:
    assert one(f"统计结果为{number}{unit}。").value == number
    assert one(f"统计结果为{number:,}{unit}。").value == number


@given(st.lists(st.integers(min_value=1, max_value=10**6), min_size=2, max_size=8))
def test_any_exact_sum_is_a_total(parts: list[int]) -> None:
    text = f"办理{sum(parts)}件，其中" + "，".join(f"街道{part}件" for part in parts) + "。"
    assert find_quantities(text)[0].total_of == [str(i + 1) for i in range(len(parts))]


def test_a_real_report_gives_exactly_its_quantities(shared: Path) -> None:
    text = (shared / "corpus/seed/erdao-2022-15502.txt").read_text(encoding="utf-8")
    found = find_quantities(text)
    printed = ["11次", "24小时", "191篇次", "26次", "15次", "38次", "112次", "47条", "36条"]
    assert [quantity.printed for quantity in found] == printed
    assert found[2].total_of == ["3", "4", "5", "6"]
    assert found[0].subject == "开展理论学习"


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit", "code", "qualifier", "subject"),
    [
        ("新建供水點23處。", "23處", "23", "处", "C62", None, "新建供水點"),
        ("總投資540萬元。", "540萬元", "5400000", "元", "CNY", None, "總投資"),
        ("惠及居民約3000戶。", "約3000戶", "3000", "户", "C62", "about", "惠及居民"),
        ("覆蓋1.2萬餘人。", "1.2萬餘人", "12000", "人", "C62", "over", "覆蓋"),
        ("計劃投入1260萬元。", "1260萬元", "12600000", "元", "CNY", None, "計劃投入"),
        ("清理廢棄船隻39艘。", "39艘", "39", "艘", "C62", None, "清理廢棄船隻"),
        ("放養羊羔60隻。", "60隻", "60", "只", "C62", None, "放養羊羔"),
        ("總額3.5億元。", "3.5億元", "350000000", "元", "CNY", None, "總額"),
        ("養護林地兩千公頃。", "兩千公頃", "2000", "公顷", "HAR", None, "養護林地"),
        ("條款不少於5條。", "不少於5條", "5", "条", "C62", "at_least", "條款"),
        ("累計清運垃圾480噸。", "480噸", "480", "吨", "TNE", None, "清運垃圾"),
        ("應當在十五日內答覆。", "十五日內", "15", "日", "DAY", "at_most", None),
        ("百分之三十五的農戶", "百分之三十五", "35", "%", "P1", None, None),
    ],
)
def test_traditional_characters_read_alike_and_stay_as_printed(
    text: str, printed: str, value: str, unit: str, code: str, qualifier: str | None, subject: str | None
) -> None:
    found = one(text)
    assert (found.printed, found.value, found.unit) == (printed, Decimal(value), unit)
    assert (found.unit_code, found.qualifier, found.subject) == (code, qualifier, subject)


@pytest.mark.parametrize("text", ["第23條規定", "2023年", "三個代表", "項目3號", "第二十三條、第三十條", "附近鄉鎮"])
def test_traditional_characters_make_no_quantity_of_what_is_none(text: str) -> None:
    assert find_quantities(text) == []


def test_a_sentence_that_begins_with_qizhong_says_the_parts_of_the_total_before_it() -> None:
    found = find_quantities("落实资金4680万元。其中，管网2150万元、水厂2250万元、水源280万元。另有3处。")
    assert found[0].total_of == ["1", "2", "3"]
    shared = find_quantities("受理300件，占90%。其中，甲类100件，乙类200件。")
    assert shared[0].total_of == ["2", "3"]


@pytest.mark.parametrize("text", ["受理76件。甲类30件，其中乙类46件。", "受理76件。\n其中，甲类30件。\n乙类46件。"])
def test_other_sentences_say_no_parts(text: str) -> None:
    assert all(quantity.total_of is None for quantity in find_quantities(text))


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("覆盖青桥、柳河、石鹭三个镇37个村。", "覆盖青桥、柳河、石鹭三个镇"),
        ("供水范围覆盖青桥、柳河、石鹭三个镇的37个村。", "供水范围覆盖青桥、柳河、石鹭三个镇"),
        ("青桥、石鹭三个镇37个村。", "三个镇"),
        ("长长长长长长长长长长长长长长长镇、柳河、石鹭三个镇37个村。", "三个镇"),
        ("报纸、电台、网站等38次", "网站等"),
    ],
)
def test_subject_holds_the_whole_list_that_a_numeral_counts_or_none_of_it(text: str, subject: str) -> None:
    assert one(text).subject == subject
