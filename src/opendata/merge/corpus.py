"""The merge of one release: reads keys of all part files, then gives each part the columns that needed the whole corpus."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from opendata.check.rules import RULES, Finding, message
from opendata.merge.bodies import Bodies, Categories
from opendata.merge.identities import DIGEST, ID, Capture, Earlier, Identities, Keys, identify, shared_documents
from opendata.merge.parts import read_part
from opendata.model.arrow import arrow_schema
from opendata.model.records import BY_TABLE, Issue
from opendata.normalise.organisations import fold_name

IDENTITIES = pa.schema([("kind", pa.string()), ("key", pa.string()), ("document_id", pa.string())])
"""Schema of `identities.parquet`: every identity key ever published, and the id that it carries."""

_Cited = tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]
"""Hashes of what documents may be cited by, and the documents."""

_CHILDREN = tuple(
    name for name in BY_TABLE if name not in ("documents", "organisations", "concepts", "sources", "issues")
)


@dataclass(slots=True)
class _Targets:
    """Where citations lead: sorted hashes of document numbers and titles, and the document each belongs to (-1: several)."""

    hashes: npt.NDArray[np.uint64]
    documents: npt.NDArray[np.int64]

    def find(self, key: str) -> int:
        at = int(np.searchsorted(self.hashes, _hash(key)))
        return int(self.documents[at]) if at < len(self.hashes) and self.hashes[at] == _hash(key) else -1


@dataclass(slots=True)
class Corpus:
    """The merged corpus: part files in order, identities, and the tables that belong to no document."""

    parts: Sequence[Path]
    offsets: list[int]
    identities: Identities
    targets: _Targets
    organisations: pa.Table
    concepts: pa.Table
    _digests: npt.NDArray[np.bytes_]
    findings: list[tuple[str, str, Finding]] = field(default_factory=list)

    @property
    def documents(self) -> int:
        """How many documents the release holds."""
        return int((self.identities.winner == np.arange(len(self.identities.winner))).sum())

    def slices(self) -> Iterator[dict[str, pa.Table]]:
        """Yield the public rows part by part, documents in the order of their files; the last one has the shared tables."""
        for number, path in enumerate(self.parts):
            yield self._slice(read_part(path), self.offsets[number])
        last = {"organisations": self.organisations, "concepts": self.concepts}
        if self.findings:
            last["issues"] = _issue_rows(
                [(source_id, path, None, finding) for source_id, path, finding in self.findings]
            )
        yield last

    def identity_rows(self, number: int) -> pa.Table:
        """Return the rows of `identities.parquet` for the documents of one part."""
        keys = read_part(self.parts[number], ("keys",))["keys"]
        ids = self._ids(keys["doc"], self.offsets[number], winners_only=False)
        return pa.Table.from_arrays([keys["kind"], keys["key"], ids], schema=IDENTITIES)

    def carried(self, path: Path) -> pa.Table:
        """Return the rows of an earlier `identities.parquet` whose keys this release does not have."""
        current = np.sort(self._digests)
        kept = []
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=65536):
                known = np.isin(_digests_of(batch), current)
                kept.append(pa.Table.from_batches([batch]).filter(pa.array(~known)))
        return pa.concat_tables(kept).cast(IDENTITIES) if kept else IDENTITIES.empty_table()

    def _ids(self, docs: pa.ChunkedArray, offset: int, *, winners_only: bool) -> pa.Array:
        """Return the id of each row's document; null where it has none, or where it lost and only winners are wanted."""
        count = int(pc.max(docs).as_py()) + 1 if len(docs) and docs.null_count < len(docs) else 0
        ordinals = np.arange(offset, offset + count)
        winner = self.identities.winner[offset : offset + count]
        strings = self.identities.ids[winner].astype(str)
        mask = (winner != ordinals) if winners_only else np.zeros(count, bool)
        return pa.array(strings, pa.string(), mask=mask).take(docs.combine_chunks())

    def _slice(self, part: dict[str, pa.Table], offset: int) -> dict[str, pa.Table]:
        rows: dict[str, pa.Table] = {}
        for name in _CHILDREN:
            rows[name] = self._with_ids(part[name], offset)
        rows["citations"] = self._with_targets(rows["citations"], part["citations"], offset)
        rows["issues"] = self._issues(part, offset)
        rows["sources"] = self._sources(part["sources"], offset)
        rows["documents"] = self._documents(part, rows, offset)
        return {name: _public(name, table) for name, table in rows.items()}

    def _with_ids(self, table: pa.Table, offset: int) -> pa.Table:
        ids = self._ids(table["doc"], offset, winners_only=True)
        table = table.append_column("document_id", ids)
        return table.filter(pc.is_valid(ids)) if ids.null_count else table

    def _with_targets(self, table: pa.Table, scratch: pa.Table, offset: int) -> pa.Table:
        """Resolve citations by number first, then by title; a citation of the document itself leads nowhere."""
        found: list[str | None] = []
        columns = (table["cited_number"].to_pylist(), table["cited_title"].to_pylist(), table["doc"].to_pylist())
        for number, title, doc in zip(*columns, strict=True):
            target = self.targets.find("n" + number) if number else -1
            if target < 0 and title:
                target = self.targets.find("t" + fold_name(title))
            own = int(self.identities.winner[offset + doc])
            found.append(self.identities.ids[target].decode() if target >= 0 and target != own else None)
        return table.append_column("target_document_id", pa.array(found, pa.string()))

    def _issues(self, part: dict[str, pa.Table], offset: int) -> pa.Table:
        table = part["issues"].append_column("document_id", self._ids(part["issues"]["doc"], offset, winners_only=True))
        rows = []
        for doc in range(len(part["documents"])):
            for finding in self.identities.findings.get(offset + doc, ()):
                winner = int(self.identities.winner[offset + doc])
                identifier = self.identities.ids[winner].decode() if winner == offset + doc else None
                rows.append((*_source_of(part, doc), identifier, finding))
        if not rows:
            return table
        return pa.concat_tables([_public("issues", table), _issue_rows(rows)])

    def _sources(self, table: pa.Table, offset: int) -> pa.Table:
        ids = self._ids(table["doc"], offset, winners_only=False)
        winners = self._ids(table["doc"], offset, winners_only=True)
        lost = pc.and_(pc.is_valid(ids), pc.is_null(winners))
        outcome = pc.if_else(lost, "duplicate", table["outcome"])
        position = table.schema.get_field_index("outcome")
        return table.set_column(position, "outcome", outcome).append_column("document_id", ids)

    def _documents(self, part: dict[str, pa.Table], rows: dict[str, pa.Table], offset: int) -> pa.Table:
        table = self._with_ids(part["documents"], offset)
        counts: dict[str, int] = {}
        grave = pc.field("severity").isin(["error", "warning"]) & pc.field("document_id").is_valid()
        for identifier in rows["issues"].filter(grave)["document_id"].to_pylist():
            counts[identifier] = counts.get(identifier, 0) + 1
        ids = table["document_id"].to_pylist()
        issue_counts = [counts.get(identifier, 0) for identifier in ids]
        targets: dict[str, list[str | None]] = {}
        for identifier, target in zip(
            rows["citations"]["document_id"].to_pylist(),
            rows["citations"]["target_document_id"].to_pylist(),
            strict=True,
        ):
            targets.setdefault(identifier, []).append(target)
        digests = part["digests"]["sha256"].to_pylist()
        records = [
            sha256(digests[doc] + orjson.dumps([identifier, targets.get(identifier), issues])).hexdigest()
            for doc, identifier, issues in zip(table["doc"].to_pylist(), ids, issue_counts, strict=True)
        ]
        table = table.append_column("issue_count", pa.array(issue_counts, pa.int64()))
        return table.append_column("record_sha256", pa.array(records, pa.string()))


def merge(parts: Sequence[Path], earlier: Earlier) -> Corpus:
    """Merge the part files of a release, given the identities of the releases before it.

    Nothing that is kept may point into a part: its whole file would stay in memory.
    """
    offsets, documents, kinds, digests = [], [], [], []
    cited: list[_Cited] = []
    bodies = Bodies()
    categories = Categories()
    total = 0
    for path in parts:
        part = read_part(path, ("keys", "digests", "names", "categories", "documents"))
        offsets.append(total)
        documents.append(part["keys"]["doc"].to_numpy().astype(np.int64) + total)
        kinds.append(part["keys"]["strength"].to_numpy().astype(np.int8))
        digests.append(np.frombuffer(_joined(part["keys"]["digest"]), DIGEST))
        cited.append(_cited(part, total))
        bodies.add(part["names"])
        categories.add(part["categories"])
        total += len(part["documents"])
    keys = Keys(_concat(documents, np.int64), _concat(kinds, np.int8), _concat(digests, DIGEST))
    captures = _captures(parts, offsets, shared_documents(keys))
    identities = identify(keys, captures, total, earlier)
    targets = _targets(cited, identities)
    organisations, findings = bodies.table()
    return Corpus(parts, offsets, identities, targets, organisations, categories.table(), keys.digests, findings)


def _joined(column: pa.ChunkedArray) -> bytes:
    return b"".join(column.to_pylist())


def _concat(arrays: list[Any], dtype: npt.DTypeLike) -> Any:
    return np.concatenate(arrays) if arrays else np.empty(0, dtype)


def _hash(key: str) -> np.uint64:
    return np.uint64(int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big"))


def _cited(part: dict[str, pa.Table], offset: int) -> _Cited:
    """Return what the documents of a part may be cited by: their numbers and the forms of their titles."""
    numbers = part["documents"]["document_number"].to_pylist()
    titles = part["digests"]["titles"].to_pylist()
    found = [("n" + number, doc) for doc, number in enumerate(numbers) if number]
    found += [("t" + title, doc) for doc, forms in enumerate(titles) for title in forms]
    hashes = np.array([_hash(key) for key, _ in found], np.uint64)
    return hashes, np.array([doc + offset for _, doc in found], np.int64)


def _targets(cited: list[_Cited], identities: Identities) -> _Targets:
    hashes = _concat([hashes for hashes, _ in cited], np.uint64)
    documents = identities.winner[_concat([documents for _, documents in cited], np.int64)]
    order = np.lexsort((documents, hashes))
    hashes, documents = hashes[order], documents[order]
    unique, first, counts = np.unique(hashes, return_index=True, return_counts=True)
    owner = np.where(documents[first] == documents[first + counts - 1], documents[first], -1)
    return _Targets(unique, owner)


def _captures(parts: Sequence[Path], offsets: list[int], wanted: list[int]) -> dict[int, Capture]:
    captures: dict[int, Capture] = {}
    bounds = np.array([*offsets, 1 << 62])
    for number in sorted({int(np.searchsorted(bounds, one, side="right")) - 1 for one in wanted}):
        part = read_part(parts[number], ("documents", "digests"))
        offset = offsets[number]
        mine = [one - offset for one in wanted if offset <= one < int(bounds[number + 1])]
        documents = part["documents"].select(["index_number", "document_number", "coverage", "source_id"]).take(mine)
        digests = part["digests"].select(["titles", "rank"]).take(mine)
        for doc, row, other in zip(mine, documents.to_pylist(), digests.to_pylist(), strict=True):
            ordinal = offset + doc
            order = (other["rank"], -float(row["coverage"]), row["source_id"], ordinal)
            captures[ordinal] = Capture(other["titles"][0], row["index_number"], row["document_number"], order)
    return captures


def _source_of(part: dict[str, pa.Table], doc: int) -> tuple[str, str]:
    sources = part["sources"].filter(pc.field("doc") == doc)
    return sources["source_id"][0].as_py(), sources["path"][0].as_py()


def _issue_rows(rows: Sequence[tuple[str, str, str | None, Finding]]) -> pa.Table:
    values = []
    for source_id, path, identifier, finding in rows:
        text = message(finding.rule, finding.found)
        values.append(
            {
                "source_id": source_id,
                "path": path,
                "document_id": identifier,
                "rule": finding.rule,
                "severity": RULES[finding.rule].severity,
                "field": finding.field,
                "message_zh": text.zh,
                "message_en": text.en,
                "start_char": finding.start,
                "end_char": finding.end,
            }
        )
    return pa.Table.from_pylist(values, arrow_schema(Issue))


def _public(name: str, table: pa.Table) -> pa.Table:
    """Return rows with the public schema; what merge could not tell (a nullable column) is null."""
    schema = arrow_schema(BY_TABLE[name])
    given = set(table.column_names)
    columns = [table[f.name] if f.name in given else pa.nulls(len(table), f.type) for f in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def read_earlier(path: Path | None) -> Earlier:
    """Read the identities that an earlier release carries; none where there is no earlier release."""
    if path is None or not path.exists():
        return Earlier()
    digests, ids = [], []
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=65536):
            digests.append(_digests_of(batch))
            ids.append(np.array([identifier.encode() for identifier in batch["document_id"].to_pylist()], ID))
    found = _concat(digests, DIGEST)
    order = np.argsort(found, kind="stable")
    return Earlier(found[order], _concat(ids, ID)[order])


def _digests_of(batch: pa.RecordBatch) -> npt.NDArray[np.bytes_]:
    pairs = zip(batch["kind"].to_pylist(), batch["key"].to_pylist(), strict=True)
    return np.array([sha256(f"{kind}:{key}".encode()).digest()[:16] for kind, key in pairs], DIGEST)
