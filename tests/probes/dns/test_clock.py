"""The listening clock: our absence is nobody's delay."""

from __future__ import annotations

import pytest

from mailcheck.probes.dns import clock as module
from mailcheck.probes.dns.clock import Clock


class Wall:
    """A clock on the wall that is set by hand."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def monotonic(self) -> float:
        """Return the time."""
        return self.seconds


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    wall = Wall()
    monkeypatch.setattr(module, "time", wall)
    return wall


def test_a_clock_nobody_stops_is_the_one_on_the_wall(wall: Wall) -> None:
    clock = Clock()
    wall.seconds += 7
    assert (clock.now(), clock.away) == (wall.seconds, 0)


def test_it_stands_still_while_nobody_listens(wall: Wall) -> None:
    clock = Clock()
    before = clock.now()
    clock.stop()
    wall.seconds += 60
    assert clock.now() == before
    clock.start()
    assert clock.now() == before
    assert clock.away == 60
    wall.seconds += 1
    assert clock.now() == before + 1


def test_absences_add_up(wall: Wall) -> None:
    clock = Clock()
    for _ in range(3):
        clock.stop()
        wall.seconds += 10
        clock.start()
        wall.seconds += 1
    assert (clock.now(), clock.away) == (103, 30)


def test_it_runs_as_long_as_one_of_several_listens(wall: Wall) -> None:
    clock = Clock()
    clock.start()
    clock.stop()
    wall.seconds += 5
    assert clock.now() == wall.seconds
    assert clock.runs
    clock.stop()
    wall.seconds += 5
    assert clock.now() == wall.seconds - 5
    assert not clock.runs
    clock.start()
    assert clock.runs


def test_time_spent_on_other_work_is_left_out(wall: Wall) -> None:
    clock = Clock()
    wall.seconds += 5
    clock.skip(4)
    assert (clock.now(), clock.away) == (101, 4)
