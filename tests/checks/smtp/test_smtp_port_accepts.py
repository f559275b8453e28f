"""SMTP port 25 accepts: every address must, and what is not known is not guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.checks.host.host_resolves import CHECK as HOST_RESOLVES
from mailcheck.checks.smtp.smtp_port_accepts import CHECK, SmtpPortAccepts
from mailcheck.errors import SourceError
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import NoTls, Tls, told_tls
from mailcheck.finding import Reason
from mailcheck.names import Domain, Port
from mailcheck.testing import ending, judged, run_examples

if TYPE_CHECKING:
    from mailcheck.check import Told

OF_HOST = "SMTP port 25 of mail.example.com accepts"
OF_DOMAIN = "{SMTP port 25 accepts: {domain: example.com}}"
BOTH_FAMILIES = "{SMTP port 25 of mail.example.com accepts: {families: all}}"

A = told("mail.example.com A", "192.0.2.25")
TWO = told("mail.example.com A", "192.0.2.25 | 192.0.2.26")
NO_AAAA = told("mail.example.com AAAA", "NODATA")
AAAA = told("mail.example.com AAAA", "2001:db8::25")
SERVES = told_smtp("mail.example.com 192.0.2.25:25", "220 mail.example.com ESMTP")
NO_ROUTE = told_smtp("mail.example.com [2001:db8::25]:25", "NO-IPV6-ROUTE")


def second(greeting: str, ehlo: str = "250 OK", helo: str = "") -> Told:
    """What the server at 192.0.2.26 says."""
    return told_smtp("mail.example.com 192.0.2.26:25", greeting, ehlo=ehlo, helo=helo)


def test_examples() -> None:
    run_examples(CHECK)


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        pytest.param(second("220 mx"), "met", id="serves"),
        pytest.param(second("220 mx", "502 no", "250 mx"), "met", id="serves with HELO"),
        pytest.param(second("REFUSED"), "connection-refused", id="refuses"),
        pytest.param(second("521 no mail here"), "no-smtp-service", id="521"),
        pytest.param(second("220 ftp", "500 what?", "500 what?"), "no-ehlo", id="no EHLO"),
        pytest.param(second("554 5.7.1 blocked"), "inconclusive: refused-this-client", id="5.7.1"),
        pytest.param(
            second("220 mx", "550 5.7.1 go away", "250 mx"),
            "inconclusive: refused-this-client",
            id="EHLO refused to us",
        ),
        pytest.param(second("421 busy"), "inconclusive: temporary-failure", id="421"),
        pytest.param(second("TIMEOUT"), "inconclusive: timeout", id="silent"),
        pytest.param(second("CONNECTION-CLOSED"), "inconclusive: connection-closed", id="closes"),
        pytest.param(second("PRIVATE-ADDRESS"), "not evaluated: private-address", id="private"),
    ],
)
def test_the_other_address_of_a_host_that_serves(answer: Told, end: str) -> None:
    """One address serves whatever happens; the whole ends as the other one does."""
    assert ending(judged(CHECK, OF_HOST, TWO, NO_AAAA, SERVES, answer)) == (end,)


@pytest.mark.parametrize(
    ("sentence", "told_too", "end"),
    [
        pytest.param(OF_HOST, (A, AAAA, SERVES, NO_ROUTE), "met", id="IPv4 decides"),
        pytest.param(
            BOTH_FAMILIES,
            (A, AAAA, SERVES, NO_ROUTE),
            "not evaluated: no-ipv6-route",
            id="both families demanded",
        ),
        pytest.param(
            OF_HOST,
            (told("mail.example.com A", "NODATA"), AAAA, NO_ROUTE),
            "not evaluated: no-ipv6-route",
            id="IPv6 only",
        ),
        pytest.param(
            BOTH_FAMILIES,
            (A, AAAA, told_smtp("mail.example.com 192.0.2.25:25", "REFUSED"), NO_ROUTE),
            "connection-refused",
            id="a refusal decides whatever else is demanded",
        ),
        pytest.param(BOTH_FAMILIES, (A, NO_AAAA, SERVES), "met", id="no IPv6 address to demand"),
    ],
)
def test_ipv6_without_a_route(sentence: str, told_too: tuple[Told, ...], end: str) -> None:
    assert ending(judged(CHECK, sentence, *told_too)) == (end,)


def test_a_reason_names_the_host_and_the_address_at_fault() -> None:
    [reason] = judged(CHECK, OF_HOST, TWO, NO_AAAA, SERVES, second("REFUSED")).reasons
    assert reason.text == "mail.example.com (192.0.2.26 port 25) refuses connections"
    assert reason.about == "192.0.2.26"


def test_leaving_ipv6_out_is_said() -> None:
    [advice] = judged(CHECK, OF_HOST, A, AAAA, SERVES, NO_ROUTE).advice
    assert advice.tag == "ipv6-not-asked"
    assert "2001:db8::25 of mail.example.com" in advice.text


def test_helo_without_ehlo_is_advised_against() -> None:
    answer = second("220 mx", "502 no", "250 mx")
    [advice] = judged(CHECK, OF_HOST, TWO, NO_AAAA, SERVES, answer).advice
    assert advice.tag == "helo-only"


def test_advice_survives_that_another_address_is_unknown() -> None:
    answers = (
        second("220 mx", "502 no", "250 mx"),
        told_smtp("mail.example.com 192.0.2.25:25", "TIMEOUT"),
    )
    verdict = judged(CHECK, OF_HOST, TWO, NO_AAAA, *answers)
    assert (verdict.kind, [a.tag for a in verdict.advice]) == ("inconclusive", ["helo-only"])


def test_a_null_mx_is_told_and_mended_in_the_domains_own_words() -> None:
    name = "xn--c1yn36f.example"
    sentence = "{SMTP port 25 accepts: {domain: 點看.example}}"
    verdict = judged(CHECK, sentence, told(f"{name} MX", "0 ."))
    assert verdict.reasons[0].text == "點看.example publishes the null MX"
    assert verdict.remedies[0].publish == (f"{name}.  3600  IN  MX  10 mail.{name}.",)


def test_a_host_without_address_is_told_in_u_labels() -> None:
    name = "mx.xn--c1yn36f.example"
    answers = (told(f"{name} A", "NODATA"), told(f"{name} AAAA", "NODATA"))
    verdict = judged(CHECK, "SMTP port 25 of mx.點看.example accepts", *answers)
    assert verdict.reasons[0].text == "mx.點看.example has no A and no AAAA record"
    assert "mx.點看.example" in verdict.remedies[0].instruction


@pytest.mark.parametrize(
    ("answers", "end"),
    [
        pytest.param(
            (told("example.com MX", "10 mail.example.com. | ..."), A, NO_AAAA, SERVES),
            "inconclusive: too-many-records",
            id="more MX records than are read",
        ),
        pytest.param(
            (told("example.com MX", "NXDOMAIN", denier="com"),),
            "no-such-domain",
            id="no such domain",
        ),
        pytest.param(
            (told("example.com MX", "REFUSED-BY-AUTHORITY", denier="example.com"),),
            "refused-by-authority",
            id="a zone nobody answers for",
        ),
        pytest.param((told("example.com MX", "0 ."),), "null-mx", id="null MX"),
        pytest.param(
            (told("example.com MX", "TIMEOUT"),), "inconclusive: timeout", id="MX unknown"
        ),
        pytest.param(
            (told("example.com MX", "10 mail.example.com."), A, NO_AAAA, SERVES),
            "met",
            id="one exchange",
        ),
        pytest.param(
            (
                told("example.com MX", "10 mail.example.com. | 20 gone.example.com."),
                A,
                NO_AAAA,
                SERVES,
                told("gone.example.com A", "NXDOMAIN", denier="example.com"),
                told("gone.example.com AAAA", "NXDOMAIN", denier="example.com"),
            ),
            "no-address",
            id="one of two exchanges is gone",
        ),
        pytest.param(
            (
                told("example.com MX", "NODATA"),
                told("example.com A", "192.0.2.25"),
                told("example.com AAAA", "NODATA"),
                told_smtp("example.com 192.0.2.25:25", "220 example.com ESMTP"),
            ),
            "met",
            id="the address record stands in for MX",
        ),
        pytest.param(
            (
                told("example.com MX", "NODATA"),
                told("example.com A", "NODATA"),
                told("example.com AAAA", "NODATA"),
            ),
            "no-address",
            id="neither MX nor address",
        ),
    ],
)
def test_a_domain_is_asked_through_its_exchanges(answers: tuple[Told, ...], end: str) -> None:
    assert ending(judged(CHECK, OF_DOMAIN, *answers)) == (end,)


@pytest.mark.parametrize(
    ("answer", "denier", "tag"),
    [
        pytest.param("NXDOMAIN", "com", "no-such-domain", id="its domain is not registered"),
        pytest.param("NXDOMAIN", "example.com", "no-such-domain", id="its zone does not know it"),
        pytest.param("-> gone.example.net | NXDOMAIN", "", "no-such-domain", id="a dead alias"),
        pytest.param("NODATA", "example.com", "no-address", id="it has no address"),
        pytest.param("REFUSED-BY-AUTHORITY", "example.com", "refused-by-authority", id="refused"),
    ],
)
def test_a_host_is_missing_in_the_words_of_host_resolves(
    answer: str, denier: str, tag: str
) -> None:
    said = [told(f"mail.example.com {t}", answer, denier=denier) for t in ("A", "AAAA")]
    verdict = judged(CHECK, OF_HOST, *said)
    resolves = judged(HOST_RESOLVES, "host mail.example.com resolves", *said)
    assert verdict.tags == (tag,)
    assert verdict.reasons == resolves.reasons
    if tag != "no-address":
        assert verdict.remedies == resolves.remedies


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        pytest.param(
            "{SMTP port 587 accepts: {domain: example.com}}",
            "SMTP port 587 of mail.example.com accepts",
            id="MX hosts on another port",
        ),
        pytest.param("SMTP port 25 accepts", "host", id="nobody named"),
        pytest.param("SMTP port 70000 of mail.example.com accepts", "port", id="no such port"),
    ],
)
def test_a_sentence_nobody_can_mean_is_an_error(sentence: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        judged(CHECK, sentence)


@pytest.mark.parametrize("tag", sorted(CHECK.unmet_tags))
def test_every_reason_has_a_remedy_that_names_what_to_touch(tag: str) -> None:
    wanted = SmtpPortAccepts(port=Port(25), domain=Domain("example.com"))
    remedy = CHECK.remedy(wanted, Reason(tag, "text", about="example.com"))
    assert "example.com" in f"{remedy.publish}{remedy.instruction}"


def test_only_an_exchange_can_be_taken_out_of_the_mx_records() -> None:
    reason = Reason("no-address", "text", about="mail.example.com")
    of_domain = SmtpPortAccepts(port=Port(25), domain=Domain("example.com"))
    of_host = SmtpPortAccepts(port=Port(25), host=Domain("mail.example.com"))
    assert "MX" in CHECK.remedy(of_domain, reason).instruction
    assert "MX" not in CHECK.remedy(of_host, reason).instruction


@pytest.mark.parametrize("about", ["example.com", "mail.example.com"])
def test_a_domain_is_not_told_to_leave_mx_records_that_it_may_not_have(about: str) -> None:
    reason = Reason("no-address", "text", about)
    of_domain = SmtpPortAccepts(port=Port(25), domain=Domain("example.com"))
    said = CHECK.remedy(of_domain, reason).instruction
    expected = "Publish an A or AAAA record for {}, or MX records of example.com with other hosts."
    assert said == expected.format(about)


@pytest.mark.parametrize(
    ("tls", "end"),
    [
        pytest.param(told_tls("mail.example.com"), "met", id="TLS"),
        pytest.param(NoTls("wrong version number"), "no-tls", id="none"),
    ],
)
def test_on_port_465_tls_comes_first(tls: Tls | NoTls, end: str) -> None:
    asked, held = told_smtp("mail.example.com 192.0.2.25:465", "220 mx", tls=tls)
    if isinstance(tls, NoTls):
        held = SmtpSessionFact(asked.address, 465, asked.server_name, tls=tls)
    verdict = judged(CHECK, "SMTP port 465 of mail.example.com accepts", A, NO_AAAA, (asked, held))
    assert ending(verdict) == (end,) or verdict.kind == end
