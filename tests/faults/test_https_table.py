"""Every fault of a web server, against the sentence about the policy that it serves.

As in :mod:`tests.faults.test_table`, all rows selected are judged before the first is looked at.
"""

from __future__ import annotations

import asyncio
import gc
from typing import TYPE_CHECKING, Any

import pytest

from tests.faults.https_rig import Ending, Fault, ends_of
from tests.faults.https_table import FAULTS
from tests.faults.test_smtp_table import open_files

if TYPE_CHECKING:
    from collections.abc import Mapping


@pytest.fixture(scope="module")
def endings(request: pytest.FixtureRequest) -> Mapping[str, Ending]:
    """How each row of this session ends."""
    rows: list[Any] = [
        item.callspec.params["fault"]
        for item in request.session.items
        if item.path == request.path and isinstance(item, pytest.Function)
        if hasattr(item, "callspec") and "fault" in item.callspec.params
    ]
    asyncio.run(ends_of([FAULTS[0]]))  # what is imported late is not counted below
    gc.collect()
    before = open_files()
    found = asyncio.run(ends_of(rows))
    gc.collect()  # a socket or a task that nobody holds any more would complain here
    assert open_files() == before
    return dict(zip(map(str, rows), found, strict=True))


@pytest.mark.parametrize("fault", [pytest.param(fault, id=str(fault)) for fault in FAULTS])
def test_a_fault_never_becomes_a_wrong_verdict(fault: Fault, endings: Mapping[str, Ending]) -> None:
    ended = endings[str(fault)]
    assert ended.end in fault.ends.split(" or "), str(ended)
    assert ended.told or ended.end != "met", str(ended)
    assert "\x1b" not in str(ended)


def test_every_row_has_a_name_of_its_own() -> None:
    assert len({str(fault) for fault in FAULTS}) == len(FAULTS)
