"""Every fault, alone and under the conditions of a bad network, against families of checks.

All rows selected are judged at once, in one event loop, before the first is looked at: most of
their time is spent waiting.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, NamedTuple

import dns.rcode
import pytest

from tests.faults.conditions import CLEAR, CONDITIONS
from tests.faults.fault import TRUTH, Fault
from tests.faults.mistaken import forged
from tests.faults.replies import failing, honest, over_tcp
from tests.faults.rig import CORE, FAMILIES, HONEST, Ending, Network, Site, ends_of
from tests.faults.table import FAULTS

if TYPE_CHECKING:
    from collections.abc import Mapping


class Row(NamedTuple):
    """A fault, a family of checks, and the condition of the network."""

    fault: Fault
    family: str
    under: str

    def __str__(self) -> str:
        under = "" if self.under == CLEAR else f", {self.under}"
        return f"{self.fault.name}{under}: {self.family}"

    @property
    def expected(self) -> set[str]:
        """How it may end: what the condition does to packets changes nothing."""
        truth = FAMILIES[self.family].truth
        ends = self.fault.expected(self.family).split(" or ")
        return {truth if end == TRUTH else end for end in ends}

    def allows(self, ending: Ending) -> bool:
        """Whether *ending* is right.

        What the fault leaves unobserved, somebody who guesses ids may bring to light, because the
        question is then asked over TCP, or give another cause. And where most servers are dead, one
        more misfortune may be one too many, as long as the truth was never told.
        """
        if ending.end in self.expected:
            return True
        family = FAMILIES[self.family]
        if self.under == "spoofing" and all(map(is_open, self.expected)):
            return is_open(ending.end) or ending.end == family.truth
        exhausted = len(self.fault.network.resolvers) > 2 and family.asks not in ending.told
        return self.under != CLEAR and exhausted and is_open(ending.end)


def is_open(end: str) -> bool:
    """Whether *end* says neither yes nor no."""
    return end.startswith(("inconclusive", "not evaluated"))


def mixed(number: int, fault: Fault) -> list[Row]:
    """Return *fault* under each condition, with a family that changes from one to the next."""
    families = [family for family in fault.families if family in CORE] or fault.families
    return [
        Row(fault, families[(number + turn * 3) % len(families)], under)
        for turn, under in enumerate(CONDITIONS)
    ]


ALONE = [Row(fault, family, CLEAR) for fault in FAULTS for family in fault.families]
MIXED = [
    row for number, fault in enumerate(FAULTS) if not fault.waits for row in mixed(number, fault)
]
each_row = pytest.mark.parametrize("row", [pytest.param(row, id=str(row)) for row in ALONE + MIXED])


@pytest.fixture(scope="module")
def endings(request: pytest.FixtureRequest) -> Mapping[str, Ending]:
    """How each row of this session ends."""
    rows: list[Any] = [
        item.callspec.params["row"]
        for item in request.session.items
        if item.path == request.path and isinstance(item, pytest.Function)
        if hasattr(item, "callspec") and "row" in item.callspec.params
    ]
    found = asyncio.run(ends_of((row.fault.network, row.family, row.under) for row in rows))
    return dict(zip(map(str, rows), found, strict=True))


@each_row
def test_a_fault_never_becomes_a_wrong_verdict(row: Row, endings: Mapping[str, Ending]) -> None:
    ending = endings[str(row)]
    family = FAMILIES[row.family]
    assert row.allows(ending), str(ending)
    assert row.fault.shows in str(ending) or row.under != CLEAR
    if ending.end == family.truth:
        assert family.asks in ending.told


@pytest.mark.parametrize("family", FAMILIES)
def test_without_a_fault_every_family_tells_the_truth(family: str) -> None:
    [ending] = asyncio.run(ends_of([(Network((HONEST, HONEST)), family, CLEAR)]))
    assert ending.end == FAMILIES[family].truth
    assert FAMILIES[family].asks in ending.told


@pytest.mark.parametrize("family", CORE)
def test_what_strangers_send_would_convince_under_the_right_id(family: str) -> None:
    """So a row that survives them does so because the id was looked at."""
    refusing = Site(failing(dns.rcode.REFUSED))
    forging = Site(forged(0), over_tcp(honest))
    # Nobody else is there to be asked, in case that the preflight sees through it.
    network = Network((forging,), authorities=(refusing, refusing), root=refusing)
    [ending] = asyncio.run(ends_of([(network, family, CLEAR)]))
    assert ending.end != FAMILIES[family].truth


def test_the_table_is_as_large_as_it_says() -> None:
    names = [fault.name for fault in FAULTS]
    assert len(names) == len(set(names))
    assert len(names) >= 40
