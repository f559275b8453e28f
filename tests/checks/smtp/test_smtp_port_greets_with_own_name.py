"""SMTP port 25 greets with its own name: that of the host, or of the very machine."""

from __future__ import annotations

import pytest

from mailcheck.checks.smtp.smtp_port_greets_with_own_name import CHECK, SmtpPortGreetsWithOwnName
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.finding import Reason
from mailcheck.names import Domain, Port
from mailcheck.testing import ending, judged, run_examples

OF_HOST = "SMTP port 25 of mail.example.com greets with its own name"
DEMANDED = f"{{{OF_HOST}: {{severity: {{other-greeting: required}}}}}}"
TWO = told("mail.example.com A", "192.0.2.25 | 192.0.2.26")
A = told("mail.example.com A", "192.0.2.25")
NO_AAAA = told("mail.example.com AAAA", "NODATA")
FIRST = told_smtp("mail.example.com 192.0.2.25:25", "220 mail.example.com ESMTP")
MX1 = told("mx1.example.com A", "192.0.2.26")


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("greeting", "end"),
    [
        pytest.param("220 mail.example.com ESMTP", "met", id="the name"),
        pytest.param("220 mx1.example.com ESMTP", "met", id="the machine's own name"),
        pytest.param("220 gone.example.com ESMTP", "other-greeting", id="a name that is gone"),
        pytest.param("220 slow.example.com", "inconclusive: timeout", id="a name nobody knows"),
        pytest.param("220 *********", "masked-greeting", id="hidden by a firewall"),
        pytest.param("220 localhost ESMTP", "not-fully-qualified", id="localhost"),
        pytest.param("220 localhost.localdomain", "local-name", id="localhost.localdomain"),
        pytest.param("220 [192.0.2.26] ESMTP", "address-literal", id="a literal"),
        pytest.param("220", "no-greeting-name", id="nothing"),
        pytest.param("421 mail.example.com", "inconclusive: temporary-failure", id="421"),
        pytest.param("554 5.7.1 no", "inconclusive: refused-this-client", id="refuses us"),
        pytest.param("521 no", "no-smtp-service", id="takes no mail"),
        pytest.param("TIMEOUT", "inconclusive: timeout", id="silent"),
        pytest.param("REFUSED", "connection-refused", id="no server"),
    ],
)
def test_the_other_address_of_a_host_that_greets_well(greeting: str, end: str) -> None:
    verdict = judged(
        CHECK, OF_HOST, TWO, NO_AAAA, FIRST, MX1,
        told("gone.example.com A", "NXDOMAIN", denier="example.com"),
        told("slow.example.com A", "TIMEOUT"),
        told_smtp("mail.example.com 192.0.2.26:25", greeting),
    )  # fmt: skip
    assert ending(verdict) == (end,)


def test_a_session_that_breaks_off_later_has_greeted() -> None:
    second = told_smtp(
        "mail.example.com 192.0.2.26:25", "220 mail.example.com",
        ehlo="250-mail.example.com\n250 STARTTLS", breaks="TLS CONNECTION-CLOSED",
    )  # fmt: skip
    assert judged(CHECK, OF_HOST, TWO, NO_AAAA, FIRST, second).kind == "met"


def test_a_greeting_that_is_not_its_own_decides_whatever_is_unknown() -> None:
    verdict = judged(
        CHECK, OF_HOST, TWO, NO_AAAA,
        told_smtp("mail.example.com 192.0.2.25:25", "TIMEOUT"),
        told_smtp("mail.example.com 192.0.2.26:25", "220 ****"),
    )  # fmt: skip
    assert verdict.tags == ("masked-greeting",)
    assert "no inspect esmtp" in verdict.remedies[0].instruction


def test_two_machines_that_greet_with_one_name_are_judged_each_by_its_address() -> None:
    both = [
        told_smtp(f"mail.example.com {address}:25", "220 mx1.example.com")
        for address in ("192.0.2.25", "192.0.2.26")
    ]
    [reason] = judged(CHECK, OF_HOST, TWO, NO_AAAA, MX1, *both).reasons
    assert (reason.tag, reason.about) == ("other-greeting", "192.0.2.25")


def test_every_exchange_of_a_domain_is_to_greet_with_its_name_in_mx() -> None:
    verdict = judged(
        CHECK,
        "{SMTP port 25 greets with its own name: {domain: example.com}}",
        told("example.com MX", "10 mail.example.com. | 20 mx2.example.com."),
        A,
        NO_AAAA,
        FIRST,
        told("mx2.example.com A", "192.0.2.2"),
        told("mx2.example.com AAAA", "NODATA"),
        told_smtp("mx2.example.com 192.0.2.2:25", "220 mail.example.com ESMTP"),
    )
    assert verdict.tags == ("other-greeting",)
    assert verdict.reasons[0].text.startswith("mx2.example.com (192.0.2.2 port 25) greets as mail")


def test_leaving_ipv6_out_is_said() -> None:
    no_route = told_smtp("mail.example.com [2001:db8::25]:25", "NO-IPV6-ROUTE")
    aaaa = told("mail.example.com AAAA", "2001:db8::25")
    verdict = judged(CHECK, OF_HOST, A, aaaa, FIRST, no_route)
    assert ([a.tag for a in verdict.advice], verdict.kind) == (["ipv6-not-asked"], "met")


def test_the_remedy_names_the_host_and_the_settings() -> None:
    reason = Reason("other-greeting", "text", "192.0.2.25")
    host = SmtpPortGreetsWithOwnName(port=Port(25), host=Domain("mail.xn--c1yn36f.example"))
    domain = SmtpPortGreetsWithOwnName(port=Port(25), domain=Domain("example.com"))
    assert "greet with mail.點看.example" in CHECK.remedy(host, reason).instruction
    assert "name that MX has for it" in CHECK.remedy(domain, reason).instruction
    assert "myhostname" in CHECK.remedy(domain, reason).instruction
