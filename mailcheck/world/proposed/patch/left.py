"""What stays as it is live in a zone that is whole otherwise: filters of a tool leave it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.name
import dns.rdatatype
from dns.rdatatype import CNAME

from mailcheck.facts.records import normal_name
from mailcheck.question import NotObserved, Unobserved
from mailcheck.world.proposed.patch.live import USUAL, Live, wildcard_of

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.world.proposed.patch.patch import Patch


class Left:
    """The RRsets of the zone of *patch* that are live, that it does not mention, and that stay."""

    def __init__(self, patch: Patch) -> None:
        self._patch = patch
        self._live = Live(patch.origin)

    def stays(self, name: dns.name.Name, rdtype: str) -> bool:
        """Whether an RRset stays if it is live."""
        kind = dns.rdatatype.from_text(rdtype)
        stays = self._patch.stays
        if stays is None or kind in self._patch.types_at(name):
            return False
        return stays(normal_name(name), rdtype)

    async def answer(self, name: dns.name.Name, rdtype: str) -> DnsAnswer | None:
        """Return what is live, if that is an RRset that stays, its alias, or that of its wildcard.

        Raises:
            NotObserved: if that cannot be known.
        """
        owners = (
            [name] if wildcard_of(name.parent()) == name else [name, wildcard_of(name.parent())]
        )
        kinds = dict.fromkeys((rdtype, "CNAME"))
        if not any(self.stays(owner, kind) for owner in owners for kind in kinds):
            return None
        try:
            answer = await self._live.said(name, rdtype)
        except NotObserved as error:
            if error.unobserved.cause == "patch-of-no-zone":
                return None  # what is no zone yet has nothing
            raise
        if answer.status != "data" and not answer.aliases:
            return None
        kind = dns.rdatatype.to_text(CNAME) if answer.aliases else rdtype
        owner = owners[0] if await self._live.exists(name) else owners[-1]
        return answer if self.stays(owner, kind) else None

    async def exists(self, name: dns.name.Name) -> bool:
        """Whether *name* is there by an RRset of a usual type that stays.

        Raises:
            NotObserved: if that cannot be known.
        """
        kinds = tuple(kind for kind in USUAL if self.stays(name, kind))
        for answer in await self._live.each(name, kinds):
            if isinstance(answer, Unobserved):
                if answer.cause == "patch-of-no-zone":
                    return False
                raise NotObserved(answer)
            if answer.status == "data" and not answer.aliases:
                return await self._live.exists(name)
        return False
