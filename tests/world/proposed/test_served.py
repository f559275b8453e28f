"""A zone on the servers it is to move to: what they say together, and who among them does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.checks.domain.nameservers_agree import NameserversAgree, judge
from mailcheck.engine import Engine, Layer
from mailcheck.facts.authority import told_by
from mailcheck.facts.change.proposed import Proposed
from mailcheck.facts.dns import DnsAnswer, DnsQuery, NameServer, ServerQuery, name_server, told
from mailcheck.finding import Finding, met
from mailcheck.names import Domain, RecordType
from mailcheck.question import Question, Unobserved, each_of
from mailcheck.world.proposed import ProposedNetwork
from mailcheck.world.proposed.served import ServedZone
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from mailcheck.check import Told

ONE = name_server("192.0.2.1", "ns1.agency.example")
TWO = name_server("192.0.2.2")
SERVERS = ("ns1.agency.example", "192.0.2.2")
OLD = name_server("198.51.100.1", "ns1.example.net")
REGISTRY = name_server("198.51.100.2", "a.registry.example")
CHILD = name_server("192.0.2.3", "ns.child.example.com")
WHERE: tuple[Told, ...] = (
    told("ns1.agency.example A", "192.0.2.1"),
    told("ns1.agency.example AAAA", "NODATA"),
)


def ask(asked: str | Question[Any], *live: Told, on: tuple[str, ...] = SERVERS) -> Any:
    """Return what will be said of a name of example.com, which moves to two servers, or *on* others."""
    served = ServedZone("example.com", on)
    network = ProposedNetwork({"example.com": served})
    engine = Engine(Layer(Engine(ToldWorld(live)), network.answer))
    got: list[Any] = []

    async def judge() -> Finding:
        question = DnsQuery(*asked.split()) if isinstance(asked, str) else asked
        got.extend(await each_of([question]))
        return met()

    engine.finish(engine.plan(judge))
    return got[0]


def both(asked: str, one: str, two: str) -> tuple[Told, ...]:
    """What each of the two servers says."""
    return (*WHERE, told_by(ONE, asked, one), told_by(TWO, asked, two))


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        pytest.param("10 mx.", "10 mx.", "10 mx.", id="both agree"),
        pytest.param("10 mx.", "REFUSED-BY-AUTHORITY", "10 mx.", id="one refuses"),
        pytest.param("TIMEOUT", "10 mx.", "10 mx.", id="one is silent"),
        pytest.param("NODATA", "NODATA", "nodata", id="both deny"),
        pytest.param("10 mx.", "20 mx.", "proposed-servers-differ", id="they differ"),
        pytest.param("10 mx.", "NODATA", "proposed-servers-differ", id="one has no such record"),
        pytest.param(
            "REFUSED-BY-AUTHORITY", "REFUSED-BY-AUTHORITY", "refused", id="neither has the zone"
        ),
        pytest.param("TIMEOUT", "REFUSED-BY-AUTHORITY", "timeout", id="the silent one might know"),
        pytest.param("TIMEOUT", "TIMEOUT", "timeout", id="both are silent"),
        pytest.param("LAME", "LAME", "lame", id="neither has authority"),
    ],
)
def test_what_two_servers_say_together(one: str, two: str, said: str) -> None:
    answer = ask("example.com MX", *both("example.com MX", one, two))
    if isinstance(answer, Unobserved):
        assert answer.cause == said
    else:
        assert (answer.texts or (answer.status,)) == (said,)


def test_evidence_says_who_serves_it_and_who_does_not() -> None:
    live = both("example.com MX", "10 mx.", "REFUSED-BY-AUTHORITY")
    assert [str(line) for line in ask("example.com MX", *live).evidence] == [
        "example.com MX → 10 mx., proposed, authoritative, TTL 3600",
        "example.com MX → REFUSED, proposed, authoritative",
    ]


def test_servers_that_differ_are_named() -> None:
    answer = ask("example.com MX", *both("example.com MX", "10 mx.", "20 mx."))
    assert "ns1.agency.example (192.0.2.1) says 10 mx." in answer.text
    assert "192.0.2.2 says 20 mx." in answer.text


def test_an_alias_out_of_the_zone_leads_into_the_live_network() -> None:
    live = both(
        "www.example.com A", "-> web.example.net | 192.0.2.99", "-> web.example.net | NODATA"
    )
    answer = ask("www.example.com A", *live, told("web.example.net A", "192.0.2.80"))
    assert answer.texts == ("192.0.2.80",)


def test_a_server_without_an_address_is_no_server() -> None:
    live = (
        told("ns1.agency.example A", "NXDOMAIN"),
        told("ns1.agency.example AAAA", "NXDOMAIN"),
        told_by(TWO, "example.com MX", "REFUSED-BY-AUTHORITY"),
    )
    answer = ask("example.com MX", *live)
    assert isinstance(answer, Unobserved)


def test_servers_without_any_address_are_named_as_those_of_the_change() -> None:
    """A slip in the option: nothing is delegated to them yet."""
    none = (told("ns1.agency.example A", "NXDOMAIN"), told("ns1.agency.example AAAA", "NXDOMAIN"))
    answer = ask("example.com MX", *none, on=("ns1.agency.example",))
    assert isinstance(answer, Unobserved)
    assert answer.text == "example.com is to move to ns1.agency.example: no address is known"


def test_nothing_is_known_without_the_addresses_of_the_servers() -> None:
    answer = ask("example.com MX", told("ns1.agency.example A", "SERVFAIL"))
    assert isinstance(answer, Unobserved)


def test_a_server_in_the_zone_that_has_no_address_yet_is_to_be_given_by_address() -> None:
    live = (told("ns.example.com A", "NXDOMAIN"), told("ns.example.com AAAA", "NXDOMAIN"))
    answer = ask("example.com MX", *live, on=("ns.example.com",))
    assert "ns.example.com lies in the zone that is to move" in answer.text
    assert "ns:example.com=ADDRESS" in answer.text


def referral(*hosts: str) -> DnsAnswer:
    """What the registry says today."""
    return DnsAnswer("example.com", "NS", "referral", cut="example.com", delegated_to=hosts)


def test_the_zone_above_will_delegate_to_the_new_servers() -> None:
    query = ServerQuery("example.com", "NS", REGISTRY)
    then = ask(query, *WHERE, (query, referral("ns1.example.net")))
    assert (then.status, then.cut) == ("referral", "example.com")
    assert then.delegated_to == ("192-0-2-2.example.com", "ns1.agency.example")
    assert {(server.name, str(server.address)) for server in then.glue} == {
        ("ns1.agency.example", "192.0.2.1"),
        ("192-0-2-2.example.com", "192.0.2.2"),
    }
    [line] = then.evidence
    assert line.source == "proposed, in place of what a.registry.example (198.51.100.2) says now"


def test_a_new_server_without_an_address_is_delegated_to_all_the_same() -> None:
    query = ServerQuery("example.com", "NS", REGISTRY)
    live = (told("ns.example.com A", "NXDOMAIN"), told("ns.example.com AAAA", "NXDOMAIN"))
    servers = ("ns.example.com", "2001:db8::53")
    then = ask(query, *live, (query, referral("ns1.example.net")), on=servers)
    assert then.delegated_to == ("2001-db8--53.example.com", "ns.example.com")


def test_a_referral_to_a_zone_above_stays() -> None:
    query = ServerQuery("example.com", "NS", REGISTRY)
    now = replace(referral("a.gtld.example"), cut="com")
    assert ask(query, *WHERE, (query, now)) == now


@pytest.mark.parametrize("said", ["10 mx.", "NODATA", "REFUSED-BY-AUTHORITY", "LAME", "TIMEOUT"])
@pytest.mark.parametrize("other", ["10 mx.", "20 mx.", "TIMEOUT"])
def test_each_new_server_says_its_own(said: str, other: str) -> None:
    query, now = told_by(TWO, "example.com MX", said)
    then = ask(query, *both("example.com MX", other, said))
    if isinstance(now, Unobserved):
        assert then == now
    else:
        assert isinstance(now, DnsAnswer)
        assert (then.status, then.texts) == (now.status, now.texts)


def test_an_old_server_will_say_what_the_new_ones_say() -> None:
    query, now = told_by(OLD, "example.com MX", "10 old.")
    then = ask(query, *both("example.com MX", "10 mx.", "10 mx."), (query, now))
    assert then.texts == ("10 mx.",)


@pytest.mark.parametrize("name", ["example.com", "www.example.com"])
@pytest.mark.parametrize("said", ["ns1.example.net.", "NODATA", "NXDOMAIN"])
def test_who_has_the_zone_above_as_well_will_refer_to_the_new_servers(name: str, said: str) -> None:
    query, now = told_by(OLD, f"{name} NS", said)
    assert isinstance(now, DnsAnswer)
    now = now if now.texts else replace(now, denier="example.com")
    then = ask(query, *WHERE, (query, now))
    assert (then.status, then.cut, then.authoritative) == ("referral", "example.com", False)
    assert then.delegated_to == ("192-0-2-2.example.com", "ns1.agency.example")


@pytest.mark.parametrize(
    ("server", "said"),
    [
        pytest.param(OLD, "REFUSED-BY-AUTHORITY", id="who refuses goes on"),
        pytest.param(OLD, "LAME", id="who has no authority gets none"),
        pytest.param(TWO, "ns1.example.net.", id="a new server says its own"),
    ],
)
def test_others_do_not_refer_to_the_new_servers(server: NameServer, said: str) -> None:
    query, now = told_by(server, "example.com NS", said)
    then = ask(query, *WHERE, (query, now))
    assert isinstance(then, Unobserved) or then.status != "referral"


@pytest.mark.parametrize(
    ("two", "reasons"),
    [
        pytest.param("10 mx.", (), id="alike"),
        pytest.param("20 mx.", ("nameservers-differ",), id="another copy"),
        pytest.param("REFUSED-BY-AUTHORITY", ("server-refuses",), id="no copy"),
        pytest.param("LAME", ("not-authoritative",), id="no authority"),
    ],
)
def test_the_new_servers_are_those_that_have_to_agree(two: str, reasons: tuple[str, ...]) -> None:
    """And not the old ones, to which the zone is still delegated."""
    delegated = ServerQuery("example.com", "NS", REGISTRY)
    live = (
        *both("example.com NS", "ns1.agency.example.", "ns1.agency.example."),
        told("com NS", "a.registry.example."),
        told("a.registry.example A", "198.51.100.2"),
        told("a.registry.example AAAA", "NODATA"),
        (delegated, referral("ns1.example.net")),
        *both("example.com MX", "10 mx.", two),
    )
    served = ServedZone("example.com", SERVERS)
    engine = Engine(Layer(Engine(ToldWorld(live)), ProposedNetwork({"example.com": served}).answer))
    wanted = NameserversAgree(Domain("example.com"), RecordType("MX"))
    outcome = engine.finish(engine.plan(lambda: judge(wanted))).outcome
    assert isinstance(outcome, Finding)
    assert tuple(reason.tag for reason in outcome.reasons) == reasons
    assert [one.tag for one in outcome.advice] == []


COPY = "ns1.agency.example. | ns1.example.net."


def test_a_copy_that_lists_the_old_servers_is_told() -> None:
    """Resolvers that have read it go back to them."""
    live = (
        *both("example.com NS", COPY, COPY),
        told("com NS", "a.registry.example."),
        told("a.registry.example A", "198.51.100.2"),
        told("a.registry.example AAAA", "NODATA"),
        told("ns1.example.net A", "198.51.100.1"),
        told("ns1.example.net AAAA", "NODATA"),
        (ServerQuery("example.com", "NS", REGISTRY), referral("ns1.example.net")),
        *both("example.com MX", "10 mx.", "10 mx."),
    )
    served = ServedZone("example.com", SERVERS)
    engine = Engine(Layer(Engine(ToldWorld(live)), ProposedNetwork({"example.com": served}).answer))
    wanted = NameserversAgree(Domain("example.com"), RecordType("MX"))
    outcome = engine.finish(engine.plan(lambda: judge(wanted))).outcome
    assert isinstance(outcome, Finding)
    [advice] = outcome.advice
    assert (advice.tag, advice.text.rpartition(": ")[2]) == ("old-nameservers", "ns1.example.net")


@pytest.mark.parametrize(
    ("name", "moves_to"),
    [
        pytest.param("example.com", SERVERS, id="the zone"),
        pytest.param("www.example.com", (), id="a name in it"),
        pytest.param("example.net", (), id="another zone"),
    ],
)
def test_it_is_known_to_whom_a_zone_moves(name: str, moves_to: tuple[str, ...]) -> None:
    assert ask(Proposed(name)).moves_to == moves_to
