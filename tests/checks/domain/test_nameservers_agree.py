"""``nameservers of D agree on T``: a difference that is seen decides, silence alone does not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.domain.nameservers_agree import CHECK
from mailcheck.facts.authority import told_by, told_servers
from mailcheck.facts.change.proposed import Proposed, ProposedFact
from mailcheck.facts.dns import DnsAnswer, NameServer, ServerQuery, name_server, told
from mailcheck.question import Unobserved
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

SENTENCE = "nameservers of example.com agree on MX"
NS1 = name_server("192.0.2.1", "ns1.example.net")
NS2 = name_server("192.0.2.2", "ns2.example.net")
NS3 = name_server("192.0.2.3", "ns3.example.net")
ONE = "10 mx1.example.com."
SERVERS = told_servers("example.com", NS1, NS2, NS3)


def says(*answers: str) -> tuple[Told, ...]:
    """Return what ns1, ns2 and ns3 say."""
    servers = (NS1, NS2, NS3)
    return tuple(
        told_by(server, "example.com MX", answer)
        for server, answer in zip(servers, answers, strict=True)
    )


def test_a_zone_that_moves_and_whose_copy_lists_an_old_server_is_advised() -> None:
    moves = ProposedFact("ns1.example.net", ("ns1.example.net", "192.0.2.2", "192.0.2.3"))
    both = f"{NS1.name}. | {NS2.name}. | old.example.net."
    found = judged(
        CHECK,
        SENTENCE,
        *SERVERS,
        *says(ONE, ONE, ONE),
        (Proposed("example.com"), moves),
        *(told_by(server, "example.com NS", both) for server in (NS1, NS2, NS3)),
        told("old.example.net A", "192.0.2.9"),
        told("old.example.net AAAA", "NODATA"),
    )
    assert ending(found) == ("met",)
    [advice] = found.advice
    assert advice.tag == "old-nameservers"
    assert advice.text.endswith("go on: old.example.net")


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("answers", "ends"),
    [
        pytest.param((ONE, ONE, ONE), "met", id="all the same"),
        pytest.param((ONE, ONE, "20 mx1.example.com."), "nameservers-differ", id="preference"),
        pytest.param((ONE, ONE, "10 MX1.Example.COM."), "met", id="case of a name"),
        pytest.param((ONE, ONE, "NODATA"), "nameservers-differ", id="one without the record"),
        pytest.param((ONE, ONE, "NXDOMAIN"), "nameservers-differ", id="one without the name"),
        pytest.param(("NODATA", "NODATA", "NXDOMAIN"), "nameservers-differ", id="two denials"),
        pytest.param((ONE, ONE, "REFUSED-BY-AUTHORITY"), "server-refuses", id="one refuses"),
        pytest.param((ONE, ONE, "LAME"), "not-authoritative", id="one is lame"),
        pytest.param((ONE, ONE, "TIMEOUT"), "inconclusive: timeout", id="one is silent"),
        pytest.param((ONE, ONE, "SERVFAIL"), "inconclusive: servfail", id="one fails"),
        pytest.param((ONE, "NODATA", "TIMEOUT"), "nameservers-differ", id="difference and silence"),
        pytest.param(
            ("REFUSED-BY-AUTHORITY", ONE, "TIMEOUT"), "server-refuses", id="refusal and silence"
        ),
        pytest.param(("TIMEOUT",) * 3, "inconclusive: timeout", id="nobody answers"),
    ],
)
def test_how_it_ends(answers: tuple[str, ...], ends: str) -> None:
    assert ends in ending(judged(CHECK, SENTENCE, *SERVERS, *says(*answers)))


def test_who_says_what_is_told_the_most_given_first() -> None:
    verdict = judged(CHECK, SENTENCE, *SERVERS, *says("NODATA", ONE, ONE))
    assert verdict.reasons[0].text == (
        "ns2.example.net (192.0.2.2), ns3.example.net (192.0.2.3) say 10 mx1.example.com.; "
        "ns1.example.net (192.0.2.1) says NODATA"
    )


def test_ttl_does_not_count() -> None:
    others = [told_by(server, "example.com MX", ONE, ttl=60) for server in (NS2, NS3)]
    verdict = judged(CHECK, SENTENCE, *SERVERS, told_by(NS1, "example.com MX", ONE), *others)
    assert verdict.kind == "met"


def test_an_answer_without_authority_is_a_fault_of_its_server() -> None:
    query, answer = told_by(NS3, "example.com MX", ONE)
    assert isinstance(answer, DnsAnswer)
    cached = (query, replace(answer, authoritative=False))
    verdict = judged(CHECK, SENTENCE, *SERVERS, *says(ONE, ONE, ONE)[:2], cached)
    assert verdict.tags == ("not-authoritative",)
    assert "192.0.2.3" in verdict.remedies[0].instruction


def test_a_referral_is_no_answer_of_its_own() -> None:
    query, answer = told_by(NS3, "example.com MX", "NODATA")
    assert isinstance(answer, DnsAnswer)
    upward = (query, replace(answer, status="referral", authoritative=False, cut="com"))
    verdict = judged(CHECK, SENTENCE, *SERVERS, *says(ONE, ONE, ONE)[:2], upward)
    assert verdict.tags == ("not-authoritative",)


def test_the_same_alias_agrees_though_one_server_knows_its_target() -> None:
    sentence = "nameservers of www.example.com agree on A"
    servers = (told("www.example.com NS", "NODATA"), *told_servers("example.com", NS1, NS2))
    verdict = judged(
        CHECK,
        sentence,
        *servers,
        told_by(NS1, "www.example.com A", "-> web.example.org | 192.0.2.80"),
        told_by(NS2, "www.example.com A", "-> web.example.org | NODATA"),
    )
    assert verdict.kind == "met"


def test_agreed_absence_is_met_with_advice() -> None:
    verdict = judged(CHECK, SENTENCE, *SERVERS, *says("NODATA", "NODATA", "NODATA"))
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("met", ["nothing-published"])


V6 = name_server("2001:db8::1", "ns1.example.net")
NO_ROUTE = Unobserved("no-ipv6-route", not_evaluated=True)


def both_families(*names: str) -> tuple[Told, ...]:
    """Delegate to servers of which ns1 has an address of each family."""
    servers = told_servers("example.com", NS1, *((NS2,) if "ns2" in names else ()))
    return (*servers, told("ns1.example.net AAAA", "2001:db8::1"))


def test_without_an_ipv6_route_the_ipv4_address_speaks_for_the_server() -> None:
    no_route = (ServerQuery("example.com", "MX", V6), NO_ROUTE)
    verdict = judged(
        CHECK, SENTENCE, *both_families(), told_by(NS1, "example.com MX", ONE), no_route
    )
    assert verdict.kind == "met"


def test_without_an_ipv6_route_a_server_silent_over_ipv4_stays_unknown() -> None:
    no_route = (ServerQuery("example.com", "MX", V6), NO_ROUTE)
    silent = told_by(NS1, "example.com MX", "TIMEOUT")
    answers = (*both_families("ns2"), no_route, silent, told_by(NS2, "example.com MX", ONE))
    assert ending(judged(CHECK, SENTENCE, *answers)) == ("inconclusive: timeout",)


def test_both_addresses_of_one_server_are_compared() -> None:
    answers = (
        told_by(NS1, "example.com MX", ONE),
        told_by(V6, "example.com MX", "NODATA"),
    )
    verdict = judged(CHECK, SENTENCE, *both_families(), *answers)
    assert verdict.tags == ("nameservers-differ",)


def test_a_server_whose_address_is_unknown_may_say_something_else() -> None:
    servers = (
        told("example.com NS", "ns1.example.net. | ns2.example.net."),
        told("ns1.example.net A", "192.0.2.1"),
        told("ns1.example.net AAAA", "NODATA"),
        told("ns2.example.net A", "TIMEOUT"),
        told("ns2.example.net AAAA", "NODATA"),
    )
    verdict = judged(CHECK, SENTENCE, *servers, told_by(NS1, "example.com MX", ONE))
    assert ending(verdict) == ("inconclusive: timeout",)


@pytest.mark.parametrize("denial", ["NODATA", "NXDOMAIN"])
@pytest.mark.parametrize("others", [(), (NS1,)], ids=["the only one", "one of two"])
def test_a_server_without_address_is_a_fault(denial: str, others: tuple[NameServer, ...]) -> None:
    names = " | ".join(["gone.example.net.", *(f"{server.name}." for server in others)])
    verdict = judged(
        CHECK,
        SENTENCE,
        *told_servers("example.com", NS1),
        told("example.com NS", names),
        told("gone.example.net A", denial),
        told("gone.example.net AAAA", denial),
        *(told_by(server, "example.com MX", ONE) for server in others),
    )
    assert verdict.tags == ("server-without-address",)
    assert "gone.example.net, which has no A and no AAAA" in verdict.reasons[0].text
    assert "gone.example.net" in verdict.remedies[0].instruction


def test_servers_beyond_those_that_are_asked_are_unknown() -> None:
    crowd = tuple(name_server(f"192.0.2.{i}", f"ns{i}.example.net") for i in range(1, 18))
    answers = [told_by(server, "example.com MX", ONE) for server in crowd]
    verdict = judged(CHECK, SENTENCE, *told_servers("example.com", *crowd), *answers)
    assert ending(verdict) == ("inconclusive: too-many-servers",)


@pytest.mark.parametrize(
    ("other", "ends"),
    [
        pytest.param(
            f"{ONE} | ...", "inconclusive: too-many-records", id="the same as far as read"
        ),
        pytest.param("20 mx1.example.com. | ...", "nameservers-differ", id="different already"),
    ],
)
def test_records_that_were_not_read_may_differ(other: str, ends: str) -> None:
    answers = says(f"{ONE} | ...", other, f"{ONE} | ...")
    assert ends in ending(judged(CHECK, SENTENCE, *SERVERS, *answers))


def test_texts_of_servers_are_escaped_and_bounded() -> None:
    long = '"' + "\\027" * 255 + '"'
    verdict = judged(
        CHECK,
        "nameservers of example.com agree on TXT",
        *told_servers("example.com", NS1, NS2),
        told_by(NS1, "example.com TXT", long),
        told_by(NS2, "example.com TXT", '"a"'),
    )
    assert "\x1b" not in verdict.reasons[0].text
    assert len(verdict.reasons[0].text) < 600


@pytest.mark.parametrize(
    ("answers", "instruction"),
    [
        pytest.param((ONE, ONE, "NODATA"), "SOA serials", id="differ"),
        pytest.param((ONE, ONE, "REFUSED-BY-AUTHORITY"), "ns3.example.net", id="refuses"),
    ],
)
def test_the_remedy_names_what_to_do(answers: tuple[str, ...], instruction: str) -> None:
    verdict = judged(CHECK, SENTENCE, *SERVERS, *says(*answers))
    assert instruction in verdict.remedies[0].instruction
