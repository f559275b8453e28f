"""What is known of a zone that nobody can list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.engine import Engine
from mailcheck.errors import Place
from mailcheck.evidence import Evidence
from mailcheck.facts.change.asking import Asking
from mailcheck.facts.change.changes import (
    ChangedRRset,
    ChangesFact,
    CopiedRRset,
    NamesInUseFact,
    ZoneChange,
)
from mailcheck.facts.change.known_names import FOR_POINTERS, KnownNames, known_names
from mailcheck.facts.change.loss import told_published, told_zone
from mailcheck.facts.change.pointers import usual_names
from mailcheck.facts.change.proposed import ProposedAnswer
from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.finding import Finding, met
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from mailcheck.check import Told

PLACE = Place("suites/mail.yml", 4)


def known(
    change: ZoneChange,
    in_use: NamesInUseFact,
    *said: Told,
    domain: str = "a.example",
    asked: int = 0,
) -> tuple[KnownNames, Asking]:
    """Gather what is known, given what is said, when so much was asked before."""
    found: list[KnownNames] = []
    asking = Asking(ChangesFact({change.zone: change}))

    async def judge() -> Finding:
        await asking.published((f"{n}.b.example", "MX") for n in range(asked))
        found.append(await known_names(change, domain, in_use, asking))
        return met()

    engine = Engine(ToldWorld(said))
    engine.finish(engine.plan(judge))
    return found[0], asking


def change(*written: str, removed: tuple[str, ...] = ()) -> ZoneChange:
    """A change that writes ``NAME TYPE`` each."""

    def rrset(text: str) -> ChangedRRset:
        name, _, rdtype = text.partition(" ")
        return ChangedRRset(name, rdtype)

    return ZoneChange(
        "a.example",
        "zones/a",
        whole=not removed,
        written=tuple(map(rrset, written)),
        removed=tuple(map(rrset, removed)),
    )


def test_names_are_those_in_use_those_pointed_at_and_those_of_the_change() -> None:
    live = {"a.example MX": "10 old.a.example. | 20 backup.b.example."}
    after = {"a.example MX": "10 new.a.example.", "www.a.example CNAME": "web.a.example."}
    in_use = NamesInUseFact({"used.a.example": (PLACE,), "used.b.example": (PLACE,)})
    found, _ = known(
        change("a.example MX", "www.a.example CNAME", "ns.a.example A", removed=("x.a.example",)),
        in_use,
        *told_zone("a.example", live, after, "used.a.example", "x.a.example"),
    )
    assert found.names == (
        "a.example",
        "used.a.example",
        "new.a.example",
        "web.a.example",
        "old.a.example",
        "x.a.example",
        "www.a.example",
        "ns.a.example",
        *usual_names("a.example")[:-1],
    )
    assert found.users("old.a.example") == ("the MX of a.example as it is",)
    assert found.users("backup.b.example") == ("the MX of a.example as it is",)
    assert found.users("new.a.example") == ("the MX of a.example",)
    assert found.users("web.a.example") == ("the CNAME of www.a.example",)


def test_a_record_that_stays_is_told_of_once_and_by_where_it_is_written() -> None:
    _, answer = told("a.example MX", "10 mx.a.example.")
    assert isinstance(answer, DnsAnswer)
    line = Evidence("a.example MX", "10 mx.", place=Place("zones/a", 7))
    asked, _ = told("a.example MX", "NODATA")
    found, _ = known(
        change("a.example MX"),
        NamesInUseFact(),
        (asked, ProposedAnswer.resting_on(answer, line)),
        told_published("a.example MX", "10 mx.a.example."),
    )
    assert found.users("mx.a.example") == ("the MX of a.example (zones/a:7)",)


def test_what_is_copied_from_a_name_uses_it() -> None:
    copied = (
        CopiedRRset("www.a.example", "A", "lb.a.example", Place("plan.json", 7)),
        CopiedRRset("www.a.example", "AAAA", "lb.b.example"),
    )
    made = replace(change("www.a.example A", "www.a.example AAAA"), copied=copied)
    found, _ = known(made, NamesInUseFact(), *told_zone("a.example", {}, {}))
    assert found.users("lb.a.example") == ("the A of www.a.example (plan.json:7)",)
    assert found.users("lb.b.example") == ("the AAAA of www.a.example",)
    assert "lb.a.example" in found.names
    assert "lb.b.example" not in found.names


def test_a_host_that_is_its_own_exchange_is_no_user_of_itself() -> None:
    both = {"a.example MX": "10 a.example."}
    found, _ = known(change(), NamesInUseFact(), *told_zone("a.example", both, both))
    assert found.users("a.example") == ()
    assert {need.name for need in found.needs} == {"a.example"}


def test_a_domain_below_the_zone_is_judged_alone() -> None:
    found, _ = known(
        change("a.example MX", "sub.a.example MX", "h.sub.a.example A"),
        NamesInUseFact({"used.a.example": (PLACE,), "used.sub.a.example": (PLACE,)}),
        domain="sub.a.example",
    )
    assert found.names == (
        "sub.a.example",
        "used.sub.a.example",
        "h.sub.a.example",
        *usual_names("sub.a.example"),
    )


def test_usual_names_may_have_what_is_usual_there_and_others_anything() -> None:
    found, _ = known(
        change("_dmarc.a.example TXT"), NamesInUseFact(), *told_zone("a.example", {}, {})
    )
    assert "_dmarc.a.example" in found.having("a.example", "MX")
    for rdtype, there in (("MX", False), ("TXT", True)):
        assert ("_mta-sts.a.example" in found.having("a.example", rdtype)) is there
        assert "www.a.example" in found.having("a.example", rdtype)


@pytest.mark.parametrize(
    ("name", "answer", "is_own"),
    [
        pytest.param("*.a.example", "192.0.2.1", True, id="the wildcard itself"),
        pytest.param("mail.a.example", "192.0.2.1", False, id="made up"),
        pytest.param("mail.a.example", "192.0.2.2", True, id="something else"),
        pytest.param("mail.a.example", "TIMEOUT", True, id="unknown"),
        pytest.param("www.a.example", "192.0.2.1", True, id="mentioned"),
        pytest.param("shop.a.example", "192.0.2.1", True, id="not usual"),
    ],
)
def test_what_a_wildcard_makes_up_is_no_usual_name(name: str, answer: str, *, is_own: bool) -> None:
    found, _ = known(change("www.a.example A"), NamesInUseFact(), *told_zone("a.example", {}, {}))
    live = {
        (owner, "A"): told(f"{owner} A", said)[1]
        for owner, said in (("*.a.example", "192.0.2.1"), (name, answer))
    }
    assert ((name, "A") in found.own("a.example", live)) is is_own


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        pytest.param([], "", id="all is known"),
        pytest.param(
            [told("a.example NS", "ZONE-DOES-NOT-LOAD")], "zone-does-not-load", id="after"
        ),
        pytest.param([told_published("a.example MX", "TIMEOUT")], "timeout", id="live"),
        pytest.param(
            [told_published("a.example MX", "REFUSED-BY-AUTHORITY")], "refused", id="refused to us"
        ),
        pytest.param([told_published("_dmarc.a.example TXT", "TIMEOUT")], "", id="a policy"),
    ],
)
def test_without_the_domains_own_records_little_is_known(said: list[Told], cause: str) -> None:
    zone = dict(told_zone("a.example", {}, {})) | dict(said)
    found, _ = known(change(), NamesInUseFact(), *zone.items())
    assert (found.unknown.cause if found.unknown else "") == cause


def test_what_the_domain_has_itself_is_asked_for_whatever_was_asked_before() -> None:
    live = {"a.example MX": "10 old.a.example."}
    said = told_zone("a.example", live, {})
    found, asking = known(change(), NamesInUseFact(), *said, asked=FOR_POINTERS)
    assert found.users("old.a.example") == ("the MX of a.example as it is",)
    assert asking.advice == ()
