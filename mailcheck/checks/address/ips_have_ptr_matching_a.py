"""Each address of a block has a reverse name that leads back to it.

Requires
    What ``IP I has PTR matching A`` requires, of every address of the block, the first and the last
    included; those in ``besides`` are left out.

Why
    Senders spread their mail over a block. The one address that was forgotten is refused, and only
    the mail that happens to leave through it is lost.

Met when
    Each address has a PTR name whose A (or AAAA) records contain it. A block has 256 addresses at
    most: a /24, of IPv6 a /120.

Unmet when
    no-ptr: addresses have no reverse name, or no PTR record there.
        Receivers refuse or defer: "550 5.7.25 ... does not have a PTR record", "450 4.7.1 Client
        host rejected: cannot find your reverse hostname", "421 ... Reverse DNS for ... failed".
    ptr-not-confirmed: PTR names do not have the addresses.
        Receivers take the client for unknown: "450 4.7.25 Client host rejected: cannot find your
        hostname", "550 5.7.25 ... forward DNS entry does not point to the sending IP".
    refused-by-authority: all name servers of a reverse zone, or of a PTR name, refuse to answer.
        Resolvers say SERVFAIL; receivers defer the mail, and it bounces after days.

Advises when
    several-ptr: addresses have more than one PTR name.
        Some receivers (Postfix) look at one name only; if it leads elsewhere, they refuse the mail.

Not judged here
    Whether the names are those said in EHLO. Whether anything sends from the addresses.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.address_blocks import AddressBlock
from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.existence import remedy_of_absence
from mailcheck.facts.forward_confirmed import (
    ForwardConfirmation,
    confirmation,
    remedy_of_confirmation,
)
from mailcheck.facts.reverse_names import NO_PTR, ptr_to_publish
from mailcheck.finding import Advice, Finding, Part, Reason, Remedy, all_hold
from mailcheck.names import Address
from mailcheck.question import Unobserved, each_of
from mailcheck.slots import slot

SHOWN = 8
"""Addresses of which a reason says all; the rest is counted, and stands in the evidence."""


@dataclass(frozen=True, slots=True)
class IpsHavePtrMatchingA:
    """The parameters of the sentence."""

    network: AddressBlock = slot("the block whose addresses are looked at")
    besides: tuple[Address, ...] = slot("addresses of it that need no name", default=())

    def __post_init__(self) -> None:
        block = self.network.addresses
        if outside := [str(address) for address in self.besides if address not in block]:
            raise ValueError(f"{', '.join(outside)}: not in {self.network}")
        if not set(block) - {*self.besides}:
            raise ValueError(f"besides leaves no address of {self.network}")


async def judge(wanted: IpsHavePtrMatchingA) -> Finding:
    """Ask for all addresses at once; say the same of several once."""
    addresses = [ip for ip in wanted.network.addresses if ip not in wanted.besides]
    facts = await each_of(map(ForwardConfirmation, addresses))
    parts: list[Part] = [f if isinstance(f, Unobserved) else confirmation(f) for f in facts]
    finding = all_hold(parts)
    by_tag: dict[str, list[Reason]] = {}
    for reason in finding.reasons:
        by_tag.setdefault(reason.tag, []).append(reason)
    reasons = tuple(_together(group) for group in by_tag.values())
    several = [advice.text for advice in finding.advice]
    advice = (Advice("several-ptr", _listed(several)),) if several else ()
    return Finding(reasons, advice, finding.unknown)


def _together(group: list[Reason]) -> Reason:
    """Put reasons with one tag into one, with the records of those it shows."""
    first = group[0]
    records = tuple(record for reason in group[:SHOWN] for record in _records(reason))
    return Reason(first.tag, _listed([r.text for r in group]), first.about, records)


def _records(reason: Reason) -> tuple[str, ...]:
    return ptr_to_publish(reason.about).publish if reason.tag == NO_PTR else reason.instead


def _listed(texts: list[str]) -> str:
    more = f"; and {len(texts) - SHOWN} more such" if len(texts) > SHOWN else ""
    return "; ".join(texts[:SHOWN]) + more


def remedy(_: IpsHavePtrMatchingA, reason: Reason) -> Remedy:
    """The records of the addresses that are shown; the others need the like."""
    if absent := remedy_of_absence(reason, reason.about):
        return absent
    one = remedy_of_confirmation(reason)
    return Remedy(reason.instead or one.publish, f"One for each address. {one.instruction}")


SENTENCE = "IPs of 203.0.113.24/31 have PTR matching A"
FIRST = (
    told("24.113.0.203.in-addr.arpa PTR", "mx1.example.com."),
    told("mx1.example.com A", "203.0.113.24"),
)

CHECK = check(
    __doc__,
    template="IPs [of {network}] have PTR matching A",
    parameters=IpsHavePtrMatchingA,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1912 §2.1", "RFC 8601 §2.7.3", "Postfix reject_unknown_client_hostname"),
    over_several=True,
    examples=(
        Example(
            "two addresses with names of their own",
            SENTENCE,
            (
                *FIRST,
                told("25.113.0.203.in-addr.arpa PTR", "mx2.example.com."),
                told("mx2.example.com A", "203.0.113.25"),
            ),
            ends="met",
        ),
        Example(
            "the second was forgotten",
            SENTENCE,
            (*FIRST, told("25.113.0.203.in-addr.arpa PTR", "NXDOMAIN")),
            ends="no-ptr",
        ),
        Example(
            "the second cannot be looked up",
            SENTENCE,
            (*FIRST, told("25.113.0.203.in-addr.arpa PTR", "TIMEOUT")),
            ends="inconclusive: timeout",
            partly_unknown=True,
        ),
    ),
)
