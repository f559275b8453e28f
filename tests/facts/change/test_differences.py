"""Whether a proposed zone is known to differ from the published one."""

from __future__ import annotations

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.change.changes import (
    ChangedRRset,
    Changes,
    ChangesFact,
    NamesInUse,
    NamesInUseFact,
    ZoneChange,
)
from mailcheck.facts.change.differences import Differences, differences
from mailcheck.facts.change.loss import told_published, told_zone
from mailcheck.facts.dns import DnsAnswer
from mailcheck.finding import Finding, met
from mailcheck.question import Unobserved
from mailcheck.world.told import ToldWorld

NS = {"a.example NS": "ns1.b.example."}


def found(live: dict[str, str], after: dict[str, str]) -> Differences:
    """Compare what is live with a file that writes all that is there afterwards."""
    written = tuple(
        ChangedRRset(name, kind) for name, _, kind in (asked.partition(" ") for asked in after)
    )
    change = ZoneChange("a.example", "zones/a", whole=True, written=written)
    names = [asked.partition(" ")[0] for asked in (*live, *after)]
    _, soa = told_published("a.example SOA", "ns1. host. 1 7200 3600 1209600 7200")
    results = []

    async def judge() -> Finding:
        results.append(await differences("a.example", soa, soa))
        return met()

    facts = (
        (Changes(), ChangesFact({"a.example": change})),
        (NamesInUse(), NamesInUseFact()),
        *told_zone("a.example", NS | live, NS | after, *names),
    )
    assert isinstance(soa, DnsAnswer)
    engine = Engine(ToldWorld(facts))
    engine.finish(engine.plan(judge))
    return results[0]


@pytest.mark.parametrize(
    ("live", "after", "differ"),
    [
        pytest.param({}, {}, [], id="nothing is there"),
        pytest.param({"w.a.example A": "192.0.2.1"}, {"w.a.example A": "192.0.2.1"}, [], id="same"),
        pytest.param(
            {}, {"w.a.example A": "192.0.2.1"}, [("w.a.example", "A")], id="what is written"
        ),
        pytest.param(
            {"www.a.example A": "192.0.2.1"}, {}, [("www.a.example", "A")], id="a usual name"
        ),
        pytest.param(
            {"w.a.example CNAME": "x.b.example."},
            {"w.a.example CNAME": "y.b.example."},
            [("w.a.example", "CNAME")],
            id="an alias",
        ),
        pytest.param(
            {"s.a.example DS": "NODATA"},
            {"s.a.example NS": "ns1.b.example.", "s.a.example DS": "1 13 2 " + 64 * "0"},
            [("s.a.example", "NS"), ("s.a.example", "DS")],
            id="a delegation",
        ),
        pytest.param(
            {"s.a.example NS": "ns1.b.example.", "w.s.a.example A": "192.0.2.1"},
            {"s.a.example NS": "ns1.b.example.", "w.s.a.example A": "192.0.2.2"},
            [],
            id="glue, which the zone below says otherwise",
        ),
    ],
)
def test_what_differs(
    live: dict[str, str], after: dict[str, str], differ: list[tuple[str, str]]
) -> None:
    assert [*found(live, after).found] == differ


def test_a_few_differences_are_named_and_the_rest_is_counted() -> None:
    pairs = tuple((f"h{n}.a.example", "A") for n in range(5))
    assert Differences(pairs, None, (), 0).text == (
        "A of h0.a.example, A of h1.a.example, A of h2.a.example, 2 more"
    )


def test_doubt_is_not_taken_for_no_difference() -> None:
    assert Differences((), Unobserved("timeout"), (), 0).none.unknown == Unobserved("timeout")
    assert Differences((), None, (), 0).none.met
