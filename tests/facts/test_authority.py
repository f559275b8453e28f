"""What a zone's own servers say, and what is missing of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mailcheck.facts.authority import AuthorityAnswersFact, told_by, told_servers
from mailcheck.facts.dns import DnsAnswer, DnsQuery, ServerQuery, name_server
from mailcheck.question import Unobserved

V4 = name_server("192.0.2.1", "ns1.example.net")
V6 = name_server("2001:db8::1", "ns1.example.net")
OTHER = name_server("192.0.2.2", "ns2.example.net")
NO_ROUTE = Unobserved("no-ipv6-route", not_evaluated=True)
SILENT = Unobserved("timeout")
LAME = Unobserved("lame")


def said(answer: str) -> DnsAnswer:
    """Return what a server says with authority."""
    _, observed = told_by(V4, "example.com MX", answer)
    assert isinstance(observed, DnsAnswer)
    return observed


def test_only_answers_with_authority_count() -> None:
    data, refusal = said("10 a."), said("REFUSED-BY-AUTHORITY")
    cached = replace(data, authoritative=False)
    fact = AuthorityAnswersFact("example.com", ((V4, data), (V6, cached), (OTHER, refusal)))
    assert fact.answers == ((V4, data),)


def test_denials_are_answers() -> None:
    fact = AuthorityAnswersFact("example.com", ((V4, said("NODATA")), (OTHER, said("NXDOMAIN"))))
    assert len(fact.answers) == 2


def test_silence_is_missing_and_lameness_is_not() -> None:
    fact = AuthorityAnswersFact("example.com", ((V4, SILENT), (OTHER, LAME)))
    assert fact.silent == (SILENT,)


def test_an_address_without_route_is_not_missing_where_its_server_answered() -> None:
    heard = AuthorityAnswersFact("example.com", ((V4, said("10 a.")), (V6, NO_ROUTE)))
    unheard = AuthorityAnswersFact("example.com", ((OTHER, said("10 a.")), (V6, NO_ROUTE)))
    assert (heard.silent, unheard.silent) == ((), (NO_ROUTE,))


def test_an_unknown_server_address_is_missing() -> None:
    fact = AuthorityAnswersFact("example.com", ((V4, said("10 a.")),), (SILENT,))
    assert fact.silent == (SILENT,)


@pytest.mark.parametrize(
    ("answers", "refuses"),
    [
        pytest.param(("REFUSED-BY-AUTHORITY", "REFUSED-BY-AUTHORITY"), True, id="both refuse"),
        pytest.param(("LAME", "TIMEOUT"), True, id="one is lame, one silent"),
        pytest.param(("REFUSED-BY-AUTHORITY", "10 a."), False, id="one answers"),
        pytest.param(("TIMEOUT", "SERVFAIL"), False, id="nobody says anything"),
    ],
)
def test_an_authority_refuses_if_all_that_answer_do(
    answers: tuple[str, ...], *, refuses: bool
) -> None:
    said = tuple(
        told_by(one, "example.com MX", a)[1] for one, a in zip((V4, OTHER), answers, strict=True)
    )
    fact = AuthorityAnswersFact("example.com", tuple(zip((V4, OTHER), said, strict=True)))
    assert fact.refuses is refuses


def test_told_by_writes_down_authority_and_caches() -> None:
    query, own = told_by(V4, "example.com MX", "10 a.")
    assert query == ServerQuery("example.com", "MX", V4)
    assert isinstance(own, DnsAnswer)
    assert own.authoritative
    query, cached = told_by(V4, "example.com MX", "10 a.", ttl=5, recursive=True)
    assert query == ServerQuery("example.com", "MX", V4, recursive=True)
    assert isinstance(cached, DnsAnswer)
    assert (cached.authoritative, cached.ttl) == (False, 5)


def test_told_servers_writes_down_a_delegation() -> None:
    table = dict(told_servers("example.com", V4, OTHER))
    answer = table[DnsQuery("example.com", "NS")]
    assert isinstance(answer, DnsAnswer)
    assert answer.texts == ("ns1.example.net.", "ns2.example.net.")
    assert DnsQuery("ns2.example.net", "A") in table
