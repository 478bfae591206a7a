"""A document as text that a person can review: one line a fact, in the order of the document."""

from opendata.convert import Settings
from opendata.convert.document import Document, read_document
from opendata.errors import Unreadable

_SHOWN = 70


def render(path: str, data: bytes) -> str:
    """Return everything that is read from a file; of one that is kept out, the rule and what was found."""
    try:
        document = read_document(path, data, "0" * 64, Settings())
    except Unreadable as refusal:
        return f"quarantined: {refusal.rule} {refusal.found}\n"
    parts = [_fields(document), _header(document), _spans(document), _outline(document), _tables(document)]
    parts += [
        _indicators(document),
        _quantities(document),
        _citations(document),
        _attachments(document),
        _findings(document),
    ]
    return "\n".join(f"== {title}\n" + "".join(f"{line}\n" for line in lines) for title, lines in parts if lines)


def _fields(document: Document) -> tuple[str, list[str]]:
    fields, layout = document.fields, document.layout
    rows = {
        "title": document.title,
        "index_number": fields.index.canonical,
        "document_number": fields.document_number or layout.number,
        "issuers": " / ".join(fields.issuers),
        "publishing_body": fields.publishing_body,
        **{name: day.isoformat() for name, day in sorted(fields.dates.items())},
        "status": fields.status,
        "genre": document.genre[1] if document.genre else None,
        "categories": " / ".join(fields.categories),
        "keywords": " / ".join(fields.keywords),
        "abstract": fields.values.get("abstract"),
        "access": fields.values.get("access"),
        "language": document.language,
        "region_code": fields.index.region_code,
        "code_valid": str(fields.index.uscc_valid),
        "addressee": layout.addressee,
        "signatory": " / ".join(layout.signatories),
        "signed_date": layout.signed_date.isoformat() if layout.signed_date else None,
        "source_url": fields.source_url,
        "coverage": str(document.coverage),
    }
    return "document", [f"{name}: {value}" for name, value in rows.items() if value]


def _header(document: Document) -> tuple[str, list[str]]:
    lines = []
    for origin, label, name, value, normalised, start, _ in document.fields.rows:
        place = "" if start is None else f" @{start}"
        shown = f" = {normalised}" if normalised is not None and normalised != value else ""
        lines.append(f"{origin} {label} [{name}]{place}: {_short(value) if value else '(empty)'}{shown}")
    return "header", lines


def _spans(document: Document) -> tuple[str, list[str]]:
    text = document.reading.text
    return "spans", [f"{start}-{end} {kind}: {_short(text[start:end])}" for kind, start, end in document.spans]


def _outline(document: Document) -> tuple[str, list[str]]:
    return "outline", [
        f"{section.section_id} {section.marker} {_short(section.heading or '-')} @{section.start}-{section.end}"
        for section in document.sections
    ]


def _tables(document: Document) -> tuple[str, list[str]]:
    lines = []
    for cell in document.cells:
        value = "" if cell.value is None else f" = {cell.value}{cell.unit or ''}"
        headers = f"{cell.row_header or '-'} | {cell.column_header or '-'}"
        place = f"{cell.table_index}.{cell.row_index}.{cell.column_index}"
        lines.append(f"{place} [{headers}] {_short(cell.text or '-')}{value}")
    return "tables", lines


def _indicators(document: Document) -> tuple[str, list[str]]:
    report = document.report
    if report is None or not report.values:
        return "indicators", []
    return "indicators", [
        f"{report.body} {report.year}",
        *(
            f"{one.table_index}.{one.row_index}.{one.column_index} {one.indicator} {one.measure} {one.applicant}: "
            f"{one.printed} = {one.value.normalize():f}{one.unit}"
            for one in report.values
        ),
    ]


def _quantities(document: Document) -> tuple[str, list[str]]:
    lines = []
    for position, one in enumerate(document.quantities):
        value = "-" if one.value is None else f"{one.value.normalize():f}"
        most = "" if one.value_max is None else f"..{one.value_max.normalize():f}"
        total = f" = sum of {', '.join(one.total_of)}" if one.total_of else ""
        subject = f" of {one.subject}" if one.subject else ""
        lines.append(f"{position} {one.printed} @{one.start}: {value}{most} {one.unit or ''}{subject}{total}")
    return "quantities", lines


def _citations(document: Document) -> tuple[str, list[str]]:
    return "citations", [f"{one.kind} {one.printed} @{one.start}" for one in document.citations]


def _attachments(document: Document) -> tuple[str, list[str]]:
    text = document.reading.text
    lines = [f"{title} @{start}" for title, start, _ in document.layout.attachments]
    lines += [f"link {text[link.start : link.end]} -> {link.href}" for link in document.reading.links]
    return "attachments", lines


def _findings(document: Document) -> tuple[str, list[str]]:
    return "findings", [f"{one.rule} {one.field or '-'}: {one.found}" for one in document.findings]


def _short(text: str) -> str:
    words = text.replace("\n", "⏎").replace("\t", "⇥")
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 16]} … {words[-12:]}"
