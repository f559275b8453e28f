"""Whether a reverse name leads back to its address (forward-confirmed reverse DNS, RFC 8601 §2.7.3)."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.existence import REFUSED_BY_AUTHORITY, absence, remedy_of_absence
from mailcheck.facts.host_addresses import address_record_of
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
    where_ptr_is,
    without_zone,
)
from mailcheck.finding import Advice, Finding, Part, Reason, Remedy, any_holds, met, unmet
from mailcheck.names import Address, to_u_labels
from mailcheck.question import Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer


@question
class ForwardConfirmation(Question["ForwardConfirmationFact"]):
    """The PTR names of *ip*, and the addresses of each that is a host name."""

    ip: Address

    async def derive(self) -> ForwardConfirmationFact:
        """Ask for the names, then for the addresses of all that are looked at."""
        reverse = await ReverseNames(self.ip)
        hosts = [name for name in reverse.names[:MAX_NAMES] if not host_name_fault(name)]
        answers = await each_of(Lookup(name, forward_type(self.ip)) for name in hosts)
        return ForwardConfirmationFact(reverse, answers)


@dataclass(frozen=True, slots=True)
class ForwardConfirmationFact:
    """``reverse`` has the names; ``forward`` what was said of each that can have an address."""

    reverse: ReverseNamesFact
    forward: tuple[DnsAnswer | Unobserved, ...]


def confirmation(fact: ForwardConfirmationFact) -> Finding:
    """Judge whether one of the names has the address.

    The reasons are ``no-ptr``, ``ptr-not-confirmed`` and ``refused-by-authority``; ``several-ptr``
    is advice.
    """
    reverse = fact.reverse
    if nameless := namelessness(reverse):
        return Finding((nameless,))
    several = _several(reverse)
    parts: list[Part] = [_confirmed(reverse, answer) for answer in fact.forward]
    parts += [_no_host(reverse.ip, n) for n in reverse.names[:MAX_NAMES] if host_name_fault(n)]
    if len(reverse.names) > MAX_NAMES:
        parts.append(Unobserved("too-many-names", f"{several[0].text}; {MAX_NAMES} were asked"))
    return any_holds((*parts, *reverse.answer.unread)).with_advice(*several)


def _confirmed(reverse: ReverseNamesFact, answer: DnsAnswer | Unobserved) -> Part:
    """Judge one PTR name by its own addresses."""
    ip = reverse.ip
    if isinstance(answer, Unobserved):
        return answer
    addresses = [ipaddress.ip_address(text) for text in answer.texts]
    if ip in addresses:
        return met()
    gone = absence(answer)
    if gone and gone.tag == REFUSED_BY_AUTHORITY:
        return Finding((gone,))
    shown = to_u_labels(answer.name)
    has = f"that name has {', '.join(map(str, addresses[:MAX_NAMES])) or f'no {answer.rdtype} record'}"
    text = f"{ip} has the PTR name {shown}, but {gone.text if gone else has}"
    reason = Reason("ptr-not-confirmed", text, answer.name, (address_record_of(answer, ip),))
    if meant := without_zone(answer.name, reverse.owner):
        text += f"; a dot is missing behind {to_u_labels(meant)}"
        record = (f"{reverse.owner}.  3600  IN  PTR  {meant}.",) if "." in meant else ()
        reason = Reason("ptr-not-confirmed", text, reverse.owner, record)
    return any_holds((Finding((reason,)), *answer.unread))


def _no_host(ip: Address, name: str) -> Finding:
    fault = host_name_fault(name)
    text = f"the PTR name {visible(name, 80)!r} of {ip} is no host name: {fault}"
    return unmet("ptr-not-confirmed", text)


def _several(reverse: ReverseNamesFact) -> tuple[Advice, ...]:
    if len(reverse.names) < 2:
        return ()
    names = ", ".join(visible(to_u_labels(name), 80) for name in reverse.names[:MAX_NAMES])
    return (Advice("several-ptr", f"{reverse.ip} has {len(reverse.names)} PTR names: {names}"),)


def remedy_of_confirmation(reason: Reason) -> Remedy:
    """The missing half: the PTR, or the address record of the name it holds."""
    if absent := remedy_of_absence(reason, reason.about):
        return absent
    if reason.tag == NO_PTR:
        return ptr_to_publish(reason.about)
    if not reason.instead:
        return Remedy(instruction="Have the PTR name a host that has this address.")
    if any("  PTR  " in record for record in reason.instead):
        return Remedy(reason.instead, f"{where_ptr_is(reason.about)}, with a dot behind the name:")
    return Remedy(
        reason.instead, "If the name is not yours, have the PTR name a host of yours; if it is:"
    )
