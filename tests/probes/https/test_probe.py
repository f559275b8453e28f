"""Whom the probe may ask, how many at a time, and what it leaves behind."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.https import HttpsGetFact
from mailcheck.names import parse_address
from mailcheck.probes.https import HttpsProbe
from mailcheck.probes.reach import Reach
from mailcheck.probes.routes import Routes
from mailcheck.question import Unobserved
from tests.probes.https.conftest import ASKED, HOST, Web, asked_of, ok, tls_of

if TYPE_CHECKING:
    from mailcheck.facts.https import HttpsGet


def at(address: str, port: int = 443) -> HttpsGet:
    """The question about *address*."""
    return replace(ASKED, address=parse_address(address), port=port)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "168.63.129.16", "192.0.0.192", "::1"]
)
def test_an_address_that_is_not_public_is_not_asked(address: str) -> None:
    async def asked() -> tuple[HttpsGetFact | Unobserved, int]:
        async with Web((ok(b"x"),)).serving() as web:
            answer = await HttpsProbe(Routes()).answer(at(address, web.port))
        return answer, web.most_open

    answer, opened = asyncio.run(asked())
    assert isinstance(answer, Unobserved)
    assert (answer.cause, answer.not_evaluated, opened) == ("private-address", True, 0)
    assert "--mail-private-networks" in answer.text


def test_a_private_network_is_asked_if_the_run_allows_it() -> None:
    async def asked() -> HttpsGetFact | Unobserved:
        async with Web((ok(b"x"),)).serving() as web:
            probe = HttpsProbe(Routes(), allowed=(ipaddress.ip_network("127.0.0.0/8"),))
            try:
                return await probe.answer(at("127.0.0.1", web.port))
            finally:
                await probe.closed()

    answer = asyncio.run(asked())
    assert isinstance(answer, HttpsGetFact)
    assert answer.body == b"x"


def test_a_closed_world_has_nothing_but_its_detours() -> None:
    answer = asyncio.run(HttpsProbe(Routes(closed=True)).answer(ASKED))
    assert isinstance(answer, Unobserved)
    assert answer.cause == "not-in-lab"


def test_a_refusal_is_a_fact() -> None:
    async def asked() -> HttpsGetFact | Unobserved:
        with socket.socket() as shut:
            shut.bind(("127.0.0.1", 0))
            probe = HttpsProbe(Routes({("192.0.2.80", 443): shut.getsockname()}, closed=True))
            try:
                return await probe.answer(ASKED)
            finally:
                await probe.closed()

    answer = asyncio.run(asked())
    assert isinstance(answer, HttpsGetFact)
    assert (answer.refused, answer.broken, answer.tls) == (True, None, None)


def test_without_a_route_for_ipv6_nobody_is_asked() -> None:
    nowhere = Routes({("2001:db8::80", 443): ("fe80::1%nosuch0", 443)}, closed=True)
    answer = asyncio.run(HttpsProbe(nowhere).answer(at("2001:db8::80")))
    assert isinstance(answer, Unobserved)
    assert (answer.cause, answer.not_evaluated) == ("no-ipv6-route", True)


def test_an_address_has_one_request_at_a_time_and_each_its_own_connection() -> None:
    """Hosts that share an address have certificates of their own."""

    async def asked() -> Web:
        async with Web((ok(b"x"),), tls=tls_of(HOST)).serving() as web:
            routes = Routes({("192.0.2.80", 443): ("127.0.0.1", web.port)})
            probe = HttpsProbe(routes)
            hosts = ("a.example", "b.example", "c.example")
            await asyncio.gather(*(probe.answer(replace(ASKED, host=host)) for host in hosts))
            await probe.closed()
        return web

    web = asyncio.run(asked())
    assert web.most_open == 1
    assert web.names == ["a.example", "b.example", "c.example"]


@pytest.mark.parametrize("script", ["stuck", "silence"])
def test_a_request_that_is_given_up_leaves_nothing_open(script: str) -> None:
    """At the end of ``serving`` all clients must be gone, or it waits for them."""

    async def asked() -> bool:
        async with Web((script,)).serving() as web:
            probe = HttpsProbe(Routes({("192.0.2.80", 443): ("127.0.0.1", web.port)}))
            asking = asyncio.create_task(probe.answer(ASKED))
            await web.silent.wait()
            asking.cancel()
            await asyncio.wait([asking])
            await probe.closed()
        return asking.cancelled()

    assert asyncio.run(asked())


def test_nobody_is_tried_on_a_port_that_is_shut() -> None:
    async def asked() -> tuple[HttpsGetFact | Unobserved, int]:
        async with Web((ok(b"x"),)).serving() as web:
            reach = Reach()
            for host in ("192.0.2.1", "192.0.2.2"):
                with reach.asking(parse_address(host), 8443):
                    pass
            reach.reached(parse_address("192.0.2.3"), 443)
            routes = Routes({("192.0.2.9", 8443): ("127.0.0.1", web.port)}, closed=True)
            answer = await HttpsProbe(routes, reach=reach).answer(at("192.0.2.9", 8443))
        return answer, web.most_open

    answer, opened = asyncio.run(asked())
    assert isinstance(answer, Unobserved)
    assert (answer.cause, opened) == ("timeout", 0)
    assert "not tried" in answer.text


def test_another_port_is_named_in_the_request() -> None:
    web = Web((ok(b"x"),))
    asyncio.run(asked_of(web, question=at("192.0.2.80", 8443)))
    assert f"host: {HOST}:8443\r\n" in web.heads[0].lower()
