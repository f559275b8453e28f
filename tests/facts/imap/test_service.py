"""Sessions that let users log in, that do not, and that tell nothing."""

from __future__ import annotations

from typing import Any

import pytest

from mailcheck.facts.imap.service import secured, service
from mailcheck.facts.imap.session import ImapSessionFact
from mailcheck.facts.imap.told import told_imap
from mailcheck.facts.tls.handshake import NoTls, told_tls
from mailcheck.question import Unobserved

TLS = told_tls("mail.example.com")
FAILED = NoTls("no shared cipher")
OFFER = "IMAP4rev1 STARTTLS LOGINDISABLED"


def ends(port: int, **told: Any) -> list[str]:
    """How the session is judged: tags of reasons, and the cause of what is unknown."""
    _, session = told_imap(f"192.0.2.25:{port}", **{"tls": TLS, **told})
    assert isinstance(session, ImapSessionFact)
    part = service(session)
    if isinstance(part, Unobserved):
        return [part.cause]
    unknown = [part.unknown.cause] if part.unknown else []
    return [reason.tag for reason in part.reasons] + unknown


@pytest.mark.parametrize(
    ("told", "end"),
    [
        pytest.param({}, [], id="a login"),
        pytest.param({"can": "IMAP4rev1"}, [], id="the command LOGIN"),
        pytest.param({"can": "IMAP4rev1 LOGINDISABLED AUTH=EXTERNAL"}, [], id="certificates"),
        pytest.param({"can": "IMAP4rev1 LOGINDISABLED"}, ["no-login"], id="no login"),
        pytest.param({"can": "IMAP4rev1 LOGINDISABLED AUTH="}, ["no-login"], id="AUTH of no kind"),
        pytest.param({"tls": FAILED}, ["no-tls"], id="no TLS"),
        pytest.param({"greeting": "REFUSED"}, ["connection-refused"], id="refused"),
        pytest.param({"greeting": "BYE too many"}, ["turned-away"], id="BYE"),
        pytest.param({"greeting": "PREAUTH hi"}, ["preauth"], id="PREAUTH"),
        pytest.param({"can": "BAD what"}, ["unexpected-reply"], id="no CAPABILITY"),
        pytest.param({"can": "OK but no list"}, ["unexpected-reply"], id="no list"),
        pytest.param({"breaks": "CAPABILITY TIMEOUT"}, ["timeout"], id="broken off"),
    ],
)
def test_where_tls_comes_first(told: dict[str, Any], end: list[str]) -> None:
    assert ends(993, **told) == end


@pytest.mark.parametrize(
    ("told", "end"),
    [
        pytest.param({}, [], id="STARTTLS, and a login behind it"),
        pytest.param({"can": f"{OFFER} AUTH=SCRAM-SHA-256"}, [], id="hidden passwords in clear"),
        pytest.param({"can": "IMAP4rev1 STARTTLS"}, ["login-in-clear"], id="LOGIN in clear"),
        pytest.param({"can": f"{OFFER} AUTH=PLAIN"}, ["login-in-clear"], id="PLAIN in clear"),
        pytest.param(
            {"can": "IMAP4rev1 AUTH=PLAIN"}, ["login-in-clear", "no-starttls"], id="all in clear"
        ),
        pytest.param({"can": "IMAP4rev1 LOGINDISABLED"}, ["no-starttls"], id="neither"),
        pytest.param({"starttls": "BAD no TLS"}, ["starttls-refused"], id="BAD to STARTTLS"),
        pytest.param({"starttls": "NO no key"}, ["starttls-refused"], id="NO to STARTTLS"),
        pytest.param({"starttls": "NO [UNAVAILABLE] later"}, ["turned-away"], id="STARTTLS later"),
        pytest.param({"tls": FAILED}, ["handshake-failed"], id="no handshake"),
        pytest.param({"again": "IMAP4rev1 LOGINDISABLED"}, ["no-login"], id="no login in TLS"),
        pytest.param({"again": "NO"}, ["unexpected-reply"], id="nothing said in TLS"),
        pytest.param({"breaks": "CAPABILITY in TLS TIMEOUT"}, ["timeout"], id="broken in TLS"),
        pytest.param({"breaks": "STARTTLS CONNECTION-CLOSED"}, ["connection-closed"], id="closed"),
        pytest.param({"breaks": "CAPABILITY TIMEOUT"}, ["timeout"], id="nothing said"),
        pytest.param(
            {"can": "IMAP4rev1 STARTTLS", "breaks": "TLS TIMEOUT"},
            ["login-in-clear", "timeout"],
            id="what was heard before a break decides",
        ),
    ],
)
def test_where_starttls_leads_to_tls(told: dict[str, Any], end: list[str]) -> None:
    assert ends(143, **{"can": OFFER, **told}) == end


@pytest.mark.parametrize(
    ("told", "end"),
    [
        pytest.param({"can": OFFER}, [], id="nothing in clear"),
        pytest.param({"can": "IMAP4rev1 STARTTLS"}, ["same-machine"], id="LOGIN in clear"),
        pytest.param({"greeting": "PREAUTH hi"}, ["same-machine"], id="PREAUTH"),
    ],
)
def test_what_a_server_allows_its_own_machine_tells_nothing(
    told: dict[str, Any], end: list[str]
) -> None:
    """Dovecot takes whoever has its own address for secure."""
    assert ends(143, client="192.0.2.25", **told) == end


@pytest.mark.parametrize(
    ("greeting", "client", "cause"),
    [
        pytest.param("BYE too many", "", "turned-away", id="BYE"),
        pytest.param("PREAUTH hi", "", "unexpected-reply", id="PREAUTH"),
        pytest.param("PREAUTH hi", "192.0.2.25", "same-machine", id="PREAUTH at home"),
    ],
)
def test_who_lets_nobody_say_starttls_may_offer_it(greeting: str, client: str, cause: str) -> None:
    _, session = told_imap("192.0.2.25:143", greeting, can=OFFER, client=client)
    assert isinstance(session, ImapSessionFact)
    part = secured(session)
    assert isinstance(part, Unobserved)
    assert part.cause == cause
    assert "None" not in part.text


def test_reasons_name_the_server_and_what_it_said() -> None:
    _, session = told_imap("192.0.2.25:143", can="IMAP4rev1 AUTH=LOGIN AUTH=PLAIN", tls=TLS)
    assert isinstance(session, ImapSessionFact)
    part = service(session)
    assert not isinstance(part, Unobserved)
    assert part.reasons[0].text == (
        "192.0.2.25 port 143 takes passwords in clear: LOGIN, AUTH=LOGIN, AUTH=PLAIN"
    )
    assert part.reasons[0].about == "192.0.2.25"
