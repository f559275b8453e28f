"""From a DNS response to what it says. Bytes and values only; no sockets, no clock."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import dns.edns
import dns.exception
import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

from mailcheck.evidence import Evidence, visible
from mailcheck.facts.dns import DnsAnswer, NameServer, Source, normal_name
from mailcheck.names import parse_address
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.dns import Status

PAYLOAD = 1232
"""EDNS buffer size that fits every path without fragments (DNS Flag Day 2020)."""

MAX_RECORDS = 500
"""Records of one RRset that are kept; real RRsets of mail have a handful."""

_EXPLAINED = {
    "servfail": "the resolver tried and failed: a server that does not answer, or DNSSEC that does not validate",
    "refused": "the resolver refuses to answer this client",
    "no-recursion": "the server asked as a resolver does not resolve for this client",
    "lame": "the server is not authoritative for the name and says nothing about it",
    "formerr": "the server does not understand the query",
    "notimp": "the server does not implement the query",
    "no-ipv6-route": "this machine has no route for IPv6",
    "alias-loop": "the alias chain loops or is too long",
    "malformed": "the answer cannot be read",
    "not-a-name": "DNS cannot be asked for such a name",
}

_OWN_SERVFAIL = "the server has no working copy of the zone: expired, broken or not yet loaded"
"""What SERVFAIL means from a server that is asked for its own zone, and has nobody to ask."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of one server, and how."""

    name: str
    rdtype: str
    recursive: bool

    def message(self, *, edns: bool = True) -> dns.message.QueryMessage:
        """Return the query with a fresh id; AD asks for the validation result (RFC 6840 §5.7).

        Raises:
            dns.exception.DNSException: if the name cannot be put on the wire (too long, an empty
                label).
        """
        flags = dns.flags.AD | (dns.flags.RD if self.recursive else 0)
        return dns.message.make_query(
            dns.name.from_text(self.name),
            self.rdtype,
            use_edns=0 if edns else False,
            payload=PAYLOAD,
            flags=flags,
        )

    def command(self, address: str, port: int) -> str:
        """Return the dig command line that asks the same.

        A name that came from a server may hold anything (a backquote, a semicolon), and this line
        is made to be pasted into a shell.
        """
        options = [
            "dig",
            "" if self.recursive else "+norecurse",
            f"-p {port}" if port != 53 else "",
        ]
        return " ".join(
            filter(None, [*options, f"@{address}", shlex.quote(self.name), self.rdtype])
        )


def unobserved(query: Query, cause: str, source: Source, detail: str = "") -> Unobserved:
    """Say that *query* brought no fact, why, and from whom.

    Without the time it took: the same failure in every try is one line.
    """
    result = cause.upper() if cause in ("servfail", "refused", "formerr", "notimp") else cause
    shown = f"{result} ({detail})" if detail else result
    seen = Evidence(
        f"{visible(query.name)} {query.rdtype}",
        shown,
        str(replace(source, milliseconds=None)),
        source.command,
    )
    own = cause == "servfail" and not query.recursive
    return Unobserved(cause, _OWN_SERVFAIL if own else _EXPLAINED.get(cause, ""), (seen,))


def read_response(
    query: Query, response: dns.message.Message, source: Source
) -> DnsAnswer | Unobserved:
    """Decide what *response* says to *query*: a fact, negative ones included, or why it is none.

    The caller has matched id and question, and asked again over TCP what a datagram did not hold:
    what is truncated here was cut by the server itself. Records count only where the question or
    its alias chain leads to them (RFC 2181 §5.4.1); the additional section only as glue of a
    referral.
    """
    rcode = response.rcode()
    if rcode == dns.rcode.REFUSED and not query.recursive:
        return _answer(query, response, "refused", source)
    if rcode not in (dns.rcode.NOERROR, dns.rcode.NXDOMAIN):
        word = dns.rcode.to_text(rcode).lower()
        cause = f"rcode-{word}" if word.isdigit() else word
        return unobserved(query, cause, source, _extended_error(response))
    if response.flags & dns.flags.TC:
        return unobserved(query, "truncated", source, "the answer itself is cut")
    try:
        chain = _follow(query, response)
    except dns.exception.DNSException:
        return unobserved(query, "alias-loop", source)
    if chain.rrset is not None and rcode == dns.rcode.NXDOMAIN:
        return unobserved(query, "malformed", source, "NXDOMAIN for a name whose records it holds")
    if chain.rrset is not None:
        return _answer(query, response, "data", source, chain)
    may_deny = response.flags & (dns.flags.RA if query.recursive else dns.flags.AA)
    if referral := _referral(query, response, source):
        return unobserved(query, "no-recursion", source) if query.recursive else referral
    if response.answer and not chain.aliases:
        # NODATA has an empty answer section (RFC 2308 §2.2); this one answers something else.
        return unobserved(query, "malformed", source, "it answers what was not asked")
    if not may_deny and not response.flags & dns.flags.AA:
        return unobserved(query, "no-recursion" if query.recursive else "lame", source)
    status: Status = "nxdomain" if rcode == dns.rcode.NXDOMAIN else "nodata"
    return _answer(query, response, status, source, chain)


@dataclass(frozen=True, slots=True)
class _Chain:
    """Where the aliases lead from the name asked, and what was found there."""

    aliases: tuple[str, ...] = ()
    rrset: dns.rrset.RRset | None = None
    ttl: int | None = None


def _follow(query: Query, response: dns.message.Message) -> _Chain:
    """Walk the CNAMEs of the answer section.

    Raises:
        dns.exception.DNSException: if they loop, or are more than dnspython follows (16).
    """
    wanted = dns.rdatatype.from_text(query.rdtype)
    name = dns.name.from_text(query.name)
    aliases: list[str] = []
    ttls: list[int] = []
    for _ in range(dns.message.MAX_CHAIN):
        rrset = response.get_rrset(response.answer, name, dns.rdataclass.IN, wanted)
        if rrset is not None:
            return _Chain(tuple(aliases), rrset, min([*ttls, rrset.ttl]))
        cname = response.get_rrset(response.answer, name, dns.rdataclass.IN, dns.rdatatype.CNAME)
        if cname is None:
            return _Chain(tuple(aliases), None, min(ttls, default=None))
        ttls.append(cname.ttl)
        name = cname[0].target
        aliases.append(normal_name(name))
    raise dns.message.ChainTooLong


def _answer(
    query: Query,
    response: dns.message.Message,
    status: Status,
    source: Source,
    chain: _Chain = _Chain(),
) -> DnsAnswer:
    soa = _first(response.authority, dns.rdatatype.SOA)
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
        if soa is not None and status in ("nodata", "nxdomain")
        else "",
        cut_short=chain.rrset is not None and len(chain.rrset) > MAX_RECORDS,
        source=source,
    )


def _referral(query: Query, response: dns.message.Message, source: Source) -> DnsAnswer | None:
    """Read a delegation (RFC 1034 §4.3.2 step 3b): NS in the authority section, no SOA, no AA."""
    if response.flags & dns.flags.AA or response.rcode() != dns.rcode.NOERROR or response.answer:
        return None
    ns = _first(response.authority, dns.rdatatype.NS)
    if ns is None or _first(response.authority, dns.rdatatype.SOA) is not None:
        return None
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


def _first(
    section: list[dns.rrset.RRset], rdtype: dns.rdatatype.RdataType
) -> dns.rrset.RRset | None:
    """Return the first RRset of *rdtype*, of class IN: the records of others are made otherwise."""
    return next((r for r in section if r.rdtype == rdtype and r.rdclass == dns.rdataclass.IN), None)


def _extended_error(response: dns.message.Message) -> str:
    """Return the extended DNS error, if the server sent one (RFC 8914)."""
    for option in response.options:
        if isinstance(option, dns.edns.EDEOption):
            return visible(" ".join(filter(None, [option.code.name, option.text or ""])), 80)
    return ""
