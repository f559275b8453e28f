"""The addresses of a host, of both families."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.facts.dns import DnsAnswer
from mailcheck.facts.existence import absence
from mailcheck.facts.lookup import Lookup
from mailcheck.question import Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from mailcheck.finding import Reason
    from mailcheck.names import Address

NO_ADDRESS = "no-address"


@question
class HostAddresses(Question["HostAddressesFact"]):
    """The A and AAAA records of *host*, asked together."""

    host: str

    async def derive(self) -> HostAddressesFact:
        """Look both up; one that could not be had leaves the other."""
        answers = await each_of(Lookup(self.host, rdtype) for rdtype in ("A", "AAAA"))
        return host_addresses(self.host, answers)


@dataclass(frozen=True, slots=True)
class HostAddressesFact:
    """What is known about a host's addresses.

    ``answers`` are the observed ones, A before AAAA. ``unknown`` says what could not be had; it is
    empty where the answers decide everything (a name that does not exist has no other family).
    """

    host: str
    addresses: tuple[Address, ...]
    answers: tuple[DnsAnswer, ...] = ()
    unknown: tuple[Unobserved, ...] = ()

    @property
    def exists(self) -> bool:
        """False if the name was denied altogether (NXDOMAIN)."""
        return all(answer.status != "nxdomain" for answer in self.answers) or bool(self.addresses)

    @property
    def refused(self) -> bool:
        """Whether the name servers of the host's own zone refuse to answer for it."""
        return any(answer.status == "refused" for answer in self.answers) and not self.addresses

    @property
    def gone(self) -> Reason | None:
        """Why there is no such host; None if it has an address, or exists as far as is known."""
        if self.addresses:
            return None
        return next(filter(None, map(absence, self.answers)), None)

    @property
    def aliases(self) -> tuple[str, ...]:
        """The names the host is an alias of, in order; empty if it is canonical."""
        return max((answer.aliases for answer in self.answers), key=len, default=())


def host_addresses(host: str, answers: tuple[DnsAnswer | Unobserved, ...]) -> HostAddressesFact:
    """Put together what was said about A and AAAA."""
    seen = tuple(a for a in answers if isinstance(a, DnsAnswer))
    # Not parse_address, which takes ::ffff:192.0.2.1 for IPv4: nobody can connect to such an AAAA.
    addresses = tuple(ipaddress.ip_address(text) for answer in seen for text in answer.texts)
    unknown = tuple(a for a in answers if isinstance(a, Unobserved))
    fact = HostAddressesFact(host, addresses, seen, unknown)
    return fact if fact.exists else HostAddressesFact(host, addresses, seen)


def address_record(host: str, address: str = "192.0.2.25") -> str:
    """Return an address record of *host* in zone-file form, by default with a stand-in address."""
    rdtype = "AAAA" if ":" in address else "A"
    return f"{host}.  3600  IN  {rdtype}  {address}"
