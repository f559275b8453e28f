"""Mail programs can read mail.

Requires
    Every address of the host takes connections to port 993, greets as an IMAP server and offers a
    login in TLS, which comes first there. Where anybody answers on port 143, TLS comes after
    STARTTLS, and no password is taken in clear. With ``ports``, those must work, and no others.

Why
    Users notice first: "cannot connect". A certificate that cannot be read, a service that did not
    come back, a firewall rule. And a password that a mail program sends in clear is everybody's.

Met when
    On each address and port the session comes to a list of capabilities in TLS that leaves a way to
    log in. A closed 143 is no fault: mail programs prefer 993, and RFC 8314 §3 would have 143 fall
    out of use. If it must be there: ``ports: 993, 143``.

Unmet when
    ...
    preauth: an address greets with PREAUTH.
        Whoever comes from here reads somebody's mail without a password, and mail programs cannot
        log in (RFC 9051 §7.1.4).
    login-in-clear: without TLS, an address takes LOGIN, or AUTH with the password as it is.
        Sites should not permit it (RFC 9051 §6.2.3). A mail program that is set up to use TLS "if
        available" gives the password to whoever stands between and strips STARTTLS.
    no-login: in TLS an address says LOGINDISABLED and offers no mechanism of AUTH.
        Mail programs find no way to log in.

Advises when
    ipv6-not-asked: IPv6 addresses were left out, because nothing gets out over IPv6 here.
        Mail programs that have IPv6 try it first.

Not judged here
    Whether a login succeeds; certificates (``certificate of H port 993 is valid``). Silence, and BYE
    for a greeting, are inconclusive. What is allowed in clear is not evaluated if the server is
    asked from its own address: servers trust their own machine. Where a server trusts a whole
    network (Dovecot: login_trusted_networks), ask from outside of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.imap.hosts import ImapHostSessions
from mailcheck.facts.imap.service import service
from mailcheck.facts.imap.told import told_imap
from mailcheck.facts.tls.handshake import told_tls
from mailcheck.facts.user_service import NOT_USABLE, UserService
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.names import Port, to_u_labels
from mailcheck.slots import slot

IMAP, IMAPS = Port(143), Port(993)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapWorks(UserService):
    """The parameters of the sentence."""

    starts: ClassVar[str] = "Dovecot: protocols = imap, and inet_listener imaps"
    speaks_tls: ClassVar[str] = (
        "Dovecot: ssl = required, ssl_cert and ssl_key, from 2.4 ssl_server_cert_file and "
        "ssl_server_key_file"
    )

    ports: tuple[Port, ...] = slot(
        "the ports that must work; by default 993, and 143 where anybody answers", default=()
    )


async def judge(wanted: ImapWorks) -> Finding:
    """Hold a session with each address on each port; each must hold."""
    ports = wanted.ports or (IMAPS,)
    besides = () if wanted.ports else (IMAP,)
    return await wanted.on_every_port(ports, ImapHostSessions, service, or_shut=besides)


def remedy(wanted: ImapWorks, reason: Reason) -> Remedy:
    """What to set, start, open or publish."""
    at = to_u_labels(reason.about)
    by_tag = {
        "preauth": f"Have the server at {at} log nobody in by where they come from.",
        "login-in-clear": (
            f"Take passwords at {at} in TLS only (Dovecot: disable_plaintext_auth = yes, from 2.4 "
            "auth_allow_cleartext = no)."
        ),
        "no-login": f"Let users log in at {at} in TLS (Dovecot: auth_mechanisms = plain).",
    }
    return wanted.to_be_usable(reason) or Remedy(instruction=by_tag[reason.tag])


_TLS = told_tls("mail.example.com")
_HOST = (told("mail.example.com A", "192.0.2.25"), told("mail.example.com AAAA", "NODATA"))
_NO_143 = told_imap("mail.example.com 192.0.2.25:143", "REFUSED")
_993 = told_imap("mail.example.com 192.0.2.25:993", tls=_TLS)


def _example(says: str, can: str, ends: str, breaks: str = "", *, unknown: bool = False) -> Example:
    session = told_imap("mail.example.com 192.0.2.25:143", can=can, tls=_TLS, breaks=breaks)
    sentence = "{IMAP of mail.example.com works: {ports: [993, 143]}}"
    return Example(says, sentence, (*_HOST, _993, session), ends, partly_unknown=unknown)


CHECK = check(
    __doc__,
    template="IMAP [of {host}] works",
    parameters=ImapWorks,
    judge=judge,
    remedy=remedy,
    also=NOT_USABLE,
    sources=(
        "RFC 8314 §3.2",
        "RFC 9051 §6.2.1",
        "RFC 9051 §6.2.2",
        "RFC 9051 §6.2.3",
        "RFC 9051 §7.1",
    ),
    over_several=True,
    examples=(
        Example(
            "TLS comes first, and a login is offered",
            "IMAP of mail.example.com works",
            (*_HOST, _993, _NO_143),
            ends="met",
        ),
        _example("143 leads to TLS too", "IMAP4rev1 STARTTLS LOGINDISABLED", "met"),
        _example("143 takes passwords in clear", "IMAP4rev1 STARTTLS AUTH=PLAIN", "login-in-clear"),
        _example("143 breaks off", "", "inconclusive: timeout", "CAPABILITY TIMEOUT", unknown=True),
    ),
)
