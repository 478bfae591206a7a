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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that rewrites golden files: look at the difference before it is committed."""
    parser.addoption("--update-golden", action="store_true", help="rewrite golden files from what is read now")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are rewritten instead of compared."""
    return bool(request.config.getoption("--update-golden", default=False))
