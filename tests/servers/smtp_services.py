"""Hosts as Postfix is set up in the field, what is said of each, and what it logs of the session."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .namespace import PUBLIC
from .postfix import Receiver

if TYPE_CHECKING:
    from mailcheck.names import Address

ZONE = "sessions.example"

_FIRST = ipaddress.IPv4Address("203.0.113.1")

ACCEPTS = "SMTP port {port} of {host} accepts"
THROUGHOUT = "IP {ip} is host {host} throughout"
POSTMASTER = "domain {domain} accepts mail for postmaster"
OTHERWISE = "SMTP port {port} of other.{domain} accepts"
NOBODY = "domain {domain} accepts mail for nobody@{domain}"

ALL = (ACCEPTS, THROUGHOUT, POSTMASTER, NOBODY)
"""What is said of a server that takes mail on port 25."""

IN_CLEAR = "ehlo=1 mail=1 rcpt=2 rset=1 quit=1 commands=6"
IN_TLS = "ehlo=2 starttls=1 mail=1 rcpt=2 rset=1 quit=1 commands=8"
NOBODY_TAKEN = "ehlo=1 mail=1 rcpt=0/2 rset=1 quit=1 commands=4/6"


@dataclass(frozen=True, slots=True)
class Service:
    """A host with a domain of its own, as Postfix: what differs, what is said of it, what it logs.

    Sentences that do not stand in ``ends`` are met. ``seen`` stands in the evidence. ``certificate``
    is the kind of it; without one there is no TLS. ``warns_of`` is what it logs as a warning.
    """

    name: str
    settings: dict[str, str] = field(default_factory=dict)
    ends: dict[str, str] = field(default_factory=dict)
    seen: tuple[str, ...] = ()
    sessions: tuple[str, ...] = (IN_CLEAR,)
    sentences: tuple[str, ...] = ALL
    port: int = 25
    certificate: str = ""
    screen: dict[str, str] | None = None
    is_own: bool = True
    warns_of: str = ""

    @property
    def domain(self) -> str:
        return f"{self.name}.{ZONE}"

    @property
    def host(self) -> str:
        return f"mx.{self.domain}"

    @property
    def address(self) -> Address:
        """An address of its own."""
        return _FIRST + SERVICES.index(self)

    @property
    def receiver(self) -> Receiver:
        """How Postfix is to be started for it."""
        return Receiver(self.host, self.address, self._settings, self.port, self.screen)

    def says(self, sentence: str) -> str:
        """Return *sentence* about it."""
        return sentence.format(port=self.port, host=self.host, domain=self.domain, ip=self.address)

    @property
    def _settings(self) -> dict[str, str]:
        if not self.certificate:
            return self.settings
        chain = str(PUBLIC / f"{self.name}.pem")
        return {"smtpd_tls_security_level": "may", "smtpd_tls_chain_files": chain, **self.settings}


def _certified(name: str, *seen: str, **ends: str) -> Service:
    """Return a service with the certificate *name*."""
    said = {THROUGHOUT: ends["throughout"]} if ends else {}
    return Service(name, ends=said, seen=seen, sessions=(IN_TLS,), certificate=name)


def _policy(port: int) -> dict[str, str]:
    return {"smtpd_recipient_restrictions": f"check_policy_service inet:127.0.0.1:{port}, permit"}


NOT_NOW = "inconclusive: temporary-failure"
GREYLISTED = dict.fromkeys((POSTMASTER, NOBODY), "inconclusive: greylisted")
PERHAPS_WE = dict.fromkeys((POSTMASTER, NOBODY), "inconclusive: refused-this-client")

SERVICES = (
    Service(
        "plain",
        seen=(
            "greeting → 220 mx.plain.sessions.example ESMTP Postfix",
            "EHLO [203.0.113.1] → 250-mx.plain.sessions.example | 250-PIPELINING | 250-SIZE 10240000 | ",
            "FROM:<> → 250 2.1.0 Ok",
            "TO:<postmaster@plain.sessions.example> → 250 2.1.5 Ok",
        ),
    ),
    Service(
        "postscreen",
        seen=("greeting → 220-mx.postscreen.sessions.example ESMTP Postfix | 220 mx.postscreen.",),
        screen={"postscreen_greet_wait": "2s", "postscreen_greet_action": "enforce"},
    ),
    Service(
        "tls12",
        {"smtpd_tls_protocols": "TLSv1.2"},
        {},
        ("TLS → TLSv1.2, ",),
        (IN_TLS,),
        certificate="good",
    ),
    Service(
        "tls13",
        {"smtpd_tls_protocols": ">=TLSv1.3"},
        {},
        ("TLS → TLSv1.3, ",),
        (IN_TLS,),
        certificate="good",
    ),
    _certified("good", "certificate for mx.good.sessions.example, ", "issued by OU=Testing CA #"),
    _certified("expired", "certificate for mx.expired.sessions.example, 2020-01-01 to 2020-03-31"),
    _certified("short", "certificate for mx.short.sessions.example, "),
    _certified("misnamed", "certificate for mx.example.org, ", throughout="other-certificate"),
    _certified("self-signed", "issued by itself", throughout="other-certificate"),
    Service(
        "grey450",
        _policy(10450),
        GREYLISTED,
        ("Recipient address rejected: Greylisted",),
        (NOBODY_TAKEN,),
    ),
    Service("grey451", _policy(10451), GREYLISTED, ("451 4.7.1 ",), (NOBODY_TAKEN,)),
    Service(
        "users",
        {"local_recipient_maps": "inline:{postmaster=here}"},
        {NOBODY: "recipient-refused"},
        ("User unknown in local recipient table",),
        ("ehlo=1 mail=1 rcpt=1/2 rset=1 quit=1 commands=5/6",),
    ),
    Service(
        "relay-closed",
        {"smtpd_relay_restrictions": "reject_unauth_destination"},
        PERHAPS_WE,
        ("554 5.7.1 <postmaster@relay-closed.sessions.example>: Relay access denied",),
        (NOBODY_TAKEN,),
        is_own=False,
    ),
    Service(
        "relay-open",
        {
            "mynetworks": "0.0.0.0/0",
            "smtpd_relay_restrictions": "permit_mynetworks, reject_unauth_destination",
        },
        is_own=False,
    ),
    Service(
        "rate",
        {"smtpd_client_connection_rate_limit": "1"},
        dict.fromkeys(ALL, NOT_NOW),
        ("greeting → 421 4.7.0 mx.rate.sessions.example Error: too many connections from ",),
        # The first one is that of somebody else, who uses up what the client may do.
        ("quit=1 commands=1", "commands=0/0", "commands=0/0"),
        warns_of="Connection rate limit exceeded",
    ),
    Service(
        "count",
        {"smtpd_client_connection_count_limit": "1"},
        # Another name is another session, and never at the same time.
        sessions=(IN_CLEAR, "ehlo=1 quit=1 commands=2"),
        sentences=(*ALL, OTHERWISE),
    ),
    Service(
        "submission",
        {"smtpd_tls_security_level": "encrypt", "smtpd_tls_auth_only": "yes"},
        sessions=("ehlo=2 starttls=1 quit=1 commands=4",),
        sentences=(ACCEPTS,),
        port=587,
        certificate="good",
    ),
    Service(
        "smtps",
        {"smtpd_tls_wrappermode": "yes"},
        sessions=("ehlo=1 quit=1 commands=2",),
        sentences=(ACCEPTS,),
        port=465,
        certificate="good",
    ),
)
