"""IRIs of what the catalogue describes: every node gets one, since blank nodes cannot be compared or linked to."""

import re
from urllib.parse import quote

from opendata.model.identifiers import short_id

_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|\\^`\x7f]|%(?![0-9A-Fa-f]{2})')


def iri(address: str) -> str:
    """Return an address as an IRI that N-Triples and Turtle can write: forbidden characters are percent-encoded."""
    return _FORBIDDEN.sub(lambda match: f"%{ord(match[0]):02X}", address)


def encoded_path(path: str) -> str:
    """Return a file's path (`/` between parts) percent-encoded for use in an IRI; other characters beyond RFC 3986's
    unreserved ones are encoded."""
    return quote(path, safe="/-._~")


def named(id_base: str, kind: str, *parts: str) -> str:
    """Return `<id_base>/id/<kind>/<part>/…`, each part percent-encoded with its slashes kept."""
    return iri("/".join((id_base.rstrip("/"), "id", kind, *(encoded_path(part) for part in parts))))


def keyed(id_base: str, kind: str, *words: str) -> str:
    """Return the IRI of something that has only words to tell it by, such as a contact: the words are digested."""
    return named(id_base, kind, short_id(kind, "\n".join(words)))


def latest(base_url: str, dataset: str, path: str = "") -> str:
    """Return the stable address of a file of the current release, or of the release's folder when no path is given."""
    return iri(f"{base_url.rstrip('/')}/{encoded_path(dataset)}/latest/{encoded_path(path)}")


def mailbox(email: str) -> str:
    """Return the `mailto:` IRI of a mail address (RFC 6068)."""
    return "mailto:" + quote(email, safe="@!$'*+-._~")
