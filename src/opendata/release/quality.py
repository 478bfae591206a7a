"""`quality.json`: counts, coverage, fill rates and issues by rule, gathered while the release is written."""

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from opendata.check.rules import RULES
from opendata.model.columns import SCHEMA_VERSION
from opendata.model.records import RECORDS, Document

LEAST_UNDERSTOOD = 20
UNKNOWN_LABELS = 100
BUCKETS = ("1.0", "0.995", "0.95", "0.9", "0.5", "0.0")


class Quality:
    """Counts over the slices of a release. Holds counters only, whatever the size of the corpus."""

    def __init__(self) -> None:
        self.rows: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.rules: Counter[str] = Counter()
        self.labels: Counter[str] = Counter()
        self._filled: Counter[str] = Counter()
        self._characters = 0
        self._covered = 0.0
        self._shares: Counter[str] = Counter()
        self._lowest: list[tuple[float, str]] = []

    def add(self, rows: Mapping[str, pa.Table]) -> None:
        """Count one slice."""
        for name, table in rows.items():
            self.rows[name] += len(table)
        if "sources" in rows:
            self._count(self.outcomes, rows["sources"]["outcome"])
            self._count(self.reasons, rows["sources"]["reason"])
        if "issues" in rows:
            self._count(self.rules, rows["issues"]["rule"])
        if "documents" in rows:
            self._documents(rows["documents"])
        if "header_fields" in rows:
            fields = rows["header_fields"]
            self._count(self.labels, fields.filter(pc.is_null(fields["field"]))["label"])

    @staticmethod
    def _count(counter: Counter[str], column: pa.ChunkedArray) -> None:
        for entry in pc.value_counts(column.drop_null()).to_pylist():
            counter[entry["values"]] += entry["counts"]

    def _documents(self, table: pa.Table) -> None:
        for column in Document.columns():
            values = table[column.name]
            filled = pc.sum(pc.greater(pc.list_value_length(values), 0)) if column.is_list else None
            self._filled[column.name] += (
                (filled.as_py() or 0) if filled is not None else len(values) - values.null_count
            )
        lengths = table["text_length"].to_pylist()
        shares = [float(share) for share in table["coverage"].to_pylist()]
        self._characters += sum(lengths)
        self._covered += sum(length * share for length, share in zip(lengths, shares, strict=True))
        for share in shares:
            self._shares[next(bucket for bucket in BUCKETS if share >= float(bucket))] += 1
        found = [
            *self._lowest,
            *((s, i) for s, i in zip(shares, table["document_id"].to_pylist(), strict=True) if s < 1),
        ]
        self._lowest = sorted(found)[:LEAST_UNDERSTOOD]

    def report(self) -> dict[str, Any]:
        """Return the report as JSON-able data; it holds nothing that depends on the clock."""
        documents = self.rows["documents"]
        return {
            "schema_version": SCHEMA_VERSION,
            "rows": {record.table: self.rows[record.table] for record in RECORDS},
            "sources": {
                "total": self.rows["sources"],
                **{outcome: self.outcomes[outcome] for outcome in ("published", "quarantined", "duplicate")},
                "quarantined_by_rule": dict(sorted(self.reasons.items())),
            },
            "coverage": {
                "characters": self._characters,
                "share": round(self._covered / self._characters, 6) if self._characters else None,
                "documents_by_share_at_least": {bucket: self._shares[bucket] for bucket in BUCKETS},
                "least_understood": [{"document_id": i, "coverage": share} for share, i in self._lowest],
            },
            "fill_rates": {
                column.name: round(self._filled[column.name] / documents, 6) if documents else None
                for column in Document.columns()
            },
            "unknown_labels": [
                {"label": label, "count": count}
                for label, count in sorted(self.labels.items(), key=lambda one: (-one[1], one[0]))[:UNKNOWN_LABELS]
            ],
            "issues_by_rule": {
                rule: {
                    "count": count,
                    "severity": RULES[rule].severity,
                    "text_zh": RULES[rule].text.zh,
                    "text_en": RULES[rule].text.en,
                }
                for rule, count in sorted(self.rules.items())
            },
        }

    def written(self) -> bytes:
        """Return the report as the bytes of `quality.json`."""
        return (json.dumps(self.report(), ensure_ascii=False, indent=1) + "\n").encode()
