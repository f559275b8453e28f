"""The address is not on a blocklist.

Requires
    The list does not have the address. The list is a DNS zone such as ``zen.spamhaus.org``, or
    ``DUL``: addresses given to dial-up and broadband customers (the PBL codes 127.0.0.10 and
    127.0.0.11 of ``zen.spamhaus.org``). ``codes`` narrows which return codes count.

Why
    Receivers refuse mail from listed addresses before they read it. A new address of a provider is
    often on a dynamic user list until somebody asks for its removal.

Met when
    The list answers, has its own test point 127.0.0.2 (RFC 5782 §5), and does not have the address,
    or has it with codes that do not count only.

Unmet when
    listed: the list has the address with a code that counts.
        Receivers that use the list refuse: "554 5.7.1 Service unavailable; Client host [...]
        blocked using zen.spamhaus.org", "550 5.7.1 ... blocked by ... Email Reputation".

Advises when
    listed-otherwise: the list has the address with codes that do not count here.
        Receivers that use the whole list refuse the mail all the same.

Not judged here
    A list that refuses to answer (127.255.255.0/24), answers outside 127.0.0.0/8, does not list
    its test point, or lists 127.0.0.1, says nothing about the address: inconclusive.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.evidence import visible
from mailcheck.facts.blocklists import ListName
from mailcheck.facts.dns import told
from mailcheck.facts.listing import Listing
from mailcheck.finding import Advice, Finding, Part, Reason, Remedy, all_hold, met, unmet
from mailcheck.names import Address, to_u_labels
from mailcheck.question import Unobserved, each_of
from mailcheck.slots import slot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.facts.blocklists import Blocklist
    from mailcheck.facts.listing import ListingFact

_LOOPBACK = ipaddress.IPv4Network("127.0.0.0/8")


@dataclass(frozen=True, slots=True)
class NotOn:
    """The parameters of the sentence."""

    list: ListName = slot("the zone of the list, or DUL", subjects=())
    ip: Address = slot("the address that must not be listed")
    codes: tuple[Address, ...] = slot("return codes that count; all by default", default=())

    def __post_init__(self) -> None:
        if strange := [str(code) for code in self.codes if code not in _LOOPBACK]:
            raise ValueError(f"{', '.join(strange)}: return codes are addresses in 127.0.0.0/8")


async def judge(wanted: NotOn) -> Finding:
    """Hold every list the name stands for against the address."""
    lists = wanted.list.lists
    facts = await each_of(Listing(wanted.ip, one.zone) for one in lists)
    return all_hold(_part(wanted, *pair) for pair in zip(lists, facts, strict=True))


def _part(wanted: NotOn, one: Blocklist, fact: ListingFact | Unobserved) -> Part:
    """Judge what one list says."""
    if isinstance(fact, Unobserved):
        return fact
    if not fact.codes:
        return met()
    counting = {str(code) for code in wanted.codes} or set(one.codes)
    codes = [str(c) for c in fact.codes if not counting or str(c) in counting]
    if not codes:
        text = f"{wanted.ip} is on {to_u_labels(one.zone)} with {_listed(map(str, fact.codes))}"
        return met(Advice("listed-otherwise", text))
    said = (f"{c} ({one.codes[c]})" if c in one.codes else c for c in codes)
    text = f"{wanted.ip} is on {to_u_labels(one.zone)}: {_listed(said)}"
    if fact.reason:
        text += f": {visible(fact.reason)}"
    return unmet("listed", text, about=one.removal or one.zone)


def _listed(codes: Iterable[str]) -> str:
    return visible(", ".join(codes))


def remedy(wanted: NotOn, reason: Reason) -> Remedy:
    """Where to ask for removal, and what to do where that is refused."""
    where = reason.about if ":" in reason.about else f"the operator of {to_u_labels(reason.about)}"
    text = f"Find out why at {where}, end the cause, and ask there for removal."
    if wanted.list == "DUL":
        text = (
            f"If {wanted.ip} is a mail server with a fixed address, ask for removal at {where} or "
            "have its network do so; otherwise send through the provider's relay."
        )
    return Remedy(instruction=text)


CHECK = check(
    __doc__,
    template="[IP [{ip}] is] not on {list}",
    parameters=NotOn,
    judge=judge,
    remedy=remedy,
    sources=("RFC 5782 §2.1", "RFC 5782 §2.4", "RFC 5782 §5", "RFC 6471 §3.4"),
    over_several=True,
    examples=(
        Example(
            "an address the list does not have",
            "IP 203.0.113.25 is not on dnsbl.example.net",
            (
                told("25.113.0.203.dnsbl.example.net A", "NXDOMAIN"),
                told("2.0.0.127.dnsbl.example.net A", "127.0.0.2"),
            ),
            ends="met",
        ),
        Example(
            "a new address in a block of dynamic addresses; the reason cannot be had",
            "IP 203.0.113.26 is not on DUL",
            (
                told("26.113.0.203.zen.spamhaus.org A", "127.0.0.10"),
                told("26.113.0.203.zen.spamhaus.org TXT", "TIMEOUT"),
                told("2.0.0.127.zen.spamhaus.org A", "TIMEOUT"),
                told("1.0.0.127.zen.spamhaus.org A", "NXDOMAIN"),
            ),
            ends="listed",
            partly_unknown=True,
        ),
        Example(
            "a list that does not answer through public resolvers",
            "IP 203.0.113.25 is not on zen.spamhaus.org",
            (told("25.113.0.203.zen.spamhaus.org A", "127.255.255.254"),),
            ends="inconclusive: list-refuses",
        ),
    ),
)
