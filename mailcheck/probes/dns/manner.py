"""In what manner a server is asked that has not understood, or was not heard. No sockets, no clock.

Some servers and paths lose queries that have EDNS, or answers that are longer than what every path
takes; others lose every datagram. None of them says so.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from mailcheck.probes.dns.streams.stream import Streams
    from mailcheck.probes.dns.turns import Turns
    from mailcheck.probes.dns.upstream import Upstream
    from mailcheck.probes.dns.wire.query import Query

WITHOUT_EDNS = frozenset({"formerr", "notimp", "badvers", "badcookie", "malformed"})
"""Causes for which a query is repeated without EDNS (RFC 6891 §7)."""

_OTHERWISE_AFTER = 2
"""Datagrams in vain, after which every other one asks for 512 octets at most, which no path loses
for their length: an answer that is longer says that it is cut."""

FEW = 10
"""Streams open, half of those there may be, from which on none is spent on a server never heard."""

SILENT = "no datagram is answered"
UNREADABLE = "no datagram can be read"
SHUT = "no datagram is taken"


def fitting(query: Query, upstream: Upstream, tries: int, plain: Container[Upstream]) -> Query:
    """Return *query* as *upstream* is asked it after *tries* in vain; *plain* know no EDNS.

    On the way to a resolver something may lose EDNS. A server that loses it for others is silent to
    most resolvers too (DNS Flag Day 2019), so it is not humoured; but answers may be too long.
    """
    if upstream.is_plain or upstream in plain:
        return query.varied(edns=False, checking=query.checking)
    if tries < _OTHERWISE_AFTER or tries % 2:
        return query
    return query.varied(edns=False, checking=query.checking) if query.recursive else query.short()


def takes_a_stream(
    query: Query, upstream: Upstream, tries: int, turns: Turns, streams: Streams
) -> bool:
    """Whether to ask *query* over a stream beside the datagram that follows *tries* in vain.

    That is so with the last one to a server of which no datagram has ever come, unless too many
    *streams* of its kind are open: most of them are dead, and those that answer must not wait for
    them. One that has answered others is slow or lossy: its streams are for what fits no datagram.
    """
    if upstream.is_mute:
        return True
    is_left = tries > 0 and upstream.is_unheard and turns.is_last
    return is_left and streams.running(recursive=query.recursive) < FEW


def may_take_streams(query: Query, upstream: Upstream, turns: Turns) -> bool:
    """Whether to ask *query* over a stream, since nobody listens for datagrams at *upstream*.

    That is so of a resolver that never answered one, when nobody is left to ask. Some servers are
    set up to take streams only; where nobody listens for those either, that costs a round trip.
    """
    return query.recursive and upstream.is_unheard and not turns.left


def learn(upstream: Upstream, plain: Container[Upstream]) -> None:
    """Note that *upstream* has answered a query without EDNS.

    It was asked so because it said that it knows none, or because it was silent. Where it has
    answered what has EDNS before, a packet was lost, and the next query has EDNS again.
    """
    if upstream.is_unheard or upstream in plain:
        upstream.is_plain = True


def refused(upstream: Upstream, turns: Turns, now: float, *, is_ours: bool) -> float:
    """Note that nobody listens at *upstream*; return when to go on, infinity for at once.

    A run waits while its resolver, *is_ours*, restarts; there are too many servers of others.
    """
    upstream.missed(now, refused=True)
    pause = turns.refused(upstream, for_good=not is_ours or upstream.is_shut(now))
    return now + pause if pause else inf
