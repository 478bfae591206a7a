"""One target under atheris: `python -m fuzz.guided TARGET SECONDS FOLDER`. Ends with the status of libFuzzer (0: nothing found)."""

import importlib
import os
import sys
from pathlib import Path


def main() -> None:
    """Instrument the package, write the seeds and hand over to libFuzzer, which never returns."""
    name, seconds, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["opendata"]):
        from fuzz.targets import TARGETS, attempt
    from fuzz.seeds import LONGEST, dictionary, seeds

    target = TARGETS[name]

    def one(data: bytes) -> None:
        attempt(target, data)

    start = folder / "seeds"
    start.mkdir(exist_ok=True)
    for number, data in enumerate(seeds(name)):
        (start / f"{number:03d}").write_bytes(data)
    words = folder / "words.dict"
    words.write_text("".join(f'"{_quoted(word)}"\n' for word in dictionary(name)), encoding="ascii")
    options = [
        f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=30", "-rss_limit_mb=2000", f"-dict={words}",
        f"-artifact_prefix={folder}{os.sep}found-", "-print_final_stats=1", "-len_control=0", "-detect_leaks=0",
        str(folder / "corpus"), str(start),
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()


def _quoted(word: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word)


if __name__ == "__main__":
    main()
