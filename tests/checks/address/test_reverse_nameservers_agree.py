"""``reverse nameservers of IP I agree``: every zone on the way to the PTR records counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.address.reverse_nameservers_agree import CHECK
from mailcheck.facts.authority import told_by, told_servers
from mailcheck.facts.dns import name_server, told
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

SENTENCE = "reverse nameservers of IP 203.0.113.25 agree"
ZONE = "113.0.203.in-addr.arpa"
OWNER = f"25.{ZONE}"
CLASSLESS = f"0-127.{ZONE}"
NS1 = name_server("192.0.2.1", "ns1.example.net")
NS2 = name_server("192.0.2.2", "ns2.example.net")
NS3 = name_server("192.0.2.3", "ns1.customer.example")
NS4 = name_server("192.0.2.4", "ns2.customer.example")
BELOW = (told(f"{OWNER} NS", "NODATA"), told(f"25.{CLASSLESS} NS", "NODATA"))
SERVERS = (*BELOW, *told_servers(ZONE, NS1, NS2), *told_servers(CLASSLESS, NS3, NS4))
ALIAS = f"-> 25.{CLASSLESS}"
MAIL = "mail.example.com."


def says(one: str, other: str) -> tuple[Told, ...]:
    """Return what the servers of the provider's zone say."""
    asked = f"{OWNER} PTR"
    return (told_by(NS1, asked, one), told_by(NS2, asked, other))


def customers(one: str, other: str) -> tuple[Told, ...]:
    """Return what the servers of the customer's zone say."""
    asked = f"25.{CLASSLESS} PTR"
    return (told_by(NS3, asked, one), told_by(NS4, asked, other))


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("answers", "ends"),
    [
        pytest.param(says(MAIL, "MAIL.example.com."), "met", id="the same"),
        pytest.param(says(MAIL, "old.example.com."), "nameservers-differ", id="an old name"),
        pytest.param(says(MAIL, "NXDOMAIN"), "nameservers-differ", id="a name is missing"),
        pytest.param(says(MAIL, "REFUSED-BY-AUTHORITY"), "server-refuses", id="one refuses"),
        pytest.param(says(MAIL, "LAME"), "not-authoritative", id="one is lame"),
        pytest.param(says(MAIL, "SERVFAIL"), "inconclusive: servfail", id="one fails"),
        pytest.param(says("NXDOMAIN", "NXDOMAIN"), "met", id="no PTR with either"),
        pytest.param(
            says(f"{ALIAS} | NODATA", f"{ALIAS} | NODATA") + customers(MAIL, MAIL),
            "met",
            id="classless delegation",
        ),
        pytest.param(
            says(f"{ALIAS} | NODATA", f"{ALIAS} | NODATA") + customers(MAIL, "NXDOMAIN"),
            "nameservers-differ",
            id="the customer's servers differ",
        ),
        pytest.param(
            says(f"{ALIAS} | NODATA", f"{ALIAS} | NODATA") + customers(MAIL, "LAME"),
            "not-authoritative",
            id="a customer's server is lame",
        ),
        pytest.param(
            says(f"{ALIAS} | NODATA", MAIL) + customers(MAIL, MAIL),
            "nameservers-differ",
            id="one has the alias, the other a record",
        ),
        pytest.param(
            says(f"{ALIAS} | NODATA", "TIMEOUT") + customers(MAIL, "NXDOMAIN"),
            "nameservers-differ",
            id="a difference further down decides",
        ),
        pytest.param(
            says(f"{ALIAS} | NODATA", "REFUSED-BY-AUTHORITY") + customers("TIMEOUT", "TIMEOUT"),
            "server-refuses",
            id="a refusal on the way decides",
        ),
        pytest.param(
            says(f"{ALIAS} | NODATA", f"{ALIAS} | NODATA") + customers(MAIL, "TIMEOUT"),
            "inconclusive: timeout",
            id="a customer's server is silent",
        ),
        pytest.param(
            says(f"-> {OWNER}", f"-> {OWNER}"), "inconclusive: alias-loop", id="an alias of itself"
        ),
    ],
)
def test_how_it_ends(answers: tuple[Told, ...], ends: str) -> None:
    assert ends in ending(judged(CHECK, SENTENCE, *SERVERS, *answers))


def test_servers_the_resolver_does_not_know_are_unknown() -> None:
    verdict = judged(CHECK, SENTENCE, *BELOW, told(f"{ZONE} NS", "TIMEOUT"))
    assert verdict.kind == "inconclusive"


def test_a_server_without_address_is_named() -> None:
    servers = (
        *BELOW,
        told(f"{ZONE} NS", "ns1.example.net. | gone.example.net."),
        *told_servers(ZONE, NS1)[1:],
        told("gone.example.net A", "NXDOMAIN"),
        told("gone.example.net AAAA", "NXDOMAIN"),
        told_by(NS1, f"{OWNER} PTR", MAIL),
    )
    verdict = judged(CHECK, SENTENCE, *servers)
    assert verdict.tags == ("server-without-address",)
    assert "gone.example.net" in verdict.remedies[0].instruction


def test_agreement_on_nothing_is_advice() -> None:
    verdict = judged(CHECK, SENTENCE, *SERVERS, *says("NODATA", "NODATA"))
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("met", ["no-ptr-anywhere"])


def test_who_says_what_is_shown() -> None:
    [reason] = judged(CHECK, SENTENCE, *SERVERS, *says(MAIL, "NXDOMAIN")).reasons
    assert "ns1.example.net" in reason.text
    assert "NXDOMAIN" in reason.text


def test_the_zone_that_differs_is_named_in_the_remedy() -> None:
    above = says(f"{ALIAS} | NODATA", f"{ALIAS} | NODATA")
    verdict = judged(CHECK, SENTENCE, *SERVERS, *above, *customers(MAIL, "NXDOMAIN"))
    assert f"SOA serials of {CLASSLESS}," in verdict.remedies[0].instruction


def test_an_ipv6_address_is_asked_for_by_nibbles() -> None:
    zone = "8.b.d.0.1.0.0.2.ip6.arpa"
    owner = "5.2.0.0." + "0." * 20 + zone
    asked = f"{owner} PTR"
    below = [".".join(owner.split(".")[at:]) for at in range(24)]
    told_all = (
        *(told(f"{name} NS", "NODATA") for name in below),
        *told_servers(zone, NS1, NS2),
        told_by(NS1, asked, MAIL),
        told_by(NS2, asked, "other.example.com."),
    )
    verdict = judged(CHECK, "reverse nameservers of IP 2001:db8::25 agree", *told_all)
    assert verdict.tags == ("nameservers-differ",)
