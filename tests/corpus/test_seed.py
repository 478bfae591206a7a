"""The real report of a sub-district office: everything that is known of it, read from the published Parquet."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.support import publish_inputs


@pytest.fixture(scope="module")
def tables(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    folder = publish_inputs([shared / "corpus" / "seed"], tmp_path_factory.mktemp("seed"))
    return {path.stem: pq.read_table(path).to_pylist() for path in (folder / "parquet").glob("*.parquet")}


def test_the_header_says_what_is_printed(tables: dict[str, list[dict[str, Any]]]) -> None:
    (document,) = tables["documents"]
    expected = {
        "index_number": "11220105K093958767/2022-15502",
        "title": "2022年荣光街道意识形态工作报告",
        "issuing_body": "中共二道区荣光街道工作委员会",
        "publishing_body": "二道区荣光街道办事处",
        "created_date": date(2022, 10, 25),
        "published_date": date(2022, 10, 26),
        "document_number": None,
        "categories": ["综合政务(其他)", "其他"],
        "signatory": "荣光街道党工委",
        "signed_date": None,
        "genre": "报告",
        "region_code": "220105",
        "language": "zh-Hans",
    }
    assert {name: document[name] for name in expected} == expected
    assert document["coverage"] >= 0.995


def test_the_second_header_is_recognised_as_the_same(tables: dict[str, list[dict[str, Any]]]) -> None:
    fields = tables["header_fields"]
    first = [(row["field"], row["normalised"]) for row in fields if row["origin"] == "header"]
    second = [(row["field"], row["normalised"]) for row in fields if row["origin"] == "repeated"]
    assert len(first) == 7
    assert first == second
    assert not [row for row in tables["issues"] if row["rule"] == "headers-contradict"]


def test_the_outline_has_its_three_levels(tables: dict[str, list[dict[str, Any]]]) -> None:
    levels = [row["level"] for row in tables["sections"]]
    assert [levels.count(level) for level in (1, 2, 3)] == [3, 10, 10]
    assert len(levels) == 23
    headings = {row["section_id"]: (row["marker"], row["heading"]) for row in tables["sections"]}
    assert headings["1"] == ("一、", "主要做法及成效")
    assert headings["1.3.3"] == ("三是", "提前介入及时报告")
    assert headings["2.1"] == ("(一)", "意识形态工作队伍建设有待加强")


def test_the_quantities_are_the_printed_ones_and_the_total_has_its_parts(
    tables: dict[str, list[dict[str, Any]]],
) -> None:
    text = tables["texts"][0]["text"]
    rows = tables["quantities"]
    assert [row["printed"] for row in rows] == [
        "11次", "24小时", "191篇次", "26次", "15次", "38次", "112次", "47条", "36条",
    ]  # fmt: skip
    assert all(text[row["start_char"] : row["end_char"]] == row["printed"] for row in rows)
    total = rows[2]
    assert sum(rows[int(position)]["value"] for position in total["total_of"]) == total["value"] == 191


def test_the_code_belongs_to_the_publishing_body_and_is_valid(tables: dict[str, list[dict[str, Any]]]) -> None:
    bodies = {row["name"]: row for row in tables["organisations"]}
    publisher = bodies["二道区荣光街道办事处"]
    assert (publisher["uscc"], publisher["uscc_valid"], publisher["region_code"]) == (
        "11220105K093958767",
        True,
        "220105",
    )
    assert bodies["中共二道区荣光街道工作委员会"]["uscc"] is None
    assert bodies["荣光街道党工委"]["uscc"] is None
