"""What mail programs of users connect to: a host, and the ports that they are set to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeVar

from mailcheck.facts.existence import remedy_of_absence
from mailcheck.facts.host_addresses import lacking_record
from mailcheck.facts.smtp.address_session import Held
from mailcheck.facts.smtp.hosts import Families  # noqa: TC001  the slot reads its words
from mailcheck.finding import Finding, Reason, Remedy, all_hold
from mailcheck.names import Domain, Port, to_u_labels
from mailcheck.question import Unobserved, each_of
from mailcheck.slots import slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.facts.smtp.hosts import HostSessionsFact
    from mailcheck.finding import Part
    from mailcheck.question import Question

S = TypeVar("S", bound=Held)

NOT_USABLE = """
connection-refused: an address refuses the TCP connection to one of the ports.
    Mail programs that are set to the port say that the server cannot be reached; they try no other.
no-tls: on a port where TLS comes first, the TLS handshake with an address fails.
    Mail programs cannot connect (RFC 8314 §3).
no-starttls: on another port, an address offers no STARTTLS.
    Mail programs that insist on TLS do not log in (RFC 8314 §5.2); others send passwords in clear.
starttls-refused: an address offers STARTTLS and then refuses it.
    Mail programs that insist on TLS do not log in (RFC 8314 §5.2); others send passwords in clear.
handshake-failed: an address takes STARTTLS, and the TLS handshake fails.
    Mail programs close the connection and report a TLS error.
no-address: the host has neither A nor AAAA.
    Mail programs cannot connect.
no-such-domain: the host does not exist (NXDOMAIN).
    Mail programs say that the server cannot be found.
refused-by-authority: all name servers of the host's zone refuse.
    Resolvers say SERVFAIL; mail programs say that the server cannot be found.
"""
"""Tags of every sentence about what users connect to, as a check's page tells them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserService:
    """The parameters of sentences about a service for users; each adds the ports it has.

    ``starts`` and ``speaks_tls`` name what starts the service in a common server, and gives it TLS.
    """

    starts: ClassVar[str]
    speaks_tls: ClassVar[str]

    host: Domain = slot("the host that mail programs are set to")
    families: Families = slot(
        "all: IPv6 addresses must be asked even if this machine has no route for IPv6",
        default="any",
    )

    async def on_every_port(
        self,
        ports: tuple[Port, ...],
        sessions: Callable[[str, int], Question[HostSessionsFact[S]]],
        judge: Callable[[S], Part],
        *,
        or_shut: tuple[int, ...] = (),
    ) -> Finding:
        """Hold a session with each address on each of *ports*, all at once; each must hold.

        So must each that is *or_shut*, at the addresses where anybody answers on it.
        """
        parts: list[Part] = []
        asked = dict.fromkeys((*ports, *or_shut))
        answers = await each_of(sessions(str(self.host), port) for port in asked)
        for port, held in zip(asked, answers, strict=True):
            if isinstance(held, Unobserved):
                parts.append(held)
            elif port in ports or (held := held.reached()).sessions:
                parts += held.judged(judge, self.families)
        return all_hold(parts)

    def to_be_usable(self, reason: Reason) -> Remedy | None:
        """What to start, open or publish for a *reason* of :data:`NOT_USABLE`; None for others."""
        if absent := remedy_of_absence(reason, *lacking_record(reason, str(self.host))):
            return absent
        at = to_u_labels(reason.about)
        match reason.tag:
            case "connection-refused":
                text = (
                    f"Start the service at {at} ({self.starts}), or have the firewall pass the "
                    "port. If nobody is to use it, give the sentence `ports` without it."
                )
            case "no-tls":
                text = (
                    f"Have the server at {at} begin with TLS on the port ({self.speaks_tls}); its "
                    "log says what fails."
                )
            case "no-starttls" | "starttls-refused":
                text = (
                    f"Give the server at {at} a certificate and its key ({self.speaks_tls}); its "
                    "log says what fails."
                )
            case "handshake-failed":
                text = (
                    f"See the log of the server at {at}: its certificate, its key, its protocols."
                )
            case "no-address":
                text = f"Publish an A or AAAA record for {at}."
            case _:
                return None
        return Remedy(instruction=text)


def insist_on_ports(ports: tuple[Port, ...]) -> None:
    """Raise ValueError if there are no *ports*: a sentence about none would always hold."""
    if not ports:
        raise ValueError("no ports; name one, or leave `ports` out")
