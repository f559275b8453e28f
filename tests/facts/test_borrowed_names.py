"""Whose name is it: everybody's, a receiver's, a provider's."""

from __future__ import annotations

import ipaddress

import pytest

from mailcheck.facts.borrowed_names import generic_or_not, local_or_not, receivers_or_not
from mailcheck.finding import Finding

IP = ipaddress.ip_address("203.0.113.25")


def end(finding: Finding) -> str:
    return finding.reasons[0].tag if finding.reasons else "met"


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("localhost", "local-name"),
        ("localhost.localdomain", "local-name"),
        ("mail.localdomain", "local-name"),
        ("printer.local", "local-name"),
        ("router.home.arpa", "local-name"),
        ("mx.corp", "local-name"),
        ("mx.office.priv", "local-name"),
        ("mail.invalid", "local-name"),
        ("25.113.0.203.in-addr.arpa", "local-name"),
        ("mail.example.com", "met"),
        ("local.example.com", "met"),
        ("mail.localhost.example.com", "met"),
        ("mylocal", "met"),
    ],
)
def test_names_of_local_networks(name: str, ends: str) -> None:
    assert end(local_or_not(name)) == ends


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mx.example.net", "mx.example.net is a name of the receiver itself"),
        ("a.mx.example.net", "a.mx.example.net is a name of the receiver mx.example.net"),
        ("smtp.example.org", "smtp.example.org is a name of the receiver example.org"),
        ("example.net", ""),
        ("notexample.org", ""),
    ],
)
def test_names_of_receivers(name: str, text: str) -> None:
    finding = receivers_or_not(name, ("mx.example.net", "example.org"))
    assert (finding.reasons[0].text if finding.reasons else "") == text


@pytest.mark.parametrize(
    ("name", "allowed", "ends"),
    [
        ("203-0-113-25.dynamic.example.net", (), "generic-name"),
        ("203-0-113-25.dynamic.example.net", ("*.dynamic.example.net",), "met"),
        ("mail.example.com", (), "met"),
    ],
)
def test_names_that_a_provider_generates(name: str, allowed: tuple[str, ...], ends: str) -> None:
    assert end(generic_or_not(name, IP, allowed)) == ends


def test_the_matching_parts_are_shown() -> None:
    [reason] = generic_or_not("203-0-113-25.dynamic.example.net", IP, ()).reasons
    assert "203-0-113-25" in reason.text
    assert "(dynamic)" in reason.text
