"""The option that rewrites the golden files is that of tests/golden."""

from tests.golden.conftest import update_golden

__all__ = ["update_golden"]
