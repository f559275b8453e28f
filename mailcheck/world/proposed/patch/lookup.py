"""What the servers of a patched zone will say: the algorithm of RFC 1034 §4.3.2, step by step.

Each step looks at the patch first and asks the zone's servers only for what the patch leaves open,
so what nobody can say makes inconclusive only what turns on it.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import dns.name
import dns.rdatatype
from dns.rdatatype import CNAME, DNAME, DS, NS, RdataType

from mailcheck.evidence import visible
from mailcheck.facts.dns import DnsAnswer
from mailcheck.facts.records import normal_name
from mailcheck.question import NotObserved, Unobserved, each_of
from mailcheck.world.proposed.patch.cut import live_cut, proposed_cut, zone_cut
from mailcheck.world.proposed.patch.live import Live, ServedNow, downwards, wildcard_of
from mailcheck.world.proposed.patch.said import Wording, Written, of_no_zone
from mailcheck.world.proposed.patch.what_stays import WhatStays
from mailcheck.world.proposed.patch.written import is_mixture, mixture, written

if TYPE_CHECKING:
    from mailcheck.world.proposed.patch.copied import Copied
    from mailcheck.world.proposed.patch.patch import Patch
    from mailcheck.world.proposed.zone import Cut

UPWARDS = 6
"""Names above a name that does not exist, of which each is asked for."""


async def said(patch: Patch, name: str, rdtype: str) -> DnsAnswer | Cut | Copied:
    """Return what the servers of the zone that *patch* changes will say; no alias is followed.

    Raises:
        NotObserved: if that cannot be known.
    """
    asked, live = dns.name.from_text(name), Live(patch.origin)
    [now] = await each_of([ServedNow(patch.origin, name, rdtype)])
    if isinstance(now, Unobserved) and now.cause == "patch-of-no-zone":
        raise NotObserved(of_no_zone(patch, now))
    if patch.affects(asked):
        kind = dns.rdatatype.from_text(rdtype)
        return await _Lookup(patch, live, asked, kind, now).outcome()
    if isinstance(now, Unobserved):
        raise NotObserved(now)
    below = live.refers(now, name)
    return await live_cut(patch, live, below, now.evidence[0]) if below else now


class _Lookup:
    """One question to the patched zone; *now* is what its servers say to it today."""

    def __init__(
        self,
        patch: Patch,
        live: Live,
        name: dns.name.Name,
        rdtype: RdataType,
        now: DnsAnswer | Unobserved,
    ) -> None:
        self._patch = patch
        self._live = live
        self._name = name
        self._rdtype = rdtype
        self._now = now
        self._say = Wording(patch, name, rdtype, now)
        self._stays = WhatStays(patch, live, rdtype)

    async def outcome(self) -> DnsAnswer | Cut | Copied:
        """Go down to the name, look what is there, and if it does not exist, for a wildcard."""
        for at in downwards(self._patch.apex, self._name):
            is_apex, is_last = at == self._patch.apex, at == self._name
            if (
                not is_apex
                and not (is_last and self._rdtype == DS)
                and (cut := await self._cut(at))
            ):
                return cut
            if not is_last and (alias := await self._dname(at)):
                return alias
        if found := await self._at(self._name):
            return found
        return await self._absent()

    async def _cut(self, at: dns.name.Name) -> Cut | None:
        """Return the delegation *at* a name; one that is removed hid what is there and below."""
        patch = self._patch
        if servers := written(patch, at, NS):
            return await proposed_cut(patch, self._live, servers)
        if self._is_plain() or self._stays.is_hidden(at):
            return None
        answer = await self._live.said(at, "NS")
        zone = zone_cut(self._live, answer, at)
        if zone is None:
            return None
        if not patch.removes(at, NS):
            return await live_cut(patch, self._live, zone, answer.evidence[0])
        self._stays.hide(at, NS)
        return None

    async def _dname(self, at: dns.name.Name) -> DnsAnswer | None:
        """Return the alias by a DNAME *at* a name; one that is removed hid what is below."""
        if dname := written(self._patch, at, DNAME):
            return self._say.substituted(dname)
        if self._is_plain() or self._stays.is_hidden(at):
            return None
        now = self._now
        if isinstance(now, DnsAnswer) and not now.aliases and self._rdtype != CNAME:
            return None  # a DNAME would make it an alias
        answer = await self._live.said(at, "DNAME")
        if answer.status != "data" or answer.aliases or not self._is_substituted(at, answer):
            return None
        if not self._patch.removes(at, DNAME):
            return self._say.as_now()
        self._stays.hide(at, DNAME)
        return None

    def _is_substituted(self, at: dns.name.Name, dname: DnsAnswer) -> bool:
        """Whether the name is an alias by *dname*, so that this is no wildcard's."""
        now = self._now
        if isinstance(now, Unobserved):
            raise NotObserved(now)
        text = self._name.relativize(at).to_text()
        target = f"{text}.{dname.texts[0]}".removesuffix(".").lower()
        return target in (*now.aliases, *(said.removesuffix(".") for said in now.texts))

    async def _absent(self) -> DnsAnswer | Copied:
        """Deny the RRset, unless a wildcard covers the name (RFC 4592 §3.3.1)."""
        exists = await self._stays.exists(self._name)
        if exists is None:
            raise NotObserved(self._unseen(self._name))
        if exists:
            return self._say.denial("nodata")
        encloser, unseen = await self._encloser()
        wildcard = wildcard_of(encloser)
        if wildcard in (self._name, encloser):
            return self._say.denial("nxdomain")
        found = await self._at(wildcard)
        covers = found is not None or await self._stays.exists(wildcard)
        if covers is None or (covers and unseen):
            raise NotObserved(self._unseen(unseen or wildcard))
        return found or self._say.denial("nodata" if covers else "nxdomain")

    async def _encloser(self) -> tuple[dns.name.Name, dns.name.Name | None]:
        """Return the closest name above that will exist, and one below it of which that is open."""
        unseen: dns.name.Name | None = None
        at = self._name.parent()
        for taken in count(1):
            if exists := await self._stays.exists(at):
                break
            unseen = at if exists is None else unseen
            at = await self._deepest(at.parent()) if taken == UPWARDS else at.parent()
        return at, unseen

    async def _deepest(self, name: dns.name.Name) -> dns.name.Name:
        """Return the lowest of *name* and those above it that may exist.

        Below one that does not exist there is nothing (RFC 8020), so few are asked for. Short names
        are not left to that, since some servers deny empty non-terminals.
        """
        names = list(downwards(self._patch.apex, name))
        low, high = 0, len(names)
        while high - low > 1:
            middle = (low + high) // 2
            if await self._stays.exists(names[middle]) is False:
                high = middle
            else:
                low = middle
        return names[low]

    async def _at(self, name: dns.name.Name) -> DnsAnswer | Copied | None:
        """Return what is written at *name*: the RRset, or an alias in its place."""
        await self._refuse_mixture(name)
        for rdtype in dict.fromkeys((self._rdtype, CNAME)):
            if flattened := self._patch.flattened.get((name, rdtype)):
                return self._say.copied(rdtype, flattened)
            if proposed := written(self._patch, name, rdtype):
                return self._say.found(rdtype, Written(proposed, None))
            if amended := self._patch.amended.get((name, rdtype)):
                live = await self._stays.rrset(name, rdtype)
                placed, is_beside = amended.amend(name, rdtype, live)
                if placed:
                    return self._say.found(rdtype, Written(placed, None), beside_live=is_beside)
            elif not self._patch.removes(name, rdtype):
                live = await self._stays.rrset(name, rdtype)
                if live is not None:
                    return self._say.found(rdtype, Written(None, live))
        return None

    async def _refuse_mixture(self, name: dns.name.Name) -> None:
        """See that no alias stands beside other data (RFC 1034 §3.6.2).

        Raises:
            NotObserved: if one would, by the patch and what stays: no server loads such a zone.
        """
        proposed = self._patch.types_at(name)
        if is_mixture(self._patch, name):
            raise mixture(self._patch, name)
        if proposed and (others := await self._stays.beside(name, proposed)):
            raise mixture(self._patch, name, others)

    def _is_plain(self) -> bool:
        """Whether a denial of the zone itself shows that neither cut nor DNAME lies above."""
        now = self._now
        return (
            isinstance(now, DnsAnswer)
            and now.denier == self._patch.origin
            and not now.aliases
            and now.status in ("nodata", "nxdomain")
        )

    def _unseen(self, name: dns.name.Name) -> Unobserved:
        shown = visible(normal_name(name))
        text = f"{shown} exists by names below it, and no server says whether others than those that go"
        return Unobserved("names-below-unseen", text)
