"""The reverse name does not look like that of a dial-up customer.

Requires
    No PTR name of the address looks as if its provider had generated it: with the address in it, or
    with words for lent addresses and households' lines (``dhcp``, ``dsl``) and a customer's number.

Why
    Infected computers of households send through such names, so filters score and refuse them. A
    mail server that was never given a name of its own is taken for one of them.

Met when
    Each PTR name scores less than 2, or has what clears it: a word for a static address (``static``,
    ``fixip``), which words for lent ones (``dhcp``, ``dynamic``) beat; a word for mail (``mail``,
    ``mx``, ``out``), which words for lines (``dsl``, ``cable``) beat as well, unless the name is
    without an address and has it in the first label; a name or pattern of ``allow``. The whole
    address in the name scores 2, three octets 1; a word for a lent address or a line 1, and 1 more
    beside a number; a label ``dynamic``, or ``dhcp`` with others below it, 2; a word for customers
    (``cust``, ``pool``) 1 beside a number or an address.

Unmet when
    generic-ptr: a PTR name looks like one of thousands.
        SpamAssassin adds about 1 point (RDNS_DYNAMIC), more if EHLO says the same
        (HELO_DYNAMIC_IPADDR); lists of such names in Postfix refuse: "554 5.7.1 Client host
        rejected: Generic - Please relay via ISP"; SpamRATS (RATS-Dyna) lists the address.
    no-ptr: the reverse name does not exist or has no PTR record.
        Receivers refuse or defer: "550 5.7.25 ... does not have a PTR record", "450 4.7.1 Client
        host rejected: cannot find your reverse hostname", "421 ... Reverse DNS for ... failed".
    refused-by-authority: all name servers of the reverse zone refuse to answer for it.
        Resolvers say SERVFAIL; receivers that demand a reverse name defer the mail and bounce it
        after days.

Advises when
    somewhat-generic: a PTR name has something of a generic one, and not enough.
        Stricter lists refuse some of these names too.

Not judged here
    How the address is used: a name proves nothing. Whether the name leads back to the address. More
    than 10 PTR names: ten are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.evidence import visible
from mailcheck.facts.dns import told
from mailcheck.facts.existence import remedy_of_absence
from mailcheck.facts.generic_names import looks
from mailcheck.facts.reverse_names import (
    MAX_NAMES,
    NO_PTR,
    ReverseNames,
    namelessness,
    ptr_to_publish,
)
from mailcheck.finding import Advice, Finding, Part, Reason, Remedy, all_hold, met, unmet
from mailcheck.name_patterns import NamePattern
from mailcheck.names import Address, reverse_name, to_u_labels
from mailcheck.question import Unobserved
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class PtrLooksStatic:
    """The parameters of the sentence."""

    ip: Address = slot("the address whose reverse name is judged")
    allow: tuple[NamePattern, ...] = slot("names and patterns that may look so", default=())


async def judge(wanted: PtrLooksStatic) -> Finding:
    """Weigh every PTR name: receivers see them in any order."""
    reverse = await ReverseNames(wanted.ip)
    if nameless := namelessness(reverse):
        return Finding((nameless,))
    parts = [_part(wanted, name, reverse.owner) for name in reverse.names[:MAX_NAMES]]
    if len(reverse.names) > MAX_NAMES:
        text = f"{wanted.ip} has {len(reverse.names)} PTR names; {MAX_NAMES} were looked at"
        parts.append(Unobserved("too-many-names", text))
    return all_hold((*parts, *reverse.answer.unread))


def _part(wanted: PtrLooksStatic, name: str, owner: str) -> Part:
    """Judge one name, and say what of it was weighed."""
    found = looks(name, wanted.ip, wanted.allow)
    flags = ", ".join(f"{sign} +{sign.weight}" for sign in found.flags)
    shown = visible(to_u_labels(name), 80)
    text = f"{wanted.ip} has the PTR name {shown}, which scores {found.score}: {visible(flags)}"
    if found.generic:
        return unmet("generic-ptr", f"{text}; nothing clears it", owner)
    if found.flags and not found.clears:
        return met(Advice("somewhat-generic", text))
    return met()


def remedy(wanted: PtrLooksStatic, reason: Reason) -> Remedy:
    """A name of the host's own."""
    if absent := remedy_of_absence(reason, reverse_name(wanted.ip)):
        return absent
    if reason.tag == NO_PTR:
        return ptr_to_publish(reason.about)
    record = ptr_to_publish(reason.about)
    where = "Give the address a name of the host's own; one that must stay so goes into allow."
    return Remedy(record.publish, f"{where} {record.instruction}")


OWNER = "25.113.0.203.in-addr.arpa"

CHECK = check(
    __doc__,
    template="PTR [of IP {ip}] looks static",
    parameters=PtrLooksStatic,
    judge=judge,
    remedy=remedy,
    sources=("SpamAssassin 20_dynrdns.cf (2024)", "RFC 1912 §2.1", "M3AAWG Sender BCP (2015-02)"),
    over_several=True,
    examples=(
        Example(
            "a mail server with a name of its own",
            "PTR of IP 203.0.113.25 looks static",
            (told(f"{OWNER} PTR", "mail.example.com."),),
            ends="met",
        ),
        Example(
            "a cloud host that was never named",
            "PTR of IP 203.0.113.25 looks static",
            (told(f"{OWNER} PTR", "203-0-113-25.cust.example.net."),),
            ends="generic-ptr",
        ),
        Example(
            "the provider's name says that the address is static",
            "PTR of IP 203.0.113.25 looks static",
            (told(f"{OWNER} PTR", "static.203-0-113-25.clients.example.net."),),
            ends="met",
        ),
        Example(
            "a name of the host's own, and records that could not be read",
            "PTR of IP 203.0.113.25 looks static",
            (told(f"{OWNER} PTR", "mail.example.com. | ..."),),
            ends="inconclusive: too-many-records",
            partly_unknown=True,
        ),
    ),
)
