"""Answers DNS questions: one course for each, and one more for each alias left unfollowed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mailcheck.facts.aliases import endless, is_unfinished, joined
from mailcheck.facts.dns import DnsAnswer, DnsQuery, NameServer, ServerQuery, Source
from mailcheck.probes.dns.clock import Clock
from mailcheck.probes.dns.course import Course
from mailcheck.probes.dns.datagrams.pace import LARGEST, WITH_SERVERS, Patience
from mailcheck.probes.dns.failures import Asked, shown_chain, unobserved
from mailcheck.probes.dns.health import Health
from mailcheck.probes.dns.streams.stream import Streams
from mailcheck.probes.dns.transport import Transport
from mailcheck.probes.dns.turns import Turns
from mailcheck.probes.dns.upstream import Upstream, in_order
from mailcheck.probes.dns.wire.query import NotAName, Query
from mailcheck.probes.routes import has_route
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Mapping, Sequence

    from mailcheck.probes.dns.datagrams.channel import Counts
    from mailcheck.probes.routes import Endpoint, Routes

OTHERS_WINDOW = 100
"""Queries unanswered at a time by a server that is not a resolver of the run: somebody else's."""

_NO_IPV6_ROUTE = Unobserved("no-ipv6-route", not_evaluated=True)
"""Said of each question with its own evidence."""

NO_RESOLVER = Unobserved("no-resolver", "no resolver is configured; name one with --mail-resolver")


class DnsProbe:
    """Answers :class:`DnsQuery` and :class:`ServerQuery`, with sockets on *loop*.

    *resolvers* are the run's, *routes* say where packets go. *clock* runs while somebody listens.
    Without *patience*, resolvers have more of it than servers that are asked directly.
    """

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        resolvers: tuple[NameServer, ...],
        routes: Routes,
        patience: Patience | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.clock = clock or Clock()
        self._patience = patience or Patience()
        self._with_servers = patience or WITH_SERVERS
        self.streams = Streams(loop, self.clock)
        self._transport = Transport(loop, self.clock)
        self._transport.on_sweep = self._sweep
        self._routes = routes
        self._upstreams: dict[tuple[NameServer, str, int], Upstream] = {}
        self._open: dict[Course, None] = {}
        self._resolvers = tuple([self._upstream(one, LARGEST) for one in resolvers])
        self._health = Health(self._resolvers, self.clock, self.streams)
        shown = ", ".join(map(str, resolvers))
        self._dead = Unobserved(
            "resolver-dead", f"none of the resolvers answers: {shown}", not_evaluated=True
        )

    @property
    def counts(self) -> Mapping[Endpoint, Counts]:
        """What was sent to each server, and what became of it."""
        return {where: one.counts for where, one in self._transport.channels.items()}

    def ask(
        self, question: DnsQuery | ServerQuery, deliver: Callable[[DnsAnswer | Unobserved], None]
    ) -> None:
        """Ask, and retry what is inconclusive; a definite answer is never asked for twice.

        *deliver* is called once, now or when the loop turns.
        """
        is_dead = self._health.is_dead and self._health.is_still_dead()
        if isinstance(question, ServerQuery):
            upstream = self._upstream(question.server)
            if is_dead and any(upstream.endpoint == one.endpoint for one in self._resolvers):
                deliver(self._dead)
            else:
                self._begin(question, (upstream,), deliver)
        elif not self._resolvers:
            deliver(NO_RESOLVER)
        elif is_dead:
            deliver(self._dead)
        else:
            self._begin(question, in_order(self._resolvers), deliver)

    def send(self) -> None:
        """Send what was asked while nobody listened."""
        self._transport.pump()

    def poll(self) -> None:
        """Send and take in what there is, without waiting for more."""
        self._transport.poll()

    def give_up(self, why: Unobserved) -> None:
        """End every open question with *why*."""
        for course in list(self._open):
            course.end(why)

    def close(self) -> None:
        """Close all sockets; open questions are not delivered any more."""
        for course in self._open:
            course.done = True
        self._open.clear()
        self._transport.shut()
        self.streams.shut()

    async def closed(self) -> None:
        """Close, and wait until every stream is put away."""
        self.close()
        await self.streams.closed()

    def _begin(
        self,
        question: DnsQuery | ServerQuery,
        servers: Sequence[Upstream],
        deliver: Callable[[Any], None],
    ) -> None:
        recursive = question.recursive if isinstance(question, ServerQuery) else True
        try:
            query = Query(question.name, question.rdtype, recursive)
        except NotAName as error:
            asked = Asked(question.name, question.rdtype, recursive)
            deliver(unobserved(asked, "not-a-name", Source(), str(error)))
            return
        course = self._course(query, servers, deliver)
        if isinstance(question, DnsQuery):
            course.chain = ()
        self._set_out(course)

    def _set_out(self, course: Course) -> None:
        self._open[course] = None
        self._transport.wake()
        course.go_on()

    def ended(self, course: Course, said: DnsAnswer | Unobserved) -> None:
        """Deliver what *course* came to, unless it is an alias that leads on."""
        del self._open[course]
        if course.chain is not None:
            if isinstance(said, DnsAnswer):
                if is_unfinished(said):
                    self._follow(course, (*course.chain, said))
                    return
                if course.chain:
                    said = joined((*course.chain, said))
            elif self._health.is_dead:
                said = self._dead
        course.deliver(said)

    def _follow(self, course: Course, chain: tuple[DnsAnswer, ...]) -> None:
        """Ask for the target of the last alias of *chain*, as the resolver should have."""
        names = [chain[0].name, *(alias for answer in chain for alias in answer.aliases)]
        if unending := endless(names[0], names[1:]):
            asked = Asked(names[0], course.query.rdtype, recursive=True)
            shown = shown_chain(names)
            course.deliver(unobserved(asked, unending.cause, chain[-1].source, shown))
            return
        query = Query(names[-1], course.query.rdtype, recursive=True)
        further = self._course(query, in_order(self._resolvers), course.deliver)
        further.chain = chain
        self._set_out(further)

    def _course(
        self, query: Query, servers: Sequence[Upstream], deliver: Callable[[Any], None]
    ) -> Course:
        patience = self._patience if query.recursive else self._with_servers
        turns = Turns(servers, patience.sends, patience.rounds)
        return Course(self, query, turns, deliver, patience, self.clock.now())

    def _upstream(self, server: NameServer, largest: int = OTHERS_WINDOW) -> Upstream:
        # What others ask of a server says nothing about it as a resolver of the run: one that is
        # silent about public names may serve a network of its own.
        key = server, server.name, largest
        upstream = self._upstreams.get(key)
        if upstream is None:
            where = self._routes.to(server.address, server.port)
            if not isinstance(where, Unobserved) and not has_route(where):
                where = _NO_IPV6_ROUTE
            channel = None
            if server.protocol == "dns" and not isinstance(where, Unobserved):
                channel = self._transport.channel(where, largest)
            upstream = self._upstreams[key] = Upstream(server, where, channel)
        return upstream

    # ── timers of longer breath ──────────────────────────────────────────────────────────────

    def _sweep(self) -> bool:
        now = self.clock.now()
        for course in [one for one in self._open if now - one.began >= one.patience.total]:
            course.lapse()
        for course in [one for one in self._open if one.resumes <= now]:
            course.go_on()
        if any(one.is_failing for one in self._resolvers):
            for course in [one for one in self._open if one.chain is not None]:
                course.turn_away()
        if self._health.has_died():
            self._bury()
        return self.streams.sweep() or bool(self._open)

    def _bury(self) -> None:
        """End all questions to resolvers that are dead: the oldest with an error, all others as one.

        So a run in which no resolver answers has one error and not a thousand.
        """
        waiting = [course for course in self._open if course.chain is not None]
        self._health.is_dead = False  # the oldest says why
        if waiting:
            oldest = waiting.pop(0)
            oldest.end(replace(oldest.failure(), text=self._dead.text, shared=self._dead.cause))
        self._health.is_dead = True
        for course in waiting:
            course.end(self._dead)
