"""Mail programs can hand in mail.

Requires
    Every address of the host takes connections to every port of ``ports``, greets, takes EHLO and
    offers a login (AUTH) in TLS: TLS comes first on 465, after STARTTLS on any other port. In clear
    it offers no login that gives the password away.

Why
    Users notice first: "cannot send". A certificate that cannot be read, a service that did not
    come back, a firewall rule. And a password that a mail program sends in clear is everybody's.

Met when
    On each address and port the session comes to an EHLO in TLS that offers AUTH. Both ports are
    asked by default: RFC 8314 §3.3 wants servers to have both, because some mail programs know only
    587 and all newer ones prefer 465, and a port that fell silent would else be missed because the
    other one works. Where you have one of them on purpose, say so: ``ports: 465``.

Unmet when
    ...
    no-smtp-service: an address greets with 521, without an enhanced status code.
        The host says that it takes no mail at all (RFC 7504 §3).
    no-ehlo: an address knows neither EHLO nor HELO (500 or 502).
        No mail program can begin: something else answers, or a firewall rewrites what is said.
    no-auth: an address offers no AUTH in TLS.
        Mail programs say that the server does not support authentication, or that relaying is
        denied.
    auth-in-clear: an address offers, without TLS, a login in which the password is sent as it is.
        Sites should not permit it (RFC 4954 §4). A mail program that is set up to use TLS "if
        available" gives the password to whoever stands between and strips STARTTLS.

Advises when
    ipv6-not-asked: IPv6 addresses were left out, because nothing gets out over IPv6 here.
        Mail programs that have IPv6 try it first.

Not judged here
    Whether a login succeeds. Certificates: ``certificate of H port 587 is valid``. Silence of a port,
    what passes (4xx) and what may be about this client (other 5xx) are inconclusive.
    Mechanisms that hide the password (SCRAM, CRAM-MD5) may be offered in clear here: more is said by
    ``SMTP port 587 of H offers AUTH only after TLS``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from mailcheck.check import Example, check
from mailcheck.evidence import visible
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.extensions import offered
from mailcheck.facts.smtp.hosts import HostSessions
from mailcheck.facts.smtp.mechanisms import mechanisms_of, sends_secret
from mailcheck.facts.smtp.secured import secured
from mailcheck.facts.smtp.service import of_a_server
from mailcheck.facts.smtp.session import SmtpSessionFact
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import Tls, told_tls
from mailcheck.facts.user_service import NOT_USABLE, UserService, insist_on_ports
from mailcheck.finding import Finding, Part, Reason, Remedy, all_hold, met, unmet
from mailcheck.names import Port, to_u_labels
from mailcheck.question import Unobserved
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionWorks(UserService):
    """The parameters of the sentence."""

    starts: ClassVar[str] = "Postfix: submission, and submissions or smtps, in master.cf"
    speaks_tls: ClassVar[str] = (
        "Postfix: smtpd_tls_chain_files; smtpd_tls_security_level = encrypt on 587, "
        "smtpd_tls_wrappermode = yes on 465"
    )

    ports: tuple[Port, ...] = slot(
        "the ports that must work; on 465 TLS comes first", default=(Port(587), Port(465))
    )

    def __post_init__(self) -> None:
        insist_on_ports(self.ports)


async def judge(wanted: SubmissionWorks) -> Finding:
    """Hold a session with each address on each port; each must hold."""
    return await wanted.on_every_port(wanted.ports, HostSessions, of_a_server(_submits))


def _submits(session: SmtpSessionFact) -> Part:
    tls = secured(session)
    return all_hold((_in_clear(session), _login(session) if isinstance(tls, Tls) else tls))


def _in_clear(session: SmtpSessionFact) -> Part:
    offer = mechanisms_of(session.offers("AUTH", in_tls=False) or "")
    given_away = " ".join(filter(sends_secret, offer))
    if not given_away:
        return met()
    text = f"{session.where} takes passwords in clear: AUTH {visible(given_away, 120)}"
    return unmet("auth-in-clear", text, str(session.address))


def _login(session: SmtpSessionFact) -> Part:
    found = offered(session, "AUTH")
    if isinstance(found, Unobserved):
        return found
    if found:
        return met()
    return unmet("no-auth", f"{session.where} offers no AUTH in TLS", str(session.address))


def remedy(wanted: SubmissionWorks, reason: Reason) -> Remedy:
    """What to set, start, open or publish."""
    at = to_u_labels(reason.about)
    by_tag = {
        "no-auth": (
            f"Let users log in at {at} (Postfix: smtpd_sasl_auth_enable = yes, with "
            "smtpd_sasl_type = dovecot and smtpd_sasl_path; Exim: an authenticator)."
        ),
        "auth-in-clear": (
            f"Offer AUTH at {at} in TLS only (Postfix: smtpd_tls_auth_only = yes; Exim: "
            "auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}})."
        ),
        "no-smtp-service": f"Have the server at {at} take mail of users on the port.",
        "no-ehlo": f"See what answers at {at}; turn off SMTP inspection in the firewall before it.",
    }
    return wanted.to_be_usable(reason) or Remedy(instruction=by_tag[reason.tag])


_TLS = told_tls("mail.example.com")
_HOST = (told("mail.example.com A", "192.0.2.25"), told("mail.example.com AAAA", "NODATA"))
_465 = told_smtp("mail.example.com 192.0.2.25:465", "220 mail", ehlo="250-m\n250 AUTH PLAIN", tls=_TLS)  # fmt: skip


def _example(
    says: str, ehlo: str, ends: str, breaks: str = "", *, unknown: bool = False
) -> Example:
    session = told_smtp(
        "mail.example.com 192.0.2.25:587", "220 mail", ehlo=ehlo, tls=_TLS,
        again="250-mail\n250 AUTH PLAIN LOGIN", breaks=breaks,
    )  # fmt: skip
    sentence = "submission of mail.example.com works"
    return Example(says, sentence, (*_HOST, _465, session), ends, partly_unknown=unknown)


CHECK = check(
    __doc__,
    template="submission [of {host}] works",
    parameters=SubmissionWorks,
    judge=judge,
    remedy=remedy,
    also=NOT_USABLE,
    sources=("RFC 6409 §3.1", "RFC 8314 §3.3", "RFC 8314 §7.3", "RFC 4954 §4"),
    over_several=True,
    examples=(
        _example("both ports lead to a login in TLS", "250-mail\n250 STARTTLS", "met"),
        _example("no STARTTLS on 587", "250 mail", "no-starttls"),
        _example("587 breaks off", "", "inconclusive: timeout", "EHLO TIMEOUT", unknown=True),
    ),
)
