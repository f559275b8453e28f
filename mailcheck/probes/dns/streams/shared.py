"""One connection over which many queries go at a time; who asks what on it is somebody else's."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailcheck.probes.dns.streams.connections import Mismatched
from mailcheck.probes.dns.streams.pipeline import Pipeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.probes.dns.clock import Clock
    from mailcheck.probes.dns.wire.query import Query


@dataclass(slots=True, eq=False)
class Asking:
    """A query, and what becomes of it: a response, or why there is none.

    ``on`` are the connections where it is outstanding, with its id there. It ``is_repeated`` once it
    was asked on another connection because of silence.
    """

    query: Query
    said: asyncio.Future[bytes | BaseException]
    on: dict[Shared, bytes] = field(default_factory=dict)
    is_repeated: bool = False

    def tell(self, said: bytes | BaseException) -> None:
        """Take the first thing that is said."""
        if not self.said.done():
            self.said.set_result(said)


class Shared(asyncio.Protocol):
    """A connection for *most* queries; *lost* is called when it has ended.

    ``answered`` counts what it brought. One that ``is_doubted`` fell silent.
    """

    def __init__(self, clock: Clock, lost: Callable[[Shared], None], most: int) -> None:
        self.answered = 0
        self.is_doubted = False
        self._clock = clock
        self._lost = lost
        self._pipeline: Pipeline[Asking] = Pipeline(most)
        self._transport: asyncio.Transport | None = None
        self._is_retired = False
        self._quiet_since = 0.0

    @property
    def is_usable(self) -> bool:
        """Whether more may be sent."""
        transport = self._transport
        return bool(transport and not transport.is_closing() and not self._pipeline.is_spent)

    @property
    def most(self) -> int:
        """How many queries it is for."""
        return self._pipeline.most

    def pending(self) -> list[Asking]:
        """Return what is outstanding, the oldest first."""
        return [asking for _, asking in self._pipeline.pending.values()]

    def silence(self, now: float) -> float:
        """Return for how many seconds nothing came while something was outstanding."""
        return now - self._quiet_since if self._pipeline.pending else 0.0

    def send(self, asking: Asking) -> None:
        """Ask here."""
        assert self._transport is not None
        if not self._pipeline.pending:
            self._quiet_since = self._clock.now()
        asking.on[self], octets = self._pipeline.add(asking.query, asking)
        self._transport.write(octets)

    def forget(self, asking: Asking) -> None:
        """Wait for *asking* no more."""
        self._pipeline.forget(asking.on.pop(self))
        self._close_if_done()

    def retire(self) -> None:
        """Close as soon as nothing is outstanding."""
        self._is_retired = True
        self._close_if_done()

    def abort(self) -> None:
        """Close at once."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Tell whoever has an answer in *data*."""
        told, is_ours = self._pipeline.take_in(data)
        if is_ours:
            self.answered += len(told)
            self._quiet_since = self._clock.now()
        for asking, response in told:
            asking.tell(Mismatched() if response is None else response)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  asyncio has it so
        """Tell that it has ended; how does not matter, for what is outstanding is asked again."""
        self._lost(self)

    def _close_if_done(self) -> None:
        if self._is_retired and not self._pipeline.pending:
            self.abort()
