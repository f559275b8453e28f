"""``TTL of T of N is at most S``: the longest of all links decides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.change.ttl_is_at_most import CHECK, NS1, SERVERS
from mailcheck.facts.authority import told_by
from mailcheck.facts.change.changes import ChangedRRset, Changes, ChangesFact, ZoneChange
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.dns import DnsAnswer, DnsQuery, told
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

MX = "TTL of MX of example.com is at most 3600"
A = "TTL of A of www.example.com is at most 3600"
WWW = (
    *SERVERS,
    told("www.example.com NS", "NODATA", denier="example.com"),
    told("web.example.com NS", "NODATA", denier="example.com"),
)


def chain(alias: int, address: int) -> tuple[Told, ...]:
    """Return an alias and its target's address, with their TTLs."""
    return (
        told_by(
            NS1, "www.example.com A", "-> web.example.com | 192.0.2.80", ttl=min(alias, address)
        ),
        told_by(NS1, "www.example.com CNAME", "web.example.com.", ttl=alias),
        told_by(NS1, "web.example.com A", "192.0.2.80", ttl=address),
    )


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("answer", "ttl", "ends"),
    [
        pytest.param("10 mail.example.com.", 3600, "met", id="as long"),
        pytest.param("10 mail.example.com.", 0, "met", id="not cached at all"),
        pytest.param("10 mail.example.com.", 3601, "ttl-too-long", id="a second longer"),
        pytest.param("NODATA", 0, "no-record", id="no such record"),
        pytest.param("NXDOMAIN", 0, "no-such-domain", id="no such name"),
        pytest.param("REFUSED-BY-AUTHORITY", 0, "refused-by-authority", id="refused"),
        pytest.param("TIMEOUT", 0, "inconclusive: timeout", id="silence"),
    ],
)
def test_how_it_ends(answer: str, ttl: int, ends: str) -> None:
    more = told_by(NS1, "example.com CNAME", "TIMEOUT")
    said = judged(CHECK, MX, *SERVERS, told_by(NS1, "example.com MX", answer, ttl=ttl), more)
    assert ending(said) == (ends,)


@pytest.mark.parametrize(
    ("alias", "address", "about"),
    [
        pytest.param(3600, 60, [], id="neither is longer"),
        pytest.param(86400, 60, ["www.example.com"], id="the alias is kept for longer"),
        pytest.param(60, 86400, ["web.example.com"], id="its target is"),
        pytest.param(7200, 7200, ["www.example.com", "web.example.com"], id="both are"),
    ],
)
def test_each_link_is_kept_for_its_own_ttl(alias: int, address: int, about: list[str]) -> None:
    said = judged(CHECK, A, *WWW, *chain(alias, address))
    assert [reason.about for reason in said.reasons] == about
    assert said.kind == ("unmet" if about else "met")


def test_the_ttl_that_was_seen_is_told() -> None:
    said = judged(CHECK, A, *WWW, *chain(86400, 7200))
    assert [reason.text for reason in said.reasons] == [
        "the alias www.example.com (CNAME) has a TTL of 86400 seconds, more than 3600",
        "A of web.example.com has a TTL of 7200 seconds, more than 3600",
    ]


def test_the_records_are_shown_with_the_ttl() -> None:
    records = "10 mx1.example.com. | 20 mx2.example.com."
    said = judged(CHECK, MX, *SERVERS, told_by(NS1, "example.com MX", records, ttl=86400))
    [remedy] = said.remedies
    assert remedy.publish == (
        "example.com.  3600  IN  MX  10 mx1.example.com.",
        "example.com.  3600  IN  MX  20 mx2.example.com.",
    )
    assert "before the old one has run out" in remedy.instruction


@pytest.mark.parametrize(
    ("wildcard", "ttl", "owner"),
    [
        pytest.param("192.0.2.80", 86400, "*.example.com", id="it has the same"),
        pytest.param("192.0.2.81", 86400, "www.example.com", id="it has something else"),
        pytest.param("192.0.2.80", 300, "www.example.com", id="it has another TTL"),
        pytest.param("NXDOMAIN", 0, "www.example.com", id="there is none"),
        pytest.param("TIMEOUT", 0, "www.example.com", id="nobody knows"),
    ],
)
def test_records_of_a_wildcard_are_written_there(wildcard: str, ttl: int, owner: str) -> None:
    """A record of the name itself would take from it whatever else the wildcard gives it."""
    said = judged(
        CHECK,
        A,
        *WWW,
        told("*.example.com NS", "NODATA", denier="example.com"),
        told_by(NS1, "www.example.com A", "192.0.2.80", ttl=86400),
        told_by(NS1, "*.example.com A", wildcard, ttl=ttl),
    )
    [remedy] = said.remedies
    assert remedy.publish == (f"{owner}.  3600  IN  A  192.0.2.80",)


def test_so_are_those_of_a_wildcard_that_is_proposed() -> None:
    written = (ChangedRRset("example.com", "NS"), ChangedRRset("*.example.com", "A"))
    change = ZoneChange("example.com", "zones/example.com", whole=True, written=written)
    _, answer = told("www.example.com A", "192.0.2.80")
    assert isinstance(answer, DnsAnswer)
    said = judged(
        CHECK,
        A,
        (Proposed("www.example.com"), ProposedFact("zones/example.com")),
        (Changes(), ChangesFact({"example.com": change})),
        (DnsQuery("www.example.com", "A"), replace(answer, ttl=86400)),
    )
    [remedy] = said.remedies
    assert remedy.publish == ("*.example.com.  3600  IN  A  192.0.2.80",)
