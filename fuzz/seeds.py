"""Where fuzzing starts: the sample of the pipelines, small files of each format, regressions, and words of the vocabulary."""

import io
import tarfile
import zipfile
from functools import cache
from pathlib import Path

from opendata.extract.labels import labels
from tests.read_formats.pdf_samples import Sheet, pdf
from tests.read_formats.test_mhtml import saved
from tests.read_formats.test_ofd import ofd, prose
from tests.read_formats.test_ofd import table as grid
from tests.read_formats.test_warc import page, record, response
from tests.read_formats.test_xlsx import workbook
from tests.read_formats.xls_samples import sheet, xls
from tests.read_word.doc_samples import IN_TABLE, doc, level, numbered, row_end
from tests.read_word.docx_samples import cell, docx, field, lists, p, table
from tests.read_word.docx_samples import level as docx_level

ROOT = Path(__file__).resolve().parents[1]
REGRESSIONS = ROOT / "tests" / "fuzz" / "regressions"
LONGEST = 20_000

_WORDS = "青榆县人民政府关于印发《供水方案》的通知\r", "第一条　受理23件，其中甲类11件，乙类12件。\r"
_CELLS = b'<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c><c r="B1"><v>1.5</v></c></row><row r="3"><c r="A3"><v>2</v></c></row>'


def regressions(target: str) -> list[Path]:
    """Return the files that once broke a target."""
    return sorted((REGRESSIONS / target).glob("*")) if (REGRESSIONS / target).is_dir() else []


@cache
def seeds(target: str) -> tuple[bytes, ...]:
    """Return the inputs that a target starts from."""
    return (*_seeds(target), *(path.read_bytes() for path in regressions(target)))


def _seeds(target: str) -> list[bytes]:
    if target in ("decode", "header", "statements", "text", "markdown"):
        return [data for _, data in _sample((".txt", ".md")) if target == "decode" or _is_utf8(data)]
    if target in ("html", "page"):
        return [data for _, data in _sample((".html",)) if _is_utf8(data)] + [_NESTED.encode()]
    return _BUILT[target]()


def _is_utf8(data: bytes) -> bool:
    return data.decode("utf-8", "ignore").encode() == data


@cache
def _sample(suffixes: tuple[str, ...]) -> list[tuple[str, bytes]]:
    paths = sorted((ROOT / "pipelines" / "sample").rglob("*"))
    return [(path.name, path.read_bytes()[:LONGEST]) for path in paths if path.suffix in suffixes]


_NESTED = (
    "<table><tr><th colspan=2>年度<td rowspan=3>数<tr><td><table><tr><td>甲<td>3件</table><tr><td>乙</table>"
    "<div style='display:none'>x</div><p>一、总体情况<br>（一）受理2件。<a href='f.docx'>附件：1.表</a>"
)


def _doc() -> list[bytes]:
    rows = [(words, b"") for words in _WORDS]
    grid = [("甲\x07", IN_TABLE), ("乙\x07", IN_TABLE), ("\x07", row_end([0, 1000, 2000], [0, 0]))]
    return [
        doc(rows),
        doc([*rows, *grid]),
        doc([("总则\r", numbered(1)), ("附则\r", numbered(1))], levels=[level("\x00、", 11, [1])]),
        doc([("caf\u00e9 one\r", b"")], compressed=True, more="head\r"),
    ]


def _docx() -> list[bytes]:
    body = p(*_WORDS) + table([cell("甲"), cell("乙")], [cell("1"), cell("2")]) + p(field("PAGE", "3"), num=1, level=0)
    return [docx(body, title="供水"), docx(body, numbering=lists(docx_level(0, "第%1条", "chineseCounting")))]


def _docx_body() -> list[bytes]:
    return [(p(*_WORDS) + table([cell("甲"), cell("乙")]) + p(field("PAGE", "3"), num=1, level=0)).encode()]


def _docx_styles() -> list[bytes]:
    style = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:basedOn w:val="N"/></w:style>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    )
    body = p("总则", style="H") + p("适用", num=1, level=0)
    return [f"{body}\0{style}\0{lists(docx_level(0, '第%1条', 'chineseCounting'))}".encode()]


def _pdf() -> list[bytes]:
    sheet = Sheet()
    sheet.line(80, "青榆县供水通知", 200, 22)
    top = sheet.prose(140, "为了加强供水管理，保障居民用水安全，现就有关事项通知如下。")
    sheet.table(top + 20, [["项目", "数量"], ["管网", "3"]], [150, 150])
    return [pdf([sheet], "供水通知"), pdf([sheet, Sheet(image=True)])]


def _archive() -> list[bytes]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("甲/a.txt", _WORDS[0] * 9)
        container.writestr("../b.html", "<p>x")
    return [out.getvalue()]


def _tar() -> list[bytes]:
    found = []
    for mode in ("w", "w:gz"):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode=mode) as container:
            info = tarfile.TarInfo("甲/a.txt")
            info.size = 9
            container.addfile(info, io.BytesIO(b"x" * 9))
        found.append(out.getvalue())
    return found


def _seven() -> list[bytes]:
    import py7zr

    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as container:
        container.writef(io.BytesIO(b"x" * 300), "a.txt")
    return [out.getvalue()]


_BUILT = {
    "mhtml": lambda: [saved(), saved("gb2312")],
    "docx": _docx,
    "docx-body": _docx_body,
    "docx-styles": _docx_styles,
    "doc": _doc,
    "pdf": _pdf,
    "xlsx": lambda: [workbook(["甲", "乙"], [1, 2.5], [None, "x"], merge="A1:B1")],
    "xlsx-cells": lambda: [_CELLS],
    "xls": lambda: [
        xls([("表", sheet([["甲", "乙"], [1.0, 2.5], [None, True]], ((), (0, 1)), [(0, 0, 0, 1)]))], [0, "0%"])
    ],
    "ofd": lambda: [ofd([prose(50) + grid(150, [("甲", "乙"), ("1", "2")]), prose(80)])],
    "zip": _archive,
    "tar": _tar,
    "7z": _seven,
    "warc": lambda: [page(1) + record("http://a.example/b.pdf", response(b"%PDF-", "application/pdf")) + page(2)],
}

_SIGNS = r"""
： : 〔2023〕 [2023] 号 號 第 条 一、 （一） 1. 《 》 >> 2023年3月5日 2023-03-05 年 月 日 万元 亿 % 至 — 其中 共 约 以上 附件： 抄送：
<table> <tr> <td> <td\x20colspan=3> </table> <div> <p> <br> <!-- --> <script> <meta\x20name=" content=" <a\x20href=" &nbsp; <ul> <li>
<w:p> <w:r> <w:t> </w:t></w:r></w:p> <w:tbl> <w:tr> <w:tc> <w:gridSpan\x20w:val="2"/> <w:vMerge/> <w:fldChar\x20w:fldCharType="begin"/>
<row> <c> <v> <is><t> <mergeCell\x20ref="A1:B2"/> obj endobj stream endstream /Type /Page /Kids
"""


def dictionary(target: str) -> list[bytes]:
    """Return words that a mutation may put in: labels and the signs of the formats."""
    words = [word.replace("\\x20", " ") for word in _SIGNS.split()]
    words += ["\n", "\u3000", "\u00a0", "\t", "１２", "一百二十"]
    if target in ("header", "text", "page", "html", "statements"):
        words += sorted(labels().fields)[:200]
    return [word.encode() for word in words]
