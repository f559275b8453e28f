"""``IPs of NETWORK have PTR matching A``: every address counts, and the same is said once."""

from __future__ import annotations

import pytest

from mailcheck.checks.address.ips_have_ptr_matching_a import CHECK
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples

SENTENCE = "IPs of 203.0.113.24/31 have PTR matching A"
NETWORK = "113.0.203.in-addr.arpa"
FIRST = (told(f"24.{NETWORK} PTR", "mx1.example.com."), told("mx1.example.com A", "203.0.113.24"))


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("ptr", "address", "ends"),
    [
        pytest.param("mx2.example.com.", "203.0.113.25", "met", id="both"),
        pytest.param("mx2.example.com.", "203.0.113.24", "ptr-not-confirmed", id="the other's"),
        pytest.param("mx2.example.com.", "NXDOMAIN", "ptr-not-confirmed", id="no such host"),
        pytest.param("mx2.example.com.", "TIMEOUT", "inconclusive: timeout", id="silence"),
        pytest.param(
            "mx2.example.com.", "REFUSED-BY-AUTHORITY", "refused-by-authority", id="refusal"
        ),
        pytest.param("-mx2.example.com.", "TIMEOUT", "ptr-not-confirmed", id="no host name"),
        pytest.param("NODATA", "TIMEOUT", "no-ptr", id="no PTR"),
    ],
)
def test_how_it_ends(ptr: str, address: str, ends: str) -> None:
    second = (told(f"25.{NETWORK} PTR", ptr), told("mx2.example.com A", address))
    assert ends in ending(judged(CHECK, SENTENCE, *FIRST, *second))


def test_a_known_fault_decides_beside_an_unknown_address() -> None:
    answers = (told(f"24.{NETWORK} PTR", "NXDOMAIN"), told(f"25.{NETWORK} PTR", "TIMEOUT"))
    assert judged(CHECK, SENTENCE, *answers).tags == ("no-ptr",)


def test_many_addresses_make_one_reason() -> None:
    nothing = [told(f"{last}.{NETWORK} PTR", "NXDOMAIN") for last in range(16)]
    verdict = judged(CHECK, "IPs of 203.0.113.0/28 have PTR matching A", *nothing)
    [reason] = verdict.reasons
    assert reason.text.startswith("203.0.113.0 has no PTR record; 203.0.113.1 has no PTR record")
    assert reason.text.endswith("; and 8 more such")
    [remedy] = verdict.remedies
    assert len(remedy.publish) == 8
    assert remedy.publish[1].startswith(f"1.{NETWORK}.  3600  IN  PTR")


def test_different_faults_are_told_apart() -> None:
    answers = (
        told(f"24.{NETWORK} PTR", "NXDOMAIN"),
        told(f"25.{NETWORK} PTR", "mx2.example.com."),
        told("mx2.example.com A", "192.0.2.80"),
    )
    verdict = judged(CHECK, SENTENCE, *answers)
    assert verdict.tags == ("no-ptr", "ptr-not-confirmed")
    assert [r.publish[0] for r in verdict.remedies] == [
        f"24.{NETWORK}.  3600  IN  PTR  mail.example.com.",
        "mx2.example.com.  3600  IN  A  203.0.113.25",
    ]


def test_several_names_are_advice() -> None:
    second = (
        told(f"25.{NETWORK} PTR", "mx2.example.com. | www.example.com."),
        told("mx2.example.com A", "203.0.113.25"),
    )
    verdict = judged(CHECK, SENTENCE, *FIRST, *second)
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("met", ["several-ptr"])


def test_addresses_besides_are_not_asked() -> None:
    wanted = f"{{{SENTENCE}: {{besides: 203.0.113.25}}}}"
    assert judged(CHECK, wanted, *FIRST).kind == "met"


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        pytest.param("IPs of 203.0.0.0/16 have PTR matching A", "65536 addresses", id="too many"),
        pytest.param("IPs of 203.0.113.25/28 have PTR matching A", "203.0.113.16/28", id="bits"),
        pytest.param("IPs of 203.0.113.25 have PTR matching A", "a slash", id="an address"),
        pytest.param(f"{{{SENTENCE}: {{besides: 192.0.2.1}}}}", "not in", id="besides outside"),
        pytest.param(
            f"{{{SENTENCE}: {{besides: [203.0.113.24, 203.0.113.25]}}}}", "no address", id="nothing"
        ),
    ],
)
def test_what_is_no_block_is_refused_when_read(sentence: str, problem: str) -> None:
    with pytest.raises(SourceError, match=problem):
        judged(CHECK, sentence)


def test_a_block_of_ipv6() -> None:
    zone = "0." * 23 + "8.b.d.0.1.0.0.2.ip6.arpa"
    answers = (
        told(f"0.{zone} PTR", "a.example.com."),
        told("a.example.com AAAA", "2001:db8::"),
        told(f"1.{zone} PTR", "b.example.com."),
        told("b.example.com AAAA", "2001:db8::2"),
    )
    verdict = judged(CHECK, "IPs of 2001:db8::/127 have PTR matching A", *answers)
    assert verdict.tags == ("ptr-not-confirmed",)
