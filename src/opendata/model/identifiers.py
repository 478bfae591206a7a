"""Identifiers and IRIs: how keys become ids, and ids become IRIs."""

from base64 import b32encode
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote


def short_id(prefix: str, key: str) -> str:
    """Return a short, stable id for a key: the prefix, a hyphen, and 80 bits of its SHA-256 in base 32, lower case.

    80 bits keep the chance of two equal ids among a hundred million keys below one in a hundred million.
    """
    return prefix + "-" + b32encode(sha256(key.encode("utf-8")).digest()[:10]).decode("ascii").lower()


def resource(id_base: str, kind: str, identifier: str) -> str:
    """Return the IRI `<id_base>/id/<kind>/<id>`, percent-encoded (RFC 3987 characters beyond ASCII are encoded too)."""
    return f"{id_base.rstrip('/')}/id/{kind}/{quote(identifier, safe='-._~')}"


@lru_cache(maxsize=16384)
def organisation_id(folded_name: str) -> str:
    """Return the id of the body with this folded name (see `normalise.organisations.fold_name`)."""
    return short_id("org", folded_name)


@lru_cache(maxsize=16384)
def concept_id(scheme: str, path: str) -> str:
    """Return the id of the category with this path (levels joined by ' > ') in this scheme."""
    return short_id("concept", f"{scheme}\n{path}")
