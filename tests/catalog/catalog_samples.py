"""An invented publisher with two datasets."""

from datetime import UTC, datetime
from hashlib import sha256, sha512
from typing import Any

from opendata.catalog.entry import dataset_entry
from opendata.config import Pipeline
from opendata.emit.sink import WrittenFile

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ISSUED = datetime(2024, 3, 5, 8, 0, tzinfo=UTC)
MODIFIED = datetime(2025, 1, 9, 22, 30, 15, tzinfo=UTC)


def pipeline(**changes: Any) -> Pipeline:
    """Return a pipeline; `changes` replace keys of its dataset, or of its site (base_url, id_base)."""
    site = {
        "base_url": changes.pop("base_url", "https://data.example.org/open"),
        "id_base": changes.pop("id_base", "https://id.example.org"),
    }
    dataset = {
        "id": "yunxi-notices",
        "title": {"zh": "云溪镇公开文件", "en": "Notices of Yunxi town"},
        "description": {"zh": "虚构的镇的文件。", "en": "Documents of a town that does not exist."},
        "keywords": {"zh": ["公开", "通知"], "en": ["disclosure", "notices"]},
        "publisher": {"name": {"zh": "云溪镇数据室", "en": "Yunxi data office"}, "url": "https://yunxi.example.org"},
        "contact": {"name": "Yunxi data desk", "email": "data@yunxi.example.org"},
        "licence": "CC-BY-4.0",
        "themes": ["GOVE", "REGI"],
        "frequency": "MONTHLY",
        **changes,
    }
    return Pipeline.model_validate({"dataset": dataset, "site": site, "inputs": ["raw"]})


def written(path: str, media_type: str, rank: int | None, **more: Any) -> WrittenFile:
    """Return what a writer would report of a file."""
    data = path.encode()
    return WrittenFile(
        path, media_type, len(data), sha256(data).hexdigest(), sha512(data).hexdigest(), rank=rank, **more
    )


FILES = [
    written("manifest.json", "application/json", None),
    written(
        "rdf/records.nq.gz", "application/n-quads", 40, compress_format="application/gzip",
        title_zh="关联数据", title_en="Linked data",
    ),
    written("rdf/records.jsonl.gz", "application/x-ndjson", 41, compress_format="application/gzip"),
    written(
        "yunxi-notices-csv.zip", "text/csv", 10, package_format="application/zip", title_zh="全部表格",
        title_en="All tables", tables=(("documents", 12), ("issues", 1)), conforms_to="http://www.w3.org/ns/csvw",
    ),
    written("parquet/documents.parquet", "application/vnd.apache.parquet", 20, tables=(("documents", 12),)),
    written("yunxi notices 表.xlsx", XLSX, 30, title_zh="工作簿", title_en="Workbook"),
]  # fmt: skip


def entry(files: list[WrittenFile] | None = None, **changes: Any) -> dict[str, Any]:
    """Return an entry of a dataset changed so."""
    chosen = FILES if files is None else files
    return dataset_entry(pipeline(**changes), chosen, version="2025-01-09", issued=ISSUED, modified=MODIFIED)


def two() -> list[dict[str, Any]]:
    """Entries of two datasets with different publishers' addresses."""
    other = entry(
        id="anping-reports",
        base_url="https://anping.example.org",
        id_base="https://anping.example.org/data",
        publisher={"name": {"zh": "安平县档案室", "en": "Anping archive"}},
        title={"zh": "安平县年度报告", "en": "Annual reports of Anping county"},
    )
    return [entry(), other]
