"""``IP I is not on L``: refusals, parked zones and dead lists are neither listed nor clean."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from mailcheck.blocklists.registry import unknown
from mailcheck.checks.address.not_on import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.blocklists import told_lists
from mailcheck.facts.dns import DnsAnswer, Source, told
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

ZONE = "dnsbl.example.net"
SENTENCE = f"IP 203.0.113.25 is not on {ZONE}"


def asked(answer: str, zone: str = ZONE, denier: str = "") -> Told:
    """Return what the list says about 203.0.113.25."""
    return told(f"25.113.0.203.{zone} A", answer, denier=denier)


def alive(answer: str = "127.0.0.2", zone: str = ZONE, denier: str = "") -> Told:
    """Return what the list says about the entry every list has."""
    return told(f"2.0.0.127.{zone} A", answer, denier=denier)


def control(answer: str = "NXDOMAIN", zone: str = ZONE) -> Told:
    """Return what the list says about the entry no list has."""
    return told(f"1.0.0.127.{zone} A", answer)


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("answers", "ends"),
    [
        pytest.param((asked("NXDOMAIN"), alive()), "met", id="not there"),
        pytest.param((asked("NODATA"), alive()), "met", id="there without an address"),
        pytest.param((asked("127.0.0.2"), alive(), control()), "listed", id="listed"),
        pytest.param(
            (asked("127.9.8.7"), alive(), control()),
            "inconclusive: undeclared-code",
            id="a code that nobody declares",
        ),
        pytest.param(
            (asked("127.0.0.2 | 127.9.8.7"), alive(), control()),
            "listed",
            id="one that nobody declares beside a known one",
        ),
        pytest.param(
            (asked("127.0.0.2 | 127.0.0.10"), alive(), control()), "listed", id="two codes"
        ),
        pytest.param(
            (asked("NXDOMAIN"), alive("NXDOMAIN")),
            "inconclusive: list-not-alive",
            id="not there, and the test point neither",
        ),
        pytest.param(
            (asked("NXDOMAIN"), alive("TIMEOUT")),
            "inconclusive: timeout",
            id="not there, test point unknown",
        ),
        pytest.param(
            (asked("127.0.0.2"), alive("TIMEOUT"), control("TIMEOUT")),
            "listed",
            id="listed, test points unknown",
        ),
        pytest.param(
            (asked("127.0.0.2"), alive("NXDOMAIN"), control()),
            "listed",
            id="listed on a list without test point",
        ),
        pytest.param(
            (asked("127.0.0.2"), alive(), control("127.0.0.2")),
            "inconclusive: list-lists-everything",
            id="a list that lists the world",
        ),
        pytest.param(
            (asked("127.255.255.254"), alive("127.255.255.254")),
            "inconclusive: list-refuses",
            id="public resolver refused",
        ),
        pytest.param(
            (asked("127.255.255.1"), alive()), "inconclusive: list-refuses", id="other error code"
        ),
        pytest.param(
            (asked("127.0.0.1"), alive()), "inconclusive: list-refuses", id="code 127.0.0.1"
        ),
        pytest.param(
            (asked("NXDOMAIN"), alive("127.255.255.255")),
            "inconclusive: list-refuses",
            id="the test point is refused",
        ),
        pytest.param(
            (asked("192.0.2.80"), alive("192.0.2.80")),
            "inconclusive: not-a-return-code",
            id="a parked zone",
        ),
        pytest.param(
            (asked("127.0.0.2 | 192.0.2.80"), alive()),
            "inconclusive: not-a-return-code",
            id="a code beside an address",
        ),
        pytest.param((asked("TIMEOUT"), alive()), "inconclusive: timeout", id="silence"),
        pytest.param((asked("SERVFAIL"), alive()), "inconclusive: servfail", id="servfail"),
        pytest.param(
            (asked("REFUSED-BY-AUTHORITY"), alive()),
            "inconclusive: list-refuses",
            id="the list's servers refuse",
        ),
    ],
)
def test_how_it_ends(answers: tuple[Told, ...], ends: str) -> None:
    assert ends in ending(judged(CHECK, SENTENCE, *answers))


ZEN = "zen.spamhaus.org"


def test_every_code_that_a_known_list_declares_counts() -> None:
    answers = (asked("127.0.0.4", ZEN), alive(zone=ZEN), control(zone=ZEN))
    verdict = judged(CHECK, f"IP 203.0.113.25 is not on {ZEN}", *answers)
    assert verdict.tags == ("listed",)
    assert "XBL" in verdict.reasons[0].text
    assert "https://check.spamhaus.org/" in verdict.remedies[0].instruction


@pytest.mark.parametrize("zone", ["dnsbl-2.uceprotect.net", "ips.backscatterer.org"])
def test_what_lists_for_other_reasons_lists_all_the_same(zone: str) -> None:
    answers = (asked("127.0.0.2", zone), alive(zone=zone), control(zone=zone))
    assert ending(judged(CHECK, f"IP 203.0.113.25 is not on {zone}", *answers)) == ("listed",)


def test_who_asks_through_a_public_resolver_is_told_that_first() -> None:
    asks, said = asked("127.255.255.254", ZEN)
    assert isinstance(said, DnsAnswer)
    google = replace(said, source=Source("Google (8.8.8.8)"))
    verdict = judged(CHECK, f"IP 203.0.113.25 is not on {ZEN}", (asks, google))
    assert verdict.cause == "public-resolver"
    assert "--mail-blocklist-resolver" in verdict.text


def test_a_defunct_list_is_named_as_such() -> None:
    verdict = judged(CHECK, "IP 203.0.113.25 is not on dul.dnsbl.sorbs.net")
    assert verdict.cause == "list-defunct"
    assert "2024-06-05" in verdict.text


def test_a_list_of_domains_is_not_asked_for_an_address() -> None:
    verdict = judged(CHECK, "IP 203.0.113.25 is not on dbl.spamhaus.org")
    assert verdict.cause == "wrong-list"


def test_a_list_of_the_other_family_is_not_asked_for_an_address() -> None:
    verdict = judged(CHECK, "IP 2001:db8::25 is not on bl.spamcop.net")
    assert (verdict.kind, verdict.cause) == ("not evaluated", "wrong-family")


def test_a_list_that_needs_a_key_is_not_asked_without() -> None:
    verdict = judged(CHECK, "IP 203.0.113.25 is not on zen.dq.spamhaus.net")
    assert (verdict.kind, verdict.cause) == ("not evaluated", "key-missing")


def test_only_the_codes_asked_for_count() -> None:
    answers = (asked("127.0.0.4"), alive(), control())
    wanted = f"{{IP 203.0.113.25 is not on {ZONE}: {{codes: [127.0.0.2, 127.0.0.3]}}}}"
    verdict = judged(CHECK, wanted, *answers)
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("met", ["listed-otherwise"])


def test_the_reason_the_list_gives_is_shown_and_escaped() -> None:
    text = told(f"25.113.0.203.{ZONE} TXT", '"see https://dnsbl.example.net/?" "203.0.113.25\\027"')
    verdict = judged(CHECK, SENTENCE, asked("127.0.0.2"), alive(), control(), text)
    assert "see https://dnsbl.example.net/?203.0.113.25\\x1b" in verdict.reasons[0].text


def test_a_list_is_shown_in_u_labels() -> None:
    zone = "xn--c1yn36f.example"
    answers = (asked("127.0.0.2", zone), alive(zone=zone), control(zone=zone))
    [reason] = judged(CHECK, "IP 203.0.113.25 is not on 點看.example", *answers).reasons
    assert reason.text.startswith("203.0.113.25 is on 點看.example: 127.0.0.2")


CROWD = " | ".join(f"127.0.{i}.2" for i in range(40))


def test_a_refusal_behind_many_codes_is_a_refusal() -> None:
    """It sorts behind all codes of listings."""
    answers = (asked(f"{CROWD} | 127.255.255.254"), alive(), control())
    assert ending(judged(CHECK, SENTENCE, *answers)) == ("inconclusive: list-refuses",)


def test_a_code_that_counts_counts_behind_many_others() -> None:
    wanted = f"{{IP 203.0.113.25 is not on {ZONE}: {{codes: 127.0.39.2}}}}"
    verdict = judged(CHECK, wanted, asked(CROWD), alive(), control())
    assert verdict.tags == ("listed",)


def test_many_codes_are_not_all_shown() -> None:
    verdict = judged(CHECK, SENTENCE, asked(CROWD), alive(), control())
    assert verdict.tags == ("listed",)
    assert len(verdict.reasons[0].text) < 450


def test_codes_that_were_not_read_may_refuse() -> None:
    answers = (asked("127.0.0.2 | ..."), alive(), control())
    assert ending(judged(CHECK, SENTENCE, *answers)) == ("inconclusive: too-many-records",)


def test_the_reason_is_bounded() -> None:
    long = " ".join(['"' + "x" * 250 + '"'] * 100)
    text = told(f"25.113.0.203.{ZONE} TXT", long)
    verdict = judged(CHECK, SENTENCE, asked("127.0.0.2"), alive(), control(), text)
    assert len(verdict.reasons[0].text) < 500


def test_an_ipv6_address_is_asked_for_by_nibbles() -> None:
    name = "5.2.0.0." + "0." * 20 + f"8.b.d.0.1.0.0.2.{ZONE}"
    point = "2.0.0.0.0.0.f.7.f.f.f.f." + "0." * 20 + ZONE
    sentence = f"IP 2001:db8::25 is not on {ZONE}"
    clean = judged(CHECK, sentence, told(f"{name} A", "NXDOMAIN"), told(f"{point} A", "127.0.0.2"))
    assert clean.kind == "met"
    v4_only = judged(CHECK, sentence, told(f"{name} A", "NXDOMAIN"), alive())
    assert v4_only.kind == "inconclusive"


def test_a_zone_denied_from_above_may_be_misspelled() -> None:
    answers = (asked("NXDOMAIN", denier="net"), alive("NXDOMAIN", denier="net"))
    verdict = judged(CHECK, SENTENCE, *answers)
    assert verdict.cause == "list-not-alive"
    assert "spelled right" in verdict.text


def test_a_list_without_test_points_says_so() -> None:
    untested = replace(unknown(ZONE), tests=None)
    verdict = judged(CHECK, SENTENCE, told_lists(untested), asked("NXDOMAIN"))
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("met", ["list-not-proven"])


def test_the_list_removes_its_own_entries() -> None:
    verdict = judged(CHECK, SENTENCE, asked("127.0.0.2"), alive(), control())
    assert f"the operator of {ZONE}" in verdict.remedies[0].instruction


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("IP 203.0.113.25 is not on PBX", id="a word that is no list"),
        pytest.param("IP 203.0.113.25 is not on 127.0.0.2", id="an address as a list"),
        pytest.param(
            f"{{IP 203.0.113.25 is not on {ZONE}: {{codes: 192.0.2.1}}}}", id="a code outside 127/8"
        ),
        pytest.param(f"{{IP 203.0.113.25 is not on {ZONE}: {{codes: '::1'}}}}", id="an IPv6 code"),
    ],
)
def test_what_is_no_list_or_code_is_refused_when_read(sentence: str) -> None:
    with pytest.raises(SourceError):
        judged(CHECK, sentence)


def test_what_it_matters_names_no_other_list() -> None:
    assert "spamhaus" not in CHECK.unmet_tags["listed"].matters
