"""Readers that misbehave, for tests of the isolation."""

import ctypes
import os
import time
from typing import Any

from opendata.config import Limits
from opendata.errors import Unreadable
from opendata.read.reading import Cell, Reading, Table

_kept: list[bytes] = []


def echo(data: bytes, limits: Limits) -> Reading:
    """Return the bytes as text, and the limit it was given as a cell."""
    text = data.decode()
    return Reading(text, [Table(0, 1, [Cell(0, 0, 1, 1, False, 0, limits.table_cells)])], page_title=str(os.getpid()))


def spin(data: bytes, limits: Limits) -> Reading:
    """Never end."""
    while True:
        pass


def sleep(data: bytes, limits: Limits) -> Reading:
    """Wait for ever."""
    while True:
        time.sleep(60)


def crash(data: bytes, limits: Limits) -> Reading:
    """Read an address that is none."""
    ctypes.string_at(0)
    return Reading("")


def devour(data: bytes, limits: Limits) -> Reading:
    """Take all memory."""
    taken = []
    while True:
        taken.append(bytes(1 << 26))


def hoard(data: bytes, limits: Limits) -> Reading:
    """Keep what was read, so that memory runs out in the course of calls."""
    _kept.append(bytes(int(data)))
    return Reading(str(len(_kept)))


def refuse(data: bytes, limits: Limits) -> Reading:
    """Refuse the file."""
    raise Unreadable("pdf-broken", "found 字", 7)


def fail(data: bytes, limits: Limits) -> Reading:
    """Fail by a mistake of the reader's own."""
    raise KeyError("nothing")


def leave(data: bytes, limits: Limits) -> Reading:
    """End the process."""
    os._exit(3)


class Foreign:
    """A class that no reader returns."""

    def __reduce__(self) -> Any:
        return (os.system, ("true",))


def smuggle(data: bytes, limits: Limits) -> Any:
    """Return an object that would run a command in the caller."""
    return Foreign()
