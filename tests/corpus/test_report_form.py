"""The empty form of the statutory annual report in Word: blank it gives nothing, and each blank that is filled in an indicator."""

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from opendata.convert import Settings
from opendata.convert.annual_report import AnnualReport, Source, read_report
from opendata.convert.document import read_document
from opendata.model.codes import CODES
from opendata.read.docx import read_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def form(shared: Path) -> bytes:
    path = shared / "corpus" / "annual-report" / "template.docx"
    if not path.is_file():
        pytest.skip("no form here")
    return path.read_bytes()


def filled(form: bytes, printed: str) -> bytes:
    """Return the form with the same words in every empty cell."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(data)
                for cell in root.iter(f"{W}tc"):
                    merged = cell.find(f"{W}tcPr/{W}vMerge")
                    if "".join(cell.itertext()).strip() or (merged is not None and merged.get(f"{W}val") != "restart"):
                        continue
                    run = etree.SubElement(cell.find(f"{W}p"), f"{W}r")
                    etree.SubElement(run, f"{W}t").text = printed
                data = etree.tostring(root)
            new.writestr(name, data)
    return out.getvalue()


def report(data: bytes) -> AnnualReport:
    reading = read_docx(data, Settings().limits)
    source = Source("松汀区农业农村局2023年政府信息公开工作年度报告", "annual_report", "zh", None, None, None)
    found = read_report(source, reading.text, reading.tables)
    assert found is not None
    return found


def test_the_blank_form_gives_no_row_and_no_finding(form: bytes) -> None:
    assert report(form) == AnnualReport("松汀区农业农村局", 2023)
    document = read_document("template.docx", form, "0" * 64, Settings())
    assert document.report == AnnualReport()


@pytest.mark.parametrize(("printed", "values", "findings"), [("0", 200, 0), ("/", 0, 0), ("0件", 199, 1)])
def test_each_blank_that_is_filled_in_is_an_indicator(form: bytes, printed: str, values: int, findings: int) -> None:
    found = report(filled(form, printed))
    assert (len(found.values), len(found.findings)) == (values, findings)
    if printed == "0":
        assert {one.indicator for one in found.values} == set(CODES["indicator"])
