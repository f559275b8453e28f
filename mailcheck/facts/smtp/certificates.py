"""The certificates of mail servers: which ones a sentence means, and what is judged of each."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from mailcheck.facts.imap import service as imap
from mailcheck.facts.imap.hosts import ImapHostSessions
from mailcheck.facts.run import RunDate
from mailcheck.facts.smtp.secured import secured
from mailcheck.facts.smtp.securing import IMAP_PORTS, serving, to_be_secured
from mailcheck.facts.smtp.target import SMTP, SmtpTarget
from mailcheck.facts.tls.handshake import Tls
from mailcheck.facts.tls.trust import ChainTrust
from mailcheck.finding import Finding, Part, Reason, Remedy, all_hold, met, unmet
from mailcheck.question import Unobserved, each_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailcheck.evidence import Evidence
    from mailcheck.facts.run import RunDateFact
    from mailcheck.facts.tls.certificate import Certificate
    from mailcheck.facts.tls.trust import ChainTrustFact
    from mailcheck.names import Address

CERTIFICATE_EXPIRED = "certificate-expired"
CERTIFICATE_NOT_YET_VALID = "certificate-not-yet-valid"


class Seen(Protocol):
    """A session in which a certificate was seen, be it in SMTP or in IMAP."""

    @property
    def address(self) -> Address:
        """Where the server is."""

    @property
    def server_name(self) -> str:
        """The host it was taken for."""

    @property
    def where(self) -> str:
        """The server, as texts name it."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What was said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateTarget(SmtpTarget):
    """The parameters all sentences about certificates share: those of sentences about SMTP ports."""

    def __post_init__(self) -> None:
        if self.host is None and self.domain is None:
            raise ValueError(
                "no host and no domain; say: certificate of mail.example.com port 25 …"
            )
        if self.host is None and self.port != SMTP:
            raise ValueError(
                f"MX hosts are asked on port 25, not {self.port}; name the host: "
                f"certificate of mail.{self.domain} port {self.port} …"
            )

    async def every_certificate(self, judge: Callable[[Seen, Tls], Part]) -> Finding:
        """See the certificate at every address of every host; *judge* must find that each holds.

        It may rely on a certificate that can be read. On the ports of IMAP the server is spoken to
        in IMAP.
        """

        def certified(session: Seen, tls: Tls | Part) -> Part:
            if not isinstance(tls, Tls):
                return tls
            if tls.certificate.unreadable:
                text = f"{session.where} sends {tls.certificate}"
                return Unobserved("unreadable-certificate", text, session.evidence)
            return judge(session, tls)

        if self.port in IMAP_PORTS:
            held = await ImapHostSessions(str(self.host), self.port)
            return all_hold(held.judged(lambda s: certified(s, imap.secured(s)), self.families))
        return await self.every_server(lambda s: certified(s, secured(s)))

    async def trust(self) -> Mapping[ChainTrust, ChainTrustFact | Unobserved]:
        """Return of every chain that the servers send whether it can be trusted."""
        chains: dict[ChainTrust, None] = {}

        def note(_: Seen, tls: Tls) -> Part:
            chains[ChainTrust.of(tls)] = None
            return met()

        await self.every_certificate(note)
        return dict(zip(chains, await each_of(chains), strict=True))

    def to_be_certified(self, reason: Reason) -> Remedy:
        """What to do about a *reason* for which there is no certificate to be seen."""
        if reason.tag == "no-tls" and self.port in IMAP_PORTS:
            text = f"Have the server at {reason.about} begin with TLS ({serving(self.port)[0]})."
            return Remedy(instruction=text)
        return to_be_secured(reason, self.port) or self.to_be_served(reason)


async def run_date() -> RunDateFact | Unobserved:
    """Return the day of the run; that it is not known must hide nothing else."""
    [today] = await each_of([RunDate()])
    return today


def is_current(session: Seen, tls: Tls, today: RunDateFact | Unobserved) -> Part:
    """Judge whether the certificate of *tls*, seen in *session*, has begun and not ended.

    The day of the run has no hour: what begins on it has begun, since it was issued by then; what
    ends on it may have ended, and is unknown.
    """
    if isinstance(today, Unobserved):
        return today
    about, certificate = certified_host(session), tls.certificate
    ends, begins = certificate.not_after, certificate.not_before
    if ends <= _midnight(today.today):
        text = f"{session.where}: {when_it_ends(certificate, today.today)}"
        return unmet(CERTIFICATE_EXPIRED, text, about)
    if begins.date() > today.today:
        text = f"{session.where}: the certificate begins on {begins:%Y-%m-%d %H:%M} UTC"
        return unmet(CERTIFICATE_NOT_YET_VALID, text, about)
    if ends.date() == today.today:
        text = f"{session.where}: the certificate ends today, {ends:%H:%M} UTC"
        return Unobserved("ends-today", text, session.evidence)
    return met()


def is_trusted(session: Seen, chain: ChainTrustFact | Unobserved) -> Part:
    """Judge whether the *chain* that was seen in *session* can be trusted."""
    if isinstance(chain, Unobserved) or chain.problem is None:
        return chain if isinstance(chain, Unobserved) else met()
    text = f"{session.where}: the certificate is not trusted: {chain.text}"
    return unmet(chain.problem, text, certified_host(session))


def certified_host(session: Seen) -> str:
    """Return whom a remedy names for the certificate of *session*: certificates are for names."""
    return session.server_name or str(session.address)


def when_it_ends(certificate: Certificate, today: datetime.date) -> str:
    """Say in a clause when *certificate* ends, or ended."""
    days = (certificate.not_after.date() - today).days
    day = f"{certificate.not_after:%Y-%m-%d}"
    if certificate.not_after <= _midnight(today):
        return f"the certificate ended on {day}{_days(', {} ago', -days)}"
    return f"the certificate ends on {day}{_days(', in {}', days)}"


def _days(form: str, days: int) -> str:
    return form.format("1 day" if days == 1 else f"{days} days") if days else ", today"


def _midnight(day: datetime.date) -> datetime.datetime:
    """Return where *day* begins, UTC."""
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)
