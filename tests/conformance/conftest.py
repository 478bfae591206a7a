"""The sample as it is published: what outside programs and standards are tried on."""

import csv
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import ROOT, release

csv.field_size_limit(sys.maxsize)


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder with the published sample."""
    folder = tmp_path_factory.mktemp("conformance") / "output"
    release([ROOT / "pipelines" / "sample"], folder)
    return folder


@pytest.fixture(scope="session")
def latest(output: Path) -> Path:
    """The folder of the published sample."""
    return output / "sample" / "latest"


@pytest.fixture(scope="session")
def csv_rows(latest: Path) -> Callable[[str], list[dict[str, str]]]:
    """A function that reads a CSV file with Python's own reader: field names to text."""

    def read(table: str) -> list[dict[str, str]]:
        with (latest / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, strict=True))

    return read
