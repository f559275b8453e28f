"""Resolvers that a run names: by address, or by a host that this machine knows."""

from __future__ import annotations

import asyncio
import socket
import threading

import pytest

from mailcheck.facts.dns import NameServer
from mailcheck.probes.dns import named as named_module
from mailcheck.probes.dns.named import named_resolvers
from mailcheck.resolvers import read_resolver, resolver_address


def named(*texts: str) -> tuple[NameServer, ...]:
    return asyncio.run(named_resolvers(map(read_resolver, texts)))


def test_an_address_is_taken_as_it_is() -> None:
    assert named("192.0.2.1:5353", "fe80::1%eth0") == (
        NameServer(resolver_address("192.0.2.1"), port=5353),
        NameServer(resolver_address("fe80::1%eth0")),
    )


def test_the_name_of_a_certificate_is_kept() -> None:
    [server] = named("tls://192.0.2.1#dns.example")
    assert (server.name, server.port, server.protocol) == ("dns.example", 853, "tls")


def test_a_host_is_looked_up_on_this_machine() -> None:
    found = named("https://localhost:8443/q")
    assert found
    for server in found:
        assert server.address.is_loopback
        assert (server.name, server.port) == ("localhost", 8443)
        assert (server.protocol, server.path) == ("https", "/q")


def test_a_server_that_is_named_twice_is_asked_once() -> None:
    assert len(named("192.0.2.1", "192.0.2.1", "tls://192.0.2.1")) == 2


def test_a_look_up_holds_up_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """The C library waits as long as it likes; neither the run nor its end waits with it."""
    answers = threading.Event()
    monkeypatch.setattr(named_module, "PATIENCE", 0.01)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_given: answers.wait() and [])
    with pytest.raises(OSError, match=r"tls://dns\.example: it does not answer"):
        named("tls://dns.example")
    assert all(thread.daemon for thread in threading.enumerate() if thread.name.startswith("look"))
    answers.set()


def test_two_services_on_one_address_are_two() -> None:
    found = named("tls://192.0.2.1#family.dns.example", "tls://192.0.2.1#dns.example")
    assert [one.authentication for one in found] == ["family.dns.example", "dns.example"]


def test_a_host_without_an_address_is_named() -> None:
    """No label of a name may be longer than 63 letters, so nobody is asked for this one."""
    resolver = read_resolver("tls://dns.example")
    with pytest.raises(OSError, match="no address for tls://"):
        asyncio.run(named_resolvers([type(resolver)(None, 853, "tls", "x" * 64)]))
