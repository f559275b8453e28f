"""What becomes of an RRset."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck.facts.change.becoming import becomes
from mailcheck.facts.change.loss import own_rrset
from mailcheck.facts.change.proposed import ProposedAnswer
from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.question import Unobserved

A, B = "192.0.2.1", "192.0.2.2"
ALIAS = "-> b.example | 192.0.2.2"


def short(
    live: str, after: str, copied_from: str = "", varied: frozenset[tuple[str, str]] = frozenset()
) -> str:
    """What becomes of an RRset in a word; the cause where that cannot be seen."""
    _, now = told("a.example A", live)
    _, then = told("a.example A", after)
    assert isinstance(now, DnsAnswer)
    own = own_rrset(now)
    assert own
    if isinstance(then, DnsAnswer) and copied_from:
        then = replace(ProposedAnswer.resting_on(then), copied_from=copied_from)
    found = becomes(own, then, varied)
    return found.text or found.cause if isinstance(found, Unobserved) else found


@pytest.mark.parametrize(
    ("live", "after", "said"),
    [
        pytest.param(A, A, "stays", id="the same"),
        pytest.param(A, B, "changed", id="another"),
        pytest.param(A, "NODATA", "gone", id="none"),
        pytest.param(A, ALIAS, "changed", id="an alias"),
        pytest.param(ALIAS, B, "changed", id="no alias any more"),
        pytest.param(A, "TIMEOUT", "timeout", id="not heard"),
    ],
)
def test_what_is_seen(live: str, after: str, said: str) -> None:
    assert short(live, after) == said


def test_what_was_not_asked_for() -> None:
    found = becomes(("a.example", "A", frozenset({A})), None)
    assert isinstance(found, Unobserved)
    assert found.cause == "not-compared"


COPIED = (
    "A of a.example will be copied from elsewhere, and whether others are copied now is not known"
)
VARIED = (
    "A of a.example is not the same for all clients, and which are given to others is not known"
)


@pytest.mark.parametrize(
    ("live", "after", "said"),
    [
        pytest.param(A, A, "stays", id="the same"),
        pytest.param(A, f"{A} | {B}", "stays", id="some of them"),
        pytest.param(A, B, COPIED, id="others, which others may be given"),
        pytest.param(A, "NODATA", "gone", id="none"),
        pytest.param(ALIAS, B, "changed", id="in place of an alias"),
    ],
)
def test_who_copies_records_may_be_given_others_than_we_are(
    live: str, after: str, said: str
) -> None:
    assert short(live, after, "lb.example") == said


@pytest.mark.parametrize(
    ("kind", "live", "after", "said"),
    [
        pytest.param("A", A, A, "stays", id="the same"),
        pytest.param("A", A, B, VARIED, id="another"),
        pytest.param("A", A, f"{A} | {B}", VARIED, id="more"),
        pytest.param("A", A, "NODATA", "gone", id="none"),
        pytest.param("MX", A, B, "changed", id="of another type"),
        pytest.param("CNAME", ALIAS, "-> c.example | 192.0.2.2", VARIED, id="an alias"),
        pytest.param("CNAME", A, ALIAS, VARIED, id="an alias for some"),
    ],
)
def test_of_what_is_not_the_same_for_all_clients_we_see_one(
    kind: str, live: str, after: str, said: str
) -> None:
    assert short(live, after, varied=frozenset({("a.example", kind)})) == said
