"""Whom a run may connect to, and how many sessions it holds at a time.

A suite comes with a pull request: it must not make a runner look around at home. And a mail server
that is asked much at once takes us for something worse.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from mailcheck.facts.scope import scope_of
from mailcheck.probes.connecting import NotConnectedError
from mailcheck.probes.reach import Reach

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from mailcheck.names import Address, Network
    from mailcheck.probes.routes import Endpoint, Routes
    from mailcheck.question import Unobserved


class NotAdmittedError(Exception):
    """The address may not be asked from here; ``special`` says what it is set aside for."""

    def __init__(self, special: str) -> None:
        super().__init__(
            f"the address is not public ({special}); --mail-private-networks allows it"
        )
        self.special = special


class Admission:
    """Lets sessions begin: to public addresses and to those in *allowed*, *sessions* at a time.

    A single address has one at a time. ``places`` are what there is for all. What *reach* knows of
    ports counts for every protocol.
    """

    def __init__(
        self,
        routes: Routes,
        allowed: tuple[Network, ...],
        sessions: int,
        *,
        reach: Reach | None = None,
    ) -> None:
        self._routes = routes
        self._allowed = allowed
        self.reach = reach or Reach()
        self.places = asyncio.Semaphore(sessions)
        self._turns: dict[Address, asyncio.Lock] = {}

    def endpoint(self, address: Address, port: int) -> Endpoint | Unobserved:
        """Return where to connect for *address* and *port*.

        Raises:
            NotAdmittedError: if the address is not public, not allowed, and no detour is known.
        """
        endpoint = self._routes.to(address, port)
        if isinstance(endpoint, tuple) and (str(address), port) not in self._routes.detours:
            scope = scope_of(address, self._allowed)
            if not scope.public:
                raise NotAdmittedError(scope.special)
        return endpoint

    @asynccontextmanager
    async def turn(self, address: Address, port: int) -> AsyncIterator[None]:
        """Wait until a session with *address* and *port* may begin.

        The turn comes before the place: whoever waits for a busy host, or until it is known whether
        the port is shut, takes nobody else's place.

        Raises:
            NotConnectedError: if nobody can be reached on the port, as was found out meanwhile.
        """
        async with self._turns.setdefault(address, asyncio.Lock()):
            await self.reach.told(address, port)
            async with self.places:
                if self.reach.is_shut(address, port):
                    text = f"not tried: nobody was reached on port {port}"
                    raise NotConnectedError("timeout", text, "not tried")
                yield
