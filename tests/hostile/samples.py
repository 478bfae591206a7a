"""Files made to break readers, each with the rule that must keep it out."""

import io
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

from tests.formats import samples
from tests.read_formats.pdf_samples import assemble
from tests.read_formats.test_ofd import ofd
from tests.read_formats.test_xlsx import with_part, workbook
from tests.read_word.docx_samples import cell, docx, p, table, zipped

GIGABYTE = 1 << 30
_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
)


def with_entities(package: bytes, name: str) -> bytes:
    """Return a package one part of which begins with entities that expand without end."""
    with zipfile.ZipFile(io.BytesIO(package)) as container:
        part = container.read(name).decode()
    head, mark, rest = part.partition("?>")
    part = head + mark + _LAUGHS + rest if mark else _LAUGHS + part
    return with_part(package, name, part.replace("</", "&a11;</", 1).encode())


def plain_bomb() -> bytes:
    """Return a zip of ten members of 50 MB of zeros each."""
    return zipped({f"{number}.txt": bytes(50_000_000) for number in range(10)})


def quine_like() -> bytes:
    """Return zips in zips, five levels, each with ten copies of the one within."""
    inner = zipped({"a.txt": bytes(10_000_000)})
    for _ in range(5):
        inner = zipped({f"{number}.zip": inner for number in range(10)})
    return inner


def office_bomb() -> bytes:
    """Return a docx that unpacks to 200 MB."""
    return with_part(docx(p("x")), "word/document.xml", b"<a>" + b" " * 200_000_000)


def sheet_bomb(cells: int = 1_000_000) -> bytes:
    """Return a workbook of a million cells."""
    rows = "".join(f'<row r="{row}">' + "<c><v>1</v></c>" * 100 + "</row>" for row in range(1, cells // 100 + 1))
    part = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_part(workbook(["x"]), "xl/worksheets/sheet1.xml", f"{part}{rows}</sheetData></worksheet>".encode())


def slips() -> bytes:
    """Return a tar with links and ways out, and nothing else."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind in (
            ("link.txt", tarfile.SYMTYPE),
            ("hard.txt", tarfile.LNKTYPE),
            ("pipe.txt", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("../../evil.txt")
        info.size = 4
        archive.addfile(info, io.BytesIO(b"evil"))
    return out.getvalue()


def pdf_bomb() -> bytes:
    """Return a PDF whose one page unpacks to 140 MB."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 0 m 1 1 l S\n" * 1_000_000) for _ in range(10)) + packer.flush()
    return assemble(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream",
        ],
        "/Root 1 0 R",
    )


def pdf_loop() -> bytes:
    """Return a PDF whose tree of pages leads back to itself."""
    return assemble(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2000000000 >>"],
        "/Root 1 0 R",
    )


def doc_garbage() -> bytes:
    """Return a doc whose directory is sound and whose tables lead anywhere."""
    data = bytearray(samples.a_doc())
    at = data.index(b"\xec\xa5") + 0x1A2  # where the piece table is said to be
    data[at : at + 4] = struct.pack("<I", 0x7FFFFFFF)
    return bytes(data)


def write_all(raw: Path) -> dict[str, str]:
    """Write every hostile file into a folder; return path → rule, for members of archives where the rule is found."""
    xlsx, ofd_file = workbook(["x"]), ofd([""])
    rows = table(*([cell(p(f"{(row * 7919 + at * 104729) % 9999991}")) for at in range(100)] for row in range(2500)))
    pdf = samples.a_pdf()
    files: dict[str, tuple[bytes, str]] = {
        "bomb.zip": (plain_bomb(), "archive-limit"),
        "zips.zip": (quine_like(), "archive-limit"),
        "bomb.docx": (office_bomb(), "archive-limit"),
        "laughs.docx": (with_entities(docx(p("x")), "word/document.xml"), "word-broken"),
        "laughs.xlsx": (with_entities(xlsx, "xl/workbook.xml"), "xlsx-broken"),
        "laughs.ofd": (with_entities(ofd_file, "OFD.xml"), "archive-limit"),
        "cells.xlsx": (sheet_bomb(), "table-too-large"),
        "cells.docx": (docx(rows), "table-too-large"),
        "cells.html": (b"<table>" + b"<tr><td>1<td>2</tr>" * 150_000 + b"</table>", "table-too-large"),
        "span.html": (b"<table><tr><td rowspan=65000 colspan=1000>1<tr><td>2</table>" * 50, "no-header"),
        "flat.html": (b"<b>x</b>" * 5_000_000, "html-too-large"),
        "lines.txt": (("通知\n" * 8_000_000).encode("gb18030"), "text-too-long"),
        "tags.html": (b"<div>" * 100_000 + "通知".encode(), "html-too-deep"),
        "inline.html": (b"<b>" * 100_000 + "通知".encode(), "html-too-deep"),
        "loop.pdf": (pdf_loop(), "pdf-broken"),
        "bomb.pdf": (pdf_bomb(), "reader-…"),
        "cut.pdf": (pdf[: len(pdf) // 2], "pdf-broken"),
        "noise.pdf": (pdf[:200] + bytes(range(256)) * 40 + b"%%EOF", "pdf-broken"),
        "cut.docx": (samples.a_docx()[:600], "word-broken"),
        "cut.doc": (samples.a_doc()[:1500], "word-broken"),
        "noise.doc": (doc_garbage(), "word-broken"),
    }
    for name, (data, _) in files.items():
        (raw / name).write_bytes(data)
    (raw / "slips.tar").write_bytes(slips())
    expected = {name: rule for name, (_, rule) in files.items()}
    for name, rule in (("giga.txt", "file-too-large"), ("giga.pdf", "file-too-large"), ("giga.zip", "archive-broken")):
        with (raw / name).open("wb") as file:
            file.write(b"%PDF-1.7\n" if name == "giga.pdf" else b"PK\x03\x04" if name == "giga.zip" else b"a")
            file.truncate(GIGABYTE)
        expected[name] = rule
    return expected | dict.fromkeys(
        ["slips.tar!/link.txt", "slips.tar!/hard.txt", "slips.tar!/pipe.txt", "slips.tar!/../../evil.txt"],
        "archive-member-refused",
    )
