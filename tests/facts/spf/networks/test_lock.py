"""Locks of SPF: what is written is read again, and what is wrong is told at its place."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from mailcheck.errors import SourceError
from mailcheck.facts.spf.networks.authorised import Listed, SpfNetworksFact, Unlisted
from mailcheck.facts.spf.networks.lock import SpfLock, key_of, last_of, told_key

OWN = ("Example.com",)
VENDOR = ("Example.com", "_spf.example.net")

FACT = SpfNetworksFact(
    None,
    "example.com",
    (
        Listed(VENDOR, "ip6:2001:db8::/32", (ip_network("2001:db8::/32"),)),
        Listed(OWN, "ip4:192.0.2.0/25", (ip_network("192.0.2.0/25"),)),
        Listed(OWN, "ip4:192.0.2.128/25", (ip_network("192.0.2.128/25"),)),
        Listed(VENDOR, "a", (ip_network("203.0.113.9"), ip_network("198.51.100.0/24"))),
    ),
    (
        Unlisted(VENDOR, "exists:%{i}._spf.example.net", passes=True),
        Unlisted(VENDOR, "-ptr", passes=False),
    ),
)

TEXT = """\
# What SPF of example.com lets pass: `mailcheck lock spf example.com` writes it anew.
spf-lock: 1
domain: example.com
networks:
  example.com:
    - 192.0.2.0/24
  example.com > _spf.example.net:
    - 198.51.100.0/24
    - 203.0.113.9/32
    - 2001:db8::/32
unlisted:
  example.com > _spf.example.net:
    - "exists:%{i}._spf.example.net"
"""

NONE = """\
# What SPF of example.com lets pass: `mailcheck lock spf example.com` writes it anew.
spf-lock: 1
domain: example.com
networks: {}
"""


def test_it_has_one_network_a_line_by_the_records_that_lead_there() -> None:
    assert SpfLock.of("example.com", FACT).text() == TEXT


@pytest.mark.parametrize(
    "text", [pytest.param(TEXT, id="networks and a term"), pytest.param(NONE, id="nobody")]
)
def test_what_was_written_is_read_again(text: str) -> None:
    lock = SpfLock.of_file("a.lock", text, "suites/a.lock")
    assert (lock.text(), str(lock), lock.domain) == (text, "a.lock", "example.com")


def test_the_order_of_terms_makes_no_difference() -> None:
    turned = SpfNetworksFact(None, "x", FACT.listed[::-1], FACT.unlisted[::-1])
    assert SpfLock.of("example.com", turned) == SpfLock.of("example.com", FACT)


@pytest.mark.parametrize(
    "domain",
    [
        pytest.param('a": [b', id="YAML"),
        pytest.param("a b.example", id="a space"),
        pytest.param("#.example", id="a comment"),
        pytest.param("%_.example", id="a percent sign"),
        pytest.param("a:.example", id="a colon"),
        pytest.param("null", id="a word of YAML's"),
    ],
)
def test_hostile_names_are_read_again(domain: str) -> None:
    listed = Listed(("example.com", domain), "a", (ip_network("192.0.2.1"),))
    unlisted = Unlisted(("example.com", domain), "exists:%{i}'\"#{x", passes=True)
    fact = SpfNetworksFact(None, "example.com", (listed,), (unlisted,))
    lock = SpfLock.of("example.com", fact, "x")
    assert SpfLock.of_file("x", lock.text(), "x") == lock


def test_the_longest_way_is_a_key_that_yaml_takes() -> None:
    path = tuple(f"{n}.{'a' * 60}.{'b' * 60}.{'c' * 60}.example" for n in range(11))
    fact = SpfNetworksFact(None, "x", (Listed(path, "a", (ip_network("192.0.2.1"),)),))
    lock = SpfLock.of("example.com", fact, "x")
    assert SpfLock.of_file("x", lock.text(), "x") == lock
    assert last_of(key_of(path)) == path[-1]


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        pytest.param("", ["l:1:1: the file is empty; expected spf-lock: 1"], id="empty"),
        pytest.param(
            "mailcheck: 1\n",
            ["l:1:1: this is no lock of SPF; expected spf-lock: 1 first"],
            id="no lock",
        ),
        pytest.param(
            "- a\n", ["l:1:1: this is no lock of SPF; expected spf-lock: 1 first"], id="a list"
        ),
        pytest.param(
            "spf-lock: 2\ndomain: a.example\nnetworks: {}\n",
            ["l:1:11: the lock is written in version 2; this mailcheck reads version 1"],
            id="of another version",
        ),
        pytest.param(
            "spf-lock: 1\nnetworks: {}\nnetwork: {}\n",
            [
                "l:1:1: the lock has no domain; `mailcheck lock spf DOMAIN` writes it",
                'l:3:1: unknown key "network" in the lock; did you mean "networks"?',
            ],
            id="keys",
        ),
        pytest.param(
            "spf-lock: 1\ndomain: a.example\nnetworks:\n  a.example:\n    - 192.0.2.1/24\n    - x\n",
            [
                "l:5:7: this is no network: 192.0.2.1/24 has host bits set; expected 192.0.2.0/24",
                (
                    "l:6:7: this is no network: 'x' does not appear to be an IPv4 or IPv6 network; "
                    "expected 192.0.2.0/24"
                ),
            ],
            id="networks",
        ),
        pytest.param(
            "spf-lock: 1\ndomain: a.example\nnetworks: [192.0.2.0/24]\n",
            ["l:3:11: networks is a list; expected a mapping (key: value)"],
            id="networks of no record",
        ),
    ],
)
def test_what_is_wrong_is_told_where_it_stands(text: str, messages: list[str]) -> None:
    with pytest.raises(SourceError) as raised:
        SpfLock.of_file("l", text, "l")
    said = [" ".join(str(SourceError([p])).split()) for p in raised.value.problems]
    assert said == messages


def test_a_key_is_told_in_u_labels() -> None:
    assert told_key(key_of(("xn--mller-kva.example", "b.example"))) == "müller.example → b.example"
