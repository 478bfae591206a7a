"""OFD (GB/T 33190): text with its places by ofdkit, which then become paragraphs and ruled tables as those of a PDF do."""

import io
import zipfile
from itertools import pairwise

import ofdkit
from ofdkit.package import Package

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.ofd_rules import POINTS, find_edges
from opendata.read.pdf_cells import holds_whole, with_tables
from opendata.read.pdf_flow import flow
from opendata.read.pdf_grid import Edge, find_grids
from opendata.read.pdf_pages import Grid, Line, Page, PagedReading, in_reading_order
from opendata.read.xlsx_package import BROKEN

MOST_PAGES = 5000
MOST_RUNS = 500_000
_LARGEST_PART = 16 << 20
_LEAST_BUDGET = 64 << 20
_WORD_GAP = 0.25
_PAGE_MARGIN = 2.0


def read_ofd(data: bytes, limits: Limits) -> PagedReading:
    """Read an OFD file: its text and ruled tables.

    Raises Unreadable `ofd-broken`, `file-too-large`, `archive-limit`, `scanned` (pages without text), `no-text` or `table-too-large`.
    """
    if len(data) > limits.file_bytes:
        raise Unreadable("file-too-large", f"{len(data)} bytes")
    _check_sizes(data, limits)
    try:
        with ofdkit.open(data) as document:
            pages = _pages(document, Package(data), limits)
            title = document.info.title
    except ofdkit.OFDLimitError as error:
        raise Unreadable("archive-limit", f"{error}") from None
    except (ofdkit.OFDError, *BROKEN, RecursionError, ArithmeticError, TypeError, AttributeError) as error:
        raise Unreadable("ofd-broken", f"{error}") from None
    reading = flow(pages, limits)
    if not reading.text.strip():
        raise Unreadable("scanned" if _has_pictures(data) else "no-text", f"{len(pages)} pages")
    reading.page_title = title
    return reading


def _check_sizes(data: bytes, limits: Limits) -> None:
    """Refuse what unpacks to too much. The sizes that a zip declares are trusted, since no more than those is ever unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            members = container.infolist()
    except BROKEN as error:
        raise Unreadable("ofd-broken", f"{error}") from None
    most = min(limits.archive_bytes, max(len(data) * limits.archive_ratio, _LEAST_BUDGET))
    total = 0
    for member in members:
        if member.filename.lower().endswith(".xml"):
            total += member.file_size
            if member.file_size > _LARGEST_PART:
                raise Unreadable("archive-limit", f"a part of {member.file_size} bytes")
    if total > most or len(members) > limits.archive_members:
        raise Unreadable("archive-limit", f"{len(members)} members, {total} bytes of XML")


def _has_pictures(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        names = [name.lower() for name in container.namelist()]
    return any(name.endswith((".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".jb2", ".gbig2")) for name in names)


def _pages(document: ofdkit.OFDDocument, package: Package, limits: Limits) -> list[Page]:
    if len(document.pages) > MOST_PAGES:
        raise Unreadable("archive-limit", f"{len(document.pages)} pages > {MOST_PAGES}")
    if not document.pages:
        raise Unreadable("ofd-broken", "no pages")
    pages = []
    count = 0
    for number, page in enumerate(document.pages, start=1):
        if page.location is None:
            raise Unreadable("ofd-broken", f"page {number} of {len(document.pages)} is not in the file")
        runs = page.runs
        count += len(runs)
        if count > MOST_RUNS:
            raise Unreadable("archive-limit", f"> {MOST_RUNS} pieces of text")
        blocks = _blocks(_lines(runs, page.box), *find_edges(package, page.location, page.box), limits)
        pages.append(Page(page.width * POINTS, page.height * POINTS, blocks))
    return pages


def _blocks(lines: list[Line], level: list[Edge], upright: list[Edge], limits: Limits) -> list[Line | Grid]:
    """Return lines and ruled tables. A run that reaches over cells leaves in doubt what stands where: then all stay lines."""
    grids = find_grids(level, upright, limits.table_cells) if lines and level and upright else []
    if not grids or not holds_whole(lines, grids):
        return list(in_reading_order(_joined(lines)))
    text = "\n".join(line.text for line in lines)
    places = [(line.x0, line.top, line.x1, line.bottom) for line in lines for _ in range(len(line.text) + 1)]
    return with_tables(text, places.__getitem__, grids)


def _lines(runs: list[ofdkit.TextRun], box: tuple[float, float, float, float]) -> list[Line]:
    """Return the runs of a page that are within it as lines; what is drawn twice counts once."""
    left, top, width, height = box
    seen: set[tuple[str, int, int]] = set()
    lines: list[Line] = []
    for run in runs:
        words = run.text.strip()
        key = (words, round(run.x * 4), round(run.y * 4))
        inside = (
            -_PAGE_MARGIN <= run.x - left <= width + _PAGE_MARGIN
            and -_PAGE_MARGIN <= run.y - top <= height + _PAGE_MARGIN
        )
        if not words or key in seen or not inside:
            continue
        seen.add(key)
        size = max(run.size * POINTS, 1.0)
        x0, baseline = (run.x - left) * POINTS, (run.y - top) * POINTS
        lines.append(Line(words, x0, x0 + run.width * POINTS, baseline - size, baseline, size))
    return lines


def _joined(lines: list[Line]) -> list[Line]:
    """Join runs that follow each other on one line: many producers place every character by itself."""
    if not lines:
        return []
    joined = [[lines[0]]]
    for before, after in pairwise(lines):
        is_next = abs(before.bottom - after.bottom) < 0.5 * min(before.size, after.size)
        if is_next and -0.5 * after.size < after.x0 - before.x1 < 1.5 * after.size:
            joined[-1].append(after)
        else:
            joined.append([after])
    return [_one(group) for group in joined]


def _one(group: list[Line]) -> Line:
    parts = [group[0].text]
    for before, after in pairwise(group):
        parts.append((" " if after.x0 - before.x1 > _WORD_GAP * after.size else "") + after.text)
    first = group[0]
    return Line("".join(parts), first.x0, group[-1].x1, first.top, first.bottom, max(line.size for line in group))
