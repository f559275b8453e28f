"""What is remembered of a server during a run, and whether any resolver is alive. No sockets."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from mailcheck.facts.dns import Reply
from mailcheck.probes.dns.failures import unobserved
from mailcheck.probes.dns.wire.message import read_wire
from mailcheck.probes.dns.wire.ordinary import read_ordinary
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.facts.dns import DnsAnswer, NameServer
    from mailcheck.probes.dns.datagrams.channel import Channel
    from mailcheck.probes.dns.wire.query import Query
    from mailcheck.probes.routes import Endpoint

FAILING = 3
"""Tries in vain, with no answer between, after which other servers are asked first."""

SILENT_TRIES = 10
SILENT_FOR = 6.0
"""Tries in vain, and seconds of listening since the first of them, with no answer between, after
which a server is asked last and once only: a resolver that is slow to start has time to start."""

SUSPECT_TRIES = 6
SUSPECT_FOR = 2.0
"""Tries in vain at all resolvers together, and seconds since the first of them, with no answer
between, after which they are asked whether they are alive; one that restarts takes shorter."""

DEAD_TRIES = 12
DEAD_FOR = 5.0
"""As many and as long, after which they are dead if they did not answer that either. Where the
kernel says that nobody listens, and nobody ever answered, the time to be suspect suffices."""

SHUT_TRIES = 3
SHUT_FOR = 2.5
SHUT_AGAIN_FOR = 5.5
"""Tries, and seconds since the first of them, that the kernel said nobody listens at a server, with
no answer between, after which that is not a restart; longer if it has answered in this run.
Resolvers are found dead a little sooner."""


class Upstream:
    """A server, where it is reached, and how it has behaved.

    ``endpoint`` is why it cannot be asked, if it cannot; ``channel`` is for datagrams only. One
    that ``is_plain`` answers without EDNS what it does not understand with it; one that
    ``speaks_tcp`` has answered over a stream.
    """

    __slots__ = (
        "channel",
        "endpoint",
        "failed",
        "failing_since",
        "is_plain",
        "refused",
        "refused_since",
        "server",
        "speaks_tcp",
    )

    def __init__(
        self, server: NameServer, endpoint: Endpoint | Unobserved, channel: Channel | None
    ) -> None:
        self.server = server
        self.endpoint = endpoint
        self.channel = channel
        self.failed = 0
        self.refused = 0
        self.is_plain = False
        self.speaks_tcp = False
        self.failing_since = self.refused_since = 0.0

    @property
    def is_failing(self) -> bool:
        """Whether it is better to ask others first."""
        return self.failed >= FAILING

    @property
    def is_unheard(self) -> bool:
        """Whether no datagram of it was ever taken in."""
        return self.channel is not None and self.channel.overtaken == -inf

    @property
    def has_answered(self) -> bool:
        """Whether it ever said anything: if nobody listens there now, it may be restarting."""
        return self.speaks_tcp or (self.channel is not None and not self.is_unheard)

    @property
    def is_mute(self) -> bool:
        """Whether it answers over streams only."""
        return self.speaks_tcp and self.is_unheard

    def is_silent(self, now: float) -> bool:
        """Whether it has not answered for so long that it is not waited for."""
        return self.failed >= SILENT_TRIES and now - self.failing_since >= SILENT_FOR

    def is_shut(self, now: float) -> bool:
        """Whether nobody has listened there for longer than a restart takes."""
        seconds = SHUT_AGAIN_FOR if self.has_answered else SHUT_FOR
        return self.refused >= SHUT_TRIES and now - self.refused_since >= seconds

    def heard(self) -> None:
        """Note an answer, whatever it says."""
        self.failed = self.refused = 0

    def heard_streaming(self) -> None:
        """Note an answer over a stream."""
        self.speaks_tcp = True
        self.heard()

    def missed(self, now: float, *, refused: bool) -> None:
        """Note a try that brought nothing; *refused* if the kernel says that nobody listens."""
        if not self.failed:
            self.failing_since = now
        if refused and not self.refused:
            self.refused_since = now
        self.failed += 1
        self.refused += refused

    def reply(self, query: Query, transport: str, milliseconds: float) -> Reply:
        """Return who answered *query*; a server asked over TLS or HTTPS says so itself."""
        spoken = transport if self.server.protocol == "dns" else "UDP"
        return Reply(self.server, query.recursive, spoken, milliseconds)

    def read(
        self, query: Query, wire: bytes, transport: str, milliseconds: float
    ) -> DnsAnswer | Unobserved:
        """Decode a response."""
        reply = self.reply(query, transport, milliseconds)
        return read_ordinary(query, wire, reply) or read_wire(
            query, wire, reply.source(query.name, query.rdtype)
        )

    def unobserved(
        self, query: Query, cause: str, detail: str = "", transport: str = "UDP"
    ) -> Unobserved:
        """Say that this server brought no answer to *query*, and why."""
        source = self.reply(query, transport, 0.0).source(query.name, query.rdtype)
        return unobserved(query, cause, source, detail)

    def unasked(self, query: Query) -> Unobserved:
        """Say why this server cannot be asked from here, and with which question."""
        assert isinstance(self.endpoint, Unobserved)
        if self.endpoint.cause != "no-ipv6-route":
            return self.endpoint
        return replace(self.unobserved(query, self.endpoint.cause), not_evaluated=True)


def in_order(servers: Sequence[Upstream]) -> Sequence[Upstream]:
    """Return *servers* in the order to ask them: as given, those that fail last."""
    for server in servers:
        if server.failed >= FAILING:
            return sorted(servers, key=lambda one: one.is_failing)
    return servers


def are_dead(resolvers: Sequence[Upstream], now: float) -> bool:
    """Whether none of a run's resolvers can be expected to answer, if all are silent when asked."""
    asked = _asked(resolvers)
    is_refused = all(one.failed == one.refused and not one.has_answered for one in asked)
    return _fail(asked, DEAD_TRIES, SUSPECT_FOR if is_refused else DEAD_FOR, now)


def are_suspect(resolvers: Sequence[Upstream], now: float) -> bool:
    """Whether none of a run's resolvers has answered for so long that they may be dead."""
    return _fail(_asked(resolvers), SUSPECT_TRIES, SUSPECT_FOR, now)


def _asked(resolvers: Sequence[Upstream]) -> list[Upstream]:
    return [one for one in resolvers if not isinstance(one.endpoint, Unobserved)]


def _fail(asked: list[Upstream], tries: int, seconds: float, now: float) -> bool:
    """Whether *asked* were all asked in vain, so often together and for so long."""
    if not asked or not all(one.failed for one in asked):
        return False
    since = min(one.failing_since for one in asked)
    return sum(one.failed for one in asked) >= tries and now - since >= seconds
