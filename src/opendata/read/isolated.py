"""Readers of foreign formats in a process of their own: a crash, a hang or a memory bomb costs one file, not the release.

The worker is kept between calls. It is told a function by name, so nothing but names, bytes and limits goes in; what comes out is
unpickled under a list of allowed classes, since a reader that a file has taken over must not take over the caller too.
"""

import importlib
import io
import json
import os
import pickle
import resource
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.util import Finalize
from types import TracebackType
from typing import Any

from opendata.config import Limits
from opendata.errors import Unreadable

_REQUEST = struct.Struct("!III")
_ANSWER = struct.Struct("!cI")
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[2]); from opendata.read.isolated import serve; serve()"
_CLOCK_FACTOR = 4
_STARTING_SECONDS = 60.0
_MOST_ANSWER = 1 << 30


class Isolated:
    """A reader's process, started at the first call and again after a crash.

    `timeout_seconds` is the processor time that a call may take, so that a busy machine changes no result; four times that on the
    clock ends a reader that sleeps. `memory_bytes` bounds the address space of the worker, about 90 MB of which are its own.
    One object serves one thread; a forked child gets a worker of its own. Close it, or let it close when the process ends.
    """

    def __init__(self, timeout_seconds: float, memory_bytes: int) -> None:
        self.timeout_seconds = timeout_seconds
        self.memory_bytes = memory_bytes
        self._worker: _Worker | None = None
        self._limits: tuple[Limits, bytes] | None = None

    def call(self, function_path: str, data: bytes, limits: Limits) -> Any:
        """Call `module:function` on bytes and limits in the worker, and return what it returns.

        Raises Unreadable as the function does, else `reader-crashed`, `reader-timeout` or `reader-memory`. A call that fails for
        memory or by a crash is tried once more in a fresh worker: what earlier files left behind must not decide about this one.
        """
        worker = self._running()
        try:
            return self._call(worker, function_path, data, limits)
        except Unreadable as error:
            if error.rule not in ("reader-crashed", "reader-memory") or worker.calls <= 1:
                raise
        return self._call(self._running(), function_path, data, limits)

    def _running(self) -> "_Worker":
        if self._worker is not None and not self._worker.is_own():
            self._worker.forget()
            self._worker = None
        if self._worker is None:
            self._worker = _Worker(self.timeout_seconds, self.memory_bytes)
        return self._worker

    def _call(self, worker: "_Worker", function_path: str, data: bytes, limits: Limits) -> Any:
        if self._limits is None or self._limits[0] is not limits:
            self._limits = (limits, pickle.dumps(limits, pickle.HIGHEST_PROTOCOL))
        try:
            kind, answer = worker.ask(function_path, self._limits[1], data)
        except TimeoutError:
            self.close()
            raise Unreadable("reader-timeout", f"> {self.timeout_seconds * _CLOCK_FACTOR:g} s on the clock") from None
        except (OSError, EOFError):
            self._worker = None
            raise worker.post_mortem() from None
        except BaseException:
            self.close()
            raise
        if kind == b"v":
            try:
                return _Restricted(io.BytesIO(answer)).load()
            except (
                pickle.UnpicklingError,
                EOFError,
                AttributeError,
                TypeError,
                ValueError,
                KeyError,
                IndexError,
            ) as error:
                self.close()
                raise Unreadable("reader-crashed", f"answer: {error}") from None
        if kind == b"u":
            rule, found, at = json.loads(answer)
            raise Unreadable(rule, found, at)
        self.close()  # the state of a worker after an unforeseen error is not to be trusted
        if kind == b"m":
            raise Unreadable("reader-memory", f"> {self.memory_bytes} bytes")
        raise Unreadable("reader-crashed", answer.decode("utf-8", "replace"))

    def close(self) -> None:
        """End the worker. The next call starts another one."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()

    def __enter__(self) -> "Isolated":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class _Worker:
    """One process and the socket to it."""

    def __init__(self, timeout_seconds: float, memory_bytes: int) -> None:
        self.timeout_seconds = timeout_seconds
        self.memory_bytes = memory_bytes
        self.calls = 0
        self.owner = os.getpid()
        self.socket, theirs = socket.socketpair()
        arguments = [str(theirs.fileno()), json.dumps(sys.path), str(timeout_seconds), str(memory_bytes)]
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _START, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                env={**os.environ, "PYTHONHASHSEED": "0"},
            )
        # atexit alone is not run in a forked worker of multiprocessing, this is run in both
        self.finalizer = Finalize(self, _end, args=(self.process, self.socket, self.owner), exitpriority=10)

    def is_own(self) -> bool:
        """Tell whether this process started the worker; after a fork it is the parent's."""
        return self.owner == os.getpid()

    def forget(self) -> None:
        """Let go of a worker that is the parent's."""
        self.socket.close()

    def ask(self, function_path: str, limits: bytes, data: bytes) -> tuple[bytes, bytes]:
        """Send a call and return the kind and the bytes of its answer. Raises TimeoutError, OSError or EOFError."""
        self.calls += 1
        patience = self.timeout_seconds * _CLOCK_FACTOR + (_STARTING_SECONDS if self.calls == 1 else 0)
        deadline = time.monotonic() + patience
        name = function_path.encode()
        self.socket.settimeout(patience)
        head = _REQUEST.pack(len(name), len(limits), len(data)) + name + limits
        if len(data) < 65536:
            self.socket.sendall(head + data)
        else:
            self.socket.sendall(head)
            self.socket.sendall(data)
        kind, size = _ANSWER.unpack(_received(self.socket, _ANSWER.size, deadline))
        if size > _MOST_ANSWER:
            raise EOFError(f"answer of {size} bytes")
        return kind, _received(self.socket, size, deadline)

    def post_mortem(self) -> Unreadable:
        """End the worker, which hung up, and tell what became of it."""
        self.socket.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        status = self.process.poll()
        self.end()
        if status in (-signal.SIGPROF, -signal.SIGXCPU):
            return Unreadable("reader-timeout", f"> {self.timeout_seconds:g} s")
        if status == -signal.SIGKILL:
            return Unreadable("reader-memory", "ended by the system")
        name = signal.Signals(-status).name if status is not None and status < 0 else f"status {status}"
        return Unreadable("reader-crashed", name)

    def end(self) -> None:
        """End the process and wait for it, so that no zombie stays."""
        self.finalizer()


def _end(process: "subprocess.Popen[bytes]", connection: socket.socket, owner: int) -> None:
    connection.close()
    if owner != os.getpid():
        return
    process.kill()
    process.wait()


def _received(connection: socket.socket, size: int, deadline: float) -> bytes:
    """Receive so many bytes. Raises EOFError when the other side hangs up, TimeoutError at the deadline."""
    parts = []
    while size:
        connection.settimeout(max(deadline - time.monotonic(), 0.001))
        part = connection.recv(min(size, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


class _Restricted(pickle.Unpickler):
    """Unpickles what readers return: plain values, and classes that the modules of `opendata.read` define."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("opendata.read.") and name.isidentifier():
            found = getattr(importlib.import_module(module), name, None)
            if isinstance(found, type) and (hasattr(found, "_fields") or hasattr(found, "__dataclass_fields__")):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not what a reader returns")


def serve() -> None:
    """Answer calls until the caller hangs up: the main function of the worker."""
    connection = socket.socket(fileno=int(sys.argv[1]))
    seconds, memory = float(sys.argv[3]), int(sys.argv[4])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the caller decides what an interrupted release does
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limits_bytes, limits = b"", Limits()
    functions: dict[bytes, Callable[[bytes, Limits], Any]] = {}
    while True:
        head = connection.recv(_REQUEST.size, socket.MSG_WAITALL)
        if len(head) < _REQUEST.size:
            return
        name_size, limits_size, data_size = _REQUEST.unpack(head)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            name, given, data = (_exactly(connection, size) for size in (name_size, limits_size, data_size))
            if given != limits_bytes:
                limits_bytes, limits = given, pickle.loads(given)
            if name not in functions:
                functions[name] = _function(name.decode())
            kind, answer = b"v", pickle.dumps(functions[name](data, limits), pickle.HIGHEST_PROTOCOL)
        except Unreadable as error:
            kind, answer = b"u", json.dumps([error.rule, error.found, error.at]).encode()
        except MemoryError:
            kind, answer = b"m", b""
        except Exception as error:
            kind, answer = b"x", f"{type(error).__name__}: {error}"[:500].encode("utf-8", "replace")
        data = b""
        signal.setitimer(signal.ITIMER_PROF, 0)
        connection.sendall(_ANSWER.pack(kind, len(answer)) + answer)


def _exactly(connection: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = connection.recv(min(size - len(data), 1 << 20))
        if not part:
            raise SystemExit
        data += part
    return bytes(data)


def _function(path: str) -> Callable[[bytes, Limits], Any]:
    module, _, name = path.partition(":")
    found: Callable[[bytes, Limits], Any] = getattr(importlib.import_module(module), name)
    return found
