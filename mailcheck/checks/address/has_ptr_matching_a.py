"""The address has a reverse name that leads back to it.

Requires
    A PTR name of the address has the address among its own: A for IPv4, AAAA for IPv6
    (forward-confirmed reverse DNS).

Why
    Anyone can name an address anything; only the owner of the name can confirm it.

Met when
    The A (or AAAA) records of one PTR name contain the address, whatever other names say.

Unmet when
    no-ptr: the reverse name does not exist or has no PTR record.
        Receivers refuse or defer: "550 5.7.25 ... does not have a PTR record", "450 4.7.25 Client
        host rejected: cannot find your reverse hostname", "421 ... Reverse DNS for ... failed".
    ptr-not-confirmed: the PTR name does not have the address.
        Receivers take the client for unknown: "450 4.7.25 Client host rejected: cannot find your
        hostname", "550 5.7.25 ... forward DNS entry does not point to the sending IP".
    refused-by-authority: all name servers of the reverse zone, or of a PTR name, refuse to answer.
        Resolvers say SERVFAIL; receivers defer the mail, and it bounces after days.

Advises when
    several-ptr: the address has more than one PTR name.
        Some receivers (Postfix) look at one name only; if it leads elsewhere, they refuse the mail.

Not judged here
    Whether the name is the one said in EHLO. More than 10 PTR names: ten are looked at.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.evidence import visible
from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.facts.existence import REFUSED_BY_AUTHORITY, absence, remedy_of_absence
from mailcheck.facts.host_syntax import host_name_fault
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.reverse_names import (
    MAX_NAMES,
    NO_PTR,
    ReverseNames,
    ReverseNamesFact,
    forward_type,
    namelessness,
    ptr_to_publish,
)
from mailcheck.finding import Advice, Finding, Part, Reason, Remedy, any_holds, met, unmet
from mailcheck.names import Address, to_u_labels
from mailcheck.question import Unobserved, each_of
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class HasPtrMatchingA:
    """The parameters of the sentence."""

    ip: Address = slot("the address whose reverse name must lead back to it")


async def judge(wanted: HasPtrMatchingA) -> Finding:
    """Ask the forward records of every PTR name; one that has the address decides."""
    reverse = await ReverseNames(wanted.ip)
    if nameless := namelessness(reverse):
        return Finding((nameless,))
    several = _several(reverse)
    looked_at = reverse.names[:MAX_NAMES]
    hosts = [name for name in looked_at if not host_name_fault(name)]
    answers = await each_of(Lookup(name, forward_type(wanted.ip)) for name in hosts)
    parts: list[Part] = [_confirmed(wanted.ip, answer) for answer in answers]
    parts += [_no_host(name) for name in looked_at if name not in hosts]
    if len(reverse.names) > MAX_NAMES:
        parts.append(Unobserved("too-many-names", f"{several[0].text}; {MAX_NAMES} were asked"))
    return any_holds(parts).with_advice(*several)


def _confirmed(ip: Address, answer: DnsAnswer | Unobserved) -> Part:
    """Judge one PTR name by its own addresses."""
    if isinstance(answer, Unobserved):
        return answer
    addresses = [ipaddress.ip_address(text) for text in answer.texts]
    if ip in addresses:
        return met()
    gone = absence(answer)
    if gone and gone.tag == REFUSED_BY_AUTHORITY:
        return Finding((gone,))
    shown = to_u_labels(answer.name)
    has = f"it has {', '.join(map(str, addresses[:MAX_NAMES])) or f'no {answer.rdtype} record'}"
    text = f"{ip} has the PTR name {shown}, but {gone.text if gone else has}"
    return any_holds((unmet("ptr-not-confirmed", text, answer.name), *answer.unread))


def _no_host(name: str) -> Finding:
    text = f"the PTR name {visible(name, 80)!r} is no host name: {host_name_fault(name)}"
    return unmet("ptr-not-confirmed", text)


def _several(reverse: ReverseNamesFact) -> tuple[Advice, ...]:
    if len(reverse.names) < 2:
        return ()
    names = ", ".join(visible(to_u_labels(name), 80) for name in reverse.names[:MAX_NAMES])
    return (Advice("several-ptr", f"{reverse.ip} has {len(reverse.names)} PTR names: {names}"),)


def remedy(wanted: HasPtrMatchingA, reason: Reason) -> Remedy:
    """The missing half: the PTR, or the address record of the name it holds."""
    if absent := remedy_of_absence(reason, reason.about):
        return absent
    if reason.tag == NO_PTR:
        return ptr_to_publish(reason.about)
    if not reason.about:
        return Remedy(instruction="Have the PTR name a host that has this address.")
    record = f"{reason.about}.  3600  IN  {forward_type(wanted.ip)}  {wanted.ip}"
    return Remedy((record,), "If the name is yours; otherwise have the PTR name a host of yours:")


CHECK = check(
    __doc__,
    template="IP [{ip}] has PTR matching A",
    parameters=HasPtrMatchingA,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1912 §2.1", "RFC 8601 §2.7.3", "Postfix reject_unknown_client_hostname"),
    over_several=True,
    examples=(
        Example(
            "a name that has the address",
            "IP 203.0.113.25 has PTR matching A",
            (
                told("25.113.0.203.in-addr.arpa PTR", "mail.example.com."),
                told("mail.example.com A", "203.0.113.25"),
            ),
            ends="met",
        ),
        Example(
            "a name that was moved to another address",
            "IP 203.0.113.25 has PTR matching A",
            (
                told("25.113.0.203.in-addr.arpa PTR", "mail.example.com."),
                told("mail.example.com A", "192.0.2.80"),
            ),
            ends="ptr-not-confirmed",
        ),
        Example(
            "one name has the address, another cannot be looked up",
            "IP 203.0.113.25 has PTR matching A",
            (
                told("25.113.0.203.in-addr.arpa PTR", "mail.example.com. | old.example.net."),
                told("mail.example.com A", "203.0.113.25"),
                told("old.example.net A", "TIMEOUT"),
            ),
            ends="met",
            partly_unknown=True,
        ),
    ),
)
