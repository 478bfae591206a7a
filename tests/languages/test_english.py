"""Documents in English, and in two languages, are read by the pack of the language that they are written in.

Every sample gives what was reviewed; `pytest tests/languages --update-golden` rewrites the files. The bodies are invented.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from opendata.check.personal import find_personal
from opendata.check.truncation import ends_open
from opendata.convert import Settings
from opendata.convert.document import Document, read_document
from opendata.convert.tables import Tables
from opendata.extract.citations import find_citations
from opendata.extract.header import find_header
from opendata.extract.outline import breaks, find_outline
from opendata.extract.quantities import find_quantities
from opendata.normalise.dates import find_dates, is_date_line, read_date
from opendata.normalise.document_number import find_document_numbers, read_document_number
from opendata.normalise.genres import genre_of
from opendata.normalise.language import detect_language, pack_of
from opendata.normalise.organisations import body_kind, is_body_name, split_bodies
from tests.golden.render import render

FOLDER = Path(__file__).parent
SAMPLES = sorted(path.name for path in (FOLDER / "samples").iterdir())


def read(name: str) -> Document:
    """Return a sample as the road reads it."""
    return read_document(name, (FOLDER / "samples" / name).read_bytes(), "0" * 64, Settings())


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_gives_what_was_reviewed(name: str, update_golden: bool) -> None:
    golden = FOLDER / "golden" / f"{name}.txt"
    found = render(name, (FOLDER / "samples" / name).read_bytes())
    if update_golden:
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in (FOLDER / "golden").iterdir()} == {f"{name}.txt" for name in SAMPLES}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_character_of_a_sample_belongs_to_something(name: str) -> None:
    assert read(name).coverage == 1


def test_a_chinese_page_with_an_english_title_is_read_as_chinese() -> None:
    document = read("mixed-chinese-page-english-title.txt")
    assert (document.pack, document.language, document.genre) == ("zh", "zh-Hans", ("Notice", "notice"))
    assert [section.marker for section in document.sections] == ["一、", "二、"]
    assert document.fields.dates["published_date"] == date(2024, 5, 6)


def test_an_english_page_with_a_chinese_title_is_read_as_english() -> None:
    document = read("mixed-english-page-chinese-title.txt")
    assert (document.pack, document.language, document.genre) == ("en", "en", ("通知", "notice"))
    assert document.fields.status == "valid"
    assert document.layout.addressee == "all ferry operators"
    assert [quantity.unit for quantity in document.quantities] == ["journey", "journey", "hour", "working day"]


@pytest.mark.parametrize(
    ("text", "pack"),
    [
        ("Notice on the publication of sample data", "en"),
        ("关于印发示例办法的通知", "zh"),
        ("示例办法通知 sample APP", "zh"),
        ("关于公布 Harbour and Ferry Operations Handbook 的通知，请各单位认真执行", "zh"),
        ("The word 通知 means a notice, and 公告 an announcement", "en"),
        ("Home | News\n" * 3 + "关于印发示例办法的通知，请各单位认真贯彻执行。" * 40, "zh"),
        ("12345 --", "zh"),
    ],
)
def test_the_pack_is_that_of_the_script_that_says_most(text: str, pack: str) -> None:
    assert pack_of(text) == pack


def test_chinese_words_do_not_make_an_english_text_chinese() -> None:
    assert detect_language("关于轮渡的通知 is the title of this notice.", "en") == "en"


DAY = date(2022, 10, 25)


@pytest.mark.parametrize(
    "printed",
    [
        "25 October 2022",
        "25th October 2022",
        "October 25, 2022",
        "Oct. 25, 2022",
        "25 Oct 2022",
        "Tuesday 25 October 2022",
        "Tuesday, 25 October 2022",
        "25th day of October 2022",
        "25/10/2022",
        "10/25/2022",
        "25.10.2022",
        "2022-10-25",
        "2022/10/25",
        "dated 25 October 2022",
        "(25 October 2022)",
        "25\u00a0OCTOBER\u00a02022.",
    ],
)
def test_a_whole_date_is_read_in_every_form(printed: str) -> None:
    assert read_date(printed, "en") == ("2022-10-25", DAY, None)


@pytest.mark.parametrize("printed", ["05/10/2022", "5/10/2022", "10-05-2022", "1.2.2022"])
def test_a_day_and_month_that_may_be_exchanged_are_not_guessed(printed: str) -> None:
    assert read_date(printed, "en") == ("2022", None, "date-ambiguous")


def test_a_day_that_is_its_own_month_is_not_ambiguous() -> None:
    assert read_date("05/05/2022", "en").date == date(2022, 5, 5)


@pytest.mark.parametrize(
    ("printed", "normalised", "problem"),
    [
        ("October 2022", "2022-10", "date-partial"),
        ("2022", "2022", "date-partial"),
        ("31 February 2022", None, "date-broken"),
        ("25/13/2022", None, "date-broken"),
        ("25 October 22", None, "date-broken"),
        ("25 Octember 2022", None, "date-broken"),
        ("not stated", None, None),
        ("", None, None),
        ("25 October 2022 09:30", "2022-10-25T09:30:00", None),
        ("25 October 2022, 3.30 pm", "2022-10-25T15:30:00", None),
        ("2022-10-25T09:30:00Z", "2022-10-25T09:30:00+00:00", None),
    ],
)
def test_what_a_date_does_not_say_is_not_made_up(printed: str, normalised: str | None, problem: str | None) -> None:
    reading = read_date(printed, "en")
    assert (reading.normalised, reading.problem) == (normalised, problem)


def test_dates_are_found_in_text() -> None:
    text = "From 1 December 2024 to February 28, 2025, and again on 2025-03-01; reference 12/34/5678."
    assert [text[start:end] for start, end, _ in find_dates(text, language="en")] == [
        "1 December 2024",
        "February 28, 2025",
        "2025-03-01",
    ]


@pytest.mark.parametrize(("line", "is_line"), [("25 October 2022", True), ("On 25 October 2022 we met", False)])
def test_a_line_that_is_a_date(line: str, is_line: bool) -> None:
    assert is_date_line(line, "en") is is_line


@pytest.mark.parametrize(
    ("text", "value", "unit", "code", "qualifier"),
    [
        ("The committee held 11 meetings.", "11", "meeting", "C62", None),
        ("It cost £1.2 million in all.", "1200000", "£", "GBP", None),
        ("Costs rose by 15% again.", "15", "%", "P1", None),
        ("Costs rose by 15 per cent.", "15", "%", "P1", None),
        ("It was closed for 24 hours.", "24", "hour", "HUR", None),
        ("They look after 1,200 hectares of wood.", "1200", "hectare", "HAR", None),
        ("They answer within 20 working days.", "20", "working day", "DAY", "at_most"),
        ("There are more than 3.5 tonnes.", "3.5", "tonne", "TNE", "over"),
        ("Children aged 5 years or more pay.", "5", "year", "ANN", "at_least"),
        ("The panel met in eleven sessions.", "11", "session", "C62", None),
        ("A fee of $40 is due.", "40", "$", None, None),
        ("A fee of US$40 is due.", "40", "US$", "USD", None),
        ("A fee of £45 per hour is due.", "45", "£/hour", None, None),
        ("It freezes at -5 °C there.", "-5", "°C", "CEL", None),
    ],
)
def test_a_quantity_is_read(text: str, value: str, unit: str, code: str | None, qualifier: str | None) -> None:
    (found,) = find_quantities(text, language="en")
    assert (found.value, found.unit, found.unit_code, found.qualifier) == (Decimal(value), unit, code, qualifier)
    assert text[found.start : found.end] == found.printed


@pytest.mark.parametrize(
    "text",
    [
        "In 2022 meetings were held online.",
        "See Section 5 days of notice and Table 3.",
        "FOI/2022/0154 of 25 October 2022, 10 Downing Lane.",
        "1.1 Requests by subject",
        "Call 0800 123456 or write to room 12.",
    ],
)
def test_years_sections_and_codes_are_no_quantities(text: str) -> None:
    assert find_quantities(text, language="en") == []


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between 5 and 10 working days", "5", "10"),
        ("from 5 to 10 working days", "5", "10"),
        ("5–10 working days", "5", "10"),
        ("£1.2 million to £1.5 million", "1200000", "1500000"),
        ("between 5% and 10%", "5", "10"),
    ],
)
def test_a_range_is_one_quantity(text: str, low: str, high: str) -> None:
    (found,) = find_quantities(text, language="en")
    assert (found.value, found.value_max) == (Decimal(low), Decimal(high))


def test_parts_add_up_to_their_total() -> None:
    text = "We had 43 requests. Of these, 38 requests were granted and 5 requests refused."
    assert find_quantities(text, language="en")[0].total_of == ["1", "2"]


def outline(text: str) -> list[tuple[str, str]]:
    """Return path and marker of every section of an English text."""
    return [(one.section_id, one.marker) for one in find_outline(text, [(0, len(text))], "en")]


def test_a_regulation_nests_from_part_to_roman_numeral() -> None:
    text = "Part I\nChapter 1\nSection 1. Names\nArticle 1\n1. All\n(a) one\n(i) first\n(ii) second\n(b) two\nArticle 2\nPart II"
    assert outline(text) == [
        ("1", "Part I"), ("1.1", "Chapter 1"), ("1.1.1", "Section 1."), ("1.1.1.1", "Article 1"), ("1.1.1.1.1", "1."),
        ("1.1.1.1.1.1", "(a)"), ("1.1.1.1.1.1.1", "(i)"), ("1.1.1.1.1.1.2", "(ii)"), ("1.1.1.1.1.2", "(b)"),
        ("1.1.1.2", "Article 2"), ("2", "Part II"),
    ]  # fmt: skip


def test_the_letter_i_follows_h_and_the_numeral_follows_nothing() -> None:
    letters = "\n".join(f"({letter}) item" for letter in "abcdefghij")
    assert [path for path, _ in outline(letters)] == [str(place) for place in range(1, 11)]
    numerals = "(h) item\n(i) first of it\n(ii) second of it"
    assert [path for path, _ in outline(numerals)] == ["1", "1.1", "1.2"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. A\n2. B\n4. C", ["2. → 4."]),
        ("1.1 A\n1.2 B\n2.1 C\n2.3 D", ["2.1 → 2.3"]),
        ("Section 1 A\nSection 2 B\nSection 4 C", ["Section 2 → Section 4"]),
        ("Part I\nPart II\nPart III\nPart IV\nPart V\nPart VI", []),
        ("(a) A\n(b) B\n(d) D", ["(b) → (d)"]),
    ],
)
def test_breaks_in_numbering_are_told(text: str, found: list[str]) -> None:
    sections = find_outline(text, [(0, len(text))], "en")
    assert [words for *_, words in breaks(sections, text, "en")] == found


@pytest.mark.parametrize(
    "line", ["1.2 million people came.", "Part of the road is closed.", "25 October 2022", "Section 5 applies here."]
)
def test_words_of_a_text_are_no_markers(line: str) -> None:
    assert outline(line) == []


def fields(text: str) -> list[tuple[str | None, str | None]]:
    """Return field and value of every pair of an English header."""
    return [(pair.field, pair.value) for pair in find_header(text, "en").pairs]


@pytest.mark.parametrize(
    "text",
    [
        "Title: Plan\nReference number: AB/1\nStatus: In force\n\nText.",
        "TITLE: Plan\nREFERENCE NUMBER: AB/1\nSTATUS: In force\n\nText.",
        "| Title | Plan |\n| Reference number | AB/1 |\n| Status | In force |\n\nText.",
        "Title\tPlan\nReference number\tAB/1\nStatus\tIn force\n\nText.",
        "Title:\nPlan\nReference number:\nAB/1\nStatus:\nIn force\n\nText.",
        "- Title: Plan\n- Reference number: AB/1\n- Status: In force\n\nText.",
    ],
)
def test_a_header_is_read_in_every_layout(text: str) -> None:
    assert fields(text) == [("title", "Plan"), ("document_number", "AB/1"), ("status", "In force")]


def test_a_label_inside_a_sentence_is_none() -> None:
    text = "The council met. We asked about the status: it was not known, and the reference number: none was given.\n"
    assert fields(text) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Harrowmere Borough Council", "government"),
        ("Long Ferry Parish Council", "township"),
        ("Department for Rivers and Ports", "department"),
        ("Ministry of Education and Youth", "department"),
        ("University of Ellery", "public_institution"),
        ("Ellery Crown Court", "court"),
        ("The Ports Authority", "other"),
        ("青榆县人民政府", "government"),
    ],
)
def test_the_kind_of_a_body_is_known_in_any_language(name: str, kind: str) -> None:
    assert body_kind(name) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Customer Service",
        "The Council",
        "Decisions of the Council",
        "We wrote to the Council",
        "council",
        "What the Council does",
    ],
)
def test_a_heading_or_sentence_is_no_body(line: str) -> None:
    assert not is_body_name(line, "en")


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        (
            "Harrowmere Borough Council; Long Ferry Parish Council",
            ["Harrowmere Borough Council", "Long Ferry Parish Council"],
        ),
        (
            "Harrowmere Borough Council and Long Ferry Parish Council",
            ["Harrowmere Borough Council", "Long Ferry Parish Council"],
        ),
        ("Ministry of Education and Youth", ["Ministry of Education and Youth"]),
        ("Department for Culture, Media and Sport", ["Department for Culture, Media and Sport"]),
        ("n/a", []),
    ],
)
def test_bodies_are_parted_where_both_sides_are_names(printed: str, names: list[str]) -> None:
    assert split_bodies(printed, "en") == names


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Annual Report 2022", "annual_report"),
        ("Report on the State of the Harbour", "report"),
        ("Decision notice: Old Quay", "decision"),
        ("Street Market Regulations 2021", "regulations"),
        ("Parking on Court Order", None),
        ("Opening hours of the ferry", None),
    ],
)
def test_a_title_says_its_genre(title: str, code: str | None) -> None:
    found = genre_of(title, "en")
    assert (found[1] if found else None) == code


@pytest.mark.parametrize(
    ("printed", "canonical", "year"),
    [
        ("FOI/2022/0154", "FOI/2022/0154", 2022),
        ("Our ref: PE 17-3", "PE 17-3", None),
        ("Circular No. 12 of 2024", "Circular No. 12 of 2024", 2024),
        ("none", None, None),
    ],
)
def test_a_document_number_is_what_is_printed(printed: str, canonical: str | None, year: int | None) -> None:
    assert read_document_number(printed, "en")[:3] == (canonical, year, None)


def test_a_number_without_a_digit_is_broken() -> None:
    assert read_document_number("see overleaf", "en").problem == "document-number-broken"


def test_document_numbers_are_found_in_text() -> None:
    text = "We answered FOI/2022/0154 and FOI/2022/0160."
    assert [text[start:end] for start, end, _ in find_document_numbers(text, language="en")] == [
        "FOI/2022/0154",
        "FOI/2022/0160",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Call me on 07700 900123 after six.", "mobile_number"),
        ("Call me on +44 7700 900123.", "mobile_number"),
        ("National Insurance number: AB 12 34 56 C", "identity_card"),
        ("Account number: 4111 1111 1111 1111", "bank_card"),
    ],
)
def test_personal_numbers_are_found(text: str, kind: str) -> None:
    assert [finding.kind for finding in find_personal(text, "en")] == [kind]


@pytest.mark.parametrize("text", ["Call the council on 0117 496 0123.", "Order AB/12/34/56/C", "Ref 077009001234567"])
def test_numbers_of_offices_and_files_are_not_personal(text: str) -> None:
    assert find_personal(text, "en") == []


@pytest.mark.parametrize(
    ("last", "is_cut"),
    [
        ("The council decided that the", True),
        ("The council met twice, and the members asked for more time before the vote on the new road", True),
        ("The council met twice.", False),
        ("Harrowmere", False),
    ],
)
def test_a_text_that_breaks_off_is_told(last: str, is_cut: bool) -> None:
    text = f"The council met.\n{last}\n"
    assert ends_open(text, False, text, "", "en") is is_cut


def test_an_act_is_cited_with_its_year() -> None:
    text = "Under the Freedom of Information Act 2000 and Regulation (EU) 2017/1185 we answer."
    assert [(one.cited_title, one.cited_number) for one in find_citations(text, language="en")] == [
        ("Freedom of Information Act 2000", None),
        ("Regulation (EU) 2017/1185", "2017/1185"),
    ]


def test_the_bodies_that_a_text_is_sent_to_are_told_apart() -> None:
    text = (
        "Title: Notice on rural bus services\nReference number: HDC/2023/0413\nIssued by: Harrowby District Council\n\n"
        "To: Marsh Borough Council; Upton Parish Council:\n\nThe services run from Monday.\n"
    )
    document = read_document("notice.txt", text.encode(), "0" * 64, Settings())
    tables = Tables()
    tables.add_document(document)
    bodies = [row[1] for row in tables.rows["document_bodies"] if row[0] == "addressee"]
    assert bodies == ["Marsh Borough Council", "Upton Parish Council"]
