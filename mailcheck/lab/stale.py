"""Old copies of zones, as a resolver serves them from its cache until their TTLs end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.message
import dns.rrset

from mailcheck.lab.authority import Authority

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.lab.description import StaleZone


class StaleCopies:
    """The old copies of one resolver; of several around a name, the deepest answers."""

    def __init__(self, copies: Iterable[StaleZone]) -> None:
        self._copies = sorted(copies, key=lambda copy: len(copy.zone.origin), reverse=True)

    def answer(self, query: dns.message.Message) -> dns.message.Message | None:
        """Answer *query* from an old copy, None if none is around the name asked."""
        name = query.question[0].name
        for copy in self._copies:
            if copy.zone.holds(name):
                reply = Authority([copy.zone]).answer(query)
                if copy.ttl_left is not None:
                    reply.answer = _aged(reply.answer, copy.ttl_left)
                    reply.authority = _aged(reply.authority, copy.ttl_left)
                return reply
        return None


def _aged(section: list[dns.rrset.RRset], ttl: int) -> list[dns.rrset.RRset]:
    """Return *section* with *ttl* on every record. RRsets belong to the zone and are copied."""
    return [dns.rrset.from_rdata_list(rrset.name, ttl, list(rrset)) for rrset in section]
