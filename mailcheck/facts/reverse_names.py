"""The names an address says it has: its PTR records."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dns.rdtypes.ANY.PTR import PTR

from mailcheck.evidence import visible
from mailcheck.facts.existence import REFUSED_BY_AUTHORITY, absence
from mailcheck.facts.host_syntax import host_name_fault
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.records import normal_name
from mailcheck.finding import Reason, Remedy
from mailcheck.names import Address, is_under, reverse_name
from mailcheck.question import Question, question

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer

MAX_NAMES = 10
"""PTR names of one address that are looked at, as in SPF (RFC 7208 §4.6.4); hosts have one."""

NO_PTR = "no-ptr"

_REVERSE_NAME = re.compile(r"(\d+\.){4}in-addr\.arpa|([0-9a-f]\.){32}ip6\.arpa")


@question
class ReverseNames(Question["ReverseNamesFact"]):
    """The PTR records of *ip*. Resolvers follow the aliases of classless delegation (RFC 2317)."""

    ip: Address

    async def derive(self) -> ReverseNamesFact:
        """Ask for the PTR records."""
        return reverse_names(self.ip, await Lookup(reverse_name(self.ip), "PTR"))


@dataclass(frozen=True, slots=True)
class ReverseNamesFact:
    """The names of an address in normal form, sorted, each once; none of them is confirmed.

    ``owner`` is the name at which a PTR belongs: the reverse name, or what it is an alias of.
    ``answer`` tells NODATA, NXDOMAIN and refusal apart.
    """

    ip: Address
    names: tuple[str, ...]
    owner: str
    answer: DnsAnswer


def reverse_names(ip: Address, answer: DnsAnswer) -> ReverseNamesFact:
    """Read the names from an answer to a PTR query."""
    names = {normal_name(record.target) for record in answer.of(PTR)}
    owner = answer.aliases[-1] if answer.aliases else answer.name
    return ReverseNamesFact(ip, tuple(sorted(names)), owner, answer)


def namelessness(fact: ReverseNamesFact) -> Reason | None:
    """Say why an address has no PTR, or None if it has one.

    ``about`` is the name at which one belongs; for a refusal, the zone nobody answers for.
    """
    if fact.names:
        return None
    gone = absence(fact.answer)
    if gone and gone.tag == REFUSED_BY_AUTHORITY:
        return gone
    text = f"{fact.ip} has no PTR record"
    if fact.owner != reverse_name(fact.ip):
        text += f": {reverse_name(fact.ip)} is an alias of {visible(fact.owner)}, which has none"
    return Reason(NO_PTR, text, fact.owner)


def name_fault(name: str) -> str:
    """Say in a clause why a PTR name is no fully qualified host name (RFC 1123 §2.1); empty if it is.

    Nobody can look such a name up in the hope of the address.
    """
    return host_name_fault(name) or ("" if "." in name else "it is a single label")


def without_zone(name: str, owner: str) -> str:
    """Return the PTR name that was meant where *name* ends in the zone of *owner*; empty elsewhere.

    A name without a dot at its end is taken to lie in the zone whose file it stands in.
    """
    above = owner
    while "." in above:
        above = above.partition(".")[2]
        if is_under(name, above) and name != above and "." in above:
            meant = name.removesuffix(f".{above}")
            return "" if host_name_fault(meant) else meant
    return ""


def forward_type(ip: Address) -> str:
    """Return the type of the record that confirms a name of *ip*."""
    return "A" if ip.version == 4 else "AAAA"


def ptr_to_publish(owner: str) -> Remedy:
    """The PTR that is missing at *owner*, and who publishes it."""
    return Remedy(
        (f"{owner}.  3600  IN  PTR  mail.example.com.",),
        f"{where_ptr_is(owner)}; in place of mail.example.com, the name the host says in EHLO:",
    )


def where_ptr_is(owner: str) -> str:
    """Say in which zone the PTR at *owner* stands, and who can change it."""
    if _REVERSE_NAME.fullmatch(owner):
        return (
            "In the reverse zone, which the owner of the address block (provider, cloud, data "
            "centre) publishes or sets by its console"
        )
    return (
        "In the zone that the reverse name leads to as an alias (RFC 2317), mostly published by the "
        "user of the addresses"
    )
