"""A zone as the servers serve it to which it is to move, asked before its delegation moves there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.agreement import views_of
from mailcheck.facts.aliases import within
from mailcheck.facts.change.proposed import ProposedAnswer
from mailcheck.facts.dns import ANSWERS, DnsAnswer, NameServer, ServerQuery
from mailcheck.facts.iteration import MAX_ADDRESSES
from mailcheck.facts.lookup import Lookup
from mailcheck.facts.polling import Polling
from mailcheck.facts.referral import zone_below
from mailcheck.names import is_under, parse_address, to_u_labels
from mailcheck.question import NotObserved, Unobserved, each_of
from mailcheck.world.proposed.zone import Cut

if TYPE_CHECKING:
    from mailcheck.evidence import Evidence


@dataclass(frozen=True, slots=True)
class ServedZone:
    """The zone *origin* on *servers*, which are host names or addresses."""

    origin: str
    servers: tuple[str, ...]

    @property
    def by(self) -> str:
        """Who proposes it."""
        return ", ".join(map(to_u_labels, self.servers))

    async def answer(self, name: str, rdtype: str) -> ProposedAnswer | Cut:
        """Return what the servers say that speak for the zone; the others are shown beside it.

        If all of them refuse, that is the answer: so they will, once the zone is delegated to them.

        Raises:
            NotObserved: if they say different things, or none was heard.
        """
        hosts, bare = await self._hosts()
        if not hosts:
            if own := [host for host in bare if is_under(host, self.origin)]:
                text = (
                    f"{visible(to_u_labels(own[0]))} lies in the zone that is to move, and has no "
                    f"address there today: give that of the server, "
                    f"ns:{to_u_labels(self.origin)}=ADDRESS"
                )
            else:
                named = visible(", ".join(map(to_u_labels, bare)))
                text = f"{to_u_labels(self.origin)} is to move to {named}: no address is known"
            raise NotObserved(Unobserved("lame", text))
        said = await each_of(ServerQuery(name, rdtype, host) for host in hosts)
        polling = Polling(self.origin)
        polling.found(bare, ())
        speaking: list[tuple[NameServer, DnsAnswer]] = []
        others: list[Evidence] = []
        for host, answer in zip(hosts, said, strict=True):
            if counts := polling.heard([(host, answer)], name):
                speaking.append((host, within(counts, self.origin)))
            else:
                others += answer.evidence
        for _, answer in speaking:
            if below := zone_below(answer, self.origin, name):
                return Cut(below.name, below.hosts, below.glue, _proposed(answer.evidence[0]))
        views = views_of(tuple(speaking))
        if views.differ:
            raise NotObserved(Unobserved("proposed-servers-differ", str(views)))
        answer = speaking[0][1] if speaking else _insisted(polling.outcome(complete=True))
        lines = answer.evidence if speaking else ()
        return ProposedAnswer.resting_on(answer, *map(_proposed, (*lines, *others)))

    async def said_by(self, asked: ServerQuery, now: DnsAnswer) -> ProposedAnswer | None:
        """Return what a server will say that takes part in the move, and says *now* something else.

        Each of the new servers goes on saying its own, and who delegates the zone will refer to
        them, at the addresses that they have now. So will who has the zone and is asked for NS: it
        may have the zone above as well. None for others.

        Raises:
            NotObserved: if the address of a server cannot be found out.
        """
        hosts, bare = await self._hosts()
        if now.status != "referral" or now.cut != self.origin:
            if any(host.address == asked.server.address for host in hosts):
                return ProposedAnswer.resting_on(now, *map(_proposed, now.evidence))
            if asked.rdtype != "NS" or not self._has_it(now):
                return None
            now = _referring(now, self.origin)
        glue = tuple(host if host.name else self._named(host) for host in hosts)
        names = tuple(sorted({*bare, *(host.name for host in glue)}))
        then = replace(now, delegated_to=names, glue=glue)
        instead = f"proposed, in place of what {asked.server} says now"
        return ProposedAnswer.resting_on(then, *(replace(e, source=instead) for e in then.evidence))

    def _has_it(self, now: DnsAnswer) -> bool:
        """Whether who says this has the zone."""
        denies_above = now.denier and not is_under(now.denier, self.origin)
        return now.authoritative and now.status in ANSWERS and not denies_above

    def _named(self, host: NameServer) -> NameServer:
        """Return *host* under a name made of its address: a delegation leads to names only."""
        label = str(host.address).replace(".", "-").replace(":", "-").strip("-")
        return replace(host, name=f"{label}.{self.origin}".removesuffix("."))

    async def _hosts(self) -> tuple[list[NameServer], list[str]]:
        """Return the servers at their addresses, and the names of those that have none.

        Raises:
            NotObserved: if an address cannot be found out.
        """
        found: list[NameServer] = []
        bare: list[str] = []
        for server in self.servers:
            try:
                found.append(NameServer(parse_address(server)))
                continue
            except ValueError:
                known = len(found)
            for rdtype in ("A", "AAAA"):
                addresses = (await Lookup(server, rdtype)).texts[:MAX_ADDRESSES]
                found += [NameServer(parse_address(text), server) for text in addresses]
            bare += [server] if len(found) == known else []
        return found, bare


def _referring(now: DnsAnswer, zone: str) -> DnsAnswer:
    """Return what is said instead of *now* by who has the zone above, and not *zone* itself."""
    return DnsAnswer(now.name, now.rdtype, "referral", cut=zone, source=now.source)


def _insisted(outcome: DnsAnswer | Unobserved) -> DnsAnswer:
    if isinstance(outcome, Unobserved):
        raise NotObserved(outcome)
    return outcome


def _proposed(line: Evidence) -> Evidence:
    return replace(line, source=f"proposed, {line.source}" if line.source else "proposed")
