"""The address has the reverse name it should have.

Requires
    Each of ``names`` is a PTR name of the address; of a pattern, some PTR name fits it.
    ``*.example.com`` stands for every name below ``example.com``, at any depth, and a ``*`` within
    a label for any characters but a dot (``mail-*.example.com``). A name without ``*`` is exact.

Why
    After a move or a change of provider the reverse name is what is forgotten: it then names the
    old host, or whatever the provider makes up, and receivers hold it against the EHLO name.

Met when
    The PTR records have them all; case, trailing dot and U-labels do not matter.

Unmet when
    no-ptr: the reverse name does not exist or has no PTR record.
        Receivers refuse or defer: "550 5.7.25 ... does not have a PTR record", "450 4.7.1 Client
        host rejected: cannot find your reverse hostname", "421 ... Reverse DNS for ... failed".
    other-ptr-name: a name that is asked for is not among the PTR names the address has.
        Receivers that compare the client's name with what it says in EHLO, or with a list of known
        senders, do not know it; if the name does not lead back, it is "unknown" to Postfix.
    refused-by-authority: all name servers of the reverse zone refuse to answer for it.
        Resolvers say SERVFAIL; receivers that demand a reverse name defer the mail and bounce it
        after days.

Advises when
    further-ptr-name: the address has a PTR name besides.
        Receivers look at one name, and not always at the same one.

Not judged here
    Whether the name leads back to the address: ``IP I has PTR matching A``.
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
    namelessness,
    ptr_to_publish,
    where_ptr_is,
)
from mailcheck.finding import Advice, Finding, Reason, Remedy, all_hold, any_holds, met
from mailcheck.name_patterns import NamePattern
from mailcheck.names import Address, reverse_name, to_u_labels
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class HasPtrName:
    """The parameters of the sentence."""

    ip: Address = slot("the address whose reverse name is compared")
    names: tuple[NamePattern, ...] = slot("the names or patterns it must have", subjects=())


async def judge(wanted: HasPtrName) -> Finding:
    """Look for each name among those the address has."""
    reverse = await ReverseNames(wanted.ip)
    if nameless := namelessness(reverse):
        return Finding((nameless,))
    further = [n for n in reverse.names if not any(p.matches(n) for p in wanted.names)]
    finding = all_hold(_part(pattern, reverse) for pattern in dict.fromkeys(wanted.names))
    if finding.reasons or not further:
        return finding
    text = f"{wanted.ip} also has the PTR name {_shown(further)}"
    return finding.with_advice(Advice("further-ptr-name", text))


def _part(pattern: NamePattern, reverse: ReverseNamesFact) -> Finding:
    """Judge one name; among records that were not read it may be after all."""
    if any(map(pattern.matches, reverse.names)):
        return met()
    fits = "no PTR name that fits" if "*" in pattern else "not the PTR name"
    has = f"{reverse.ip} has {fits} {to_u_labels(pattern)}, but {_shown(reverse.names)}"
    record = _record(reverse.owner, pattern)
    reason = Reason("other-ptr-name", has, about=reverse.owner, instead=record)
    return any_holds((Finding((reason,)), *reverse.answer.unread))


def _record(owner: str, pattern: NamePattern) -> tuple[str, ...]:
    return () if "*" in pattern else (f"{owner}.  3600  IN  PTR  {pattern}.",)


def _shown(names: tuple[str, ...] | list[str]) -> str:
    return visible(", ".join(map(to_u_labels, names)))


def remedy(wanted: HasPtrName, reason: Reason) -> Remedy:
    """The record with the name that is asked for."""
    if absent := remedy_of_absence(reason, reverse_name(wanted.ip)):
        return absent
    record = reason.instead or _record(reason.about, wanted.names[0])
    if record:
        where = where_ptr_is(reason.about or reverse_name(wanted.ip))
        return Remedy(record, f"{where}, in place of any name that is not wanted:")
    to_publish = ptr_to_publish(reason.about)
    fits = f"A name that fits {_shown(wanted.names)}. {to_publish.instruction}"
    return Remedy(to_publish.publish, fits)


OWNER = "25.113.0.203.in-addr.arpa"

CHECK = check(
    __doc__,
    template="IP [{ip}] has PTR {names}",
    parameters=HasPtrName,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1035 §3.5", "RFC 1912 §2.1", "RFC 3596 §2.5", "RFC 2317 §4"),
    over_several=True,
    examples=(
        Example(
            "the name that was ordered",
            "IP 203.0.113.25 has PTR mail.example.com",
            (told(f"{OWNER} PTR", "mail.example.com."),),
            ends="met",
        ),
        Example(
            "one of the hosts of a provider",
            "IP 203.0.113.25 has PTR *.outbound.example.net",
            (told(f"{OWNER} PTR", "mta12.eu.outbound.example.net."),),
            ends="met",
        ),
        Example(
            "a new address that still has the provider's name",
            "IP 203.0.113.25 has PTR mail.example.com",
            (told(f"{OWNER} PTR", "203-0-113-25.cust.example.net."),),
            ends="other-ptr-name",
        ),
        Example(
            "more records than were read",
            "IP 203.0.113.25 has PTR mail.example.com",
            (told(f"{OWNER} PTR", "www.example.com. | ..."),),
            ends="inconclusive: too-many-records",
            partly_unknown=True,
        ),
    ),
)
