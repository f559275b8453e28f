"""What is lost, what was added, and what stays open."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from mailcheck.facts.spf.networks.authorised import Listed, SpfNetworksFact, Unlisted
from mailcheck.facts.spf.networks.drift import differences, drift, shown
from mailcheck.facts.spf.networks.lock import SpfLock
from mailcheck.question import Unobserved

OWN, VENDOR = ("a.example",), ("a.example", "b.example")
SILENT = Unobserved("timeout")
ALL = ("0.0.0.0/0", "::/0")


def fact(
    own: str = "", vendor: str = "", *, terms: str = "", undecided: tuple[str, ...] | None = None
) -> SpfNetworksFact:
    listed = [
        Listed(path, "x", tuple(map(ip_network, texts.split())))
        for path, texts in ((OWN, own), (VENDOR, vendor))
    ]
    unlisted = tuple(Unlisted(VENDOR, term, passes=True) for term in terms.split())
    return SpfNetworksFact(
        None,
        "a.example",
        tuple(listed),
        unlisted,
        unknown=None if undecided is None else SILENT,
        undecided=tuple(map(ip_network, undecided or ())),
    )


def lock(own: str = "", vendor: str = "", terms: str = "") -> SpfLock:
    return SpfLock.of("a.example", fact(own, vendor, terms=terms))


@pytest.mark.parametrize(
    ("was", "now", "lost", "added"),
    [
        pytest.param(lock("192.0.2.0/24"), fact("192.0.2.0/24"), {}, {}, id="the same"),
        pytest.param(
            lock("192.0.2.0/24"), fact("192.0.2.0/25 192.0.2.128/25"), {}, {}, id="in two halves"
        ),
        pytest.param(
            lock("192.0.2.0/24"), fact(vendor="192.0.2.0/24"), {}, {}, id="by another record"
        ),
        pytest.param(
            lock("192.0.2.0/24", "198.51.100.0/24 2001:db8::/32"),
            fact("192.0.2.0/24", "2001:db8::/33"),
            {"a.example > b.example": ["198.51.100.0/24", "2001:db8:8000::/33 of 2001:db8::/32"]},
            {},
            id="lost, and lost in part",
        ),
        pytest.param(
            lock("192.0.2.0/24"),
            fact("192.0.2.0/23", "203.0.113.1"),
            {},
            {
                "a.example": ["192.0.3.0/24 of 192.0.2.0/23"],
                "a.example > b.example": ["203.0.113.1/32"],
            },
            id="added",
        ),
        pytest.param(
            lock("192.0.2.0/24", "2001:db8::/32"),
            fact("192.0.2.7", "2001:db8:7::/48"),
            {
                "a.example": ["255 of the 256 addresses of 192.0.2.0/24"],
                "a.example > b.example": ["16 pieces of 2001:db8::/32"],
            },
            {},
            id="lost in many pieces",
        ),
        pytest.param(
            lock("192.0.2.0/24", "192.0.2.0/24"),
            fact(),
            {"a.example": ["192.0.2.0/24"], "a.example > b.example": ["192.0.2.0/24"]},
            {},
            id="lost to all that had it",
        ),
    ],
)
def test_what_changed_is_told_by_the_records_that_had_it(
    was: SpfLock, now: SpfNetworksFact, lost: dict[str, list[str]], added: dict[str, list[str]]
) -> None:
    found = drift(was, now)
    assert {key: [*map(str, parts)] for key, parts in found.lost.items()} == lost
    assert {key: [*map(str, parts)] for key, parts in found.added.items()} == added
    assert not found.undecided


@pytest.mark.parametrize(
    ("was", "now", "lost", "undecided"),
    [
        pytest.param(lock("192.0.2.1"), fact("192.0.2.1", undecided=ALL), [], False, id="there"),
        pytest.param(lock("192.0.2.1"), fact(undecided=ALL), [], True, id="perhaps"),
        pytest.param(
            lock("192.0.2.1 2001:db8::1"),
            fact(undecided=("::/0",)),
            ["192.0.2.1/32"],
            True,
            id="one family is decided",
        ),
        pytest.param(
            lock("192.0.2.1"),
            fact(undecided=("198.51.100.0/24",)),
            ["192.0.2.1/32"],
            False,
            id="no",
        ),
        pytest.param(lock(terms="ptr"), fact(undecided=ALL), [], True, id="a term"),
        pytest.param(lock(), fact(undecided=ALL), [], False, id="nothing to lose"),
    ],
)
def test_what_could_not_be_looked_up_may_have_what_is_missing(
    was: SpfLock, now: SpfNetworksFact, lost: list[str], *, undecided: bool
) -> None:
    found = drift(was, now)
    assert [str(part) for parts in found.lost.values() for part in parts] == lost
    assert (found.lost_terms, found.undecided) == ((), undecided)


def test_terms_that_nobody_can_list_are_compared_by_their_text() -> None:
    found = drift(lock(terms="ptr exists:%{i}.c.example"), fact(terms="ptr a:%{i}.c.example"))
    key = "a.example > b.example"
    assert found.lost_terms == ((key, "exists:%{i}.c.example"),)
    assert found.added_terms == ((key, "a:%{i}.c.example"),)


def test_the_lines_by_which_two_locks_differ() -> None:
    old, new = lock("192.0.2.1 192.0.2.3", terms="ptr"), lock("192.0.2.1 192.0.2.5")
    assert [(sign, str(one)) for sign, (_, one) in differences(old, new)] == [
        ("-", "192.0.2.3/32"),
        ("-", "ptr"),
        ("+", "192.0.2.5/32"),
    ]


def test_of_many_the_first_are_named() -> None:
    assert shown(range(7)) == "0, 1, 2, 3, 4 and 2 more"
