"""How an authoritative server answers: RFC 1034 §4.3.2, with the habits of BIND's named.

Pure: a query message in, a response message or silence out. The oracle for everything here is
named itself (``tests/servers/test_lab_authority.py``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.flags
import dns.message
import dns.name
import dns.opcode
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

from mailcheck.lab.faults import Transport, disturb
from mailcheck.lab.wire import PAYLOAD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dns.rdatatype import RdataType

    from mailcheck.lab.description import Server
    from mailcheck.zones.zone import Outcome, Zone

MAX_CHAIN = 16
"""Aliases an authoritative server follows within its zones (named: ``max-query-restarts``)."""

_TARGETED = (dns.rdatatype.NS, dns.rdatatype.MX, dns.rdatatype.SRV)
"""Types whose targets' addresses go into the additional section (RFC 1035 §3.3)."""


class AuthoritativeServer:
    """One declared server: its zones and its faults."""

    def __init__(self, described: Server) -> None:
        self.described = described
        self._zones = Authority(described.zones)

    def respond(self, query: dns.message.Message, over: Transport) -> dns.message.Message | None:
        """Answer *query*, or say nothing."""
        honest = self._zones.answer(query)
        fault = self.described.faults.on(query)
        return honest if fault is None else disturb(fault, query, honest, over)


class Authority:
    """A set of zones that answers questions."""

    def __init__(self, zones: Iterable[Zone]) -> None:
        self._zones = {zone.origin: zone for zone in zones}

    def answer(self, query: dns.message.Message) -> dns.message.Message:
        """Answer from the zones; REFUSED for what lies outside of them."""
        response = dns.message.make_response(query, our_payload=PAYLOAD)
        rcode = unanswerable(query)
        if rcode is not None:
            response.set_rcode(rcode)
            return response
        asked = query.question[0]
        zone = self._zone_of(asked.name, asked.rdtype)
        if zone is None:
            response.set_rcode(dns.rcode.REFUSED)
            return response
        response.flags |= dns.flags.AA
        _fill(response, zone, asked.name, asked.rdtype)
        _add_addresses(response, zone)
        return response

    def _zone_of(self, name: dns.name.Name, rdtype: RdataType) -> Zone | None:
        """Return the deepest zone around *name*; for a DS the parent's, if it is served here."""
        own = self._deepest(name)
        if own is None or rdtype != dns.rdatatype.DS or own.origin != name or len(name) == 1:
            return own
        return self._deepest(name.parent()) or own

    def _deepest(self, name: dns.name.Name) -> Zone | None:
        for labels in range(len(name), 0, -1):
            zone = self._zones.get(name.split(labels)[1])
            if zone is not None:
                return zone
        return None


def _fill(
    response: dns.message.Message, zone: Zone, name: dns.name.Name, rdtype: RdataType
) -> None:
    """Follow *name* through its zone to an answer, a denial or a cut.

    An alias that leads out of the zone is the whole answer, even where the server has the other
    zone as well: so named does for those whom it gives no recursion.
    """
    followed: set[dns.name.Name] = set()
    while zone.holds(name):
        if name in followed or len(followed) > MAX_CHAIN:
            response.set_rcode(dns.rcode.SERVFAIL)
            return
        followed.add(name)
        outcome = zone.lookup(name, rdtype)
        if outcome.kind != "alias" or outcome.rrset is None:
            _conclude(response, zone, outcome)
            return
        response.answer.append(outcome.rrset)
        name = outcome.rrset[0].target


def _conclude(response: dns.message.Message, zone: Zone, outcome: Outcome) -> None:
    if outcome.kind == "data" and outcome.rrset is not None:
        response.answer.append(outcome.rrset)
        # named leaves out the zone's NS records where recursion is desired (minimal-responses
        # no-auth-recursive, its default).
        if not response.flags & dns.flags.RD and outcome.rrset is not zone.apex_ns():
            response.authority.append(zone.apex_ns())
    elif outcome.kind == "delegation" and outcome.rrset is not None:
        response.authority.append(outcome.rrset)
        if not response.answer:
            response.flags &= ~dns.flags.AA
    else:
        response.authority.append(zone.denial())
        if outcome.kind == "nxdomain":
            response.set_rcode(dns.rcode.NXDOMAIN)


def _add_addresses(response: dns.message.Message, zone: Zone) -> None:
    """Add what *zone* knows of the addresses of hosts that the answer names.

    A referral comes with glue only: addresses that the zone itself does not answer for.
    """
    referral = any(rrset.name != zone.origin for rrset in response.authority)
    present = {(rrset.name, rrset.rdtype) for rrset in response.answer}
    for rrset in (*response.answer, *response.authority):
        if rrset.rdtype not in _TARGETED:
            continue
        for record in rrset:
            target = record.exchange if rrset.rdtype == dns.rdatatype.MX else record.target
            if referral != zone.is_delegated(target):
                continue
            for rdtype in (dns.rdatatype.A, dns.rdatatype.AAAA):
                found = zone.rrset(target, rdtype)
                if found is not None and (target, rdtype) not in present:
                    present.add((target, rdtype))
                    response.additional.append(found)


def unanswerable(query: dns.message.Message) -> dns.rcode.Rcode | None:
    """Return the rcode for a message that is no ordinary question, None for one that is.

    Zone transfers are refused, as by a server that allows them to nobody; ANY is not implemented.
    """
    if query.opcode() != dns.opcode.QUERY:
        return dns.rcode.NOTIMP
    if len(query.question) != 1:
        return dns.rcode.FORMERR
    asked = query.question[0]
    if asked.rdclass != dns.rdataclass.IN:
        return dns.rcode.REFUSED
    if asked.rdtype in (dns.rdatatype.AXFR, dns.rdatatype.IXFR):
        return dns.rcode.REFUSED
    if dns.rdatatype.is_metatype(asked.rdtype):
        return dns.rcode.NOTIMP
    return None
