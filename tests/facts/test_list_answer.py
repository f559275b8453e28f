"""Names under which lists have something, and what their answers say."""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.blocklists import Blocklist
from mailcheck.blocklists.registry import unknown
from mailcheck.facts.dns import DnsAnswer, Source, name_server, told
from mailcheck.facts.list_answer import (
    entries,
    kind_of,
    listing_name,
    lists_everything,
    not_alive,
    refused,
    unanswered,
)
from mailcheck.question import NotObserved, Unobserved

if TYPE_CHECKING:
    from mailcheck.names import Address


@pytest.mark.parametrize(
    ("address", "name"),
    [
        pytest.param("192.0.2.99", "99.2.0.192.dnsbl.example", id="IPv4, RFC 5782 §2.1"),
        pytest.param(
            "2001:db8:1:2:3:4:567:89ab",
            "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.dnsbl.example",
            id="IPv6, RFC 5782 §2.4",
        ),
        pytest.param(
            "::ffff:7f00:2",
            "2.0.0.0.0.0.f.7.f.f.f.f." + "0." * 20 + "dnsbl.example",
            id="IPv6 test point",
        ),
    ],
)
def test_names(address: str, name: str) -> None:
    assert listing_name(ipaddress.ip_address(address), "dnsbl.example") == name


@given(st.ip_addresses())
def test_a_name_tells_its_address(address: Address) -> None:
    labels = listing_name(address, "z").removesuffix(".z").split(".")
    digits = "".join(reversed(labels)) if address.version == 6 else ".".join(reversed(labels))
    again = int(digits, 16) if address.version == 6 else int(ipaddress.IPv4Address(digits))
    assert again == int(address)


def test_a_domain_is_asked_for_as_it_stands() -> None:
    assert listing_name("example.com", "dbl.example") == "example.com.dbl.example"


@pytest.mark.parametrize(
    ("subject", "kind"),
    [
        pytest.param(ipaddress.ip_address("192.0.2.1"), "ip4", id="IPv4"),
        pytest.param(ipaddress.ip_address("2001:db8::1"), "ip6", id="IPv6"),
        pytest.param("example.com", "domain", id="a domain"),
    ],
)
def test_kinds(subject: Address | str, kind: str) -> None:
    assert kind_of(subject) == kind


def answer(said: str, server: str = "") -> DnsAnswer:
    """Return the answer of a list."""
    _, found = told("1.2.0.192.list.example A", said)
    assert isinstance(found, DnsAnswer)
    return replace(found, source=Source(server))


def test_what_is_not_declared_has_no_meaning() -> None:
    [listed, strange] = entries(unknown("list.example"), answer("127.0.0.3 | 127.0.0.2"))
    assert (str(listed), str(strange)) == (
        "127.0.0.2 (listed)",
        "127.0.0.3 (a code the list does not declare)",
    )


@pytest.mark.parametrize("said", ["127.255.255.253", "127.0.0.1", "127.0.1.255"])
def test_codes_that_say_nothing_are_refusals(said: str) -> None:
    domains = replace(unknown("list.example"), takes=frozenset({"domain"}))
    with pytest.raises(NotObserved) as raised:
        entries(domains, answer(said))
    assert raised.value.unobserved.cause == "list-refuses"


@pytest.mark.parametrize(
    ("server", "cause"),
    [
        pytest.param("192.0.2.53", "list-not-alive", id="a resolver of one's own"),
        pytest.param("Cloudflare (1.1.1.1)", "public-resolver", id="a public one"),
        pytest.param("2001:4860:4860::8888", "public-resolver", id="over IPv6"),
    ],
)
def test_a_public_resolver_is_named_before_the_list_is_blamed(server: str, cause: str) -> None:
    one = Blocklist("list.example")
    assert not_alive(one, "2.0.0.127.list.example", answer("NXDOMAIN", server)).cause == cause


def test_that_holds_for_a_list_that_has_everything() -> None:
    """dnswl.org vouches for every address where it is asked too much."""
    one, said = Blocklist("list.example"), answer("127.0.10.3", "8.8.8.8")
    found = lists_everything(one, "1.0.0.127.list.example", said)
    assert found.cause == "public-resolver"
    assert "1.0.0.127.list.example (127.0.10.3)" in found.text


def test_a_list_that_knows_its_askers_is_not_blamed_alone() -> None:
    one = Blocklist("list.example", operator="Barracuda", registered=True)
    assert "register yours with Barracuda" in refused(one, Source(), "no").text
    assert "register" not in refused(Blocklist("list.example"), Source(), "no").text


def test_a_key_that_is_not_accepted_makes_a_list_look_dead() -> None:
    one = Blocklist("list.example", key="required")
    assert "is the key right" in not_alive(one, "x", answer("NXDOMAIN")).text


def test_a_list_that_knows_its_askers_by_their_keys_serves_public_resolvers() -> None:
    one = Blocklist("list.example", key="required")
    google = name_server("8.8.8.8")
    said = answer("127.255.255.250", "8.8.8.8")
    found = [
        refused(one, said.source, "the key is switched off"),
        unanswered(one, Unobserved("servfail"), (google,)),
        not_alive(one, "x", said),
        lists_everything(one, "x", said),
    ]
    assert [one.cause for one in found] == [
        "list-refuses",
        "servfail",
        "list-not-alive",
        "list-lists-everything",
    ]
    assert unanswered(Blocklist("list.example"), Unobserved("servfail"), (google,)).cause == (
        "public-resolver"
    )
