"""What a publisher should mend, file by file, in Chinese and English: written beside `output/`, never in it."""

import csv
import os
from pathlib import Path

import pyarrow.compute as pc

from opendata.merge.corpus import Corpus

HEADER = ("路径 path", "结果 outcome", "规则 rule", "严重程度 severity", "说明", "what to mend")


def write_mend(folder: Path, dataset: str, corpus: Corpus) -> Path | None:
    """Write `<folder>/<dataset>.csv` with every error and warning, errors first; None (and no file) where there is none.

    UTF-8 with a byte order mark, so that spreadsheet programs open it as it is.
    """
    target = folder / f"{dataset}.csv"
    scratch = target.with_suffix(".writing")
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    with scratch.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADER)
        for severity, outcome in (("error", "quarantined"), ("warning", "published")):
            for rows in corpus.slices():
                if "issues" not in rows:
                    continue
                for row in rows["issues"].filter(pc.field("severity") == severity).to_pylist():
                    place = f" [{row['start_char']}:{row['end_char']}]" if row["start_char"] is not None else ""
                    out.writerow(
                        (
                            _safe(row["path"]),
                            outcome,
                            row["rule"],
                            severity,
                            row["message_zh"] + place,
                            row["message_en"] + place,
                        )
                    )
                    written += 1
    if not written:
        scratch.unlink()
        target.unlink(missing_ok=True)
        return None
    os.replace(scratch, target)
    return target


def _safe(text: str) -> str:
    """Keep a spreadsheet from taking a file's name for a formula."""
    return "'" + text if text[:1] in "=+-@" else text
