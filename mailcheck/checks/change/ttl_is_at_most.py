"""Caches keep a record no longer than so many seconds.

Requires
    The TTL of the records is no longer than ``seconds``; so is that of every alias on the way to
    them.

Why
    After a change, caches serve the old record for as long as its TTL said when they asked. Whoever
    moves mail lowers the TTL first, waits until the old one has run out, and moves then: otherwise
    senders go on to the old server for a day or two.

Met when
    The zone's own servers give no longer TTL: a resolver would tell what is left of it. In a run
    with ``--mail-proposed`` the TTL in the proposed zone counts. Of several links of a chain of
    aliases the longest TTL decides, because each link is kept for its own: the old chain ends when
    the last one is forgotten. Of servers that differ, the longest TTL counts too.

Unmet when
    ttl-too-long: the records, or an alias on the way to them, have a longer TTL.
        After a change, senders go on to the old server for so long.
    no-record: the name exists and has no record of the type.
        There is nothing whose TTL could be lowered; that there is none is cached as well, for the
        last number of the SOA (RFC 2308 §5).
    no-such-domain: the name, or one it is an alias of, does not exist (NXDOMAIN).
        There is nothing whose TTL could be lowered; the name may be mistyped.
    refused-by-authority: all name servers of the name's zone refuse to answer for it.
        Resolvers say SERVFAIL; nothing is cached for long, and nothing is found.

Not judged here
    How long ago the TTL was lowered: caches may still hold the record with the old one. Resolvers
    that keep records longer than they are told. The addresses of the hosts that an MX names: they
    have a TTL of their own. A server that is silent while others of its zone answer. Whether a live
    name has its records from a wildcard that has the same, which is proposed then.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.authority import told_by, told_servers
from mailcheck.facts.change.ttl import links, owner_of
from mailcheck.facts.dns import DnsAnswer, name_server, told
from mailcheck.facts.existence import absence, remedy_of_absence
from mailcheck.finding import Finding, Part, Reason, Remedy, all_hold, met, unmet
from mailcheck.names import Domain, RecordType, to_u_labels
from mailcheck.question import Unobserved
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class TtlIsAtMost:
    """The parameters of the sentence."""

    type: RecordType = slot("the type of the records", subjects=())
    name: Domain = slot("the name of the records", subjects=("domain",))
    seconds: int = slot("the longest TTL they may have, in seconds", subjects=())


async def judge(wanted: TtlIsAtMost) -> Finding:
    """Compare every link from the name to its records."""
    return all_hold([await _part(link, wanted) for link in await links(wanted.name, wanted.type)])


async def _part(link: DnsAnswer | Unobserved, wanted: TtlIsAtMost) -> Part:
    if isinstance(link, Unobserved):
        return link
    if gone := absence(link):
        return Finding((gone,))
    name, kind = to_u_labels(link.name), link.rdtype
    if link.status != "data" or link.ttl is None:
        return unmet("no-record", f"{name} has no {kind} record", link.name)
    if link.ttl <= wanted.seconds:
        return met()
    whose = f"the alias {name} (CNAME)" if kind == "CNAME" else f"{kind} of {name}"
    text = f"{whose} has a TTL of {link.ttl} seconds, more than {wanted.seconds}"
    owner = await owner_of(link)
    instead = tuple(f"{owner}.  {wanted.seconds}  IN  {kind}  {t}" for t in link.texts)
    return Finding((Reason("ttl-too-long", text, link.name, instead),))


def remedy(wanted: TtlIsAtMost, reason: Reason) -> Remedy:
    """The records with the TTL, and what to wait for."""
    name = to_u_labels(wanted.name)
    if reason.tag in ("no-record", "no-such-domain"):
        return Remedy(instruction=f"Check the name and the type: {wanted.type} of {name}.")
    if refused := remedy_of_absence(reason, wanted.name):
        return refused
    how = (
        f"Lower the TTL to {wanted.seconds}, and change nothing else before the old one has run out"
    )
    return Remedy(reason.instead, f"{how}:" if reason.instead else f"{how}.")


NS1 = name_server("192.0.2.1", "ns1.example.net")
SERVERS = told_servers("example.com", NS1)

CHECK = check(
    __doc__,
    template="TTL of {type} [of {name}] is at most {seconds}",
    parameters=TtlIsAtMost,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1035 §3.2.1", "RFC 2181 §5.2", "RFC 1912 §2.2"),
    over_several=True,
    examples=(
        Example(
            "ready for a move",
            "TTL of MX of example.com is at most 300",
            (*SERVERS, told_by(NS1, "example.com MX", "10 mail.example.com.", ttl=300)),
            ends="met",
        ),
        Example(
            "a day, as it always was",
            "TTL of MX of example.com is at most 300",
            (*SERVERS, told_by(NS1, "example.com MX", "10 mail.example.com.", ttl=86400)),
            ends="ttl-too-long",
        ),
        Example(
            "an alias that is kept for a day, of a name whose servers are silent",
            "TTL of A of www.example.com is at most 300",
            (
                *SERVERS,
                told("www.example.com NS", "NODATA", denier="example.com"),
                told_by(NS1, "www.example.com A", "-> web.example.org"),
                told_by(NS1, "www.example.com CNAME", "web.example.org.", ttl=86400),
                told("web.example.org NS", "TIMEOUT"),
            ),
            ends="ttl-too-long",
            partly_unknown=True,
        ),
    ),
)
