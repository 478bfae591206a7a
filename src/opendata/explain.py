"""`opendata explain`: what is recognised in one file, with the printed words and where they stand, and what is not."""

from hashlib import sha256
from pathlib import Path

from opendata.check.rules import RULES, Finding, message
from opendata.convert import Settings
from opendata.convert.document import Document, identity_keys, read_document
from opendata.errors import ConfigurationError, Unreadable
from opendata.extract.annual_report import TOTAL
from opendata.ingest.containers import container_kind
from opendata.ingest.names import printable
from opendata.model.codes import CODES
from opendata.model.identifiers import short_id

_SHOWN = 60


def explain(path: Path, settings: Settings) -> tuple[str, bool]:
    """Return the explanation of a file, and whether it would be published.

    Raises ConfigurationError where there is no single file to read.
    """
    if container_kind(path.name, path) is not None:
        raise ConfigurationError(f"{path}: an archive; unpack it and name one file / 压缩包，请解压后指定其中一个文件")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read / 无法读取: {error.strerror}") from None
    try:
        if len(data) > settings.limits.file_bytes:
            raise Unreadable("file-too-large", f"{len(data)} > {settings.limits.file_bytes} bytes")
        document = read_document(printable(path.name), data, sha256(data).hexdigest(), settings)
    except Unreadable as refusal:
        found = refusal.found if refusal.at is None else f"{refusal.found} @ byte {refusal.at}"
        return f"{path}: quarantined 隔离\n  {_finding(Finding(refusal.rule, None, found))}", False
    parts = [
        _head(path, document),
        _header(document),
        _fields(document),
        _spans(document),
        _outline(document),
        _quantities(document),
        _report(document),
        _rest(document),
    ]
    return "\n\n".join(part for part in parts if part), True


def _head(path: Path, document: Document) -> str:
    kind, key = identity_keys(document)[0]
    identifier = short_id("doc", f"{kind}:{key}")
    return (
        f"{path}\n  {document.media_type}, {document.decoded.encoding or 'binary 二进制'}, "
        f"{len(document.reading.text)} characters 字符, recognised 识别率 {float(document.coverage):.2%}\n"
        f"  id {identifier} (from {kind} key; earlier releases may carry another 若曾发布则沿用旧标识)"
    )


def _header(document: Document) -> str:
    lines = ["Header fields 文件头字段: origin, label → field, value [place] → normalised"]
    for origin, label, name, value, normalised, start, end in document.fields.rows:
        place = f" [{start}:{end}]" if start is not None else ""
        known = name or "unknown label 未识别标签"
        meaning = f" → {normalised}" if normalised and normalised != value else ""
        lines.append(f"  {origin:<9}{label} → {known}: {_short(value) if value else '(empty 空)'}{place}{meaning}")
    return "\n".join(lines) if len(lines) > 1 else "No header recognised 未识别到文件头"


def _fields(document: Document) -> str:
    fields, layout = document.fields, document.layout
    rows = {
        "title": document.title,
        "index_number": fields.index.canonical,
        "document_number": fields.document_number or layout.number,
        "issuing_body": fields.values.get("issuing_body"),
        "publishing_body": fields.publishing_body,
        **{name: day.isoformat() for name, day in sorted(fields.dates.items())},
        "status": fields.status,
        "genre": f"{document.genre[0]} ({document.genre[1]})" if document.genre else None,
        "categories": "; ".join(fields.categories) or None,
        "keywords": "; ".join(fields.keywords) or None,
        "language": document.language,
        "region_code": fields.index.region_code,
        "addressee": layout.addressee,
        "signatory": " ".join(layout.signatories) or None,
        "signed_date": layout.signed_date.isoformat() if layout.signed_date else None,
        "source_url": fields.source_url,
    }
    return "\n".join(
        ["Document 文件", *(f"  {name:<17}{_short(value) if value else '–'}" for name, value in rows.items())]
    )


def _spans(document: Document) -> str:
    text = document.reading.text
    lines = ["Pieces of the text 文字分段 (runs of body and headings are joined 正文与标题合并显示)"]
    runs: list[tuple[str, int, int]] = []
    for kind, start, end in document.spans:
        shown = "body" if kind == "heading" else kind
        if runs and runs[-1][0] == shown:
            runs[-1] = (shown, runs[-1][1], end)
        else:
            runs.append((shown, start, end))
    for kind, start, end in runs:
        label = CODES["span_kind"][kind]
        why = "  ← no rule names it: not recognised 无规则可识别" if kind == "other" else ""
        lines.append(f"  [{start}:{end}] {kind} {label.zh}: {_short(text[start:end])}{why}")
    return "\n".join(lines)


def _outline(document: Document) -> str:
    if not document.sections:
        return ""
    lines = ["Outline 层次结构"]
    for section in document.sections:
        place = f"[{section.start}:{section.end}]"
        lines.append(
            f"  {'  ' * (section.level - 1)}{section.section_id} {section.marker}{_short(section.heading or '')} {place}"
        )
    return "\n".join(lines)


def _quantities(document: Document) -> str:
    lines = ["Quantities 数量"] if document.quantities else []
    for position, quantity in enumerate(document.quantities):
        unit = quantity.unit or ""
        most = f"–{quantity.value_max.normalize():f}" if quantity.value_max is not None else ""
        value = f"{quantity.value.normalize():f}" if quantity.value is not None else "too large 过大"
        total = f" = Σ {', '.join(quantity.total_of)}" if quantity.total_of else ""
        lines.append(
            f"  {position}. {quantity.printed} [{quantity.start}:{quantity.end}] → {value}{most} {unit}"
            f" ({quantity.subject or '–'}){total}"
        )
    return "\n".join(lines)


def _report(document: Document) -> str:
    report = document.report
    if report is None or not report.values:
        return ""
    lines = [
        f"Annual report 年度报告: {report.body or '–'}, {report.year}, indicators 指标: {len(report.values)}; totals 总计:"
    ]
    for value in report.values:
        if value.applicant == TOTAL and value.value:
            label = CODES["indicator"][value.indicator].zh
            lines.append(f"  {value.indicator} {value.measure} {label}: {value.value.normalize():f} {value.unit}")
    return "\n".join(lines)


def _rest(document: Document) -> str:
    lines = [f"Citations 引用: {len(document.citations)}"] if document.citations else []
    lines += [f"  {citation.printed} [{citation.start}:{citation.end}]" for citation in document.citations]
    if document.cells:
        tables = len({cell.table_index for cell in document.cells})
        lines.append(f"Tables 表格: {tables}, cells 单元格: {len(document.cells)}")
    lines += (
        ["Findings 发现", *(f"  {_finding(finding)}" for finding in document.findings)] if document.findings else []
    )
    return "\n".join(lines)


def _finding(finding: Finding) -> str:
    text = message(finding.rule, finding.found)
    place = f" [{finding.start}:{finding.end}]" if finding.start is not None else ""
    return f"{RULES[finding.rule].severity} {finding.rule}{place}: {text.zh} / {text.en}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 12]} … {words[-10:]}"
