"""`opendata coverage`: what of many files is not understood yet, so that the vocabulary grows from evidence.

Files are read as `publish` reads them, fragment by fragment; kept are counts, one example each and the least understood documents.
What is quarantined for personal information is never read into the report, and personal numbers that a pipeline allows are masked.
"""

import heapq
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from opendata.check.personal import find_personal, mask
from opendata.check.rules import RULES
from opendata.convert import Settings, convert
from opendata.ingest.raw import collect
from opendata.languages import load, names

MOST = 20
"""Documents and labels that are shown unless another number is asked for."""

_FRAGMENT = 64
_MOST_LABELS = 100_000
_PIECES, _SHOWN, _VALUE = 3, 40, 30


class Gap(NamedTuple):
    """A document with its share recognised, and its unrecognised pieces: start, end, words (at most `_PIECES`; `more` are not held)."""

    share: float
    path: str
    pieces: tuple[tuple[int, int, str], ...]
    more: int


class Coverage:
    """What was read so far. Bounded: counters, and the `most` least understood documents."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.documents = 0
        self.characters = 0
        self.recognised = 0.0
        self.labels: Counter[str] = Counter()
        self.examples: dict[str, str] = {}
        self.reasons: Counter[str] = Counter()
        self.first: dict[str, str] = {}
        self._gaps: list[tuple[float, int, Gap]] = []

    @property
    def share(self) -> float | None:
        """Share of all characters that belong to something named; None where nothing was read."""
        return self.recognised / self.characters if self.characters else None

    def least(self) -> list[Gap]:
        """Return the least understood documents, the least first; those that are understood whole are not among them."""
        return [gap for _, _, gap in sorted(self._gaps, key=lambda one: (-one[0], -one[1]))]

    def add(self, tables: Mapping[str, pa.Table]) -> None:
        """Take the tables of one fragment, in scratch form."""
        sources = tables["sources"].select(["doc", "path", "outcome", "reason"]).to_pylist()
        for row in sources:
            if row["outcome"] == "quarantined":
                self.reasons[row["reason"]] += 1
                self.first.setdefault(row["reason"], _masked(row["path"]))
        self._labels(tables["header_fields"])
        self._documents(tables, {row["doc"]: row["path"] for row in sources if row["doc"] is not None})

    def _labels(self, fields: pa.Table) -> None:
        unknown = fields.filter(pc.and_(pc.is_null(fields["field"]), pc.equal(fields["origin"], "header")))
        for label, value in zip(unknown["label"].to_pylist(), unknown["value"].to_pylist(), strict=True):
            if label not in self.labels and len(self.labels) >= _MOST_LABELS:
                continue
            self.labels[label] += 1
            if value and label not in self.examples and not any(word in label.lower() for word in _unshown()):
                self.examples[label] = _short(value, _VALUE)

    def _documents(self, tables: Mapping[str, pa.Table], paths: Mapping[int, str]) -> None:
        pieces: dict[int, list[tuple[int, int]]] = {}
        spans = tables["text_spans"]
        for row in spans.filter(pc.equal(spans["kind"], "other")).to_pylist():
            pieces.setdefault(row["doc"], []).append((row["start_char"], row["end_char"]))
        texts = tables["texts"]["text"]
        columns = (tables["documents"][name].to_pylist() for name in ("doc", "text_length", "coverage"))
        for index, (doc, length, coverage) in enumerate(zip(*columns, strict=True)):
            share = float(coverage)
            self.documents += 1
            self.characters += length
            self.recognised += length * share
            if share < 1:
                self._keep(share, paths[doc], texts[index], pieces.get(doc, []))

    def _keep(self, share: float, path: str, text: Any, pieces: list[tuple[int, int]]) -> None:
        if len(self._gaps) >= self.most and share >= -self._gaps[0][0]:
            return
        words = text.as_py()
        shown = tuple((start, end, _short(words[start:end], _SHOWN)) for start, end in pieces[:_PIECES])
        # Of two that are understood alike the one that was read first stays, whatever the number that is kept.
        entry = (-share, -self.documents, Gap(share, _masked(path), shown, len(pieces) - len(shown)))
        keep = heapq.heappush if len(self._gaps) < self.most else heapq.heapreplace
        keep(self._gaps, entry)


def measure(
    paths: Sequence[Path],
    settings: Settings,
    most: int = MOST,
    progress: Callable[[str, int, int], None] = lambda step, done, total: None,
) -> Coverage:
    """Read all files under `paths` (files, folders, archives) and return what is understood of them.

    Raises ConfigurationError for a path that does not exist or two of one name.
    """
    coverage = Coverage(most)
    with tempfile.TemporaryDirectory(prefix="opendata-coverage-") as scratch:
        files = collect(tuple(paths), Path(scratch), settings.limits)
        for start in range(0, len(files), _FRAGMENT):
            fragment = files[start : start + _FRAGMENT]
            coverage.add(convert(fragment, settings))
            progress("convert", start + len(fragment), len(files))
    return coverage


def report(coverage: Coverage) -> str:
    """Return the report for people."""
    quarantined = coverage.reasons.total()
    head = f"documents 文件 {coverage.documents} · quarantined 已隔离 {quarantined}"
    if coverage.share is not None:
        head = f"text recognised 文字识别率 {coverage.share:.4%} · {coverage.characters} characters 字符 · {head}"
    return "\n\n".join(part for part in (head, _gaps(coverage), _unknown(coverage), _rules(coverage)) if part)


def _gaps(coverage: Coverage) -> str:
    lines = []
    for gap in coverage.least():
        lines.append(f"  {gap.share:>8.2%}  {gap.path}")
        lines += [f"            [{start}:{end}] {words}" for start, end, words in gap.pieces]
        if gap.more:
            lines.append(f"            … {gap.more} more 另有 {gap.more} 处")
    return "\n".join(["Least understood 识别率最低", *lines]) if lines else ""


def _unknown(coverage: Coverage) -> str:
    ordered = sorted(coverage.labels.items(), key=lambda one: (-one[1], one[0]))
    lines = [
        f"  {count:>6}  {_short(label, _VALUE)}" + (f": {example}" if (example := coverage.examples.get(label)) else "")
        for label, count in ordered[: coverage.most]
    ]
    if len(ordered) > coverage.most:
        lines.append(f"          … {len(ordered) - coverage.most} more 另有")
    return "\n".join(["Unknown labels 未识别标签: count 次数, label: example 示例", *lines]) if lines else ""


def _rules(coverage: Coverage) -> str:
    lines = []
    for rule, count in sorted(coverage.reasons.items(), key=lambda one: (-one[1], one[0])):
        zh, en = RULES[rule].text.zh.split("。")[0], RULES[rule].text.en.split(". ")[0]
        zh, en = (
            zh.replace("（{found}）", "").replace("：{found}", ""),
            en.replace(" ({found})", "").replace(": {found}", ""),
        )
        lines.append(f"  {count:>6}  {rule}  {zh} / {en}\n          {coverage.first[rule]}")
    return "\n".join(["Quarantined by rule 按规则隔离: count 次数, rule, first file 首个文件", *lines]) if lines else ""


def _short(words: str, most: int) -> str:
    """Return words on one line, personal numbers masked, shortened in the middle."""
    words = " ".join(_masked(words).split())
    return words if len(words) <= most else f"{words[: most - 12]} … {words[-9:]}"


def _masked(words: str) -> str:
    """Mask the personal numbers of every language: a value by itself does not tell in which one it stands."""
    for language in names():
        for found in reversed(find_personal(words, language)):
            words = words[: found.start] + mask(words[found.start : found.end]) + words[found.end :]
    return words


@cache
def _unshown() -> tuple[str, ...]:
    return tuple(word for language in names() for word in load("coverage", language)["unshown"])
