"""What is kept out of garbage collections, and that it is given back."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from typing import TYPE_CHECKING

import pytest

from mailcheck.plugin.garbage import OFTEN, Frozen, reading, something_is_frozen

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def frozen() -> Iterator[Frozen]:
    """Freeze nothing for good."""
    assert not something_is_frozen()
    made = Frozen()
    yield made
    made.thaw()
    assert not something_is_frozen()


def test_without_items_of_ours_nothing_changes(frozen: Frozen) -> None:
    frozen.freeze(0)
    frozen.ran(OFTEN)
    assert not something_is_frozen()


def test_what_items_left_is_frozen_now_and_then(frozen: Frozen) -> None:
    frozen.freeze(1)
    left = [["an answer"]]
    frozen.ran(OFTEN - 1)
    assert any(one is left for one in gc.get_objects())
    frozen.ran(1)
    assert not any(one is left for one in gc.get_objects())


def test_what_verdicts_leave_is_frozen_and_the_garbage_of_others_before_them_is_not(
    frozen: Frozen,
) -> None:
    class Report:
        """One that refers to itself."""

    frozen.freeze(1)
    report = Report()
    vars(report)["own"] = report
    dropped = weakref.ref(report)
    del report
    with frozen.growing():
        left = [["an answer"]]
        assert not gc.isenabled()
    assert gc.isenabled()
    assert dropped() is None
    assert not any(one is left for one in gc.get_objects())


def test_what_is_made_while_suites_are_read_is_old_then() -> None:
    with reading():
        made = [["an item"]]
    assert any(one is made for one in gc.get_objects(generation=2))
    assert not something_is_frozen()


def test_what_a_verdict_without_an_item_leaves_is_not_frozen(frozen: Frozen) -> None:
    frozen.freeze(0)
    with frozen.growing():
        left = [["an answer"]]
    assert any(one is left for one in gc.get_objects())


def test_what_somebody_else_has_frozen_is_theirs() -> None:
    gc.freeze()
    try:
        count = gc.get_freeze_count()
        made = Frozen()
        made.freeze(1)
        made.thaw()
        assert gc.get_freeze_count() == count
    finally:
        gc.unfreeze()


def test_it_is_frozen_again_when_our_items_run_on(frozen: Frozen) -> None:
    frozen.freeze(1)
    frozen.thaw()
    assert not something_is_frozen()
    frozen.ran(1)
    assert something_is_frozen()


def test_what_somebody_else_freezes_meanwhile_is_theirs(frozen: Frozen) -> None:
    frozen.freeze(1)
    frozen.thaw()
    gc.freeze()
    try:
        count = gc.get_freeze_count()
        frozen.ran(OFTEN)
        frozen.thaw()
        assert gc.get_freeze_count() == count
    finally:
        gc.unfreeze()


@pytest.mark.parametrize(("items", "expected"), [(1000, "True"), (1, "True"), (0, "False")])
def test_the_last_collections_of_a_process_are_spared(items: int, expected: str) -> None:
    program = (
        "import atexit\n"
        "from mailcheck.plugin.garbage import Frozen, something_is_frozen\n"
        "atexit.register(lambda: print(something_is_frozen()))\n"
        f"frozen = Frozen()\nfrozen.freeze({items})\nfrozen.thaw()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == expected
