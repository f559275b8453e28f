"""Sets of addresses of one family, as numbers: what has been decided, and what is still open."""

from __future__ import annotations

import ipaddress
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailcheck.names import Network

Span: TypeAlias = tuple[int, int]
"""The first and the last of consecutive addresses."""

BITS = {4: 32, 6: 128}
"""How long an address of a family is."""


def everything(version: int) -> Span:
    """Return all addresses of a family."""
    return 0, (1 << BITS[version]) - 1


def span_of(network: Network) -> Span:
    """Return the addresses of *network*."""
    return int(network.network_address), int(network.broadcast_address)


def networks_of(span: Span, version: int) -> Iterator[Network]:
    """Yield the fewest networks that are just the addresses of *span*."""
    family = ipaddress.IPv4Address if version == 4 else ipaddress.IPv6Address
    yield from ipaddress.summarize_address_range(family(span[0]), family(span[1]))


class AddressSet:
    """Addresses of one family; ``size`` is how many there are."""

    __slots__ = ("_firsts", "_lasts", "size")

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        # Kept apart and in order: no two overlap or touch.
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        self.size = 0
        for span in spans:
            self.add(span)

    def __iter__(self) -> Iterator[Span]:
        return zip(self._firsts, self._lasts, strict=True)

    def add(self, span: Span) -> None:
        """Put the addresses of *span* into the set."""
        first, last = span
        low = bisect_left(self._lasts, first - 1)
        high = bisect_right(self._firsts, last + 1)
        if low < high:
            first = min(first, self._firsts[low])
            last = max(last, self._lasts[high - 1])
            self.size -= sum(self._lasts[i] - self._firsts[i] + 1 for i in range(low, high))
        self._firsts[low:high] = [first]
        self._lasts[low:high] = [last]
        self.size += last - first + 1

    def lacking(self, span: Span) -> Iterator[Span]:
        """Yield the parts of *span* that are not in the set."""
        first, last = span
        for start, end in self.common(span):
            if start > first:
                yield first, start - 1
            first = end + 1
        if first <= last:
            yield first, last

    def common(self, span: Span) -> Iterator[Span]:
        """Yield the parts of *span* that are in the set."""
        first, last = span
        for i in range(bisect_left(self._lasts, first), bisect_right(self._firsts, last)):
            yield max(first, self._firsts[i]), min(last, self._lasts[i])

    def without(self, other: AddressSet) -> AddressSet:
        """Return what is in this set and not in *other*."""
        return AddressSet(part for span in self for part in other.lacking(span))

    def shared_with(self, other: AddressSet) -> AddressSet:
        """Return what is in both sets."""
        return AddressSet(part for span in self for part in other.common(span))
