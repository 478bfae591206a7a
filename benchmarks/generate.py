"""Write a corpus of invented disclosures for benchmarks and stress tests: the same bytes for the same arguments.

python benchmarks/generate.py DIR --count 1000 --kind text --seed 1 --damaged 50
"""

import argparse
import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

sys.path.insert(0, str(Path(__file__).parent))

from damage import make, plan

Kind = Literal["text", "html"]
_SUFFIX = {"text": "txt", "html": "html"}
_PER_FOLDER = 1000


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a run must find in one file.

    `path` is relative to the corpus, with slashes; `kind` is 'ok' or the damage done ('binary', 'empty',
    'undecodable', 'no-header', 'identity-card', 'mobile-number', 'dates-contradict', 'headers-contradict',
    'check-digit', 'truncated'); `title` and `index_number` are as first printed, None where the file shows none.
    """

    path: str
    kind: str
    title: str | None
    index_number: str | None


def generate(directory: Path, count: int, kind: Kind, seed: int = 1, damaged: int = 0) -> list[Expectation]:
    """Write `count` documents, `damaged` of them spoilt and spread evenly, a thousand to a folder; say what is in each.

    Fifty damaged ones hold thirty that cannot be published (binary, empty, undecodable, no header, personal
    information: six each) and twenty with a defect (dates, headers, check digit, truncated: five each).
    Raises ValueError where `damaged` exceeds `count`.
    """
    if not 0 <= damaged <= count:
        raise ValueError(f"damaged must lie between 0 and count ({count}), not {damaged}")
    spoilt = plan(count, damaged)
    expectations = []
    for ordinal in range(count):
        folder = f"{ordinal // _PER_FOLDER:03d}"
        if ordinal % _PER_FOLDER == 0:
            (directory / folder).mkdir(parents=True, exist_ok=True)
        damage = spoilt.get(ordinal, "ok")
        path = f"{folder}/{ordinal:06d}.{_SUFFIX[kind]}"
        made = make(ordinal, seed, kind, damage)
        with open(os.path.join(directory, path), "wb") as file:
            file.write(made.data)
        expectations.append(Expectation(path, damage, made.title, made.index_number))
    return expectations


def main() -> None:
    """Write a corpus as the command line says, and optionally what is expected of it as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--kind", choices=get_args(Kind), default="text")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--damaged", type=int, default=0)
    parser.add_argument("--expectations", type=Path, help="write them here, one JSON object a line (not in DIR)")
    arguments = parser.parse_args()
    begun = time.perf_counter()
    expectations = generate(arguments.directory, arguments.count, arguments.kind, arguments.seed, arguments.damaged)
    taken = time.perf_counter() - begun
    if arguments.expectations:
        lines = (json.dumps(asdict(expectation), ensure_ascii=False) + "\n" for expectation in expectations)
        arguments.expectations.write_text("".join(lines), encoding="utf-8")
    print(f"{len(expectations)} documents in {taken:.2f} s ({len(expectations) / taken:.0f} a second)")


if __name__ == "__main__":
    main()
