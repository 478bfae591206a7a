"""The canonical tables. A new field is one line here (and the extractor that fills it).

Order of classes and columns is the public order. Names are public: they may not change.
"""

# fmt: off
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated as A

from opendata.model.columns import Meta as M
from opendata.model.columns import Record, Text

START = Text("以码点计，从0开始，含起点", "In Unicode code points of the text, from 0, inclusive")
END = Text("以码点计，不含终点", "In Unicode code points of the text, exclusive")
PRINTED = Text("原文所印", "As it was printed")


class Document(Record):
    """One disclosed document."""

    table = "documents"
    table_label = Text("文件", "Documents")
    table_about = Text("每行一份公开文件", "One row per disclosed document")
    iri_kind = "document"
    rdf_class = "foaf:Document"

    document_id: A[str, M("文件标识", "Document identifier", "dcterms:identifier", Text(
        "由文件自身的标识生成，一经发布不变更、不重用", "Made from the document's own identity; never changed or reused"),
        key=True, by_merge=True)]
    index_number: A[str | None, M("索引号", "Index number", "od:indexNumber")]
    title: A[str, M("标题", "Title", "dcterms:title")]
    document_number: A[str | None, M("发文字号", "Document number", "eli:id_local", Text(
        "规范形式，年份用〔〕", "Canonical form, the year in 〔〕"))]
    issuing_body: A[str | None, M("发文机关", "Issuing body", "od:issuingBody", PRINTED)]
    publishing_body: A[str | None, M("公开机关", "Publishing body", "od:publishingBody", Text(
        "公开专栏所属机关，取自所在位置或网页标签", "Whose disclosure column it is, from the breadcrumb or page tags"))]
    created_date: A[date | None, M("成文日期", "Date made", "dcterms:created")]
    published_date: A[date | None, M("发布日期", "Date made public", "dcterms:issued")]
    effective_date: A[date | None, M("施行日期", "Effective date", "eli:first_date_entry_in_force")]
    expiry_date: A[date | None, M("失效日期", "Expiry date", "eli:date_no_longer_in_force")]
    status: A[str | None, M("有效性", "Status", "schema:creativeWorkStatus", codes="status")]
    genre: A[str | None, M("文种", "Genre", "schema:genre", Text("标题所示文种", "As the title says it"))]
    genre_code: A[str | None, M("文种代码", "Genre code", "od:genreCode", Text("英文代码", "English code"))]
    categories: A[list[str], M("分类", "Categories", None, Text(
        "所印分类路径，层级间用“ > ”", "Printed category paths, levels joined by ' > '"))]
    keywords: A[list[str], M("主题词", "Keywords", "schema:keywords")]
    abstract: A[str | None, M("摘要", "Abstract", "dcterms:abstract")]
    access: A[str | None, M("公开方式", "Access", "od:access", PRINTED)]
    language: A[str, M("语种", "Language", "schema:inLanguage", Text("BCP 47 标签", "BCP 47 tag"))]
    region_code: A[str | None, M("行政区划代码", "Region code", "od:regionCode", Text(
        "GB/T 2260，取自校验通过的统一社会信用代码", "GB/T 2260, from a Unified Social Credit Code whose check digits hold"))]
    addressee: A[str | None, M("主送机关", "Addressee", "od:addressee", PRINTED)]
    signatory: A[str | None, M("落款机关", "Signatory", "od:signatory", PRINTED)]
    signed_date: A[date | None, M("落款日期", "Date signed", "od:signedDate")]
    text_length: A[int, M("正文长度", "Text length", None, Text("全文码点数", "Code points of the text"))]
    body_start_char: A[int, M("正文起点", "Body start", None, START)]
    body_end_char: A[int, M("正文终点", "Body end", None, END)]
    coverage: A[Decimal, M("识别率", "Coverage", None, Text(
        "已识别文字所占比例", "Share of the text that is of a kind other than 'other'"))]
    issue_count: A[int, M("问题数", "Issue count", None, Text("错误与警告数", "Errors and warnings"), by_merge=True)]
    source_id: A[str, M("来源标识", "Source identifier", None, ref="sources.source_id")]
    source_url: A[str | None, M("来源网址", "Source URL", "dcterms:source", iri=True)]
    record_sha256: A[str, M("记录摘要", "Record digest", None, Text(
        "该文件在各表中全部行的 SHA-256", "SHA-256 over the document's rows in all tables"), by_merge=True)]


class DocumentText(Record):
    """The text of a document."""

    table = "texts"
    table_label = Text("全文", "Texts")
    table_about = Text("文件全文；仅Parquet", "The text of each document; Parquet only")

    document_id: A[str, M("文件标识", "Document identifier", ref="documents.document_id", key=True, by_merge=True)]
    text: A[str, M("全文", "Text", csv=False)]


class TextSpan(Record):
    """One piece of a text."""

    table = "text_spans"
    table_label = Text("文字分段", "Text spans")
    table_about = Text("各段首尾相接，覆盖全文", "The pieces cover the text without gap or overlap")

    document_id: A[str, M("文件标识", "Document identifier", ref="documents.document_id", key=True, by_merge=True)]
    position: A[int, M("序号", "Position", key=True)]
    kind: A[str, M("类别", "Kind", codes="span_kind")]
    start_char: A[int, M("起点", "Start", about=START)]
    end_char: A[int, M("终点", "End", about=END)]


class HeaderField(Record):
    """One header pair, known or not."""

    table = "header_fields"
    table_label = Text("文件头字段", "Header fields")
    table_about = Text("所印每一标签与值，无论是否识别", "Each printed pair of label and value, recognised or not")

    document_id: A[str, M("文件标识", "Document identifier", ref="documents.document_id", key=True, by_merge=True)]
    source_id: A[str, M("来源标识", "Source identifier", ref="sources.source_id", key=True)]
    position: A[int, M("序号", "Position", key=True)]
    origin: A[str, M("出处", "Origin", codes="origin")]
    label: A[str, M("标签", "Label", about=PRINTED)]
    field: A[str | None, M("字段", "Field", about=Text("规范字段名；未识别为空", "Canonical field; null if unknown"))]
    value: A[str | None, M("值", "Value", about=PRINTED)]
    normalised: A[str | None, M("规范值", "Normalised value", about=Text("如 2022-10", "For example 2022-10"))]
    start_char: A[int | None, M("起点", "Start", about=Text(
        "值在全文中的起点；网页标签无", "Of the value in the text; page tags have none"))]
    end_char: A[int | None, M("终点", "End", about=END)]


class Section(Record):
    """One node of the outline."""

    table = "sections"
    table_label = Text("层次结构", "Sections")
    table_about = Text("文件层次结构的一个节点", "One node of a document's outline")
    iri_kind = "section"
    rdf_class = "od:Section"

    document_id: A[str, M("文件标识", "Document identifier", "dcterms:isPartOf", ref="documents.document_id", key=True,
                          by_merge=True)]
    section_id: A[str, M("节点标识", "Section identifier", about=Text(
        "文件内的路径，如 2.1", "Path within the document, such as 2.1"), key=True)]
    parent_id: A[str | None, M("上级节点", "Parent", "od:parentSection", ref="sections.section_id")]
    level: A[int, M("层级", "Level", about=Text("从1开始", "From 1"))]
    marker: A[str | None, M("序号", "Marker", "od:marker", PRINTED)]
    heading: A[str | None, M("标题", "Heading", "dcterms:title")]
    text: A[str, M("本节文字", "Own text", about=Text("不含下级节点的文字", "Without its children's"))]
    start_char: A[int, M("起点", "Start", about=START)]
    end_char: A[int, M("终点", "End", about=Text("含下级节点，不含终点", "Children included, exclusive"))]


class TableCell(Record):
    """One cell of a table."""

    table = "table_cells"
    table_label = Text("表格单元格", "Table cells")
    table_about = Text("跨行跨列已展开", "Row and column spans resolved")

    document_id: A[str, M("文件标识", "Document identifier", ref="documents.document_id", key=True, by_merge=True)]
    table_index: A[int, M("表序号", "Table index", key=True)]
    row_index: A[int, M("行", "Row", key=True)]
    column_index: A[int, M("列", "Column", key=True)]
    row_header: A[str | None, M("行标题", "Row header")]
    column_header: A[str | None, M("列标题", "Column header")]
    text: A[str | None, M("文字", "Text", about=PRINTED)]
    value: A[Decimal | None, M("数值", "Value")]
    unit: A[str | None, M("单位", "Unit")]


class Quantity(Record):
    """One statement of quantity."""

    table = "quantities"
    table_label = Text("数量", "Quantities")
    table_about = Text("正文中的一项数量", "One statement of quantity in a text")
    iri_kind = "quantity"
    rdf_class = "schema:QuantitativeValue"

    document_id: A[str, M("文件标识", "Document identifier", "dcterms:isPartOf", ref="documents.document_id", key=True,
                          by_merge=True)]
    position: A[int, M("序号", "Position", key=True)]
    section_id: A[str | None, M("节点标识", "Section identifier", ref="sections.section_id")]
    subject: A[str | None, M("所计对象", "Subject", "schema:name")]
    value: A[Decimal | None, M("数值", "Value", "schema:value", Text(
        "万、亿已换算；超出精度为空", "万 and 亿 multiplied out; null where it does not fit"))]
    value_max: A[Decimal | None, M("上限", "Upper value", "schema:maxValue", Text("区间的上限", "Of a range"))]
    unit: A[str | None, M("单位", "Unit", "schema:unitText")]
    unit_code: A[str | None, M("单位代码", "Unit code", "schema:unitCode", Text(
        "UN/CEFACT 第20号建议或 ISO 4217", "UN/CEFACT Recommendation 20 or ISO 4217"))]
    qualifier: A[str | None, M("限定", "Qualifier", "od:qualifier", codes="qualifier")]
    total_of: A[list[str] | None, M("分项", "Total of", None, Text(
        "相加等于本数的各项序号", "Positions of the parts that add up to it"))]
    printed: A[str, M("原文", "Printed", "od:printed", PRINTED)]
    start_char: A[int, M("起点", "Start", about=START)]
    end_char: A[int, M("终点", "End", about=END)]


class Indicator(Record):
    """One value of an annual report."""

    table = "indicators"
    table_label = Text("年报指标", "Indicators")
    table_about = Text("政府信息公开工作年度报告的一个数值", "One value of a statutory annual report on disclosure")
    iri_kind = "indicator"
    rdf_class = "qb:Observation"

    document_id: A[str, M("文件标识", "Document identifier", "dcterms:isPartOf", ref="documents.document_id", key=True,
                          by_merge=True)]
    body_name: A[str | None, M("机关名称", "Body", "od:bodyName", Text(
        "依次取发文机关、标题所称机关、公开机关", "The issuing body, else the one in the title, else the publishing body"))]
    organisation_id: A[str | None, M("机关标识", "Organisation identifier", "od:body",
                                     ref="organisations.organisation_id")]
    year: A[int, M("年度", "Year", "od:year")]
    report_format: A[str, M("报表格式", "Report format", "od:reportFormat")]
    indicator: A[str, M("指标", "Indicator", "od:indicator", codes="indicator", key=True)]
    measure: A[str, M("计量项", "Measure", "od:measure", codes="measure", key=True)]
    applicant: A[str, M("申请人", "Applicant", "od:applicant", codes="applicant", key=True)]
    value: A[Decimal, M("数值", "Value", "schema:value", Text(
        "收费金额已由万元换算为元", "Amounts in 万元 are multiplied out, in 元"))]
    unit: A[str, M("单位", "Unit", "schema:unitText")]
    printed: A[str, M("原文", "Printed", "od:printed", PRINTED)]
    table_index: A[int | None, M("表序号", "Table index")]
    row_index: A[int | None, M("行", "Row")]
    column_index: A[int | None, M("列", "Column")]


class Citation(Record):
    """One citation of another document."""

    table = "citations"
    table_label = Text("引用", "Citations")
    table_about = Text("正文引用的其他文件", "Another document cited in a text")
    iri_kind = "citation"
    rdf_class = "od:Citation"

    document_id: A[str, M("文件标识", "Document identifier", "dcterms:isPartOf", ref="documents.document_id", key=True,
                          by_merge=True)]
    position: A[int, M("序号", "Position", key=True)]
    kind: A[str, M("方式", "Kind", codes="citation_kind")]
    cited_title: A[str | None, M("所引题名", "Cited title", "dcterms:title")]
    cited_number: A[str | None, M("所引文号", "Cited number", "eli:id_local")]
    target_document_id: A[str | None, M("所引文件", "Cited document", "dcterms:references",
                                        ref="documents.document_id", by_merge=True)]
    printed: A[str, M("原文", "Printed", "od:printed", PRINTED)]
    start_char: A[int, M("起点", "Start", about=START)]
    end_char: A[int, M("终点", "End", about=END)]


class Organisation(Record):
    """One public body."""

    table = "organisations"
    table_label = Text("机关", "Organisations")
    table_about = Text("文件中出现的公共机关", "Public bodies that documents name")
    iri_kind = "organisation"
    rdf_class = "org:FormalOrganization"

    organisation_id: A[str, M("机关标识", "Organisation identifier", "dcterms:identifier", key=True)]
    name: A[str, M("名称", "Name", "skos:prefLabel")]
    aliases: A[list[str], M("别名", "Aliases", "skos:altLabel")]
    uscc: A[str | None, M("统一社会信用代码", "Unified Social Credit Code", "org:identifier", Text(
        "GB 32100；仅在名称佐证下关联公开机关", "GB 32100; linked to a publishing body on evidence of names only"))]
    uscc_valid: A[bool | None, M("校验位", "Check digits hold", "od:codeValid")]
    region_code: A[str | None, M("行政区划代码", "Region code", "od:regionCode")]
    region_name: A[str | None, M("行政区划", "Region", "od:regionName")]
    kind: A[str | None, M("类别", "Kind", "od:organisationKind")]


class DocumentBody(Record):
    """A body's part in a document."""

    table = "document_bodies"
    table_label = Text("文件与机关", "Bodies of documents")
    table_about = Text("机关与文件的关系", "A body's part in a document")

    document_id: A[str, M("文件标识", "Document identifier", ref="documents.document_id", key=True, by_merge=True)]
    role: A[str, M("关系", "Role", codes="role", key=True)]
    name: A[str, M("名称", "Name", about=PRINTED, key=True)]
    organisation_id: A[str | None, M("机关标识", "Organisation identifier", ref="organisations.organisation_id")]


class Concept(Record):
    """One category."""

    table = "concepts"
    table_label = Text("类目", "Concepts")
    table_about = Text("文件的分类类目", "Categories of documents")
    iri_kind = "concept"
    rdf_class = "skos:Concept"

    concept_id: A[str, M("类目标识", "Concept identifier", "dcterms:identifier", key=True)]
    scheme: A[str, M("分类法", "Scheme")]
    notation: A[str | None, M("类号", "Notation", "skos:notation")]
    label: A[str, M("名称", "Label", "skos:prefLabel")]
    broader_id: A[str | None, M("上位类", "Broader", "skos:broader", ref="concepts.concept_id")]


class DocumentConcept(Record):
    """A category of a document."""

    table = "document_concepts"
    table_label = Text("文件与类目", "Concepts of documents")
    table_about = Text("文件所属类目", "A category of a document")

    document_id: A[str, M("文件标识", "Document identifier", ref="documents.document_id", key=True, by_merge=True)]
    concept_id: A[str, M("类目标识", "Concept identifier", ref="concepts.concept_id", key=True)]


class Attachment(Record):
    """One attachment."""

    table = "attachments"
    table_label = Text("附件", "Attachments")
    table_about = Text("文件的附件", "An attachment of a document")
    iri_kind = "attachment"
    rdf_class = "schema:MediaObject"

    document_id: A[str, M("文件标识", "Document identifier", "dcterms:isPartOf", ref="documents.document_id", key=True,
                          by_merge=True)]
    position: A[int, M("序号", "Position", key=True)]
    title: A[str, M("名称", "Title", "dcterms:title")]
    href: A[str | None, M("链接", "Link", "schema:contentUrl", Text("原文所印，未必完整", "As printed, maybe relative"))]
    media_type: A[str | None, M("媒体类型", "Media type", "schema:encodingFormat")]
    source_id: A[str | None, M("来源标识", "Source identifier", ref="sources.source_id")]


class Source(Record):
    """One raw file, read or not."""

    table = "sources"
    table_label = Text("来源文件", "Sources")
    table_about = Text("每个收到的原始文件，无论是否发布", "Every raw file taken in, published or not")

    source_id: A[str, M("来源标识", "Source identifier", about=Text("内容的 SHA-256", "SHA-256 of the bytes"), key=True)]
    path: A[str, M("路径", "Path", about=Text(
        "相对路径；压缩包内为 包名!/成员", "Relative; in an archive: archive!/member"), key=True)]
    url: A[str | None, M("网址", "URL")]
    captured_at: A[datetime | None, M("采集时间", "Captured at")]
    media_type: A[str, M("媒体类型", "Media type")]
    encoding: A[str | None, M("编码", "Encoding")]
    byte_count: A[int, M("字节数", "Bytes", unit="byte")]
    outcome: A[str, M("处理结果", "Outcome", codes="outcome")]
    document_id: A[str | None, M("文件标识", "Document identifier", ref="documents.document_id", by_merge=True)]
    reason: A[str | None, M("原因", "Reason", about=Text("隔离所依规则", "Rule that quarantined it"))]


class Issue(Record):
    """One finding."""

    table = "issues"
    table_label = Text("问题", "Issues")
    table_about = Text("质量检查的一项发现", "One finding of a check")

    source_id: A[str, M("来源标识", "Source identifier", ref="sources.source_id")]
    path: A[str, M("路径", "Path")]
    document_id: A[str | None, M("文件标识", "Document identifier", ref="documents.document_id", by_merge=True)]
    rule: A[str, M("规则", "Rule")]
    severity: A[str, M("严重程度", "Severity", codes="severity")]
    field: A[str | None, M("字段", "Field")]
    message_zh: A[str, M("说明（中文）", "Message in Chinese")]
    message_en: A[str, M("说明（英文）", "Message in English")]
    start_char: A[int | None, M("起点", "Start", about=START)]
    end_char: A[int | None, M("终点", "End", about=END)]


RECORDS: tuple[type[Record], ...] = (
    Document, DocumentText, TextSpan, HeaderField, Section, TableCell, Quantity, Indicator, Citation, Organisation,
    DocumentBody, Concept, DocumentConcept, Attachment, Source, Issue,
)  # fmt: skip
"""All canonical tables in their public order."""

BY_TABLE: dict[str, type[Record]] = {record.table: record for record in RECORDS}
