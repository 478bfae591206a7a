"""Ruled tables: the same cells as pdfplumber finds, which was measured on real reports and budgets."""

import io
import random

import pdfplumber
import pytest

from opendata.config import Limits
from opendata.read.pdf import read_pdf
from tests.read_formats.pdf_samples import LEFT, Sheet, pdf


def random_table(chance: random.Random) -> Sheet:
    """Return a page with a table of random size: some cells merged to the right, lines jittered, doubled or drawn as boxes."""
    sheet = Sheet()
    widths = [chance.randint(50, 90) for _ in range(chance.randint(2, 5))]
    rows = chance.randint(2, 8)
    edges = [LEFT]
    for width in widths:
        edges.append(edges[-1] + width)
    for row in range(rows):
        top, column = 120.0 + row * 25, 0
        while column < len(widths):
            span = 1 if chance.random() < 0.8 else min(2, len(widths) - column)
            box = (edges[column], top, edges[column + span], top + 25)
            x0, y0, x1, y1 = (place + chance.uniform(-0.6, 0.6) for place in box)
            if chance.random() < 0.5:
                sheet.boxes.append((x0, y0, x1, y1))
            else:
                sheet.rules += [(x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)]
            sheet.line(top + 17, chance.choice(("12.5", "1,234", "项目", "说明字")), edges[column] + 6, 10)
            column += span
    return sheet


@pytest.mark.parametrize("seed", range(25))
def test_cells_are_those_of_pdfplumber(seed: int) -> None:
    data = pdf([random_table(random.Random(seed))])
    reading = read_pdf(data, Limits())
    found = [reading.text[cell.start : cell.end] for table in reading.tables for cell in table.cells]
    with pdfplumber.open(io.BytesIO(data)) as document:
        tables = document.pages[0].extract_tables()
    expected = [words for table in tables for row in table for words in row if words is not None]
    assert found == expected
