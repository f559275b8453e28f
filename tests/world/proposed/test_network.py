"""Questions to the network as it will be, told the network as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.engine import Engine, Layer
from mailcheck.facts.authority import told_by
from mailcheck.facts.change.changes import Changes, NamesInUse, NamesInUseFact
from mailcheck.facts.change.proposed import (
    Proposed,
    ProposedCopy,
    ProposedCopyFact,
    ProposedFact,
    Published,
    PublishedByEach,
)
from mailcheck.facts.dns import DnsAnswer, DnsQuery, NameServer, ServerQuery, name_server, told
from mailcheck.facts.lookup import Lookup
from mailcheck.finding import Finding, met
from mailcheck.question import Question, Unobserved, each_of
from mailcheck.world.proposed import ProposedNetwork
from mailcheck.world.told import ToldWorld
from tests.world.proposed.changes import loaded
from tests.world.proposed.patched import LiveZone, judged, words
from tests.world.proposed.zones import proposed

if TYPE_CHECKING:
    from mailcheck.check import Told

EXAMPLE = proposed(
    "example.com",
    """\
@ MX 10 mail
mail A 192.0.2.25
www CNAME web.example.net.
back CNAME home.example.org.
loop CNAME loop.example.org.
child NS ns.child
ns.child A 192.0.2.53
moved NS ns1.agency.example.
old DNAME new.example.net.
round CNAME again
again CNAME round
one NS ns.two
two NS ns.one
""",
)
REVERSE = proposed("2.0.192.in-addr.arpa", "25 PTR mail.example.com.\n")
AGENCY = proposed("agency.example", "ns1 A 192.0.2.99\n")

NS_CHILD = name_server("192.0.2.53", "ns.child.example.com")
NS_AGENCY = name_server("192.0.2.99", "ns1.agency.example")
NS_NOW = name_server("198.51.100.1", "ns1.example.net")


EMPTY = loaded({})


def ask(question: Question[Any], *live: Told) -> Any:
    """Return what the network will answer, given what is told of it *live*."""
    network = ProposedNetwork({zone.origin: zone for zone in (EXAMPLE, REVERSE, AGENCY)})
    engine = Engine(Layer(Engine(ToldWorld(live)), network.answer))
    got: list[Any] = []

    async def judge() -> Finding:
        got.extend(await each_of([question]))
        return met()

    engine.finish(engine.plan(judge))
    return got[0]


def shown(answer: Any) -> list[str]:
    """Return an answer as its lines of evidence; one that was not had ends in its cause."""
    cause = [answer.cause] if isinstance(answer, Unobserved) else []
    return [str(line) for line in answer.evidence] + cause


@pytest.mark.parametrize(
    ("asked", "live", "lines"),
    [
        pytest.param(
            "example.com MX",
            [],
            ["example.com MX → 10 mail.example.com., proposed, example.com.zone:3"],
            id="a proposed record needs no packet",
        ),
        pytest.param(
            "gone.example.com A",
            [],
            ["gone.example.com A → NXDOMAIN (denied by example.com), proposed, example.com.zone"],
            id="what is not in the zone will not exist, and no resolver is asked for it",
        ),
        pytest.param(
            "25.2.0.192.in-addr.arpa PTR",
            [],
            [
                (
                    "25.2.0.192.in-addr.arpa PTR → mail.example.com., proposed, "
                    "2.0.192.in-addr.arpa.zone:3"
                )
            ],
            id="another zone of the same change",
        ),
        pytest.param(
            "example.net MX",
            [told("example.net MX", "10 mx.example.net.")],
            ["example.net MX → 10 mx.example.net., TTL 3600"],
            id="what is not proposed is live",
        ),
        pytest.param(
            r"a\.example.com A",
            [told(r"a\.example.com A", "192.0.2.84")],
            [r"a\.example.com A → 192.0.2.84, TTL 3600"],
            id="a name whose label only looks like the zone",
        ),
        pytest.param(
            "www.example.com A",
            [told("web.example.net A", "192.0.2.80")],
            [
                "www.example.com A → alias of web.example.net, proposed, example.com.zone:5",
                "web.example.net A → 192.0.2.80, TTL 3600",
            ],
            id="an alias into the live network",
        ),
        pytest.param(
            "www.example.com A",
            [told("web.example.net A", "TIMEOUT")],
            [
                "www.example.com A → alias of web.example.net, proposed, example.com.zone:5",
                "web.example.net A → TIMEOUT",
                "timeout",
            ],
            id="an alias into silence",
        ),
        pytest.param(
            "www.example.com A",
            [told("web.example.net A", "NO-RESOLVER")],
            [
                "www.example.com A → alias of web.example.net, proposed, example.com.zone:5",
                "not-told",
            ],
            id="an alias to what is asked of its own servers, as nobody told where they are",
        ),
        pytest.param(
            "shop.example.net A",
            [told("shop.example.net A", "-> mail.example.com | 198.51.100.25")],
            [
                "shop.example.net A → alias of mail.example.com, TTL 3600",
                "mail.example.com A → 192.0.2.25, proposed, example.com.zone:4",
            ],
            id="a live alias into the zone gets its new address",
        ),
        pytest.param(
            "shop.example.net A",
            [told("shop.example.net A", "-> gone.example.com | 198.51.100.25")],
            [
                "shop.example.net A → alias of gone.example.com, TTL 3600",
                "gone.example.com A → NXDOMAIN (denied by example.com), proposed, example.com.zone",
            ],
            id="a live alias to a name that goes",
        ),
        pytest.param(
            "back.example.com A",
            [told("home.example.org A", "-> mail.example.com | 198.51.100.25")],
            [
                "back.example.com A → alias of home.example.org, proposed, example.com.zone:6",
                "home.example.org A → alias of mail.example.com, TTL 3600",
                "mail.example.com A → 192.0.2.25, proposed, example.com.zone:4",
            ],
            id="out, and back again",
        ),
        pytest.param(
            "loop.example.com A",
            [told("loop.example.org A", "-> loop.example.com | NODATA")],
            [
                "loop.example.com A → alias of loop.example.org, proposed, example.com.zone:7",
                "loop.example.org A → alias of loop.example.com",
                "alias-loop",
            ],
            id="a circle through both networks",
        ),
        pytest.param(
            "x.old.example.com A",
            [told("x.new.example.net A", "192.0.2.81")],
            [
                (
                    "x.old.example.com A → alias of x.new.example.net by the DNAME of "
                    "old.example.com, proposed, example.com.zone:11"
                ),
                "x.new.example.net A → 192.0.2.81, TTL 3600",
            ],
            id="a DNAME into the live network",
        ),
        pytest.param(
            "a.child.example.com A",
            [told_by(NS_CHILD, "a.child.example.com A", "192.0.2.82")],
            [
                "child.example.com NS → ns.child.example.com., proposed, example.com.zone:8",
                "a.child.example.com A → 192.0.2.82, authoritative, TTL 3600",
            ],
            id="below a cut the child's servers are asked",
        ),
        pytest.param(
            "a.moved.example.com A",
            [told_by(NS_AGENCY, "a.moved.example.com A", "192.0.2.83")],
            [
                "moved.example.com NS → ns1.agency.example., proposed, example.com.zone:10",
                "a.moved.example.com A → 192.0.2.83, authoritative, TTL 3600",
            ],
            id="at the addresses they will have",
        ),
        pytest.param(
            "a.moved.example.com A",
            [],
            [
                "moved.example.com NS → ns1.agency.example., proposed, example.com.zone:10",
                "not-told",
            ],
            id="a child's server that is silent",
        ),
    ],
)
def test_what_the_network_will_answer(asked: str, live: list[Told], lines: list[str]) -> None:
    name, rdtype = asked.split()
    assert shown(ask(DnsQuery(name, rdtype), *live)) == lines
    assert shown(ask(Lookup(name, rdtype), *live)) == lines


def test_the_answer_at_the_end_of_a_chain_is_about_the_name_asked() -> None:
    answer = ask(
        DnsQuery("back.example.com", "A"),
        told("home.example.org A", "-> mail.example.com | NODATA"),
    )
    assert isinstance(answer, DnsAnswer)
    assert (answer.name, answer.aliases) == (
        "back.example.com",
        ("home.example.org", "mail.example.com"),
    )
    assert answer.texts == ("192.0.2.25",)


@pytest.mark.parametrize(
    ("asked", "now", "then"),
    [
        pytest.param(
            "example.com MX", "10 old.example.net.", "10 mail.example.com.", id="a record"
        ),
        pytest.param("example.com TXT", "NODATA", "NODATA", id="a denial"),
        pytest.param("gone.example.com A", "192.0.2.1", "NXDOMAIN", id="a name that goes"),
        pytest.param(
            "example.com MX", "REFUSED-BY-AUTHORITY", "REFUSED", id="a server that refuses"
        ),
        pytest.param("example.com MX", "TIMEOUT", "timeout", id="a silent server"),
        pytest.param("example.com MX", "LAME", "lame", id="a server without authority"),
        pytest.param(
            "www.example.com A", "192.0.2.1", "alias of web.example.net", id="an alias out"
        ),
    ],
)
def test_a_server_that_speaks_for_a_zone_will_say_what_is_proposed(
    asked: str, now: str, then: str
) -> None:
    query, said = told_by(NS_NOW, asked, now)
    answer = ask(query, (query, said))
    assert then in "".join(shown(answer))


def test_a_denial_by_the_zone_above_stays() -> None:
    query, said = told_by(NS_NOW, "example.com NS", "NXDOMAIN")
    assert isinstance(said, DnsAnswer)
    object.__setattr__(said, "denier", "com")
    assert ask(query, (query, said)).denier == "com"


def test_the_answer_of_a_server_says_that_it_is_not_its_own() -> None:
    query, said = told_by(NS_NOW, "example.com MX", "10 old.example.net.")
    [line] = ask(query, (query, said)).evidence
    assert line.source == (
        "proposed, example.com.zone:3, in place of what ns1.example.net (198.51.100.1) says now"
    )


def test_a_server_refers_to_what_is_delegated() -> None:
    query, said = told_by(NS_NOW, "a.child.example.com A", "192.0.2.1")
    answer = ask(query, (query, said))
    assert (answer.status, answer.cut) == ("referral", "child.example.com")


@pytest.mark.parametrize(
    ("server", "name"),
    [
        pytest.param(NS_CHILD, "a.child.example.com", id="by name and address"),
        pytest.param(name_server("192.0.2.53"), "a.child.example.com", id="by its address"),
        pytest.param(NS_AGENCY, "a.moved.example.com", id="by its name, without glue"),
    ],
)
def test_one_that_is_delegated_to_goes_on_answering(server: NameServer, name: str) -> None:
    query, said = told_by(server, f"{name} A", "192.0.2.82")
    assert ask(query, (query, said)) == said


def test_cuts_that_need_each_others_servers_come_to_an_end() -> None:
    assert ask(DnsQuery("a.one.example.com", "A")).cause == "no-resolver"


@pytest.mark.parametrize("below", ["one", "two"], ids=["the same one", "each other"])
def test_delegations_without_glue_to_many_servers_cost_no_way_through_them(below: str) -> None:
    """A stranger may write that; four servers took half a minute, and sixteen would take a year."""
    hosts = [f"ns{number}" for number in range(16)]
    text = "".join(f"one NS {host}.{below}\ntwo NS {host}.one\n" for host in hosts)
    network = ProposedNetwork({"example.com": proposed("example.com", text)})
    query = DnsQuery("x.one.example.com", "A")
    assert EMPTY is not None
    assert words(judged(LiveZone(EMPTY), network, query)[0]) == "lame"


def test_a_circle_within_the_zone_ends_at_its_servers_too() -> None:
    query, said = told_by(NS_NOW, "round.example.com A", "192.0.2.1")
    assert ask(query, (query, said)).cause == "alias-loop"


def test_a_server_that_will_delegate_no_more_answers_itself() -> None:
    query = ServerQuery("mail.example.com", "A", NS_NOW)
    now = DnsAnswer(
        "mail.example.com",
        "A",
        "referral",
        cut="mail.example.com",
        delegated_to=("ns1.example.net",),
    )
    assert ask(query, (query, now)).texts == ("192.0.2.25",)


def test_one_that_delegates_the_zone_itself_goes_on_doing_so() -> None:
    query = ServerQuery("mail.example.com", "A", NS_NOW)
    now = DnsAnswer(
        "mail.example.com", "A", "referral", cut="example.com", delegated_to=("ns1.example.net",)
    )
    assert ask(query, (query, now)) == now


def test_a_resolver_will_serve_it_too() -> None:
    query = ServerQuery("example.com", "MX", NS_NOW, recursive=True)
    assert ask(query).texts == ("10 mail.example.com.",)


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("mail.example.com", "example.com.zone"),
        ("example.com", "example.com.zone"),
        ("example.net", ""),
        ("notexample.com", ""),
        (".", ""),
    ],
)
def test_who_proposes_a_name(name: str, by: str) -> None:
    assert ask(Proposed(name)) == ProposedFact(by)


def test_the_ds_of_a_zone_is_its_parents() -> None:
    live = told("example.com DS", "NODATA")
    assert shown(ask(DnsQuery("example.com", "DS"), live)) == ["example.com DS → NODATA"]


def test_what_is_published_today_is_asked_of_its_servers() -> None:
    """Nobody told where they are, so nobody can be asked; least of all the resolver."""
    live = told("example.com MX", "10 old.example.net.")
    assert isinstance(ask(Published("example.com", "MX"), live), Unobserved)


def test_what_each_server_publishes_is_asked_of_those_of_today() -> None:
    found = ask(PublishedByEach("example.com", "SOA"))
    assert isinstance(found, Unobserved)
    assert found.cause != "nothing-proposed"


def test_the_copy_of_a_zone_has_its_faults() -> None:
    assert ask(ProposedCopy("example.com")).by == "example.com.zone"
    proposed = ("example.com", "2.0.192.in-addr.arpa", "agency.example")
    assert ask(ProposedCopy("example.net")) == ProposedCopyFact(proposed=proposed)


def test_what_is_proposed_can_be_listed_and_who_uses_what() -> None:
    changes = ask(Changes())
    assert [*changes.zones] == ["example.com", "2.0.192.in-addr.arpa", "agency.example"]
    [ptr] = [one for one in changes.zones["2.0.192.in-addr.arpa"].written if one.rdtype == "PTR"]
    assert ptr.name == "25.2.0.192.in-addr.arpa"
    assert ask(NamesInUse(), (NamesInUse(), NamesInUseFact(more=7))).more == 7
