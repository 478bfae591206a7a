"""Fixtures for tests of releases."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")


@pytest.fixture(scope="module")
def fast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder in memory where there is one: releases are synced to the disk file by file, which takes its time."""
    if not os.access(MEMORY, os.W_OK):
        yield tmp_path_factory.mktemp("fast")
        return
    folder = Path(tempfile.mkdtemp(prefix="opendata-tests-", dir=MEMORY))
    yield folder
    shutil.rmtree(folder)
