"""Servers, and how an answer names the one that gave it."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.facts.name_server import NameServer, Reply, dig
from mailcheck.names import parse_address

ADDRESS = parse_address("192.0.2.53")


@pytest.mark.parametrize(
    ("given", "shown", "command"),
    [
        pytest.param({}, "192.0.2.53", "dig @192.0.2.53 a.example A", id="plain"),
        pytest.param(
            {"name": "ns1.example", "port": 5353},
            "ns1.example (192.0.2.53 port 5353)",
            "dig -p 5353 @192.0.2.53 a.example A",
            id="named, at another port",
        ),
        pytest.param(
            {"protocol": "tls", "port": 853},
            "192.0.2.53 over TLS",
            "dig +tls +tls-ca @192.0.2.53 a.example A",
            id="TLS",
        ),
        pytest.param(
            {"protocol": "tls", "port": 853, "authentication": "dns.example"},
            "192.0.2.53 over TLS",
            "dig +tls +tls-ca +tls-hostname=dns.example @192.0.2.53 a.example A",
            id="TLS, with the name that its certificate must hold",
        ),
        pytest.param(
            {"protocol": "https", "port": 443, "path": "/q", "name": "dns.example"},
            "dns.example (192.0.2.53) over HTTPS",
            "dig +https=/q +tls-ca @192.0.2.53 a.example A",
            id="HTTPS",
        ),
        pytest.param(
            {"protocol": "https", "port": 8443},
            "192.0.2.53 port 8443 over HTTPS",
            "dig +https +tls-ca -p 8443 @192.0.2.53 a.example A",
            id="HTTPS without a path",
        ),
    ],
)
def test_a_server_shows_itself_and_how_to_ask_it(
    given: dict[str, Any], shown: str, command: str
) -> None:
    server = NameServer(ADDRESS, **given)
    assert str(server) == shown
    assert dig("a.example", "A", server, recursive=True) == command


def test_a_direct_question_is_asked_without_recursion() -> None:
    line = dig("a.example", "A", NameServer(ADDRESS), recursive=False)
    assert line == "dig +norecurse @192.0.2.53 a.example A"


def test_the_protocol_makes_another_server_and_the_name_does_not() -> None:
    assert NameServer(ADDRESS, "one") == NameServer(ADDRESS, "two")
    assert NameServer(ADDRESS) != NameServer(ADDRESS, protocol="tls")
    assert NameServer(ADDRESS, authentication="a.example") != NameServer(
        ADDRESS, authentication="b.example"
    )
    assert NameServer(ADDRESS, path="/a") != NameServer(ADDRESS, path="/b")


def test_a_reply_tells_its_source() -> None:
    source = Reply(NameServer(ADDRESS), recursive=True, transport="TCP", milliseconds=3.14)
    told = source.source("a.example", "A")
    assert str(told) == "from 192.0.2.53, over TCP, 3 ms"
    assert (told.milliseconds, told.command) == (3.1, "dig +tcp @192.0.2.53 a.example A")
