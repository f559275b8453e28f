"""The address has a reverse name.

Requires
    The reverse name of the address holds a PTR record that names a host: a fully qualified name of
    letters, digits and hyphens (RFC 1123 §2.1).

Why
    A client without a name looks like a home computer. Large receivers refuse mail from such an
    address, over IPv6 always. New cloud addresses come without one.

Met when
    One PTR record names a host; aliases of classless delegation (RFC 2317) are followed. An
    underscore passes for a letter, as it does for Postfix.

Unmet when
    no-ptr: the reverse name does not exist or has no PTR record.
        Receivers refuse or defer: "550 5.7.25 ... does not have a PTR record", "450 4.7.1 Client
        host rejected: cannot find your reverse hostname", "421 ... Reverse DNS for ... failed".
    no-host-name: there are PTR records, and none names a host.
        Postfix takes such a client for one without a name: "450 4.7.1 Client host rejected: cannot
        find your reverse hostname".
    refused-by-authority: all name servers of the reverse zone refuse to answer for it.
        Resolvers say SERVFAIL; receivers that demand a reverse name defer the mail and bounce it
        after days.

Advises when
    name-in-arpa: a PTR name lies in ``in-addr.arpa`` or ``ip6.arpa`` itself.
        The dot behind the name is missing in the zone file; hardly any such name leads back.

Not judged here
    Whether the name leads back to the address: ``IP I has PTR matching A``. Whether it looks like
    that of a dial-up customer.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.evidence import visible
from mailcheck.facts.dns import told
from mailcheck.facts.existence import remedy_of_absence
from mailcheck.facts.reverse_names import (
    ReverseNames,
    ReverseNamesFact,
    name_fault,
    namelessness,
    ptr_to_publish,
    without_zone,
)
from mailcheck.finding import Advice, Finding, Reason, Remedy, any_holds, met, unmet
from mailcheck.names import Address, reverse_name
from mailcheck.slots import slot

REVERSE_ZONES = (".in-addr.arpa", ".ip6.arpa")


@dataclass(frozen=True, slots=True)
class HasPtr:
    """The parameters of the sentence."""

    ip: Address = slot("the address whose reverse name is looked for")


async def judge(wanted: HasPtr) -> Finding:
    """Any PTR that names a host will do."""
    reverse = await ReverseNames(wanted.ip)
    if nameless := namelessness(reverse):
        return Finding((nameless,))
    return any_holds((*(_part(reverse, name) for name in reverse.names), *reverse.answer.unread))


def _part(reverse: ReverseNamesFact, name: str) -> Finding:
    """Judge one name by its letters."""
    fault = name_fault(name)
    if not fault and name.endswith(REVERSE_ZONES):
        text = f"{reverse.ip} has the PTR name {visible(name, 80)}, which is a reverse name itself"
        if meant := without_zone(name, reverse.owner):
            text += f": a dot is missing behind {visible(meant, 80)}"
        return met(Advice("name-in-arpa", text))
    if not fault:
        return met()
    text = f"{reverse.ip} has the PTR name {visible(name, 80)!r}, which names no host: {fault}"
    return unmet("no-host-name", text, reverse.owner)


def remedy(wanted: HasPtr, reason: Reason) -> Remedy:
    """The record, or the servers that must load its zone."""
    absent = remedy_of_absence(reason, reverse_name(wanted.ip))
    return absent or ptr_to_publish(reason.about)


CHECK = check(
    __doc__,
    template="IP [{ip}] has PTR",
    parameters=HasPtr,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1035 §3.5", "RFC 1123 §2.1", "RFC 1912 §2.1", "RFC 3596 §2.5", "RFC 2317 §4"),
    examples=(
        Example(
            "an address with one name",
            "IP 203.0.113.25 has PTR",
            (told("25.113.0.203.in-addr.arpa PTR", "mail.example.com."),),
            ends="met",
        ),
        Example(
            "a new address nobody named",
            "IP 203.0.113.26 has PTR",
            (told("26.113.0.203.in-addr.arpa PTR", "NXDOMAIN", denier="113.0.203.in-addr.arpa"),),
            ends="no-ptr",
        ),
        Example(
            "a record with the host's short name",
            "IP 203.0.113.28 has PTR",
            (told("28.113.0.203.in-addr.arpa PTR", "mail."),),
            ends="no-host-name",
        ),
        Example(
            "a reverse zone that its own name servers do not hold",
            "IP 203.0.113.27 has PTR",
            (told("27.113.0.203.in-addr.arpa PTR", "SERVFAIL"),),
            ends="inconclusive: servfail",
        ),
    ),
)
