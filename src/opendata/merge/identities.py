"""Identities: which captures are one document, which of them wins, and what its id is.

Captures that share an identity key are one document unless they contradict each other; then they stay apart, with an
issue. An id is minted from the strongest key that is a document's own, and carried by all its keys from release to
release. Keys are compared as digests in arrays: Python objects exist only for documents that share a key.
"""

from base64 import b32encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from opendata.check.rules import Finding

DIGEST = np.dtype("S16")
ID = np.dtype("S20")

Digests = npt.NDArray[np.bytes_]
Ordinals = npt.NDArray[np.int64]

STRENGTH = {"index": 0, "number": 1, "title": 2, "text": 3}
"""Kinds of key, the strongest first; the text key is each document's own."""


class Capture(NamedTuple):
    """What is compared of a capture that shares a key with another; `order` sorts the better capture first."""

    title: str
    index_number: str | None
    document_number: str | None
    order: tuple[int, float, str, int]


@dataclass(slots=True)
class Keys:
    """All identity keys as parallel arrays, document by document, the strongest key of each first.

    `documents` holds ordinals in the corpus, `kinds` values of STRENGTH, `digests` 16 bytes each.
    """

    documents: Ordinals
    kinds: npt.NDArray[np.int8]
    digests: Digests


@dataclass(slots=True)
class Earlier:
    """Keys and ids of the releases before, kept sorted by digest and id; empty for a first release."""

    digests: Digests = field(default_factory=lambda: np.empty(0, DIGEST))
    ids: npt.NDArray[np.bytes_] = field(default_factory=lambda: np.empty(0, ID))

    def __post_init__(self) -> None:
        order = np.lexsort((self.ids, self.digests))
        self.digests, self.ids = self.digests[order], self.ids[order]

    def find(self, digests: Digests) -> npt.NDArray[np.bytes_]:
        """Return the id that each digest carries, empty where it is not known or where documents shared it."""
        if not len(self.digests):
            return np.zeros(len(digests), ID)
        first = np.minimum(np.searchsorted(self.digests, digests), len(self.digests) - 1)
        last = np.maximum(np.searchsorted(self.digests, digests, side="right") - 1, 0)
        one = (self.digests[first] == digests) & (self.ids[first] == self.ids[last])
        return np.where(one, self.ids[first], b"").astype(ID)


@dataclass(slots=True)
class Identities:
    """Result by ordinal: the winner that each document stands for (itself where it wins), the winners' ids, findings."""

    winner: Ordinals
    ids: npt.NDArray[np.bytes_]
    findings: dict[int, list[Finding]] = field(default_factory=dict)


def identify(keys: Keys, captures: Mapping[int, Capture], count: int, earlier: Earlier) -> Identities:
    """Join captures, choose winners and give ids to `count` documents.

    `captures` holds what is compared of the documents that `shared_documents` names.
    """
    result = Identities(np.arange(count, dtype=np.int64), np.zeros(count, ID))
    groups = _group(keys, captures, result)
    _assign(keys, groups, captures, result, earlier)
    if len(np.unique(result.ids[result.winner == np.arange(count)])) != int((result.winner == np.arange(count)).sum()):
        raise AssertionError("two documents were given one id")
    return result


def shared_documents(keys: Keys) -> list[int]:
    """Return the documents that share at least one key with another one: only these need to be compared."""
    order = np.argsort(keys.digests, kind="stable")
    digests = keys.digests[order]
    same = digests[1:] == digests[:-1]
    involved = np.zeros(len(order), bool)
    involved[1:] |= same
    involved[:-1] |= same
    return sorted(set(keys.documents[order[involved]].tolist()))


def _group(keys: Keys, captures: Mapping[int, Capture], result: Identities) -> dict[int, list[int]]:
    """Join the captures that agree; returns the members of each group by its winner."""
    groups = {one: [one] for one in captures}
    runs: dict[tuple[int, bytes], list[int]] = {}
    for position in _positions(keys, captures):
        run = int(keys.kinds[position]), bytes(keys.digests[position])
        runs.setdefault(run, []).append(int(keys.documents[position]))
    for (kind, _), members in sorted(runs.items()):
        if len(members) > 1:
            _join(kind, sorted(members, key=lambda one: captures[one].order), captures, groups, result)
    return groups


def _positions(keys: Keys, captures: Mapping[int, Capture]) -> list[int]:
    wanted = np.fromiter(captures, np.int64, len(captures))
    return [int(position) for position in np.flatnonzero(np.isin(keys.documents, wanted))]


def _join(
    kind: int, members: list[int], captures: Mapping[int, Capture], groups: dict[int, list[int]], result: Identities
) -> None:
    leaders: list[int] = []
    for member in members:
        root = int(result.winner[member])
        if root in leaders:
            continue
        match = next((leader for leader in leaders if _agree(kind, captures[root], captures[leader])), None)
        if match is None:
            if leaders:
                found = f"{captures[leaders[0]].title} / {captures[member].title}"
                result.findings.setdefault(root, []).append(Finding("identity-conflict", None, found))
            leaders.append(root)
            continue
        best, other = sorted((root, match), key=lambda one: captures[one].order)
        for moved in groups.pop(other):
            result.winner[moved] = best
            groups[best].append(moved)
        leaders = [best if leader == match else leader for leader in leaders]


def _agree(kind: int, one: Capture, other: Capture) -> bool:
    """Tell whether two captures that share a key of this kind can be one document."""
    if kind == STRENGTH["text"]:
        return True
    if kind != STRENGTH["title"]:
        return _same_title(one.title, other.title)
    return not (_differ(one.index_number, other.index_number) or _differ(one.document_number, other.document_number))


def _same_title(one: str, other: str) -> bool:
    shorter, longer = sorted((one.rstrip("…."), other.rstrip("….")), key=len)
    return shorter == longer or (len(shorter) >= 8 and longer.startswith(shorter))


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _assign(
    keys: Keys,
    groups: Mapping[int, list[int]],
    captures: Mapping[int, Capture],
    result: Identities,
    earlier: Earlier,
) -> None:
    """Give every winner its id: the earlier one that its keys carry, else one minted from its strongest own key.

    No id of an earlier release is ever given to another document, and none depends on the order of the documents.
    """
    first = np.flatnonzero(np.diff(keys.documents, prepend=-1))
    bounds = np.append(first, len(keys.documents))
    carried = earlier.find(keys.digests)
    roots = result.winner[keys.documents]
    contested = np.isin(keys.digests, _shared(keys.digests, roots))
    owners = _owners(keys, carried, np.flatnonzero((carried != b"") & ~contested), roots)
    issued = frozenset(earlier.ids.tolist())
    taken: set[bytes] = set()
    waiting: list[tuple[int, list[int]]] = []
    for number, document in enumerate(keys.documents[first].tolist()):
        if int(result.winner[document]) != document:
            continue
        own = list(range(bounds[number], bounds[number + 1]))
        if document in groups and len(groups[document]) > 1:
            own = _keys_of(groups[document], keys, bounds, first)
        known = list(dict.fromkeys(bytes(carried[p]) for p in own if carried[p] and not contested[p]))
        free = [identifier for identifier in known if owners.get(identifier, document) == document]
        if free:
            result.ids[document] = free[0]
            taken.update(free)
            if len(free) > 1:
                found = Finding("identity-joined", None, b", ".join(free).decode())
                result.findings.setdefault(document, []).append(found)
        elif any(contested[p] for p in own):
            waiting.append((document, own))
        else:
            result.ids[document] = _mint(bytes(keys.digests[own[0]]), issued)
    for document, own in sorted(waiting, key=lambda one: captures[one[0]].order):
        identifier = next((bytes(carried[p]) for p in own if carried[p] and bytes(carried[p]) not in taken), None)
        if identifier is None:
            identifier = _mint(bytes(keys.digests[next(p for p in own if not contested[p])]), issued)
        result.ids[document] = identifier
        taken.add(identifier)


def _keys_of(members: list[int], keys: Keys, bounds: Ordinals, first: Ordinals) -> list[int]:
    """Return the positions of the keys of all captures of a document, the strongest first."""
    documents = keys.documents[first]
    positions: list[int] = []
    for member in sorted(members):
        number = int(np.searchsorted(documents, member))
        positions += range(bounds[number], bounds[number + 1])
    return sorted(positions, key=lambda position: (int(keys.kinds[position]), bytes(keys.digests[position])))


def _shared(values: npt.NDArray[np.bytes_], owners: Ordinals) -> npt.NDArray[np.bytes_]:
    """Return the values that stand with several owners."""
    order = np.lexsort((owners, values))
    values, owners = values[order], owners[order]
    return np.unique(values[1:][(values[1:] == values[:-1]) & (owners[1:] != owners[:-1])])


def _owners(keys: Keys, carried: npt.NDArray[np.bytes_], claims: Ordinals, roots: Ordinals) -> dict[bytes, int]:
    """Settle which document keeps an id that keys of several carry: a document that comes apart, a key taken up again.

    It is the one with most of these keys, among equals the one with the key that the id was made from.
    """
    votes: dict[bytes, dict[int, set[bytes]]] = {}
    for position in claims[np.isin(carried[claims], _shared(carried[claims], roots[claims]))]:
        claimants = votes.setdefault(bytes(carried[position]), {})
        claimants.setdefault(int(roots[position]), set()).add(bytes(keys.digests[position]))

    def order(identifier: bytes, digests: set[bytes]) -> tuple[int, bool, bytes]:
        return -len(digests), all(_mint(one, ()) != identifier for one in digests), min(digests)

    return {
        identifier: min(claimants, key=lambda root: order(identifier, claimants[root]))
        for identifier, claimants in votes.items()
    }


def _mint(digest: bytes, issued: Collection[bytes]) -> bytes:
    while (minted := b"doc-" + b32encode(digest.ljust(16, b"\x00")[:10]).lower()) in issued:
        digest = sha256(digest).digest()[:16]  # another document was given that id before: an id is never reused
    return minted
