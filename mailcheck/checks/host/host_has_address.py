"""The host has the addresses it should have.

Requires
    Each of ``addresses`` is an A or AAAA record of the host; with ``only`` there is no other.

Why
    After a move the name may still lead to the old machine; mail, certificates and SPF are then
    right for one host and asked of another.

Met when
    Every address is among the answers of its family. Only that family is asked for, unless ``only``
    rules out addresses of both.

Unmet when
    no-such-domain: the name does not exist (NXDOMAIN).
        Nobody finds the host: "550 5.1.2 host not found".
    missing-address: the host does not have an address that is asked for.
        Connections go elsewhere or nowhere, and a receiver that looks the name up does not find
        the client's address: "450 4.7.25 Client host rejected: cannot find your hostname".
    other-address: the host has an address besides, although ``only`` is set.
        Some connections go to a machine that is not meant: the old host, one that was given back.
    refused-by-authority: all name servers of the host's zone refuse to answer for a family.
        Resolvers say SERVFAIL; senders defer the mail and bounce it after days.

Not judged here
    Whether the reverse name leads back: ``IP I has PTR matching A``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.evidence import visible
from mailcheck.facts.dns import told
from mailcheck.facts.existence import absence, remedy_of_absence
from mailcheck.facts.host_addresses import (
    HostAddressesFact,
    address_record,
    address_record_of,
    host_addresses,
)
from mailcheck.facts.lookup import Lookup
from mailcheck.finding import Finding, Reason, Remedy, all_hold, any_holds, unmet
from mailcheck.names import Address, Domain, to_u_labels
from mailcheck.question import each_of
from mailcheck.slots import slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.finding import Part

FAMILIES = {4: "A", 6: "AAAA"}


@dataclass(frozen=True, slots=True)
class HostHasAddress:
    """The parameters of the sentence."""

    host: Domain = slot("the host whose addresses are compared")
    addresses: tuple[Address, ...] = slot("the addresses it must have", subjects=())
    only: bool = slot("whether it may have no others", default=False)


async def judge(wanted: HostHasAddress) -> Finding:
    """Compare what is asked for with what the families concerned hold."""
    versions = (4, 6) if wanted.only else sorted({a.version for a in wanted.addresses})
    answers = await each_of(Lookup(wanted.host, FAMILIES[version]) for version in versions)
    found = host_addresses(wanted.host, answers)
    if gone := found.gone:
        records = tuple(address_record(found.lacking, str(address)) for address in wanted.addresses)
        return all_hold((Finding((replace(gone, instead=records),)), *found.unknown))
    lacking = [a for a in dict.fromkeys(wanted.addresses) if a not in found.addresses]
    missing = (part for answer in found.answers for part in _missing(wanted, answer, lacking))
    others = _others(wanted, found) if wanted.only else ()
    return all_hold((*missing, *others, *found.unknown))


def _missing(wanted: HostHasAddress, answer: DnsAnswer, lacking: list[Address]) -> Iterator[Part]:
    """Judge what is *lacking* of a family that was seen; the rest is as unknown as its family."""
    if answer.status == "refused" and (refused := absence(answer)):
        yield Finding((refused,))
        return
    for address in (a for a in lacking if FAMILIES[a.version] == answer.rdtype):
        text = f"{to_u_labels(wanted.host)} does not have the address {address}"
        lacks = Reason("missing-address", text, str(address), (address_record_of(answer, address),))
        yield any_holds((Finding((lacks,)), *answer.unread))


def _others(wanted: HostHasAddress, found: HostAddressesFact) -> Iterator[Part]:
    yield from found.unread
    if others := [str(a) for a in dict.fromkeys(found.addresses) if a not in wanted.addresses]:
        listed = visible(", ".join(others))
        yield unmet("other-address", f"{to_u_labels(wanted.host)} also has {listed}", listed)


def remedy(wanted: HostHasAddress, reason: Reason) -> Remedy:
    """The record that is missing, or the one that is too many."""
    records = tuple(address_record(wanted.host, str(address)) for address in wanted.addresses)
    name = reason.instead[0].partition(". ")[0] if reason.instead else wanted.host
    if absent := remedy_of_absence(reason, name, *reason.instead):
        return absent
    if reason.tag == "other-address":
        return Remedy(records, f"Only these records; remove {reason.about}:")
    return Remedy(reason.instead or records)


_A = "mail.example.com A"
_AAAA = "mail.example.com AAAA"

CHECK = check(
    __doc__,
    template="host [{host}] has address {addresses}",
    parameters=HostHasAddress,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1035 §3.4.1", "RFC 3596 §2.1"),
    over_several=True,
    examples=(
        Example(
            "the address is one of two",
            "host mail.example.com has address 192.0.2.25",
            (told(_A, "192.0.2.25 | 192.0.2.26"),),
            ends="met",
        ),
        Example(
            "the host still has its old address",
            "host mail.example.com has address 192.0.2.25",
            (told(_A, "198.51.100.7"),),
            ends="missing-address",
        ),
        Example(
            "an address was left behind",
            '{"host mail.example.com has address 192.0.2.25": {only: true}}',
            (told(_A, "192.0.2.25 | 198.51.100.7"), told(_AAAA, "NODATA")),
            ends="other-address",
        ),
        Example(
            "no other address was seen, but IPv6 is unknown",
            '{"host mail.example.com has address 192.0.2.25": {only: true}}',
            (told(_A, "192.0.2.25"), told(_AAAA, "TIMEOUT")),
            ends="inconclusive: timeout",
            partly_unknown=True,
        ),
    ),
)
