"""What of a live zone stays when a patch is applied, as far as its servers show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.name
import dns.rdatatype
from dns.rdatatype import AAAA, CNAME, DNAME, NS, A, RdataType

from mailcheck.evidence import visible
from mailcheck.facts.records import normal_name
from mailcheck.names import to_u_labels
from mailcheck.question import NotObserved, Unobserved, each_of
from mailcheck.world.proposed.patch.cut import zone_cut
from mailcheck.world.proposed.patch.live import BELOW, USUAL, ServedNow
from mailcheck.world.proposed.patch.written import BESIDE_AN_ALIAS

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.referral import Zone
    from mailcheck.world.proposed.patch.live import Live
    from mailcheck.world.proposed.patch.patch import Patch


class WhatStays:
    """The live zone without what *patch* removes, for a question about *rdtype*."""

    def __init__(self, patch: Patch, live: Live, rdtype: RdataType) -> None:
        self._patch = patch
        self._live = live
        self._types = tuple(dict.fromkeys((*USUAL, dns.rdatatype.to_text(rdtype))))
        self._hidden: dns.name.Name | None = None
        self._hidden_by = NS

    def hide(self, name: dns.name.Name, by: RdataType) -> None:
        """Note that the delegation or DNAME of *name* goes: nobody can ask for what it hides."""
        self._hidden, self._hidden_by = name, by

    def is_hidden(self, name: dns.name.Name) -> bool:
        """Whether no server shows what is at *name*."""
        if self._hidden is None or not name.is_subdomain(self._hidden):
            return False
        return self._hidden_by == NS or name != self._hidden

    async def rrset(self, name: dns.name.Name, rdtype: RdataType) -> DnsAnswer | None:
        """Return the answer that holds the RRset written at *name*; not one of a wildcard.

        Raises:
            NotObserved: if nobody shows it.
        """
        self._insist(name)
        answer = await self._live.said(name, dns.rdatatype.to_text(rdtype))
        if answer.status != "data" or answer.aliases or not await self._live.exists(name):
            return None
        return answer

    async def exists(self, name: dns.name.Name) -> bool | None:
        """Whether *name* will be there.

        None if it is there now, and nothing that is seen of it stays, but not because it goes.

        Raises:
            NotObserved: if nobody shows it.
        """
        patch = self._patch
        if name in patch.given or name == patch.apex:
            return True
        if name != self._hidden:
            self._insist(name)
        if not await self._live.exists(name):
            return False
        if not patch.may_go(name):
            return True
        if zone := zone_cut(self._live, await self._live.said(name, "NS"), name):
            return not patch.removes(name, NS) or self._exists_without(zone, name)
        now = await self._types_now(name)
        for rdtype in now:
            if await self._remains(name, rdtype):
                return True
        if "DNAME" in now:
            raise NotObserved(_hidden(name, DNAME))
        below = await self._exist_below(name)
        return below or (None if below is None or not now else False)

    async def _remains(self, name: dns.name.Name, rdtype: str) -> bool:
        """Whether the RRset of *rdtype*, which is live, will have any of its records."""
        kind = dns.rdatatype.from_text(rdtype)
        if self._patch.removes(name, kind):
            return False
        amended = self._patch.amended.get((name, kind))
        live = amended and await self._live.said(name, rdtype)
        return not amended or amended.amend(name, kind, live)[0] is not None

    def _exists_without(self, zone: Zone, name: dns.name.Name) -> bool:
        """Whether *name* will be there when it delegates *zone* no more: by glue that is left.

        Raises:
            NotObserved: if more than glue may be left, or be all that is.
        """
        for server in zone.glue:
            host = dns.name.from_text(server.name)
            kind = A if server.address.version == 4 else AAAA
            if host.is_subdomain(name) and not self._patch.removes(host, kind):
                return True
        raise NotObserved(_hidden(name, NS))

    async def beside(self, name: dns.name.Name, proposed: tuple[RdataType, ...]) -> tuple[str, ...]:
        """Return the types that stay at *name* and may not stand beside those *proposed* there."""
        is_alias = CNAME in proposed
        if self.is_hidden(name) or (not is_alias and BESIDE_AN_ALIAS.issuperset(proposed)):
            return ()
        if name == self._patch.apex and not is_alias:
            return ()  # beside its SOA record no alias stands
        wanted = tuple(
            text
            for text in (self._types if is_alias else ("CNAME",))
            if not self._patch.has(name, kind := dns.rdatatype.from_text(text))
            and not (is_alias and kind in BESIDE_AN_ALIAS)
        )
        found = await self._held(name, wanted)
        return found if found and await self._live.exists(name) else ()

    async def _types_now(self, name: dns.name.Name) -> tuple[str, ...]:
        """Return the types that *name* has; if all that are seen go, all must have been seen."""
        said = await self._live.each(name, self._types)
        found = tuple(t for t, answer in zip(self._types, said, strict=True) if _holds(answer))
        kinds = map(dns.rdatatype.from_text, found)
        if all(self._patch.removes(name, k) or (name, k) in self._patch.amended for k in kinds):
            return await self._held(name, self._types)
        return found

    async def _held(self, name: dns.name.Name, rdtypes: tuple[str, ...]) -> tuple[str, ...]:
        said = await self._live.each(name, rdtypes)
        for answer in said:
            if isinstance(answer, Unobserved):
                raise NotObserved(answer)
        return tuple(text for text, answer in zip(rdtypes, said, strict=True) if _holds(answer))

    async def _exist_below(self, name: dns.name.Name) -> bool | None:
        """Whether a name right below *name* will be there, of those that are looked for."""
        children = list(self._patch.children(name))
        for label in BELOW:
            try:
                children.append(dns.name.Name((label.encode(),)).concatenate(name))
            except dns.name.NameTooLong:
                continue
        at_once = (ServedNow(self._patch.origin, normal_name(child), "A") for child in children)
        await each_of(at_once)
        doubtful = False
        for child in dict.fromkeys(children):
            exists = await self.exists(child)
            if exists:
                return True
            doubtful |= exists is None
        return None if doubtful else False

    def _insist(self, name: dns.name.Name) -> None:
        """See that what is at *name* can be asked for.

        Raises:
            NotObserved: if a delegation or DNAME, which goes, hides it.
        """
        if not self.is_hidden(name):
            return
        assert self._hidden is not None
        raise NotObserved(_hidden(self._hidden, self._hidden_by))


def _hidden(name: dns.name.Name, by: RdataType) -> Unobserved:
    """Say why nothing is known of what is below *name*."""
    shown = visible(to_u_labels(normal_name(name)))
    what = "delegation" if by == NS else "DNAME"
    text = f"what the zone has below the {what} of {shown}, which is removed, no server says before"
    return Unobserved("hidden-till-then", text)


def _holds(answer: DnsAnswer | Unobserved) -> bool:
    return not isinstance(answer, Unobserved) and answer.status == "data" and not answer.aliases
