"""Hosts as Postfix is set up in the field, what is said of each, and what it logs of the session."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .namespace import PUBLIC
from .postfix import Receiver
from .smtp_sentences import (
    ALL,
    BIG,
    IN_NEED_OF_TLS,
    LASTS,
    NAMES,
    NOBODY,
    OF_A_PORT,
    OTHERWISE,
    PIPELINING,
    POSTMASTER,
    REFUSES_OLDER,
    RELAY,
    SIZE,
    THROUGHOUT,
    TLS12,
    TLS13,
    VALID,
)

if TYPE_CHECKING:
    from mailcheck.names import Address

ZONE = "sessions.example"

_FIRST = ipaddress.IPv4Address("203.0.113.1")

IN_CLEAR = "ehlo=1 mail=1 rcpt=2 rset=1 quit=1 commands=6"
IN_TLS = "ehlo=2 starttls=1 mail=1 rcpt=2 rset=1 quit=1 commands=8"
TAKEN_IN_TLS = ("ehlo=2 starttls=1 quit=1 commands=4",) * 2
REFUSED_IN_TLS = ("ehlo=1 starttls=0/1 commands=1/2",) * 2
COMPLAINS_OF_TLS = ("SSL_accept error from ", "TLS library problem: ", "connection after STARTTLS")
NOBODY_TAKEN = "ehlo=1 mail=1 rcpt=0/2 rset=1 quit=1 commands=4/6"


@dataclass(frozen=True, slots=True)
class Service:
    """A host with a domain of its own, as Postfix: what differs, what is said of it, what it logs.

    How a sentence ends that does not stand in ``ends`` is as with most. ``seen`` stands in the
    evidence. ``certificate`` is the kind of it; without one there is no TLS. ``warns_of`` is what
    it complains of in its log.
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
    warns_of: tuple[str, ...] = ()

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

    def end(self, sentence: str) -> str:
        """Return how *sentence* ends."""
        usual = {BIG: "size-too-small"}
        if not self.certificate:
            usual |= dict.fromkeys(IN_NEED_OF_TLS, "no-starttls")
        return {**usual, **self.ends}.get(sentence, "met")

    def says(self, sentence: str) -> str:
        """Return *sentence* about it."""
        return sentence.format(port=self.port, host=self.host, domain=self.domain, ip=self.address)

    @property
    def _settings(self) -> dict[str, str]:
        if not self.certificate:
            return self.settings
        chain = str(PUBLIC / f"{self.name}.pem")
        return {"smtpd_tls_security_level": "may", "smtpd_tls_chain_files": chain, **self.settings}


def _certified(kind: str, ends: dict[str, str], *seen: str) -> Service:
    """Return a service with a certificate of a *kind*, which is its name as well."""
    return Service(kind, ends=ends, seen=seen, sessions=(IN_TLS,), certificate=kind)


def _policy(port: int) -> dict[str, str]:
    return {"smtpd_recipient_restrictions": f"check_policy_service inet:127.0.0.1:{port}, permit"}


UNHEARD = "inconclusive: handshake-failed"
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
        "tls10",
        {"smtpd_tls_protocols": "TLSv1", "tls_medium_cipherlist": "ALL:@SECLEVEL=0"},
        {TLS12: "old-tls", TLS13: "old-tls"},
        ("TLS → TLSv1, ",),
        (IN_TLS,),
        certificate="good",
    ),
    Service(
        "tls12",
        {"smtpd_tls_protocols": "TLSv1.2"},
        {TLS13: "old-tls"},
        ("TLS → TLSv1.2, ", "TLS 1.0 → handshake failed: ", "TLS 1.1 → handshake failed: "),
        (IN_TLS, *REFUSED_IN_TLS),
        (*ALL, REFUSES_OLDER),
        certificate="good",
        warns_of=COMPLAINS_OF_TLS,
    ),
    Service(
        "old-too",
        {"smtpd_tls_protocols": ">=TLSv1", "tls_medium_cipherlist": "ALL:@SECLEVEL=0"},
        {REFUSES_OLDER: "offers-old-tls"},
        ("TLS → TLSv1.3, ", "TLS 1.0 → TLSv1, ", "TLS 1.1 → TLSv1.1, "),
        (IN_TLS, *TAKEN_IN_TLS),
        (*ALL, REFUSES_OLDER),
        certificate="good",
    ),
    _certified("good", {}, "TLS → TLSv1.3, ", "issued by OU=Testing CA #"),
    _certified(
        "expired",
        {VALID: "certificate-expired", LASTS: "certificate-expired"},
        "certificate for mx.expired.sessions.example, 2020-01-01 to 2020-03-31",
    ),
    _certified("short", {LASTS: "certificate-ends-soon"}),
    _certified(
        "misnamed",
        {NAMES: "other-certificate", THROUGHOUT: "other-certificate"},
        "certificate for mx.example.org, ",
    ),
    _certified("without-chain", {VALID: "chain-incomplete"}),
    _certified(
        "self-signed",
        {VALID: "self-signed", NAMES: "other-certificate", THROUGHOUT: "other-certificate"},
        "issued by itself",
    ),
    Service(
        "no-key",
        {"smtpd_tls_chain_files": "/nowhere.pem"},
        dict.fromkeys(IN_NEED_OF_TLS, "handshake-failed")
        | dict.fromkeys((PIPELINING, SIZE, BIG, POSTMASTER, NOBODY), UNHEARD),
        ("TLS → handshake failed: ",),
        REFUSED_IN_TLS[:1],
        certificate="good",
        warns_of=("error opening chain file: /nowhere.pem", *COMPLAINS_OF_TLS),
    ),
    Service("grey450", _policy(10450), GREYLISTED, ("rejected: Greylisted",), (NOBODY_TAKEN,)),
    Service("grey451", _policy(10451), GREYLISTED, ("451 4.7.1 ",), (NOBODY_TAKEN,)),
    Service(
        "users",
        {"virtual_mailbox_maps": "inline:{postmaster@users.sessions.example=here}"},
        {NOBODY: "recipient-refused"},
        ("User unknown in virtual mailbox table",),
        ("ehlo=1 mail=1 rcpt=1/2 rset=1 quit=1 commands=5/6",),
    ),
    Service(
        "relay-closed",
        {"smtpd_relay_restrictions": "reject_unauth_destination"},
        PERHAPS_WE,
        ("554 5.7.1 <postmaster@relay-closed.sessions.example>: Relay access denied",),
        # No more than five recipients are offered in one session.
        (NOBODY_TAKEN, "ehlo=1 mail=1 rcpt=0/5 rset=1 quit=1 commands=4/9"),
        (*ALL, RELAY),
        is_own=False,
    ),
    Service(
        "relay-open",
        {
            "mynetworks": "0.0.0.0/0",
            "smtpd_relay_restrictions": "permit_mynetworks, reject_unauth_destination",
        },
        {RELAY: "relays, takes-routed-address"},
        sessions=(IN_CLEAR, "ehlo=1 mail=1 rcpt=5 rset=1 quit=1 commands=9"),
        sentences=(*ALL, RELAY),
        is_own=False,
    ),
    Service(
        "rate",
        {"smtpd_client_connection_rate_limit": "1"},
        dict.fromkeys(ALL, NOT_NOW),
        ("greeting → 421 4.7.0 mx.rate.sessions.example Error: too many connections from ",),
        # The first one is that of somebody else, who uses up what the client may do.
        ("quit=1 commands=1", "commands=0/0", "commands=0/0"),
        warns_of=("Connection rate limit exceeded",),
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
        sentences=OF_A_PORT,
        port=587,
        certificate="good",
    ),
    Service(
        "smtps",
        {"smtpd_tls_wrappermode": "yes"},
        sessions=("ehlo=1 quit=1 commands=2",),
        sentences=OF_A_PORT,
        port=465,
        certificate="good",
    ),
)
