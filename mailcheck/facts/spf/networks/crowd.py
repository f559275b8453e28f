"""The clients of one family that an evaluation has before it, told apart by what it cost for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mailcheck.facts.spf.evaluation.result import MOST_LOOKUPS, MOST_VOIDS
from mailcheck.facts.spf.networks.address_set import AddressSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Cost(NamedTuple):
    """How many terms asked for a client, and how many of them found nothing (RFC 7208 §4.6.4).

    ``named`` is whether ``%{p}`` asked for its name, which counts once.
    """

    lookups: int = 0
    voids: int = 0
    named: bool = False


class Crowd:
    """Clients of whom it is open what becomes of them, by what their evaluation has cost.

    It differs: who is matched early in an included record is spared what comes later in it. Beside
    them go those who ``passed`` already, so that further terms can be said to let them pass as well;
    they cost nothing.
    """

    __slots__ = ("by_cost", "passed")

    def __init__(
        self, by_cost: Mapping[Cost, AddressSet] | None = None, passed: AddressSet | None = None
    ) -> None:
        self.by_cost = {cost: found for cost, found in (by_cost or {}).items() if found.size}
        self.passed = passed or AddressSet()

    @property
    def open(self) -> AddressSet:
        """All of whom it is open what becomes of them."""
        found = [*self.by_cost.values()]
        return found[0] if len(found) == 1 else AddressSet(s for one in found for s in one)

    @property
    def everybody(self) -> AddressSet:
        """All that a term may be said to let pass."""
        return self.open.joined_with(self.passed)

    def joined_with(self, *others: Crowd) -> Crowd:
        """Return all of them together."""
        together, passed = dict(self.by_cost), self.passed
        for other in others:
            passed = passed.joined_with(other.passed)
            for cost, found in other.by_cost.items():
                together[cost] = together.get(cost, AddressSet()).joined_with(found)
        return Crowd(together, passed)

    def split(self, by: AddressSet) -> tuple[Crowd, Crowd]:
        """Return those who are among *by*, and the others."""
        if not by.size:
            return Crowd(), self
        both = []
        for which in (AddressSet.shared_with, AddressSet.without):
            by_cost = {cost: which(found, by) for cost, found in self.by_cost.items()}
            both.append(Crowd(by_cost, which(self.passed, by)))
        return both[0], both[1]

    def asked(self) -> tuple[Crowd, AddressSet]:
        """Count a term that asks; return those who may go on, and those for whom it is one too many."""
        return self._costing(
            (cost._replace(lookups=cost.lookups + 1), found) for cost, found in self.by_cost.items()
        )

    def asked_for_names(self) -> tuple[Crowd, AddressSet]:
        """Count that ``%{p}`` asks, for whom it did not yet; return as :meth:`asked` does."""
        named = Crowd({cost: found for cost, found in self.by_cost.items() if cost.named})
        here, over = self._costing(
            (Cost(cost.lookups + 1, cost.voids, named=True), found)
            for cost, found in self.by_cost.items()
            if not cost.named
        )
        return here.joined_with(named), over

    def found_nothing(self) -> tuple[Crowd, AddressSet]:
        """Count a term that found nothing; return those who may go on, and the others."""
        return self._costing(
            (cost._replace(voids=cost.voids + 1), found) for cost, found in self.by_cost.items()
        )

    def _costing(self, now: Iterable[tuple[Cost, AddressSet]]) -> tuple[Crowd, AddressSet]:
        within: dict[Cost, AddressSet] = {}
        over = AddressSet()
        for cost, found in now:
            if cost.lookups > MOST_LOOKUPS or cost.voids > MOST_VOIDS:
                over = over.joined_with(found)
            else:
                within[cost] = found
        return Crowd(within, self.passed), over
