"""A zone that is to move to other servers, and whom the copies there name as its servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.authority import AuthorityAnswers
from mailcheck.facts.change.proposed import Proposed
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.referral import hosts_named
from mailcheck.finding import Advice
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved, each_of

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

SHOWN = 5
"""Servers that the advice names; the rest is counted."""


async def old_nameservers(zone: str) -> tuple[Advice, ...]:
    """Name the servers that the new copies of *zone* list and that it is not to move to.

    Resolvers believe the zone about its servers more than the one above (RFC 2181 §5.4.1).
    Servers that are given by address are known by that; what cannot be found out is left out.
    """
    moves_to = (await Proposed(zone)).moves_to
    if not moves_to:
        return ()
    [authority] = await each_of([AuthorityAnswers(zone, "NS")])
    if isinstance(authority, Unobserved):
        return ()
    copies = [said for _, said in authority.answers if said.status == "data" and not said.aliases]
    listed = dict.fromkeys(host for copy in copies for host in hosts_named(copy))
    addresses = {str(server.address) for server, _ in authority.said}
    others = [
        host for host in listed if host not in moves_to and await _is_another(host, addresses)
    ]
    if not others:
        return ()
    named = [visible(to_u_labels(host)) for host in others[:SHOWN]]
    more = [f"{len(others) - SHOWN} more"] if len(others) > SHOWN else []
    text = (
        f"{to_u_labels(zone)} is to move, and its copies there list other name servers, to which "
        f"resolvers go on: {', '.join(named + more)}"
    )
    return (Advice("old-nameservers", text),)


async def _is_another(host: str, addresses: AbstractSet[str]) -> bool:
    """Whether *host* is known to be none of the servers at *addresses*."""
    for one in await each_of([Lookup(host, "A"), Lookup(host, "AAAA")]):
        if isinstance(one, Unobserved) or not addresses.isdisjoint(one.texts):
            return False
    return True
