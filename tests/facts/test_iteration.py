"""From the root to the servers that speak for a name, through a world of hostile and broken ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.engine import Engine
from mailcheck.facts.delegation import Delegation, DelegationFact
from mailcheck.facts.dns import DnsAnswer, DnsQuery, NameServer, ServerQuery, name_server, told
from mailcheck.facts.iteration import MAX_QUESTIONS, MAX_SERVERS, FromAuthority
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.polling import IN_VAIN
from mailcheck.facts.root import RunRoot, RunRootFact
from mailcheck.finding import met
from mailcheck.names import is_under
from mailcheck.question import Fact, Question, Unobserved, each_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailcheck.finding import Finding

ROOT = name_server("192.0.2.1", "a.root.example")
TLD = name_server("192.0.2.2", "a.nic.test")
NS1 = name_server("198.51.100.1", "ns1.shop.test")
NS2 = name_server("198.51.100.2", "ns2.shop.test")
GUIDE = name_server("203.0.113.53")


@dataclass
class Holds:
    """What one server has: zones by name, each with records and cuts to the zones below.

    Records are written as ``told`` has them. A zone answers for every name under it that no cut of
    it covers.
    """

    zones: dict[str, dict[str, str]] = field(default_factory=dict)
    cuts: dict[str, tuple[tuple[str, ...], tuple[NameServer, ...]]] = field(default_factory=dict)
    always: str | DnsAnswer = ""

    def says(self, query: ServerQuery) -> DnsAnswer | Unobserved:
        """Answer as an authoritative server does."""
        if isinstance(self.always, DnsAnswer):
            return self.always
        if self.always:
            return said(query, self.always)
        for cut, (hosts, glue) in self.cuts.items():
            if is_under(query.name, cut) and not (query.rdtype == "DS" and query.name == cut):
                return refers(query, cut, hosts, glue)
        around = [zone for zone in self.zones if is_under(query.name, zone)]
        if not around:
            return said(query, "REFUSED-BY-AUTHORITY")
        zone = max(around, key=len)
        records = self.zones[zone]
        if record := records.get(f"{query.name} {query.rdtype}") or records.get(query.name):
            return said(query, record, zone)
        exists = any(is_under(key.partition(" ")[0], query.name) for key in records)
        return said(query, "NODATA" if exists or query.name == zone else "NXDOMAIN", zone)


def said(query: ServerQuery, answer: str, zone: str = "") -> DnsAnswer | Unobserved:
    """Return what a server says with authority; ``LAME DATA`` has none."""
    words = answer.removeprefix("LAME DATA ")
    _, fact = told(f"{query.name} {query.rdtype}", words, denier=zone)
    if isinstance(fact, DnsAnswer) and words == answer and fact.status != "refused":
        return DnsAnswer(
            fact.name,
            fact.rdtype,
            fact.status,
            fact.records,
            fact.aliases,
            fact.ttl,
            authoritative=True,
            denier=fact.denier if not fact.aliases else "",
        )
    return fact


def refers(
    query: ServerQuery, cut: str, hosts: tuple[str, ...], glue: tuple[NameServer, ...] = ()
) -> DnsAnswer:
    """Return a referral."""
    return DnsAnswer(query.name, query.rdtype, "referral", cut=cut, delegated_to=hosts, glue=glue)


class Internet:
    """A world of servers at addresses; whoever is not there is silent. Counts what is asked."""

    limits: ClassVar[dict[type, int]] = {}

    def __init__(
        self,
        servers: Mapping[NameServer, Holds],
        roots: tuple[NameServer, ...] = (ROOT,),
        guides: tuple[NameServer, ...] = (),
    ) -> None:
        self.servers = dict(servers)
        self.roots = RunRootFact(roots, guides)
        self.asked: Counter[str] = Counter()
        self._open: list[tuple[Any, Callable[[Any], None]]] = []

    def answer(self, question: Question[Any], deliver: Callable[[Any], None]) -> None:
        """Put it in line."""
        self._open.append((question, deliver))

    def step(self) -> None:
        """Answer one."""
        question, deliver = self._open.pop()
        deliver(self._answer_to(question))

    async def stepped(self) -> None:
        """Answer one."""
        self.step()

    def poll(self) -> None:
        """Nothing comes by itself."""

    def close(self) -> None:
        """Forget the rest."""
        self._open.clear()

    def _answer_to(self, question: Question[Any]) -> Fact | Unobserved:
        if isinstance(question, RunRoot):
            return self.roots
        if isinstance(question, DnsQuery):
            return Unobserved("no-resolver")
        if not isinstance(question, ServerQuery):
            return Unobserved("not-told")
        self.asked[f"{question.name} {question.rdtype} @{question.server.address}"] += 1
        holds = self.servers.get(question.server)
        return holds.says(question) if holds else Unobserved("timeout")

    def find(self, *questions: Question[Any]) -> list[Any]:
        """Return the answers to composite questions."""
        found: list[Any] = []

        async def judge() -> Finding:
            found.extend(await each_of(questions))
            return met()

        engine = Engine(self)
        judgement = engine.plan(judge)
        engine.finish(judgement)
        assert found, judgement.answer
        return found


def a_shop(**records: str) -> dict[NameServer, Holds]:
    """The root, the registry of test, and the two servers of shop.test."""
    shop = {"shop.test": {"shop.test NS": "ns1.shop.test. | ns2.shop.test.", **_named(records)}}
    return {
        ROOT: Holds({".": {". NS": "a.root.example."}}, {"test": ((TLD.name,), (TLD,))}),
        TLD: Holds({"test": {}}, {"shop.test": ((NS1.name, NS2.name), (NS1, NS2))}),
        NS1: Holds(shop),
        NS2: Holds(shop),
    }


def _named(records: Mapping[str, str]) -> dict[str, str]:
    """``www_A`` is the A of www.shop.test, ``MX`` that of the zone itself."""
    named = {}
    for key, value in records.items():
        label, _, rdtype = key.rpartition("_")
        named[f"{label}.shop.test {rdtype}" if label else f"shop.test {rdtype}"] = value
    return named


# ── the way down ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        pytest.param("shop.test MX", "data", id="the zone itself"),
        pytest.param("www.shop.test A", "data", id="a name in it"),
        pytest.param("a.b.c.shop.test TXT", "data", id="a name deep in it"),
        pytest.param("b.c.shop.test TXT", "nodata", id="an empty non-terminal"),
        pytest.param("shop.test TXT", "nodata", id="no such type"),
        pytest.param("gone.shop.test A", "nxdomain", id="no such name"),
        pytest.param("nosuch.test MX", "nxdomain", id="no such domain"),
        pytest.param("nosuch MX", "nxdomain", id="no such TLD"),
        pytest.param("test SOA", "nodata", id="a TLD"),
        pytest.param(". NS", "data", id="the root itself"),
    ],
)
def test_a_name_is_found_from_the_root(asked: str, status: str) -> None:
    name, rdtype = asked.split()
    net = Internet(a_shop(MX="10 mx.shop.test.", www_A="192.0.2.80", **{"a.b.c_TXT": '"x"'}))
    [answer] = net.find(Lookup(name, rdtype))
    assert isinstance(answer, DnsAnswer)
    assert (answer.name, answer.rdtype, answer.status) == (name, rdtype, status)
    assert answer.authoritative


def test_the_way_is_shared_by_all_names() -> None:
    """Above the zone, a thousand questions about it ask what one asks."""
    names = [f"h{number}.shop.test" for number in range(1000)]
    net = Internet(a_shop(**{f"h{number}_A": "192.0.2.80" for number in range(1000)}))
    answers = net.find(*(Lookup(name, "A") for name in names))
    assert {answer.status for answer in answers} == {"data"}
    above = [asked for asked in net.asked if asked.endswith(("@192.0.2.1", "@192.0.2.2"))]
    assert sorted(above) == [
        ". NS @192.0.2.1",
        "shop.test NS @192.0.2.2",
        "test NS @192.0.2.1",
    ]
    assert net.asked.total() == 1000 + len(above)


def test_the_load_of_a_zone_is_shared_by_its_servers() -> None:
    net = Internet(a_shop(**{f"h{number}_A": "192.0.2.80" for number in range(100)}))
    net.find(*(Lookup(f"h{number}.shop.test", "A") for number in range(100)))
    first, second = (
        sum(asked.endswith(f"@{server.address}") for asked in net.asked) for server in (NS1, NS2)
    )
    assert first + second == 100
    assert min(first, second) > 20


def test_the_ds_of_a_zone_is_asked_above_its_cut() -> None:
    servers = a_shop()
    servers[TLD].zones["test"]["shop.test DS"] = "1 8 2 " + "00" * 32
    [answer] = Internet(servers).find(Lookup("shop.test", "DS"))
    assert answer.status == "data"


def test_one_server_may_hold_a_zone_and_the_one_below_it() -> None:
    """As those of kr hold co.kr: there is never a referral between the two."""
    servers = a_shop()
    servers[TLD].zones["co.test"] = {"co.test NS": "a.nic.test.", "co.test": "NODATA"}
    servers[TLD].cuts = {"my.co.test": ((NS1.name,), (NS1,))}
    servers[NS1] = Holds({"my.co.test": {"my.co.test MX": "10 mx.my.co.test."}})
    [answer] = Internet(servers).find(Lookup("my.co.test", "MX"))
    assert answer.status == "data"


def test_a_reverse_name_of_ipv6_is_not_asked_label_by_label() -> None:
    name = ".".join("0" * 32) + ".ip6.arpa"
    servers = {ROOT: Holds({".": {". NS": "a.root.example.", f"{name} PTR": "mail.example."}})}
    net = Internet(servers)
    [answer] = net.find(Lookup(name, "PTR"))
    assert answer.status == "data"
    assert net.asked.total() == 12  # the root, ten steps, the name


def test_a_denial_above_the_name_is_not_taken_for_its_own() -> None:
    """Some servers deny empty non-terminals (rbldnsd did): the name itself decides."""
    servers = a_shop(**{"a.b_A": "127.0.0.2"})
    servers[NS1].zones["shop.test"]["b.shop.test NS"] = "NXDOMAIN"
    [answer] = Internet(servers).find(Lookup("a.b.shop.test", "A"))
    assert answer.status == "data"


# ── servers ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param("TIMEOUT", id="silent"),
        pytest.param("SERVFAIL", id="fails"),
        pytest.param("LAME", id="knows nothing of the zone"),
        pytest.param("LAME DATA 192.0.2.66", id="answers without authority"),
        pytest.param("REFUSED-BY-AUTHORITY", id="refuses"),
    ],
)
@pytest.mark.parametrize("one", [NS1, NS2], ids=["the first", "the second"])
def test_one_good_server_is_enough(one: NameServer, broken: str) -> None:
    servers = a_shop(www_A="192.0.2.80", mail_A="192.0.2.80")
    servers[one] = Holds(always=broken)
    found = Internet(servers).find(Lookup("www.shop.test", "A"), Lookup("mail.shop.test", "A"))
    assert [answer.texts for answer in found] == [("192.0.2.80",)] * 2


@pytest.mark.parametrize(
    ("first", "second", "ends"),
    [
        ("REFUSED-BY-AUTHORITY", "REFUSED-BY-AUTHORITY", "refused shop.test"),
        ("REFUSED-BY-AUTHORITY", "TIMEOUT", "timeout"),
        ("REFUSED-BY-AUTHORITY", "LAME", "lame"),
        ("TIMEOUT", "TIMEOUT", "timeout"),
        ("SERVFAIL", "SERVFAIL", "servfail"),
        ("LAME DATA 192.0.2.66", "LAME DATA 192.0.2.66", "lame"),
    ],
)
def test_what_servers_come_to_that_do_not_answer(first: str, second: str, ends: str) -> None:
    servers = a_shop()
    servers[NS1], servers[NS2] = Holds(always=first), Holds(always=second)
    [found] = Internet(servers).find(Lookup("www.shop.test", "A"))
    if isinstance(found, DnsAnswer):
        assert f"{found.status} {found.cut}" == ends
    else:
        assert found.cause == ends


def test_a_server_without_a_route_has_not_refused_nor_been_silent() -> None:
    v6 = name_server("2001:db8::1", "ns1.shop.test")
    servers = a_shop(www_A="REFUSED-BY-AUTHORITY")
    servers[TLD].cuts["shop.test"] = (("ns1.shop.test",), (NS1, v6))
    servers[NS1] = Holds(always="REFUSED-BY-AUTHORITY")

    class NoRoute(Holds):
        def says(self, query: ServerQuery) -> Unobserved:  # noqa: ARG002  says it to all
            return Unobserved("no-ipv6-route", not_evaluated=True)

    servers[v6] = NoRoute()
    [found] = Internet(servers).find(Lookup("www.shop.test", "A"))
    assert found.status == "refused"


def test_servers_without_glue_are_looked_up() -> None:
    servers = a_shop(ns1_A="198.51.100.1", MX="10 mx.shop.test.")
    servers[TLD].cuts["other.test"] = (("ns1.shop.test",), ())
    servers[NS1].zones["other.test"] = {"other.test MX": "10 mx.other.test."}
    servers[NS2].zones["shop.test"]["ns1.shop.test A"] = "198.51.100.1"
    net = Internet(servers)
    [answer] = net.find(Lookup("other.test", "MX"))
    assert answer.texts == ("10 mx.other.test.",)


def test_servers_with_ipv6_only_are_looked_up() -> None:
    v6 = name_server("2001:db8::1", "ns6.shop.test")
    servers = a_shop(ns6_AAAA="2001:db8::1")
    servers[TLD].cuts["other.test"] = (("ns6.shop.test",), ())
    servers[v6] = Holds({"other.test": {"other.test MX": "10 mx.other.test."}})
    [answer] = Internet(servers).find(Lookup("other.test", "MX"))
    assert answer.status == "data"


NO_ROUTE = Unobserved("no-ipv6-route", not_evaluated=True)


class Cut(Holds):
    """A server that this network does not lead to."""

    def says(self, query: ServerQuery) -> Unobserved:  # noqa: ARG002  says it to all
        return NO_ROUTE if self.always == "NO-ROUTE" else Unobserved("unreachable")


@pytest.mark.parametrize("silence", ["NO-ROUTE", "UNREACHABLE"])
def test_a_server_that_ipv4_does_not_lead_to_is_asked_over_ipv6(silence: str) -> None:
    """Without glue: its addresses are looked up, one family after the other."""
    v4, v6 = (name_server(at, "dual.shop.test") for at in ("198.51.100.9", "2001:db8::9"))
    servers = a_shop(dual_A=f"192.0.2.9 | {v4.address}", dual_AAAA=f"{v6.address}")
    servers[TLD].cuts["other.test"] = ((v4.name,), ())
    servers[v4] = servers[name_server("192.0.2.9", v4.name)] = Cut(always=silence)
    servers[v6] = Holds({"other.test": {"other.test MX": "10 mx.other.test."}})
    net = Internet(servers)
    [answer] = net.find(Lookup("other.test", "MX"))
    assert isinstance(answer, DnsAnswer)
    assert answer.texts == ("10 mx.other.test.",)


@pytest.mark.parametrize("heard", ["REFUSED-BY-AUTHORITY", "TIMEOUT", "LAME"])
def test_a_server_that_ipv4_leads_to_is_not_asked_over_ipv6(heard: str) -> None:
    v4, v6 = (name_server(at, "dual.shop.test") for at in ("198.51.100.9", "2001:db8::9"))
    servers = a_shop(dual_A=f"{v4.address}", dual_AAAA=f"{v6.address}")
    servers[TLD].cuts["other.test"] = ((v4.name,), ())
    servers[v4] = Holds(always=heard)
    net = Internet(servers)
    net.find(Lookup("other.test", "MX"))
    assert not any("AAAA" in asked or str(v6.address) in asked for asked in net.asked)


@pytest.mark.parametrize(
    "hosts",
    [
        pytest.param(("ns.other.test",), id="a server under the zone itself"),
        pytest.param(("ns.third.test",), id="two zones that name each other"),
        pytest.param(("ns.nosuch.test",), id="a server that does not exist"),
        pytest.param((), id="nobody"),
    ],
)
def test_a_delegation_that_leads_to_no_address_is_lame(hosts: tuple[str, ...]) -> None:
    servers = a_shop()
    servers[TLD].cuts["other.test"] = (hosts, ())
    servers[TLD].cuts["third.test"] = (("ns.other.test",), ())
    net = Internet(servers)
    [found] = net.find(Lookup("other.test", "MX"))
    assert isinstance(found, Unobserved)
    assert found.cause == "lame"
    assert net.asked.total() < 20


def test_a_server_whose_address_nobody_says_is_not_called_lame() -> None:
    silent = name_server("198.51.100.99", "ns.dark.test")
    servers = a_shop()
    servers[TLD].cuts["dark.test"] = ((silent.name,), (silent,))
    servers[TLD].cuts["other.test"] = (("mail.dark.test",), ())
    [found] = Internet(servers).find(Lookup("other.test", "MX"))
    assert isinstance(found, Unobserved)
    assert found.cause == "timeout"
    assert "mail.dark.test" in found.text


# ── aliases ──────────────────────────────────────────────────────────────────────────────────


def test_an_alias_is_followed_into_another_zone() -> None:
    servers = a_shop(www_A="-> cdn.other.test")
    servers[TLD].cuts["other.test"] = ((NS1.name,), (NS1,))
    servers[NS1].zones["other.test"] = {"cdn.other.test A": "192.0.2.80"}
    servers[NS2].zones["shop.test"] = servers[NS1].zones["shop.test"]
    [answer] = Internet(servers).find(Lookup("www.shop.test", "A"))
    assert (answer.aliases, answer.texts) == (("cdn.other.test",), ("192.0.2.80",))


def test_what_a_server_adds_about_another_zone_is_not_believed() -> None:
    """It may well say where its alias leads; what is there is not its to say."""
    servers = a_shop(www_A="-> cdn.other.test | 203.0.113.66")
    servers[TLD].cuts["other.test"] = ((NS2.name,), (NS2,))
    servers[NS2] = Holds({**servers[NS2].zones, "other.test": {"cdn.other.test A": "192.0.2.80"}})
    [answer] = Internet(servers).find(Lookup("www.shop.test", "A"))
    assert answer.texts == ("192.0.2.80",)


def test_nor_is_a_denial_of_another_zone_s_name() -> None:
    servers = a_shop(www_A="-> cdn.other.test | NXDOMAIN")
    servers[TLD].cuts["other.test"] = ((NS2.name,), (NS2,))
    servers[NS2] = Holds({**servers[NS2].zones, "other.test": {"cdn.other.test A": "192.0.2.80"}})
    [answer] = Internet(servers).find(Lookup("www.shop.test", "A"))
    assert (answer.status, answer.texts) == ("data", ("192.0.2.80",))


@pytest.mark.parametrize(
    ("aliases", "cause"),
    [
        pytest.param({"www_A": "-> www.shop.test"}, "alias-loop", id="of itself"),
        pytest.param(
            {"www_A": "-> a.shop.test", "a_A": "-> www.shop.test"}, "alias-loop", id="in a circle"
        ),
        pytest.param(
            {"www_A": "-> h0.shop.test"} | {f"h{n}_A": f"-> h{n + 1}.shop.test" for n in range(40)},
            "alias-chain-too-long",
            id="without end",
        ),
    ],
)
def test_aliases_that_lead_nowhere(aliases: dict[str, str], cause: str) -> None:
    [found] = Internet(a_shop(**aliases)).find(Lookup("www.shop.test", "A"))
    assert isinstance(found, Unobserved)
    assert found.cause == cause
    assert "www.shop.test → " in found.text


# ── hostile servers ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "cut",
    [
        pytest.param(".", id="upward, to the root"),
        pytest.param("test", id="upward, to the TLD"),
        pytest.param("shop.test", id="to itself"),
        pytest.param("victim.test", id="sideways"),
        pytest.param("elsewhere.shop.test", id="down, but past the name"),
    ],
)
def test_a_referral_that_leads_nowhere_is_lame(cut: str) -> None:
    evil = name_server("203.0.113.66", "ns.shop.test")
    servers = a_shop()
    query = ServerQuery("www.shop.test", "A", NS1)
    for server in (NS1, NS2):
        servers[server] = Holds(always=refers(query, cut, (evil.name,), (evil,)))
    servers[evil] = Holds(always="203.0.113.66")
    [found] = Internet(servers).find(Lookup("www.shop.test", "A"))
    assert isinstance(found, Unobserved)
    assert found.cause == "lame"


def test_glue_for_names_beside_the_referrer_is_not_believed() -> None:
    """The servers of shop.test have no say in where ns.bank.test is."""
    evil = name_server("203.0.113.66", "ns.bank.test")
    good = name_server("192.0.2.99", "ns.bank.test")
    servers = a_shop()
    for server in (NS1, NS2):
        servers[server].cuts["sub.shop.test"] = ((evil.name,), (evil,))
    servers[TLD].cuts["bank.test"] = (("ns.bank.test",), (good,))
    servers[evil] = Holds(always="203.0.113.66")
    servers[good] = Holds(
        {
            "bank.test": {"ns.bank.test A": "192.0.2.99"},
            "sub.shop.test": {"sub.shop.test A": "192.0.2.80"},
        }
    )
    [answer] = Internet(servers).find(Lookup("sub.shop.test", "A"))
    assert answer.texts == ("192.0.2.80",)


def test_glue_for_hosts_that_are_not_named_is_not_asked() -> None:
    evil = name_server("203.0.113.66", "evil.test")
    servers = a_shop(www_A="192.0.2.80")
    servers[TLD].cuts["shop.test"] = ((NS1.name,), (evil, NS1))
    servers[evil] = Holds(always="203.0.113.66")
    [answer] = Internet(servers).find(Lookup("www.shop.test", "A"))
    assert answer.texts == ("192.0.2.80",)


@pytest.mark.parametrize("glue", [True, False], ids=["with glue", "without glue"])
def test_a_delegation_to_a_thousand_servers_asks_few(*, glue: bool) -> None:
    hosts = tuple(f"ns{number}.shop.test" for number in range(1000))
    at = tuple(name_server(f"203.0.{n // 250}.{n % 250}", host) for n, host in enumerate(hosts))
    servers = a_shop()
    servers[TLD].cuts["shop.test"] = (hosts, at if glue else ())
    net = Internet(servers)
    [found] = net.find(Lookup("www.shop.test", "A"))
    assert isinstance(found, Unobserved)
    assert net.asked.total() < 40


def test_a_thousand_servers_that_refuse_are_not_all_of_them() -> None:
    hosts = tuple(f"ns{number}.shop.test" for number in range(1000))
    at = tuple(name_server(f"203.0.{n // 250}.{n % 250}", host) for n, host in enumerate(hosts))
    servers = a_shop()
    servers[TLD].cuts["shop.test"] = (hosts, at)
    servers |= {server: Holds(always="REFUSED-BY-AUTHORITY") for server in at}
    [found] = Internet(servers).find(Lookup("www.shop.test", "A"))
    assert isinstance(found, Unobserved)
    assert found.cause == "refused"


class Maze(Holds):
    """Delegates every name one label further down, to a new server without glue."""

    def says(self, query: ServerQuery) -> DnsAnswer | Unobserved:
        depth = query.name.count(".")
        return refers(query, query.name, tuple(f"n{i}.m{depth}.{query.name}" for i in range(5)))


def test_a_maze_of_delegations_ends() -> None:
    net = Internet({ROOT: a_shop()[ROOT], TLD: Maze()})
    [found] = net.find(Lookup("a.b.c.d.e.f.g.test", "A"))
    assert isinstance(found, Unobserved)
    assert net.asked.total() <= MAX_QUESTIONS


@dataclass
class Step(Holds):
    """Refers to the zone one label further down, whose server is the next step."""

    labels: int = 1

    def says(self, query: ServerQuery) -> DnsAnswer | Unobserved:
        cut = ".".join(query.name.split(".")[-self.labels - 1 :])
        return refers(query, cut, (f"ns.{cut}",), (step(self.labels + 1, cut),))


def step(labels: int, zone: str) -> NameServer:
    return name_server(f"192.0.3.{labels}", f"ns.{zone}")


@pytest.mark.parametrize(("labels", "cut_off"), [(60, False), (125, True)])
def test_a_staircase_of_referrals_ends(labels: int, *, cut_off: bool) -> None:
    steps = {step(number, ""): Step(labels=number) for number in range(2, labels)}
    net = Internet({ROOT: a_shop()[ROOT], TLD: Step(labels=1), **steps})
    [found] = net.find(Lookup("a." * labels + "test", "A"))
    assert isinstance(found, Unobserved)
    assert net.asked.total() <= MAX_QUESTIONS + 1  # and the root's own
    assert ("questions" in found.text) is cut_off


@pytest.mark.parametrize(("length", "found"), [(3, True), (10, False)])
def test_servers_named_in_zones_whose_servers_are_named_in_zones(
    length: int, *, found: bool
) -> None:
    """A chain of zones without glue is followed some way, as resolvers do."""
    servers = a_shop()
    zones = {}
    for number in range(length):
        servers[TLD].cuts[f"z{number}.test"] = ((f"ns.z{number + 1}.test",), ())
        zones[f"z{number}.test"] = {f"ns.z{number}.test A": "198.51.100.1"}
    servers[TLD].cuts[f"z{length}.test"] = (
        (f"ns.z{length}.test",),
        (name_server("198.51.100.1", f"ns.z{length}.test"),),
    )
    zones[f"z{length}.test"] = {f"ns.z{length}.test A": "198.51.100.1"}
    servers[NS1] = Holds(zones)
    [answer] = Internet(servers).find(Lookup("ns.z0.test", "A"))
    assert isinstance(answer, DnsAnswer) is found


def test_a_zone_of_silent_servers_is_given_up() -> None:
    hosts = tuple(f"ns{number}.shop.test" for number in range(16))
    servers = a_shop(**{f"ns{n}_A": f"203.0.113.{n}" for n in range(16)})
    servers[NS2].zones = servers[NS1].zones
    servers[TLD].cuts["other.test"] = (hosts, ())
    net = Internet(servers)
    [found] = net.find(Lookup("other.test", "MX"))
    assert found.cause == "timeout"
    asked = [one for one in net.asked if one.startswith("other.test MX @203.0.113.")]
    assert IN_VAIN <= len(asked) < len(hosts)


@pytest.mark.parametrize("glue", [True, False], ids=["with glue", "without glue"])
def test_the_only_one_of_thirteen_servers_that_lives_is_found(*, glue: bool) -> None:
    hosts = tuple(f"ns{number}.shop.test" for number in range(13))
    at = tuple(name_server(f"203.0.113.{number}", host) for number, host in enumerate(hosts))
    for alive in at:
        servers = a_shop(**{f"ns{n}_A": f"203.0.113.{n}" for n in range(13)})
        servers[NS2].zones = servers[NS1].zones
        servers[TLD].cuts["other.test"] = (hosts, at if glue else ())
        servers[alive] = Holds({"other.test": {"other.test MX": "10 mx.other.test."}})
        [found] = Internet(servers).find(Lookup("other.test", "MX"))
        assert found.texts == ("10 mx.other.test.",)


def test_who_is_silent_is_not_asked_another_question() -> None:
    servers = a_shop()
    del servers[NS1], servers[NS2]
    net = Internet(servers)
    [found] = net.find(Lookup("a.b.shop.test", "A"))
    assert found.cause == "timeout"
    assert {asked for asked in net.asked if "@198" in asked} == {
        "b.shop.test NS @198.51.100.1",
        "b.shop.test NS @198.51.100.2",
    }


def test_below_what_does_not_exist_nothing_is_asked_but_the_name() -> None:
    net = Internet(a_shop())
    [answer] = net.find(Lookup("a.b.c.d.gone.shop.test", "A"))
    assert answer.status == "nxdomain"
    assert sorted(asked.partition(" @")[0] for asked in net.asked if "@198" in asked) == [
        "a.b.c.d.gone.shop.test A",
        "gone.shop.test NS",
    ]


@given(st.data())
def test_no_way_is_endless(data: st.DataObject) -> None:
    """Whatever servers refer to, alias or refuse, the answer comes after a bounded number."""
    hosts = [f"ns.{zone}" for zone in ("a.test", "b.a.test", "c.test", "test", "x.c.test")]
    names = st.sampled_from([*hosts, "a.test", "b.a.test", "c.test", "w.b.a.test", ".", "test"])
    addresses = [name_server(f"192.0.2.{n}", host) for n, host in enumerate(hosts, 10)]

    class Whim(Holds):
        def says(self, query: ServerQuery) -> DnsAnswer | Unobserved:
            kind = data.draw(st.sampled_from(["refer", "alias", "NODATA", "NXDOMAIN", "TIMEOUT"]))
            if kind == "alias":
                return said(query, f"-> {data.draw(names)}")
            if kind == "refer":
                to = data.draw(st.lists(st.sampled_from(hosts), min_size=1, max_size=3))
                glue = (
                    tuple(a for a in addresses if a.name in to) if data.draw(st.booleans()) else ()
                )
                return refers(query, data.draw(names), tuple(to), glue)
            return said(query, kind)

    servers = {ROOT: a_shop()[ROOT], TLD: Whim(), **{server: Whim() for server in addresses}}
    net = Internet(servers)
    net.find(FromAuthority("w.b.a.test", "A"))
    assert net.asked.total() <= MAX_QUESTIONS + 1  # and the root's own


# ── where the root is out of reach ───────────────────────────────────────────────────────────


def guided(**records: str) -> dict[NameServer, Holds]:
    """A network without the root, whose resolver knows shop.test."""
    servers = a_shop(**records)
    for server in (ROOT, TLD):
        del servers[server]
    knows = {
        "shop.test": {
            "shop.test NS": "ns1.shop.test. | ns2.shop.test.",
            "ns1.shop.test A": "198.51.100.1",
            "ns2.shop.test A": "198.51.100.2",
        }
    }
    servers[GUIDE] = Holds(knows)
    return servers


def test_a_resolver_shows_the_way_where_the_root_is_silent() -> None:
    net = Internet(guided(www_A="192.0.2.80"), guides=(GUIDE,))
    [answer] = net.find(Lookup("www.shop.test", "A"))
    assert answer.texts == ("192.0.2.80",)
    assert {asked.split("@")[1] for asked in net.asked if asked.startswith("www.shop.test A ")} < {
        "198.51.100.1",
        "198.51.100.2",
    }


def test_the_zone_of_a_long_name_is_the_one_that_denies_it() -> None:
    net = Internet(guided(), guides=(GUIDE,))
    net.find(FromAuthority(f"{'a.' * 90}shop.test", "A"))
    assert len([asked for asked in net.asked if asked.endswith(f"@{GUIDE.address}")]) < 10


def test_without_a_resolver_there_is_no_way() -> None:
    [found] = Internet(guided()).find(Lookup("www.shop.test", "A"))
    assert isinstance(found, Unobserved)
    assert found.cause == "no-resolver"


def test_a_second_resolver_shows_the_way_where_the_first_is_silent() -> None:
    silent = name_server("203.0.113.54")
    net = Internet(guided(www_A="192.0.2.80"), guides=(silent, GUIDE))
    [answer] = net.find(Lookup("www.shop.test", "A"))
    assert answer.status == "data"


@pytest.mark.parametrize(
    "always",
    [
        pytest.param("REFUSED-BY-AUTHORITY", id="refuses"),
        pytest.param("LAME DATA a.root.example.", id="answers without authority"),
    ],
)
def test_whoever_answers_in_the_root_s_place_cannot_refuse_for_a_zone(always: str) -> None:
    """Networks that answer every packet to port 53 themselves refuse whom they do not know."""
    servers = guided()
    servers[ROOT] = Holds(always=always)
    for server in (NS1, NS2):
        servers[server] = Holds(always="REFUSED-BY-AUTHORITY")
    [found] = Internet(servers, guides=(GUIDE,)).find(Lookup("www.shop.test", "A"))
    assert isinstance(found, Unobserved)
    assert found.cause == "refused"
    assert "in the place of" in found.text


# ── delegations ──────────────────────────────────────────────────────────────────────────────


def test_a_delegation_is_found_from_the_root() -> None:
    [found] = Internet(a_shop()).find(Delegation("www.shop.test", confirmed=True))
    assert found == DelegationFact("shop.test", (NS1, NS2))


@pytest.mark.parametrize("registry", ["TIMEOUT", "SERVFAIL", "LAME"])
def test_a_registry_that_does_not_answer_is_not_taken_for_the_zone(registry: str) -> None:
    """Its servers would be blamed for what those of the zone, which nobody found, do not say."""
    servers = a_shop()
    servers[TLD] = Holds(always=registry)
    [found] = Internet(servers).find(Delegation("shop.test"))
    assert isinstance(found, Unobserved)


def test_a_delegation_to_a_thousand_servers_is_cut_short_and_says_so() -> None:
    hosts = tuple(f"ns{number}.shop.test" for number in range(1000))
    at = tuple(name_server(f"203.0.{n // 250}.{n % 250}", host) for n, host in enumerate(hosts))
    servers = a_shop()
    servers[TLD].cuts["shop.test"] = (hosts, at)
    [found] = Internet(servers).find(Delegation("shop.test"))
    assert len(found.servers) == MAX_SERVERS
    assert [one.cause for one in found.unknown] == ["too-many-servers"]


def test_a_delegation_without_glue_is_found_from_the_root() -> None:
    servers = a_shop(ns1_A="198.51.100.1", ns1_AAAA="2001:db8::1")
    servers[NS2].zones = servers[NS1].zones
    servers[TLD].cuts["other.test"] = (("ns1.shop.test", "ns.nosuch.test"), ())
    servers[NS1].zones["other.test"] = {"other.test NS": "ns1.shop.test."}
    [found] = Internet(servers).find(Delegation("other.test"))
    assert found.zone == "other.test"
    assert found.servers == (NS1, name_server("2001:db8::1"))
    assert [one.cause for one in found.unknown] == ["lame"]


def test_a_zone_that_its_parent_s_servers_hold_is_a_zone() -> None:
    servers = a_shop()
    servers[TLD].zones["co.test"] = {"co.test NS": "a.nic.test.", "co.test MX": "10 mx.co.test."}
    servers[TLD].cuts["nic.test"] = ((TLD.name,), (TLD,))
    servers[TLD].zones["test"]["a.nic.test A"] = "192.0.2.2"
    del servers[TLD].cuts["nic.test"]
    [found] = Internet(servers).find(Delegation("co.test"))
    assert (found.zone, found.servers) == ("co.test", (TLD,))
