"""How long caches keep what leads from a name to its records: the TTLs as they are published.

A resolver's cache tells what is left of a TTL, so the zone's own servers are asked, or the change
that is proposed.
"""

from __future__ import annotations

from dataclasses import replace

from mailcheck.facts.aliases import endless
from mailcheck.facts.authority import AuthorityAnswers
from mailcheck.facts.change.changes import Changes, ChangesFact
from mailcheck.facts.change.proposed import Proposed, ProposedAnswer, ProposedFact
from mailcheck.facts.change.wildcards import Wildcards
from mailcheck.facts.dns import DnsAnswer
from mailcheck.facts.lookup import Lookup
from mailcheck.names import parent
from mailcheck.question import Unobserved, each_of


async def links(name: str, rdtype: str) -> list[DnsAnswer | Unobserved]:
    """Return the aliases of *name*, each as the CNAME it is, and behind them the records.

    Where servers of a zone have different TTLs, the longest counts. The last one may be a denial,
    or why no more is known.
    """
    found: list[DnsAnswer | Unobserved] = []
    at = name
    aliases: tuple[str, ...] = ()
    while True:
        said = await _said(at, rdtype)
        if isinstance(said, ProposedAnswer) and said.copied_from:
            return [*found, await _of_copies(said)]
        if rdtype == "CNAME" or (isinstance(said, DnsAnswer) and not said.aliases):
            return [*found, said]
        alias = await _said(at, "CNAME")
        if isinstance(alias, ProposedAnswer) and alias.copied_from:
            alias = await _of_copies(alias)
        if isinstance(alias, Unobserved) or alias.status != "data":
            return [*found, said]
        found.append(alias)
        at = alias.texts[0].removesuffix(".") or "."
        aliases = (*aliases, at)
        if unending := endless(name, aliases):
            return [*found, unending]


async def _of_copies(said: ProposedAnswer) -> DnsAnswer | Unobserved:
    """Return what is *said* for as long as all that its records are copied from."""
    if said.status != "data":
        return said
    behind = await links(said.copied_from, said.rdtype)
    if unknown := next((link for link in behind if isinstance(link, Unobserved)), None):
        return unknown
    ttls = [link.ttl for link in (said, *behind) if isinstance(link, DnsAnswer)]
    return replace(said, ttl=min((ttl for ttl in ttls if ttl is not None), default=None))


async def owner_of(link: DnsAnswer) -> str:
    """Return the name at which the records of *link* are written: its own, or a wildcard's.

    Where nobody proposes the zone, a wildcard beside the name that has the same is taken for that.
    """
    [proposed] = await each_of([Proposed(link.name)])
    if isinstance(proposed, ProposedFact) and proposed.by:
        [changes] = await each_of([Changes()])
        change = changes.around(link.name) if isinstance(changes, ChangesFact) else None
        return (
            Wildcards(change).above(link.name) if change and change.says_all else ""
        ) or link.name
    wildcard = f"*.{parent(link.name)}"
    if "." not in parent(link.name) or wildcard == link.name:
        return link.name
    same = await _said(wildcard, link.rdtype)
    if not isinstance(same, DnsAnswer) or (same.texts, same.ttl) != (link.texts, link.ttl):
        return link.name
    return wildcard


async def _said(name: str, rdtype: str) -> DnsAnswer | Unobserved:
    """Return what is proposed, or the published answer that is kept the longest."""
    [proposed] = await each_of([Proposed(name)])
    if isinstance(proposed, ProposedFact) and proposed.by:
        [answer] = await each_of([Lookup(name, rdtype)])
        return answer
    [authority] = await each_of([AuthorityAnswers(name, rdtype)])
    if isinstance(authority, Unobserved):
        return authority
    if authority.answers:
        answers = [answer for _, answer in authority.answers]
        return max(answers, key=lambda answer: (answer.status == "data", answer.ttl or 0))
    unheard = (*authority.silent, *(a for _, a in authority.said if isinstance(a, Unobserved)))
    refusals = [a for _, a in authority.said if isinstance(a, DnsAnswer) and a.status == "refused"]
    if refusals and not unheard:
        return refusals[0]
    nobody = Unobserved("lame", f"no server of {name} speaks for it")
    return unheard[0] if unheard else nobody
