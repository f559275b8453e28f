"""The addresses of a host, of both families."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailcheck.facts.dns import DnsAnswer
from mailcheck.facts.existence import absence, denies_the_name
from mailcheck.facts.host_syntax import host_name_fault
from mailcheck.facts.lookup import Lookup
from mailcheck.finding import Reason
from mailcheck.names import to_u_labels
from mailcheck.question import Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from mailcheck.names import Address

NO_ADDRESS = "no-address"

MAX_ADDRESSES = 50
"""Addresses of a host that are connected to; the hosts of large providers have ten."""


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
    empty where A was denied with its name, which then has no other family either.
    """

    host: str
    addresses: tuple[Address, ...]
    answers: tuple[DnsAnswer, ...] = ()
    unknown: tuple[Unobserved, ...] = ()

    @property
    def unread(self) -> tuple[Unobserved, ...]:
        """What is missing to conclude that the host does *not* have an address besides."""
        return tuple(missing for answer in self.answers for missing in answer.unread)

    @property
    def gone(self) -> Reason | None:
        """Why there is no such host; None if it has an address, or exists as far as is known.

        NXDOMAIN for AAAA counts only where nothing else was asked.
        """
        if self.addresses:
            return None
        alone = len(self.answers) + len(self.unknown) == 1
        told = (a for a in self.answers if alone or a.status != "nxdomain" or denies_the_name(a))
        return next(filter(None, map(absence, told)), None)

    @property
    def missing(self) -> Reason:
        """Why nobody can connect to the host, given that no address was seen and none is unknown.

        Whoever judges the host by its name says it in these words, and proposes the same record.
        """
        text = f"{to_u_labels(self.host)} has no A and no AAAA record"
        reason = self.gone or Reason(NO_ADDRESS, text, self.host)
        return replace(reason, instead=(address_record(self.lacking),))

    @property
    def aliases(self) -> tuple[str, ...]:
        """The names the host is an alias of, in order; empty if it is canonical."""
        return max((answer.aliases for answer in self.answers), key=len, default=())

    @property
    def lacking(self) -> str:
        """The name that lacks an address: the end of the aliases, which no address stands beside."""
        return self.aliases[-1] if self.aliases else self.host

    @property
    def canonical(self) -> str:
        """The host at the end of the alias, if it was seen to have an address; else empty.

        Empty also where the families lead to different hosts, or to what cannot be a host's name.
        """
        ends = {a.aliases[-1] if a.aliases else "" for a in self.answers if a.status == "data"}
        end = ends.pop() if len(ends) == 1 else ""
        return "" if host_name_fault(end) else end


def host_addresses(host: str, answers: tuple[DnsAnswer | Unobserved, ...]) -> HostAddressesFact:
    """Put together what was said about A and AAAA."""
    seen = tuple(a for a in answers if isinstance(a, DnsAnswer))
    # Not parse_address, which takes ::ffff:192.0.2.1 for IPv4: nobody can connect to such an AAAA.
    addresses = tuple(ipaddress.ip_address(text) for answer in seen for text in answer.texts)
    denied = not addresses and any(map(denies_the_name, seen))
    unknown = () if denied else tuple(a for a in answers if isinstance(a, Unobserved))
    return HostAddressesFact(host, addresses, seen, unknown)


def address_record_of(answer: DnsAnswer, address: Address) -> str:
    """Return the record of *address* that the name *answer* is about lacks; no CNAME beside it."""
    record = address_record(answer.name, str(address))
    return f"{record}  ; in place of its CNAME record" if answer.aliases else record


def lacking_record(reason: Reason, host: str) -> tuple[str, str]:
    """Return the name that needs an address, and such a record, where *host* is missing for *reason*."""
    [record] = reason.instead or (address_record(host),)
    return record.partition(". ")[0], record


def address_record(host: str, address: str = "192.0.2.25") -> str:
    """Return an address record of *host* in zone-file form, by default with a stand-in address."""
    rdtype = "AAAA" if ":" in address else "A"
    return f"{host}.  3600  IN  {rdtype}  {address}"
