"""Iterative resolution (RFC 1034 §5.3.3): from the root to the servers that speak for a name.

One coroutine goes the whole way, so that no question ever waits for one of its own kind. What it
asks is minimised (RFC 9156), which keeps the questions to the root, to registries and to zones the
same for all names below: each is asked once in a run.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from mailcheck.facts.aliases import endless, is_unfinished, joined, within
from mailcheck.facts.dns import RESOLVER_FAILS, DnsAnswer, NameServer, ServerQuery
from mailcheck.facts.minimising import MINIMISED, is_worth_a_question, one_label_more
from mailcheck.facts.polling import Polling, Said, doubling, rotated, was_reached
from mailcheck.facts.referral import Zone, hosts_named, zone_below
from mailcheck.facts.root import NO_RESOLVER, start
from mailcheck.names import is_under, parent, parse_address
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.facts.root import RootFact

MAX_QUESTIONS = 120
"""Questions on the way to one name. The longest honest way, an alias into a zone whose servers'
names lie in other zones, takes about 40; a hostile one would never end."""

MAX_SERVERS = 16
"""Servers of one zone that are asked; the root itself has thirteen."""

MAX_ADDRESSES = 4
"""Addresses of one family that are asked of one server."""

MAX_DEPTH = 4
"""Lookups of name servers' addresses within one another."""


@question
class FromAuthority(Question[DnsAnswer]):
    """The records of *name* and *rdtype* as the servers of its zone give them.

    ``refused`` if all of them refuse. Aliases are followed into other zones.
    """

    name: str
    rdtype: str

    async def derive(self) -> DnsAnswer:
        """Go there from the root, or from a zone that a resolver knows."""
        return await Iteration(await start()).resolve(self.name, self.rdtype)


class Iteration:
    """The way to one name, and to the addresses of the servers met on it.

    Its coroutines raise :class:`NotObserved` where the way ends.
    """

    def __init__(self, root: RootFact) -> None:
        self._root = root
        self._asked = 0
        self._hosts: dict[tuple[str, str], tuple[NameServer, ...]] = {}
        self._sought: set[str] = set()
        self._unseen: dict[str, Unobserved] = {}
        self._depth = 0

    async def resolve(self, name: str, rdtype: str) -> DnsAnswer:
        """Return what the servers that speak for *name*, and for its aliases, say."""
        chain: list[DnsAnswer] = []
        aliases: tuple[str, ...] = ()
        while True:
            chain.append(await self.authoritative(aliases[-1] if aliases else name, rdtype))
            if not is_unfinished(chain[-1]):
                return joined(chain)
            aliases += chain[-1].aliases
            if unending := endless(name, aliases):
                raise NotObserved(unending)

    async def zone_of(self, name: str) -> Zone:
        """Return the zone that holds *name*, as the zone above delegates it."""
        zone = held = await self._first_zone(name)
        known = zone.name
        while known != name:
            step = one_label_more(name, known)
            answer = await self.ask(zone, step, "NS")
            if below := zone_below(answer, zone.name, name):
                zone = held = below
                known = zone.name
                continue
            if isinstance(answer, Unobserved):  # there may be a zone further down, or none
                raise NotObserved(answer)
            if answer.status not in ("data", "nodata"):
                break
            if answer.status == "data" and not answer.aliases:
                # The servers of the zone above serve this one too, and so never refer to it.
                held = Zone(step, hosts_named(answer))
            known = step
        return held

    async def ask(self, zone: Zone, name: str, rdtype: str) -> DnsAnswer | Unobserved:
        """Ask the servers of *zone* until one answers with authority or refers further down.

        Few are asked at first: one, then twice as many at a time. Which one comes first depends on
        the name, so that names share the load of a zone and the same name always shares answers.
        """
        polling = Polling(zone.name, self._root.impostor, self._unseen)
        hosts = rotated(zone.hosts[:MAX_SERVERS], name)
        glue = [s for host in hosts for s in zone.glue if s.name == host]
        glue.sort(key=lambda server: server.address.version)
        for batch in doubling(glue):
            if answer := polling.heard(await self._say(name, rdtype, batch), name):
                return answer
        known = {server.name for server in glue}
        for some in doubling([host for host in hosts if host not in known]):
            said = await self._said_by(some, name, rdtype)
            polling.found(some, {server.name for server, _ in said})
            if answer := polling.heard(said, name):
                return answer
            if polling.in_vain:
                break
        return polling.outcome(complete=len(hosts) == len(zone.hosts))

    async def _said_by(self, hosts: Sequence[str], name: str, rdtype: str) -> list[Said]:
        """Ask name servers at their IPv4 addresses, those that none leads to at their IPv6 ones.

        They may have none, or this network have no IPv4.
        """
        said: list[Said] = []
        left = list(hosts)
        for family in ("A", "AAAA"):
            found = [server for host in left for server in await self._addresses(host, family)]
            said += await self._say(name, rdtype, found)
            reached = {server.name for server, answer in said if was_reached(answer)}
            left = [host for host in left if host not in reached]
        return said

    async def _addresses(self, host: str, rdtype: str) -> tuple[NameServer, ...]:
        if host in self._sought:
            return ()  # a server on the way to its own address is of no use
        if (host, rdtype) not in self._hosts:
            self._sought.add(host)
            self._hosts[host, rdtype] = await self.look_up(host, rdtype)
            self._sought.remove(host)
        return self._hosts[host, rdtype]

    async def authoritative(self, name: str, rdtype: str, around: Zone | None = None) -> DnsAnswer:
        """Return what the zone that holds *name* says, going down from *around* it.

        Without that, from the root. An alias that leads out of the zone is not followed.
        """
        zone = around or await self._first_zone(name)
        known = zone.name
        for taken in count():  # every turn asks a question, of which there are no more than so many
            step = one_label_more(name, known) if known != name else name
            if taken < MINIMISED and is_worth_a_question(step, name, rdtype, known, zone.name):
                answer = await self.ask(zone, step, "NS")
                if below := zone_below(answer, zone.name, name):
                    zone, known = below, below.name
                    continue
                if isinstance(answer, Unobserved) and answer.cause in _SILENT:
                    break
                if isinstance(answer, DnsAnswer) and answer.status in ("data", "nodata"):
                    known = step
                    continue
                # A denial here may be that of a server which knows no empty non-terminals.
            answer = await self.ask(zone, name, rdtype)
            if below := zone_below(answer, zone.name, name):
                zone, known = below, below.name
                continue
            break
        if isinstance(answer, Unobserved):
            raise NotObserved(answer)
        return within(answer, zone.name)

    async def look_up(self, host: str, rdtype: str) -> tuple[NameServer, ...]:
        """Return the name server *host* at its addresses of one family; none if none is known."""
        if self._depth >= MAX_DEPTH:
            return ()
        self._depth += 1
        try:
            ask = self.resolve if self._root.servers else self._guided
            answer = await ask(host, rdtype)
        except NotObserved as error:
            self._unseen[host] = error.unobserved
            return ()
        finally:
            self._depth -= 1
        return tuple(NameServer(parse_address(t), host) for t in answer.texts[:MAX_ADDRESSES])

    async def _first_zone(self, name: str) -> Zone:
        """Return the root, or the closest zone around *name* that a resolver knows."""
        if roots := self._root.servers:
            return Zone(".", tuple(dict.fromkeys(server.name for server in roots)), roots)
        while True:
            try:
                answer = await self._guided(name, "NS")
            except NotObserved as error:
                if name == "." or error.unobserved.cause not in RESOLVER_FAILS:
                    raise
            else:
                if answer.status == "data" and not answer.aliases:
                    return Zone(name, hosts_named(answer))
                if name == ".":
                    text = "no resolver knows the name servers of the root"
                    raise NotObserved(Unobserved("no-root", text))
                if answer.denier and not answer.aliases and _is_above(answer.denier, name):
                    name = answer.denier  # the zone that has no cut in between (RFC 2308 §3)
                    continue
            name = parent(name)

    async def _guided(self, name: str, rdtype: str) -> DnsAnswer:
        """Ask the resolvers that show the way, until one answers."""
        failed = Unobserved(NO_RESOLVER, "no resolver shows the way past the root")
        for guide in self._root.guides:
            [(_, answer)] = await self._say(name, rdtype, (guide,), recursive=True)
            if isinstance(answer, DnsAnswer):
                return answer
            failed = answer
        raise NotObserved(failed)

    async def _say(
        self, name: str, rdtype: str, servers: Sequence[NameServer], *, recursive: bool = False
    ) -> list[Said]:
        self._asked += len(servers)
        if self._asked > MAX_QUESTIONS:
            text = f"more than {MAX_QUESTIONS} questions lead from zone to zone and to no end"
            raise NotObserved(Unobserved("lame", text))
        queries = [ServerQuery(name, rdtype, server, recursive) for server in servers]
        return list(zip(servers, await each_of(queries), strict=True))


_SILENT = frozenset({"timeout", "unreachable", "no-ipv6-route", "budget-spent", "cancelled"})
"""Causes with which nothing was heard: who answers nothing will not answer another question."""


def _is_above(zone: str, name: str) -> bool:
    return zone != name and is_under(name, zone)
