"""Who uses what, and what of it a change may take away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.engine import Engine
from mailcheck.errors import Place
from mailcheck.facts.change.asking import Asking
from mailcheck.facts.change.changes import ChangedRRset, ChangesFact, NamesInUseFact, ZoneChange
from mailcheck.facts.change.loss import told_zone
from mailcheck.facts.change.pointers import ADDRESS, ANYTHING, Need
from mailcheck.facts.change.uses import (
    Usage,
    lost,
    may_be_lost,
    pairs_of,
    shown_users,
    usage_of,
    what_is_needed,
    wildcards_behind,
)
from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.finding import Finding, met
from mailcheck.question import Unobserved
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from mailcheck.check import Told
    from mailcheck.facts.change.asking import Asked, Said

CHANGES = ChangesFact({"a.example": ZoneChange("a.example", "zones/a", whole=True)})
INSIDE, OUTSIDE = Need("h.a.example", ADDRESS), Need("h.b.example", ADDRESS)

GOES = Need("g.a.example", ("MX",))


def usage(changes: ChangesFact, in_use: NamesInUseFact, *told_all: Told) -> Usage:
    """Find out who uses what."""
    found = []

    async def judge() -> Finding:
        found.append(await usage_of(changes, in_use, Asking(changes)))
        return met()

    engine = Engine(ToldWorld(told_all))
    engine.finish(engine.plan(judge))
    return found[0]


def test_names_of_proposed_zones_come_first_and_each_user_is_named() -> None:
    places = {name: (Place("s.yml", n),) for n, name in enumerate(("b.example", "h.a.example"), 1)}
    both = {"a.example MX": "10 h.a.example. | 20 mx.c.example.", "a.example NS": "ns.c.example."}
    elsewhere = told("b.example MX", "10 h.a.example. | 20 old.a.example. | 30 mx.c.example.")
    zone = told_zone("a.example", both, both, "h.a.example")
    uses, unknown, *_ = usage(CHANGES, NamesInUseFact(places), *zone, elsewhere)
    assert unknown == []
    assert {f"{need.name} {'/'.join(need.rdtypes)}": [*by] for need, by in uses.items()} == {
        "h.a.example A/AAAA": [
            "s.yml:2",
            "the MX of a.example",
            "the MX of b.example (named in s.yml:1)",
        ],
        "h.a.example MX": ["s.yml:2"],
        "h.a.example A/AAAA/MX/TXT": ["s.yml:2"],
        "mx.c.example A/AAAA": ["the MX of a.example"],
        "ns.c.example A/AAAA": ["the NS of a.example"],
        "old.a.example A/AAAA": ["the MX of b.example (named in s.yml:1)"],
        "b.example A/AAAA": ["s.yml:1"],
        "b.example MX": ["s.yml:1"],
    }
    assert [need.name for need in uses][-2:] == ["b.example", "b.example"]
    shown = shown_users(uses[Need("h.a.example", ADDRESS)])
    assert shown == [("a.example", "MX"), ("b.example", "MX")]


def test_what_is_removed_may_be_used_by_those_who_are_not_heard() -> None:
    removed = tuple(
        ChangedRRset(f"{name}.a.example", rdtype)
        for name, rdtype in (("x", ""), ("y", "A"), ("z", "MX"))
    )
    patch = ZoneChange("a.example", "zones/a", whole=False, removed=removed)
    for said, needs in (("NODATA", 0), ("TIMEOUT", 4)):
        elsewhere = (
            told(f"{owner} {rdtype}", said)
            for owner in ("b.example", "_dmarc.b.example")
            for rdtype in ("MX", "TXT", "CNAME")
        )
        in_use = NamesInUseFact({"b.example": (Place("s.yml", 1),)})
        zone = told_zone("a.example", {}, {}, "x.a.example", "y.a.example", "z.a.example")
        found = usage(ChangesFact({"a.example": patch}), in_use, *zone, *elsewhere)
        assert len([need for need, by in found.uses.items() if not by]) == needs


def test_of_names_elsewhere_aliases_of_what_changes_come_first() -> None:
    places = {f"{label}.b.example": (Place("s.yml", 1),) for label in ("x", "y", "z")}
    mx = [told("x.b.example MX", "NODATA"), told("y.b.example MX", "-> h.a.example | NODATA")]
    mx += [told(asked, "NXDOMAIN") for asked in ("x.b.example TXT", "_dmarc.x.b.example CNAME")]
    zone = told_zone("a.example", {}, {})
    uses, *_ = usage(CHANGES, NamesInUseFact(places), *zone, *mx, told("z.b.example MX", "TIMEOUT"))
    elsewhere = [need.name for need in uses if need.rdtypes == ADDRESS]
    assert elsewhere == ["y.b.example", "z.b.example", "x.b.example"]


@pytest.mark.parametrize(
    ("after", "wildcards"),
    [("192.0.2.1", ["a wildcard"]), ("NODATA", []), ("TIMEOUT", [])],
)
def test_a_wildcard_behind_a_used_name(after: str, wildcards: list[str]) -> None:
    patch = ZoneChange(
        "a.example", "zones/a", whole=False, removed=(ChangedRRset(INSIDE.name, "A"),)
    )
    changes = ChangesFact({"a.example": patch})
    found = wildcards_behind({INSIDE: {}, OUTSIDE: {}}, said(INSIDE, after), changes)
    assert [*found.values()] == wildcards


def said(need: Need, *answers: str) -> dict[Asked, Said]:
    """What is said of a need, in the order of its types."""
    pairs = pairs_of(need)
    return {
        pair: told(" ".join(pair), answer)[1] for pair, answer in zip(pairs, answers, strict=False)
    }


@pytest.mark.parametrize(
    ("need", "after", "may"),
    [
        pytest.param(INSIDE, ("192.0.2.1", "NODATA"), False, id="one is enough"),
        pytest.param(INSIDE, ("NODATA", "NODATA"), True, id="none"),
        pytest.param(INSIDE, ("TIMEOUT", "NODATA"), True, id="perhaps none"),
        pytest.param(INSIDE, ("TIMEOUT", "2001:db8::1"), False, id="one is known"),
        pytest.param(INSIDE, ("NODATA",), False, id="not asked for"),
        pytest.param(OUTSIDE, ("NXDOMAIN", "NXDOMAIN"), False, id="nothing of the change"),
        pytest.param(OUTSIDE, ("-> x.b.example | NODATA", "NODATA"), False, id="another alias"),
        pytest.param(OUTSIDE, ("-> x.a.example | NXDOMAIN", "NODATA"), True, id="an alias to it"),
        pytest.param(OUTSIDE, ("TIMEOUT", "NODATA"), True, id="perhaps an alias to it"),
    ],
)
def test_what_may_be_lost(need: Need, after: tuple[str, ...], *, may: bool) -> None:
    assert may_be_lost(need, said(need, *after), CHANGES) == may


@pytest.mark.parametrize(
    ("need", "live", "after", "ends"),
    [
        pytest.param(INSIDE, ("192.0.2.1", "NODATA"), ("NODATA",) * 2, ["192.0.2.1"], id="lost"),
        pytest.param(
            INSIDE,
            ("192.0.2.1", "2001:db8::1"),
            ("NODATA",) * 2,
            ["192.0.2.1", "2001:db8::1"],
            id="both lost",
        ),
        pytest.param(INSIDE, ("NODATA",) * 2, ("NODATA",) * 2, [], id="never there"),
        pytest.param(INSIDE, ("NODATA",) * 2, ("TIMEOUT",) * 2, [], id="never there, so not lost"),
        pytest.param(INSIDE, ("TIMEOUT", "NODATA"), ("NODATA",) * 2, "timeout", id="perhaps there"),
        pytest.param(INSIDE, ("192.0.2.1", "NODATA"), ("SERVFAIL",) * 2, "servfail", id="perhaps"),
        pytest.param(OUTSIDE, ("TIMEOUT",) * 2, ("TIMEOUT",) * 2, [], id="unknown as ever"),
        pytest.param(OUTSIDE, ("192.0.2.1", "NODATA"), ("TIMEOUT",) * 2, "timeout", id="worse"),
        pytest.param(INSIDE, (), ("NODATA",) * 2, "not-compared", id="not asked for"),
        pytest.param(Need("h.a.example", ("MX",)), (), ("NODATA",), [], id="a guess"),
        pytest.param(INSIDE, ("NODATA",), ("NODATA",) * 2, "not-compared", id="half asked for"),
        pytest.param(GOES, (), ("NODATA",), "not-compared", id="a guess that is taken away"),
    ],
)
def test_what_is_lost(
    need: Need, live: tuple[str, ...], after: tuple[str, ...], ends: list[str] | str
) -> None:
    gone = frozenset({("g.a.example", "")})
    found = lost(need, said(need, *live), said(need, *after), CHANGES, gone)
    if isinstance(found, Unobserved):
        assert found.cause == ends
    else:
        assert [text for answer in found for text in answer.texts] == ends


@pytest.mark.parametrize(
    ("types", "found", "named"),
    [
        (ADDRESS, ("A",), "the address"),
        (("MX",), ("MX",), "MX"),
        (ANYTHING, ("MX", "TXT"), "MX and TXT"),
    ],
)
def test_what_is_needed_is_named(
    types: tuple[str, ...], found: tuple[str, ...], named: str
) -> None:
    answers = [DnsAnswer("a.example", rdtype, "data") for rdtype in found]
    assert what_is_needed(Need("a.example", types), answers) == named
