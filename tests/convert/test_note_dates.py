"""Dates of the note under a title in the document: they fill what the header does not print, and leave a trail."""

from opendata.convert import Settings
from opendata.convert.document import Document, read_document

NOTE = "（2021年5月27日槐浦市人民代表大会常务委员会会议通过　自2021年10月1日起施行）"


def read(header: str) -> Document:
    text = f"{header}\n槐浦市古树保护条例\n{NOTE}\n\n　　第一条　为了保护古树，制定本条例。\n　　第二条　古树挂牌。\n"
    return read_document("a.txt", text.encode(), "0" * 64, Settings())


def trail(document: Document) -> list[tuple[str, str | None, str]]:
    """Return rule, field and what was found, of findings on dates with the printed date that they point to."""
    findings = [one for one in document.findings if "date" in one.rule]
    return [(one.rule, document.reading.text[one.start : one.end], one.found) for one in findings]


def test_what_only_the_note_tells_is_taken_with_its_place() -> None:
    document = read("")
    assert {name: str(day) for name, day in document.fields.dates.items()} == {
        "created_date": "2021-05-27",
        "effective_date": "2021-10-01",
    }
    assert trail(document) == [
        ("date-from-note", "2021年5月27日", "2021-05-27 通过"),
        ("date-from-note", "2021年10月1日", "2021-10-01 施行"),
    ]
    at = document.reading.text.index("2021年5月")
    assert document.fields.rows == [
        ("note", "通过", "created_date", "2021年5月27日", "2021-05-27", at, at + 10),
        ("note", "施行", "effective_date", "2021年10月1日", "2021-10-01", at + 30, at + 40),
    ]


def test_the_header_wins_and_another_date_is_a_finding() -> None:
    document = read(
        "索引号：HPX-03-2021-0009\n发文机关：槐浦市人大常委会\n成文日期：2021-06-01\n施行日期：2021年10月\n"
    )
    assert {name: str(day) for name, day in document.fields.dates.items()} == {"created_date": "2021-06-01"}
    assert [row for row in trail(document) if row[0] != "date-partial"] == [
        ("note-date-differs", "2021年5月27日", "2021-05-27 通过 ≠ 2021-06-01")
    ]
