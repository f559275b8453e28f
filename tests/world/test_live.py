"""The live world: questions reach their probes, and whatever happens there comes back as a value."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pytest

from mailcheck.facts.dns import DnsAnswer, DnsQuery, ServerQuery, name_server
from mailcheck.facts.https import HttpsGet
from mailcheck.facts.imap.session import ImapSession
from mailcheck.facts.run import RunDate, RunDateFact, RunResolvers, RunResolversFact
from mailcheck.facts.scope import AddressScope
from mailcheck.facts.smtp.session import SmtpSession
from mailcheck.facts.smtp.vantage import PortAnswers
from mailcheck.names import parse_address
from mailcheck.probes.routes import Routes
from mailcheck.question import Question, Unobserved, question
from mailcheck.secrets import Secret
from mailcheck.world.live import LiveWorld
from tests.probes.dns.scripted import LOOPBACK, SILENCE, Reply, Server, says

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

A_DAY = datetime.date(2026, 1, 31)
RESOLVER = name_server("192.0.2.1")
DATA = says("example.com. 60 IN A 192.0.2.80")
TRUNCATED = says(flags="TC RA")


@question
class Strange(Question[RunDateFact]):
    """A leaf question that no probe knows."""

    number: int = 0


@dataclass
class Answers:
    """What was delivered."""

    given: list[Any]

    def take(self, answer: Any) -> None:
        """Keep *answer*."""
        self.given.append(answer)

    @property
    def causes(self) -> list[str]:
        """The causes of what was not observed."""
        return [answer.cause for answer in self.given if isinstance(answer, Unobserved)]


def live(
    loop: asyncio.AbstractEventLoop,
    port: int = 0,
    *,
    routes: Routes | None = None,
    budget: float | None = None,
    keys: Mapping[str, Secret] = {},
) -> LiveWorld:
    """A world with one resolver, which is at *port* of loopback and nowhere else."""
    here = Routes({("192.0.2.1", 53): (LOOPBACK, port)} if port else {}, closed=True)
    return LiveWorld(
        loop,
        routes=routes or here,
        budget=budget,
        resolvers=(RESOLVER,),
        public=(ipaddress.ip_network("10.0.0.0/8"),),
        ehlo="",
        today=A_DAY,
        keys=keys,
    )


@pytest.fixture
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    """A loop that gives up a test that would hang."""
    loop = asyncio.new_event_loop()
    loop.call_later(30, loop.stop)
    yield loop
    loop.close()


def turn(loop: asyncio.AbstractEventLoop) -> None:
    """Let *loop* turn exactly once: what that makes ready stays ready."""
    loop.call_soon(loop.stop)
    loop.run_forever()


@pytest.mark.parametrize("turns", range(5))
def test_a_step_finds_what_was_done_before_it_began(
    loop: asyncio.AbstractEventLoop, turns: int
) -> None:
    """A task may be done, and even delivered, before anybody waits: the wakeup must not be lost."""
    world, answers = live(loop), Answers([])
    world.answer(Strange(), answers.take)
    for _ in range(turns):
        turn(loop)
    world.step()
    assert answers.causes == ["no-probe"]


@pytest.mark.parametrize("turns", range(5))
def test_every_question_is_delivered_by_some_step(
    loop: asyncio.AbstractEventLoop, turns: int
) -> None:
    world, answers = live(loop), Answers([])
    for number in range(3):
        world.answer(Strange(number), answers.take)
        for _ in range(turns):
            turn(loop)
    while len(answers.given) < 3:
        world.step()
    assert answers.causes == ["no-probe"] * 3


def test_what_is_asked_while_answers_come_in_is_answered_too(
    loop: asyncio.AbstractEventLoop,
) -> None:
    """As an engine does: an answer makes the next question."""
    world, answers = live(loop), Answers([])

    def take(answer: Any) -> None:
        answers.take(answer)
        if len(answers.given) < 5:
            world.answer(Strange(len(answers.given)), take)

    world.answer(Strange(), take)
    while len(answers.given) < 5:
        world.step()
    assert len(answers.causes) == 5


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param(RunDate(), RunDateFact(A_DAY), id="the date"),
        pytest.param(RunResolvers(), RunResolversFact((RESOLVER,)), id="the resolvers"),
    ],
)
def test_what_needs_no_network_is_answered_at_once(
    loop: asyncio.AbstractEventLoop, asked: Question[Any], expected: object
) -> None:
    answers = Answers([])
    live(loop).answer(asked, answers.take)
    assert answers.given == [expected]


@pytest.mark.parametrize(
    ("address", "public"),
    [("203.0.113.25", False), ("8.8.8.8", True), ("10.1.2.3", True), ("192.168.0.1", False)],
)
def test_networks_that_the_run_allows_are_public(
    loop: asyncio.AbstractEventLoop,
    address: str,
    public: bool,  # noqa: FBT001  a column of the table
) -> None:
    answers = Answers([])
    live(loop).answer(AddressScope(parse_address(address)), answers.take)
    assert answers.given[0].public is public


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(DnsQuery("example.com", "A"), id="DNS"),
        pytest.param(ServerQuery("example.com", "A", RESOLVER), id="a DNS server"),
        pytest.param(SmtpSession(parse_address("8.8.8.8"), 25), id="SMTP"),
        pytest.param(ImapSession(parse_address("8.8.8.8"), 993), id="IMAP"),
        pytest.param(HttpsGet(parse_address("8.8.8.8"), 443, "a.example", "/", 9), id="HTTPS"),
    ],
)
def test_leaf_questions_go_to_probes(loop: asyncio.AbstractEventLoop, asked: Question[Any]) -> None:
    """Which here find that a closed world has no way anywhere."""
    world, answers = live(loop), Answers([])
    world.answer(asked, answers.take)
    world.step()
    assert answers.causes == ["not-in-lab"]


def test_a_port_that_is_shut_is_shut_for_every_protocol(loop: asyncio.AbstractEventLoop) -> None:
    """Control hosts are asked in the manner of SMTP; sessions on their ports may be of IMAP."""
    with socket.create_server((LOOPBACK, 0)) as web, socket.create_server((LOOPBACK, 0)) as imap:
        controls = [("192.0.2.1", 993), ("192.0.2.2", 993), ("192.0.2.3", 443)]
        there = [(LOOPBACK, 1), (LOOPBACK, 1), web.getsockname()]
        target = ("192.0.2.9", 993)
        routes = Routes({**dict(zip(controls, there, strict=True)), target: imap.getsockname()})
        world, answers = live(loop, routes=routes), Answers([])
        for number, (address, port) in enumerate(controls, 1):
            world.answer(PortAnswers(parse_address(address), port), answers.take)
            while len(answers.given) < number:
                world.step()
        world.answer(ImapSession(parse_address(target[0]), target[1]), answers.take)
        while len(answers.given) <= len(controls):
            world.step()
    assert "not tried" in answers.given[-1].text


async def asked_of(reply: Reply, budget: float | None = None) -> list[Any]:
    """Ask a scripted resolver inside the running loop."""
    server, answers = Server(reply), Answers([])
    async with server.serving():
        world = live(asyncio.get_running_loop(), server.port, budget=budget)
        world.answer(DnsQuery("example.com", "A"), answers.take)
        await world.stepped()
        await world.closed()
    return answers.given


def test_inside_a_running_loop_it_steps_too() -> None:
    [answer] = asyncio.run(asked_of(DATA))
    assert isinstance(answer, DnsAnswer)
    assert answer.texts == ("192.0.2.80",)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("2.0.0.127.${env:LIST_KEY}.evil.example", id="under another zone"),
        pytest.param("2.0.0.127.${env:HOME}.list.example", id="another variable"),
        pytest.param("${env:LIST_KEY}.${env:LIST_KEY}.list.example", id="twice"),
    ],
)
def test_a_name_with_a_secret_goes_nowhere_else(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither with the value nor as it is written."""
    monkeypatch.setenv("LIST_KEY", "k3y0f0urs")

    async def run() -> tuple[list[str], int]:
        server, answers = Server(DATA), Answers([])
        async with server.serving():
            keys = {"list.example": Secret("LIST_KEY")}
            world = live(asyncio.get_running_loop(), server.port, keys=keys)
            world.answer(DnsQuery(name, "A"), answers.take)
            world.answer(ServerQuery(name, "A", RESOLVER), answers.take)
            if len(answers.given) < 2:
                await world.stepped()
            await world.closed()
        return answers.causes, len(server.log)

    assert asyncio.run(run()) == (["secret-misplaced"] * 2, 0)


def test_a_probe_that_crashes_observed_nothing(loop: asyncio.AbstractEventLoop) -> None:
    world, answers = live(loop, port=9), Answers([])
    world.answer(DnsQuery(cast("Any", 5), "A"), answers.take)
    world.step()
    assert answers.causes == ["probe-crashed"]
    assert answers.given[0].text.startswith("TypeError: ")


def test_a_taker_that_crashes_ends_the_step_and_not_silently(
    loop: asyncio.AbstractEventLoop,
) -> None:
    def crash(_: Any) -> None:
        raise ZeroDivisionError

    world = live(loop)
    world.answer(Strange(), crash)
    with pytest.raises(ZeroDivisionError):
        world.step()


async def asked_within(budget: float) -> tuple[list[str], list[str]]:
    """Return the causes of what is open when the budget is spent, and of what is asked later."""
    server, answers = Server(SILENCE), Answers([])
    with socket.create_server((LOOPBACK, 0)) as silent:
        async with server.serving():
            mail = ("10.1.2.3", 25), silent.getsockname()
            routes = Routes(
                {("192.0.2.1", 53): (LOOPBACK, server.port), mail[0]: mail[1]}, closed=True
            )
            world = live(asyncio.get_running_loop(), routes=routes, budget=budget)
            world.answer(DnsQuery("example.com", "A"), answers.take)
            world.answer(ServerQuery("example.com", "A", RESOLVER), answers.take)
            world.answer(SmtpSession(parse_address(mail[0][0]), 25), answers.take)
            while len(answers.given) < 3:
                await world.stepped()
            later = Answers([])
            world.answer(DnsQuery("example.net", "A"), later.take)
            world.answer(RunDate(), later.take)
            await world.closed()
    return answers.causes, later.causes


def test_when_the_budget_is_spent_all_ends_at_once() -> None:
    """But for what needs no network."""
    open_then, later = asyncio.run(asked_within(0.05))
    assert open_then == ["budget-spent"] * 3
    assert later == ["budget-spent"]


def test_a_budget_that_is_not_spent_changes_nothing() -> None:
    [answer] = asyncio.run(asked_of(DATA, budget=600))
    assert isinstance(answer, DnsAnswer)


def test_closing_gives_up_what_is_open_and_puts_its_sockets_away() -> None:
    """The server would wait for ever for a client that holds on to its connection."""

    async def closed() -> tuple[list[str], int]:
        server, answers = Server(TRUNCATED, tcp="stalls"), Answers([])
        async with server.serving():
            world = live(asyncio.get_running_loop(), server.port)
            before = len(asyncio.all_tasks())
            world.answer(DnsQuery("example.com", "A"), answers.take)
            while len(server.log) < 2:
                server.heard.clear()
                await server.heard.wait()
            await world.closed()
            left = len(asyncio.all_tasks()) - before - 1  # the server's conversation
        return answers.causes, left

    causes, left = asyncio.run(closed())
    assert set(causes) <= {"cancelled"}
    assert left == 0


def test_closing_before_anything_began_leaves_nothing(loop: asyncio.AbstractEventLoop) -> None:
    world = live(loop)
    world.answer(Strange(), Answers([]).take)
    loop.run_until_complete(world.closed())
    assert asyncio.all_tasks(loop) == set()


def test_closing_twice_is_closing(loop: asyncio.AbstractEventLoop) -> None:
    world = live(loop)
    loop.run_until_complete(world.closed())
    loop.run_until_complete(world.closed())


def test_polling_takes_in_what_has_arrived_and_waits_for_nothing() -> None:
    async def run() -> tuple[int, int]:
        server, answers = Server(DATA), Answers([])
        async with server.serving():
            world = live(asyncio.get_running_loop(), server.port)
            world.poll()
            world.answer(DnsQuery("example.com", "A"), answers.take)
            world.poll()
            before = len(answers.given)
            await server.heard.wait()
            world.poll()
            await world.closed()
        return before, len(answers.given)

    assert asyncio.run(run()) == (0, 1)
