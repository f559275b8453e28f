"""A mail server's certificate lasts for some days yet.

Requires
    At every address of the host, or of every MX host of the domain, the server's certificate still
    lasts on the day that is ``days`` days after that of the run. Without ``host``, the port is 25.

Why
    Certificates are renewed by programs that nobody watches. One that failed is found out when the
    certificate ends, by senders and mail programs; this sentence finds it out before.

Met when
    The certificate at each address ends on that day or later (UTC).

Unmet when
    certificate-ends-soon: the certificate ends before that day.
        Nobody refuses it yet. certbot renews 30 days before the end, others at a third of the time:
        less than that says that renewing fails, or that the server was not reloaded after it.
    certificate-expired: the certificate ended before the day of the run.
        On port 25: senders that verify defer the mail, then bounce it: "certificate has expired"
        (certificate-expired in TLS reports, RFC 8460); most others say nothing. On ports for users:
        mail programs warn, or do not connect.
    ...

Not judged here
    When it begins, its name, and who issued it: ``certificate … is valid``, ``certificate … names
    host``. How long the certificates of the authorities last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.run import told_date
from mailcheck.facts.smtp.certificates import (
    CERTIFICATE_EXPIRED,
    CertificateTarget,
    certified_host,
    is_current,
    run_date,
    when_it_ends,
)
from mailcheck.facts.smtp.secured import NOT_SECURED
from mailcheck.facts.smtp.securing import serving
from mailcheck.facts.smtp.target import NOT_SERVED
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import told_tls
from mailcheck.finding import Finding, Reason, Remedy, met, unmet
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.facts.smtp.certificates import Seen
    from mailcheck.facts.tls.handshake import Tls
    from mailcheck.finding import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateLasts(CertificateTarget):
    """The parameters of the sentence."""

    days: int = slot("for how many days from the day of the run", subjects=())

    def __post_init__(self) -> None:
        CertificateTarget.__post_init__(self)
        if self.days < 1:
            raise ValueError("0 days are no time to renew in; expected 1 or more")


async def judge(wanted: CertificateLasts) -> Finding:
    """See every certificate; each must last long enough."""
    today = await run_date()

    def lasts(session: Seen, tls: Tls) -> Part:
        if isinstance(today, Unobserved):
            return today
        ends = tls.certificate.not_after
        if (ends.date() - today.today).days >= wanted.days:
            return met()
        current = is_current(session, tls, today)
        if isinstance(current, Finding) and CERTIFICATE_EXPIRED in (r.tag for r in current.reasons):
            return current
        text = f"{session.where}: {when_it_ends(tls.certificate, today.today)}"
        return unmet("certificate-ends-soon", text, certified_host(session))

    return await wanted.every_certificate(lasts)


def remedy(wanted: CertificateLasts, reason: Reason) -> Remedy:
    """How to renew it, and have the server use it."""
    if reason.tag not in ("certificate-ends-soon", CERTIFICATE_EXPIRED):
        return wanted.to_be_certified(reason)
    at = to_u_labels(str(wanted.host or reason.about))
    return Remedy(
        instruction=f"Renew the certificate of {at} (certbot renew), and have the server read it "
        f"each time: certbot renew --deploy-hook '{serving(wanted.port)[1]}'. Where openssl x509 "
        "-enddate -noout -in FILE shows a later day, only the reload is missing."
    )


_OFFER = "250-mx.example.com\n250 STARTTLS"
_HOST = (told("mx.example.com A", "192.0.2.1 | 192.0.2.2"), told("mx.example.com AAAA", "NODATA"))


def _example(says: str, ends: str, last_day: str, first: str = "220 mx") -> Example:
    good, tls = (
        told_tls("mx.example.com", lasts=f"2025-12-01 to {day}") for day in ("2026-03-01", last_day)
    )
    sessions = (
        told_smtp("mx.example.com 192.0.2.1:25", first, ehlo=_OFFER, tls=good),
        told_smtp("mx.example.com 192.0.2.2:25", "220 mx", ehlo=_OFFER, tls=tls),
    )
    sentence = "certificate of mx.example.com port 25 lasts 14 days"
    told_too = (told_date("2026-01-31"), *_HOST, *sessions)
    return Example(says, sentence, told_too, ends, partly_unknown=first == "TIMEOUT")


CHECK = check(
    __doc__,
    template="certificate [of {host}] port {port} lasts {days} days",
    parameters=CertificateLasts,
    judge=judge,
    remedy=remedy,
    also=NOT_SECURED.rstrip() + NOT_SERVED,
    sources=("RFC 5280 §4.1.2.5", "RFC 8460 §4.3.2"),
    over_several=True,
    examples=(
        _example("renewed in time", "met", "2026-03-01"),
        _example("one address was not reloaded", "certificate-ends-soon", "2026-02-05"),
        _example("its time is over", "certificate-expired", "2026-01-30"),
        _example("one is silent", "inconclusive: timeout", "2026-03-01", "TIMEOUT"),
    ),
)
