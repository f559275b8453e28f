"""Probes that are made when they are needed."""

from __future__ import annotations

import asyncio
import ipaddress

import pytest

from mailcheck.facts.https import HttpsGet
from mailcheck.facts.imap.session import ImapSession
from mailcheck.names import parse_address
from mailcheck.probes.reach import Reach
from mailcheck.probes.routes import Routes
from mailcheck.question import Question
from mailcheck.world.late import LateProbe, https_probe, imap_probe
from tests.probes.https.conftest import ASKED, Web, ok

NOWHERE = parse_address("10.0.0.1")


@pytest.mark.parametrize(
    ("probe", "asked"),
    [
        (imap_probe(Routes(closed=True), (), Reach()), ImapSession(NOWHERE, 993)),
        (https_probe(Routes(closed=True), (), Reach()), HttpsGet(NOWHERE, 443, "a", "/", 1)),
    ],
)
def test_each_protocol_has_its_probe(probe: LateProbe, asked: Question[object]) -> None:
    assert asyncio.run(probe.answer(asked)).cause == "not-in-lab"


def test_a_probe_that_nobody_asked_has_nothing_to_close() -> None:
    asyncio.run(LateProbe(lambda: pytest.fail("made in vain")).closed())


def test_it_is_made_once_and_closed_with_the_world() -> None:
    made = []

    class Probe:
        open = True

        def __init__(self) -> None:
            made.append(self)

        async def answer(self, question: object) -> object:
            return question

        async def closed(self) -> None:
            self.open = False

    async def run() -> None:
        probe = LateProbe(Probe)
        assert [await probe.answer(number) for number in (1, 2)] == [1, 2]
        await probe.closed()

    asyncio.run(run())
    assert [probe.open for probe in made] == [False]


def test_networks_that_the_run_allows_are_asked() -> None:
    async def run() -> object:
        async with Web((ok(b"x"),)).serving() as web:
            public = (ipaddress.ip_network("192.0.2.0/24"),)
            routes = Routes({("192.0.2.80", 443): ("127.0.0.1", web.port)})
            probe = https_probe(routes, public, Reach())
            said = await probe.answer(ASKED)
            await probe.closed()
            return said.body

    assert asyncio.run(run()) == b"x"
