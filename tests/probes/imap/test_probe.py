"""Whom the probe may ask, how many at a time, and what it leaves behind."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from mailcheck.facts.imap.session import ImapSession, ImapSessionFact
from mailcheck.names import parse_address
from mailcheck.probes.imap import ImapProbe
from mailcheck.probes.reach import Reach
from mailcheck.probes.routes import Routes
from mailcheck.question import Unobserved

Serving: TypeAlias = Callable[..., Any]

POLITE = (b"* OK hi\r\n", "hear", b"* CAPABILITY IMAP4rev1\r\nm1 OK\r\n", "hear", b"m2 OK\r\n")


def session(address: str, port: int = 143) -> ImapSession:
    """The question about *address*."""
    return ImapSession(parse_address(address), port)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1"])
def test_an_address_that_is_not_public_is_not_asked(serving: Serving, address: str) -> None:
    async def asked() -> tuple[ImapSessionFact | Unobserved, int]:
        async with serving(*POLITE) as server:
            answer = await ImapProbe(Routes()).answer(session(address, server.port))
        return answer, server.most_open

    answer, opened = asyncio.run(asked())
    assert isinstance(answer, Unobserved)
    assert (answer.cause, answer.not_evaluated, opened) == ("private-address", True, 0)
    assert "--mail-private-networks" in answer.text


def test_a_private_network_is_asked_if_the_run_allows_it(serving: Serving) -> None:
    async def asked() -> ImapSessionFact | Unobserved:
        async with serving(*POLITE) as server:
            probe = ImapProbe(Routes(), allowed=(ipaddress.ip_network("127.0.0.0/8"),))
            return await probe.answer(session("127.0.0.1", server.port))

    assert isinstance(asyncio.run(asked()), ImapSessionFact)


def test_a_closed_world_has_nothing_but_its_detours() -> None:
    answer = asyncio.run(ImapProbe(Routes(closed=True)).answer(session("192.0.2.25")))
    assert isinstance(answer, Unobserved)
    assert answer.cause == "not-in-lab"


def test_an_address_has_one_session_at_a_time(serving: Serving) -> None:
    async def asked() -> int:
        async with serving(*POLITE) as server:
            here = ("127.0.0.1", server.port)
            probe = ImapProbe(Routes({("192.0.2.1", port): here for port in (1, 2, 3)}))
            await asyncio.gather(*(probe.answer(session("192.0.2.1", p)) for p in (1, 2, 3)))
        return int(server.most_open)

    assert asyncio.run(asked()) == 1


def test_a_session_that_is_given_up_leaves_nothing_open(serving: Serving) -> None:
    """At the end of ``serving`` all clients must be gone, or it waits for them."""

    async def asked() -> bool:
        async with serving("silence") as server:
            probe = ImapProbe(Routes({("192.0.2.1", 143): ("127.0.0.1", server.port)}))
            asking = asyncio.create_task(probe.answer(session("192.0.2.1")))
            await server.silent.wait()
            asking.cancel()
            await asyncio.wait([asking])
        return asking.cancelled()

    assert asyncio.run(asked())


def test_nobody_is_tried_on_a_port_that_is_shut(serving: Serving) -> None:
    """Control hosts are asked by the probe of SMTP, and what it finds out holds for this one."""

    async def asked() -> tuple[ImapSessionFact | Unobserved, int]:
        async with serving(*POLITE) as server:
            reach = Reach()
            for host in ("192.0.2.1", "192.0.2.2"):
                with reach.asking(parse_address(host), 143):
                    pass
            reach.reached(parse_address("192.0.2.3"), 443)
            routes = Routes({("192.0.2.9", 143): ("127.0.0.1", server.port)}, closed=True)
            answer = await ImapProbe(routes, reach=reach).answer(session("192.0.2.9"))
        return answer, server.most_open

    answer, opened = asyncio.run(asked())
    assert isinstance(answer, Unobserved)
    assert (answer.cause, opened) == ("timeout", 0)
    assert "not tried" in answer.text


def test_who_was_reached_shows_that_the_port_is_open(serving: Serving) -> None:
    async def asked() -> ImapSessionFact | Unobserved:
        async with serving(*POLITE) as server:
            reach = Reach()
            here = {(f"192.0.2.{n}", 143): ("127.0.0.1", server.port) for n in (8, 9)}
            probe = ImapProbe(Routes(here, closed=True), reach=reach)
            await probe.answer(session("192.0.2.8"))
            for host in ("192.0.2.1", "192.0.2.2"):
                with reach.asking(parse_address(host), 143):
                    pass
            reach.reached(parse_address("192.0.2.3"), 443)
            return await probe.answer(session("192.0.2.9"))

    assert isinstance(asyncio.run(asked()), ImapSessionFact)
