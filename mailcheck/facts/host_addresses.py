"""The addresses of a host, of both families."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.facts.dns import DnsAnswer
from mailcheck.facts.lookup import Lookup
from mailcheck.names import parse_address
from mailcheck.question import Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from mailcheck.names import Address


@question
class HostAddresses(Question["HostAddressesFact"]):
    """The A and AAAA records of *host*, asked together."""

    host: str

    async def derive(self) -> HostAddressesFact:
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
    def aliases(self) -> tuple[str, ...]:
        """The names the host is an alias of, in order; empty if it is canonical."""
        return max((answer.aliases for answer in self.answers), key=len, default=())


def host_addresses(host: str, answers: tuple[DnsAnswer | Unobserved, ...]) -> HostAddressesFact:
    """Put together what was said about A and AAAA."""
    seen = tuple(a for a in answers if isinstance(a, DnsAnswer))
    addresses = tuple(parse_address(text) for answer in seen for text in answer.texts)
    unknown = tuple(a for a in answers if isinstance(a, Unobserved))
    fact = HostAddressesFact(host, addresses, seen, unknown)
    return fact if fact.exists else HostAddressesFact(host, addresses, seen)
