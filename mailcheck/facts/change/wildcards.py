"""Names that a change does not write, and that resolve by a wildcard afterwards (RFC 4592 §3.3.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.change.loss import has_data, own_rrset
from mailcheck.facts.dns import DnsAnswer
from mailcheck.finding import Advice
from mailcheck.names import is_under, parent, to_u_labels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.facts.change.asking import Asked, Said
    from mailcheck.facts.change.changes import ZoneChange

SHOWN = 5
"""Names of which advice is given; the rest is counted."""


@dataclass(slots=True)
class Wildcards:
    """Which names get their records from a wildcard after *change*."""

    change: ZoneChange
    _written: set[Asked] = field(init=False)
    _there: set[str] = field(init=False)

    def __post_init__(self) -> None:
        """Take note of which names there are, empty non-terminals too."""
        zone = self.change.zone
        self._written = {(one.name, one.rdtype) for one in self.change.written}
        self._there = {zone}
        for one in self.change.written:
            at = one.name
            while at not in self._there and at != ".":
                self._there.add(at)
                at = parent(at)

    def behind(self, name: str, rdtype: str) -> str:
        """Say which wildcard *name* has its *rdtype* from, if it has; empty if none."""
        if not self.change.says_all:
            removed = {(one.name, one.rdtype) for one in self.change.removed}
            if {(name, rdtype), (name, "CNAME")} & self._written:
                return ""
            return "a wildcard" if {(name, rdtype), (name, "")} & removed else ""
        above = self.above(name)
        return f"the wildcard {above}" if above else ""

    def above(self, name: str) -> str:
        """Return the wildcard that stands for *name* in a zone that is written whole, if one does."""
        if name in self._there or not is_under(name, self.change.zone):
            return ""
        at = parent(name)
        while at not in self._there:
            at = parent(at)
        delegated = at != self.change.zone and (at, "NS") in self._written
        above = f"*.{at}"
        return above if above in self._there and not delegated else ""


def taken_over(
    live: Mapping[Asked, Said], after: Mapping[Asked, Said], behind: Mapping[Asked, str]
) -> tuple[Advice, ...]:
    """Advise of what is *live* and comes from a wildcard *after* a change, if it is not the same."""
    found = []
    for pair, wildcard in behind.items():
        now, then = live.get(pair), after[pair]
        if not isinstance(now, DnsAnswer) or not isinstance(then, DnsAnswer) or not has_data(now):
            continue
        if own_rrset(now) != own_rrset(then):
            name = visible(to_u_labels(now.name))
            has, will = (visible(" | ".join(one.texts[:SHOWN])) for one in (now, then))
            found.append(
                f"the change does not write {name}, which has {now.rdtype} {has}: it will have "
                f"{will} by {wildcard}"
            )
    more = f"; and {len(found) - SHOWN} more names" if len(found) > SHOWN else ""
    shown = [*found[: SHOWN - 1], *(one + more for one in found[SHOWN - 1 : SHOWN])]
    return tuple(Advice("wildcard-takes-over", text) for text in shown)
