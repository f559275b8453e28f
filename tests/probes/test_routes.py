"""Where packets go: to the address itself, round about, or nowhere."""

from __future__ import annotations

import asyncio
import errno
import socket
from typing import Any

import pytest

from mailcheck.facts.dns import DnsAnswer, DnsQuery, NameServer, ServerQuery, name_server
from mailcheck.names import Port, parse_address
from mailcheck.probes.dns import DnsProbe
from mailcheck.probes.dns.datagrams.pace import Patience
from mailcheck.probes.routes import Endpoint, Routes, has_route, socket_address
from mailcheck.question import Unobserved
from tests.probes.dns.scripted import answered

DETOURS = {
    ("192.0.2.53", 53): ("127.0.0.1", 5353),
    ("2001:db8::53", 53): ("::1", 5353),
}


@pytest.mark.parametrize(
    ("address", "port", "expected"),
    [
        pytest.param("192.0.2.53", 53, ("127.0.0.1", 5353), id="detour"),
        pytest.param("192.0.2.53", 25, ("192.0.2.53", 25), id="another port is another place"),
        pytest.param("192.0.2.54", 53, ("192.0.2.54", 53), id="no detour"),
        pytest.param("2001:DB8:0::53", 53, ("::1", 5353), id="IPv6 however it is written"),
        pytest.param("::ffff:192.0.2.53", 53, ("127.0.0.1", 5353), id="IPv4 written as IPv6"),
    ],
)
def test_an_open_world_leads_everywhere(address: str, port: int, expected: Endpoint) -> None:
    assert Routes(DETOURS).to(parse_address(address), port) == expected


@pytest.mark.parametrize(("address", "port"), [("192.0.2.53", 25), ("192.0.2.54", 53)])
def test_a_closed_world_leads_nowhere_else(address: str, port: int) -> None:
    said = Routes(DETOURS, closed=True).to(parse_address(address), port)
    assert isinstance(said, Unobserved)
    assert (said.cause, said.not_evaluated) == ("not-in-lab", False)
    assert f"nothing at {address} port {port}; --mail-live" in said.text


def test_a_closed_world_has_its_detours() -> None:
    routes = Routes(DETOURS, closed=True)
    assert routes.to(parse_address("192.0.2.53"), 53) == ("127.0.0.1", 5353)


V6 = name_server("2001:db8::53")
V4 = name_server("192.0.2.53")


@pytest.fixture
def no_ipv6(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel of a machine without a route for IPv6."""

    class Socket(socket.socket):
        def connect(self, address: Any) -> None:
            if self.family == socket.AF_INET6:
                raise OSError(errno.ENETUNREACH, "Network is unreachable")
            super().connect(address)

    monkeypatch.setattr(socket, "socket", Socket)


@pytest.mark.usefixtures("no_ipv6")
def test_without_a_route_there_is_none() -> None:
    assert not has_route(("2001:db8::53", 53))


@pytest.mark.usefixtures("no_ipv6")
def test_ipv4_is_never_doubted() -> None:
    assert has_route(("192.0.2.53", 53))


def test_a_route_that_is_there_is_found() -> None:
    if not socket.has_ipv6:
        pytest.skip("this Python has no IPv6")
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_DGRAM) as loopback:
            loopback.connect(("::1", 53))
    except OSError:
        pytest.skip("this machine has no IPv6, not even on loopback")
    assert has_route(("::1", 53))


def test_a_route_to_a_port_that_a_suite_names_is_found() -> None:
    """It is an int of a class of its own, which getaddrinfo does not take."""
    if not has_route(("::1", 25)):
        pytest.skip("this machine has no IPv6, not even on loopback")
    assert has_route(("::1", Port.parse("25")))


@pytest.mark.parametrize(
    ("endpoint", "address"),
    [
        pytest.param(("127.0.0.1", 53), ("127.0.0.1", 53), id="IPv4"),
        pytest.param(("::1", 53), ("::1", 53, 0, 0), id="IPv6"),
        pytest.param(("fe80::1%lo", 53), ("fe80::1", 53, 0, 1), id="IPv6 on a link"),
    ],
)
def test_a_socket_gets_the_address_in_full(endpoint: Endpoint, address: tuple[Any, ...]) -> None:
    if "%" in endpoint[0] and (1, "lo") not in socket.if_nameindex():
        pytest.skip("this machine has no such interface")
    assert socket_address(endpoint)[1] == address


def test_an_interface_that_is_not_there_is_no_way() -> None:
    with pytest.raises(OSError, match=r"."):
        socket_address(("fe80::1%nosuch", 53))
    assert not has_route(("fe80::1%nosuch", 53))


def test_a_closed_world_has_both_families() -> None:
    assert Routes(closed=True).families() == (True, True)


@pytest.mark.usefixtures("no_ipv6")
def test_without_a_route_a_family_is_missing() -> None:
    assert not Routes().families()[1]


async def asked(
    question: DnsQuery | ServerQuery, resolvers: tuple[NameServer, ...], routes: Routes
) -> DnsAnswer | Unobserved:
    """Ask a probe that has little patience."""
    loop = asyncio.get_running_loop()
    probe = DnsProbe(loop, resolvers, routes, Patience(total=0.05))
    try:
        return await answered(probe, question)
    finally:
        await probe.closed()


@pytest.mark.usefixtures("no_ipv6")
def test_a_server_that_cannot_be_asked_is_not_called_silent() -> None:
    answer = asyncio.run(asked(ServerQuery("a.example", "A", V6), (), Routes()))
    assert isinstance(answer, Unobserved)
    assert (answer.cause, answer.not_evaluated) == ("no-ipv6-route", True)
    assert len(answer.evidence) == 1


@pytest.mark.usefixtures("no_ipv6")
@pytest.mark.parametrize("resolvers", [(V6, V4), (V4, V6)], ids=["IPv6 first", "IPv4 first"])
def test_the_other_resolver_is_asked_and_its_failure_counts(
    resolvers: tuple[NameServer, ...],
) -> None:
    """A resolver nobody can ask from here hides neither another one nor what went wrong there."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        routes = Routes({("192.0.2.53", 53): silent.getsockname()})
        answer = asyncio.run(asked(DnsQuery("a.example", "A"), resolvers, routes))
    assert isinstance(answer, Unobserved)
    assert (answer.cause, answer.not_evaluated) == ("timeout", False)
