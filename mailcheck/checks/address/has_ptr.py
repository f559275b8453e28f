"""The address has a reverse name.

Requires
    The reverse name of the address holds a PTR record.

Why
    A client without a name looks like a home computer. Large receivers refuse mail from such an
    address, over IPv6 always. New cloud addresses come without one.

Met when
    An answer to a PTR query names a host; aliases of classless delegation (RFC 2317) are followed.

Unmet when
    no-ptr: the reverse name does not exist or has no PTR record.
        Receivers refuse or defer: "550 5.7.25 ... does not have a PTR record", "450 4.7.25 Client
        host rejected: cannot find your reverse hostname", "421 ... Reverse DNS for ... failed".
    refused-by-authority: all name servers of the reverse zone refuse to answer for it.
        Resolvers say SERVFAIL; receivers that demand a reverse name defer the mail and bounce it
        after days.

Not judged here
    Whether the name leads back to the address: ``IP I has PTR matching A``. Whether it looks like
    that of a dial-up customer.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.existence import remedy_of_absence
from mailcheck.facts.reverse_names import ReverseNames, namelessness, ptr_to_publish
from mailcheck.finding import Finding, Reason, Remedy, met
from mailcheck.names import Address, reverse_name
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class HasPtr:
    """The parameters of the sentence."""

    ip: Address = slot("the address whose reverse name is looked for")


async def judge(wanted: HasPtr) -> Finding:
    """Any PTR will do."""
    reverse = await ReverseNames(wanted.ip)
    nameless = namelessness(reverse)
    return Finding((nameless,)) if nameless else met()


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
    sources=("RFC 1035 §3.5", "RFC 1912 §2.1", "RFC 3596 §2.5", "RFC 2317 §4"),
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
            "a reverse zone that its own name servers do not hold",
            "IP 203.0.113.27 has PTR",
            (told("27.113.0.203.in-addr.arpa PTR", "SERVFAIL"),),
            ends="inconclusive: servfail",
        ),
    ),
)
