"""Which captures are one document, and what its id is: laws that hold in whatever order files come, release after release."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from opendata.merge.identities import DIGEST, ID, STRENGTH, Capture, Earlier, Identities, Keys, identify

TITLES = ("关于印发节约用水管理办法的通知", "关于调整供热价格的批复", "关于公布行政许可事项目录的公告")


@dataclass(frozen=True)
class Shown:
    """What one capture shows: the fields that identity keys are made of."""

    title: str
    body: str
    index: str | None = None
    number: str | None = None

    def identity_keys(self) -> list[tuple[str, str]]:
        """Return kind and key, the strongest first, as a reading makes them."""
        found = [("index", self.index)] if self.index else []
        found += [("number", self.number)] if self.number else []
        return [*found, ("title", self.title), ("text", f"{self.title}\n{self.body}")]


@dataclass
class Release:
    """The captures of one release in their order, and what `identify` made of them."""

    shown: Sequence[Shown]
    result: Identities
    known: dict[tuple[str, str], list[bytes]] = field(default_factory=dict)

    def id_of(self, position: int) -> str:
        """Return the id of the document that a capture belongs to."""
        return str(self.result.ids[self.result.winner[position]].decode())

    def ids(self) -> dict[Shown, str]:
        """Return the id by what was shown."""
        return {shown: self.id_of(position) for position, shown in enumerate(self.shown)}

    def rules(self) -> set[str]:
        """Return the rules of all findings."""
        return {finding.rule for findings in self.result.findings.values() for finding in findings}


def digest(kind: str, key: str) -> bytes:
    return sha256(f"{kind}:{key}".encode()).digest()[:16]


def release(shown: Sequence[Shown], before: Release | None = None) -> Release:
    """Identify captures, carrying on from the release before as `identities.parquet` does."""
    documents, kinds, digests, captures = [], [], [], {}
    for ordinal, one in enumerate(shown):
        source = sha256(repr(one).encode()).hexdigest()
        captures[ordinal] = Capture(one.title, one.index, one.number, (0, -1.0, source, ordinal))
        for kind, key in one.identity_keys():
            documents.append(ordinal)
            kinds.append(STRENGTH[kind])
            digests.append(digest(kind, key))
    keys = Keys(np.array(documents, np.int64), np.array(kinds, np.int8), np.array(digests, DIGEST))
    done = Release(shown, identify(keys, captures, len(shown), earlier(before)))
    for position, one in enumerate(shown):
        for pair in one.identity_keys():
            done.known.setdefault(pair, []).append(done.id_of(position).encode())
    for pair, ids in before.known.items() if before else ():
        done.known.setdefault(pair, ids)
    return done


def earlier(before: Release | None) -> Earlier:
    if before is None:
        return Earlier()
    rows = sorted({(digest(*pair), identifier) for pair, ids in before.known.items() for identifier in ids})
    return Earlier(np.array([row[0] for row in rows], DIGEST), np.array([row[1] for row in rows], ID))


shown = st.builds(
    Shown,
    title=st.sampled_from(TITLES),
    body=st.sampled_from(("甲", "乙", "丙")),
    index=st.sampled_from((None, "A1", "A2", "A3")),
    number=st.sampled_from((None, "霁政发〔2024〕1号", "霁政发〔2024〕2号")),
)
several = st.lists(shown, min_size=1, max_size=7, unique=True)


@given(st.lists(several, min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_no_two_documents_share_an_id_however_releases_differ(rounds: list[list[Shown]]) -> None:
    before = None
    for captures in rounds:
        before = release(captures, before)
        winners = {position for position in range(len(captures)) if before.result.winner[position] == position}
        assert len({before.id_of(position) for position in winners}) == len(winners)
        assert all(identifier.startswith("doc-") and len(identifier) == 20 for identifier in before.ids().values())


@given(several, several, st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_ids_do_not_depend_on_the_order_of_the_files(first: list[Shown], second: list[Shown], random: object) -> None:
    shuffle = random.shuffle  # type: ignore[attr-defined]
    before = release(first)
    other_first, other_second = list(first), list(second)
    shuffle(other_first)
    shuffle(other_second)
    other = release(other_first, None)
    assert before.ids() == other.ids()
    assert release(second, before).ids() == release(other_second, other).ids()


@given(several)
@settings(max_examples=200, deadline=None)
def test_the_same_files_again_keep_their_ids(captures: list[Shown]) -> None:
    first = release(captures)
    second = release(captures, first)
    assert second.ids() == first.ids()
    assert "identity-joined" not in second.rules()


@given(several, shown)
@settings(max_examples=200, deadline=None)
def test_an_id_is_not_given_to_a_document_that_shares_nothing_with_it(captures: list[Shown], new: Shown) -> None:
    before = release(captures)
    fresh = Shown(new.title + "（另一份）", new.body, "Z9", "另发〔2020〕9号")
    after = release([fresh], before)
    assert after.id_of(0) not in before.ids().values()


def test_a_key_that_is_left_carries_the_id() -> None:
    first = Shown(TITLES[0], "甲", "A1", "霁政发〔2024〕1号")
    before = release([first])
    for changed in (
        Shown(TITLES[0], "改", "A1", "霁政发〔2024〕1号"),
        Shown(TITLES[0] + "（修订）", "改", "A1"),
        Shown(TITLES[0], "改"),
    ):
        assert release([changed], before).id_of(0) == before.id_of(0)


def test_a_withdrawn_document_leaves_its_id_to_nobody_and_takes_it_up_again() -> None:
    first, other = Shown(TITLES[0], "甲", "A1"), Shown(TITLES[1], "乙", "A2")
    one = release([first, other])
    without = release([other], one)
    new = Shown(TITLES[2], "丙", "A3")
    third = release([new, other], without)
    assert third.ids()[new] not in one.ids().values()
    assert release([first, new, other], third).ids()[first] == one.ids()[first]


def test_documents_published_apart_that_are_one_now_keep_one_id_and_say_so() -> None:
    left, right = Shown(TITLES[0], "甲", "A1"), Shown(TITLES[1], "乙", None, "霁政发〔2024〕1号")
    apart = release([left, right])
    both = Shown(TITLES[0], "甲", "A1", "霁政发〔2024〕1号")
    joined = release([both], apart)
    assert joined.id_of(0) in apart.ids().values()
    assert joined.rules() == {"identity-joined"}


def test_documents_that_were_one_and_come_apart_have_two_ids_in_whatever_order() -> None:
    left, right = Shown(TITLES[0], "甲", "A1"), Shown(TITLES[0], "甲", None, "霁政发〔2024〕1号")
    one = release([left, right])
    assert len(set(one.ids().values())) == 1
    apart = Shown(TITLES[1], "乙", None, "霁政发〔2024〕1号")
    for order in ([left, apart], [apart, left]):
        split = release(order, one)
        assert split.ids()[left] == one.ids()[left]
        assert split.ids()[apart] != one.ids()[left]


def test_captures_that_share_a_key_and_contradict_each_other_stay_apart_with_a_finding() -> None:
    left, right = Shown(TITLES[0], "甲", "A1"), Shown(TITLES[1], "乙", "A1")
    found = release([left, right])
    assert found.id_of(0) != found.id_of(1)
    assert found.rules() == {"identity-conflict"}
