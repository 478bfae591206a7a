"""Real regulations in Word files: every one is read, under its title, with its dates and all its articles."""

import re
from pathlib import Path

import pytest

from opendata.config import Limits
from opendata.normalise.numerals import parse_number
from opendata.read.doc import read_doc
from opendata.read.docx import read_docx
from opendata.read.word_kind import word_kind

READERS = {"docx": read_docx, "doc": read_doc}
LIMITS = Limits()
_ARTICLE = re.compile(r"^[ \u3000\u00a0]*第([一二三四五六七八九十百零〇○]+)条", re.M)
_PASSED = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日[^。]{4,120}?(?:通过|批准|修订|修正|公布)")


@pytest.fixture(scope="module")
def texts(shared: Path) -> dict[str, str]:
    """Map each file's name to its text."""
    folder = shared / "corpus" / "word"
    if not folder.is_dir():
        pytest.skip("no Word files here")
    found = {}
    for path in sorted(folder.rglob("*.doc*")):
        data = path.read_bytes()
        kind = word_kind(data)
        assert kind is not None, path
        found[f"{path.parent.name}/{path.name}"] = READERS[kind](data, LIMITS).text
    return found


def test_every_file_is_read(texts: dict[str, str]) -> None:
    assert len(texts) == 148
    assert all(len(text) > 1500 for text in texts.values())
    assert not [name for name, text in texts.items() if re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffd]", text)]


def test_every_text_opens_with_its_title(texts: dict[str, str]) -> None:
    differing = []
    for name, text in texts.items():
        title = name.split("/")[1].rsplit(".", 1)[0].split("_", 1)[1]
        lines = ["".join(line.split()) for line in text.split("\n") if line.strip()]
        if title not in ["".join(lines[:count]) for count in (1, 2, 3)]:
            differing.append(name)
    assert differing == []


def test_the_dates_of_adoption_stand_under_the_title(texts: dict[str, str]) -> None:
    assert [name for name, text in texts.items() if not _PASSED.search(text[:1500].replace("\n", ""))] == []


def test_articles_run_unbroken(texts: dict[str, str]) -> None:
    broken = {}
    for name, text in texts.items():
        numbers = [int(parse_number(match.group(1)) or 0) for match in _ARTICLE.finditer(text)]
        if numbers != list(range(1, len(numbers) + 1)) or len(numbers) < 10:
            broken[name] = numbers
    assert broken == {}
