"""Names of files and archive members as they may be printed and published, and those that are no disclosures."""

import re

from opendata.ingest.decode import is_gb_by_chance

JUNK = frozenset({"Thumbs.db", "desktop.ini", "__MACOSX"})
"""What operating systems leave behind; with hidden files and Office locks (`~$…`) it is no disclosure."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def is_junk(name: str) -> bool:
    """Tell whether one component of a path (not `.` or `..`) is hidden, a lock file or an operating system's own."""
    return name.startswith((".", "~$")) or name in JUNK


def printable(name: str) -> str:
    """Return a name that every output can carry: valid Unicode without control characters.

    Bytes that are not UTF-8 (lone surrogates, as Python's file functions give them), or only by chance, are read as GB18030, in
    which older Chinese systems write names; what still does not fit, and control characters, appear as `\\xNN`.
    """
    if name.isascii() and _UNPRINTABLE.search(name) is None:
        return name
    try:
        raw = name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raw = name.encode("utf-8", "replace")
    return _UNPRINTABLE.sub(lambda match: f"\\x{ord(match[0]):02x}", read_name(raw))


def read_name(raw: bytes) -> str:
    """Return the name that bytes write, in UTF-8 or GB18030; bytes that fit neither as `\\xNN`."""
    for encoding in ("gb18030",) if is_gb_by_chance(raw) else ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "backslashreplace")
