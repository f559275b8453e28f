"""What is known of a name when its resolver fails: whose fault it is, and whether it is a fact."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from mailcheck.facts.authority import told_by, told_servers
from mailcheck.facts.dns import DnsAnswer, ServerQuery, name_server, told
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.root import RunRoot, RunRootFact
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = name_server("192.0.2.50", "root")


@pytest.mark.parametrize("said", ["192.0.2.1", "NODATA", "NXDOMAIN", "-> a.example | 192.0.2.1"])
def test_what_the_resolver_knows_is_the_answer(answered: Callable[..., Any], said: str) -> None:
    """Nobody else is asked: nobody told what they would say."""
    asks, fact = told("n.example A", said)
    assert answered(Lookup("n.example", "A"), (asks, fact)) == fact


@pytest.mark.parametrize(
    ("root", "believed"),
    [
        pytest.param(
            "a.root-servers.net.", True, id="which knows the root: a stub dropped the SOA"
        ),
        pytest.param("NODATA", True, id="without a public root: a private network"),
        pytest.param("TIMEOUT", True, id="which does not say"),
        pytest.param("NXDOMAIN", False, id="which denies the root: a captive network"),
    ],
)
def test_an_nxdomain_without_soa_of_a_resolver(
    answered: Callable[..., Any], root: str, *, believed: bool
) -> None:
    asks, fact = told("n.example A", "NXDOMAIN")
    found = answered(Lookup("n.example", "A"), (asks, fact), told(". NS", root))
    if believed:
        assert found == fact
    else:
        assert found.cause == "resolver-denies-everything"


def test_a_resolver_that_says_nothing_of_any_name_is_not_believed(
    answered: Callable[..., Any],
) -> None:
    found = answered(
        Lookup("n.example", "MX"), told("n.example MX", "NODATA"), told(". NS", "NODATA")
    )
    assert found.cause == "resolver-denies-everything"


def test_an_nxdomain_with_its_soa_needs_no_second_question(answered: Callable[..., Any]) -> None:
    asks, fact = told("n.example A", "NXDOMAIN", denier="example")
    assert answered(Lookup("n.example", "A"), (asks, fact), told(". NS", "NXDOMAIN")) == fact


def test_a_silent_resolver_is_no_reason_to_ask_elsewhere(
    answered: Callable[..., Any], corner: Any
) -> None:
    found = answered(
        Lookup(corner.name, "A"),
        *corner.resolver,
        told(f"{corner.name} A", "TIMEOUT"),
        corner.registry,
        *corner.both("REFUSED"),
    )
    assert isinstance(found, Unobserved)
    assert found.cause == "timeout"


@pytest.mark.parametrize("failure", ["SERVFAIL", "REFUSED"])
def test_refused_by_all_of_the_zones_own_servers(
    answered: Callable[..., Any], corner: Any, failure: str
) -> None:
    """The zone is named that is refused, not the name that was asked."""
    found = answered(
        Lookup(corner.name, "A"),
        *corner.resolver,
        told(f"{corner.name} A", failure),
        corner.registry,
        *corner.both("REFUSED"),
    )
    assert isinstance(found, DnsAnswer)
    assert (found.status, found.cut) == ("refused", "dakao.io")


@pytest.mark.parametrize(
    "second",
    [
        pytest.param("TIMEOUT", id="silent"),
        pytest.param("SERVFAIL", id="fails itself"),
        pytest.param("LAME", id="knows nothing of the zone"),
    ],
)
def test_one_server_that_might_still_answer_leaves_it_open(
    answered: Callable[..., Any], corner: Any, second: str
) -> None:
    found = answered(
        Lookup(corner.name, "A"),
        *corner.resolver,
        corner.registry,
        corner.says(corner.ns1, "NS", "REFUSED"),
        corner.says(corner.ns2, "NS", second),
        corner.says(corner.ns1, "A", "REFUSED"),
        corner.says(corner.ns2, "A", second),
    )
    assert isinstance(found, Unobserved)
    assert found.cause == "servfail"
    assert found.text == "the zone's own servers do not answer either"


def test_a_server_that_was_not_waited_for_is_not_called_silent(
    answered: Callable[..., Any], corner: Any
) -> None:
    """The time of the run was spent first: it may serve its zone, and is named."""
    spent = Unobserved("budget-spent", "the time is spent")
    found = answered(
        Lookup(corner.name, "A"),
        *corner.resolver,
        corner.registry,
        corner.says(corner.ns1, "A", "TIMEOUT"),
        (ServerQuery(corner.name, "A", corner.ns2), spent),
    )
    assert found.cause == "servfail"
    assert found.text == (
        "of the zone's own servers ns2.dakao.io (198.51.100.2) might have answered, "
        "but the time is spent"
    )


def test_a_server_whose_address_is_unknown_leaves_it_open(
    answered: Callable[..., Any], corner: Any
) -> None:
    found = answered(
        Lookup(corner.name, "A"),
        *corner.resolver,
        corner.refers(corner.io, "dakao.io", ("ns1.dakao.io", "ns.example"), (corner.ns1,)),
        corner.says(corner.ns1, "NS", "REFUSED"),
        corner.says(corner.ns1, "A", "REFUSED"),
        told("ns.example A", "TIMEOUT"),
        told("ns.example AAAA", "NODATA"),
    )
    assert isinstance(found, Unobserved)


def no_route(corner: Any, *rdtypes: str) -> list[Any]:
    unasked = Unobserved("no-ipv6-route", not_evaluated=True)
    v6 = name_server("2001:db8::53", "ns1.dakao.io")
    return [(ServerQuery(corner.name, rdtype, v6), unasked) for rdtype in rdtypes]


def test_a_server_that_cannot_be_asked_from_here_does_not_decide(
    answered: Callable[..., Any], corner: Any
) -> None:
    """Without a route for IPv6 the servers' IPv4 addresses decide."""
    v6 = name_server("2001:db8::53", "ns1.dakao.io")
    found = answered(
        Lookup(corner.name, "A"),
        *corner.resolver,
        corner.refers(corner.io, "dakao.io", ("ns1.dakao.io",), (corner.ns1, v6)),
        corner.says(corner.ns1, "NS", "REFUSED"),
        corner.says(corner.ns1, "A", "REFUSED"),
        *no_route(corner, "NS", "A"),
    )
    assert isinstance(found, DnsAnswer)
    assert found.status == "refused"


def test_servers_none_of_which_can_be_asked_from_here_have_not_refused(
    answered: Callable[..., Any], corner: Any
) -> None:
    v6 = name_server("2001:db8::53", "ns1.dakao.io")
    found = answered(
        Lookup(corner.name, "A"),
        *corner.resolver,
        corner.refers(corner.io, "dakao.io", ("ns1.dakao.io",), (v6,)),
        *no_route(corner, "NS", "A"),
    )
    assert isinstance(found, Unobserved)
    assert found.cause == "servfail"


@pytest.mark.parametrize("said", ["192.0.2.1", "NODATA", "NXDOMAIN", "-> b.dakao.io | 192.0.2.1"])
def test_a_server_that_answers_puts_the_blame_on_the_resolver(
    answered: Callable[..., Any], corner: Any, said: str
) -> None:
    """Not a fact: the resolver may fail for a reason, such as DNSSEC that does not validate."""
    found = answered(
        Lookup(corner.name, "A"),
        *corner.resolver,
        corner.registry,
        *corner.both("REFUSED"),
        corner.says(corner.ns2, "A", said),
    )
    assert isinstance(found, Unobserved)
    assert found.cause == "servfail"
    assert "ns2.dakao.io (198.51.100.2) answers: the cause lies with the resolver" in found.text


def test_a_server_that_refers_elsewhere_has_not_answered(
    answered: Callable[..., Any], corner: Any
) -> None:
    """A lame server sends everybody back to the root."""
    upward = DnsAnswer(corner.name, "A", "referral", cut=".", delegated_to=("a.root.example",))
    found = answered(
        Lookup(corner.name, "A"),
        *corner.resolver,
        corner.registry,
        *corner.both("REFUSED"),
        (ServerQuery(corner.name, "A", corner.ns1), upward),
        (ServerQuery(corner.name, "A", corner.ns2), upward),
    )
    assert isinstance(found, Unobserved)
    assert "resolver" not in found.text


@pytest.mark.parametrize("said", ["192.0.2.1", "REFUSED", "TIMEOUT"])
def test_what_does_not_validate_stays_unknown_whatever_the_servers_say(
    answered: Callable[..., Any], corner: Any, said: str
) -> None:
    """Whoever validates gets nothing; that all servers refuse us does not explain it."""
    found = answered(
        Lookup(corner.name, "A"),
        *corner.resolver,
        told(f"{corner.name} A", "BOGUS"),
        corner.registry,
        *corner.both(said),
    )
    assert isinstance(found, Unobserved)
    assert found.cause == "bogus"
    if said == "192.0.2.1":
        assert found.text.startswith(
            "the resolver says that DNSSEC does not validate although ns1.dakao.io"
        )


def test_an_alias_into_a_zone_that_fails_is_not_the_resolvers_fault(
    answered: Callable[..., Any], corner: Any
) -> None:
    found = answered(
        Lookup(corner.name, "A"),
        *corner.resolver,
        corner.registry,
        *corner.both("-> broken.example"),
    )
    assert isinstance(found, Unobserved)
    assert found.text == (
        "ns1.dakao.io (198.51.100.1) answers with an alias of broken.example, "
        "for which the resolver says SERVFAIL"
    )


NS_ELSEWHERE = name_server("203.0.113.53", "ns.refused.example")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        pytest.param("REFUSED-BY-AUTHORITY", "refused", id="refuses"),
        pytest.param("192.0.2.1", "servfail", id="answers"),
        pytest.param("TIMEOUT", "servfail", id="is silent"),
        pytest.param("-> vm26.dakao.io", "servfail", id="leads back"),
    ],
)
def test_the_zone_an_alias_leads_to_is_asked_as_well(
    answered: Callable[..., Any], corner: Any, said: str, status: str
) -> None:
    """The resolver fails for the alias because the servers of its target refuse."""
    found = answered(
        Lookup(corner.name, "A"),
        *corner.resolver,
        corner.registry,
        *corner.both("-> mail.refused.example"),
        told("mail.refused.example NS", "NODATA"),
        *told_servers("refused.example", NS_ELSEWHERE),
        told_by(NS_ELSEWHERE, "mail.refused.example A", said),
    )
    if isinstance(found, Unobserved):
        assert found.cause == status
    else:
        assert (found.status, found.name) == (status, corner.name)
        assert (found.aliases, found.cut) == (("mail.refused.example",), "refused.example")


def test_the_failure_keeps_what_was_seen(answered: Callable[..., Any], corner: Any) -> None:
    asks, failure = told(f"{corner.name} A", "SERVFAIL")
    assert isinstance(failure, Unobserved)
    explained = replace(failure, text="the resolver tried and failed")
    found = answered(Lookup(corner.name, "A"), *corner.resolver, (asks, explained), corner.registry)
    assert found.evidence == failure.evidence
    assert found.text == (
        "the resolver tried and failed; the zone's own servers do not answer either"
    )


def test_without_any_delegation_the_resolvers_word_stands(answered: Callable[..., Any]) -> None:
    asks, failure = told("n.example A", "SERVFAIL")
    assert answered(Lookup("n.example", "A"), (asks, failure)) == failure


def test_who_answers_in_the_place_of_all_refuses_for_nobody(
    answered: Callable[..., Any], corner: Any
) -> None:
    """A network may take every packet to port 53; its refusal is not that of the zone."""
    found = answered(
        Lookup(corner.name, "A"),
        *corner.resolver,
        corner.registry,
        *corner.both("REFUSED"),
        (RunRoot(), RunRootFact((ROOT,))),
        told_by(ROOT, ". NS", "REFUSED-BY-AUTHORITY"),
    )
    assert isinstance(found, Unobserved)
    assert found.cause == "servfail"
    assert "answers in the place of other servers" in found.text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param("example A", "RESOLVER-REWRITES", id="it says so itself"),
        pytest.param("example A", "0.0.0.0", id="an address nobody has"),
        pytest.param("example AAAA", "::", id="an IPv6 address nobody has"),
    ],
)
@pytest.mark.parametrize("heard", ["NODATA", "TIMEOUT"])
def test_what_a_resolver_blocks_is_asked_of_the_zones_servers(
    answered: Callable[..., Any], asked: str, said: str, heard: str
) -> None:
    asks, fact = told(asked, said)
    _, own = theirs = told_by(ROOT, asked, heard)
    found = answered(
        Lookup("example", asks.rdtype),
        (asks, fact),
        (RunRoot(), RunRootFact((ROOT,))),
        told_by(ROOT, ". NS", "root."),
        told_by(ROOT, "example NS", "NODATA"),
        theirs,
    )
    assert found == (own if heard == "NODATA" else fact)
