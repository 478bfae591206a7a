"""Fuzzing by hand and in the gate: `python -m fuzz.run`. What it finds becomes a sample in `tests/fuzz/regressions`."""
