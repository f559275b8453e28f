"""The garbage collector waits, and is left as it was found."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from mailcheck.source import garbage

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(params=[True, False], ids=["enabled", "disabled"])
def enabled(request: pytest.FixtureRequest) -> Iterator[bool]:
    was_enabled = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if was_enabled else gc.disable)()


def test_it_is_left_as_it_was_found(enabled: bool) -> None:  # noqa: FBT001  a fixture
    with garbage.paused():
        assert not gc.isenabled()
        with garbage.paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled() is enabled


def test_an_error_leaves_it_so_too(enabled: bool) -> None:  # noqa: FBT001  a fixture
    with pytest.raises(ZeroDivisionError), garbage.paused():
        raise ZeroDivisionError
    assert gc.isenabled() is enabled
