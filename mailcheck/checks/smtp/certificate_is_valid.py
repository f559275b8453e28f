"""A mail server's certificate is valid.

Requires
    At every address of the host, or of every MX host of the domain, the certificates that the
    server sends lead to an authority this run trusts, and its own lasts on the day of the run.
    Without ``host``, the port is 25.

Why
    Mail programs refuse a certificate that is not valid. Senders take any, as long as nobody asks
    them to look: MTA-STS (RFC 8461), and partners that insist on verified TLS, do.

Met when
    Each address offers TLS, and OpenSSL would take its certificates for those of a server, at
    security level 2 (the default of Debian). For whom the certificate is, is no part of it.

Unmet when
    certificate-expired: the certificate ended before the day of the run.
        On port 25: senders that verify defer the mail, then bounce it: "certificate has expired"
        (certificate-expired in TLS reports, RFC 8460); most others say nothing. On ports for users:
        mail programs warn, or do not connect.
    certificate-not-yet-valid: the certificate begins after the day of the run.
        Mostly a clock is wrong. On port 25: senders that verify defer the mail: "certificate is not
        yet valid". On ports for users: mail programs warn, or do not connect.
    self-signed: the server's own certificate is signed by itself, and not trusted.
        On port 25: senders that verify do not deliver: "self-signed certificate"
        (certificate-not-trusted in TLS reports, RFC 8460); for DANE it would do. On ports for users:
        mail programs warn, or do not connect.
    chain-incomplete: the issuer of the last certificate was not sent, and is not trusted.
        Mostly the file names a certificate without its intermediates. On port 25: senders do not
        fetch what is missing, as browsers do: "unable to get local issuer certificate". On ports for
        users: some mail programs fetch it, others warn or do not connect.
    untrusted-issuer: the chain ends at a root that this run does not trust.
        On port 25: senders trust the public authorities only: "self-signed certificate in certificate
        chain". On ports for users: mail programs warn, or do not connect, unless the root is
        installed where they run.
    bad-chain: the chain leads to a trusted authority, and a certificate of it must not be used so.
        A signature is wrong, an intermediate has ended or is no authority, or a key or digest is too
        weak. On port 25: senders that verify refuse it, in the words of OpenSSL that are shown. On
        ports for users: mail programs warn, or do not connect; some take what OpenSSL does not.
    ...

Not judged here
    The name (``certificate … names host``), revocation, DANE. A certificate that ends on the
    very day is inconclusive. ``--mail-ca-file`` names other authorities than the system's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.run import told_date
from mailcheck.facts.smtp.certificates import CertificateTarget, is_current, is_trusted, run_date
from mailcheck.facts.smtp.secured import NOT_SECURED
from mailcheck.facts.smtp.securing import serving
from mailcheck.facts.smtp.target import NOT_SERVED
from mailcheck.facts.smtp.told import told_smtp
from mailcheck.facts.tls.handshake import told_tls
from mailcheck.facts.tls.trust import ChainTrust, told_trust
from mailcheck.finding import Finding, Reason, Remedy, all_hold
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from mailcheck.facts.smtp.certificates import Seen
    from mailcheck.facts.tls.handshake import Tls
    from mailcheck.finding import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateIsValid(CertificateTarget):
    """The parameters of the sentence."""


async def judge(wanted: CertificateIsValid) -> Finding:
    """See every certificate; its dates and its chain must both be good."""
    today = await run_date()
    trust = await wanted.trust()

    def valid(session: Seen, tls: Tls) -> Part:
        trusted = is_trusted(session, trust[ChainTrust.of(tls)])
        return all_hold((is_current(session, tls, today), trusted))

    return await wanted.every_certificate(valid)


def remedy(wanted: CertificateIsValid, reason: Reason) -> Remedy:
    """What to renew, send or replace."""
    name = to_u_labels(str(wanted.host or reason.about))
    files, again = serving(wanted.port)
    match reason.tag:
        case "certificate-expired":
            text = (
                f"Renew the certificate of {name} (certbot renew) and have the server read it: "
                f"certbot renew --deploy-hook '{again}'."
            )
        case "certificate-not-yet-valid":
            text = (
                f"Use the certificate before, and look at the clock of who issued that of {name}."
            )
        case "self-signed":
            text = f"Have one issued by a public authority: certbot certonly -d {name}. {files}."
        case "chain-incomplete":
            text = (
                f"Have the server at {name} send the intermediate certificates too ({files}). If "
                "the authority is your own, name it with --mail-ca-file."
            )
        case "untrusted-issuer":
            text = (
                f"Have one issued by a public authority: certbot certonly -d {name}. If only you "
                "have to trust this one, name it with --mail-ca-file."
            )
        case "bad-chain":
            text = (
                f"Have the certificate of {name} issued anew. On the server: openssl verify "
                "-purpose sslserver -auth_level 2 -untrusted chain.pem cert.pem"
            )
        case _:
            return wanted.to_be_certified(reason)
    return Remedy(instruction=text)


_OFFER = "250-mx.example.com\n250 STARTTLS"
_HOST = (told("mx.example.com A", "192.0.2.1 | 192.0.2.2"), told("mx.example.com AAAA", "NODATA"))
_GOOD = told_tls("mx.example.com")
_OWN = told_tls("mx.example.com", issuer="CN=mx.example.com")
_FIRST = told_smtp("mx.example.com 192.0.2.1:25", "220 mx", ehlo=_OFFER, tls=_GOOD)


def _example(says: str, ends: str, second: str = "220 mx", tls: Tls = _GOOD) -> Example:
    session = told_smtp("mx.example.com 192.0.2.2:25", second, ehlo=_OFFER, tls=tls)
    trusts = told_trust(_GOOD), told_trust(_OWN, "self-signed", "self-signed certificate")
    sentence = "certificate of mx.example.com port 25 is valid"
    return Example(
        says, sentence, (told_date("2026-01-31"), *_HOST, _FIRST, session, *trusts), ends,
        partly_unknown=second == "TIMEOUT",
    )  # fmt: skip


CHECK = check(
    __doc__,
    template="certificate [of {host}] port {port} is valid",
    parameters=CertificateIsValid,
    judge=judge,
    remedy=remedy,
    also=NOT_SECURED.rstrip() + NOT_SERVED,
    sources=("RFC 5280 §6", "RFC 8461 §4.2", "RFC 8460 §4.3.2", "RFC 3207 §4.1"),
    over_several=True,
    examples=(
        _example("both addresses show the same", "met"),
        _example("the second one has its own", "self-signed", tls=_OWN),
        _example("one is silent", "inconclusive: timeout", "TIMEOUT"),
    ),
)
