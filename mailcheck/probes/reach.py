"""Which ports the network lets nobody out to, as far as was found out, so that few wait in vain.

A thousand silent servers, twenty at a time, are eight minutes of waiting. So once one is silent on a
port on which nobody was reached yet, no other is begun until the control hosts have told; and if they
are silent as well and those of HTTPS are not, the rest is not tried. It is not evaluated then, which
says nothing of a server: a firewall may let some through.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from mailcheck.facts.smtp.vantage import HTTPS, ReachedSoFarFact

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mailcheck.facts.smtp.vantage import ReachedSoFar
    from mailcheck.names import Address

_Port: TypeAlias = tuple[int, int]
"""A version of IP, and a port."""

ENOUGH = 2
"""Control hosts that must be out of reach: one alone may be down."""

UNTIL_ASKED = 10.0
"""Seconds in which a control host must be asked once somebody is silent: its name is looked up
before. If none is, nobody waits any longer."""


@dataclass(slots=True)
class _Doubt:
    """Somebody was silent on a port, and nobody was reached: its control hosts will tell."""

    until: float
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)


class Reach:
    """Takes note of who was reached, by whatever protocol.

    *controlled* are the ports whose control hosts the run asks once somebody is silent, within
    *seconds*.
    """

    def __init__(self, controlled: Collection[int] = (), seconds: float = UNTIL_ASKED) -> None:
        self._controlled = controlled
        self._seconds = seconds
        self._reached: dict[_Port, Address] = {}
        self._missed: dict[_Port, set[Address]] = {}
        self._asking: Counter[_Port] = Counter()
        self._doubts: dict[_Port, _Doubt] = {}

    def reached(self, address: Address, port: int) -> None:
        """Take note that a connection to *address* and *port* came about."""
        here = (address.version, port)
        self._reached.setdefault(here, address)
        if doubt := self._doubts.get(here):
            doubt.asked.set()
            doubt.over.set()

    def silent(self, address: Address, port: int) -> None:
        """Take note that *address* and *port*, which are no control host's, did not answer."""
        here = (address.version, port)
        if port not in self._controlled or here in self._reached or here in self._missed:
            return
        until = asyncio.get_running_loop().time() + self._seconds
        doubt = self._doubts.setdefault(here, _Doubt(until))
        if self._asking[here]:
            doubt.asked.set()

    @contextmanager
    def asking(self, control: Address, port: int) -> Iterator[None]:
        """Have a control host asked inside; it is missed unless it is :meth:`reached`."""
        here, web = (control.version, port), (control.version, HTTPS)
        self._asking[here] += 1
        if here in self._doubts:
            self._doubts[here].asked.set()
        try:
            yield
            if here not in self._reached:
                self._missed.setdefault(here, set()).add(control)
        finally:
            self._asking[here] -= 1
            for other, doubt in self._doubts.items():
                same = other[0] == control.version and doubt.asked.is_set()
                if same and not self._asking[other] and not self._asking[web]:
                    doubt.over.set()

    def so_far(self, asked: ReachedSoFar) -> ReachedSoFarFact:
        """Say who was reached."""
        version = 4 if asked.family == "IPv4" else 6
        return ReachedSoFarFact(self._reached.get((version, asked.port)))

    def is_shut(self, address: Address, port: int) -> bool:
        """Whether trying *address* on *port* is in vain: nobody was ever reached on it."""
        here = (address.version, port)
        missed = len(self._missed.get(here, ())) >= ENOUGH
        return missed and here not in self._reached and (address.version, HTTPS) in self._reached

    async def told(self, address: Address, port: int) -> None:
        """Wait while it is being found out whether *port* is shut."""
        doubt = self._doubts.get((address.version, port))
        if doubt is None or doubt.over.is_set():
            return
        with suppress(TimeoutError):
            async with asyncio.timeout_at(doubt.until):
                await doubt.asked.wait()
        if doubt.asked.is_set():
            await doubt.over.wait()
