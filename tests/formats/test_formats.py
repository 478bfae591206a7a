"""Every format on the road: what is read of each, that content decides and not names, and what `sources` says of files."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from opendata.convert import Settings
from opendata.convert import formats as known
from opendata.convert.document import Document, read_document
from opendata.convert.formats import FORMATS, recognise
from opendata.errors import Unreadable
from opendata.ingest import containers
from opendata.release.verify import verify
from tests.formats import samples
from tests.formats.samples import TITLE, URL
from tests.golden.render import render
from tests.read_formats.pdf_samples import Sheet, pdf
from tests.support import publish_inputs

DOCUMENTS = samples.documents()
OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "notice.txt": ("text/plain", "utf-8"),
    "notice.html": ("text/html", "utf-8"),
    "notice.mhtml": ("multipart/related", None),
    "notice.docx": (f"{OFFICE}.wordprocessingml.document", None),
    "notice.doc": ("application/msword", None),
    "notice.pdf": ("application/pdf", None),
    "notice.ofd": ("application/ofd", None),
    "table.xlsx": (f"{OFFICE}.spreadsheetml.sheet", None),
    "table.xls": ("application/vnd.ms-excel", None),
}


KEPT = ("published", "duplicate")


def read(name: str, data: bytes) -> Document:
    return read_document(name, data, "0" * 64, Settings())


def rule(name: str, data: bytes) -> tuple[str, str]:
    with pytest.raises(Unreadable) as caught:
        read(name, data)
    return caught.value.rule, caught.value.found


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name != "notice.txt"])
def test_a_file_of_each_format_gives_what_was_reviewed(name: str) -> None:
    golden = Path(__file__).parent / "golden" / f"{name}.txt"
    assert render(name, DOCUMENTS[name]) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name.startswith("notice")])
def test_one_notice_gives_the_same_document_in_every_format(name: str) -> None:
    one, plain = read(name, DOCUMENTS[name]), read("notice.txt", DOCUMENTS["notice.txt"])
    assert one.coverage == 1
    assert (one.title, one.genre, one.layout.number) == (plain.title, plain.genre, plain.layout.number)
    assert (one.layout.addressee, one.layout.signatories) == (plain.layout.addressee, plain.layout.signatories)
    assert one.layout.signed_date == plain.layout.signed_date
    assert [s.heading for s in one.sections] == [s.heading for s in plain.sections]
    assert [q.printed for q in one.quantities] == [q.printed for q in plain.quantities]
    if name not in ("notice.txt", "notice.doc"):
        assert [cell.text for cell in one.cells] == [words for row in samples.ROWS for words in row]


@pytest.mark.parametrize("name", list(DOCUMENTS))
@pytest.mark.parametrize("suffix", ["", ".doc", ".docx", ".pdf", ".ofd", ".xlsx", ".xls", ".html", ".txt"])
def test_content_decides_whatever_the_file_is_called(name: str, suffix: str) -> None:
    if name == "notice.txt":
        pytest.skip("plain text has no mark of its own")
    assert recognise("a.zip!/" + "file" + suffix, DOCUMENTS[name]).media_type == TYPES[name][0]


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("a.txt", "text/plain"), ("a.md", "text/markdown"), ("a.doc", "application/msword"), ("a.html", "text/html")],
)
def test_a_text_with_a_link_stays_what_its_name_says(name: str, media_type: str) -> None:
    data = f"{TITLE}\n\n详见<a href='{URL}'>原文</a>。\n".encode()
    assert recognise(name, data).media_type == media_type


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.doc", "a.xls", "a.pdf", "page"])
def test_pages_under_other_names_are_pages(name: str) -> None:
    for page in ("<html><head><title>404</title></head><body>未找到</body></html>", samples.html()):
        assert recognise(name, page.encode()).media_type == "text/html"


def test_markdown_may_hold_tags() -> None:
    data = "<div align=center>\n\n# 公告\n\n</div>\n\n| 甲 | 乙 |\n|---|---|\n| 一<br>二<br>三 | <p>四</p><p>五</p> |\n"
    assert recognise("a.md", data.encode()).media_type == "text/markdown"
    assert recognise("a.txt", data.encode()).media_type == "text/html"


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.ppt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "OLE .ppt"),
        ("a.doc", b"{\\rtf1 x}", "RTF"),
        ("a.pptx", samples.zipped({"[Content_Types].xml": b"", "ppt/p.xml": b""}), "zip .pptx"),
        ("a.txt", samples.zipped({"a.txt": b""}), "zip .txt"),
        ("a.json", b"{}", ".json"),
        ("README", b"words", "readme"),
    ],
)
def test_other_formats_are_named(name: str, data: bytes, found: str) -> None:
    assert rule(name, data) == ("unsupported-format", found)


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("a.docx", "word-broken"),
        ("a.doc", "word-broken"),
        ("a.pdf", "pdf-broken"),
        ("a.ofd", "ofd-broken"),
        ("a.xlsx", "xlsx-broken"),
        ("a.xls", "xlsx-broken"),
        ("a.mhtml", "mhtml-broken"),
    ],
)
def test_words_under_the_name_of_a_binary_format_are_a_broken_file(name: str, broken: str) -> None:
    assert rule(name, b"no such format inside")[0] == broken


def test_a_scan_is_refused_and_a_page_without_text_reported() -> None:
    assert rule("scan.pdf", pdf([Sheet(image=True)] * 3))[0] == "scanned"
    document = read("notice.pdf", samples.a_pdf(pictured=True))
    assert [(f.rule, f.found) for f in document.findings if f.rule == "unread-pages"] == [("unread-pages", "3")]


def test_what_stands_around_pages_is_boilerplate_and_no_part_of_the_body() -> None:
    document = read("notice.pdf", samples.a_pdf())
    kind, start, end = document.spans[-1]
    assert (kind, document.reading.text[start:end]) == ("boilerplate", "青榆县水务局文件\n— 1 —\n— 2 —")
    assert document.layout.body_end <= start


@pytest.mark.parametrize(
    ("name", "module"), [("notice.pdf", "pypdfium2"), ("notice.ofd", "ofdkit"), ("table.xls", "xlrd")]
)
def test_without_the_extra_the_refusal_names_it(name: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "_is_installed", lambda wanted: wanted != module)
    found = rule(name, DOCUMENTS[name])
    assert found[0] == "unsupported-format"
    assert "pip install 'opendata[formats]'" in found[1]


@pytest.mark.parametrize(("kind", "module"), [("7z", "py7zr"), ("warc", "fastwarc")])
def test_containers_without_the_extra_are_refused_by_its_name(
    kind: Any, module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(containers, "find_spec", lambda wanted: None if wanted == module else object())
    (tmp_path / "a").write_bytes(b"x")
    (found,) = containers.contents(tmp_path / "a", kind, tmp_path / "out", Settings().limits)
    assert (found.refused, found.found) == ("unsupported-format", f"{kind}: pip install 'opendata[formats]'")


def test_no_suffix_belongs_to_two_formats() -> None:
    suffixes = [suffix for form in FORMATS for suffix in form.suffixes]
    assert len(suffixes) == len(set(suffixes))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict[str, Any]]]:
    """Publish every format, archives in archives and crawls at once; return the release and its sources by path."""
    folder = tmp_path_factory.mktemp("formats")
    raw = folder / "raw"
    raw.mkdir()
    for name, data in DOCUMENTS.items():
        (raw / name).write_bytes(data)
    (raw / "a.zip").write_bytes(samples.nested(folder))
    (raw / "lies.doc").write_bytes(samples.html().encode())
    pages = {URL: (samples.html().encode(), "text/html"), URL[:-5] + ".docx": (samples.a_docx(), "application/msword")}
    (raw / "crawl.warc").write_bytes(samples.warc(pages))
    (raw / "packed.warc.gz").write_bytes(
        samples.warc({"http://www.qingyu.example/404.html": (b"gone", "text/html")}, packed=True)
    )
    release = publish_inputs([raw], folder)
    rows = pq.read_table(release / "parquet" / "sources.parquet").to_pylist()
    return release, {row["path"]: row for row in rows}


def test_sources_say_format_and_encoding(published: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    _, sources = published
    for name, expected in TYPES.items():
        row = sources[name]
        assert (row["media_type"], row["encoding"], row["outcome"] in KEPT) == (*expected, True), name
    assert sources["lies.doc"]["media_type"] == "text/html"


def test_members_of_archives_in_archives_are_published(published: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    _, sources = published
    inner = {path: row["outcome"] in KEPT for path, row in sources.items() if path.startswith("a.zip")}
    assert inner == dict.fromkeys(["a.zip!/b.7z!/c.docx", "a.zip!/d.tar.gz!/e.html", "a.zip!/f.pdf"], True)


def test_captures_in_several_formats_are_one_document(published: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    _, sources = published
    names = ("notice.html", "notice.mhtml", "notice.docx", "notice.pdf", "lies.doc")
    assert len({sources[name]["document_id"] for name in names}) == 1


def test_crawls_tell_address_and_moment(published: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    _, sources = published
    moment = datetime(2024, 3, 5, 1, 2, 3, tzinfo=UTC)
    crawled = {path: row for path, row in sources.items() if ".warc" in path}
    assert {(row["url"], row["captured_at"], row["outcome"] in KEPT) for row in crawled.values()} == {
        (URL, moment, True),
        (URL[:-5] + ".docx", moment, True),
        ("http://www.qingyu.example/404.html", moment, False),
    }
    assert sources["notice.mhtml"]["url"] == "http://a.example/n.html"


def test_the_release_proves_itself(published: tuple[Path, dict[str, dict[str, Any]]]) -> None:
    release, _ = published
    assert not verify(release.parents[1])
    documents = pq.read_table(release / "parquet" / "documents.parquet").to_pylist()
    assert {row["title"] for row in documents} == {TITLE, "青榆县2024年河道巡查情况统计表"}
