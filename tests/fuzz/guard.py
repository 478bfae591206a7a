"""A clock for what may never end: generated input that a reader does not finish fails the test and does not hang the run."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Endless(AssertionError):
    """What was called did not end."""


@contextmanager
def ends(seconds: float = 60.0) -> Iterator[None]:
    """Raise Endless inside the block when it has used so many seconds of processor time; regular expressions are stopped too."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise Endless(f"more than {seconds:g} s of processor time")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
