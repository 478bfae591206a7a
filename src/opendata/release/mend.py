"""What a publisher should mend, file by file, in Chinese and English: written beside `output/`, never in it."""

import csv
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa
import pyarrow.compute as pc

HEADER = ("路径 path", "结果 outcome", "规则 rule", "严重程度 severity", "说明", "what to mend")
_OUTCOMES = {"error": "quarantined", "warning": "published"}


class Mend:
    """The list of errors and warnings, `<folder>/<dataset>.csv`, errors first.

    UTF-8 with a byte order mark, so that spreadsheet programs open it as it is. Rows wait in scratch files, one a severity.
    """

    def __init__(self, folder: Path, dataset: str, scratch: Path) -> None:
        self._target = folder / f"{dataset}.csv"
        self._paths = {severity: scratch / f"mend-{severity}.csv" for severity in _OUTCOMES}
        self._files = {severity: path.open("w", encoding="utf-8", newline="") for severity, path in self._paths.items()}
        self._rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files.values():
            file.close()

    def add(self, rows: Mapping[str, pa.Table]) -> None:
        """Take the issues of one slice."""
        if "issues" not in rows:
            return
        for severity, outcome in _OUTCOMES.items():
            out = csv.writer(self._files[severity])
            for row in rows["issues"].filter(pc.field("severity") == severity).to_pylist():
                place = f" [{row['start_char']}:{row['end_char']}]" if row["start_char"] is not None else ""
                zh, en = row["message_zh"] + place, row["message_en"] + place
                out.writerow([_safe(text) for text in (row["path"], outcome, row["rule"], severity, zh, en)])
                self._rows += 1

    def finish(self) -> Path | None:
        """Put the list in its place; None, and no file, where there is nothing to mend."""
        self.__exit__(None, None, None)
        if not self._rows:
            self._target.unlink(missing_ok=True)
            return None
        self._target.parent.mkdir(parents=True, exist_ok=True)
        whole = self._target.with_suffix(".writing")
        with whole.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerow(HEADER)
            for path in self._paths.values():
                with path.open(encoding="utf-8", newline="") as part:
                    shutil.copyfileobj(part, file)
        os.replace(whole, self._target)
        return self._target


def _safe(text: str) -> str:
    """Keep a spreadsheet from taking a file's name for a formula."""
    return "'" + text if text[:1] in ("=", "+", "-", "@") else text
