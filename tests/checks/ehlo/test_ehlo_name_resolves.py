"""``EHLO name E resolves``: what Postfix would refuse, defer or let pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.ehlo.ehlo_name_resolves import CHECK
from mailcheck.facts.dns import told
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

NAME = "mail.example.com"
SENTENCE = f"EHLO name {NAME} resolves"


def records(a: str = "NODATA", aaaa: str = "NODATA", mx: str = "NODATA") -> tuple[Told, ...]:
    """Return what is known about the three records that count."""
    pairs = (("A", a), ("AAAA", aaaa), ("MX", mx))
    return tuple(told(f"{NAME} {rdtype}", answer) for rdtype, answer in pairs)


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("answers", "ends"),
    [
        pytest.param(records(a="203.0.113.25"), "met", id="A"),
        pytest.param(records(aaaa="2001:db8::25"), "met", id="AAAA"),
        pytest.param(records(mx="10 nowhere.invalid."), "met", id="MX, target not followed"),
        pytest.param(records(mx="0 ."), "met", id="null MX"),
        pytest.param(records(a="-> b.example.com | 203.0.113.25"), "met", id="alias"),
        pytest.param(records(), "no-address-or-mx", id="exists with none of them"),
        pytest.param(
            records("NXDOMAIN", "NXDOMAIN", "NXDOMAIN"), "no-such-domain", id="does not exist"
        ),
        pytest.param(
            records("NXDOMAIN", "TIMEOUT", "TIMEOUT"),
            "no-such-domain",
            id="does not exist, other types unknown",
        ),
        pytest.param(
            records("TIMEOUT", "NXDOMAIN", "NODATA"),
            "inconclusive: timeout",
            id="denied for AAAA only, as broken load balancers do",
        ),
        pytest.param(
            records("TIMEOUT", "TIMEOUT", "NXDOMAIN"), "no-such-domain", id="denied for MX"
        ),
        pytest.param(
            records("NODATA", "NXDOMAIN", "NODATA"), "no-address-or-mx", id="exists for the others"
        ),
        pytest.param(
            records(*["REFUSED-BY-AUTHORITY"] * 3), "refused-by-authority", id="refused by its zone"
        ),
        pytest.param(
            records("REFUSED-BY-AUTHORITY", "REFUSED-BY-AUTHORITY", "TIMEOUT"),
            "inconclusive: timeout",
            id="refused, MX unknown",
        ),
        pytest.param(records("TIMEOUT", "TIMEOUT", "0 ."), "met", id="MX seen, rest unknown"),
        pytest.param(records("203.0.113.25", "SERVFAIL", "SERVFAIL"), "met", id="A seen"),
        pytest.param(
            records("NODATA", "TIMEOUT", "NODATA"), "inconclusive: timeout", id="AAAA unknown"
        ),
        pytest.param(
            records("SERVFAIL", "SERVFAIL", "SERVFAIL"), "inconclusive: servfail", id="servfail"
        ),
        pytest.param(
            records("203.0.113.25", "NXDOMAIN", "NXDOMAIN"),
            "met",
            id="a server that denies the name for other types",
        ),
    ],
)
def test_existence(answers: tuple[Told, ...], ends: str) -> None:
    assert ends in ending(judged(CHECK, SENTENCE, *answers))


@pytest.mark.parametrize(
    ("helo", "ends"),
    [
        pytest.param("[203.0.113.25]", "met", id="IPv4 literal"),
        pytest.param("[IPv6:2001:db8::25]", "met", id="IPv6 literal"),
        pytest.param("[2001:db8::25]", "invalid-name", id="IPv6 literal without its prefix"),
        pytest.param("[mail.example.com]", "invalid-name", id="name in brackets"),
        pytest.param("203.0.113.25", "not-fully-qualified", id="address without brackets"),
        pytest.param("localhost", "not-fully-qualified", id="single label"),
        pytest.param("mail..example.com", "invalid-name", id="empty label"),
        pytest.param("-mail.example.com", "invalid-name", id="leading hyphen"),
        pytest.param("mail.example.com.", "invalid-name", id="trailing dot"),
        pytest.param("mail.example.com..", "invalid-name", id="two trailing dots"),
        pytest.param("ma!l.example.com", "invalid-name", id="illegal character"),
    ],
)
def test_syntax_is_judged_without_asking_anybody(helo: str, ends: str) -> None:
    verdict = judged(CHECK, f'EHLO name "{helo}" resolves')
    assert ending(verdict) == (ends,)
    assert verdict.evidence == ()


def test_case_does_not_matter() -> None:
    verdict = judged(CHECK, "EHLO name MAIL.Example.COM resolves", *records(a="203.0.113.25"))
    assert verdict.kind == "met"


def test_u_labels_are_looked_up_as_a_labels() -> None:
    name = "mail.xn--3e0b707e"
    verdict = judged(CHECK, "EHLO name mail.한국 resolves", told(f"{name} A", "203.0.113.25"))
    assert verdict.kind == "met"


def test_an_underscore_is_let_pass_with_advice() -> None:
    answers = [told(f"mail_1.example.com {t}", "203.0.113.25") for t in ("A",)]
    verdict = judged(CHECK, "EHLO name mail_1.example.com resolves", *answers)
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("met", ["underscore"])


def test_a_name_that_exists_is_not_denied_besides() -> None:
    """Broken load balancers say NXDOMAIN for AAAA of a name they have (RFC 4074 §4.2)."""
    verdict = judged(CHECK, SENTENCE, *records("NODATA", "NXDOMAIN", "NODATA"))
    assert verdict.tags == ("no-address-or-mx",)


def test_the_advice_survives_that_nothing_is_known() -> None:
    answers = [told(f"mail_1.example.com {t}", "TIMEOUT") for t in ("A", "AAAA", "MX")]
    verdict = judged(CHECK, "EHLO name mail_1.example.com resolves", *answers)
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("inconclusive", ["underscore"])


def test_the_advice_is_in_u_labels() -> None:
    answers = [told(f"mail_1.xn--c1yn36f.example {t}", "TIMEOUT") for t in ("A", "AAAA", "MX")]
    [advice] = judged(CHECK, "EHLO name mail_1.點看.example resolves", *answers).advice
    assert "mail_1.點看.example" in advice.text


def test_the_page_says_what_postfix_answers() -> None:
    matters = {name: tag.matters for name, tag in CHECK.unmet_tags.items()}
    assert "501 5.5.2" in matters["invalid-name"]
    assert "504 5.5.2" in matters["not-fully-qualified"]
    assert "450 4.7.1" in matters["no-such-domain"]
    assert "450 4.7.1" in matters["refused-by-authority"]


def test_the_remedy_is_the_address_record_of_the_name() -> None:
    [remedy] = judged(CHECK, SENTENCE, *records()).remedies
    stand_in = "192.0.2.25  ; the address the client sends from"
    assert remedy.publish == (f"{NAME}.  3600  IN  A  {stand_in}",)


def test_the_remedy_for_bad_syntax_is_another_name() -> None:
    [remedy] = judged(CHECK, "EHLO name localhost resolves").remedies
    assert "smtp_helo_name" in remedy.instruction
