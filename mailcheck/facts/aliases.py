"""Chains of aliases that are followed from zone to zone, each link believed of its own zone only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.names import is_under, to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.facts.dns import DnsAnswer

MAX_ALIASES = 16
"""Aliases that are followed for one name (named's and dnspython's limit)."""


def within(answer: DnsAnswer, zone: str) -> DnsAnswer:
    """Return as much of *answer* as a server of *zone* can say with authority.

    The first alias that leads out of the zone is the last thing it can know; what it adds about the
    target is another zone's to say.
    """
    for position, alias in enumerate(answer.aliases, 1):
        if not is_under(alias, zone):
            aliases = answer.aliases[:position]
            return replace(answer, status="nodata", records=(), aliases=aliases, denier="")
    return answer


def is_unfinished(answer: DnsAnswer) -> bool:
    """Whether the chain of *answer* ends in an alias whose target nobody has spoken about yet."""
    return answer.status == "nodata" and bool(answer.aliases) and not answer.denier


def joined(chain: Sequence[DnsAnswer]) -> DnsAnswer:
    """Return what an alias, the alias it leads to and so on say together.

    That lives as long as the shortest of them, and is validated only if all are.
    """
    if len(chain) == 1:
        return chain[0]
    return replace(
        chain[-1],
        name=chain[0].name,
        aliases=tuple(alias for answer in chain for alias in answer.aliases),
        ttl=min((answer.ttl for answer in chain if answer.ttl is not None), default=None),
        authenticated=all(answer.authenticated for answer in chain),
    )


def endless(name: str, aliases: Sequence[str]) -> Unobserved | None:
    """Say why the *aliases* of *name* lead nowhere, or None if they may still end."""
    shown = visible(" → ".join(map(to_u_labels, (name, *aliases))))
    if len({name, *aliases}) <= len(aliases):
        return Unobserved("alias-loop", f"the aliases go in a circle: {shown}")
    if len(aliases) > MAX_ALIASES:
        return Unobserved("alias-chain-too-long", f"more than {MAX_ALIASES} aliases: {shown}")
    return None
