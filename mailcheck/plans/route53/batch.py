"""What the changes of one batch leave behind, which Route 53 applies in their order, or none."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from mailcheck.plans.plan import PlannedRemoval, PlannedRRset
from mailcheck.plans.route53_sets import given_out

if TYPE_CHECKING:
    from mailcheck.errors import Place
    from mailcheck.plans.route53.record_set import ReadSet

ACTIONS = ("CREATE", "DELETE", "UPSERT")

NOT_COMPARED = (
    "whether Route 53 takes the batch: it refuses all of it if a set that is created is there, or "
    "one that is deleted has other values"
)

_Name: TypeAlias = "tuple[str, str]"
"""A name and a type."""


@dataclass(slots=True)
class Batch:
    """The sets of *zone* as far as changes spoke of them: by name, type and identifier.

    Those that were deleted are ``gone``, with the place of what deleted them.
    """

    zone: str
    _there: dict[_Name, dict[str, ReadSet]] = field(default_factory=dict)
    _gone: dict[_Name, dict[str, tuple[Place, str]]] = field(default_factory=dict)

    def apply(self, action: str, read: ReadSet) -> None:
        """Apply one change.

        Raises:
            ValueError: if Route 53 would refuse it after those before; the text is a clause.
        """
        rrset = read.held.rrset
        at = (rrset.name, rrset.rdtype)
        there, gone = self._there.setdefault(at, {}), self._gone.setdefault(at, {})
        before = there.get(rrset.variant)
        if action == "DELETE":
            if rrset.variant in gone:
                raise ValueError("it is deleted twice")
            if before and _content(before.held.rrset) != _content(rrset):
                raise ValueError("it is deleted with other values than this batch gave it before")
            there.pop(rrset.variant, None)
            gone[rrset.variant] = (rrset.place, read.failover)
            return
        if action == "CREATE" and before:
            raise ValueError("it is created twice, or after an UPSERT")
        if there and ("" in there) != (rrset.variant == ""):
            raise ValueError("other sets have its name and type, some with a SetIdentifier")
        gone.pop(rrset.variant, None)
        there[rrset.variant] = read

    def left(self) -> tuple[list[PlannedRRset], list[PlannedRemoval], list[str]]:
        """Return what will be there, what will not, and notes on what nobody can know."""
        rrsets: list[PlannedRRset] = []
        removals: list[PlannedRemoval] = []
        notes: list[str] = []
        for at, there in self._there.items():
            gone = self._gone[at]
            if there:
                rrsets += self._given(at, there, gone, notes)
            elif "" in gone or {failover for _, failover in gone.values()} >= _BOTH:
                place, _ = next(iter(gone.values()))
                removals.append(PlannedRemoval(self.zone, *at, place))
            else:
                rrsets.append(self._others(at, gone))
        return rrsets, removals, notes

    def _given(
        self,
        at: _Name,
        there: dict[str, ReadSet],
        gone: dict[str, tuple[Place, str]],
        notes: list[str],
    ) -> tuple[PlannedRRset, ...]:
        given = given_out(read.held for read in there.values())
        # A set without an identifier was there before, or is now: then there are no others.
        is_all = "" in there or "" in gone or {read.failover for read in there.values()} >= _BOTH
        if is_all:
            return given
        if all(read.held.weight == 0 for read in there.values()):
            # They are drained, and others that are live have the weight.
            rrset = given[0]
            unknown = "sets with other identifiers, since those of the batch have a weight of 0"
            return (replace(rrset, values=(), target="", variant="", unknown=unknown),)
        if any(read.held.is_multivalue for read in there.values()):
            unknown = "it, and other multivalue sets of the name that are live and given with it"
            return tuple(replace(one, unknown=one.unknown or unknown) for one in given)
        name, rdtype = at
        notes.append(
            f"{name} {rdtype}: sets with other identifiers, if any are live, stay as they are and "
            "were not judged"
        )
        return given

    def _others(self, at: _Name, gone: dict[str, tuple[Place, str]]) -> PlannedRRset:
        """Return what is left where sets with identifiers are deleted."""
        place, _ = next(iter(gone.values()))
        identifiers = ", ".join(gone)
        unknown = f"sets with other identifiers than {identifiers}, if there are any"
        return PlannedRRset(self.zone, *at, 0, place, unknown=unknown)


_BOTH = {"PRIMARY", "SECONDARY"}
"""A name has no other sets than these two by failover."""


def _content(rrset: PlannedRRset) -> tuple[int, frozenset[str], str]:
    return rrset.ttl, frozenset(rrset.values), rrset.target
