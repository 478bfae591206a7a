"""What a user can mend, said in one place: what was found, where, and what to do."""

from dataclasses import dataclass


class OpendataError(Exception):
    """Base of all errors that are shown to a user without a traceback. `exit_status` is what the command ends with."""

    exit_status = 1


class ConfigurationError(OpendataError):
    """The pipeline file or the command line is wrong; nothing has been started."""

    exit_status = 2


class ReleaseError(OpendataError):
    """A release could not be made, switched to or proved; the message says which release stands."""


class Busy(ReleaseError):
    """Another publish holds the lock of the same output folder."""


@dataclass
class Unreadable(Exception):
    """One raw file cannot become a document. Raised inside the road and turned into quarantine, never shown as a crash.

    `rule` is an id of `check/rules.py`; `found` goes into the message; `at` is an offset in bytes where one is known.
    """

    rule: str
    found: str = ""
    at: int | None = None
