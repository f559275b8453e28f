"""A mail server's certificate is for a name.

Requires
    At every address of the host, or of every MX host of the domain, the server's certificate is for
    the name. The word ``host`` stands for the name that led to the server: of MX hosts, for that of
    each. Without ``host`` the port is 25.

Why
    Whoever verifies a server compares the name that led to it: senders with MTA-STS the MX host
    (RFC 8461 §4.1), mail programs the name in their settings.

Met when
    One of the certificate's dNSName entries is that name, or ``*`` and all but its first label
    (RFC 9525 §6.3).

Unmet when
    other-certificate: the certificate is for other names, or for none.
        On port 25: senders that verify do not deliver: "Server certificate not verified", in TLS
        reports certificate-host-mismatch (RFC 8460). On ports for users: mail programs warn of a
        server that is another, or do not connect.
    ...

Advises when
    common-name-only: the name stands in the common name only, and there are no dNSName entries.
        Postfix, and what else leaves it to OpenSSL, takes that; RFC 9525 does not, nor do mail
        programs and large senders.

Not judged here
    Who issued it, and whether it lasts: ``certificate … is valid``. The name that MX or an alias
    leads away from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.smtp.certificates import CertificateTarget
from mailcheck.facts.smtp.own_names import OTHER_CERTIFICATE
from mailcheck.facts.smtp.secured import NOT_SECURED
from mailcheck.facts.smtp.securing import IMAP_PORTS, serving
from mailcheck.facts.smtp.target import NOT_SERVED
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import told_tls
from mailcheck.finding import Advice, Finding, Reason, Remedy, met, unmet
from mailcheck.names import Domain, to_u_labels
from mailcheck.slots import slot

ITSELF = "host"

if TYPE_CHECKING:
    from mailcheck.facts.smtp.certificates import Seen
    from mailcheck.facts.tls.certificate import Certificate
    from mailcheck.facts.tls.handshake import Tls
    from mailcheck.finding import Part


class Named(str):
    """A name that a certificate is to be for; the word host stands for that of the host."""

    __slots__ = ()

    expected: ClassVar[str] = "a host name, or the word host"

    @classmethod
    def parse(cls, text: str) -> Named:
        """Read *text*, or raise ``ValueError`` if it is no name."""
        return cls(ITSELF if text.casefold() == ITSELF else Domain.parse(text))

    def of(self, host: str) -> str:
        """Return the name it is, where *host* led to the server."""
        return host if self == ITSELF else str(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateNames(CertificateTarget):
    """The parameters of the sentence."""

    name: Named = slot("the name it must be for, or host", subjects=())


async def judge(wanted: CertificateNames) -> Finding:
    """See every certificate; each must name its host."""

    def named(session: Seen, tls: Tls) -> Part:
        name, certificate = wanted.name.of(session.server_name), tls.certificate
        if certificate.names_host(name):
            return met()
        shown = to_u_labels(name)
        text = f"{session.where} has a certificate for {certificate.for_whom}, not {shown}"
        advice = _common_name(session, certificate, name)
        return unmet(OTHER_CERTIFICATE, text, str(session.address), advice)

    return await wanted.every_certificate(named)


def _common_name(session: Seen, certificate: Certificate, name: str) -> tuple[Advice, ...]:
    if certificate.names or certificate.common_name.lower() != name:
        return ()
    text = f"{session.where}: {name} is the certificate's common name, which names no host"
    return (Advice("common-name-only", text),)


def remedy(wanted: CertificateNames, reason: Reason) -> Remedy:
    """What to have issued, or which server to look at."""
    if reason.tag != OTHER_CERTIFICATE:
        return wanted.to_be_certified(reason)
    name = wanted.name.of(str(wanted.host or ""))
    shown = to_u_labels(name) if name else "each MX host"
    at = to_u_labels(reason.about)
    files, again = serving(wanted.port)
    by_name = "local_name blocks" if wanted.port in IMAP_PORTS else "tls_server_sni_maps"
    return Remedy(
        instruction=f"Have the certificate of {at} issued for {shown} too (certbot certonly "
        f"--expand, with -d for {'that' if name else 'the host'} and for each name that it has), "
        f"then {again}. If it already is, the server shows another one ({files}; {by_name})."
    )


_OFFER = "250-mx.example.com\n250 STARTTLS"
_HOSTS = (
    told("example.com MX", "10 mx1.example.com. | 20 mx2.example.com."),
    told("mx1.example.com A", "192.0.2.1"),
    told("mx1.example.com AAAA", "NODATA"),
    told("mx2.example.com A", "192.0.2.2"),
    told("mx2.example.com AAAA", "NODATA"),
)


def _example(says: str, ends: str, *names: str, first: str = "220 mx1") -> Example:
    one = told_tls("mx1.example.com", "mx.example.com")
    sessions = (
        told_smtp("mx1.example.com 192.0.2.1:25", first, ehlo=_OFFER, tls=one),
        told_smtp("mx2.example.com 192.0.2.2:25", "220 mx2", ehlo=_OFFER, tls=told_tls(*names)),
    )
    sentence = "{certificate port 25 names host: {domain: example.com}}"
    return Example(says, sentence, (*_HOSTS, *sessions), ends, partly_unknown=first == "TIMEOUT")


CHECK = check(
    __doc__,
    template="certificate [of {host}] port {port} names {name}",
    parameters=CertificateNames,
    judge=judge,
    remedy=remedy,
    also=NOT_SECURED.rstrip() + NOT_SERVED,
    sources=("RFC 9525 §6.3", "RFC 8461 §4.1", "RFC 8460 §4.3.2", "RFC 3207 §4.1"),
    over_several=True,
    examples=(
        _example("each exchange shows its own name", "met", "*.example.com"),
        _example("one exchange shows the other's", "other-certificate", "mx1.example.com"),
        _example("one is silent", "inconclusive: timeout", "*.example.com", first="TIMEOUT"),
        _example(
            "that decides, though the other is silent", "other-certificate", "mx1.example.com",
            first="TIMEOUT",
        ),
    ),
)  # fmt: skip
