"""Totals against their printed parts: said where the words leave no other reading, and only there."""

from pathlib import Path

import pytest

from opendata.check.rules import Finding
from opendata.check.totals import contradicted_totals
from opendata.convert import Settings
from opendata.convert.document import read_document
from opendata.errors import Unreadable
from opendata.extract.quantities import find_quantities
from tests.support import SAMPLE


def found(text: str) -> list[tuple[str, str]]:
    """Return what was found in each total that is contradicted, and the piece of the text that it stands in."""
    findings = contradicted_totals(text, find_quantities(text))
    return [(one.found, text[one.start : one.end]) for one in findings]


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("宣讲46场，其中镇级21场，村级14场，组级12场", "46场 ≠ 21场 + 14场 + 12场 = 47场"),
        ("宣讲46场（其中，镇级21场、村级14场和组级12场", "46场 ≠ 21场 + 14场 + 12场 = 47场"),
        ("刊发稿件86篇，其中水库类40篇，渠道类30篇，其他6篇", "86篇 ≠ 40篇 + 30篇 + 6篇 = 76篇"),
        ("管护员210人，其中县级90人；镇级80人；其余50人", "210人 ≠ 90人 + 80人 + 50人 = 220人"),
    ],
)
def test_parts_that_contradict_their_total_are_shown_with_their_place(printed: str, said: str) -> None:
    assert found(f"全年{printed}。会后回访12户。") == [(said, printed[printed.index(said.split()[0]) :])]


@pytest.mark.parametrize(
    "text",
    [
        "宣讲47场，其中镇级21场，村级14场，组级12场。",  # they add up
        "宣讲60场，其中镇级21场，村级14场，组级12场。",  # the parts need not be all
        "管护员210人，其中女性90人，党员80人，村民50人。",  # one person may be all three
        "宣讲46场，其中镇级21场，村级26场。",  # two: the second may be of another kind
        "宣讲46场，其中镇级41场，村级34场，组级22场。",  # too far apart for a misprint
        "巡查46次，其中水库21次，渠道14次，已整改12次。",  # what became of it
        "巡查46次，其中水库21次，大型渠道14次，泵站和闸门12次。",  # no series
        "巡查46次，其中水库21次，渠道14次；泵站12次。",  # parted from the series
        "宣讲约46场，其中镇级21场，村级14场，组级12场。",
        "宣讲46场，其中镇级21场，村级14场，组级12场以上。",
        "投资4.6亿元，其中水库2.1亿元，渠道1.4亿元，其他1.2亿元。",  # rounded
        "宣讲46场，参加900人，其中镇级21场，村级14场，组级12场。",  # not right behind the total
        "其中镇级21场，村级14场，组级12场，线上3场。",
    ],
)
def test_no_alarm_where_the_words_leave_another_reading(text: str) -> None:
    assert found(text) == []


def alarms(paths: list[Path]) -> list[Finding]:
    """Return all such findings in files as they are read for a release."""
    findings = []
    for path in sorted(paths):
        try:
            document = read_document(path.name, path.read_bytes(), "0" * 64, Settings())
        except Unreadable:
            continue
        findings += [one for one in document.findings if one.rule == "total-contradicted"]
    return findings


def test_the_sample_holds_one_such_total() -> None:
    inputs = [path for path in (SAMPLE.parent / "sample").rglob("*") if path.is_file()]
    assert [one.found for one in alarms(inputs)] == ["46次 ≠ 21次 + 14次 + 12次 = 47次"]


def test_no_alarm_in_real_disclosures(shared: Path) -> None:
    corpus = shared / "corpus"
    pages = [*(corpus / "govcn-html").glob("*.html"), *(corpus / "seed").glob("*.txt"), *corpus.glob("word/*/*.doc*")]
    assert len(pages) == 209
    assert alarms(pages) == []
