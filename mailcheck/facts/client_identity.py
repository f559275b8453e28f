"""Whether the names and the address of a client are each other's, in the words of all checks of it.

A client has an address, the PTR names of that address, and the name it says in EHLO. Receivers
compare them in pairs; each function here judges one pair, from what was looked up.
"""

from __future__ import annotations

import ipaddress
from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.existence import REFUSED_BY_AUTHORITY, absence, denies_the_name
from mailcheck.facts.host_addresses import NO_ADDRESS, address_record, address_record_of
from mailcheck.facts.reverse_names import MAX_NAMES, namelessness, where_ptr_is
from mailcheck.finding import Advice, Finding, Part, Reason, Remedy, any_holds, met, unmet
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.host_syntax import Helo
    from mailcheck.facts.reverse_names import ReverseNamesFact
    from mailcheck.names import Address

OTHER_ADDRESS = "other-address"
OTHER_NAME = "other-name"
ADDRESS_LITERAL = "address-literal"
UNDERSCORE = "underscore"

SAY_A_NAME = (
    "Have the client say its fully qualified host name (Postfix: myhostname or smtp_helo_name)."
)
"""What to do about an EHLO name that is none, where only a name will do."""

SAY_ITS_NAME = (
    f"{SAY_A_NAME} If it has none, its address in brackets: [192.0.2.25], [IPv6:2001:db8::25]."
)
"""What to do about an EHLO name that is none."""


def refused_unseen(ehlo: str, helo: Helo) -> Finding:
    """Say why receivers refuse *ehlo*, read as *helo* with a fault, without asking anybody."""
    return unmet(helo.fault, f"{_shown(ehlo)} is refused as an EHLO name: {helo.why}")


def spells(helo: Helo, ip: Address) -> Finding:
    """Judge an address literal: it must be the client's own (RFC 5321 §4.1.3)."""
    if helo.address == ip:
        return met()
    return unmet(OTHER_ADDRESS, f"the literal says {helo.address}, and the client is {ip}")


def of_a_literal(ehlo: str) -> Advice:
    """Say that *ehlo* is no name."""
    return Advice(ADDRESS_LITERAL, f"{_shown(ehlo)} is an address literal, no name")


def of_an_underscore(name: str) -> tuple[Finding, ...]:
    """Return the advice about an underscore in *name*, for those who judge it besides."""
    text = f"{to_u_labels(name)} has an underscore"
    return (met(Advice(UNDERSCORE, text)),) if "_" in name else ()


def points_to(answer: DnsAnswer, ip: Address) -> Part:
    """Judge whether the name that *answer* is about, asked for in the family of *ip*, has *ip*."""
    # Not parse_address, which takes the AAAA ::ffff:203.0.113.25 for the IPv4 address.
    addresses = [ipaddress.ip_address(text) for text in answer.texts]
    if ip in addresses:
        return met()
    record = (address_record_of(answer, ip),)
    gone = absence(answer)
    if gone and (denies_the_name(answer) or gone.tag == REFUSED_BY_AUTHORITY):
        return Finding((replace(gone, instead=record),))
    name = to_u_labels(answer.name)
    if not addresses:
        text = f"{name} has no {answer.rdtype} record"
        return Finding((Reason(NO_ADDRESS, text, answer.name, record),))
    listed = ", ".join(map(str, addresses[:MAX_NAMES]))
    word = "address" if len(addresses) == 1 else "addresses"
    alias = answer.aliases and f"is an alias of {to_u_labels(answer.aliases[-1])}, which "
    text = f"{name} {alias or ''}has the {word} {listed}, not {ip}"
    reason = Reason(OTHER_ADDRESS, text, answer.name, record)
    return any_holds((Finding((reason,)), *answer.unread))


def is_ptr_name(name: str, reverse: ReverseNamesFact) -> Part:
    """Judge whether *name*, in normal form, is one of the PTR names of an address."""
    if name in reverse.names:
        return met()
    if nameless := namelessness(reverse):
        return Finding((nameless,))
    several = [visible(to_u_labels(other), 80) for other in reverse.names]
    listed = ", ".join(several[:MAX_NAMES])
    more = f" and {len(several) - MAX_NAMES} more" if len(several) > MAX_NAMES else ""
    kind = "name" if len(several) == 1 else "names"
    text = f"{reverse.ip} has the PTR {kind} {listed}{more}, not {to_u_labels(name)}"
    return any_holds((unmet(OTHER_NAME, text, reverse.owner), *reverse.answer.unread))


def to_have_address(name: str, ip: Address, instead: tuple[str, ...] = ()) -> Remedy:
    """The address record that *name* lacks, or the records *instead* that a reason has for it."""
    return Remedy(
        instead or (address_record(name, str(ip)),),
        "If the name is not this host's, have the client say its own; if it is:",
    )


def to_have_name(owner: str, name: str, *, instead: bool) -> Remedy:
    """The PTR that names *name*, at *owner*; *instead* of another, which the client might say."""
    text = f"{where_ptr_is(owner)}:"
    if instead:
        text = (
            "Have the client say the PTR name in EHLO (Postfix: smtp_helo_name), or replace that. "
            + text
        )
    return Remedy((f"{owner}.  3600  IN  PTR  {name}.",), text)


def _shown(ehlo: str) -> str:
    return visible(to_u_labels(ehlo), 80)
