"""The corpus of benchmarks is the same every time, is of the sample's kind, and is damaged exactly as it says."""

import re
import sys
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from stdnum.cn import uscc

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
generate: Any = import_module("generate")

COUNT, DAMAGED = 400, 50
SAMPLE_BYTES, SAMPLE_HTML_BYTES = 9_400, 25_000
CARD_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
SUFFIX = {"text": ".txt", "html": ".html"}
HEADING = re.compile(r"^  ((?:[一二三]、)|(?:（[一二三四]）)|(?:[一二三四]是))", re.MULTILINE)
QUANTITY = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:%|(?![年月日号])[\u4e00-\u9fff])")


def read(corpus: Path) -> dict[str, bytes]:
    return {path.relative_to(corpus).as_posix(): path.read_bytes() for path in corpus.rglob("*") if path.is_file()}


@pytest.fixture(scope="module", params=["text", "html"])
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, list[Any]]:
    directory = tmp_path_factory.mktemp(request.param)
    return request.param, directory, generate.generate(directory, COUNT, request.param, damaged=DAMAGED)


def of_kind(corpus: tuple[str, Path, list[Any]], kind: str) -> list[tuple[Any, bytes]]:
    _, directory, expected = corpus
    return [(one, (directory / one.path).read_bytes()) for one in expected if one.kind == kind]


@pytest.mark.parametrize("kind", ["text", "html"])
def test_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path, kind: str) -> None:
    first = generate.generate(tmp_path / "a", 60, kind, seed=7, damaged=20)
    assert generate.generate(tmp_path / "b", 60, kind, seed=7, damaged=20) == first
    assert read(tmp_path / "a") == read(tmp_path / "b")
    generate.generate(tmp_path / "c", 60, kind, seed=8, damaged=20)
    other = read(tmp_path / "c")
    assert all(data != other[path] for path, data in read(tmp_path / "a").items() if data)


def test_a_sound_document_does_not_depend_on_the_size_of_its_corpus(tmp_path: Path) -> None:
    generate.generate(tmp_path / "small", 3, "text")
    generate.generate(tmp_path / "large", 30, "text")
    large = read(tmp_path / "large")
    assert all(large[path] == data for path, data in read(tmp_path / "small").items())


def test_damage_is_as_many_as_asked_and_spread_evenly(corpus: tuple[str, Path, list[Any]]) -> None:
    kind, directory, expected = corpus
    counts = Counter(one.kind for one in expected)
    assert counts.pop("ok") == COUNT - DAMAGED
    assert counts == {
        "binary": 6, "empty": 6, "undecodable": 6, "no-header": 6, "identity-card": 3, "mobile-number": 3,
        "dates-contradict": 5, "headers-contradict": 5, "check-digit": 5, "truncated": 5,
    }  # fmt: skip
    by_eighths = [sum(one.kind != "ok" for one in expected[at : at + 80]) for at in range(0, COUNT, 80)]
    assert by_eighths == [10] * 5
    assert set(read(directory)) == {one.path for one in expected}
    assert {Path(one.path).suffix for one in expected} == {SUFFIX[kind]}


def test_five_of_each_hundred_are_damaged_where_fifty_of_a_thousand_are() -> None:
    plan = import_module("damage").plan(1000, 50)
    assert Counter(ordinal // 100 for ordinal in plan) == dict.fromkeys(range(10), 5)


def test_more_damaged_than_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="between 0 and count"):
        generate.generate(tmp_path, 3, "text", damaged=4)


def test_titles_index_numbers_and_document_numbers_are_distinct() -> None:
    invent = import_module("invent")
    headers = [invent.disclosure(ordinal, 1).header for ordinal in [*range(1_000), *range(90_000, 91_000)]]
    assert len({header.index_number for header in headers}) == len(headers)
    assert len({header.title for header in headers}) == len(headers)
    numbers = [header.document_number for header in headers if header.document_number]
    assert len(set(numbers)) == len(numbers) == len(headers) * 3 // 4


def test_sizes_are_of_the_samples_kind(corpus: tuple[str, Path, list[Any]]) -> None:
    sizes = [len(data) for _, data in of_kind(corpus, "ok")]
    wanted = SAMPLE_BYTES if corpus[0] == "text" else SAMPLE_HTML_BYTES
    assert abs(sum(sizes) / len(sizes) - wanted) < 0.2 * wanted
    assert max(sizes) < 1.4 * wanted


def test_text_holds_the_samples_headings_figures_and_header_twice(tmp_path: Path) -> None:
    for one in generate.generate(tmp_path, 20, "text"):
        text = (tmp_path / one.path).read_text(encoding="utf-8")
        assert len(HEADING.findall(text)) == 23
        assert len(QUANTITY.findall(text)) == 17
        assert text.count(one.index_number) == 2
        assert text.count(one.title) == 3
        total, *parts = map(int, re.findall(r"全年\D+(\d+)\D+，其中，\D+(\d+)\D+(\d+)\D+(\d+)\D+(\d+)", text)[0])
        assert total == sum(parts)


def test_identity_card_is_valid_by_gb_11643(corpus: tuple[str, Path, list[Any]]) -> None:
    for _, data in of_kind(corpus, "identity-card"):
        found = re.search(r"(?<!\d)36\d{15}[\dX](?!\d)", data.decode())
        assert found
        total = sum(int(d) * w for d, w in zip(found[0][:17], CARD_WEIGHTS, strict=True))
        assert found[0][17] == "10X98765432"[total % 11]


def test_mobile_number_has_eleven_digits(corpus: tuple[str, Path, list[Any]]) -> None:
    assert all(re.search(r"(?<!\d)199\d{8}(?!\d)", data.decode()) for _, data in of_kind(corpus, "mobile-number"))


def test_only_the_wrong_check_digits_are_wrong(corpus: tuple[str, Path, list[Any]]) -> None:
    for one in corpus[2]:
        if one.index_number:
            code = one.index_number.partition("/")[0]
            assert uscc.is_valid(code) == (one.kind != "check-digit")
            total = sum(int(c, 36) * w for c, w in zip(code[8:16], ORGANISATION_WEIGHTS, strict=True))
            assert code[16] == "0123456789X0"[11 - total % 11]


def test_undecodable_bytes_fit_neither_encoding(corpus: tuple[str, Path, list[Any]]) -> None:
    for _, data in of_kind(corpus, "undecodable"):
        for encoding in ("utf-8", "gb18030"):
            with pytest.raises(UnicodeDecodeError):
                data.decode(encoding)
        assert b"\x00" not in data
    assert all(b"\x00" in data for _, data in of_kind(corpus, "binary"))
    assert not any(data for _, data in of_kind(corpus, "empty"))


def test_truncated_files_break_off_within_a_sentence(corpus: tuple[str, Path, list[Any]]) -> None:
    for one, data in of_kind(corpus, "truncated"):
        text = re.sub(r"<[^>]*>", "", data.decode())
        assert "\u4e00" <= text[-1] <= "\u9fff"
        assert "现将有关情况报告如下" in text
        assert one.title in text
        assert "三、" not in text[-200:]
        assert "<" not in text
        assert b"</html>" not in data


def test_contradictions_stand_in_the_header(corpus: tuple[str, Path, list[Any]]) -> None:
    created = re.compile(r"成文日期[：:](?:</b></td> \n +<td>| )(\d+)年(\d+)月(\d+)日")
    published = re.compile(r"发布日期[：:](?:</b></td> \n +<td>| )(\d+)年(\d+)月(\d+)日")
    for one, data in of_kind(corpus, "dates-contradict"):
        text = data.decode()
        made, shown = (tuple(map(int, pattern.findall(text)[0])) for pattern in (created, published))
        assert made > shown, one.path
    for one, data in of_kind(corpus, "headers-contradict"):
        text = data.decode()
        titles = re.findall(r"(?:题: |标　　题：</b></td> \n +<td colspan=\"3\">)([^\n<]+)", text)
        assert len(titles) == 2
        assert len(set(titles)) == 2 or len(set(created.findall(text))) == 2, one.path
