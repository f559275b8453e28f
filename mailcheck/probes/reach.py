"""Which ports the network lets nobody out to, as far as was found out, so that none waits in vain.

A thousand silent servers, twenty at a time, are eight minutes of waiting. Once the control hosts of
a port are silent as well and those of HTTPS are not, the rest need not be tried.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from mailcheck.facts.smtp.vantage import HTTPS

if TYPE_CHECKING:
    from mailcheck.names import Address

_Port: TypeAlias = tuple[int, int]
"""A version of IP, and a port."""

ENOUGH = 2
"""Control hosts that must be out of reach: one alone may be down."""


class Reach:
    """Takes note of who was reached, by whatever protocol."""

    def __init__(self) -> None:
        self._reached: set[_Port] = set()
        self._missed: dict[_Port, set[Address]] = {}

    def note(self, address: Address, port: int, *, reached: bool, is_control: bool = False) -> None:
        """Take note of an attempt to connect, and whether it was to a control host."""
        if reached:
            self._reached.add((address.version, port))
        elif is_control:
            self._missed.setdefault((address.version, port), set()).add(address)

    def is_shut(self, address: Address, port: int) -> bool:
        """Whether trying *address* on *port* is in vain: nobody was ever reached on it."""
        here = (address.version, port)
        missed = len(self._missed.get(here, ())) >= ENOUGH
        return missed and here not in self._reached and (address.version, HTTPS) in self._reached
