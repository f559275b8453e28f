"""How long the old answer stays in caches."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck.facts.change.caches import Kept, cached_until, duration, kept
from mailcheck.facts.dns import DnsAnswer, told


def said(asked: str, answer: str, ttl: int | None = None) -> DnsAnswer:
    _, made = told(asked, answer)
    assert isinstance(made, DnsAnswer)
    return replace(made, ttl=ttl)


def soa(ttl: int | None, minimum: int) -> DnsAnswer:
    return said("example.com SOA", f"ns1. hostmaster. 1 7200 3600 1209600 {minimum}", ttl)


MX = said("example.com MX", "10 mx1.example.com.", 8400)


@pytest.mark.parametrize(
    ("live", "of_zone", "seconds"),
    [
        pytest.param(MX, None, 8400, id="records, for their TTL"),
        pytest.param(said("example.com MX", "10 mx."), None, None, id="records without TTL"),
        pytest.param(
            said("example.com MX", "-> example.net | 10 mx.", 60), None, None, id="an alias"
        ),
        pytest.param(said("a.example.com A", "NXDOMAIN"), soa(3600, 300), 300, id="MINIMUM"),
        pytest.param(said("a.example.com A", "NODATA"), soa(60, 300), 60, id="TTL of SOA"),
        pytest.param(said("a.example.com A", "NODATA"), soa(None, 300), 300, id="no TTL"),
        pytest.param(said("a.example.com A", "NODATA"), None, None, id="SOA unknown"),
        pytest.param(
            said("a.example.com A", "NODATA"), said("example.com SOA", "NODATA"), None, id="no SOA"
        ),
        pytest.param(
            replace(said("a.example.com A", "NODATA"), denier="example.com"),
            soa(60, 300),
            60,
            id="the zone denies it",
        ),
        pytest.param(
            replace(said("x.sub.example.com A", "NODATA"), denier="sub.example.com"),
            soa(60, 300),
            None,
            id="a zone below denies it, with an SOA of its own",
        ),
        pytest.param(
            said("a.example.com CNAME", "NODATA"),
            soa(60, 300),
            None,
            id="no alias, of which nobody asked",
        ),
        pytest.param(
            said("a.example.com A", "REFUSED-BY-AUTHORITY"), soa(60, 60), None, id="a refusal"
        ),
    ],
)
def test_how_long_caches_keep_it(
    live: DnsAnswer, of_zone: DnsAnswer | None, seconds: int | None
) -> None:
    found = kept(live, of_zone)
    assert (found.seconds if found else None) == seconds


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (90, "1 min 30 s"),
        (3600, "1 h"),
        (3601, "1 h 1 min"),
        (8400, "2 h 20 min"),
        (86399, "1 d"),
        (86401, "1 d 1 h"),
        (604800, "7 d"),
    ],
)
def test_a_duration_is_never_said_too_short(seconds: int, text: str) -> None:
    assert duration(seconds) == text


SHORT = Kept("www.example.com", "A", 300)
DENIED = Kept("new.example.com", "A", 7200, denied=True)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        pytest.param([], "", id="nothing changes"),
        pytest.param([Kept("example.com", "MX", 0)], "", id="nothing is kept"),
        pytest.param(
            [Kept("example.com", "MX", 3600)],
            "caches serve the old MX of example.com for up to 1 h after the change",
            id="one",
        ),
        pytest.param(
            [SHORT, Kept("example.com", "MX", 3600)],
            "caches serve the old MX of example.com for up to 1 h after the change, and another "
            "old answer no longer than that",
            id="the longest of two",
        ),
        pytest.param(
            [DENIED, Kept("example.com", "MX", 7200)],
            "caches serve the old MX of example.com for up to 2 h after the change, and another "
            "old answer no longer than that",
            id="records before a denial that is kept as long",
        ),
        pytest.param(
            [SHORT, Kept("example.com", "MX", 3600), DENIED],
            "caches serve that there is no A of new.example.com for up to 2 h after the change, "
            "and 2 other old answers no longer than that",
            id="a denial",
        ),
    ],
)
def test_the_advice_names_the_longest(found: list[Kept], text: str) -> None:
    assert [advice.text for advice in cached_until(found)] == [text] * bool(text)


def test_what_is_kept_is_named() -> None:
    found = kept(MX)
    assert found is not None
    assert found.what == "the old MX of example.com"
