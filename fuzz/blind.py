"""One target under blind mutation, where atheris is not installed: `python -m fuzz.blind TARGET SECONDS FOLDER`."""

import random
import sys
import time
import traceback
from collections.abc import Iterator
from hashlib import sha256
from itertools import count
from pathlib import Path

from fuzz.seeds import LONGEST, dictionary, seeds
from fuzz.targets import TARGETS, attempt


def mutations(name: str, seed: int) -> Iterator[bytes]:
    """Yield the seeds of a target, then changed ones without end; the same for the same `seed`."""
    chance = random.Random(seed)
    start, words = seeds(name), dictionary(name)
    yield from start
    while True:
        data = bytearray(chance.choice(start))
        for _ in range(chance.choice((1, 1, 2, 4, 12))):
            _mutate(data, chance, words, start)
        yield bytes(data[:LONGEST])


def _mutate(data: bytearray, chance: random.Random, words: list[bytes], start: tuple[bytes, ...]) -> None:
    """Change bytes in place in one way."""
    at = chance.randrange(len(data) + 1)
    span = slice(at, at + chance.choice((1, 3, 16, 200)))
    way = chance.randrange(7)
    if way == 0 and at < len(data):
        data[at] = chance.choice((0, 0xFF, 0x80, chance.randrange(256)))
    elif way == 1:
        data[span] = b""
    elif way == 2:
        data[at:at] = bytes(data[span]) * chance.choice((1, 2, 50))
    elif way == 3:
        data[at:at] = chance.choice(words) * chance.choice((1, 1, 1, 30))
    elif way == 4:
        other = chance.choice(start)
        begin = chance.randrange(len(other) + 1)
        data[span] = other[begin : begin + chance.choice((8, 60, 800))]
    elif way == 5:
        to = chance.randrange(len(data) + 1)
        piece = bytes(data[span])
        data[span] = b""
        data[to:to] = piece
    else:
        data[at : at + 4] = chance.randrange(1 << 32).to_bytes(4, "little")


def main() -> int:
    """Run one target for so many seconds; what breaks it is written into the folder."""
    name, seconds, folder = sys.argv[1], float(sys.argv[2]), Path(sys.argv[3])
    until = time.monotonic() + seconds
    seed = time.time_ns()
    runs = count()
    for data in mutations(name, seed):
        if time.monotonic() > until:
            break
        next(runs)
        try:
            attempt(TARGETS[name], data)
        except BaseException:
            (folder / f"found-{sha256(data).hexdigest()[:16]}").write_bytes(data)
            traceback.print_exc()
            return 1
    print(f"Done {next(runs)} runs from seed {seed}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
