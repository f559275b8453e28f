"""``IP I has PTR``: any name will do; how none is absent is told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.address.has_ptr import CHECK
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

SENTENCE = "IP 203.0.113.25 has PTR"
OWNER = "25.113.0.203.in-addr.arpa"


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        pytest.param(told(f"{OWNER} PTR", "mail.example.com."), "met", id="one name"),
        pytest.param(told(f"{OWNER} PTR", "a.example. | b.example."), "met", id="two names"),
        pytest.param(told(f"{OWNER} PTR", "mail."), "no-host-name", id="a single label"),
        pytest.param(told(f"{OWNER} PTR", "."), "no-host-name", id="the root"),
        pytest.param(told(f"{OWNER} PTR", "-mail.example.com."), "no-host-name", id="a hyphen"),
        pytest.param(told(f"{OWNER} PTR", "a\\032b.example.com."), "no-host-name", id="a space"),
        pytest.param(told(f"{OWNER} PTR", "203.0.113.25."), "no-host-name", id="an address"),
        pytest.param(told(f"{OWNER} PTR", "my_host.example.com."), "met", id="an underscore"),
        pytest.param(told(f"{OWNER} PTR", "mail. | mail.example.com."), "met", id="one of two"),
        pytest.param(
            told(f"{OWNER} PTR", "mail. | ..."), "inconclusive: too-many-records", id="perhaps"
        ),
        pytest.param(told(f"{OWNER} PTR", "NODATA"), "no-ptr", id="name without PTR"),
        pytest.param(told(f"{OWNER} PTR", "NXDOMAIN"), "no-ptr", id="no such name"),
        pytest.param(
            told(f"{OWNER} PTR", f"-> 25.0-127.{OWNER} | mail.example.com."),
            "met",
            id="classless delegation",
        ),
        pytest.param(
            told(f"{OWNER} PTR", f"-> 25.0-127.{OWNER} | NXDOMAIN"),
            "no-ptr",
            id="classless delegation to nothing",
        ),
        pytest.param(
            told(f"{OWNER} PTR", "REFUSED-BY-AUTHORITY", denier="113.0.203.in-addr.arpa"),
            "refused-by-authority",
            id="lame reverse zone",
        ),
        pytest.param(told(f"{OWNER} PTR", "TIMEOUT"), "inconclusive: timeout", id="silence"),
        pytest.param(told(f"{OWNER} PTR", "SERVFAIL"), "inconclusive: servfail", id="servfail"),
    ],
)
def test_how_it_ends(answer: Told, ends: str) -> None:
    assert ends in ending(judged(CHECK, SENTENCE, answer))


def test_an_ipv6_address_is_asked_for_by_nibbles() -> None:
    owner = "5.2.0.0." + "0." * 20 + "8.b.d.0.1.0.0.2.ip6.arpa"
    verdict = judged(CHECK, "IP 2001:db8::25 has PTR", told(f"{owner} PTR", "mail.example.com."))
    assert verdict.kind == "met"


def test_a_forgotten_dot_is_advice() -> None:
    answer = told(f"{OWNER} PTR", "mail.example.com.113.0.203.in-addr.arpa.")
    verdict = judged(CHECK, SENTENCE, answer)
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("met", ["name-in-arpa"])
    assert verdict.advice[0].text.endswith(": a dot is missing behind mail.example.com")


def test_what_is_no_host_name_is_shown_escaped() -> None:
    [reason] = judged(CHECK, SENTENCE, told(f"{OWNER} PTR", "a\\027b.example.com.")).reasons
    assert "which names no host: the character" in reason.text
    assert reason.text.isprintable()


def test_the_remedy_is_a_record_at_the_reverse_name() -> None:
    [remedy] = judged(CHECK, SENTENCE, told(f"{OWNER} PTR", "NODATA")).remedies
    assert remedy.publish == (f"{OWNER}.  3600  IN  PTR  mail.example.com.",)
    assert "owner of the address block" in remedy.instruction


def test_the_remedy_stands_where_classless_delegation_leads() -> None:
    answer = told(f"{OWNER} PTR", "-> 25.0-127.113.0.203.in-addr.arpa | NODATA")
    [remedy] = judged(CHECK, SENTENCE, answer).remedies
    assert remedy.publish[0].startswith("25.0-127.113.0.203.in-addr.arpa.  3600")


def test_a_refused_reverse_zone_is_named_in_the_remedy() -> None:
    answer = told(f"{OWNER} PTR", "REFUSED-BY-AUTHORITY", denier="113.0.203.in-addr.arpa")
    [remedy] = judged(CHECK, SENTENCE, answer).remedies
    assert "113.0.203.in-addr.arpa" in remedy.instruction
