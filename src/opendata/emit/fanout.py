"""Several writers fed at once, each in a thread of its own: compression and digests, done outside Python, run side by side."""

from collections.abc import Callable, Sequence
from functools import partial
from queue import Queue
from threading import Thread

from opendata.emit.sink import WrittenFile
from opendata.emit.writer import Slice, Writer

WAITING = 2
"""Slices that may wait for a writer: memory stays bounded by the slowest one."""


class Fanout:
    """A writer that hands every slice to all of its writers. The first error of any of them ends the release."""

    def __init__(self, writers: Sequence[Writer]) -> None:
        self._lanes = [_Lane(writer) for writer in writers]

    def write(self, rows: Slice) -> None:
        """Take the next slice; waits while a writer is behind. Raises what a writer raised."""
        try:
            for lane in self._lanes:
                lane.put(rows)
        except BaseException:
            self.stop()
            raise

    def finish(self) -> list[WrittenFile]:
        """Let all writers finish and return their files in the writers' order. Raises what a writer raised."""
        self.stop()
        for lane in self._lanes:
            lane.check()
        return [file for lane in self._lanes for file in lane.files]

    def stop(self) -> None:
        """Tell all threads that nothing more comes, and wait for them: nobody writes behind a caller's back."""
        for lane in self._lanes:
            lane.close()
        for lane in self._lanes:
            lane.thread.join()


class _Lane:
    """One writer, its thread, and what waits for it."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._queue: Queue[Slice | None] = Queue(WAITING)
        self._error: BaseException | None = None
        self.files: list[WrittenFile] = []
        self.thread = Thread(target=self._run, name=type(writer).__name__, daemon=True)
        self.thread.start()

    def put(self, rows: Slice) -> None:
        self.check()
        self._queue.put(rows)

    def close(self) -> None:
        self._queue.put(None)

    def check(self) -> None:
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        while (rows := self._queue.get()) is not None:
            if self._error is None:
                self._attempt(partial(self._writer.write, rows))
        if self._error is None:
            self._attempt(self._finish)

    def _finish(self) -> None:
        self.files = self._writer.finish()

    def _attempt(self, step: Callable[[], None]) -> None:
        """Do a step; what it raises is kept for the thread that feeds us."""
        try:
            step()
        except BaseException as error:
            self._error = error
