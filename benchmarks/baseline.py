"""The script that one would write today with pandas, BeautifulSoup, re and rdflib: the fixed point of comparison.

    python benchmarks/baseline.py INPUT OUTPUT

It reads every .txt and .html file under INPUT and writes documents, sections and quantities as Parquet and CSV, and
about 40 triples a document as N-Quads and JSON-LD lines. It is ordinary on purpose and stays as it is: each library
is used as its manual shows, one small graph a document (one graph for all would not fit in memory). It checks
nothing: no encodings but UTF-8, no duplicates, no damaged files, no spans.
"""

import re
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
from bs4 import BeautifulSoup
from rdflib import Dataset, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, XSD

BASE = "https://data.example/id"
OWN = Namespace("https://data.example/vocabulary#")
SCHEMA = Namespace("https://schema.org/")
CONTEXT = {"dcterms": str(DCTERMS), "schema": str(SCHEMA), "own": str(OWN), "xsd": str(XSD)}

LABELS = {
    "索引号": "index_number",
    "分类": "category",
    "主题分类": "category",
    "发文机关": "issuing_body",
    "成文日期": "created_date",
    "标题": "title",
    "发文字号": "document_number",
    "发布日期": "published_date",
    "主题词": "keywords",
}
PROPERTIES = {
    "index_number": DCTERMS.identifier,
    "category": DCTERMS.subject,
    "issuing_body": DCTERMS.publisher,
    "created_date": DCTERMS.created,
    "title": DCTERMS.title,
    "document_number": OWN.documentNumber,
    "published_date": DCTERMS.issued,
    "keywords": SCHEMA.keywords,
}
HEADER_LINE = re.compile(
    r"^(索\s*引\s*号|分\s*类|发文机关|成文日期|标\s*题|发文字号|发布日期|主\s*题\s*词)[:：][^\S\n]*(.*)$", re.M
)
DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
HEADING = re.compile(
    r"^\s*([一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|[一二三四五六七八九十]+是)([^。\n]*)", re.M
)
QUANTITY = re.compile(
    r"(\d+(?:\.\d+)?)(%|万[元人]|公里|平方米|人次|场次|篇次|台次|批次|[次期户处项份件个台吨间株亩名条篇起人家座])"
)
SUBJECT = re.compile(r"[\u4e00-\u9fff]*$")


def level(marker: str) -> int:
    """Return 1 for 一、, 2 for （一）, 3 for 一是."""
    if marker.endswith("、"):
        return 1
    return 2 if marker.startswith("（") else 3


def iso_date(printed: str) -> str | None:
    """Return 2022年10月25日 as 2022-10-25."""
    match = DATE.search(printed)
    return "{}-{:0>2}-{:0>2}".format(*match.groups()) if match else None


def read_text(path: Path) -> tuple[dict[str, str], str]:
    """Return the header and the text of a text capture; the first print of a label wins."""
    text = path.read_text(encoding="utf-8")
    header: dict[str, str] = {}
    for label, value in HEADER_LINE.findall(text):
        header.setdefault(LABELS[re.sub(r"\s", "", label)], value.strip())
    return header, text


def read_html(path: Path) -> tuple[dict[str, str], str]:
    """Return the header, from the cells of the page's tables, and the text of its content cell."""
    soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
    header: dict[str, str] = {}
    for cell in soup.find_all("td"):
        bold = cell.find("b", recursive=False)
        value = cell.find_next_sibling("td")
        if bold and value:
            field = LABELS.get(re.sub(r"[\s：:]", "", bold.get_text()))
            if field:
                header.setdefault(field, value.get_text(strip=True))
    content = soup.find(id="content")
    if content is None:
        return header, soup.get_text("\n")
    return header, "\n".join(paragraph.get_text() for paragraph in content.find_all("p"))


def extract(number: int, path: Path) -> tuple[dict[str, Any], list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the document's row, its sections' rows and its quantities' rows."""
    header, text = read_html(path) if path.suffix == ".html" else read_text(path)
    document: dict[str, Any] = {"document_id": f"d{number:07d}", "path": str(path), **header, "text": text}
    for field in ("created_date", "published_date"):
        document[field] = iso_date(document.get(field, ""))
    key = document["document_id"]
    sections = [
        {"document_id": key, "position": position, "level": level(marker), "marker": marker, "heading": heading.strip()}
        for position, (marker, heading) in enumerate(HEADING.findall(text))
    ]
    quantities = []
    for match in QUANTITY.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        subject = SUBJECT.search(before)
        quantities.append(
            {
                "document_id": key,
                "subject": subject.group() if subject else "",
                "value": float(match[1]),
                "unit": match[2],
            }
        )
    return document, sections, quantities


def to_dataset(document: dict[str, Any], sections: list[dict[str, Any]]) -> Dataset:
    """Return the document's named graph: its header, and each section's heading."""
    key = document["document_id"]
    dataset = Dataset()
    graph = dataset.graph(URIRef(f"{BASE}/graph/{key}"))
    subject = URIRef(f"{BASE}/document/{key}")
    graph.add((subject, RDF.type, SCHEMA.DigitalDocument))
    for field, predicate in PROPERTIES.items():
        if document.get(field):
            datatype = XSD.date if field.endswith("_date") else None
            graph.add((subject, predicate, Literal(document[field], datatype=datatype)))
    graph.add((subject, DCTERMS.language, Literal("zh")))
    graph.add((subject, DCTERMS.source, Literal(document["path"])))
    for section in sections:
        node = URIRef(f"{subject}/section/{section['position']}")
        graph.add((node, DCTERMS.title, Literal(f"{section['marker']}{section['heading']}")))
        if section["level"] == 1:
            graph.add((subject, DCTERMS.hasPart, node))
    return dataset


def main(source: Path, target: Path) -> None:
    """Convert all files under `source` into `target`."""
    begun = time.perf_counter()
    target.mkdir(parents=True, exist_ok=True)
    documents, sections, quantities = [], [], []
    paths = sorted(path for path in source.rglob("*") if path.suffix in (".txt", ".html"))
    with (
        open(target / "records.nq", "w", encoding="utf-8") as quads,
        open(target / "records.jsonl", "w", encoding="utf-8") as lines,
    ):
        for number, path in enumerate(paths):
            document, own_sections, own_quantities = extract(number, path)
            documents.append(document)
            sections += own_sections
            quantities += own_quantities
            dataset = to_dataset(document, own_sections)
            quads.write(dataset.serialize(format="nquads"))
            lines.write(dataset.serialize(format="json-ld", context=CONTEXT, auto_compact=True, indent=None) + "\n")
    for name, rows in (("documents", documents), ("sections", sections), ("quantities", quantities)):
        frame = pd.DataFrame(rows)
        frame.to_parquet(target / f"{name}.parquet", index=False)
        frame.drop(columns="text", errors="ignore").to_csv(target / f"{name}.csv", index=False)
    taken = time.perf_counter() - begun
    print(f"{len(paths)} documents in {taken:.2f} s: {len(paths) / taken:.0f} documents/s")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python benchmarks/baseline.py INPUT OUTPUT")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
