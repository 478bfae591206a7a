"""Word files built by code: the least parts that a reader needs, around a body of our own."""

import io
import zipfile

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def docx(body: str, *, links: dict[str, str] | None = None, title: str | None = None, **parts: str) -> bytes:
    """Return a docx whose body holds the XML `body`. `parts` (styles, numbering, footnotes, endnotes) hold the inner XML."""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
    related = "".join(f'<Relationship Id="part{name}" Type="{_TYPES}/{name}" Target="{name}.xml"/>' for name in parts)
    related += "".join(
        f'<Relationship Id="{name}" Type="{_TYPES}/hyperlink" Target="{target}" TargetMode="External"/>'
        for name, target in (links or {}).items()
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_CONTENT}.document.main+xml"/>'
        + "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_CONTENT}.{name}+xml"/>' for name in parts)
        + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_TYPES}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
    }
    for name, inner in parts.items():
        files[f"word/{name}.xml"] = f"<w:{roots[name]} {NAMES}>{inner}</w:{roots[name]}>"
    if title is not None:
        files["docProps/core.xml"] = (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
        )
    return zipped({name: text.encode() for name, text in files.items()})


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip of the files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in files.items():
            container.writestr(name, data)
    return out.getvalue()


def p(*inner: str, style: str = "", num: int | None = None, level: int | None = None, extra: str = "") -> str:
    """Return a paragraph; what is no XML becomes a run."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None or level is not None:
        ilvl = f'<w:ilvl w:val="{level}"/>' if level is not None else ""
        properties += f"<w:numPr>{ilvl}" + (f'<w:numId w:val="{num}"/>' if num is not None else "") + "</w:numPr>"
    properties += extra
    runs = "".join(part if part.startswith("<") else r(part) for part in inner)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Return a run of text."""
    head = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{head}<w:t xml:space="preserve">{text}</w:t></w:r>'


def field(code: str, result: str) -> str:
    """Return a complex field with its code and its result."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    instruction = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    return mark.format("begin") + instruction + mark.format("separate") + r(result) + mark.format("end")


def cell(*inner: str, properties: str = "") -> str:
    """Return a table cell of paragraphs; plain words become one."""
    head = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    return "<w:tc>" + head + "".join(part if part.startswith("<") else p(part) for part in inner) + "</w:tc>"


def table(*rows: list[str]) -> str:
    """Return a table of rows of cells; plain words become cells."""
    lines = "".join(
        "<w:tr>" + "".join(part if part.startswith("<w:tc>") else cell(part) for part in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/>{lines}</w:tbl>"


def level(number: int, text: str, form: str = "decimal", start: int = 1, extra: str = "") -> str:
    """Return a level of a list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*abstracts: str, nums: str = "") -> str:
    """Return a numbering part: abstract lists 0, 1 … with a plain instance each (numId 1, 2 …), and more instances."""
    inner = "".join(
        f'<w:abstractNum w:abstractNumId="{place}">{levels}</w:abstractNum>' for place, levels in enumerate(abstracts)
    )
    inner += "".join(
        f'<w:num w:numId="{place + 1}"><w:abstractNumId w:val="{place}"/></w:num>' for place in range(len(abstracts))
    )
    return inner + nums
