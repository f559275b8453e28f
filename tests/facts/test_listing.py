"""Blocklist queries: names, codes, and lists that say nothing."""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.blocklists import ListPoints, Registry
from mailcheck.blocklists.registry import unknown
from mailcheck.engine import Engine
from mailcheck.facts.authority import told_by
from mailcheck.facts.blocklists import RunBlocklists, RunBlocklistsFact, told_lists
from mailcheck.facts.dns import name_server, told
from mailcheck.facts.listing import Listing, ListingFact
from mailcheck.facts.run import RunResolvers, RunResolversFact
from mailcheck.facts.scope import AddressScope, AddressScopeFact
from mailcheck.finding import Finding
from mailcheck.question import Unobserved, each_of
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from mailcheck.blocklists import Blocklist
    from mailcheck.check import Told
    from mailcheck.names import Address

IP = ipaddress.ip_address("192.0.2.99")


def listing(*answers: Told, subject: str = str(IP)) -> ListingFact | Unobserved:
    """Ask for 192.0.2.99, or another *subject*, on dnsbl.example."""
    found: list[ListingFact | Unobserved] = []

    async def ask() -> Finding:
        found.extend(await each_of([Listing(_read(subject), "dnsbl.example")]))
        return Finding()

    engine = Engine(ToldWorld(answers))
    engine.finish(engine.plan(ask))
    return found[0]


def _read(subject: str) -> Address | str:
    try:
        return ipaddress.ip_address(subject)
    except ValueError:
        return subject


def a(label: str, answer: str) -> Told:
    """Return an A answer of the list."""
    return told(f"{label}.dnsbl.example A", answer)


ALIVE, QUIET = a("2.0.0.127", "127.0.0.2"), a("1.0.0.127", "NXDOMAIN")


def test_codes_are_sorted_and_the_text_is_joined() -> None:
    text = told("99.2.0.192.dnsbl.example TXT", '"see " "here" | "or there"')
    fact = listing(a("99.2.0.192", "127.0.0.11 | 127.0.0.4"), ALIVE, QUIET, text)
    assert isinstance(fact, ListingFact)
    assert [str(entry.code) for entry in fact.entries] == ["127.0.0.4", "127.0.0.11"]
    assert set(fact.reason.split(" | ")) == {"see here", "or there"}


def test_an_address_that_is_not_there_has_no_codes() -> None:
    fact = listing(a("99.2.0.192", "NXDOMAIN"), ALIVE)
    assert isinstance(fact, ListingFact)
    assert (fact.name, fact.entries, fact.reason) == ("99.2.0.192.dnsbl.example", (), "")


@pytest.mark.parametrize(
    ("answers", "cause", "text"),
    [
        pytest.param(
            (a("99.2.0.192", "127.255.255.254"), ALIVE),
            "list-refuses",
            "public resolver",
            id="refusal explained",
        ),
        pytest.param(
            (
                a(
                    "99.2.0.192",
                    " | ".join(f"127.0.0.{i}" for i in range(2, 40)) + " | 127.255.255.255",
                ),
                ALIVE,
            ),
            "list-refuses",
            "too many queries",
            id="refusal behind many codes",
        ),
        pytest.param(
            (a("99.2.0.192", "127.0.0.2 | ..."), ALIVE),
            "too-many-records",
            "99.2.0.192.dnsbl.example",
            id="codes that were not read",
        ),
        pytest.param(
            (a("99.2.0.192", "127.255.255.252"), ALIVE), "list-refuses", "mistyped", id="typing"
        ),
        pytest.param(
            (a("99.2.0.192", "198.51.100.7"), ALIVE),
            "not-a-return-code",
            "198.51.100.7",
            id="parked",
        ),
        pytest.param(
            (a("99.2.0.192", "NXDOMAIN"), a("2.0.0.127", "NXDOMAIN")),
            "list-not-alive",
            "2.0.0.127.dnsbl.example",
            id="dead",
        ),
        pytest.param(
            (a("99.2.0.192", "NXDOMAIN"), a("2.0.0.127", "198.51.100.7")),
            "not-a-return-code",
            "198.51.100.7",
            id="test point outside 127/8",
        ),
        pytest.param(
            (a("99.2.0.192", "127.0.0.2"), ALIVE, a("1.0.0.127", "127.0.0.2")),
            "list-lists-everything",
            "1.0.0.127.dnsbl.example (127.0.0.2)",
            id="wildcard",
        ),
        pytest.param(
            (a("99.2.0.192", "127.0.0.2"), ALIVE, a("1.0.0.127", "127.255.255.255")),
            "list-refuses",
            "too many queries",
            id="refusing from then on",
        ),
        pytest.param(
            (a("99.2.0.192", "TIMEOUT"), a("2.0.0.127", "NXDOMAIN")),
            "list-not-alive",
            "2.0.0.127.dnsbl.example",
            id="silent, and dead",
        ),
        pytest.param(
            (a("99.2.0.192", "SERVFAIL"), a("2.0.0.127", "SERVFAIL")),
            "servfail",
            "dnsbl.example does not answer: servfail",
            id="no server of it answers",
        ),
    ],
)
def test_lists_that_say_nothing(answers: tuple[Told, ...], cause: str, text: str) -> None:
    fact = listing(*answers)
    assert isinstance(fact, Unobserved)
    assert fact.cause == cause
    assert text in fact.text
    of_one_answer = "not read" in fact.text or cause == "too-many-records"
    assert fact.shared == ("" if of_one_answer else "dnsbl.example"), "one error for all subjects"


def test_a_list_that_works_may_keep_one_answer_back() -> None:
    fact = listing(a("99.2.0.192", "TIMEOUT"), ALIVE)
    assert isinstance(fact, Unobserved)
    assert (fact.cause, fact.shared) == ("timeout", "")


@pytest.mark.parametrize(
    "alive",
    [
        pytest.param(Unobserved("resolver-dead", shared="resolver-dead"), id="no resolver answers"),
        pytest.param(Unobserved("budget-spent", shared="budget"), id="the time is spent"),
        pytest.param(Unobserved("secret-missing", not_evaluated=True), id="not evaluated"),
    ],
)
def test_what_the_run_did_not_ask_is_not_the_list_s_silence(alive: Unobserved) -> None:
    question, _ = ALIVE
    fact = listing(a("99.2.0.192", "TIMEOUT"), (question, alive))
    assert isinstance(fact, Unobserved)
    assert (fact.cause, fact.shared) == ("timeout", "")


def test_what_ended_is_one_error() -> None:
    one = replace(unknown("dnsbl.example"), defunct="2024-06-05, all was emptied")
    fact = listing(told_lists(one))
    assert isinstance(fact, Unobserved)
    assert (fact.cause, fact.shared) == ("list-defunct", "list-defunct dnsbl.example")


TAKES_ADDRESSES = replace(unknown("dnsbl.example"), takes=frozenset({"ip4", "ip6"}))
TAKES_IPV4 = replace(TAKES_ADDRESSES, takes=frozenset({"ip4"}))
TAKES_IPV6 = replace(TAKES_ADDRESSES, takes=frozenset({"ip6", "domain"}))
TAKES_DOMAINS = replace(TAKES_ADDRESSES, takes=frozenset({"domain"}))


@pytest.mark.parametrize(
    ("one", "subject", "cause", "said"),
    [
        pytest.param(
            TAKES_IPV4,
            "2001:db8::1",
            "wrong-family",
            "dnsbl.example takes IPv4 addresses only, and 2001:db8::1 is an IPv6 address",
            id="IPv6 of IPv4",
        ),
        pytest.param(
            TAKES_IPV6,
            "203.0.113.12",
            "wrong-family",
            "dnsbl.example takes IPv6 addresses and domains only, and 203.0.113.12 is an IPv4 address",
            id="IPv4 of IPv6",
        ),
        pytest.param(
            TAKES_DOMAINS,
            "203.0.113.12",
            "wrong-list",
            "dnsbl.example takes domains only, and 203.0.113.12 is an address",
            id="an address of domains",
        ),
        pytest.param(
            TAKES_ADDRESSES,
            "xn--c1yn36f.example",
            "wrong-list",
            "dnsbl.example takes addresses only, and 點看.example is a domain",
            id="a domain of addresses",
        ),
        pytest.param(
            TAKES_IPV4,
            "example.com",
            "wrong-list",
            "dnsbl.example takes IPv4 addresses only, and example.com is a domain",
            id="a domain of IPv4",
        ),
    ],
)
def test_what_a_list_does_not_take_is_not_asked_for(
    one: Blocklist, subject: str, cause: str, said: str
) -> None:
    """Inventories hold both families; a list of domains that is asked for addresses is a mistake."""
    fact = listing(told_lists(one), subject=subject)
    assert isinstance(fact, Unobserved)
    assert (fact.cause, fact.text) == (cause, said)
    assert fact.not_evaluated == (cause == "wrong-family")
    assert bool(fact.shared) == (cause == "wrong-list")


OWN_POINTS = replace(unknown("dnsbl.example"), tests=ListPoints("127.0.0.9", "127.0.0.1"))


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        pytest.param("10.0.0.1", "private use", id="private"),
        pytest.param("127.0.0.1", "loopback", id="what no list has"),
        pytest.param("127.0.0.3", "loopback", id="loopback"),
        pytest.param("100.64.0.1", "carrier-grade NAT", id="carrier-grade NAT"),
        pytest.param("fd00::1", "unique local", id="unique local"),
        pytest.param("::ffff:cb00:7109", "IPv4-mapped", id="mapped"),
        pytest.param("64:ff9b::a00:1", "10.0.0.1: private use", id="translated"),
    ],
)
def test_no_list_has_what_is_not_public(subject: str, said: str) -> None:
    fact = listing(subject=subject)
    assert isinstance(fact, Unobserved)
    assert (fact.cause, fact.not_evaluated, fact.shared) == ("private-address", True, "")
    assert fact.text.startswith(f"{subject} is not public ({said}")


def test_a_network_that_the_run_allows_is_asked_for() -> None:
    address = ipaddress.ip_address("10.0.0.1")
    allowed = AddressScope(address), AddressScopeFact(address, public=True)
    fact = listing(allowed, a("1.0.0.10", "127.0.0.2"), ALIVE, QUIET, subject="10.0.0.1")
    assert isinstance(fact, ListingFact)
    assert fact.entries


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        pytest.param("127.0.0.2", "2.0.0.127", id="of every list"),
        pytest.param("127.0.0.9", "9.0.0.127", id="its own"),
        pytest.param(
            "::ffff:127.0.0.2", "2.0.0.0.0.0.f.7.f.f.f.f." + "0." * 19 + "0", id="of IPv6 lists"
        ),
    ],
)
def test_a_list_is_tried_with_its_test_point(subject: str, name: str) -> None:
    points = a("9.0.0.127", "127.0.0.2"), QUIET
    fact = listing(told_lists(OWN_POINTS), a(name, "127.0.0.2"), *points, subject=subject)
    assert isinstance(fact, ListingFact), fact
    assert fact.entries


REGISTERED = replace(unknown("dnsbl.example"), registered=True, operator="Barracuda")
UNTESTED = replace(unknown("dnsbl.example"), tests=None)


@pytest.mark.parametrize(
    ("one", "resolver", "answer", "cause", "text"),
    [
        pytest.param(
            REGISTERED,
            "192.0.2.53",
            "SERVFAIL",
            "servfail",
            "answers registered resolvers only: register yours with Barracuda",
            id="not registered",
        ),
        pytest.param(
            UNTESTED, "192.0.2.53", "SERVFAIL", "servfail", "does not answer", id="no test point"
        ),
        pytest.param(
            UNTESTED,
            "8.8.8.8",
            "SERVFAIL",
            "public-resolver",
            "Google is a public resolver",
            id="no test point, asked through a public resolver",
        ),
        pytest.param(
            REGISTERED,
            "8.8.8.8",
            "SERVFAIL",
            "public-resolver",
            "Google is a public resolver",
            id="the resolver is public",
        ),
        pytest.param(
            REGISTERED,
            "8.8.8.8",
            "TIMEOUT",
            "timeout",
            "does not answer",
            id="silence has any cause",
        ),
    ],
)
def test_why_a_list_does_not_answer(
    one: Blocklist, resolver: str, answer: str, cause: str, text: str
) -> None:
    run = RunResolvers(), RunResolversFact((name_server(resolver),))
    fact = listing(told_lists(one), run, a("99.2.0.192", answer), a("2.0.0.127", answer))
    assert isinstance(fact, Unobserved)
    assert (fact.cause, fact.shared) == (cause, "dnsbl.example")
    assert text in fact.text


def test_an_ipv4_zone_is_not_asked_about_the_ipv6_test_point() -> None:
    absent = told("99.2.0.192.dnsbl.example A", "NXDOMAIN", denier="dnsbl.example")
    engine = Engine(ToldWorld([absent, ALIVE]))

    async def ask() -> Finding:
        await Listing(IP, "dnsbl.example")
        return Finding()

    engine.finish(engine.plan(ask))
    of_the_run = 3  # its lists; whether this address is public; its resolvers, which may lie
    assert engine.questions_begun == 2 + of_the_run


ONE, TWO = name_server("192.0.2.1"), name_server("192.0.2.2")
NAME, POINT = "99.2.0.192.dnsbl.example", "2.0.0.127.dnsbl.example"


@pytest.mark.parametrize(
    ("first", "second", "ends"),
    [
        pytest.param(
            ("TIMEOUT", "127.0.0.2"), ("NXDOMAIN", "NXDOMAIN"), "list-not-alive", id="a filter"
        ),
        pytest.param(("TIMEOUT", "TIMEOUT"), ("NXDOMAIN", "127.0.0.2"), "met", id="one is down"),
        pytest.param(("NXDOMAIN", "127.0.0.2"), ("TIMEOUT", "TIMEOUT"), "met", id="the other is"),
        pytest.param(("TIMEOUT", "TIMEOUT"), ("TIMEOUT", "TIMEOUT"), "timeout", id="both are"),
        pytest.param(("TIMEOUT", "TIMEOUT"), ("127.0.0.2", "127.0.0.2"), "listed", id="listed"),
    ],
)
def test_a_resolver_s_word_counts_with_its_own_word_on_the_list(
    first: tuple[str, str], second: tuple[str, str], ends: str
) -> None:
    run = RunBlocklistsFact(Registry({}), (ONE, TWO))
    answers: list[Told] = [(RunBlocklists(), run)]
    for server, (subject, point) in ((ONE, first), (TWO, second)):
        answers.append(told_by(server, f"{NAME} A", subject, recursive=True))
        answers.append(told_by(server, f"{POINT} A", point, recursive=True))
    fact = listing(*answers)
    if isinstance(fact, Unobserved):
        assert fact.cause == ends
    else:
        assert ("listed" if fact.entries else "met") == ends
