"""How the lab's resolvers find an answer: from the topmost zone of the lab down its delegations.

Pure: servers are asked in process, by their answering functions. Of a reply only what the asked
server may speak about is believed, and aliases are looked up anew, as unbound does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

from mailcheck.facts.records import normal_name
from mailcheck.lab.registries import registry_of, soa_of
from mailcheck.names import Address, parse_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dns.rdatatype import RdataType

    from mailcheck.lab.authority import AuthoritativeServer
    from mailcheck.lab.stale import StaleCopies

MAX_ALIASES = 11
"""Aliases followed for one question (unbound's limit)."""

MAX_REFERRALS = 16
"""Delegations followed for one name."""

MAX_DEPTH = 4
"""Lookups of name-server addresses within one another."""

MAX_QUERIES = 200
"""Queries sent for one question; a lab may come from a stranger and delegate in circles."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a resolver concludes; ``why`` says for people what led to a SERVFAIL."""

    rcode: dns.rcode.Rcode
    answer: tuple[dns.rrset.RRset, ...] = ()
    authority: tuple[dns.rrset.RRset, ...] = ()
    why: str = ""


class UnresolvedError(Exception):
    """No server gave a usable answer; the text says which said what."""


@dataclass(frozen=True, slots=True)
class Internet:
    """The lab's authoritative servers as a resolver reaches them: by address."""

    servers: Sequence[AuthoritativeServer]
    _at: dict[Address, AuthoritativeServer] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for server in self.servers:
            self._at.update(dict.fromkeys(server.described.addresses, server))

    def at(self, address: Address) -> AuthoritativeServer | None:
        """Return the server at *address*, None if nothing is there."""
        return self._at.get(address)

    def top(self, name: dns.name.Name) -> tuple[dns.name.Name, list[AuthoritativeServer]]:
        """Return the topmost zone of the lab around *name* and the servers declared for it.

        Raises:
            UnresolvedError: if *name* lies outside of the lab.
        """
        origins = {origin for origin in self._origins() if name.is_subdomain(origin)}
        if not origins:
            raise UnresolvedError(f"{name} lies outside of the lab's zones")
        top = min(origins, key=len)
        serving = [s for s in self.servers if any(z.origin == top for z in s.described.zones)]
        return top, serving

    def registry(self, name: dns.name.Name) -> str:
        """Return the domain above the lab's zones that denies *name*, if one does."""
        return registry_of(normal_name(name), map(normal_name, self._origins()))

    def _origins(self) -> Iterator[dns.name.Name]:
        return (zone.origin for server in self.servers for zone in server.described.zones)


class Recursion:
    """One question's way through the lab. Nothing is kept from one question to the next."""

    def __init__(self, internet: Internet, stale: StaleCopies) -> None:
        self._internet = internet
        self._stale = stale
        self._queries = 0

    def resolve(self, name: dns.name.Name, rdtype: RdataType, depth: int = 0) -> Resolved:
        """Find *rdtype* records of *name*, following aliases."""
        chain: list[dns.rrset.RRset] = []
        followed: set[dns.name.Name] = set()
        while name not in followed and len(followed) <= MAX_ALIASES:
            followed.add(name)
            try:
                reply = self._descend(name, rdtype, depth)
            except UnresolvedError as error:
                if registry := self._internet.registry(name):
                    return Resolved(dns.rcode.NXDOMAIN, tuple(chain), (soa_of(registry),))
                return Resolved(dns.rcode.SERVFAIL, why=str(error))
            records = _rrset(reply.answer, name, rdtype)
            if records is not None:
                return Resolved(dns.rcode.NOERROR, (*chain, records))
            alias = _rrset(reply.answer, name, dns.rdatatype.CNAME)
            if alias is None:
                soa = tuple(r for r in reply.authority if r.rdtype == dns.rdatatype.SOA)
                return Resolved(reply.rcode(), tuple(chain), soa)
            chain.append(alias)
            name = alias[0].target
        return Resolved(dns.rcode.SERVFAIL, why=f"the aliases of {chain[0].name} do not end")

    def _descend(self, name: dns.name.Name, rdtype: RdataType, depth: int) -> dns.message.Message:
        """Return the answer of a server that speaks for *name*.

        Raises:
            UnresolvedError: if there is none.
        """
        query = dns.message.make_query(name, rdtype, flags=0, id=0)
        reply = self._stale.answer(query)
        if reply is None:
            zone, servers = self._internet.top(name)
            reply = self._ask(servers, query, zone)
        else:
            zone = dns.name.root
        for _ in range(MAX_REFERRALS):
            cut = _referral(reply, zone)
            if cut is None:
                return reply
            zone = cut.name
            reply = self._ask(self._servers(cut, reply.additional, depth), query, zone)
        raise UnresolvedError(f"more than {MAX_REFERRALS} referrals lead to {name}")

    def _servers(
        self, cut: dns.rrset.RRset, glue: Sequence[dns.rrset.RRset], depth: int
    ) -> list[AuthoritativeServer]:
        """Return the servers a delegation names, by glue or by looking their addresses up.

        Raises:
            UnresolvedError: if none of them is in the lab.
        """
        found: dict[int, AuthoritativeServer] = {}
        missing = []
        for record in cut:
            addresses = _addresses(glue, record.target)
            if not addresses and depth < MAX_DEPTH:
                addresses = [
                    address
                    for rdtype in (dns.rdatatype.A, dns.rdatatype.AAAA)
                    for address in _addresses(
                        self.resolve(record.target, rdtype, depth + 1).answer, None
                    )
                ]
            here = [server for a in addresses if (server := self._internet.at(a)) is not None]
            found.update((id(server), server) for server in here)
            if not here:
                shown = ", ".join(map(str, addresses)) or "no address"
                missing.append(f"{record.target} ({shown})")
        if not found:
            raise UnresolvedError(
                f"{cut.name} is delegated to {', '.join(missing)}: no server there"
            )
        return list(found.values())

    def _ask(
        self,
        servers: Iterable[AuthoritativeServer],
        query: dns.message.Message,
        zone: dns.name.Name,
    ) -> dns.message.Message:
        """Return the first usable reply for *zone*, in the order of *servers*.

        Raises:
            UnresolvedError: with what each server said.
        """
        said = []
        for server in servers:
            self._queries += 1
            if self._queries > MAX_QUERIES:
                raise UnresolvedError(f"more than {MAX_QUERIES} queries were needed")
            reply = _exchange(server, query)
            fault = _unusable(reply, query, zone)
            if reply is not None and not fault:
                return reply
            said.append(f"{server.described.name} ({server.described.addresses[0]}): {fault}")
        raise UnresolvedError(f"no server of {zone} answers: {'; '.join(said)}")


def _exchange(
    server: AuthoritativeServer, query: dns.message.Message
) -> dns.message.Message | None:
    """Ask over UDP and, if the answer is truncated, over TCP."""
    reply = server.respond(query, "udp")
    if reply is None or not reply.flags & dns.flags.TC:
        return reply
    return server.respond(query, "tcp") if server.described.tcp else None


def _unusable(
    reply: dns.message.Message | None, query: dns.message.Message, zone: dns.name.Name
) -> str:
    """Say why a resolver passes over *reply*; empty if it does not."""
    if reply is None or reply.id != query.id or reply.question != query.question:
        return "no answer"
    if reply.rcode() not in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
        return dns.rcode.to_text(reply.rcode())
    if not reply.flags & dns.flags.AA and _referral(reply, zone) is None:
        return "lame"
    return ""


def _referral(reply: dns.message.Message, zone: dns.name.Name) -> dns.rrset.RRset | None:
    """Return the NS records of a referral to a zone below *zone*; sideways and up is none."""
    if reply.answer or reply.flags & dns.flags.AA or reply.rcode() != dns.rcode.NOERROR:
        return None
    asked = reply.question[0].name
    for rrset in reply.authority:
        below = rrset.name != zone and rrset.name.is_subdomain(zone)
        if rrset.rdtype == dns.rdatatype.NS and below and asked.is_subdomain(rrset.name):
            return rrset
    return None


def _rrset(
    section: Iterable[dns.rrset.RRset], name: dns.name.Name, rdtype: RdataType
) -> dns.rrset.RRset | None:
    return next((r for r in section if (r.name, r.rdtype) == (name, rdtype)), None)


def _addresses(section: Iterable[dns.rrset.RRset], owner: dns.name.Name | None) -> list[Address]:
    """Return the addresses in *section*, of *owner* only if there is one."""
    return [
        parse_address(record.address)
        for rrset in section
        if rrset.rdtype in (dns.rdatatype.A, dns.rdatatype.AAAA) and owner in (None, rrset.name)
        for record in rrset
    ]
