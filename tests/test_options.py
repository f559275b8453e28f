"""Options become settings, or a message that says what was expected."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from mailcheck.errors import UsageError
from mailcheck.names import parse_address
from mailcheck.options import OPTIONS
from mailcheck.proposals import ProposedFiles, ProposedServers
from mailcheck.settings import Resolver, Settings, settings_of
from mailcheck.zone_name import ZoneName


def test_nothing_given_is_the_defaults() -> None:
    assert settings_of({}) == Settings()


@pytest.mark.parametrize(
    ("key", "value", "field", "expected"),
    [
        pytest.param(
            "resolver",
            ["192.0.2.1"],
            "resolvers",
            (Resolver(parse_address("192.0.2.1")),),
            id="a resolver",
        ),
        pytest.param(
            "resolver",
            ["192.0.2.1:5353", "[2001:db8::1]:54", "2001:db8::2"],
            "resolvers",
            (
                Resolver(parse_address("192.0.2.1"), 5353),
                Resolver(parse_address("2001:db8::1"), 54),
                Resolver(parse_address("2001:db8::2")),
            ),
            id="resolvers with ports and without",
        ),
        pytest.param(
            "resolver", ["Authoritative"], "authoritative", True, id="the servers of each zone"
        ),
        pytest.param(
            "resolver",
            ["authoritative", "192.0.2.1"],
            "resolvers",
            (Resolver(parse_address("192.0.2.1")),),
            id="the servers of each zone, a resolver for the way",
        ),
        pytest.param(
            "proposed",
            ["zones", "ns:example.com=ns1.example.net"],
            "proposed",
            (
                ProposedFiles(Path("zones")),
                ProposedServers(ZoneName("example.com"), ("ns1.example.net",)),
            ),
            id="changes",
        ),
        pytest.param("budget", "90", "budget", 90.0, id="a budget in seconds"),
        pytest.param("budget", "90s", "budget", 90.0, id="a budget in seconds, with their unit"),
        pytest.param("budget", "10m", "budget", 600.0, id="a budget in minutes"),
        pytest.param("budget", "1h", "budget", 3600.0, id="a budget in hours"),
        pytest.param(
            "connect_to",
            ["203.0.113.25:25:127.0.0.1:2525", "[2001:db8::1]:25:[::1]:26"],
            "connect_to",
            {("203.0.113.25", 25): ("127.0.0.1", 2525), ("2001:db8::1", 25): ("::1", 26)},
            id="detours",
        ),
        pytest.param("lab", "auto", "lab", "auto", id="the lab of each suite"),
        pytest.param("lab", Path("labs/one"), "lab", Path("labs/one"), id="one lab for all"),
        pytest.param("offline", True, "offline", True, id="nobody"),
        pytest.param("ca_file", Path("ca.pem"), "ca_file", Path("ca.pem"), id="authorities"),
        pytest.param("ehlo", "[192.0.2.1]", "ehlo", "[192.0.2.1]", id="an address literal"),
        pytest.param("secrets", ["KEY"], "secrets", frozenset({"KEY"}), id="names of secrets"),
        pytest.param("min_evaluated", "80%", "min_evaluated", 80, id="a share"),
        pytest.param("min_evaluated", "80", "min_evaluated", 80, id="a share without its sign"),
    ],
)
def test_a_value_is_read(key: str, value: Any, field: str, expected: Any) -> None:
    assert getattr(settings_of({f"mail_{key}": value}), field) == expected


def test_live_comes_before_a_lab() -> None:
    assert settings_of({"mail_live": True, "mail_lab": "auto"}).lab is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param("resolver", "ns1.example.com", id="a resolver by name"),
        pytest.param("resolver", "192.0.2.1:port", id="a port that is a word"),
        pytest.param("resolver", "192.0.2.1:0", id="port 0"),
        pytest.param("resolver", "192.0.2.1:99999", id="a port beyond the last"),
        pytest.param("resolver", "udp://192.0.2.1", id="a resolver over something else"),
        pytest.param("resolver", "authority", id="nearly the word"),
        pytest.param("connect_to", "203.0.113.25:25", id="half a detour"),
        pytest.param("connect_to", "203.0.113.25:25:127.0.0.1:99999", id="a detour to no port"),
        pytest.param("private_networks", "10.0.0.1/8", id="a network with host bits"),
        pytest.param("private_networks", "home", id="a network by name"),
    ],
)
def test_what_cannot_be_used_is_named_with_what_was_expected(key: str, value: str) -> None:
    with pytest.raises(UsageError) as caught:
        settings_of({f"mail_{key}": [value]})
    option = f"--mail-{key.replace('_', '-')} (ini mail_{key}) is {value!r}; it takes "
    assert str(caught.value).startswith(option)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param("ehlo", "a b", id="a name with a space"),
        pytest.param("ehlo", "a\r\nMAIL FROM:<>", id="a command behind the name"),
        pytest.param("budget", "0", id="no time at all"),
        pytest.param("budget", "-5", id="less than no time"),
        pytest.param("budget", "10 minutes", id="a time in words"),
        pytest.param("budget", "1.5h", id="a broken number"),
        pytest.param("budget", "\u0663s", id="a digit of another script"),
        pytest.param("min_evaluated", "101%", id="more than all"),
        pytest.param("min_evaluated", "most", id="a share in words"),
    ],
)
def test_a_single_value_that_cannot_be_used(key: str, value: str) -> None:
    with pytest.raises(UsageError, match="it takes"):
        settings_of({f"mail_{key}": value})


def test_https_takes_a_package_that_is_optional(monkeypatch: pytest.MonkeyPatch) -> None:
    """Said before anything is asked, not by each requirement."""
    url = "https://192.0.2.1/dns-query"
    assert settings_of({"mail_resolver": [url]}).resolvers
    monkeypatch.setitem(sys.modules, "httpx2", None)  # as if it were not installed
    with pytest.raises(UsageError, match=r"pip install pytest-mailcheck\[doh\]"):
        settings_of({"mail_resolver": [url]})
    assert settings_of({"mail_resolver": ["tls://192.0.2.1"]}).resolvers


def test_every_option_has_help_and_a_name_of_its_own() -> None:
    assert [option.name for option in OPTIONS if not option.help.endswith(".")] == []
    assert len({option.ini for option in OPTIONS}) == len(OPTIONS)
    assert {option.kind for option in OPTIONS} == {"text", "list", "flag", "path"}
