"""What the first word of a greeting says, by itself and with what the DNS says of it."""

from __future__ import annotations

import pytest

from mailcheck.facts.dns import told
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.smtp.greeting import greets_as_itself, name_to_look_up
from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.finding import Finding
from mailcheck.question import Unobserved


def held(greeting: str, at: str = "mail.example.com 192.0.2.25:25") -> SmtpSessionFact:
    _, session = told_smtp(at, greeting)
    assert isinstance(session, SmtpSessionFact)
    return session


@pytest.mark.parametrize(
    ("greeting", "end"),
    [
        pytest.param("220 mail.example.com ESMTP", "met", id="the name"),
        pytest.param("220 Mail.Example.COM. ready", "met", id="in another case, with a dot"),
        pytest.param("220-mail.example.com wait\n220 now", "met", id="on the first line"),
        pytest.param("220-wait\n220 mail.example.com", "not-fully-qualified", id="on the second"),
        pytest.param("220 *************************", "masked-greeting", id="asterisks"),
        pytest.param("220 ***2******0*** *2**", "masked-greeting", id="with digits"),
        pytest.param("220 *** ESMTP", "no-greeting-name", id="asterisks by somebody's choice"),
        pytest.param("220", "no-greeting-name", id="nothing"),
        pytest.param("220   ", "no-greeting-name", id="spaces"),
        pytest.param("220 <mail.example.com> ESMTP", "no-greeting-name", id="in brackets"),
        pytest.param("220 후이즈검색.한국 ESMTP", "no-greeting-name", id="U-labels"),
        pytest.param("220 mail..example.com", "no-greeting-name", id="an empty label"),
        pytest.param("220 \x1b[31mmail", "no-greeting-name", id="control characters"),
        pytest.param("220 [192.0.2.25] ESMTP", "address-literal", id="a literal"),
        pytest.param("220 [IPv6:2001:db8::25]", "address-literal", id="a literal of IPv6"),
        pytest.param("220 [192.0.2.256]", "no-greeting-name", id="no literal"),
        pytest.param("220 192.0.2.25 ESMTP", "not-fully-qualified", id="a bare address"),
        pytest.param("220 ESMTP ready", "not-fully-qualified", id="no name but a word"),
        pytest.param("220 localhost", "not-fully-qualified", id="localhost"),
        pytest.param("220 localhost.localdomain", "local-name", id="localhost.localdomain"),
        pytest.param("220 srv.lan", "local-name", id="a name of a local network"),
    ],
)
def test_what_is_decided_without_dns(greeting: str, end: str) -> None:
    session = held(greeting)
    assert name_to_look_up(session) is None
    part = greets_as_itself(session, None)
    assert isinstance(part, Finding)
    assert ([reason.tag for reason in part.reasons] or ["met"]) == [end]
    assert all("192.0.2.25" in reason.text for reason in part.reasons)
    assert "\x1b" not in "".join(reason.text for reason in part.reasons)


@pytest.mark.parametrize(
    ("answer", "end"),
    [
        pytest.param("192.0.2.9 | 192.0.2.25", "met", id="this address among others"),
        pytest.param("-> mx2.example.com | 192.0.2.25", "met", id="at the end of an alias"),
        pytest.param("192.0.2.9", "other-greeting", id="another address"),
        pytest.param("NODATA", "other-greeting", id="no address"),
        pytest.param("NXDOMAIN", "other-greeting", id="no such name"),
        pytest.param("REFUSED-BY-AUTHORITY", "other-greeting", id="nobody answers for it"),
        pytest.param("192.0.2.9 | ...", "? too-many-records", id="perhaps among the rest"),
        pytest.param("TIMEOUT", "? timeout", id="unknown"),
    ],
)
def test_what_the_dns_decides(answer: str, end: str) -> None:
    session = held("220 mx1.example.com ESMTP")
    assert name_to_look_up(session) == Lookup("mx1.example.com", "A")
    _, fact = told("mx1.example.com A", answer, denier="example.com")
    part = greets_as_itself(session, fact)
    missing = part if isinstance(part, Unobserved) else part.unknown
    if missing:
        assert f"? {missing.cause}" == end
        assert isinstance(part, Unobserved) or not part.reasons
    else:
        assert isinstance(part, Finding)
        assert ([reason.tag for reason in part.reasons] or ["met"]) == [end]


def test_the_family_of_the_session_is_asked_for() -> None:
    session = held("220 mx1.example.com", "mail.example.com [2001:db8::25]:25")
    assert name_to_look_up(session) == Lookup("mx1.example.com", "AAAA")


def test_a_host_in_a_local_network_may_have_machines_there() -> None:
    session = held("220 mx1.corp.internal", "mail.corp.internal 192.0.2.25:25")
    assert name_to_look_up(session) == Lookup("mx1.corp.internal", "A")


def test_the_text_says_both_names_in_u_labels_and_where_the_other_leads() -> None:
    name = "mx1.xn--c1yn36f.example"
    session = held(f"220 {name}", "mail.xn--c1yn36f.example 192.0.2.25:25")
    part = greets_as_itself(session, told(f"{name} A", "192.0.2.9")[1])
    assert isinstance(part, Finding)
    assert part.reasons[0].text == (
        "mail.點看.example (192.0.2.25 port 25) greets as mx1.點看.example, not as "
        "mail.點看.example: mx1.點看.example has the address 192.0.2.9, not 192.0.2.25"
    )
