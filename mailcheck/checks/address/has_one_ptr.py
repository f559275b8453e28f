"""The address has exactly one reverse name.

Requires
    The address has one PTR record, and no second one with another name.

Why
    RFC 2181 §10.2 allows several, but each receiver looks at whichever comes first; one that does
    not lead back, or is not the EHLO name, costs mail now and then, and nobody can reproduce it.

Met when
    All PTR records of the address have one name between them.

Unmet when
    no-ptr: the reverse name does not exist or has no PTR record.
        Receivers refuse or defer: "550 5.7.25 ... does not have a PTR record", "450 4.7.1 Client
        host rejected: cannot find your reverse hostname", "421 ... Reverse DNS for ... failed".
    several-ptr: the address has more than one PTR name (advised only, unless the suite demands it).
        Nobody refuses mail for that alone. Some receivers (Postfix) look at one name only; if it
        leads elsewhere, they refuse the mail.
    refused-by-authority: all name servers of the reverse zone refuse to answer for it.
        Resolvers say SERVFAIL; receivers that demand a reverse name defer the mail and bounce it
        after days.

Not judged here
    Whether the name leads back to the address: ``IP I has PTR matching A``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.evidence import visible
from mailcheck.facts.dns import told
from mailcheck.facts.existence import remedy_of_absence
from mailcheck.facts.reverse_names import NO_PTR, ReverseNames, namelessness, ptr_to_publish
from mailcheck.finding import Finding, Reason, Remedy, all_hold, unmet
from mailcheck.names import Address, reverse_name, to_u_labels
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class HasOnePtr:
    """The parameters of the sentence."""

    ip: Address = slot("the address whose reverse names are counted")


async def judge(wanted: HasOnePtr) -> Finding:
    """Count the names."""
    reverse = await ReverseNames(wanted.ip)
    if nameless := namelessness(reverse):
        return Finding((nameless,))
    if len(reverse.names) > 1:
        names = visible(", ".join(map(to_u_labels, reverse.names)))
        text = f"{wanted.ip} has {len(reverse.names)} PTR names: {names}"
        return unmet("several-ptr", text, reverse.owner)
    return all_hold(reverse.answer.unread)


def remedy(wanted: HasOnePtr, reason: Reason) -> Remedy:
    """The one record to keep."""
    if absent := remedy_of_absence(reason, reverse_name(wanted.ip)):
        return absent
    to_publish = ptr_to_publish(reason.about)
    if reason.tag == NO_PTR:
        return to_publish
    return Remedy(to_publish.publish, f"One record only. {to_publish.instruction}")


OWNER = "25.113.0.203.in-addr.arpa"

CHECK = check(
    __doc__,
    template="IP [{ip}] has one PTR",
    parameters=HasOnePtr,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1912 §2.1", "RFC 2181 §10.2", "RFC 2317 §4"),
    advised=("several-ptr",),
    examples=(
        Example(
            "one name",
            "IP 203.0.113.25 has one PTR",
            (told(f"{OWNER} PTR", "mail.example.com."),),
            ends="met",
        ),
        Example(
            "one for each web site of the host",
            "IP 203.0.113.25 has one PTR",
            (told(f"{OWNER} PTR", "mail.example.com. | www.example.com."),),
            ends="several-ptr",
        ),
        Example(
            "a resolver that does not answer",
            "IP 203.0.113.25 has one PTR",
            (told(f"{OWNER} PTR", "TIMEOUT"),),
            ends="inconclusive: timeout",
        ),
    ),
)
