"""All lists that a run knows, by their zones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from ipaddress import IPv4Address
from typing import TYPE_CHECKING

from mailcheck.blocklists.blocklist import Blocklist, Codes, Meaning

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailcheck.blocklists.blocklist import Kind

_LISTED = IPv4Address("127.0.0.2")


@dataclass(frozen=True, slots=True)
class Registry:
    """Lists by zone in normal form."""

    lists: Mapping[str, Blocklist]

    def find(self, zone: str) -> Blocklist:
        """Return what is known of *zone*.

        What lies below a defunct list ended with it. Of an unknown list, the code that says no more
        than that something is listed means that (RFC 5782 §2.1), and no other code is declared.
        """
        if zone in self.lists:
            return self.lists[zone]
        _, _, above = zone.partition(".")
        while above:
            if above in self.lists and self.lists[above].defunct:
                return self.lists[above]
            _, _, above = above.partition(".")
        return unknown(zone)

    def of_dul(self, kind: Kind) -> tuple[Blocklist, ...]:
        """The lists that say of an address that it is dynamic or should not send: essential first."""
        lists = [one for one in self._live(kind) if one.dul != "no"]
        return tuple(sorted(lists, key=lambda one: (one.dul != "essential", one.zone)))

    def by_default(self, kind: Kind) -> tuple[Blocklist, ...]:
        """The lists that "any blocklist" stands for, of those that take *kind*."""
        return tuple(one for one in self._live(kind) if one.default)

    def _live(self, kind: Kind) -> list[Blocklist]:
        """Return what can be asked about *kind*, without what only stands in for another."""
        keyed = {one.keyed for one in self.lists.values() if not one.defunct}
        lists = self.lists.values()
        return [o for o in lists if kind in o.takes and not o.defunct and o.zone not in keyed]

    def within(self, holds: Callable[[str], bool]) -> Registry:
        """Return the same lists, of which only those make up the sets whose zone somebody *holds*.

        The essential ones stay: without them, nothing is known.
        """
        kept: dict[str, Blocklist] = {}
        for zone, one in self.lists.items():
            dul = one.dul if one.dul == "essential" or holds(zone) else "no"
            kept[zone] = replace(one, dul=dul, default=one.default and holds(zone))
        return Registry(kept)

    def extended(self, more: Registry) -> Registry:
        """Return these lists and *more*, which may describe some of them anew."""
        return Registry({**self.lists, **more.lists})


def unknown(zone: str, *, default: bool = False) -> Blocklist:
    """Return a list of which nothing is known but its zone."""
    listed = Codes(_LISTED, _LISTED, Meaning("listed", ""))
    kinds: frozenset[Kind] = frozenset({"ip4", "ip6", "domain"})
    return Blocklist(zone, takes=kinds, codes=(listed,), default=default)
