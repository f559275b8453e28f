"""From a DNS response to what it says, read by dnspython. No sockets, no clock.

This is the way for every response; the ordinary ones take a shorter one to the same answer
(:mod:`mailcheck.probes.dns.wire.ordinary`), whose measure this is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

from mailcheck.facts.dns import DnsAnswer, NameServer
from mailcheck.facts.records import normal_name
from mailcheck.interrupts import raise_swallowed
from mailcheck.names import parse_address
from mailcheck.probes.dns.failures import shown_chain, unobserved
from mailcheck.probes.dns.wire.extended import is_made_up, shown

if TYPE_CHECKING:
    from mailcheck.facts.dns import Source, Status
    from mailcheck.probes.dns.wire.query import Query
    from mailcheck.question import Unobserved

MAX_RECORDS = 500
"""Records of one RRset that are kept; real RRsets of mail have a handful."""

MAX_CHAIN = dns.message.MAX_CHAIN
"""Aliases in one answer from which on the chain is not followed."""


class _NoAnswer(Exception):
    """An answer section leads nowhere: the cause, and what about it, are its arguments."""


def read_wire(query: Query, wire: bytes, source: Source) -> DnsAnswer | Unobserved:
    """Decode a response that is still in octets; see :func:`read_response`."""
    try:
        # Record by record: an RRset would keep one of two aliases, and hide that there were two.
        response = dns.message.from_wire(wire, one_rr_per_rrset=True)
    except (dns.exception.DNSException, ValueError) as error:
        raise_swallowed(error)
        return unobserved(query, "malformed", source, type(error).__name__)
    return read_response(query, response, source)


def read_response(
    query: Query, response: dns.message.Message, source: Source
) -> DnsAnswer | Unobserved:
    """Decide what *response* says to *query*: a fact, negative ones included, or why it is none.

    The caller has matched id and question, and asked again over TCP what a datagram did not hold:
    what is truncated here was cut by the server itself. Records count only where the question or
    its alias chain leads to them (RFC 2181 §5.4.1); the additional section only as glue of a
    referral.
    """
    said = _says(query, response, source)
    extended = shown(response)
    if isinstance(said, _Nothing):
        return unobserved(query, said.cause, source, said.detail, extended)
    if query.recursive and is_made_up(response):
        return unobserved(query, "resolver-rewrites", source, "", extended)
    return replace(said, extended=extended) if extended else said


class _Nothing(NamedTuple):
    """A response that says nothing: the cause, and what about it."""

    cause: str
    detail: str = ""


def _says(query: Query, response: dns.message.Message, source: Source) -> DnsAnswer | _Nothing:
    rcode = response.rcode()
    if rcode == dns.rcode.REFUSED and not query.recursive:
        return _answer(query, response, "refused", source)
    if rcode not in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
        word = dns.rcode.to_text(rcode).lower()
        return _Nothing(f"rcode-{word}" if word.isdigit() else word)
    if response.flags & dns.flags.TC:
        return _Nothing("truncated", "the answer itself is cut")
    try:
        chain = _follow(query, response)
    except _NoAnswer as error:
        return _Nothing(*error.args)
    if chain.rrset is None:
        return _denies(query, response, source, chain)
    if rcode == dns.rcode.NXDOMAIN:
        return _Nothing("malformed", "NXDOMAIN for a name whose records it holds")
    return _answer(query, response, "data", source, chain)


def _denies(
    query: Query, response: dns.message.Message, source: Source, chain: _Chain
) -> DnsAnswer | _Nothing:
    may_deny = response.flags & (dns.flags.RA if query.recursive else dns.flags.AA)
    if referral := _referral(query, response, source):
        return _Nothing("no-recursion") if query.recursive else referral
    if response.answer and not chain.aliases:
        # NODATA has an empty answer section (RFC 2308 §2.2); this one answers something else.
        return _Nothing("malformed", "it answers what was not asked")
    # An alias may lead to a cut: NS and glue beside it hold nothing back (RFC 1034 §4.3.2 3b).
    cut = _cut(response) if chain.aliases and not query.recursive else None
    is_below = cut is not None and chain.name.is_subdomain(cut.name)
    wanted = dns.rdatatype.from_text(query.rdtype)
    for section in () if is_below else (response.authority, response.additional):
        if _rrset(section, chain.name, wanted) is not None:
            return _Nothing("malformed", "it denies records that it holds elsewhere")
    # AA is about the name asked (RFC 1035 §4.1.1), not about the target of an alias.
    if not may_deny and (chain.aliases or not response.flags & dns.flags.AA):
        return _Nothing("no-recursion" if query.recursive else "lame")
    status: Status = "nxdomain" if response.rcode() == dns.rcode.NXDOMAIN else "nodata"
    return _answer(query, response, status, source, chain)


@dataclass(frozen=True, slots=True)
class _Chain:
    """Where the aliases lead from the name asked, and what was found there."""

    name: dns.name.Name
    aliases: tuple[str, ...] = ()
    rrset: dns.rrset.RRset | None = None
    ttl: int | None = None


def _follow(query: Query, response: dns.message.Message) -> _Chain:
    """Walk the CNAMEs of the answer section.

    Raises:
        _NoAnswer: if they loop, are more than dnspython follows (16), or a name is an alias of two.
    """
    wanted = dns.rdatatype.from_text(query.rdtype)
    name = dns.name.from_text(query.name)
    names = [normal_name(name)]
    ttls: list[int] = []
    for _ in range(MAX_CHAIN):
        rrset = _rrset(response.answer, name, wanted)
        if rrset is not None:
            return _Chain(name, tuple(names[1:]), rrset, min([*ttls, rrset.ttl]))
        cname = _rrset(response.answer, name, dns.rdatatype.CNAME)
        if cname is None:
            return _Chain(name, tuple(names[1:]), None, min(ttls, default=None))
        ttls.append(cname.ttl)
        name = cname[0].target
        names.append(normal_name(name))
        if names[-1] in names[:-1]:
            raise _NoAnswer("alias-loop", shown_chain(names))
    raise _NoAnswer("alias-chain-too-long", shown_chain(names))


def _rrset(
    section: list[dns.rrset.RRset], name: dns.name.Name, rdtype: dns.rdatatype.RdataType
) -> dns.rrset.RRset | None:
    """Return all records of *name* and *rdtype* in *section*, if there are any.

    Raises:
        _NoAnswer: if there are several of a type of which there is one (RFC 2181 §10.1).
    """
    found = dns.rrset.RRset(name, dns.rdataclass.IN, rdtype)
    for rrset in section:
        if (rrset.rdtype, rrset.rdclass, rrset.name) != (rdtype, dns.rdataclass.IN, name):
            continue
        for record in rrset:
            # In its dict: dnspython's sets have no test of their own and would be walked through.
            if found and record not in found.items and dns.rdatatype.is_singleton(rdtype):
                raise _NoAnswer("malformed", f"two {rdtype.name} records of one name")
            found.add(record, rrset.ttl)
    return found or None


def _answer(
    query: Query,
    response: dns.message.Message,
    status: Status,
    source: Source,
    chain: _Chain | None = None,
) -> DnsAnswer:
    soa = _first(response.authority, dns.rdatatype.SOA)
    chain = chain or _Chain(dns.name.root)
    return DnsAnswer(
        name=query.name,
        rdtype=query.rdtype,
        status=status,
        records=tuple(sorted(chain.rrset)[:MAX_RECORDS]) if chain.rrset else (),
        aliases=chain.aliases,
        ttl=chain.ttl,
        authoritative=bool(response.flags & dns.flags.AA),
        authenticated=bool(response.flags & dns.flags.AD),
        denier=normal_name(soa.name)
        if soa is not None and _denies_below(soa, chain, status)
        else "",
        cut_short=chain.rrset is not None and len(chain.rrset) > MAX_RECORDS,
        source=source,
    )


def _denies_below(soa: dns.rrset.RRset, chain: _Chain, status: Status) -> bool:
    """Whether *soa* is of a zone that holds the name denied: of another one it says nothing.

    That of an alias's own zone must not pass for the denial of its target.
    """
    return status in ("nodata", "nxdomain") and chain.name.is_subdomain(soa.name)


def _referral(query: Query, response: dns.message.Message, source: Source) -> DnsAnswer | None:
    """Read a delegation (RFC 1034 §4.3.2 step 3b): the NS of a cut, no answer, no AA."""
    first = _cut(response)
    if first is None or response.flags & dns.flags.AA or response.answer:
        return None
    ns = _rrset(response.authority, first.name, dns.rdatatype.NS) or first
    hosts = tuple(sorted(normal_name(r.target) for r in ns))
    glue = tuple(
        NameServer(parse_address(record.address), normal_name(rrset.name))
        for rrset in response.additional
        if rrset.rdclass == dns.rdataclass.IN
        and rrset.rdtype in (dns.rdatatype.A, dns.rdatatype.AAAA)
        and normal_name(rrset.name) in hosts
        for record in rrset
    )
    return DnsAnswer(
        query.name,
        query.rdtype,
        "referral",
        cut=normal_name(ns.name),
        delegated_to=hosts,
        glue=glue,
        source=source,
    )


def _cut(response: dns.message.Message) -> dns.rrset.RRset | None:
    """Return one of the NS records of what is delegated: in the authority section, without SOA."""
    ns, soa = (_first(response.authority, kind) for kind in (dns.rdatatype.NS, dns.rdatatype.SOA))
    return ns if soa is None and response.rcode() == dns.rcode.NOERROR else None


def _first(
    section: list[dns.rrset.RRset], rdtype: dns.rdatatype.RdataType
) -> dns.rrset.RRset | None:
    """Return the first RRset of *rdtype*, of class IN: the records of others are made otherwise."""
    return next((r for r in section if r.rdtype == rdtype and r.rdclass == dns.rdataclass.IN), None)
