"""What pipelines/README.md says of the sample is what publishing it gives."""

import re
from pathlib import Path

import duckdb
import pytest

from tests.docs.snippets import ROOT, published

PAGE = (ROOT / "pipelines" / "README.md").read_text(encoding="utf-8")
ROWS = [line.split(" | ") for line in PAGE.split("\n") if line.startswith("| `")]
FILES = {row[0].strip("| `"): row[-1] for row in ROWS[: len(ROWS) // 2]}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    place = published(tmp_path_factory.mktemp("sample") / "clone")
    connection = duckdb.connect()
    for path in sorted((place / "output" / "sample" / "latest" / "parquet").glob("*.parquet")):
        connection.sql(f"CREATE VIEW {path.stem} AS SELECT * FROM '{path}'")
    return connection


def test_both_languages_list_every_file_of_the_sample() -> None:
    sample = ROOT / "pipelines" / "sample"
    present = {path.relative_to(sample).as_posix() for path in sample.rglob("*") if path.is_file()}
    assert set(FILES) == present
    assert [row[0] for row in ROWS[: len(ROWS) // 2]] == [row[0] for row in ROWS[len(ROWS) // 2 :]]


def test_files_come_out_as_the_page_says(tables: duckdb.DuckDBPyConnection) -> None:
    outcomes = dict(tables.sql("SELECT path, outcome FROM sources").fetchall())
    for path, told in FILES.items():
        kept_out = told.startswith("quarantine")
        assert (outcomes[path] == "quarantined") == kept_out, path
    assert sorted(outcomes.values()).count("duplicate") == 1


def test_sums_that_the_page_tells_are_tied_to_their_parts(tables: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT path, q.printed, len(q.total_of) FROM quantities q
        JOIN sources USING (document_id) WHERE outcome = 'published' AND q.total_of IS NOT NULL
    """
    found = {(path, re.sub(r"\D", "", printed)): parts for path, printed, parts in tables.sql(query).fetchall()}
    told = 0
    for path, text in FILES.items():
        for total, parts in re.findall(r"(?<![(\d:] )\b(\d+)\D{0,3} = (\d+(?: \+ \d+)+)", text):
            if "identity holds" not in text:
                told += 1
                assert found[path, total] == parts.count("+") + 1
    assert told >= 4


def test_documents_cite_each_other_as_the_page_says(tables: duckdb.DuckDBPyConnection) -> None:
    query = """
        SELECT DISTINCT s.path, t.path FROM citations c
        JOIN sources s ON s.document_id = c.document_id JOIN sources t ON t.document_id = c.target_document_id
    """
    stems = {(path, Path(target).stem) for path, target in tables.sql(query).fetchall()}
    for path, text in FILES.items():
        for cited in re.findall(r"cites (?:the regulation )?`([a-z-]+)`", text):
            assert (path, cited) in stems


def test_the_annual_report_gives_as_many_indicators_as_the_page_says(tables: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT count(*) FROM indicators JOIN sources USING (document_id) WHERE path = 'songting-nongye/niandu-baogao-2023.html'"
    (rows,) = tables.sql(query).fetchall()[0]
    assert f"{rows} rows in `indicators`" in FILES["songting-nongye/niandu-baogao-2023.html"]
