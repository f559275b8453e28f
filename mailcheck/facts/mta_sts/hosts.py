"""Whether the MX hosts of a domain are as an MTA-STS policy wants them (RFC 8461 §4.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.facts.mta_sts.fetching import (
    MtaStsDomain,  # noqa: TC001  the slot reads it
)
from mailcheck.facts.smtp.certificates import CertificateTarget, is_current, is_trusted, run_date
from mailcheck.facts.smtp.hosts import Families  # noqa: TC001  the slot reads its words
from mailcheck.facts.smtp.own_names import OTHER_CERTIFICATE
from mailcheck.facts.smtp.securing import serving
from mailcheck.facts.smtp.target import SMTP
from mailcheck.facts.tls.trust import ChainTrust
from mailcheck.finding import Finding, Part, Reason, Remedy, all_hold, met, unmet
from mailcheck.names import Port, to_u_labels
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.facts.smtp.certificates import Seen
    from mailcheck.facts.tls.handshake import Tls


@dataclass(frozen=True, slots=True, kw_only=True)
class MxHosts:
    """The parameters of a sentence about the MX hosts of a domain and their certificates."""

    domain: MtaStsDomain = slot("the domain whose MX hosts to connect to")
    families: Families = slot(
        "all: IPv6 addresses must be asked even if this machine has no route for IPv6",
        default="any",
    )

    def on_port_25(self) -> CertificateTarget:
        """Return them as the sentences about certificates know them."""
        return CertificateTarget(port=Port(SMTP), domain=self.domain, families=self.families)

    def to_be_certified(self, reason: Reason) -> Remedy:
        """What to do about a *reason* that :func:`certified` gave."""
        at = to_u_labels(reason.about)
        files, again = serving(SMTP)
        match reason.tag:
            case "certificate-expired" | "certificate-not-yet-valid" | "bad-chain":
                text = f"Renew the certificate of {at} (certbot renew --deploy-hook '{again}')."
            case "chain-incomplete":
                text = f"Have the server at {at} send the intermediate certificates too ({files})."
            case "other-certificate" | "self-signed" | "untrusted-issuer":
                text = (
                    f"Have a public authority issue a certificate for {at} (certbot certonly "
                    f"-d {reason.about}), and the server show it ({files})."
                )
            case _:
                return self.on_port_25().to_be_certified(reason)
        return Remedy(instruction=text)


async def certified(target: CertificateTarget) -> Finding:
    """Judge that each server shows a certificate for its host, trusted, that lasts today."""
    today = await run_date()
    trust = await target.trust()

    def verified(session: Seen, tls: Tls) -> Part:
        trusted = is_trusted(session, trust[ChainTrust.of(tls)])
        return all_hold((_named(session, tls), is_current(session, tls, today), trusted))

    return await target.every_certificate(verified)


def _named(session: Seen, tls: Tls) -> Part:
    """Judge whether the certificate is for the host, by its dNSName entries alone."""
    host, certificate = session.server_name, tls.certificate
    if certificate.names_host(host):
        return met()
    text = f"{session.where} has a certificate for {certificate.for_whom}, not {to_u_labels(host)}"
    return unmet(OTHER_CERTIFICATE, text, host)
