"""Whom the probe may ask, how many at a time, and what it leaves behind."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import pytest

from mailcheck.errors import UsageError
from mailcheck.facts.smtp.session import SmtpSession, SmtpSessionFact
from mailcheck.facts.smtp.vantage import PortAnswers
from mailcheck.facts.tls.handshake import Tls
from mailcheck.names import parse_address
from mailcheck.probes.routes import Routes
from mailcheck.probes.smtp import SmtpProbe
from mailcheck.question import Unobserved

Serving: TypeAlias = Callable[..., Any]

POLITE = (b"220 mx\r\n", "hear", b"250 mx\r\n", "hear", b"221 bye\r\n")


def session(address: str, port: int = 25) -> SmtpSession:
    """The question about *address*."""
    return SmtpSession(parse_address(address), port)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1"])
def test_an_address_that_is_not_public_is_not_asked(serving: Serving, address: str) -> None:
    """A suite comes with a pull request; it must not make a runner look around at home."""

    async def asked() -> tuple[SmtpSessionFact | Unobserved, int]:
        async with serving(*POLITE) as server:
            answer = await SmtpProbe(Routes()).answer(session(address, server.port))
        return answer, server.most_open

    answer, opened = asyncio.run(asked())
    assert isinstance(answer, Unobserved)
    assert (answer.cause, answer.not_evaluated) == ("private-address", True)
    assert "--mail-private-networks" in answer.text
    assert opened == 0


def test_a_private_network_is_asked_if_the_run_allows_it(serving: Serving) -> None:
    async def asked() -> SmtpSessionFact | Unobserved:
        async with serving(*POLITE) as server:
            probe = SmtpProbe(Routes(), allowed=(ipaddress.ip_network("127.0.0.0/8"),))
            return await probe.answer(session("127.0.0.1", server.port))

    assert isinstance(asyncio.run(asked()), SmtpSessionFact)


def test_a_private_address_with_a_detour_is_asked_there(serving: Serving) -> None:
    async def asked() -> SmtpSessionFact | Unobserved:
        async with serving(*POLITE) as server:
            probe = SmtpProbe(Routes({("10.0.0.1", 25): ("127.0.0.1", server.port)}))
            return await probe.answer(session("10.0.0.1"))

    assert isinstance(asyncio.run(asked()), SmtpSessionFact)


def test_a_closed_world_has_nothing_but_its_detours() -> None:
    answer = asyncio.run(SmtpProbe(Routes(closed=True)).answer(session("192.0.2.25")))
    assert isinstance(answer, Unobserved)
    assert answer.cause == "not-in-lab"


@pytest.mark.parametrize("ehlo", ["two words", "evil\r\nMAIL FROM:<>", "메일.example", "a\tb"])
def test_a_name_that_cannot_be_said_is_refused_at_once(ehlo: str) -> None:
    with pytest.raises(UsageError, match="EHLO"):
        SmtpProbe(Routes(), ehlo)


def together(serving: Serving, addresses: list[str], sessions: int) -> int:
    """Ask all *addresses*, which lead to one server; return how many it saw at a time."""

    async def asked() -> int:
        async with serving(*POLITE) as server:
            here = ("127.0.0.1", server.port)
            ports = range(1, 4)
            probe = SmtpProbe(
                Routes({(a, p): here for a in addresses for p in ports}), sessions=sessions
            )
            questions = [session(a, p) for a in addresses for p in ports]
            answers = await asyncio.gather(*map(probe.answer, questions))
        assert all(isinstance(answer, SmtpSessionFact) for answer in answers)
        return int(server.most_open)

    return asyncio.run(asked())


def test_an_address_has_one_session_at_a_time(serving: Serving) -> None:
    assert together(serving, ["192.0.2.1"], sessions=20) == 1


def test_several_addresses_are_asked_at_once(serving: Serving) -> None:
    assert together(serving, ["192.0.2.1", "192.0.2.2", "192.0.2.3"], sessions=20) > 1


def test_all_addresses_together_have_a_limit(serving: Serving) -> None:
    assert together(serving, [f"192.0.2.{n}" for n in range(1, 6)], sessions=2) == 2


def test_a_busy_address_takes_no_place_from_others(serving: Serving) -> None:
    """Two sessions for a silent server, room for two: a third server is still asked."""

    async def asked() -> SmtpSessionFact | Unobserved:
        async with serving("silence") as silent, serving(*POLITE) as other:
            to_silent = {("192.0.2.1", port): ("127.0.0.1", silent.port) for port in (25, 587)}
            routes = Routes({**to_silent, ("192.0.2.2", 25): ("127.0.0.1", other.port)})
            probe = SmtpProbe(routes, sessions=2)
            stuck = [
                asyncio.create_task(probe.answer(session("192.0.2.1", port))) for port in (25, 587)
            ]
            await silent.silent.wait()
            answer = await probe.answer(session("192.0.2.2"))
            assert not any(task.done() for task in stuck)
            for task in stuck:
                task.cancel()
            await asyncio.gather(*stuck, return_exceptions=True)
            return answer

    assert isinstance(asyncio.run(asked()), SmtpSessionFact)


@pytest.mark.parametrize(
    ("script", "heard"),
    [
        pytest.param(("silence",), [], id="before the greeting"),
        pytest.param((b"220 mx\r\n", "hear", "silence"), ["EHLO [127.0.0.1]", "QUIT"], id="later"),
    ],
)
def test_a_cancelled_session_is_closed(
    serving: Serving, script: tuple[Any, ...], heard: list[str]
) -> None:
    """The server sees the end of the connection; it would wait for ever otherwise."""

    async def asked() -> list[str]:
        async with serving(*script) as server:
            probe = SmtpProbe(Routes({("192.0.2.1", 25): ("127.0.0.1", server.port)}))
            task = asyncio.create_task(probe.answer(session("192.0.2.1")))
            await server.silent.wait()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert task.cancelled()
        return list(server.heard)

    assert heard == asyncio.run(asked())


def test_nobody_is_tried_on_a_port_that_is_shut(serving: Serving) -> None:
    """Two control hosts are out of reach and the web is there; the server would have answered."""

    async def asked() -> tuple[SmtpSessionFact | Unobserved, int]:
        async with serving(*POLITE) as server, serving("hear") as web:
            there = {("192.0.2.9", 25): server.port, ("192.0.2.1", 443): web.port}
            shut = {(f"192.0.2.{n}", 25): 1 for n in (1, 2)}
            routes = {at: ("127.0.0.1", port) for at, port in {**there, **shut}.items()}
            probe = SmtpProbe(Routes(routes, closed=True))
            for address, port in list(routes)[1:]:
                await probe.port_answers(PortAnswers(parse_address(address), port))
            await web.idle.wait()
            return await probe.answer(session("192.0.2.9")), server.most_open

    answer, opened = asyncio.run(asked())
    assert isinstance(answer, Unobserved)
    assert (answer.cause, opened) == ("timeout", 0)
    assert "not tried" in answer.text


def test_control_hosts_that_may_not_be_asked_shut_no_port(serving: Serving) -> None:
    """A filter may give all of them an address at home."""

    async def asked() -> SmtpSessionFact | Unobserved:
        async with serving(*POLITE) as server, serving("hear") as web:
            there = {("192.0.2.9", 25): server.port, ("192.0.2.1", 443): web.port}
            routes = Routes({at: ("127.0.0.1", port) for at, port in there.items()})
            probe = SmtpProbe(routes)
            for address, port in (("10.0.0.1", 25), ("10.0.0.2", 25), ("192.0.2.1", 443)):
                await probe.port_answers(PortAnswers(parse_address(address), port))
            return await probe.answer(session("192.0.2.9"))

    assert isinstance(asyncio.run(asked()), SmtpSessionFact)


@pytest.mark.parametrize("version", ["TLSv1.2", "TLSv1.3"])
def test_a_session_offers_the_one_version_that_is_asked_for(serving: Serving, version: str) -> None:
    """The server speaks both."""
    hello = ("hear", b"250-mx\r\n250 STARTTLS\r\n", "hear")
    script = (b"220 mx\r\n", *hello, b"220 go\r\n", "tls", *hello, b"221 bye\r\n")

    async def asked() -> SmtpSessionFact | Unobserved:
        async with serving(*script) as server:
            probe = SmtpProbe(Routes({("192.0.2.1", 25): ("127.0.0.1", server.port)}))
            return await probe.answer(replace(session("192.0.2.1"), only_tls=version))

    answer = asyncio.run(asked())
    assert isinstance(answer, SmtpSessionFact)
    assert isinstance(answer.tls, Tls)
    assert (answer.only_tls, answer.tls.version) == (version, version)


@pytest.mark.skipif(ssl.HAS_SSLv3, reason="this OpenSSL still speaks SSL 3")
def test_a_version_that_cannot_be_offered_here_is_not_asked_for(serving: Serving) -> None:
    async def asked() -> tuple[SmtpSessionFact | Unobserved, list[str]]:
        async with serving(b"220 mx\r\n") as server:
            probe = SmtpProbe(Routes({("192.0.2.1", 25): ("127.0.0.1", server.port)}))
            answer = await probe.answer(replace(session("192.0.2.1"), only_tls="SSLv3"))
        return answer, server.heard

    answer, heard = asyncio.run(asked())
    assert isinstance(answer, Unobserved)
    assert (answer.cause, answer.not_evaluated) == ("tls-version-not-here", True)
    assert heard == []
