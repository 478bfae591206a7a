"""Fixtures that more than one folder of tests uses."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real disclosures and standards beside the checkout; tests that need them are skipped where they are absent."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip(f"real disclosures are not here: {SHARED / 'corpus'}")
    return SHARED
