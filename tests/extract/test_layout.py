# ruff: noqa: E501 - samples are shown on one line
"""Which piece of a text is title, number, addressee, body, signature, note, attachment, copy list or boilerplate."""

import pytest

from opendata.extract.header import find_header
from opendata.extract.layout import Layout, find_layout
from opendata.extract.outline import find_outline
from opendata.extract.pieces import body_regions, complete
from opendata.read.reading import Reading

TITLE = "槐浦县水务局关于做好蓄水保水工作的通知"
HEADER = f"索引号：HPX-03-2024-0009\n发文机关：槐浦县水务局\n标题：{TITLE}\n发布日期：2024-09-02\n"
BODY = "　　入秋以来降雨偏少，各水库蓄水不足六成，现就蓄水保水工作通知如下。\n　　一、早蓄多蓄\n　　关闸蓄水，非必要不放水。\n"


def layout_of(text: str) -> Layout:
    """Return the layout of a text with whatever header it prints."""
    header = find_header(text)
    title = next((pair.value for pair in header.pairs if pair.field == "title"), None)
    return find_layout(Reading(text), header, title)


def pieces(text: str) -> list[tuple[str, str]]:
    """Return kind and words of every piece, with the gaps filled."""
    layout = layout_of(text)
    spans, _ = complete(text, layout, [], [])
    assert [start for _, start, _ in spans] == [0, *(end for _, _, end in spans)][:-1]
    assert spans[-1][2] == len(text)
    return [(kind, text[start:end].strip(" \n\u3000\u00a0")) for kind, start, end in spans]


def only(text: str, kind: str) -> list[str]:
    """Return the words of all pieces of a kind."""
    return [words for found, words in pieces(text) if found == kind]


LETTER = (
    "登录 | 注册\n首页  >  政务公开  >  县水务局\n"
    + HEADER
    + f"\n{TITLE}\n槐水发〔2024〕17号\n\n各水库管理所：\n"
    + BODY
    + "　　附件：1．蓄水计划表\n　　　　　2．值班表\n\n"
    "　　　　　　槐浦县水务局\n　　　　　　2024年8月30日\n　　（此件公开发布）\n抄送：县应急管理局。\n【打印本页】【关闭窗口】\n主办：槐浦县人民政府办公室\n"
)


def test_every_piece_of_a_letter_is_named() -> None:
    assert pieces(LETTER) == [
        ("boilerplate", "登录 | 注册"),
        ("breadcrumb", "首页  >  政务公开  >  县水务局"),
        ("header", HEADER.strip()),
        ("title", TITLE),
        ("number", "槐水发〔2024〕17号"),
        ("addressee", "各水库管理所："),
        ("body", BODY.strip()),
        ("attachment", "附件：1．蓄水计划表"),
        ("attachment", "2．值班表"),
        ("signature", "槐浦县水务局\n　　　　　　2024年8月30日"),
        ("note", "（此件公开发布）"),
        ("copy_list", "抄送：县应急管理局。"),
        ("boilerplate", "【打印本页】【关闭窗口】"),
        ("boilerplate", "主办：槐浦县人民政府办公室"),
    ]


def test_what_the_pieces_say_is_read() -> None:
    layout = layout_of(LETTER)
    assert layout.crumbs == ["首页", "政务公开", "县水务局"]
    assert (layout.number, layout.addressee) == ("槐水发〔2024〕17号", "各水库管理所")
    assert (layout.signatories, str(layout.signed_date)) == (["槐浦县水务局"], "2024-08-30")
    assert [title for title, _, _ in layout.attachments] == ["蓄水计划表", "值班表"]


@pytest.mark.parametrize(
    ("signature", "names", "day"),
    [
        ("槐浦县水务局\n2024年8月30日", ["槐浦县水务局"], "2024-08-30"),
        ("槐浦县水务局　　二〇二四年八月三十日", ["槐浦县水务局"], "2024-08-30"),
        ("槐浦县水务局\n槐浦县财政局\n2024年8月30日", ["槐浦县水务局", "槐浦县财政局"], "2024-08-30"),
        ("槐浦县水务局　槐浦县财政局\n2024年8月30日", ["槐浦县水务局", "槐浦县财政局"], "2024-08-30"),
        ("槐浦县水务局 &sp;  \n2024年8月30日", ["槐浦县水务局"], "2024-08-30"),
        ("槐浦县水务局", ["槐浦县水务局"], None),
        ("县长　程一舟\n2024年8月30日", [], "2024-08-30"),
        ("2024年8月30日", [], "2024-08-30"),
    ],
)
def test_signatures(signature: str, names: list[str], day: str | None) -> None:
    text = HEADER + TITLE + "\n各水库管理所：\n" + BODY + signature + "\n（此件公开发布）\n"
    layout = layout_of(text)
    assert (layout.signatories, layout.signed_date and layout.signed_date.isoformat()) == (names, day)
    assert only(text, "signature") == [signature]
    assert only(text, "body") == [BODY.strip()]


def test_a_date_in_the_body_signs_nothing() -> None:
    text = HEADER + TITLE + "\n" + BODY + "　　2024年8月30日\n　　前报送进度，逾期通报。\n槐浦县水务局\n2024年9月1日"
    assert str(layout_of(text).signed_date) == "2024-09-01"


def test_the_title_may_be_broken_over_lines() -> None:
    text = HEADER + "槐浦县水务局关于做好\n蓄水保水工作的通知\n各水库管理所：\n" + BODY
    assert only(text, "title") == ["槐浦县水务局关于做好\n蓄水保水工作的通知"]


@pytest.mark.parametrize(
    ("heading", "mark"),
    [
        ("槐浦县蓄水保水实施方案", []),
        ("槐浦县秋季蓄水\n实施方案", []),
        ("附件\n蓄水计划", ["附件"]),
        ("附件1\n\n蓄水计划", ["附件1"]),
    ],
)
def test_what_is_issued_with_a_letter_is_text(heading: str, mark: list[str]) -> None:
    annex = (
        heading
        + "\n　　为落实蓄水任务，制定本方案。\n　　一、总体目标\n　　九月底前蓄水达到八成，确保明年春灌用水，做到早部署、早落实、早见效，把责任压到每一座水库、每一个班组、每一个人。"
    )
    text = HEADER + TITLE + "\n各水库管理所：\n" + BODY + "槐浦县水务局\n2024年8月30日\n" + annex
    assert only(text, "attachment") == mark
    assert only(text, "body") == [BODY.strip(), annex.removeprefix("".join(mark)).strip()]


def test_an_annex_closes_with_its_own_list_and_the_copy_list() -> None:
    annex = "槐浦县蓄水保水实施方案\n　　为落实蓄水任务，制定本方案。九月底前蓄水达到八成，确保明年春灌用水，责任压实到每一座水库。\n"
    text = (
        HEADER
        + TITLE
        + "\n"
        + BODY
        + "槐浦县水务局\n2024年8月30日\n"
        + annex
        + "附件：1．任务表\n　　　2．点位表\n抄送：县委办。"
    )
    assert [title for title, _, _ in layout_of(text).attachments] == ["任务表", "点位表"]
    assert pieces(text)[-1] == ("copy_list", "抄送：县委办。")


def test_an_order_stands_above_what_it_issues() -> None:
    header = "索引号：HPX-01-2024-0001\n标题：槐浦县水库管理办法\n发布日期：2024-09-02\n"
    order = "槐浦县人民政府令\n第7号\n《槐浦县水库管理办法》已经县政府常务会议通过，现予公布，自2024年10月1日起施行。\n县长　程一舟\n2024年8月30日\n"
    text = (
        header + order + "槐浦县水库管理办法\n第一条　为了保护水库，制定本办法。\n第二条　本办法自2024年10月1日起施行。"
    )
    assert [kind for kind, _ in pieces(text)] == ["header", "number", "body", "signature", "title", "body"]
    layout = layout_of(text)
    assert (layout.number, layout.signatories) == ("槐浦县人民政府令第7号", [])
    assert str(layout.signed_date) == "2024-08-30"


def test_the_text_may_follow_the_header_on_its_line() -> None:
    text = (
        f"[索引号] HPX-03-2024-0009 [发文机关] 槐浦县水务局 [发布日期] 2024-09-02 [标题] {TITLE} [公开方式] 主动公开 各水库管理所： "
        "入秋以来降雨偏少，各水库蓄水不足六成。 一、早蓄多蓄 关闸蓄水，非必要不放水，每一方水都要留给明年的春灌和群众的饮用。 "
        "二、加强值守 各所昼夜值班，不得脱岗，交接班要有记录，遇到险情先处置后报告，不得迟报、漏报、瞒报。"
    )
    layout = layout_of(text)
    assert layout.addressee == "各水库管理所"
    assert text[layout.body_start :].startswith("入秋以来")
    sections = find_outline(text, body_regions(layout, []))
    assert [(section.marker, section.heading) for section in sections] == [("一、", "早蓄多蓄"), ("二、", "加强值守")]


def test_a_header_below_the_text_leaves_the_text_its_body() -> None:
    text = f"{TITLE}\n各水库管理所：\n{BODY}槐浦县水务局\n2024年8月30日\n\n{HEADER}"
    kinds = [kind for kind, _ in pieces(text)]
    assert kinds == ["title", "addressee", "body", "signature", "header"]


@pytest.mark.parametrize(
    "line", ["各水库管理所：", "县财政局：", "各乡镇人民政府，县直各单位：", "沈雨生代表：", "各中心校，\n县直各学校："]
)
def test_addressees(line: str) -> None:
    assert only(HEADER + TITLE + "\n" + line + "\n" + BODY, "addressee") == [line]


@pytest.mark.parametrize("line", ["现将有关事项通知如下：", "具体要求：", "会议强调：", "主要内容包括："])
def test_lines_that_address_nobody(line: str) -> None:
    assert only(HEADER + TITLE + "\n" + line + "\n" + BODY, "addressee") == []


def test_unknown_words_below_the_signature_are_not_hidden() -> None:
    text = HEADER + TITLE + "\n" + BODY + "槐浦县水务局\n2024年8月30日\n青山绿水在等你"
    assert only(text, "other") == ["青山绿水在等你"]


def test_the_line_right_above_the_outline_is_the_title_whatever_it_ends_with() -> None:
    layout = layout_of(
        "首页 > 政务公开 > 机构概况\n\n槐浦县水务局机构职能\n\n一、主要职责\n　　管水。\n二、内设机构\n　　办公室。\n"
    )
    assert (layout.title, layout.title_origin) == ("槐浦县水务局机构职能", "text")


@pytest.mark.parametrize(
    "text",
    [
        "现将有关事项告知如下：\n一、主要职责\n　　管水。\n",
        "槐浦县水务局机构职能\n管水、护水、节水。\n一、主要职责\n　　管水。\n",
        "2024年9月2日\n一、主要职责\n　　管水。\n",
        "槐浦县水务局机构职能\n二、内设机构\n　　办公室。\n",
    ],
)
def test_other_lines_above_an_outline_are_no_title(text: str) -> None:
    assert layout_of(text).title is None


def test_the_foot_of_a_page_is_boilerplate_to_its_end() -> None:
    foot = "分享到：微信 微博\n相关信息\n关于护林防火的通知 2024-03-02\n槐浦县人民政府办公室主办\n"
    text = HEADER + TITLE + "\n各水库管理所：\n" + BODY + "附件：1.蓄水表\n槐浦县水务局\n2024年8月30日\n" + foot
    assert only(text, "attachment") == ["附件：1.蓄水表"]
    assert "".join(only(text, "boilerplate")).endswith("主办")
    assert only(text, "body") == [BODY.strip()]


def test_what_stands_above_the_breadcrumb_is_the_pages() -> None:
    text = "多云 18℃\n县情概况\n统计公报\n当前位置：首页 > 公告\n" + TITLE + "\n各水库管理所：\n" + BODY
    assert only(text, "boilerplate") == ["多云 18℃", "县情概况", "统计公报"]
    assert layout_of(text).title == TITLE


def test_the_signs_of_a_title_and_its_second_line_are_found() -> None:
    text = "槐浦县人民政府关于表彰蓄水\n先进集体的决定\n各水库管理所：\n" + BODY
    assert layout_of(text).title == "槐浦县人民政府关于表彰蓄水先进集体的决定"
    assert only(HEADER + TITLE + "[1]\n各水库管理所：\n" + BODY, "title") == [TITLE + "[1]"]


def test_fields_below_a_short_text_leave_the_text_above_them() -> None:
    text = "某省政府任免通知\n任命：\n甲为某厅副厅长；\n乙为某局总统计师；\n免去：\n丙的某厅副厅长职务。\n\n索引号：A-1\n文号：某政任〔2014〕26号\n发布单位：某省人民政府\n"
    assert "".join(only(text, "body")).startswith("任命：")


LETTERED = HEADER + TITLE + "\n各水库管理所：\n" + BODY + "槐浦县水务局\n2024年8月30日\n"


def test_names_of_files_below_the_text_are_attachments() -> None:
    text = LETTERED + "（此件公开发布）\n附件下载\n蓄水表.doc\n名单.xls\n相关解读\n某解读\n"
    assert [title for title, _, _ in layout_of(text).attachments] == ["蓄水表.doc", "名单.xls"]
    assert only(text, "attachment") == ["附件下载", "蓄水表.doc", "名单.xls"]
    text = HEADER + TITLE + "\n" + BODY + "见 www.hpx.example.cn/a。\n下载 a.doc 后填写。\n"
    assert layout_of(text).attachments == []


def test_a_title_that_is_printed_again_above_the_text_is_title() -> None:
    header = "标题：槐浦县水务局行政处罚决定书（槐水罚字〔2024〕4号）\n索引号：A-1\n"
    again = "槐浦县水务局\n行政处罚决定书\n槐水罚字〔2024〕4号\n当事人：某公司\n你公司取水未经许可，现决定罚款。\n"
    text = header + "槐浦县水务局行政处罚决定书（槐水罚字〔2024〕4号）\n" + again
    assert only(text, "title")[1:] == ["槐浦县水务局\n行政处罚决定书"]
    assert only(text, "number") == ["槐水罚字〔2024〕4号"]
    assert only(text, "body")[0].startswith("当事人")
    assert only(HEADER + TITLE + "\n槐浦县水务局\n" + BODY, "title") == [TITLE]


def test_buttons_at_the_end_of_the_headers_line_are_the_pages() -> None:
    line = "发布时间：2024-09-02  来源：槐浦县水务局  "
    assert "【字体：大 中 小】 打印" in only(
        HEADER + TITLE + "\n" + line + "【字体：大 中 小】 打印\n" + BODY, "boilerplate"
    )
    assert only(HEADER + TITLE + "\n" + line + "浏览次数：7\n" + BODY, "boilerplate") == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (f"2024/9/3 14:27      {TITLE}-槐浦县人民政府", "boilerplate"),
        (f"关于{TITLE}", "other"),
    ],
)
def test_the_line_that_browsers_print_above_a_page_is_the_pages(line: str, kind: str) -> None:
    assert pieces(line + "\n\n" + HEADER + TITLE + "\n" + BODY)[0] == (kind, line)


def test_the_number_of_an_order_may_stand_alone_below_its_title() -> None:
    text = "槐浦县秋季防火令\n第1号\n为预防火灾，发布命令如下。\n"
    assert only("标题：槐浦县秋季防火令\n索引号：A-1\n" + text, "number") == ["第1号"]
    assert only(HEADER + TITLE + "\n第1号\n" + BODY, "number") == []
