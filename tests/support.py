"""What tests of whole releases share: a pipeline over given inputs, published into a folder of the test's own."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from opendata.config import Pipeline, load
from opendata.pipeline import Outcome, publish

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "pipelines" / "sample.toml"
MOMENT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def pipeline(inputs: Sequence[Path], output: Path, **overrides: Any) -> Pipeline:
    """Return the sample's pipeline with other inputs and output; overrides have dotted keys with `__` for the dot."""
    given = {name.replace("__", "."): value for name, value in overrides.items()}
    return load(SAMPLE, {"inputs": [str(path) for path in inputs], "output.directory": str(output), **given})


def release(inputs: Sequence[Path], output: Path, now: datetime = MOMENT, **overrides: Any) -> Outcome:
    """Publish inputs into an output folder and return the outcome."""
    return publish(pipeline(inputs, output, **overrides), now=now)


def publish_inputs(inputs: Sequence[Path], folder: Path, **overrides: Any) -> Path:
    """Publish inputs into `<folder>/output` and return the folder of the release."""
    outcome = release(inputs, folder / "output", **overrides)
    assert outcome.folder is not None
    return outcome.folder
