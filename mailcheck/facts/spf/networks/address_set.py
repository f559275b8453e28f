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
    first = int(network.network_address)
    return first, first | ((1 << (network.max_prefixlen - network.prefixlen)) - 1)


def networks_of(span: Span, version: int) -> Iterator[Network]:
    """Yield the fewest networks that are just the addresses of *span*."""
    first, last = span
    size = last - first + 1
    if size & (size - 1) == 0 and first % size == 0:  # one network, as nearly every span is
        kind = ipaddress.IPv4Network if version == 4 else ipaddress.IPv6Network
        yield kind((first, BITS[version] + 1 - size.bit_length()))
        return
    family = ipaddress.IPv4Address if version == 4 else ipaddress.IPv6Address
    yield from ipaddress.summarize_address_range(family(first), family(last))


class AddressSet:
    """Addresses of one family; ``size`` is how many there are."""

    __slots__ = ("_firsts", "_lasts", "size")

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        # Kept apart and in order: no two overlap or touch.
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        self.size = 0
        for first, last in sorted(spans):
            if self._lasts and first <= self._lasts[-1] + 1:
                grown = max(last, self._lasts[-1])
                self.size += grown - self._lasts[-1]
                self._lasts[-1] = grown
            else:
                self._firsts.append(first)
                self._lasts.append(last)
                self.size += last - first + 1

    def __iter__(self) -> Iterator[Span]:
        return zip(self._firsts, self._lasts, strict=True)

    def __len__(self) -> int:
        """Return of how many spans it is made."""
        return len(self._firsts)

    def copy(self) -> AddressSet:
        """Return the same addresses, to be changed."""
        found = AddressSet()
        found._firsts, found._lasts, found.size = self._firsts[:], self._lasts[:], self.size
        return found

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

    def remove(self, span: Span) -> None:
        """Take the addresses of *span* out of the set."""
        first, last = span
        low = bisect_left(self._lasts, first)
        high = bisect_right(self._firsts, last)
        if low >= high:
            return
        left, right = self._firsts[low], self._lasts[high - 1]
        parts = [(left, first - 1)] * (left < first) + [(last + 1, right)] * (last < right)
        self.size -= sum(self._lasts[i] - self._firsts[i] + 1 for i in range(low, high))
        self.size += sum(end - start + 1 for start, end in parts)
        self._firsts[low:high] = [start for start, _ in parts]
        self._lasts[low:high] = [end for _, end in parts]

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
        if not (self.size and other.size):
            return self
        found = self.copy()
        for span in other:
            found.remove(span)
        return found

    def shared_with(self, other: AddressSet) -> AddressSet:
        """Return what is in both sets."""
        if not (self.size and other.size):
            return AddressSet()
        few, many = sorted((self, other), key=len)
        return AddressSet(part for span in few for part in many.common(span))

    def joined_with(self, other: AddressSet) -> AddressSet:
        """Return what is in either set."""
        if not (self.size and other.size):
            return self if self.size else other
        few, many = sorted((self, other), key=len)
        found = many.copy()
        for span in few:
            found.add(span)
        return found
