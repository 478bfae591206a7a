"""Sixty pages of the State Council's document library, read in another way and compared field by field."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Comment

from opendata.convert import Settings
from opendata.convert.document import Document, read_document
from opendata.normalise.categories import split_categories
from opendata.normalise.dates import read_date
from opendata.normalise.document_number import read_document_number

COUNT = 60
FIELDS = {
    "索引号": "index_number",
    "主题分类": "categories",
    "发文机关": "issuing_body",
    "成文日期": "created_date",
    "标题": "title",
    "发文字号": "document_number",
    "发布日期": "published_date",
    "主题词": "keywords",
}
_NOT_TEXT = ("script", "style", "template", "noscript", "head", "iframe", "object", "svg", "canvas")


@pytest.fixture(scope="module")
def pages(shared: Path) -> dict[str, tuple[BeautifulSoup, Document]]:
    """Every page as BeautifulSoup sees it and as the project reads it."""
    found = {}
    for path in sorted((shared / "corpus" / "govcn-html").glob("*.html")):
        data = path.read_bytes()
        soup = BeautifulSoup(data, "lxml")
        found[path.stem] = soup, read_document(path.name, data, "0" * 64, Settings())
    return found


def squeezed(text: str) -> str:
    """Return a text without white space of any kind."""
    return "".join(text.split()).replace("\u200b", "").replace("\ufeff", "")


def independent_text(soup: BeautifulSoup) -> str:
    """Return all words of a page but scripts, styles and comments, without white space, in order."""
    words = []
    for node in soup.find_all(string=True):
        if (
            not isinstance(node, Comment)
            and type(node).__name__ == "NavigableString"
            and not node.find_parent(_NOT_TEXT)
        ):
            words.append(str(node))
    return squeezed("".join(words))


def printed_header(soup: BeautifulSoup) -> Iterator[tuple[str, str]]:
    """Yield label and value of the page's own tables: a cell that ends with a colon, and the next cell of its row."""
    for table in soup.select("table.bd1"):
        for row in table.find_all("tr"):
            cells = row.find_all("td")
            for label, value in pairwise(cells):
                words = squeezed(label.get_text())
                if words.endswith("：") and words[:-1] in FIELDS:
                    yield FIELDS[words[:-1]], " ".join(value.get_text().split())


def test_all_pages_are_published(pages: dict[str, tuple[BeautifulSoup, Document]]) -> None:
    assert len(pages) == COUNT
    assert not [name for name, (_, document) in pages.items() if document.layout.title_origin != "header"]


def test_every_header_field_is_what_the_page_s_own_table_prints(
    pages: dict[str, tuple[BeautifulSoup, Document]],
) -> None:
    for name, (soup, document) in pages.items():
        expected = dict(printed_header(soup))
        assert set(expected) == set(FIELDS.values()), name
        rows = [row for row in document.fields.rows if row[0] == "header"]
        found = {row[2]: " ".join((row[3] or "").split()) for row in rows}
        assert found == expected, name
        assert len(rows) == len(FIELDS)
        text = document.reading.text
        assert all(row[3] == text[row[5] : row[6]] for row in rows if row[3] is not None), name


def test_the_canonical_fields_are_the_normalised_ones(pages: dict[str, tuple[BeautifulSoup, Document]]) -> None:
    for name, (soup, document) in pages.items():
        expected = dict(printed_header(soup))
        fields = document.fields
        assert squeezed(document.title) == squeezed(expected["title"]), name
        assert fields.index.canonical == expected["index_number"], name
        assert fields.values["issuing_body"] == expected["issuing_body"], name
        assert fields.categories == split_categories(expected["categories"]), name
        assert len(fields.categories) == 1, name
        for date in ("created_date", "published_date"):
            assert fields.dates[date] == read_date(expected[date]).date, name
        if expected["document_number"]:
            assert fields.document_number == read_document_number(expected["document_number"]).canonical, name


def test_nothing_of_the_header_is_left_in_the_text(pages: dict[str, tuple[BeautifulSoup, Document]]) -> None:
    for name, (_, document) in pages.items():
        text = document.reading.text
        header_end = document.header.spans[-1][1]
        assert document.layout.body_start > header_end, name
        kinds = [kind for kind, start, _ in document.spans if start < header_end]
        assert set(kinds) == {"header"}, name
        words = [text[section.start : section.own_end] for section in document.sections]
        words += [text[start:end] for kind, start, end in document.spans if kind in ("body", "heading")]
        assert not [part for part in words if re.search("索 引 号：|主题分类：|发文机关：|发文字号：", part)], name
        assert not document.cells or not any("索 引 号" in (cell.text or "") for cell in document.cells), name


def test_nearly_everything_is_recognised(pages: dict[str, tuple[BeautifulSoup, Document]]) -> None:
    assert not {name: str(document.coverage) for name, (_, document) in pages.items() if document.coverage < 0.995}


def test_spans_are_a_partition(pages: dict[str, tuple[BeautifulSoup, Document]]) -> None:
    for name, (_, document) in pages.items():
        ends = [0, *(end for _, _, end in document.spans)]
        assert [start for _, start, _ in document.spans] == ends[:-1], name
        assert ends[-1] == len(document.reading.text), name


def test_no_character_of_a_page_is_lost(pages: dict[str, tuple[BeautifulSoup, Document]]) -> None:
    for name, (soup, document) in pages.items():
        assert squeezed(document.reading.text) == independent_text(soup), name


def test_no_character_of_a_sample_page_is_lost() -> None:
    sample = Path(__file__).resolve().parents[2] / "pipelines" / "sample"
    paths = [path for path in sorted(sample.rglob("*.html")) if path.parent.name != "broken"]
    assert len(paths) == 7
    for path in paths:
        data = path.read_bytes()
        document = read_document(path.name, data, "0" * 64, Settings())
        assert squeezed(document.reading.text) == independent_text(BeautifulSoup(document.decoded.text, "lxml")), path


def test_letters_name_addressee_signatory_and_date(pages: dict[str, tuple[BeautifulSoup, Document]]) -> None:
    for name, (_, document) in pages.items():
        layout = document.layout
        assert layout.signed_date is not None, name
        if name in ("033", "058"):  # orders, signed by the premier
            assert document.layout.number is not None, name
            assert document.layout.number.startswith("中华人民共和国国务院令第"), name
            assert layout.signatories == [], name
            continue
        issuers = [unicodedata.normalize("NFKC", issuer) for issuer in document.fields.issuers]
        assert layout.signatories == issuers, name
        assert layout.addressee, name


def test_numbering_does_not_break(pages: dict[str, tuple[BeautifulSoup, Document]]) -> None:
    broken = {
        name: [found.found for found in document.findings if found.rule == "outline-breaks"]
        for name, (_, document) in pages.items()
    }
    assert {name: found for name, found in broken.items() if found} == {}


def test_regulations_nest_articles_in_chapters(pages: dict[str, tuple[BeautifulSoup, Document]]) -> None:
    document = pages["058"][1]
    chapters = [section for section in document.sections if "章" in section.marker]
    articles = [section for section in document.sections if section.marker.endswith("条")]
    assert [section.level for section in chapters] == [1] * len(chapters)
    assert {section.parent_id for section in articles} == {section.section_id for section in chapters}
    assert len(articles) == 32
