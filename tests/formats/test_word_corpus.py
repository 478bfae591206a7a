"""Real regulations in Word files, published: titles, dates of adoption, unbroken articles, and every character named."""

import re
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq
import pytest

from opendata.normalise.numerals import parse_number
from tests.support import publish_inputs

_DAY = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日")
_ARTICLE = re.compile(r"第([一二三四五六七八九十百零〇○]+)条")


class Published(NamedTuple):
    """The release as rows: sources by path, and for each published path its document, text, pieces, articles and findings."""

    sources: dict[str, dict[str, Any]]
    documents: dict[str, dict[str, Any]]
    texts: dict[str, str]
    spans: dict[str, list[dict[str, Any]]]
    articles: dict[str, list[int]]
    findings: dict[str, set[str]]


@pytest.fixture(scope="module")
def published(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Published:
    folder = shared / "corpus" / "word"
    if not folder.is_dir():
        pytest.skip("no Word files here")
    outputs = {"output__csv": False, "output__rdf": False, "output__workbook": False}
    tables = publish_inputs([folder], tmp_path_factory.mktemp("word"), **outputs) / "parquet"
    rows = {name: pq.read_table(tables / f"{name}.parquet").to_pylist() for name in ("sources", "documents", "texts")}
    rows |= {
        name: pq.read_table(tables / f"{name}.parquet").to_pylist() for name in ("text_spans", "sections", "issues")
    }
    sources = {row["path"]: row for row in rows["sources"]}
    path_of = {row["document_id"]: path for path, row in sources.items() if row["outcome"] == "published"}
    found = Published(sources, {}, {}, {}, {}, {path: set() for path in sources})
    for row in rows["documents"]:
        found.documents[path_of[row["document_id"]]] = row
    for row in rows["texts"]:
        found.texts[path_of[row["document_id"]]] = row["text"]
    for row in rows["text_spans"]:
        found.spans.setdefault(path_of[row["document_id"]], []).append(row)
    for row in rows["sections"]:
        article = _ARTICLE.match(row["marker"])
        if article:
            number = int(parse_number(article[1]) or 0)
            found.articles.setdefault(path_of[row["document_id"]], []).append(number)
    for row in rows["issues"]:
        found.findings[row["path"]].add(row["rule"])
    return found


def test_every_file_is_published(published: Published) -> None:
    assert len(published.sources) == 148
    assert {row["outcome"] for row in published.sources.values()} == {"published"}


def test_titles_are_those_of_the_file_names(published: Published) -> None:
    differing = {
        path: row["title"]
        for path, row in published.documents.items()
        if row["title"] != path.rsplit("/", 1)[1].rsplit(".", 1)[0].split("_", 1)[1]
    }
    assert differing == {}


def test_dates_of_adoption_stand_in_a_note_under_the_title(published: Published) -> None:
    for path, spans in published.spans.items():
        text = published.texts[path]
        title = next(span for span in spans if span["kind"] == "title")
        under = next(span for span in spans if span["start_char"] >= title["end_char"])
        assert under["kind"] == "note", path
        assert _DAY.search(text[under["start_char"] : under["end_char"]]), path


def test_dates_of_making_are_those_of_the_note_unless_the_text_was_amended_since(published: Published) -> None:
    for path, row in published.documents.items():
        text = "".join(published.texts[path][:1500].split())
        note = text[: text.index("第一条")].split("目录")[0]
        first = re.search(r"(\d{4})年(\d{1,2})月(\d{1,2})日", note)
        assert first is not None, path
        is_amended = re.search("修正[）)]|修订[）)]", note)
        expected = None if is_amended else date(*map(int, first.groups()))
        assert row["created_date"] == expected, path


def test_articles_run_unbroken_or_a_finding_says_where_not(published: Published) -> None:
    for path in published.documents:
        numbers = published.articles.get(path, [])
        assert len(numbers) >= 10, path
        is_unbroken = numbers == list(range(1, len(numbers) + 1))
        assert is_unbroken or "outline-breaks" in published.findings[path], path


def test_every_character_is_named(published: Published) -> None:
    assert min(row["coverage"] for row in published.documents.values()) >= 0.995
