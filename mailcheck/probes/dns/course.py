"""The course of one query: whom to ask, whom to ask next, and when to give up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import inf
from typing import TYPE_CHECKING, Any

from mailcheck.facts.dns import DnsAnswer
from mailcheck.probes.crash import crashed
from mailcheck.probes.dns import manner
from mailcheck.probes.dns.datagrams.udp import FORGERIES
from mailcheck.probes.dns.failures import worst
from mailcheck.probes.dns.suspicion import AGAIN_AFTER, BOGUS, Suspicion
from mailcheck.probes.dns.under_way import UnderWay
from mailcheck.probes.dns.wire.matching import is_truncated
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.probes.dns.datagrams.attempt import Attempt
    from mailcheck.probes.dns.datagrams.pace import Patience
    from mailcheck.probes.dns.streams.broken import Broken
    from mailcheck.probes.dns.turns import Asker, Turns
    from mailcheck.probes.dns.upstream import Upstream
    from mailcheck.probes.dns.wire.query import Query


@dataclass(slots=True, eq=False)
class Course:
    """One query, on its way through servers in *turns* to an answer, or to why there is none.

    What is inconclusive is tried again, at the other servers first, as long as the asker has
    patience; earlier attempts may still be answered. ``deliver`` and ``chain`` are the asker's own.
    """

    asker: Asker
    query: Query
    turns: Turns
    deliver: Callable[[Any], None]
    patience: Patience
    began: float
    chain: tuple[DnsAnswer, ...] | None = None
    done: bool = False
    resumes: float = inf
    _is_streaming: bool = False
    _suspicion: Suspicion | None = None
    _under_way: UnderWay = field(default_factory=UnderWay)
    _failures: list[Unobserved] = field(default_factory=list)
    _plain: frozenset[Upstream] = frozenset()
    _unreadable: frozenset[Upstream] = frozenset()

    def go_on(self) -> None:
        """Ask the next server, or end where there is none to ask."""
        if self._is_streaming or inf > self.resumes > self.asker.clock.now():
            return
        self.resumes = inf
        while upstream := self.turns.take():
            if not isinstance(upstream.endpoint, Unobserved):
                self._ask(upstream)
                return
            self._failures.append(upstream.unasked(self.query))
            self.turns.failed(upstream, for_good=True)
        is_examining = self._suspicion is not None and self._suspicion.is_examining
        if is_examining or not self._under_way.is_hopeful(self.asker.clock.now()):
            self._give_up()

    def turn_away(self) -> None:
        """Wait no longer in the queue of a server that fails, where there is another to ask."""
        for attempt, upstream in self._under_way.unsent():
            if upstream.is_failing and not all(one.is_failing for one in self.turns.left):
                attempt.forget()
                self.began += attempt.queued()
                del self._under_way[attempt]
                self.turns.give_back()
                self.go_on()

    def lapse(self) -> None:
        """End for want of patience, which does not run while the query is queued here."""
        self.began += self._under_way.queued()
        if self.asker.clock.now() - self.began >= self.patience.total and not self._is_streaming:
            self._give_up()

    def end(self, said: DnsAnswer | Unobserved) -> None:
        """End with *said*; what is still under way does not matter any more."""
        if not self.done:
            self.done = True
            self._under_way.forget()
            self.asker.ended(self, said)

    def failure(self) -> Unobserved:
        """Return why there is no answer, as far as it is known."""
        patient = (u.unobserved(self.query, "timeout") for u in self._under_way.in_time())
        return worst([*self._failures, *patient], self.asker.clock.now() - self.began)

    def _ask(self, upstream: Upstream) -> None:
        tries = self._under_way.tries(upstream) if self._under_way else 0
        is_odd = tries or upstream.is_plain or upstream.speaks_tcp or self._plain
        query = manner.fitting(self.query, upstream, tries, self._plain) if is_odd else self.query
        if upstream.channel is None:
            self._stream(upstream, query)
            return
        self._under_way[upstream.channel.ask(query, self._heard, tries)] = upstream
        others = self.turns, self.asker.streams
        if is_odd and manner.takes_a_stream(query, upstream, tries, *others):
            self._stream(upstream, query, manner.SILENT)

    def _give_up(self) -> None:
        """End, having asked a resolver that fails whether it does so because of DNSSEC."""
        if self._suspicion is None or self._suspicion.is_examining:
            self.end(self.failure())
        else:
            self._suspicion.is_examining = True
            self._examine(self._suspicion, checking=False)
            self.go_on()

    def _examine(self, suspicion: Suspicion, *, checking: bool) -> None:
        """Have the next queries go to the resolver that fails only, validating or not."""
        self.query = self.query.varied(edns=self.query.edns, checking=checking)
        self.turns = suspicion.turns(self._under_way)
        self.began = self.asker.clock.now()

    def _heard(self, attempt: Attempt, wire: bytes | None) -> None:
        """Take what an attempt brought; None for silence or a failure on the way."""
        try:
            upstream = self._under_way[attempt]
            if upstream is None:
                attempt.keep()  # a copy of what was taken already
            elif wire is None:
                self._missed(attempt, upstream)
            else:
                self._under_way[attempt] = None
                upstream.heard()
                if attempt.late:
                    attempt.excuse(self._under_way)
                self._take(upstream, attempt.query, wire, attempt)
                if not self.done:
                    attempt.keep()
        except Exception as error:  # noqa: BLE001  a bug ends its question, not all others
            self.end(crashed(error))

    def _take(self, upstream: Upstream, query: Query, wire: bytes, attempt: Attempt | None) -> None:
        if attempt and is_truncated(wire):
            self._stream(upstream, query)
            return
        took = attempt.milliseconds() if attempt else 1000 * (self.asker.clock.now() - self.began)
        said = upstream.read(query, wire, "UDP" if attempt else "TCP", took)
        if not query.edns and isinstance(said, DnsAnswer):
            manner.learn(upstream, self._plain)
        if query.checking and isinstance(said, DnsAnswer):
            self.end(said)
        elif isinstance(said, DnsAnswer):
            self._answered_unchecked(upstream.unobserved(query, "bogus", BOGUS))
        elif said.cause in manner.WITHOUT_EDNS and query.edns:
            self._plain |= {upstream}
            self._ask(upstream)
        elif said.cause == "malformed" and attempt and upstream not in self._unreadable:
            self._unreadable |= {upstream}
            self._failures.append(said)
            self._stream(upstream, query, manner.UNREADABLE)
        elif self._suspicion and attempt in self._suspicion.before:
            self._failures.append(said)
        else:
            self._fail(upstream, said, wire)

    def _answered_unchecked(self, bogus: Unobserved) -> None:
        """Call it bogus, or see first whether the SERVFAIL was an old one that was remembered."""
        suspicion = self._suspicion
        if suspicion and suspicion.is_certain:
            self._failures.append(bogus)
            self.end(self.failure())
        elif suspicion and not suspicion.bogus:
            suspicion.bogus = bogus
            self._examine(suspicion, checking=True)
            self.resumes = self.began + AGAIN_AFTER

    def _missed(self, attempt: Attempt, upstream: Upstream) -> None:
        """Note that an attempt brought nothing in time, or cannot bring anything."""
        if not attempt.failure:
            now = self.asker.clock.now()
            upstream.missed(now, refused=False)
            if upstream.is_silent(now):
                self.turns.failed(upstream, for_good=True)
            self._failures.append(upstream.unobserved(self.query, "timeout"))
            self.go_on()
            return
        self.began += attempt.queued()
        del self._under_way[attempt]
        if attempt.failure not in FORGERIES:
            failure = upstream.unobserved(self.query, "unreachable", attempt.failure)
            self._refused(upstream, failure)
        elif not self._is_streaming:  # which cannot be forged
            self._stream(upstream, attempt.query, attempt.failure)

    def _refused(self, upstream: Upstream, failure: Unobserved) -> None:
        """Ask somebody else where nobody listens, or wait where nobody else is left."""
        self._failures.append(failure)
        now = self.asker.clock.now()
        self.resumes = manner.refused(upstream, self.turns, now, is_ours=self.chain is not None)
        if not self._is_streaming and manner.may_take_streams(self.query, upstream, self.turns):
            self._stream(upstream, self.query, manner.SHUT)
        self.go_on()

    def _stream(self, upstream: Upstream, query: Query, why: str = "") -> None:
        """Ask over a stream; *why*, unless the answer does not fit a datagram."""
        assert not isinstance(upstream.endpoint, Unobserved)
        self._is_streaming = True
        if upstream.channel is not None:
            upstream.channel.counts.streams += 1

        def deliver(said: bytes | Broken) -> None:
            self._is_streaming = False
            self.began += asked.queued
            try:
                if not self.done:
                    self._streamed(upstream, query, said, why)
            except Exception as error:  # noqa: BLE001  a bug ends its question, not all others
                self.end(crashed(error))

        left = max(2.0, self.began + self.patience.total - self.asker.clock.now())
        patience = left if upstream.channel is None else min(left, self.patience.tcp)
        where = upstream.server, upstream.endpoint
        asked = self.asker.streams.ask(query, *where, patience, deliver)

    def _streamed(self, upstream: Upstream, query: Query, said: bytes | Broken, why: str) -> None:
        if isinstance(said, bytes):
            upstream.heard_streaming()
            self._take(upstream, query, said, None)
            return
        if why == manner.SHUT:
            self.go_on()  # what the kernel said of the datagram stands
            return
        cause, detail = ("timeout", f"{why}; {said.detail}") if why else said[:2]
        failure = upstream.unobserved(query, cause, detail, "TCP")
        if upstream.channel is None and said.may_pass and self.chain is not None:
            self._refused(upstream, failure)
            return
        if upstream.channel is None and not said.is_ours:
            upstream.missed(self.asker.clock.now(), refused=cause == "unreachable")
        self._fail(upstream, replace(failure, not_evaluated=cause == "no-probe"))

    def _fail(self, upstream: Upstream, failure: Unobserved, wire: bytes = b"") -> None:
        """Note a failure that was told in so many words."""
        self._failures.append(failure)
        if failure.cause == "servfail" and self.query.recursive:
            self._suspicion = suspicion = self._suspicion or Suspicion(upstream)
            self._failures += suspicion.failed(wire)
        self.turns.failed(upstream, for_good=failure.not_evaluated)
        self.go_on()
