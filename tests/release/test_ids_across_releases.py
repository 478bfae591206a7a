"""Ids of documents from release to release: they follow the document, not its file, address or layout."""

from pathlib import Path

import pytest
from release_samples import disclosure, ids, invented, rows, write

from opendata.release.verify import verify
from tests.support import release

TITLE = "霁川市节约用水管理办法"
FIRST = disclosure(TITLE, "JC000-01-2024-0001", "霁政办发〔2024〕1号")
SECOND = disclosure("霁川市城市供热管理办法", "JC000-01-2024-0002", "霁政办发〔2024〕2号")


def published(inputs: Path, folder: Path) -> Path:
    outcome = release([inputs], folder / "output")
    assert outcome.folder is not None
    assert verify(folder / "output") == []
    return outcome.folder


def rules(latest: Path) -> set[str]:
    return {row["rule"] for row in rows(latest, "issues")}


def test_a_page_has_the_id_of_the_text_that_it_shows(tmp_path: Path) -> None:
    texts = published(invented(tmp_path / "texts", 40, "text"), tmp_path / "a")
    pages = published(invented(tmp_path / "pages", 40, "html"), tmp_path / "b")
    assert len(ids(texts)) >= 30
    assert ids(texts) == ids(pages)
    assert ids(published(tmp_path / "pages", tmp_path / "a")) == ids(texts), "and keeps it in the next release"


@pytest.mark.parametrize(
    "text",
    [
        disclosure(TITLE, "JC000-01-2024-0001", "霁政办发〔2024〕1号", url="https://www.jichuan.example/b.html"),
        disclosure(TITLE, "JC000-01-2024-0001", ""),
        disclosure(TITLE, "", "霁政办发〔2024〕1号"),
        disclosure(TITLE, "", ""),
        disclosure(TITLE, "JC000-09-2025-0777", "霁政办发〔2024〕1号"),
        disclosure(TITLE, "JC000-01-2024-0001", "霁政办发〔2024〕1号", body="内容已全部改写。\n"),
        FIRST.replace("索引号: ", "索 引 号：").replace("标题: ", "名　　称："),
    ],
    ids=["address", "no number", "no index", "title only", "other index", "other text", "labels"],
)
def test_an_id_stays_as_long_as_one_key_is_left(tmp_path: Path, text: str) -> None:
    before = ids(published(write(tmp_path / "in", a=FIRST, b=SECOND), tmp_path))
    after = ids(published(write(tmp_path / "in", z=text, b=SECOND), tmp_path))
    assert after == before


def test_an_id_is_kept_for_a_withdrawn_document_and_for_nobody_else(tmp_path: Path) -> None:
    first = published(write(tmp_path / "in", a=FIRST, b=SECOND), tmp_path)
    withdrawn = ids(first)[TITLE]
    other = disclosure("霁川市公共阅读空间管理办法", "JC000-01-2024-0003")
    for name in ("c", "d"):
        latest = published(write(tmp_path / "in", b=SECOND, **{name: other}), tmp_path)
        assert withdrawn not in ids(latest).values()
        assert withdrawn in {row["document_id"] for row in rows(latest, "identities")}
        other = disclosure("霁川市停车场管理办法", "JC000-01-2024-0004")
    assert ids(published(write(tmp_path / "in", a=FIRST, b=SECOND), tmp_path))[TITLE] == withdrawn


def test_documents_that_turn_out_to_be_one_keep_one_id_and_an_issue_says_so(tmp_path: Path) -> None:
    left = disclosure(TITLE, "JC000-01-2024-0001", "", body="甲。\n", day="2024年1月1日")
    right = disclosure(TITLE + "（全文）", "", "霁政办发〔2024〕1号", body="乙。\n", day="2024年2月2日")
    before = ids(published(write(tmp_path / "in", a=left, b=right), tmp_path))
    assert len(set(before.values())) == 2
    both = disclosure(TITLE, "JC000-01-2024-0001", "霁政办发〔2024〕1号", body="甲。\n", day="2024年1月1日")
    latest = published(write(tmp_path / "in", a=both), tmp_path)
    assert ids(latest)[TITLE] in before.values()
    assert "identity-joined" in rules(latest)


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_a_document_that_comes_apart_gives_its_id_to_one_of_the_two(tmp_path: Path, names: tuple[str, str]) -> None:
    left = disclosure(TITLE, "JC000-01-2024-0001", "")
    right = disclosure(TITLE, "", "霁政办发〔2024〕1号")
    before = ids(published(write(tmp_path / "in", **dict(zip(names, (left, right), strict=True))), tmp_path))
    assert len(before) == 1
    apart = disclosure("关于节约用水的另一件事", "", "霁政办发〔2024〕1号", body="另一件。\n", day="2024年2月2日")
    after = ids(published(write(tmp_path / "in", **dict(zip(names, (left, apart), strict=True))), tmp_path))
    assert len(set(after.values())) == 2
    assert before[TITLE] in after.values()


def test_documents_that_share_a_key_and_contradict_each_other_stay_apart_with_an_issue(tmp_path: Path) -> None:
    twin = disclosure("霁川市城市供热管理办法", "JC000-01-2024-0001", "", body="另一件。\n")
    latest = published(write(tmp_path / "in", a=FIRST, b=twin), tmp_path)
    assert len(set(ids(latest).values())) == 2
    assert "identity-conflict" in rules(latest)
