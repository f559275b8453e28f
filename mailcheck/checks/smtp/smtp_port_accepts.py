"""A mail server answers on a port.

Requires
    Every address of the host, or of every MX host of the domain, takes a TCP connection on the
    port, greets and takes EHLO. Without ``host``, the port is 25.

Why
    Senders try the exchanges in turn, and any of their addresses. One that refuses delays mail, or
    loses it if it is the only one: a firewall rule, a service not started, an old address in DNS.

Met when
    Each address greets with 2xx and takes EHLO, or HELO if it knows no EHLO (500, 502). With
    ``families: any`` IPv6 addresses are left out where this machine has no route for IPv6, as long
    as the host has others; with ``all`` they must be asked too.

Unmet when
    connection-refused: an address refuses the TCP connection.
        Senders go on to the next exchange; without one, mail waits in their queues and bounces
        after days: "Connection refused".
    no-smtp-service: an address greets with 521, or 554, without an enhanced status code.
        The host says that it takes no mail at all (RFC 7504 §3, RFC 5321 §3.1); senders bounce.
    no-ehlo: an address knows neither EHLO nor HELO (500 or 502).
        No sender can begin a session: it is no mail server, or a firewall rewrites what is said.
    no-address: a host has neither A nor AAAA; or MX names it, and it does not exist.
        Senders cannot connect: "Host or domain name not found".
    no-such-domain: the domain, or the host that is asked for, does not exist (NXDOMAIN).
        Senders bounce at once: "550 5.1.2 host not found".
    null-mx: the domain publishes the null MX (RFC 7505).
        The domain declares that it takes no mail; senders bounce: "556 5.1.10 null MX".
    refused-by-authority: all name servers of the zone of the domain, or of a host, refuse.
        Resolvers say SERVFAIL; senders defer the mail and bounce it after days.

Advises when
    ipv6-not-asked: IPv6 addresses were left out, because this machine has no route for IPv6.
        Senders that have IPv6 prefer it; a server that is deaf there delays their mail.
    helo-only: an address takes HELO and not EHLO.
        Without EHLO there is no STARTTLS, no SIZE and no 8BITMIME.

Not judged here
    Silence, what may be about this client (5xx with an enhanced code, 5xx to EHLO other than 500
    and 502) and what passes (4xx): inconclusive. Aliases: ``MX hosts of D resolve``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.existence import remedy_of_absence
from mailcheck.facts.host_addresses import address_record
from mailcheck.facts.mail_hosts import mx_instead_of_null, mx_record
from mailcheck.facts.smtp import told_smtp
from mailcheck.facts.smtp_hosts import Families, all_serve, receivers
from mailcheck.facts.smtp_service import service
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.names import Domain, Port, to_u_labels
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class SmtpPortAccepts:
    """The parameters of the sentence: a host, or a domain for its MX hosts."""

    port: Port = slot("the TCP port", subjects=())
    host: Domain | None = slot("the host to connect to", default=None)
    domain: Domain | None = slot(
        "the domain whose MX hosts to connect to, if no host is named",
        default=None,
        subjects=("domain",),
        unless="host",
    )
    families: Families = slot(
        "all: IPv6 addresses must be asked even if this machine has no route for IPv6",
        default="any",
    )

    def __post_init__(self) -> None:
        if self.host is None and self.domain is None:
            raise ValueError("no host and no domain; say: SMTP port 25 of mail.example.com accepts")
        if self.host is None and self.port != 25:
            raise ValueError(
                f"MX hosts are asked on port 25, not {self.port}; name the host: "
                f"SMTP port {self.port} of mail.{self.domain} accepts"
            )


async def judge(wanted: SmtpPortAccepts) -> Finding:
    """Hold a session with every address of every host; each must hold."""
    hosts = (str(wanted.host),) if wanted.host else await receivers(str(wanted.domain))
    if isinstance(hosts, Reason):
        return Finding((hosts,))
    by_mx = wanted.host is None
    return await all_serve(hosts, wanted.port, service, wanted.families, named_by_mx=by_mx)


def remedy(wanted: SmtpPortAccepts, reason: Reason) -> Remedy:
    """What to start, open or publish."""
    at, port = to_u_labels(reason.about), wanted.port
    name = str(wanted.host or wanted.domain)
    record = address_record(name) if wanted.host else mx_record(name)
    if absent := remedy_of_absence(reason, name, record):
        return absent
    match reason.tag:
        case "null-mx":
            return mx_instead_of_null(reason.about)
        case "no-smtp-service":
            text = f"Have the server at {at} take mail, or take the address out of the DNS."
        case "no-ehlo":
            text = f"See what answers at {at}; turn off SMTP inspection in the firewall before it."
        case "no-address":
            mx = "" if wanted.host else f", or MX records of {to_u_labels(name)} with other hosts"
            text = f"Publish an A or AAAA record for {at}{mx}."
        case _:
            text = (
                f"Start the mail server at {at}, or have the firewall pass port {port}. "
                f"On the server: ss -ltn 'sport = :{port}'"
            )
    return Remedy(instruction=text)


_BOTH = (
    told("example.com MX", "10 mx1.example.com. | 20 mx2.example.com."),
    told("mx1.example.com A", "192.0.2.1"),
    told("mx1.example.com AAAA", "NODATA"),
    told("mx2.example.com A", "192.0.2.2"),
    told("mx2.example.com AAAA", "2001:db8::2"),
    told_smtp("192.0.2.1:25", "220 mx1.example.com ESMTP"),
)


def _example(says: str, mx2: str, ends: str, over_ipv6: str = "NO-IPV6-ROUTE") -> Example:
    sentence = "{SMTP port 25 accepts: {domain: example.com}}"
    sessions = told_smtp("192.0.2.2:25", mx2), told_smtp("[2001:db8::2]:25", over_ipv6)
    return Example(says, sentence, (*_BOTH, *sessions), ends, partly_unknown=True)


CHECK = check(
    __doc__,
    template="SMTP port {port} [of {host}] accepts",
    parameters=SmtpPortAccepts,
    judge=judge,
    remedy=remedy,
    sources=("RFC 5321 §3.1", "RFC 5321 §3.2", "RFC 5321 §5.1", "RFC 7504 §3", "RFC 7505 §3"),
    over_several=True,
    examples=(
        Example(
            "a submission server",
            "SMTP port 587 of mx1.example.com accepts",
            (*_BOTH, told_smtp("192.0.2.1:587", "220 mx1.example.com ESMTP")),
            ends="met",
        ),
        _example("two exchanges, and no IPv6 here: IPv4 decides", "220 mx2 ESMTP", "met"),
        _example(
            "a refusal decides, though IPv6 is silent", "REFUSED", "connection-refused", "TIMEOUT"
        ),
        _example("it may be us", "554 5.7.1 blocked", "inconclusive: refused-this-client"),
    ),
)
