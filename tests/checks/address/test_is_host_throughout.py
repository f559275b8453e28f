"""``IP I is host E throughout``: the chain holds if every link that can be judged does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.address.is_host_throughout import CHECK
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import told_tls
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

NAME = "mail.example.com"
SENTENCE = f"IP 203.0.113.25 is host {NAME} throughout"
WITH_MX = f"{{{SENTENCE}: {{domain: example.com}}}}"
PTR = "25.113.0.203.in-addr.arpa PTR"


def chain(
    ptr: str = f"{NAME}.",
    a: str = "203.0.113.25",
    greeting: str = f"220 {NAME} ESMTP",
    certified: str = NAME,
    mx: str = f"10 {NAME}.",
) -> tuple[Told, ...]:
    """Return a chain that holds, but for what is told otherwise."""
    return (
        told(PTR, ptr),
        told(f"{NAME} A", a),
        told_smtp(
            f"{NAME} 203.0.113.25:25",
            greeting,
            ehlo="250-mail\n250 STARTTLS",
            tls=told_tls(certified),
        ),
        told("example.com MX", mx),
    )


def test_the_examples_of_the_page_end_as_it_says() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("answers", "ends"),
    [
        pytest.param(chain(), "met", id="one name throughout"),
        pytest.param(chain(greeting="REFUSED"), "met", id="port 25 shut"),
        pytest.param(chain(greeting="TIMEOUT"), "met", id="port 25 behind a firewall"),
        pytest.param(chain(greeting="NO-IPV6-ROUTE"), "met", id="no route from here"),
        pytest.param(chain(ptr="NODATA"), "no-ptr", id="no PTR"),
        pytest.param(chain(ptr="a.example."), "other-name", id="another PTR name"),
        pytest.param(chain(a="192.0.2.1"), "other-address", id="another address"),
        pytest.param(chain(a="NODATA"), "no-address", id="no address"),
        pytest.param(chain(a="NXDOMAIN"), "no-such-domain", id="no such name"),
        pytest.param(chain(a="REFUSED-BY-AUTHORITY"), "refused-by-authority", id="refused"),
        pytest.param(chain(greeting="220 mx ESMTP"), "other-greeting", id="another greeting"),
        pytest.param(chain(certified="a.example"), "other-certificate", id="another certificate"),
        pytest.param(chain(certified="*.example.com"), "met", id="a wildcard certificate"),
        pytest.param(chain(mx="10 a.example."), "not-mx", id="another MX"),
        pytest.param(chain(ptr="TIMEOUT"), "inconclusive: timeout", id="PTR unknown"),
        pytest.param(chain(a="SERVFAIL"), "inconclusive: servfail", id="address unknown"),
        pytest.param(chain(mx="SERVFAIL"), "inconclusive: servfail", id="MX unknown"),
        pytest.param(
            chain(greeting="421 later"), "inconclusive: temporary-failure", id="greets with 421"
        ),
        pytest.param(
            chain(ptr="TIMEOUT", mx="10 a.example."), "not-mx", id="unknown before broken"
        ),
        pytest.param(chain(ptr="NODATA", a="TIMEOUT"), "no-ptr", id="broken before unknown"),
    ],
)
def test_how_it_ends(answers: tuple[Told, ...], ends: str) -> None:
    assert ending(judged(CHECK, WITH_MX, *answers)) == (ends,)


def test_without_a_domain_nobody_asks_for_mx() -> None:
    assert judged(CHECK, SENTENCE, *chain(mx="SERVFAIL")).kind == "met"


@pytest.mark.parametrize(
    ("ehlo", "ends"),
    [
        pytest.param("203.0.113.25", "not-fully-qualified", id="no brackets"),
        pytest.param("localhost", "not-fully-qualified", id="single label"),
        pytest.param("ma!l.example.com", "invalid-name", id="no name"),
        pytest.param("[203.0.113.25]", "address-literal", id="literal"),
    ],
)
def test_what_is_no_name_is_judged_without_asking_anybody(ehlo: str, ends: str) -> None:
    verdict = judged(CHECK, f'IP 203.0.113.25 is host "{ehlo}" throughout')
    assert (ending(verdict), verdict.evidence) == ((ends,), ())
    assert "smtp_helo_name" in verdict.remedies[0].instruction


@pytest.mark.parametrize("greeting", ["REFUSED", "TIMEOUT", "554 5.7.1 go away"])
def test_it_is_said_that_the_greeting_is_not_judged(greeting: str) -> None:
    verdict = judged(CHECK, SENTENCE, *chain(greeting=greeting))
    assert [a.tag for a in verdict.advice] == ["greeting-not-judged"]


def test_it_is_said_that_a_certificate_was_not_seen() -> None:
    greeting = told_smtp(f"{NAME} 203.0.113.25:25", f"220 {NAME}")
    ptr, a, _, _ = chain()
    verdict = judged(CHECK, SENTENCE, ptr, a, greeting)
    assert [a.tag for a in verdict.advice] == ["certificate-not-judged"]


def test_the_first_broken_link_is_told_once_with_the_whole_chain() -> None:
    verdict = judged(CHECK, WITH_MX, *chain("a.example.", "NODATA", "REFUSED", mx="10 b.example."))
    [reason] = verdict.reasons
    assert reason.text == (
        "203.0.113.25 has the PTR name a.example, not mail.example.com "
        "(the chain: PTR broken, A broken, greeting not judged, certificate not judged, MX broken)"
    )
    assert {a.tag for a in verdict.advice} == {"no-address", "greeting-not-judged", "not-mx"}


def test_the_evidence_is_of_every_link() -> None:
    seen = [line.subject for line in judged(CHECK, WITH_MX, *chain()).evidence]
    assert [PTR, f"{NAME} A", f"{NAME} (203.0.113.25 port 25) greeting", "example.com MX"] == [
        subject for subject in seen if not subject.endswith(("EHLO", "TLS"))
    ]


def test_an_advised_link_does_not_hide_one_that_is_named_required() -> None:
    severity = "{other-greeting: advised, not-mx: required}"
    sentence = f"{{{SENTENCE}: {{domain: example.com, severity: {severity}}}}}"
    verdict = judged(CHECK, sentence, *chain(greeting="220 x ESMTP", mx="10 b.example."))
    assert (verdict.tags, verdict.excused) == (("other-greeting", "not-mx"), "")


def test_an_advised_link_leaves_open_what_is_unknown() -> None:
    sentence = f"{{{SENTENCE}: {{severity: {{other-greeting: advised}}}}}}"
    verdict = judged(CHECK, sentence, *chain(ptr="TIMEOUT", greeting="220 x ESMTP"))
    assert ending(verdict) == ("inconclusive: timeout",)


def test_ipv6_asks_for_aaaa() -> None:
    ptr = "5.2.0.0." + "0." * 20 + "8.b.d.0.1.0.0.2.ip6.arpa PTR"
    answers = (
        told(ptr, f"{NAME}."),
        told(f"{NAME} AAAA", "2001:db8::25"),
        told_smtp(f"{NAME} [2001:db8::25]:25", "REFUSED"),
    )
    assert judged(CHECK, f"IP 2001:db8::25 is host {NAME} throughout", *answers).kind == "met"


@pytest.mark.parametrize(
    ("answers", "record"),
    [
        pytest.param(
            chain(ptr="NODATA"), f"25.113.0.203.in-addr.arpa.  3600  IN  PTR  {NAME}.", id="PTR"
        ),
        pytest.param(chain(a="192.0.2.1"), f"{NAME}.  3600  IN  A  203.0.113.25", id="A"),
        pytest.param(chain(a="NXDOMAIN"), f"{NAME}.  3600  IN  A  203.0.113.25", id="no name"),
        pytest.param(chain(mx="NODATA"), f"example.com.  3600  IN  MX  10 {NAME}.", id="MX"),
    ],
)
def test_the_remedy_is_the_record_of_the_broken_link(
    answers: tuple[Told, ...], record: str
) -> None:
    [remedy] = judged(CHECK, WITH_MX, *answers).remedies
    assert remedy.publish == (record,)


def test_the_remedy_for_a_greeting_names_the_setting() -> None:
    [remedy] = judged(CHECK, SENTENCE, *chain(greeting="220 x ESMTP")).remedies
    assert remedy.instruction == (
        f"Have the server at 203.0.113.25 greet as {NAME} (Postfix: myhostname)."
    )


def test_no_literal_is_recommended_where_only_a_name_will_do() -> None:
    [remedy] = judged(CHECK, 'IP 203.0.113.25 is host "[203.0.113.25]" throughout').remedies
    assert "brackets" not in remedy.instruction
