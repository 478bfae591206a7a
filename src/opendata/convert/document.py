"""One raw file to one document: read, extract, normalise, check. A pure function of the file's bytes and the settings."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256

from opendata.check.personal import find_personal, mask
from opendata.check.rules import Finding
from opendata.check.totals import contradicted_totals
from opendata.check.truncation import ends_open
from opendata.config import Limits
from opendata.convert.annual_report import AnnualReport, Source, read_report
from opendata.convert.fields import Fields, read_fields, read_note
from opendata.convert.formats import HTML_TYPES, Format, recognise
from opendata.errors import Unreadable
from opendata.extract.citations import Citation, find_citations
from opendata.extract.header import Header, find_header
from opendata.extract.layout import Layout, find_layout
from opendata.extract.outline import Section, breaks, find_outline
from opendata.extract.pieces import body_regions, complete
from opendata.extract.quantities import Quantity, find_quantities
from opendata.extract.tables import GridCell, resolve
from opendata.ingest.decode import Decoded
from opendata.normalise.genres import genre_of
from opendata.normalise.language import detect_language, pack_of
from opendata.normalise.organisations import fold_name
from opendata.normalise.writing import writing
from opendata.read.pdf_pages import PagedReading
from opendata.read.reading import Reading


@dataclass(frozen=True, slots=True)
class Settings:
    """What of the pipeline file changes how a file is read."""

    limits: Limits = field(default_factory=Limits)
    allowed: frozenset[str] = frozenset()


@dataclass(slots=True)
class Document:
    """Everything that one file gives: the parts of the road in its order."""

    path: str
    source_id: str
    media_type: str
    decoded: Decoded
    reading: Reading
    header: Header
    layout: Layout
    fields: Fields
    title: str
    pack: str
    spans: list[tuple[str, int, int]] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    cells: list[GridCell] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    coverage: Decimal = Decimal(0)
    language: str = "und"
    genre: tuple[str, str] | None = None
    report: AnnualReport | None = None

    @property
    def created_date(self) -> date | None:
        """The printed date of making."""
        return self.fields.dates.get("created_date")


def read_document(path: str, data: bytes, source_id: str, settings: Settings, form: Format | None = None) -> Document:
    """Read one file, whose format is recognised unless it is known. Raises Unreadable with the rule that keeps it out."""
    media_type, decoded, reading = (form or recognise(path, data)).open(data, settings.limits)
    if len(reading.text) > settings.limits.text_characters:
        raise Unreadable("text-too-long", f"{len(reading.text)}")
    if not reading.text.strip():
        raise Unreadable("no-text")
    body = _without_furniture(reading)
    pack = pack_of(body.text)
    header = find_header(body.text, pack)
    header_title = _header_title(header, pack)
    layout = find_layout(body, header, header_title, pack)
    fields = read_fields(header, reading, layout.crumbs, pack)
    layout.addressee = layout.addressee or fields.values.get("addressee")
    if layout.adoption is not None:
        read_note(reading.text, *layout.adoption, fields, pack)
    if body is not reading:
        layout.pieces.append(("boilerplate", len(body.text), len(reading.text)))
    layout.pieces += [("boilerplate", *name) for name in reading.names]
    title = layout.title or fields.title_tag
    if title is None:
        raise Unreadable("no-title" if header.pairs else "no-header")
    title = " ".join(title.lstrip("# ").split())
    document = Document(path, source_id, media_type, decoded, reading, header, layout, fields, title, pack)
    _extract(document)
    _check(document, settings)
    return document


def _without_furniture(reading: Reading) -> Reading:
    """Return a reading without what stands around its pages, which is at the end of its text; the same one if there is none."""
    if not isinstance(reading, PagedReading) or reading.furniture is None:
        return reading
    start = reading.furniture[0]
    return replace(reading, text=reading.text[:start], tables=[table for table in reading.tables if table.end <= start])


def _header_title(header: Header, pack: str) -> str | None:
    for pair in header.pairs:
        if pair.field == "title" and pair.value:
            return writing(pack).join.join(line.strip() for line in pair.value.split("\n"))
    return None


def _extract(document: Document) -> None:
    reading, layout, pack = document.reading, document.layout, document.pack
    text = reading.text
    tables = [t for t in reading.tables if not any(s < t.end and t.start < e for s, e in document.header.spans)]
    regions = body_regions(layout, tables)
    document.sections = find_outline(text, regions, pack, [end for kind, _, end in layout.pieces if kind == "body"])
    document.spans, document.coverage = complete(text, layout, document.sections, tables)
    for index, table in enumerate(tables):
        document.cells += resolve(text, table, index, pack)
    for start, end in regions:
        shift = len(document.quantities)
        for quantity in find_quantities(text, start, end, pack):
            if shift and quantity.total_of:
                quantity = quantity._replace(total_of=[str(int(position) + shift) for position in quantity.total_of])
            document.quantities.append(quantity)
        document.citations += find_citations(text, start, end, pack)
    own = document.fields.document_number or layout.number
    document.citations = [c for c in document.citations if c.cited_number is None or c.cited_number != own]
    document.language = detect_language(text, pack)
    document.genre = genre_of(document.title, pack_of(document.title, pack))
    document.report = read_report(_report_source(document), text, tables)


def _report_source(document: Document) -> Source:
    fields = document.fields
    day = document.created_date or document.layout.signed_date or fields.dates.get("published_date")
    genre = document.genre[1] if document.genre else None
    issuer = fields.issuers[0] if fields.issuers else None
    return Source(document.title, genre, document.pack, issuer, fields.publishing_body, day)


def _check(document: Document, settings: Settings) -> None:
    findings = document.findings
    findings += document.fields.findings
    _check_file(document)
    _check_header(document)
    _check_personal(document, settings)


def _check_file(document: Document) -> None:
    findings, text = document.findings, document.reading.text
    if document.decoded.declared:
        findings.append(
            Finding("encoding-declared", None, f"{document.decoded.declared} → {document.decoded.encoding}")
        )
    if isinstance(document.reading, PagedReading) and document.reading.unread_pages:
        findings.append(Finding("unread-pages", None, ", ".join(map(str, document.reading.unread_pages))))
    if document.decoded.cut or _is_cut(document):
        end = document.layout.body_end
        tail = text[document.layout.body_start : end].rstrip()[-16:]
        findings.append(Finding("truncated", None, "…" + " ".join(tail.split()), max(end - 16, 0), end))
    if not document.layout.title_origin:
        findings.append(Finding("title-from-tag", "title", document.title))
    elif document.layout.title_origin == "text":
        findings.append(Finding("title-from-text", "title", document.title))
    findings += [
        Finding("outline-breaks", None, found, *place)
        for *place, found in breaks(document.sections, text, document.pack)
    ]
    findings += [
        Finding("quantity-too-large", None, q.printed, q.start, q.end) for q in document.quantities if q.value is None
    ]
    findings += contradicted_totals(text, document.quantities, document.pack)
    findings += document.report.findings if document.report else ()


def _is_cut(document: Document) -> bool:
    layout, text = document.layout, document.reading.text
    if document.decoded.encoding is None and document.media_type not in HTML_TYPES:
        return False  # a binary file that is cut is not whole, and its reader has refused it
    if layout.signatories or layout.signed is not None:
        return False
    if any(table.end >= layout.body_end - 2 for table in document.reading.tables):
        return False
    body, after = text[layout.body_start : layout.body_end], text[layout.body_end :]
    return ends_open(document.decoded.text, document.media_type in HTML_TYPES, body, after, document.pack)


def _check_header(document: Document) -> None:
    fields, findings, layout = document.fields, document.findings, document.layout
    created, published = fields.dates.get("created_date"), fields.dates.get("published_date")
    if created and published and created > published:
        findings.append(Finding("dates-contradict", "created_date", f"{created} > {published}"))
    made = created or published
    for year, name in ((fields.index.year, "index_number"), (fields.number_year, "document_number")):
        if year and made and year != made.year:
            findings.append(Finding("year-differs", name, f"{year} ≠ {made.year}"))
    if layout.signed_date and created and layout.signed_date != created:
        findings.append(
            Finding("signed-date-differs", "signed_date", f"{layout.signed_date} ≠ {created}", *(layout.signed or ()))
        )
    if layout.signatories and fields.issuers:
        issuers = {fold_name(name) for name in fields.issuers}
        if fold_name(layout.signatories[0]) not in issuers:
            findings.append(Finding("signatory-differs", "signatory", f"{layout.signatories[0]} ≠ {fields.issuers[0]}"))


def _check_personal(document: Document, settings: Settings) -> None:
    """Look for personal information in every text that reaches an output; what is found is masked in messages."""
    texts = [(document.reading.text, True)]
    texts += [(row[3], False) for row in document.fields.rows if row[0] in ("meta", "comment") and row[3]]
    texts += [(link.href, False) for link in document.reading.links]
    for text, has_place in texts:
        for found in find_personal(text, document.pack):
            rule = found.kind.replace("_", "-")
            shown = mask(text[found.start : found.end])
            if found.kind not in settings.allowed:
                line = text.count("\n", 0, found.start) + 1
                raise Unreadable(rule, f"{shown} (line {line})" if has_place else shown)
            place = (found.start, found.end) if has_place else (None, None)
            document.findings.append(Finding("personal-allowed", None, f"{rule} {shown}", *place))


def identity_keys(document: Document) -> list[tuple[str, str]]:
    """Return the keys by which captures of one document recognise each other, the strongest first.

    The last one, a digest of title and body without white space, every document has.
    """
    fields, layout = document.fields, document.layout
    issuer = fold_name(fields.issuers[0]) if fields.issuers else None
    body = issuer or (fold_name(fields.publishing_body) if fields.publishing_body else None)
    title = fold_name(document.title)
    keys = []
    if fields.index.canonical:
        keys.append(("index", fields.index.canonical.upper()))
    number = fields.document_number or layout.number
    if issuer and number:
        keys.append(("number", f"{issuer}|{number}"))
    day = fields.dates.get("created_date") or layout.signed_date or fields.dates.get("published_date")
    if body and day:
        keys.append(("title", f"{body}|{title}|{day.isoformat()}"))
    words = "".join(document.reading.text[layout.body_start : layout.body_end].split())
    keys.append(("text", sha256(f"{title}\n{words}".encode()).hexdigest()))
    return keys
