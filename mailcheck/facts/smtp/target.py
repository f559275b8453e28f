"""Which servers a sentence about SMTP is meant for, and what is said of all of them alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.facts.existence import remedy_of_absence
from mailcheck.facts.host_addresses import lacking_record
from mailcheck.facts.mail_hosts import mx_instead_of_null, mx_record
from mailcheck.facts.smtp.hosts import Families, all_serve, receivers
from mailcheck.facts.smtp.service import of_a_server
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.names import Domain, Port, to_u_labels
from mailcheck.slots import slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.facts.smtp.session import SmtpSessionFact
    from mailcheck.finding import Part

SMTP = 25

NOT_SERVED = """
connection-refused: an address refuses the TCP connection.
    On port 25: senders go on to the next exchange; without one, mail waits in their queues and
    bounces after days: "Connection refused". On ports for users: mail programs cannot connect.
no-smtp-service: an address greets with 521, without an enhanced status code.
    The host says that it takes no mail at all (RFC 7504 §3). On port 25: senders bounce. On ports
    for users: mail programs cannot send.
no-tls: an address takes connections to port 465 or 993, and its TLS handshake fails.
    On this port TLS comes first (RFC 8314 §3); mail programs cannot connect.
no-ehlo: an address knows neither EHLO nor HELO (500 or 502).
    It is no mail server, or a firewall rewrites what is said. On port 25: no sender can begin a
    session. On ports for users: no mail program can.
no-address: a host has neither A nor AAAA; or MX names it, and it does not exist.
    On port 25: senders cannot connect: "Host or domain name not found". On ports for users: mail
    programs do not find the server.
no-such-domain: the domain, or the host that is asked for, does not exist (NXDOMAIN).
    On port 25: senders bounce at once: "550 5.1.2 host not found". On ports for users: mail programs
    do not find the server.
null-mx: the domain publishes the null MX (RFC 7505).
    The domain declares that it takes no mail; senders bounce: "556 5.1.10 null MX".
refused-by-authority: all name servers of the zone of the domain, or of a host, refuse.
    Resolvers say SERVFAIL. On port 25: senders defer the mail and bounce it after days. On ports for
    users: mail programs do not find the server.
"""
"""Tags of every sentence that needs a server to be there, as a check's page tells them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpTarget:
    """The parameters all sentences about SMTP ports share: a host, or a domain for its MX hosts."""

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
        if self.host is None and self.port != SMTP:
            raise ValueError(
                f"MX hosts are asked on port 25, not {self.port}; name the host: "
                f"SMTP port {self.port} of mail.{self.domain} accepts"
            )

    async def every_address(self, judge: Callable[[SmtpSessionFact], Part]) -> Finding:
        """Hold a session with every address of every host; *judge* must find that each holds."""
        hosts = (str(self.host),) if self.host else await receivers(str(self.domain))
        if isinstance(hosts, Reason):
            return Finding((hosts,))
        by_mx = self.host is None
        return await all_serve(hosts, self.port, judge, self.families, named_by_mx=by_mx)

    async def every_server(self, judge: Callable[[SmtpSessionFact], Part]) -> Finding:
        """Do the same, where *judge* may rely on a server that greets and takes EHLO."""
        return await self.every_address(of_a_server(judge))

    def to_be_served(self, reason: Reason) -> Remedy:
        """What to start, open or publish for a *reason* of :data:`NOT_SERVED`."""
        at, port = to_u_labels(reason.about), self.port
        name = str(self.host or self.domain)
        name, record = lacking_record(reason, name) if self.host else (name, mx_record(name))
        if absent := remedy_of_absence(reason, name, record):
            return absent
        match reason.tag:
            case "null-mx":
                return mx_instead_of_null(reason.about)
            case "no-smtp-service":
                text = (
                    f"Have the server at {at} take mail, or take the address out of the DNS. If its "
                    "words are about who asks (a list, a reputation), ask from where mail comes from."
                )
            case "no-ehlo":
                text = (
                    f"See what answers at {at}; turn off SMTP inspection in the firewall before it."
                )
            case "no-tls":
                text = f"Have the server at {at} begin with TLS (Postfix: smtpd_tls_wrappermode)."
            case "no-address":
                mx = "" if self.host else f", or MX records of {to_u_labels(name)} with other hosts"
                text = f"Publish an A or AAAA record for {at}{mx}."
            case _:
                text = (
                    f"Start the mail server at {at}, or have the firewall pass port {port}. "
                    f"On the server: ss -ltn 'sport = :{port}'"
                )
        return Remedy(instruction=text)
