"""The course of one query where servers fail: what is tried, and what it is called in the end."""

from __future__ import annotations

import asyncio
import time

import dns.edns
import dns.flags
import dns.message
import dns.rcode
import pytest

from mailcheck.facts.dns import DnsAnswer, DnsQuery, ServerQuery, name_server
from mailcheck.probes.dns import DnsProbe
from mailcheck.probes.dns.datagrams.pace import START, Patience
from mailcheck.probes.dns.wire.query import Query
from mailcheck.probes.routes import Routes
from mailcheck.question import Unobserved
from tests.probes.dns.echo import Echo
from tests.probes.dns.scripted import (
    LOOPBACK,
    SILENCE,
    Reply,
    Server,
    answered,
    ask_directly,
    octets,
    resolve,
    says,
)

MX = says("example.com. 60 IN MX 10 mail.example.com.")
SERVFAIL = says(rcode=dns.rcode.SERVFAIL)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A resolver that answers only unchecked is asked again without waiting."""
    monkeypatch.setattr("mailcheck.probes.dns.course.AGAIN_AFTER", 0.0)


def cause(said: DnsAnswer | Unobserved) -> str:
    """Return the status, or the cause in capitals."""
    return said.cause.upper() if isinstance(said, Unobserved) else said.status


def unless_told(unchecked: Reply) -> Reply:
    """Fail, unless told not to validate."""
    return lambda query: (unchecked if query.flags & dns.flags.CD else SERVFAIL)(query)


# ── DNSSEC that does not validate ────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "unchecked",
    [
        pytest.param(MX, id="data"),
        pytest.param(says(), id="NODATA"),
        pytest.param(says(rcode=dns.rcode.NXDOMAIN), id="NXDOMAIN"),
    ],
)
def test_a_resolver_that_answers_only_unchecked_calls_it_bogus(unchecked: Reply) -> None:
    server = Server(unless_told(unchecked))
    said = resolve("example.com MX", server)
    assert cause(said) == "BOGUS"
    assert "DNSSEC does not validate" in getattr(said, "text", "")
    assert len(server.log) == 4


@pytest.mark.parametrize(("over_tcp", "expected"), [(MX, "BOGUS"), (SERVFAIL, "SERVFAIL")])
def test_what_fits_no_datagram_is_looked_at_before_it_is_called_bogus(
    over_tcp: Reply, expected: str
) -> None:
    server = Server(unless_told(says(flags="TC RA")), tcp=over_tcp)
    assert cause(resolve("example.com MX", server)) == expected


def test_a_failure_that_was_only_remembered_is_not_bogus() -> None:
    """An answer to the same query is the answer, whatever it was before."""
    server = Server(SERVFAIL, SERVFAIL, MX)
    assert cause(resolve("example.com MX", server)) == "data"
    assert len(server.log) == 4


def test_what_is_missed_meanwhile_does_not_cut_that_wait_short(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The unchecked query is slow, so it is sent again; that copy is never answered."""
    monkeypatch.setattr("mailcheck.probes.dns.course.AGAIN_AFTER", 1.0)
    unchecked: list[dns.message.Message] = []
    answered_at: list[float] = []

    def reply(query: dns.message.Message) -> list[bytes]:
        now = time.monotonic()
        if query.flags & dns.flags.CD:
            unchecked.append(query)
            if len(unchecked) == 2:
                answered_at.append(now)
                return MX(unchecked[0])
            return []
        is_over = answered_at and now - answered_at[0] >= 1.0
        return (MX if is_over else SERVFAIL)(query)

    assert cause(resolve("example.com MX", Server(reply))) == "data"


def test_the_resolver_s_own_word_on_it_is_shown() -> None:
    def failing(query: dns.message.Message) -> list[bytes]:
        response = dns.message.make_response(query)
        response.set_rcode(dns.rcode.SERVFAIL)
        option = dns.edns.EDEOption(dns.edns.EDECode.DNSSEC_BOGUS, "no RRSIG")
        response.use_edns(0, options=[option])
        return [response.to_wire()]

    def reply(query: dns.message.Message) -> list[bytes]:
        return (MX if query.flags & dns.flags.CD else failing)(query)

    server = Server(reply)
    said = resolve("example.com MX", server)
    assert len(server.log) == 3  # which settles it
    shown = [line.result for line in said.evidence]
    assert shown == [
        "SERVFAIL (DNSSEC_BOGUS no RRSIG)",
        "bogus (SERVFAIL, but an answer when told not to validate)",
    ]


@pytest.mark.parametrize(
    "unchecked", [SERVFAIL, SILENCE, says(flags="")], ids=["SERVFAIL", "silence", "no recursion"]
)
def test_a_resolver_that_fails_unchecked_too_just_fails(unchecked: Reply) -> None:
    assert cause(resolve("example.com MX", Server(unless_told(unchecked)))) == "SERVFAIL"


def test_another_resolver_is_asked_before_anybody_is_suspected() -> None:
    first, second = Server(unless_told(MX)), Server(MX)
    assert cause(resolve("example.com MX", first, second)) == "data"
    assert len(first.log) == 1


def test_an_authority_does_not_validate() -> None:
    server = Server(unless_told(MX))
    assert cause(ask_directly("example.com MX", server)) == "SERVFAIL"
    assert len(server.log) == 2


def test_a_lost_packet_does_not_clear_a_resolver_of_suspicion() -> None:
    lost: list[bool] = []

    def unchecked(query: dns.message.Message) -> list[bytes]:
        lost.append(True)
        return MX(query) if len(lost) > 1 else []

    server = Server(unless_told(unchecked))
    assert cause(resolve("example.com MX", server)) == "BOGUS"
    assert len(server.log) == 5


@pytest.mark.parametrize(
    ("comes_first", "later", "expected"),
    [
        pytest.param(True, SERVFAIL, "BOGUS", id="while it is asked unchecked"),
        pytest.param(False, SERVFAIL, "BOGUS", id="before it is asked again"),
        pytest.param(False, MX, "data", id="before it is asked again, and answers"),
    ],
)
def test_a_failure_from_before_does_not_end_the_examination(
    *, comes_first: bool, later: Reply, expected: str
) -> None:
    """The first query is answered, with SERVFAIL, when the resolver is asked not to validate."""
    first: list[dns.message.Message] = []
    unchecked: list[dns.message.Message] = []

    def reply(query: dns.message.Message) -> list[bytes]:
        if not first:
            first.append(query)
            return []
        if query.flags & dns.flags.CD:
            unchecked.append(query)
            old, new = SERVFAIL(first[0]), MX(query)
            return [*old, *new] if comes_first else [*new, *old]
        return (later if unchecked else SERVFAIL)(query)

    said = resolve("example.com MX", Server(reply), patience=Patience(total=1.0))
    assert cause(said) == expected


# ── without end, and without an answer ───────────────────────────────────────────────────────


def test_a_malformed_answer_is_no_answer_and_the_next_server_is_asked() -> None:
    def cut(query: dns.message.Message) -> list[bytes]:
        return [MX(query)[0][:-3]]

    assert cause(resolve("example.com MX", Server(cut), Server(MX))) == "data"
    assert cause(resolve("example.com MX", Server(cut))) == "MALFORMED"


def test_a_version_of_edns_the_server_does_not_know_is_left_out() -> None:
    server = Server(says(rcode=dns.rcode.BADVERS), MX)
    assert cause(resolve("example.com MX", server)) == "data"
    assert server.log == ["UDP example.com MX EDNS", "UDP example.com MX"]


def test_a_server_without_edns_is_remembered() -> None:
    async def run() -> list[str]:
        server = Server(says(rcode=dns.rcode.FORMERR), MX)
        async with server.serving():
            routes = Routes({("192.0.2.1", 53): (LOOPBACK, server.port)})
            probe = DnsProbe(asyncio.get_running_loop(), (name_server("192.0.2.1"),), routes)
            for _ in range(2):
                await answered(probe, DnsQuery("example.com", "MX"))
            await probe.closed()
        return server.log

    asked = asyncio.run(run())
    assert asked == ["UDP example.com MX EDNS", "UDP example.com MX", "UDP example.com MX"]


def test_sends_are_bounded_and_silence_is_waited_out() -> None:
    server = Server(SILENCE)
    patience = Patience(total=3.2, sends=3)
    assert cause(resolve("example.com MX", server, patience=patience)) == "TIMEOUT"
    assert len(server.log) == 3


def test_an_answer_that_comes_after_the_next_try_is_taken() -> None:
    held: list[bytes] = []

    def late(query: dns.message.Message) -> list[bytes]:
        held.extend(MX(query))
        return held[:1] if len(held) > 1 else []

    server = Server(late)
    assert cause(resolve("example.com MX", server)) == "data"
    assert len(server.log) == 2


def test_patience_does_not_run_while_a_query_is_queued() -> None:
    """One more question than the window has room for is sent when all others have lapsed."""
    patience = Patience(total=0.5, sends=1)

    async def run() -> list[DnsAnswer | Unobserved]:
        queued = Query(f"n{START}.example", "A", recursive=True)
        echo = Echo(lambda _, answer: [answer] if queued.question in answer else [])
        async with echo.serving() as endpoint:
            routes = Routes({("192.0.2.1", 53): endpoint})
            probe = DnsProbe(asyncio.get_running_loop(), (), routes, patience)
            server = name_server("192.0.2.1")
            names = [
                ServerQuery(f"n{n}.example", "A", server, recursive=True) for n in range(START + 1)
            ]
            said = await asyncio.gather(*(answered(probe, name) for name in names))
            await probe.closed()
        return said

    assert [cause(one) for one in asyncio.run(run())] == ["TIMEOUT"] * START + ["nodata"]


def test_a_flooded_query_goes_to_tcp(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailcheck.probes.dns.datagrams.udp._JUNK", 50)
    server = Server(octets(*[b"\0\0junk"] * 100), tcp=MX)
    assert cause(resolve("example.com MX", server)) == "data"
    assert server.log == ["UDP example.com MX EDNS", "TCP example.com MX EDNS"]


# ── resolvers that are dead ──────────────────────────────────────────────────────────────────


def test_dead_resolvers_are_one_error_and_not_a_thousand() -> None:
    async def run() -> list[DnsAnswer | Unobserved]:
        async with Server(octets()).serving():
            pass  # nobody listens there any more
        nobody = Server()
        async with nobody.serving():
            port = nobody.port
        routes = Routes({("192.0.2.1", 53): (LOOPBACK, port)})
        probe = DnsProbe(asyncio.get_running_loop(), (name_server("192.0.2.1"),), routes)
        names = [DnsQuery(f"n{number}.example", "A") for number in range(100)]
        said = await asyncio.gather(*(answered(probe, name) for name in names))
        later = [await answered(probe, DnsQuery("later.example", "A")) for _ in range(100)]
        await probe.closed()
        return [*said, *later]

    said = asyncio.run(run())
    causes = [one.cause for one in said if isinstance(one, Unobserved)]
    assert len(causes) == 200
    assert causes[0] == "unreachable"
    told = [one for one in said if isinstance(one, Unobserved) and one.cause == "resolver-dead"]
    assert len(told) >= 180
    assert all(one.not_evaluated for one in told)
    assert "none of the resolvers answers: 192.0.2.1" in told[0].text


def test_a_resolver_that_comes_back_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mailcheck.probes.dns.health.NEXT_LOOK", 0.0)

    async def run() -> list[str]:
        server = Server(MX)
        async with server.serving():
            pass
        routes: dict[tuple[str, int], tuple[str, int]] = {
            ("192.0.2.1", 53): (LOOPBACK, server.port)
        }
        loop = asyncio.get_running_loop()
        probe = DnsProbe(loop, (name_server("192.0.2.1"),), Routes(routes))
        names = [DnsQuery(f"n{number}.example", "MX") for number in range(30)]
        await asyncio.gather(*(answered(probe, name) for name in names))
        dead = await answered(probe, DnsQuery("a.example", "MX"))
        async with server.serving(port=server.port):
            back = dead
            while cause(back) == "RESOLVER-DEAD":
                back = await answered(probe, DnsQuery("example.com", "MX"))
                await asyncio.sleep(0)
        await probe.closed()
        assert server.log[0] == "UDP . NS EDNS"
        return [cause(one) for one in (dead, back)]

    assert asyncio.run(run()) == ["RESOLVER-DEAD", "data"]


def test_a_resolver_may_restart() -> None:
    """While its port is closed it is asked again and again."""

    async def run() -> str:
        server = Server(MX)
        async with server.serving():
            pass
        routes = Routes({("192.0.2.1", 53): (LOOPBACK, server.port)})
        probe = DnsProbe(asyncio.get_running_loop(), (name_server("192.0.2.1"),), routes)
        asking = asyncio.ensure_future(answered(probe, DnsQuery("example.com", "MX")))
        while sum(one.sent for one in probe.counts.values()) < 2:  # noqa: ASYNC110  no event
            await asyncio.sleep(0)
        async with server.serving(port=server.port):
            said = await asking
        await probe.closed()
        return cause(said)

    assert asyncio.run(run()) == "data"


def test_nobody_waits_for_a_server_of_others_to_restart() -> None:
    async def run() -> tuple[str, int]:
        nobody = Server()
        async with nobody.serving():
            pass
        routes = Routes({("192.0.2.1", 53): (LOOPBACK, nobody.port)})
        probe = DnsProbe(asyncio.get_running_loop(), (), routes)
        said = await answered(probe, ServerQuery("example.com", "MX", name_server("192.0.2.1")))
        await probe.closed()
        return cause(said), sum(one.sent for one in probe.counts.values())

    assert asyncio.run(run()) == ("UNREACHABLE", 1)


def test_nobody_queues_for_a_silent_resolver_beside_one_that_answers() -> None:
    """Of a thousand questions, all are answered by the other one, and most are asked of it only."""

    async def run() -> tuple[list[DnsAnswer | Unobserved], list[int]]:
        silent, honest = Echo(lambda *_: []), Echo()
        async with silent.serving() as first, honest.serving() as second:
            routes = Routes({("192.0.2.1", 53): first, ("192.0.2.2", 53): second})
            resolvers = (name_server("192.0.2.1"), name_server("192.0.2.2"))
            probe = DnsProbe(asyncio.get_running_loop(), resolvers, routes)
            names = [DnsQuery(f"n{number}.example", "A") for number in range(1000)]
            said = await asyncio.gather(*(answered(probe, name) for name in names))
            await probe.closed()
        return said, [len(one.asked) for one in (silent, honest)]

    said, (dead, alive) = asyncio.run(run())
    assert {cause(one) for one in said} == {"nodata"}
    assert dead < 200
    assert alive >= 1000
