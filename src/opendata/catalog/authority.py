"""The terms of shared authority lists that the catalogue uses, with the labels that portals show.

The lists are those of the Publications Office of the European Union, which DCAT-AP asks for. Terms are described in the
catalogue itself: a reader offline, and a harvester that does not fetch them, still knows what they are.
"""

from opendata.model.columns import Text

EU = "http://publications.europa.eu/resource/authority/"
IANA = "https://www.iana.org/assignments/media-types/"
DATA_THEME = EU + "data-theme"
CHINA = EU + "country/CHN"
CHINESE = EU + "language/ZHO"
ENGLISH = EU + "language/ENG"
PUBLIC = EU + "access-right/PUBLIC"
STABLE = EU + "planned-availability/STABLE"

FILE_TYPES: dict[str, tuple[str, str]] = {
    "application/json": ("JSON", "JSON"),
    "application/ld+json": ("JSON_LD", "JSON-LD"),
    "application/n-quads": ("RDF_N_QUADS", "N-Quads"),
    "application/n-triples": ("RDF_N_TRIPLES", "N-Triples"),
    "application/pdf": ("PDF", "PDF"),
    "application/rdf+xml": ("RDF_XML", "RDF/XML"),
    "application/vnd.apache.parquet": ("PARQUET", "Parquet"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("XLSX", "XLSX"),
    # The list knows no JSON lines; the only ones a release has are JSON-LD, one document a line.
    "application/x-ndjson": ("JSON_LD", "JSON-LD"),
    "application/xml": ("XML", "XML"),
    "application/zip": ("ZIP", "ZIP"),
    "text/csv": ("CSV", "CSV"),
    "text/html": ("HTML", "HTML"),
    "text/plain": ("TXT", "TXT"),
    "text/turtle": ("RDF_TURTLE", "Turtle"),
}
"""Media type → code in the list file-type, and the text that portals show for it."""

FORMAT_LABELS: dict[str, str] = {EU + "file-type/" + code: label for code, label in FILE_TYPES.values()}

LABELS: dict[str, Text] = {
    DATA_THEME: Text("数据主题", "Data theme"),
    CHINA: Text("中国", "China"),
    CHINESE: Text("中文", "Chinese"),
    ENGLISH: Text("英文", "English"),
    PUBLIC: Text("公开", "public"),
    STABLE: Text("稳定", "stable"),
    EU + "data-theme/AGRI": Text("农业、渔业、林业和食品", "Agriculture, fisheries, forestry and food"),
    EU + "data-theme/ECON": Text("经济和金融", "Economy and finance"),
    EU + "data-theme/EDUC": Text("教育、文化和体育", "Education, culture and sport"),
    EU + "data-theme/ENER": Text("能源", "Energy"),
    EU + "data-theme/ENVI": Text("环境", "Environment"),
    EU + "data-theme/GOVE": Text("政府和公共部门", "Government and public sector"),
    EU + "data-theme/HEAL": Text("卫生", "Health"),
    EU + "data-theme/INTR": Text("国际事务", "International issues"),
    EU + "data-theme/JUST": Text("司法、法律制度和公共安全", "Justice, legal system and public safety"),
    EU + "data-theme/REGI": Text("地区和城市", "Regions and cities"),
    EU + "data-theme/SOCI": Text("人口和社会", "Population and society"),
    EU + "data-theme/TECH": Text("科学和技术", "Science and technology"),
    EU + "data-theme/TRAN": Text("交通", "Transport"),
    EU + "frequency/ANNUAL": Text("每年", "annual"),
    EU + "frequency/CONT": Text("连续", "continuous"),
    EU + "frequency/DAILY": Text("每日", "daily"),
    EU + "frequency/IRREG": Text("不定期", "irregular"),
    EU + "frequency/MONTHLY": Text("每月", "monthly"),
    EU + "frequency/QUARTERLY": Text("每季度", "quarterly"),
    EU + "frequency/UNKNOWN": Text("未知", "unknown"),
    EU + "frequency/WEEKLY": Text("每周", "weekly"),
    **{term: Text(label, label) for term, label in FORMAT_LABELS.items()},
}
"""Term → its labels."""


def file_type(media_type: str) -> str | None:
    """Return the file-type term of a media type (parameters after `;` are ignored); None where the list has none."""
    known = FILE_TYPES.get(media_type.partition(";")[0].strip().lower())
    return EU + "file-type/" + known[0] if known else None
