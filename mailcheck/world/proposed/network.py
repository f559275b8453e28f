"""The network as it will be: what is proposed as it is written, everything else as it is live.

Everything here is a coroutine over questions to the live network, so it can be told that network
in a test. Of names of a proposed zone no resolver is asked, which would keep a denial: only servers
that speak for them. One that is asked for an alias elsewhere follows it there all the same.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import dns.name

from mailcheck.facts.aliases import endless, is_unfinished, joined
from mailcheck.facts.change.changes import Changes, ChangesFact, NamesInUse, NamesInUseFact
from mailcheck.facts.change.every_server import SaidByEach
from mailcheck.facts.change.proposed import (
    Proposed,
    ProposedAnswer,
    ProposedCopy,
    ProposedFact,
    Published,
    PublishedByEach,
)
from mailcheck.facts.dns import DnsAnswer, DnsQuery, NameServer, ServerQuery
from mailcheck.facts.iteration import MAX_ADDRESSES, MAX_SERVERS, FromAuthority, Iteration
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.referral import Zone
from mailcheck.facts.root import Root, RootFact
from mailcheck.names import parse_address
from mailcheck.question import NotObserved, Unobserved, each_of
from mailcheck.world.proposed.changes import change_to
from mailcheck.world.proposed.copies import copy_of
from mailcheck.world.proposed.links import broken_off, lines_of
from mailcheck.world.proposed.patch.copied import Copied
from mailcheck.world.proposed.patch.patch import Patch
from mailcheck.world.proposed.search import Search
from mailcheck.world.proposed.served import ServedZone
from mailcheck.world.proposed.speaking import referral, speaks_for
from mailcheck.world.proposed.zone import Cut
from mailcheck.world.proposed.zones import Zones

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.evidence import Evidence
    from mailcheck.question import Question
    from mailcheck.world.names_in_use import Names
    from mailcheck.world.proposed.authority import Authority


class ProposedNetwork:
    """Answers questions as though *zones*, by their names, were live.

    *names* are those that the suites of the run refer to.
    """

    def __init__(self, zones: Mapping[str, Authority], names: Names | None = None) -> None:
        self._zones = Zones(zones)
        self._names = names

    def holds(self, name: str) -> bool:
        """Whether *name* lies in a zone that is proposed."""
        return self._zones.around(name) is not None

    def unasked(self) -> dict[str, str]:
        """Return the zones that nobody asked about, each in words for people."""
        return self._zones.unasked(self._names.all if self._names else ())

    async def answer(self, question: Question[Any]) -> Any:
        """Answer a question to the network as it will be, by questions to the network as it is."""
        match question:
            case DnsQuery():
                return await self.look_up(question.name, question.rdtype)
            case ServerQuery():
                return await self._said_by(question)
            case Proposed():
                return self._change_of(question.name)
            case ProposedCopy():
                self._zones.asked(question.zone, "SOA")
                used = self._names.fact() if self._names else NamesInUseFact()
                return copy_of(question.zone, self._zones.authorities, used)
            case Published():
                return await FromAuthority(question.name, question.rdtype)
            case PublishedByEach():
                return await SaidByEach(question.zone, question.rdtype)
            case Changes():
                return ChangesFact(
                    {zone: change_to(at) for zone, at in self._zones.authorities.items()}
                )
            case NamesInUse() if self._names:
                self._zones.all_are_looked_through()
                return self._names.fact()
        return await question

    def _change_of(self, name: str) -> ProposedFact:
        authority = self._zones.asked(name, "A")
        if authority is None:
            return ProposedFact()
        if isinstance(authority, Patch) and not authority.affects(dns.name.from_text(name)):
            return ProposedFact()
        if isinstance(authority, ServedZone) and authority.origin == name:
            return ProposedFact(authority.by, authority.servers)
        return ProposedFact(authority.by)

    async def look_up(self, name: str, rdtype: str, search: Search | None = None) -> DnsAnswer:
        """Return the records of *name*, its aliases followed into the live network and back.

        It is a part of *search*, if it is not what was asked for.
        """
        search = search or Search()
        chain: list[DnsAnswer] = []
        aliases: tuple[str, ...] = ()
        lines: tuple[Evidence, ...] = ()
        while True:
            at = aliases[-1] if aliases else name
            try:
                chain.append(await self._link(at, rdtype, chain, search))
                self._zones.leads(chain[-1])
            except NotObserved as error:
                raise broken_off(lines, error) from None
            lines += lines_of(chain[-1])
            if not is_unfinished(chain[-1]):
                break
            aliases += chain[-1].aliases
            if unending := endless(name, aliases):
                raise broken_off(lines, NotObserved(unending))
        return chain[0] if len(chain) == 1 else ProposedAnswer.resting_on(joined(chain), *lines)

    async def _link(
        self, name: str, rdtype: str, chain: list[DnsAnswer], search: Search
    ) -> DnsAnswer:
        """Return what is known of *name* itself, up to the first alias into another zone."""
        authority = self._zones.asked(name, rdtype)
        if authority is not None:
            said = await authority.answer(name, rdtype)
            if isinstance(said, Copied):
                return await self._copied(said, search)
            return await self._below(said, name, rdtype, search) if isinstance(said, Cut) else said
        # At the end of a chain nobody comes after us who would doubt a resolver.
        is_end = chain or search.copies
        live: Question[DnsAnswer] = Lookup(name, rdtype) if is_end else DnsQuery(name, rdtype)
        return self._as_far_as_live(await live)

    def _as_far_as_live(self, answer: DnsAnswer) -> DnsAnswer:
        """Cut off what *answer* says of aliases that lead to a name of a proposed zone."""
        for position, alias in enumerate(answer.aliases, 1):
            if self._zones.around(alias):
                aliases = answer.aliases[:position]
                return replace(answer, status="nodata", records=(), aliases=aliases, denier="")
        return answer

    async def _copied(self, copied: Copied, search: Search) -> ProposedAnswer:
        """Return as a name's own what its target will have, which may have copies itself."""
        further = search.of_original(copied)
        if isinstance(further, Unobserved):
            raise broken_off([copied.seen], NotObserved(further))
        try:
            found = await self.look_up(copied.target, copied.copies, further)
            self._zones.leads(replace(found, name=copied.name, aliases=(copied.target,)))
            return copied.answer(found)
        except NotObserved as error:
            raise broken_off([copied.seen], error) from None

    async def _below(self, cut: Cut, name: str, rdtype: str, search: Search) -> ProposedAnswer:
        """Ask the servers that a proposed zone delegates to, at the addresses they will have."""
        glue = cut.glue
        for host in cut.hosts[:MAX_SERVERS]:
            if all(server.name != host for server in cut.glue):
                glue += await self._addresses(host, search.of_host(host))
        zone = Zone(cut.below, cut.hosts, glue)
        # Without the root, the addresses that are known have to do.
        [root] = await each_of([Root()])
        iteration = Iteration(root if isinstance(root, RootFact) else RootFact(()))
        try:
            answer = await iteration.authoritative(name, rdtype, zone)
        except NotObserved as error:
            raise broken_off([cut.seen], error) from None
        return ProposedAnswer.resting_on(self._as_far_as_live(answer), cut.seen, *lines_of(answer))

    async def _addresses(self, host: str, search: Search | None) -> tuple[NameServer, ...]:
        """Return the name server *host* at the addresses it will have; none if none is known."""
        found: tuple[NameServer, ...] = ()
        for rdtype in ("A", "AAAA") if search else ():
            try:
                answer = await self.look_up(host, rdtype, search)
            except NotObserved:
                continue
            texts = answer.texts[:MAX_ADDRESSES]
            found += tuple(NameServer(parse_address(text), host) for text in texts)
        return found

    async def _said_by(self, asked: ServerQuery) -> DnsAnswer:
        """Answer for one server: what it says of a proposed zone now, it will not say then.

        Only if it speaks for the zone. One that refuses, or refers to others, goes on doing so.
        """
        authority = self._zones.asked(asked.name, asked.rdtype)
        if authority is None:
            return await asked
        if asked.recursive:
            return await self.look_up(asked.name, asked.rdtype)
        now = await asked
        if isinstance(authority, ServedZone) and (then := await authority.said_by(asked, now)):
            return then
        if not speaks_for(authority.origin, now):
            return now
        return await self._as_served(authority, asked, now)

    async def _as_served(
        self, authority: Authority, asked: ServerQuery, now: DnsAnswer
    ) -> DnsAnswer:
        """Return what a server of the zone will say; aliases are followed as far as it goes."""
        chain: list[DnsAnswer] = []
        aliases: tuple[str, ...] = ()
        name = asked.name
        while self._zones.around(name, asked.rdtype) is authority:
            said = await authority.answer(name, asked.rdtype)
            if isinstance(said, Copied):
                said = await self._copied(said, Search())
            if isinstance(said, Cut):
                if not chain:
                    return now if said.is_to(asked.server) else referral(asked, said)
                break
            if not (chain or now.aliases or isinstance(said, ProposedAnswer)):
                return now  # each server has its own copy of what is left as it is
            chain.append(said)
            if not is_unfinished(said):
                break
            aliases += said.aliases
            if unending := endless(asked.name, aliases):
                raise NotObserved(unending)
            name = aliases[-1]
        lines = tuple(
            replace(line, source=f"{line.source}, in place of what {asked.server} says now")
            if isinstance(link, ProposedAnswer)
            else line
            for link in chain
            for line in lines_of(link)
        )
        return ProposedAnswer.resting_on(replace(joined(chain), authoritative=True), *lines)
