"""One notice in every format that is read, each built by code; the words are the same wherever the format allows it."""

import gzip
import io
import tarfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import py7zr

from tests.read_formats import xls_samples
from tests.read_formats.pdf_samples import Sheet, pdf
from tests.read_formats.test_mhtml import saved
from tests.read_formats.test_ofd import ofd, text
from tests.read_formats.test_ofd import table as ruled
from tests.read_formats.test_warc import record, response
from tests.read_word.doc_samples import doc
from tests.read_word.docx_samples import cell, docx, p, table, zipped

TITLE = "青榆县水务局关于开展河道巡查的通知"
BODY = "为了保障汛期安全，根据《青榆县河道管理办法》，现就河道巡查有关事项通知如下。全年巡查12次，巡查河道86公里。"
LINES = (
    TITLE,
    "青水发〔2024〕7号",
    "各乡镇人民政府：",
    BODY,
    "一、巡查范围",
    "县域内全部河道。",
    "二、巡查要求",
    "发现问题及时处理，按月上报。",
    "青榆县水务局",
    "2024年3月5日",
)
ROWS = (("河道", "长度（公里）"), ("青溪", "52"), ("榆河", "34"))
HEADER, FOOTER = "青榆县水务局文件", "— {} —"
URL = "http://www.qingyu.example/shuiwu/2024/7.html"


def html(charset: str = "utf-8") -> str:
    """Return the notice as a page."""
    rows = "".join("<tr>" + "".join(f"<td>{words}</td>" for words in row) + "</tr>" for row in ROWS)
    lines = "".join(f"<p>{line}</p>" for line in LINES[1:8])
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{lines}'
        f"<table>{rows}</table><p>{LINES[8]}</p><p>{LINES[9]}</p></body></html>\n"
    )


def a_docx() -> bytes:
    """Return the notice as Word saves it today."""
    rows = table(*([cell(p(words)) for words in row] for row in ROWS))
    return docx("".join(map(p, LINES[:8])) + rows + "".join(map(p, LINES[8:])))


def a_doc() -> bytes:
    """Return the notice as Word saved it until 2003 (without the table)."""
    return doc([(line + "\r", b"") for line in LINES])


def a_pdf(*, pictured: bool = False) -> bytes:
    """Return the notice on two pages with a running header and page numbers; `pictured` adds a page that is a picture."""
    sheets = [Sheet(), Sheet()]
    for number, sheet in enumerate(sheets, start=1):
        sheet.line(50, HEADER, 230, 10.5)
        sheet.line(800, FOOTER.format(number), 285, 10.5)
    first, second = sheets
    first.line(120, TITLE, 150, 18)
    first.line(160, LINES[1], 220)
    first.line(210, LINES[2])
    top = first.prose(240, BODY)
    first.prose(top, LINES[4])
    top = second.prose(120, LINES[5])
    top = second.prose(top, LINES[6])
    top = second.prose(top, LINES[7])
    top = second.table(top, ROWS, (150, 150))
    second.line(top + 60, LINES[8], 360)
    second.line(top + 90, LINES[9], 360)
    return pdf([*sheets, Sheet(image=True)] if pictured else sheets)


def an_ofd() -> bytes:
    """Return the notice as the national fixed-layout format has it."""
    places = [text(60, 40, TITLE), text(80, 55, LINES[1]), text(30, 70, LINES[2])]
    places += [text(41.2, 80, BODY[:24]), text(30, 90, BODY[24:50]), text(30, 100, BODY[50:])]
    places += [text(41.2, 110 + 10 * at, line) for at, line in enumerate(LINES[4:8])]
    return ofd(["".join(places) + ruled(150, list(ROWS)) + text(120, 210, LINES[8]) + text(120, 220, LINES[9])])


def an_xlsx() -> bytes:
    """Return a workbook: a title over a table."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "河道"
    sheet.append(["青榆县2024年河道巡查情况统计表"])
    for name, length in ROWS:
        sheet.append([name, int(length) if length.isdecimal() else length])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def an_xls() -> bytes:
    """Return the same workbook as Excel saved it until 2003."""
    rows = [["青榆县2024年河道巡查情况统计表"], *([int(w) if w.isdecimal() else w for w in row] for row in ROWS)]
    return xls_samples.xls([("河道", xls_samples.sheet(rows))])


def documents() -> dict[str, bytes]:
    """Return the notice in every format of documents, under the name that fits it."""
    page, plain = html(), "\n".join(LINES) + "\n"
    return {
        "notice.txt": plain.encode(),
        "notice.html": page.encode(),
        "notice.mhtml": saved("utf-8", page.encode()),
        "notice.docx": a_docx(),
        "notice.doc": a_doc(),
        "notice.pdf": a_pdf(),
        "notice.ofd": an_ofd(),
        "table.xlsx": an_xlsx(),
        "table.xls": an_xls(),
    }


def seven(path: Path, members: Mapping[str, bytes]) -> bytes:
    """Return a 7z of these members; `path` is where it is built."""
    with py7zr.SevenZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writef(io.BytesIO(data), name)
    return path.read_bytes()


def tarred(members: Mapping[str, bytes]) -> bytes:
    """Return a tar.gz of these members."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def warc(pages: Mapping[str, tuple[bytes, str]], *, packed: bool = False) -> bytes:
    """Return a crawl: address → bytes and media type."""
    records = [record(url, response(data, media_type)) for url, (data, media_type) in pages.items()]
    return b"".join(gzip.compress(one) if packed else one for one in records)


def nested(folder: Path) -> bytes:
    """Return a zip that holds a 7z that holds a docx, beside a tar with a page."""
    inner = seven(folder / "b.7z", {"c.docx": a_docx()})
    return zipped({"b.7z": inner, "d.tar.gz": tarred({"e.html": html().encode()}), "f.pdf": a_pdf()})
