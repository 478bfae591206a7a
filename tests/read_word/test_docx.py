"""Word's OOXML: what prints and what does not, tables, links, notes and limits, in files built by code."""

import random

import pytest

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.docx import read_docx
from opendata.read.reading import Reading
from opendata.read.word_kind import word_kind
from tests.read_word.doc_samples import ole
from tests.read_word.docx_samples import NAMES, cell, docx, field, p, r, table, zipped

LIMITS = Limits()
BREAK, TAB = "<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>"
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="own"/><w:basedOn w:val="H"/></w:style>'
)


def read(body: str, **parts: str) -> Reading:
    return read_docx(docx(body, **parts), LIMITS)


def rule_of(data: bytes, limits: Limits = LIMITS) -> str | None:
    word_kind(data)
    try:
        read_docx(data, limits)
    except Unreadable as refused:
        return refused.rule
    return None


def test_paragraphs_are_lines_and_empty_ones_a_gap() -> None:
    assert (
        read(p() + p("海棠市示范办法") + p() + p("\u200b") + p("第一条　示范。")).text
        == "海棠市示范办法\n\n第一条　示范。"
    )


def test_tabs_breaks_and_hyphens_print_as_on_paper() -> None:
    hyphens = "<w:r><w:noBreakHyphen/><w:softHyphen/></w:r>"
    assert read(p("甲", TAB, "乙", BREAK, "丙", hyphens, "丁\u00ad戊")).text == "甲 乙\n丙-丁戊"


def test_deleted_hidden_and_moved_text_does_not_print_and_insertions_do() -> None:
    change = 'w:id="1" w:author="a"'
    body = p(
        "甲",
        f"<w:del {change}><w:r><w:delText>删</w:delText></w:r></w:del>",
        f"<w:ins {change}>{r('增')}</w:ins>",
        f"<w:moveFrom {change}>{r('移出')}</w:moveFrom>",
        f"<w:moveTo {change}>{r('移入')}</w:moveTo>",
        r("隐藏", "<w:vanish/>"),
        r("可见", '<w:vanish w:val="0"/>'),
    )
    assert read(body).text == "甲增移入可见"


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    assert read(p("前半", extra='<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>') + p("后半")).text == "前半后半"


def test_results_of_fields_print_and_their_codes_do_not() -> None:
    nested = field(' IF "x" = "y" ', "真") + field(" PAGEREF _Toc1 ", "12")
    assert read(p("第", nested, "页")).text == "第真12页"


def test_fields_that_never_close_keep_their_text() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    assert read(p("甲", begin) + p("正文仍在")).text == "甲\n正文仍在"


def test_links_by_relation_and_by_field() -> None:
    body = p(
        "见",
        f'<w:hyperlink r:id="h1">{r("公")}{r("告")}</w:hyperlink>',
        "及",
        field(' HYPERLINK "https://b.example/" ', "附件"),
    )
    reading = read_docx(docx(body, links={"h1": "https://a.example/"}), LIMITS)
    assert reading.text == "见公告及附件"
    assert [(reading.text[link.start : link.end], link.href) for link in reading.links] == [
        ("公告", "https://a.example/"),
        ("附件", "https://b.example/"),
    ]


def test_a_data_table_has_a_grid_with_spans() -> None:
    body = p("表前") + table(
        [cell("项目", properties='<w:vMerge w:val="restart"/>'), cell("数量", properties='<w:gridSpan w:val="2"/>')],
        [cell("", properties="<w:vMerge/>"), cell("件", TAB and p("数")), "次数"],
        ["甲", "1", ""],
    )
    reading = read(body + p("表后"))
    assert reading.text == "表前\n项目\t数量\n件 数\t次数\n甲\t1\t\n表后"
    (found,) = reading.tables
    assert reading.text[found.start : found.end] == "项目\t数量\n件 数\t次数\n甲\t1\t"
    assert [(reading.text[c.start : c.end], *c[:4]) for c in found.cells] == [
        ("项目", 0, 0, 2, 1),
        ("数量", 0, 1, 1, 2),
        ("件 数", 1, 1, 1, 1),
        ("次数", 1, 2, 1, 1),
        ("甲", 2, 0, 1, 1),
        ("1", 2, 1, 1, 1),
        ("", 2, 2, 1, 1),
    ]


def test_tables_that_lay_out_the_page_are_lines() -> None:
    nested = table([cell(p("外"), table(["内一", "内二"]), p("尾")), "右"])
    long = table(["文" * 1001, "短"])
    reading = read(nested + long + table(["独列一"], ["独列二"]))
    assert reading.text == "外\n内一\t内二\n尾\n右\n" + "文" * 1001 + "\n短\n独列一\n独列二"
    assert len(reading.tables) == 1


def test_text_boxes_print_once_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    drawn = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    art = '<w:r><w:pict><v:shape><v:textpath string="海棠市人民政府文件"/></v:shape></w:pict></w:r>'
    assert read(p("锚", drawn, "段") + p(art) + p("后")).text == "锚段\n框内\n\n海棠市人民政府文件\n后"


def test_notes_stand_at_the_end_with_their_marks() -> None:
    body = p("甲", '<w:r><w:footnoteReference w:id="2"/></w:r>', "乙", '<w:r><w:endnoteReference w:id="5"/></w:r>') + p(
        "末"
    )
    separator = f'<w:footnote w:type="separator" w:id="0">{p("线")}</w:footnote>'
    foot = f'{separator}<w:footnote w:id="2">{p("<w:r><w:footnoteRef/></w:r>", "脚注")}</w:footnote>'
    end = f'<w:endnote w:id="5">{p("<w:r><w:endnoteRef/></w:r>", "尾注")}</w:endnote>'
    assert read(body, footnotes=foot, endnotes=end).text == "甲[1]乙[i]\n末\n[1]脚注\n[i]尾注"


def test_symbols_of_symbol_fonts_become_what_they_print() -> None:
    known = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    plain = r("\uf0a8", '<w:rFonts w:ascii="Wingdings"/>')
    unknown = '<w:r><w:sym w:font="Own Font" w:char="F041"/></w:r>'
    assert read(p(known, plain, unknown)).text == "☑□\uf041"


def test_headings_are_those_the_text_opens_with() -> None:
    outlined = p("副题", extra='<w:outlineLvl w:val="1"/>')
    reading = read(p("海棠市办法", style="H2") + outlined + p("正文") + p("第一章", style="H"), styles=STYLES)
    assert [reading.text[start:end] for start, end in reading.headings] == ["海棠市办法", "副题"]
    plain = read(p("海棠市办法") + p("第一章", style="H"), styles=STYLES)
    assert plain.headings == []


def test_the_title_of_the_properties() -> None:
    assert read_docx(docx(p("甲"), title="海棠市 办法"), LIMITS).page_title == "海棠市 办法"
    assert read(p("甲")).page_title is None


def test_the_strict_variant_is_read() -> None:
    body = docx(p("甲"))
    strict = NAMES.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    document = f"<w:document {strict}><w:body>{p('严格')}</w:body></w:document>".encode()
    assert read_docx(zipped({"word/document.xml": document}), LIMITS).text == "严格"
    assert word_kind(body) == "docx"


def test_entities_bombs_and_deep_nesting_are_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY x "文"><!ENTITY y "&x;&x;">]>'
    document = f"{bomb}<w:document {NAMES}><w:body>{p('&y;')}</w:body></w:document>".encode()
    assert rule_of(zipped({"word/document.xml": document})) == "word-broken"
    assert rule_of(docx("<w:sdt>" * 90 + p("深") + "</w:sdt>" * 90)) == "word-broken"
    assert rule_of(docx("<w:p>" + "<w:smartTag>" * 150 + r("深") + "</w:smartTag>" * 150 + "</w:p>")) == "word-broken"
    assert rule_of(docx(p("零" * 3_000_000))) == "archive-limit"
    assert rule_of(docx(p("甲" * 400)), Limits(file_bytes=100)) == "archive-limit"


def test_a_table_beyond_the_limit_is_refused() -> None:
    assert rule_of(docx(table(["1", "2"], ["3", "4"])), Limits(table_cells=3)) == "table-too-large"


def test_what_is_encrypted_or_no_word_file_is_refused_with_its_rule() -> None:
    encrypted = ole({"EncryptedPackage": b"x"})
    assert word_kind(encrypted) == "docx"
    assert rule_of(encrypted) == "word-encrypted"
    for data in (
        b"",
        b"PK\x03\x04",
        zipped({"a.txt": b"x"}),
        zipped({"word/document.xml": b"<a/>"}),
        zipped({"word/document.xml": b""}),
    ):
        assert rule_of(data) == "word-broken"


def test_damaged_bytes_never_raise_anything_else() -> None:
    chance = random.Random(7)
    whole = docx(p("甲", field(" PAGE ", "1")) + table(["1", "2"]), styles=STYLES)
    for _ in range(1000):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 8)):
            data[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
        assert rule_of(bytes(data)) in (None, "word-broken", "word-encrypted", "archive-limit", "table-too-large")


def test_the_kind_is_told_by_content() -> None:
    assert word_kind(zipped({"xl/workbook.xml": b"<a/>"})) is None
    assert word_kind(ole({"Workbook": b"x"})) is None
    assert word_kind(ole({"WordDocument": b"x"})) == "doc"
    assert word_kind("海棠市".encode()) is None


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_file_that_is_cut_off_is_broken(cut: float) -> None:
    whole = docx(p("正文" * 50))
    assert rule_of(whole[: int(len(whole) * cut)]) == "word-broken"
