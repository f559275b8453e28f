"""Every fault of a mail server, against the sentences about SMTP sessions.

As in :mod:`tests.faults.test_table`, all rows selected are judged before the first is looked at.
"""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.faults import smtp_table_clear, smtp_table_tls
from tests.faults.smtp_rig import FAMILIES, V4, V4_TOO, V6, Ending, Fault, ends_of

if TYPE_CHECKING:
    from collections.abc import Mapping

FAULTS = (*smtp_table_clear.FAULTS, *smtp_table_tls.FAULTS)


class Row(NamedTuple):
    """A fault and a family of checks."""

    fault: Fault
    family: str

    def __str__(self) -> str:
        return f"{self.fault.name}: {self.family}"


ROWS = [Row(fault, family) for fault in FAULTS for family in fault.families]


def open_files() -> int:
    """How many files and sockets this process holds."""
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.fixture(scope="module")
def endings(request: pytest.FixtureRequest) -> Mapping[str, Ending]:
    """How each row of this session ends."""
    rows: list[Any] = [
        item.callspec.params["row"]
        for item in request.session.items
        if item.path == request.path and isinstance(item, pytest.Function)
        if hasattr(item, "callspec") and "row" in item.callspec.params
    ]
    gc.collect()
    before = open_files()
    found = asyncio.run(ends_of(rows))
    gc.collect()  # a socket or a task that nobody holds any more would complain here
    assert open_files() == before
    return dict(zip(map(str, rows), found, strict=True))


@pytest.mark.parametrize("row", [pytest.param(row, id=str(row)) for row in ROWS])
def test_a_fault_never_becomes_a_wrong_verdict(row: Row, endings: Mapping[str, Ending]) -> None:
    ending = endings[str(row)]
    assert ending.end in row.fault.expected(row.family), str(ending)
    assert row.fault.shows in str(ending)
    assert not any(row.fault.hides in line.subject for line in ending.verdict.evidence)
    if ending.end == "met" and row.fault.needs_truth(row.family):
        assert all(FAMILIES[row.family].needs <= told for told in ending.told), ending.told


@pytest.mark.parametrize("family", FAMILIES)
def test_without_a_fault_every_family_tells_the_truth(family: str) -> None:
    honest = Fault("none", "met", {address: {} for address in (V4, V4_TOO, V6)})
    [ending] = asyncio.run(ends_of([(honest, family)]))
    assert ending.end == "met", str(ending)
    assert any(FAMILIES[family].needs <= told for told in ending.told)


def test_the_table_is_as_large_as_it_says() -> None:
    names = [fault.name for fault in FAULTS]
    assert len(names) == len(set(names))
    assert len(names) >= 110
