"""How long the old answer stays in caches."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from mailcheck.facts.change.caches import Kept, cached_until, duration, gone_after, kept
from mailcheck.facts.dns import DnsAnswer, told

NOON = datetime.datetime(2026, 1, 31, 12, tzinfo=datetime.UTC)


def said(asked: str, answer: str, ttl: int | None = None) -> DnsAnswer:
    _, made = told(asked, answer)
    assert isinstance(made, DnsAnswer)
    return replace(made, ttl=ttl)


def soa(ttl: int | None, minimum: int) -> DnsAnswer:
    return said("example.com SOA", f"ns1. hostmaster. 1 7200 3600 1209600 {minimum}", ttl)


MX = said("example.com MX", "10 mx1.example.com.", 8400)


@pytest.mark.parametrize(
    ("live", "of_zone", "gone"),
    [
        pytest.param(MX, None, "14:20", id="records, for their TTL"),
        pytest.param(said("example.com MX", "10 mx."), None, "", id="records without TTL"),
        pytest.param(
            said("example.com MX", "-> example.net | 10 mx.", 60), None, "", id="an alias"
        ),
        pytest.param(said("a.example.com A", "NXDOMAIN"), soa(3600, 300), "12:05", id="MINIMUM"),
        pytest.param(said("a.example.com A", "NODATA"), soa(60, 300), "12:01", id="TTL of SOA"),
        pytest.param(said("a.example.com A", "NODATA"), soa(None, 300), "12:05", id="no TTL"),
        pytest.param(said("a.example.com A", "NODATA"), None, "", id="SOA unknown"),
        pytest.param(
            said("a.example.com A", "NODATA"), said("example.com SOA", "NODATA"), "", id="no SOA"
        ),
        pytest.param(
            said("a.example.com A", "REFUSED-BY-AUTHORITY"), soa(60, 60), "", id="a refusal"
        ),
    ],
)
def test_when_the_last_cache_forgets(live: DnsAnswer, of_zone: DnsAnswer | None, gone: str) -> None:
    found = gone_after(live, NOON, of_zone)
    assert (found.strftime("%H:%M") if found else "") == gone


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
