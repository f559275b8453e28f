"""The DNS Tree Walk."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.dmarc.walk import DmarcWalk, organizational_domain, walked_names
from mailcheck.facts.dns import told


@pytest.mark.parametrize(
    ("domain", "names"),
    [
        ("com", "com"),
        ("example.com", "example.com com"),
        ("a.mail.example.com", "a.mail.example.com mail.example.com example.com com"),
        (
            "a.b.c.d.e.f.g.h.i.j.mail.example.com",  # the example of RFC 9989 §4.10
            """a.b.c.d.e.f.g.h.i.j.mail.example.com g.h.i.j.mail.example.com h.i.j.mail.example.com
            i.j.mail.example.com j.mail.example.com mail.example.com example.com com""",
        ),
        ("a.b.c.d.e.f.example.com", None),
        ("x.a.b.c.d.e.f.example.com", None),
    ],
)
def test_names(domain: str, names: str | None) -> None:
    walked = walked_names(domain)
    if names is None:
        assert walked[1] == "b.c.d.e.f.example.com"
        assert len(walked) == 8
    else:
        assert walked == tuple(names.split())


_DOMAINS = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=20).map(".".join)


@given(_DOMAINS)
def test_a_walk_is_eight_queries_at_most(domain: str) -> None:
    names = walked_names(domain)
    assert len(names) == min(8, domain.count(".") + 1)
    assert all(domain == name or domain.endswith(f".{name}") for name in names)


@given(_DOMAINS, st.data())
def test_the_organizational_domain_is_the_domain_or_above_it(domain: str, data: Any) -> None:
    found = [(name, data.draw(st.sampled_from("uuny"))) for name in walked_names(domain)]
    organizational = organizational_domain(domain, found)
    assert organizational == domain or domain.endswith(f".{organizational}")


@pytest.mark.parametrize(
    ("domain", "found", "organizational"),
    [
        # The examples of RFC 9989 §4.10.2
        ("a.mail.example.com", "mail.example.com=u example.com=u", "example.com"),
        ("a.mail.example.com", "mail.example.com=n", "mail.example.com"),
        ("a.mail.example.com", "com=y", "example.com"),
        ("mail.example.com", "mail.example.com=u example.com=y", "mail.example.com"),
        # Those of Appendix B.4
        ("example.com", "example.com=u", "example.com"),
        ("signing.example.com", "signing.example.com=u example.com=u", "example.com"),
        ("giant.bank.example", "giant.bank.example=u bank.example=y", "giant.bank.example"),
        ("mail.mega.bank.example", "bank.example=y", "mega.bank.example"),
        # And others
        ("a.example.com", "", "a.example.com"),
        ("bank.example", "bank.example=y", "bank.example"),
        ("a.b.c.d.e.f.g.h.i.example.com", "com=y", "example.com"),
    ],
)
def test_organizational_domains(domain: str, found: str, organizational: str) -> None:
    records = [(name, psd) for name, _, psd in (each.partition("=") for each in found.split())]
    assert organizational_domain(domain, records) == organizational


def test_what_lies_behind_the_end_of_a_walk_is_left_out(answered: Any) -> None:
    walk = answered(
        DmarcWalk("a.b.example"),
        told("_dmarc.a.b.example TXT", "TIMEOUT"),
        told("_dmarc.b.example TXT", '"v=DMARC1; psd=n"'),
        told("_dmarc.example TXT", "SERVFAIL"),
    )
    assert len(walk.steps) == 2
    assert walk.unknown.cause == "timeout"
    assert walk.organizational == "b.example"


def test_a_refusal_on_the_way(answered: Any) -> None:
    walk = answered(
        DmarcWalk("a.example"),
        told("_dmarc.a.example TXT", "REFUSED-BY-AUTHORITY", denier="a.example"),
        told("_dmarc.example TXT", "NXDOMAIN"),
    )
    assert walk.refused.about == "a.example"
    assert walk.unknown is None
