"""Asking DNS servers over real sockets: in what order, how often, and what is made of failures."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import dns.message
import dns.rcode
import pytest

from mailcheck.facts.aliases import MAX_ALIASES
from mailcheck.facts.dns import DnsAnswer, DnsQuery, NameServer, ServerQuery, name_server
from mailcheck.names import parse_address
from mailcheck.probes.dns import DnsProbe, clock
from mailcheck.probes.dns.datagrams.pace import Patience
from mailcheck.probes.routes import Routes
from mailcheck.question import Unobserved
from tests.probes.dns.echo import LOOPBACK, Echo
from tests.probes.dns.scripted import (
    PATIENT,
    SILENCE,
    OverTcp,
    Reply,
    Server,
    ask_directly,
    asking,
    both,
    by_name,
    octets,
    resolve,
    says,
)
from tests.probes.dns.test_clock import Wall

if TYPE_CHECKING:
    from types import FrameType

BRIEF = Patience(total=0.6, tcp=0.05)
"""Not long enough for an answer on a busy machine: for servers that give none."""

MX = says("example.com. 60 IN MX 10 mail.example.com.")
SERVFAIL = says(rcode=dns.rcode.SERVFAIL)
REFUSED = says(rcode=dns.rcode.REFUSED)
FORMERR = says(rcode=dns.rcode.FORMERR)
NOTIMP = says(rcode=dns.rcode.NOTIMP)
TRUNCATED = says(flags="TC RA")


def records(said: DnsAnswer | Unobserved) -> str:
    """Return status and records, or the cause in capitals."""
    if isinstance(said, Unobserved):
        return said.cause.upper()
    return " ".join([said.status, *said.texts])


def lines(said: DnsAnswer | Unobserved) -> list[str]:
    """Return the evidence as reports show it."""
    return [str(line) for line in said.evidence]


# ── definite answers, asked once ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        pytest.param(MX, "data 10 mail.example.com.", id="data"),
        pytest.param(says(), "nodata", id="NODATA"),
        pytest.param(says(rcode=dns.rcode.NXDOMAIN), "nxdomain", id="NXDOMAIN"),
    ],
)
def test_a_definite_answer_is_asked_for_once(reply: Reply, expected: str) -> None:
    """Nobody else is asked, whatever he would say."""
    first, other = Server(reply), Server(MX)
    assert records(resolve("example.com MX", first, other)) == expected
    assert (first.log, other.log) == (["UDP example.com MX EDNS"], [])


def test_a_refusal_of_an_authority_is_a_fact_asked_for_once() -> None:
    server = Server(says(rcode=dns.rcode.REFUSED, flags=""))
    assert records(ask_directly("example.com MX", server)) == "refused"
    assert len(server.log) == 1


def test_an_answer_says_from_whom_and_how_fast() -> None:
    said = resolve("example.com MX", Server(MX))
    assert isinstance(said, DnsAnswer)
    assert (said.source.server, said.source.transport) == ("192.0.2.1", "UDP")
    assert said.source.milliseconds is not None
    assert said.source.command == "dig @192.0.2.1 example.com MX"


# ── failures, and who is asked next ──────────────────────────────────────────────────────────


def test_the_other_resolver_is_asked_before_the_first_one_again() -> None:
    first, second = Server(SERVFAIL, MX), Server(SERVFAIL, MX)
    assert records(resolve("example.com MX", first, second)) == "data 10 mail.example.com."
    assert (len(first.log), len(second.log)) == (2, 1)


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(SERVFAIL, id="SERVFAIL"),
        pytest.param(REFUSED, id="REFUSED"),
        pytest.param(NOTIMP, id="NOTIMP"),
        pytest.param(says(flags=""), id="no recursion"),
        pytest.param(says("example.com. 60 IN CNAME example.com."), id="alias of itself"),
    ],
)
def test_a_failure_of_one_resolver_is_made_good_by_another(failure: Reply) -> None:
    assert records(resolve("example.com MX", Server(failure), Server(MX))).startswith("data")


def test_silence_of_one_resolver_is_made_good_by_another() -> None:
    said = resolve("example.com MX", Server(SILENCE), Server(MX))
    assert records(said) == "data 10 mail.example.com."


def test_a_silent_server_is_asked_a_second_time() -> None:
    server = Server(SILENCE)
    said = resolve("example.com MX", server, patience=BRIEF)
    assert records(said) == "TIMEOUT"
    assert lines(said) == ["example.com MX → timeout, from 192.0.2.1"]
    assert len(server.log) == 2


@pytest.mark.parametrize(
    ("recursive", "seconds", "datagrams"),
    [
        pytest.param(True, 13.0, 6, id="a resolver"),
        pytest.param(False, 8.0, 5, id="a server of others"),
    ],
)
def test_who_has_nobody_to_ask_has_less_time(
    monkeypatch: pytest.MonkeyPatch, *, recursive: bool, seconds: float, datagrams: int
) -> None:
    wall = Wall()
    monkeypatch.setattr(clock, "time", wall)
    echo = Echo(lambda *_: [])

    async def run() -> float:
        async with echo.serving() as (_, port):
            server = NameServer(parse_address(LOOPBACK), port=port)
            probe = DnsProbe(asyncio.get_running_loop(), (), Routes())
            said: list[DnsAnswer | Unobserved] = []
            start = wall.seconds
            probe.ask(ServerQuery("example.com", "MX", server, recursive=recursive), said.append)
            while not said:
                wall.seconds += 0.01
                probe.poll()
                await asyncio.sleep(0)
            await probe.closed()
        return wall.seconds - start

    assert asyncio.run(run()) == pytest.approx(seconds, abs=0.1)
    assert len(echo.asked) == datagrams


def test_a_resolver_that_is_not_there_is_told_by_the_kernel() -> None:
    said = resolve("example.com MX", None, patience=PATIENT)
    assert records(said) == "UNREACHABLE"
    assert lines(said) == ["example.com MX → unreachable (Connection refused), from 192.0.2.1"]


def test_a_server_that_is_not_there_is_made_good_by_another() -> None:
    assert records(resolve("example.com MX", None, Server(MX))) == "data 10 mail.example.com."


def test_evidence_has_one_line_for_each_cause_with_every_server() -> None:
    servers = (Server(SERVFAIL), None, Server(SERVFAIL), None)
    said = resolve("example.com MX", *servers)
    assert lines(said) == [
        "example.com MX → SERVFAIL, from 192.0.2.1, 192.0.2.3",
        "example.com MX → unreachable (Connection refused), from 192.0.2.2, 192.0.2.4",
    ]
    assert said.evidence[0].command == "dig @192.0.2.1 example.com MX"


@pytest.mark.parametrize(
    ("servers", "cause"),
    [
        pytest.param((None, Server(SERVFAIL)), "SERVFAIL", id="servfail"),
        pytest.param((None, Server(REFUSED)), "REFUSED", id="refused"),
        pytest.param((Server(says(flags="")), None), "NO-RECURSION", id="otherwise the first"),
    ],
)
def test_what_says_most_stands_for_all(servers: tuple[Server | None, ...], cause: str) -> None:
    """On SERVFAIL and REFUSED the zone's own servers are asked next; silence must not hide them."""
    assert records(resolve("example.com MX", *servers)) == cause


def test_without_resolvers_nothing_is_asked() -> None:
    said = asyncio.run(asking(DnsQuery("example.com", "MX")))
    assert isinstance(said, Unobserved)
    assert (said.cause, said.not_evaluated) == ("no-resolver", False)
    assert "--mail-resolver" in said.text


def test_a_server_outside_a_closed_world_is_not_asked() -> None:
    question = ServerQuery("example.com", "MX", name_server("192.0.2.9"))
    assert records(asyncio.run(asking(question))) == "NOT-IN-LAB"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("a..example", id="empty label"),
        pytest.param("x" * 64 + ".example", id="long label"),
        pytest.param("x." * 127 + "example", id="long name"),
        pytest.param("☃" * 64 + ".example", id="not ASCII"),
    ],
)
def test_a_name_that_fits_no_packet_is_not_asked(name: str) -> None:
    server = Server(MX)
    said = resolve(f"{name} MX", server)
    assert isinstance(said, Unobserved)
    assert (said.cause, server.log) == ("not-a-name", [])
    assert all(line.isprintable() for line in lines(said))


# ── packets that are no answer ───────────────────────────────────────────────────────────────

FORGED = says("example.com. 60 IN MX 10 forged.example.")


@pytest.mark.parametrize(
    "stray",
    [
        pytest.param(
            says("example.org. 60 IN MX 10 forged.example.", question=("example.org", "MX")),
            id="another question",
        ),
        pytest.param(says(question=("example.com", "A")), id="another type"),
        pytest.param(octets(b""), id="nothing"),
        pytest.param(octets(b"\x00"), id="one octet"),
        pytest.param(octets(b"HTTP/1.1 400 Bad Request\r\n\r\n"), id="another protocol"),
        pytest.param(octets(b"\xff" * 4000), id="noise"),
        pytest.param(lambda query: [query.to_wire()], id="the query itself"),
    ],
)
def test_a_stray_packet_is_passed_over(stray: Reply) -> None:
    server = Server(both(stray, MX))
    assert records(resolve("example.com MX", server)) == "data 10 mail.example.com."
    assert len(server.log) == 1


GUESSES = [
    pytest.param(says("example.com. 60 IN MX 10 forged.example.", wrong_id=True), id="data"),
    pytest.param(says(flags="TC RA", wrong_id=True), id="truncated"),
    pytest.param(says(rcode=dns.rcode.NXDOMAIN, wrong_id=True), id="a denial"),
]


@pytest.mark.parametrize("guess", GUESSES)
def test_who_guesses_ids_is_shut_out_by_asking_over_tcp(guess: Reply) -> None:
    """His next datagram, under the right id, is not taken any more."""
    server = Server(both(guess, FORGED), tcp=MX)
    assert records(resolve("example.com MX", server)) == "data 10 mail.example.com."
    assert server.log == ["UDP example.com MX EDNS", "TCP example.com MX EDNS"]


@pytest.mark.parametrize("guess", GUESSES)
def test_where_ids_are_guessed_and_tcp_is_shut_nothing_is_known(guess: Reply) -> None:
    said = resolve("example.com MX", Server(both(guess, FORGED)))
    assert records(said) == "TIMEOUT"
    assert lines(said) == [
        (
            "example.com MX → timeout (somebody guesses ids; the server takes no TCP connection: Connection refused), "
            "from 192.0.2.1, over TCP"
        )
    ]


def test_a_copy_of_an_answer_is_no_guess() -> None:
    server = Server(both(FORMERR, FORMERR), MX)
    assert records(resolve("example.com MX", server)) == "data 10 mail.example.com."
    assert server.log == ["UDP example.com MX EDNS", "UDP example.com MX"]


def test_an_answer_from_another_port_is_not_taken() -> None:
    server = Server(MX, stranger=FORGED)
    assert records(resolve("example.com MX", server)) == "data 10 mail.example.com."


def test_strays_alone_are_silence() -> None:
    server = Server(octets(b"\x00\x01junk"))
    assert records(resolve("example.com MX", server, patience=BRIEF)) == "TIMEOUT"


# ── servers without EDNS ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("complaint", [FORMERR, NOTIMP], ids=["FORMERR", "NOTIMP"])
def test_a_server_that_does_not_know_edns_is_asked_without(complaint: Reply) -> None:
    server = Server(complaint, MX)
    assert records(resolve("example.com MX", server)) == "data 10 mail.example.com."
    assert server.log == ["UDP example.com MX EDNS", "UDP example.com MX"]


def test_a_bare_header_that_complains_is_a_complaint() -> None:
    """FORMERR may come without the question it is about (RFC 6891 §7)."""

    def header(query: dns.message.Message) -> list[bytes]:
        return [query.id.to_bytes(2, "big") + b"\x80\x01" + bytes(8)]

    assert records(resolve("example.com MX", Server(header, MX))) == "data 10 mail.example.com."


def test_a_server_that_understands_nothing_is_inconclusive() -> None:
    server = Server(FORMERR)
    assert records(resolve("example.com MX", server)) == "FORMERR"
    assert [line.endswith("EDNS") for line in server.log] == [True, False, False]


# ── over TCP ─────────────────────────────────────────────────────────────────────────────────


def test_a_truncated_answer_is_fetched_over_tcp() -> None:
    server = Server(TRUNCATED, tcp=MX)
    said = resolve("example.com MX", server)
    assert records(said) == "data 10 mail.example.com."
    assert server.log == ["UDP example.com MX EDNS", "TCP example.com MX EDNS"]
    assert ", from 192.0.2.1, over TCP, " in lines(said)[0]


def test_records_of_a_truncated_datagram_do_not_count() -> None:
    part = says("example.com. 60 IN MX 10 part.example.com.", flags="TC RA")
    said = resolve("example.com MX", Server(part, tcp=MX))
    assert records(said) == "data 10 mail.example.com."


def test_a_large_answer_comes_whole() -> None:
    text = " ".join(['"' + "x" * 255 + '"'] * 200)
    server = Server(TRUNCATED, tcp=says(f"example.com. 60 IN TXT {text}"))
    said = resolve("example.com TXT", server)
    assert isinstance(said, DnsAnswer)
    assert len(said.texts[0]) > 200 * 255


@pytest.mark.parametrize(
    ("tcp", "result", "patience"),
    [
        pytest.param(
            "refused",
            "truncated (the server takes no TCP connection: Connection refused)",
            PATIENT,
            id="refused",
        ),
        pytest.param("closes", "truncated (it hangs up over TCP)", PATIENT, id="closed at once"),
        pytest.param(
            "stalls",
            "truncated (the whole answer did not come over TCP)",
            Patience(total=20.0, tcp=0.3),
            id="stalled in the middle",
        ),
        pytest.param(TRUNCATED, "truncated (the answer itself is cut)", PATIENT, id="cut again"),
        pytest.param(
            says(wrong_id=True),
            "malformed (it answers what was not asked)",
            PATIENT,
            id="another id",
        ),
        pytest.param(
            octets(b"\xff" * 40), "malformed (it answers what was not asked)", PATIENT, id="noise"
        ),
        pytest.param(
            octets(b"\x00"), "malformed (it answers what was not asked)", PATIENT, id="one octet"
        ),
    ],
)
def test_what_does_not_come_whole_over_tcp_is_inconclusive(
    tcp: OverTcp, result: str, patience: Patience
) -> None:
    said = resolve("example.com MX", Server(TRUNCATED, tcp=tcp), patience=patience)
    assert isinstance(said, Unobserved)
    assert said.evidence[0].result == result


def test_an_answer_with_octets_left_over_is_malformed() -> None:
    def longer(query: dns.message.Message) -> list[bytes]:
        return [MX(query)[0] + b"\x00"]

    said = resolve("example.com MX", Server(TRUNCATED, tcp=longer))
    assert lines(said) == ["example.com MX → malformed (TrailingJunk), from 192.0.2.1, over TCP"]


def test_a_server_without_tcp_is_made_good_by_another() -> None:
    assert records(resolve("example.com MX", Server(TRUNCATED), Server(MX))).startswith("data")


# ── aliases ──────────────────────────────────────────────────────────────────────────────────


def alias(owner: str, target: str, ttl: int = 60, *, flags: str = "RA") -> Reply:
    """Answer with an alias and nothing else."""
    return says(f"{owner}. {ttl} IN CNAME {target}.", flags=flags)


def test_an_alias_left_unfollowed_is_followed() -> None:
    server = Server(
        by_name(www=alias("www.example", "web.example"), web=says("web.example. 9 IN A 192.0.2.80"))
    )
    said = resolve("www.example A", server)
    assert records(said) == "data 192.0.2.80"
    assert isinstance(said, DnsAnswer)
    assert (said.name, said.aliases) == ("www.example", ("web.example",))
    assert server.log == ["UDP www.example A EDNS", "UDP web.example A EDNS"]


@pytest.mark.parametrize(
    ("first", "second", "ttl", "authenticated"),
    [
        pytest.param((60, "RA AD"), (9, "RA AD"), 9, True, id="target shorter, both validated"),
        pytest.param((9, "RA"), (60, "RA AD"), 9, False, id="alias shorter and not validated"),
        pytest.param((60, "RA AD"), (60, "RA"), 60, False, id="target not validated"),
    ],
)
def test_two_answers_are_as_good_as_the_worse_of_them(
    first: tuple[int, str],
    second: tuple[int, str],
    ttl: int,
    authenticated: bool,  # noqa: FBT001  a column of the table
) -> None:
    web = says(f"web.example. {second[0]} IN A 192.0.2.80", flags=second[1])
    www = alias("www.example", "web.example", first[0], flags=first[1])
    said = resolve("www.example A", Server(by_name(www=www, web=web)))
    assert isinstance(said, DnsAnswer)
    assert (said.ttl, said.authenticated) == (ttl, authenticated)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        pytest.param(says(), "nodata", id="nothing"),
        pytest.param(says(rcode=dns.rcode.NXDOMAIN), "nxdomain", id="no such name"),
        pytest.param(SERVFAIL, "SERVFAIL", id="a failure"),
    ],
)
def test_an_alias_of_something_that_is_not_there(target: Reply, expected: str) -> None:
    server = Server(by_name(www=alias("www.example", "web.example"), web=target))
    assert records(resolve("www.example A", server)) == expected


def test_an_alias_that_ends_in_a_denial_is_not_followed() -> None:
    soa = "example. 300 IN SOA a. b. 1 2 3 4 300"
    server = Server(says("www.example. 60 IN CNAME web.example.", soa))
    assert records(resolve("www.example A", server)) == "nodata"
    assert len(server.log) == 1


def chain(length: int) -> Server:
    """A resolver that follows no alias, and a chain of *length* of them."""
    replies = {f"n{i}": alias(f"n{i}.example", f"n{i + 1}.example") for i in range(length)}
    return Server(
        by_name(**replies, **{f"n{length}": says(f"n{length}.example. 60 IN A 192.0.2.80")})
    )


def test_a_chain_is_followed_so_far_and_no_further() -> None:
    assert records(resolve("n0.example A", chain(MAX_ALIASES))) == "data 192.0.2.80"
    longer = chain(MAX_ALIASES + 1)
    said = resolve("n0.example A", longer)
    assert records(said) == "ALIAS-CHAIN-TOO-LONG"
    assert "n0.example → n1.example → n2.example" in said.evidence[0].result
    assert len(longer.log) == MAX_ALIASES + 1


def test_aliases_of_each_other_come_to_an_end() -> None:
    server = Server(by_name(a=alias("a.example", "b.example"), b=alias("b.example", "a.example")))
    said = resolve("a.example A", server)
    assert records(said) == "ALIAS-LOOP"
    assert lines(said) == [
        "a.example A → alias-loop (a.example → b.example → a.example), from 192.0.2.1"
    ]
    assert len(server.log) == 2


def test_an_alias_from_an_authority_is_its_answer() -> None:
    """Its target may lie in a zone of which that server knows nothing."""
    server = Server(alias("www.example", "web.example", flags="AA"))
    said = ask_directly("www.example A", server)
    assert isinstance(said, DnsAnswer)
    assert (said.status, said.aliases, len(server.log)) == ("nodata", ("web.example",), 1)


# ── what it costs ────────────────────────────────────────────────────────────────────────────


def test_a_question_costs_few_calls_and_one_packet() -> None:
    """Of Python functions, from the question to its answer, asyncio and the echo included."""
    calls = 0
    questions = [DnsQuery(f"n{number}.example", "MX") for number in range(2_000)]

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    async def run() -> list[DnsAnswer | Unobserved]:
        loop = asyncio.get_running_loop()
        said: list[DnsAnswer | Unobserved] = []
        done = loop.create_future()
        rest = iter(questions)

        def take(answer: DnsAnswer | Unobserved) -> None:
            said.append(answer)
            if len(said) == len(questions):
                done.set_result(None)
            if question := next(rest, None):
                probe.ask(question, take)

        async with Echo().serving() as (_, port):
            probe = DnsProbe(loop, (NameServer(parse_address(LOOPBACK), port=port),), Routes())
            sys.setprofile(count)
            try:
                for _ in range(100):
                    probe.ask(next(rest), take)
                await done
            finally:
                sys.setprofile(None)
            [counts] = probe.counts.values()
            await probe.closed()
        assert counts.sent == len(questions)
        return said

    said = asyncio.run(run())
    assert {one.status for one in said if isinstance(one, DnsAnswer)} == {"nodata"}
    assert calls / len(questions) < 75
