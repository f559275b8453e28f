"""What a change takes away."""

from __future__ import annotations

import pytest

from mailcheck.facts.change.loss import (
    Loss,
    has_data,
    loss_of,
    own_rrset,
    reason_of,
    reasons_of,
    told_published,
    told_zone,
)
from mailcheck.facts.change.pointers import usual_names, usual_types
from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.question import Unobserved


@pytest.mark.parametrize(
    ("live", "after", "lost"),
    [
        pytest.param("10 mx.", "10 mx2.", "", id="other data"),
        pytest.param("10 mx.", "NODATA", "10 mx.", id="no data"),
        pytest.param("10 mx.", "NXDOMAIN", "10 mx.", id="no name"),
        pytest.param("NODATA", "NXDOMAIN", "", id="there was none"),
        pytest.param("REFUSED-BY-AUTHORITY", "NODATA", "", id="nobody could have it"),
        pytest.param("TIMEOUT", "10 mx.", "", id="it is there after, whatever was before"),
        pytest.param("TIMEOUT", "NODATA", "timeout", id="what was before is unknown"),
        pytest.param("10 mx.", "SERVFAIL", "servfail", id="what comes is unknown"),
        pytest.param("NODATA", "SERVFAIL", "", id="what comes cannot be a loss"),
        pytest.param("-> b.example | 10 mx.", "NODATA", "10 mx.", id="an alias goes"),
        pytest.param("10 mx.", "-> b.example | 10 mx.", "", id="an alias comes"),
    ],
)
def test_what_was_there_and_will_not_be(live: str, after: str, lost: str) -> None:
    found = loss_of(told("a.example MX", live)[1], told("a.example MX", after)[1])
    match found:
        case None:
            assert lost == ""
        case Unobserved():
            assert found.cause == lost
        case _:
            assert found.texts == (lost,)


@pytest.mark.parametrize(
    ("answer", "own", "data"),
    [
        ("192.0.2.1 | 192.0.2.2", ("a.example", "A", {"192.0.2.1", "192.0.2.2"}), True),
        ("-> b.example | -> c.example | 192.0.2.1", ("a.example", "CNAME", {"b.example"}), True),
        ("-> b.example | NXDOMAIN", ("a.example", "CNAME", {"b.example"}), False),
        ("NODATA", None, False),
    ],
)
def test_what_stands_at_the_name_itself(answer: str, own: object, *, data: bool) -> None:
    _, said = told("a.example A", answer)
    assert isinstance(said, DnsAnswer)
    assert (own_rrset(said), has_data(said)) == (own, data)


def lost(asked: str, answer: str) -> DnsAnswer:
    _, said = told(asked, answer)
    assert isinstance(said, DnsAnswer)
    return said


@pytest.mark.parametrize(
    ("answer", "users", "text", "instead"),
    [
        pytest.param(
            "10 mx.example.",
            (),
            "a.example has MX 10 mx.example., and will have none",
            ("a.example.  3600  IN  MX  10 mx.example.",),
            id="unused",
        ),
        pytest.param(
            "-> b.example | 10 mx.example.",
            ("s.yml:3", "s.yml:3"),
            "a.example has MX 10 mx.example., and will have none; it is used by s.yml:3",
            ("a.example.  3600  IN  CNAME  b.example.",),
            id="an alias, used",
        ),
        pytest.param(
            " | ".join(f"{n} mx{n}." for n in range(1, 8)),
            tuple(f"s.yml:{n}" for n in range(7)),
            "a.example has MX 1 mx1. | 2 mx2. | 3 mx3. | 4 mx4. | 5 mx5. | 2 more, and will have "
            "none; it is used by s.yml:0, s.yml:1, s.yml:2, s.yml:3, s.yml:4, 2 more",
            tuple(f"a.example.  3600  IN  MX  {n} mx{n}." for n in range(1, 8)),
            id="many",
        ),
    ],
)
def test_a_reason_names_the_data_and_who_uses_it(
    answer: str, users: tuple[str, ...], text: str, instead: tuple[str, ...]
) -> None:
    reason = reason_of("record-removed", "MX", [lost("a.example MX", answer)], users, {})
    assert (reason.text, reason.about, reason.instead) == (text, "a.example", instead)


@pytest.mark.parametrize(
    ("after", "at", "instead"),
    [
        pytest.param(
            "-> b.example | -> c.example | NXDOMAIN",
            "c.example",
            "c.example.  3600  IN  A  192.0.2.1",
            id="the end of the chain goes",
        ),
        pytest.param(
            "-> b.example | NODATA",
            "b.example",
            "b.example.  3600  IN  CNAME  c.example.",
            id="an alias in the midst of it goes",
        ),
        pytest.param(
            "-> d.example | NXDOMAIN",
            "a.example",
            "a.example.  3600  IN  CNAME  b.example.",
            id="it leads elsewhere",
        ),
        pytest.param(
            "TIMEOUT", "a.example", "a.example.  3600  IN  CNAME  b.example.", id="unknown"
        ),
    ],
)
def test_aliases_that_stay_are_not_what_is_missing(after: str, at: str, instead: str) -> None:
    live = lost("a.example A", "-> b.example | -> c.example | 192.0.2.1")
    said = {("a.example", "A"): told("a.example A", after)[1]}
    reason = reason_of("in-use-removed", "the address", [live], (), said)
    alias = "" if at == "a.example" else f", an alias of {at},"
    assert reason.text == f"a.example{alias} has the address 192.0.2.1, and will have none"
    assert (reason.about, reason.instead) == (at, (instead,))


def test_what_is_lost_by_an_alias_is_told_of_the_record_that_goes() -> None:
    a, b, c = (
        lost(f"{name}.example A", answer)
        for name, answer in (
            ("a", "-> b.example | 192.0.2.1"),
            ("b", "192.0.2.1"),
            ("c", "-> d.example | 192.0.2.9"),
        )
    )
    after = {
        (f"{name}.example", "A"): told(f"{name}.example A", said)[1]
        for name, said in (("a", "-> b.example | NXDOMAIN"), ("c", "-> d.example | NXDOMAIN"))
    }
    losses = [Loss("A", (one,), (f"s.yml:{n}",)) for n, one in enumerate((a, b, c), 1)]
    assert [(one.about, one.text) for one in reasons_of("record-removed", losses, after)] == [
        (
            "b.example",
            (
                "b.example has A 192.0.2.1, and will have none; it is used by s.yml:2, s.yml:1 (as "
                "a.example)"
            ),
        ),
        (
            "d.example",
            (
                "c.example, an alias of d.example, has A 192.0.2.9, and will have none; it is used by "
                "s.yml:3"
            ),
        ),
    ]


def test_a_zone_is_told_with_what_it_does_not_hold() -> None:
    zone = dict(told_zone("a.example", {"a.example MX": "10 mx."}, {}, "b.a.example"))
    question, live = told_published("a.example MX", "10 mx.")
    assert zone[question] == live
    denied = [said for said in zone.values() if said.status == "nodata"]
    usual = sum(len(usual_types(name, "a.example")) for name in usual_names("a.example"))
    assert (len(zone), len(denied)) == (2 * (6 + usual + 4), 2 * (6 + usual + 4) - 1)
