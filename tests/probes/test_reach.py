"""When the rest need not be tried, and when it has to wait until that is known."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.smtp.vantage import ReachedSoFar
from mailcheck.names import parse_address
from mailcheck.probes.reach import Reach

if TYPE_CHECKING:
    from mailcheck.facts.smtp.vantage import Family
    from mailcheck.names import Address

A, B, WEB, V6 = map(parse_address, ("192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1"))
TARGET, ANOTHER = map(parse_address, ("192.0.2.25", "192.0.2.26"))
PORTS = frozenset({25, 443})


def missed(reach: Reach, *controls: Address, port: int = 25) -> None:
    """Have *controls* asked in vain."""
    for control in controls:
        with reach.asking(control, port):
            pass


def shut(*, controls: tuple[Address, ...] = (A, B), web: Address | None = WEB) -> Reach:
    reach = Reach(PORTS)
    missed(reach, *controls)
    if web:
        reach.reached(web, 443)
    return reach


def with_others_reached(*others: Address) -> Reach:
    reach = shut()
    for other in others:
        reach.reached(other, 25)
    return reach


@pytest.mark.parametrize(
    ("reach", "is_shut"),
    [
        pytest.param(shut(), True, id="two controls silent, and the web answers"),
        pytest.param(shut(web=None), False, id="no web: perhaps no network"),
        pytest.param(shut(web=V6), False, id="the web over IPv6"),
        pytest.param(shut(controls=(A, A)), False, id="one control alone"),
        pytest.param(with_others_reached(TARGET), False, id="a server answered"),
        pytest.param(with_others_reached(B), False, id="a control answered after all"),
        pytest.param(shut(controls=()), False, id="no control was asked"),
    ],
)
def test_a_port_is_shut(reach: Reach, *, is_shut: bool) -> None:
    assert reach.is_shut(TARGET, 25) is is_shut


def test_silent_servers_are_no_controls() -> None:
    async def after_silence() -> bool:
        reach = shut(controls=())
        reach.silent(A, 25)
        reach.silent(B, 25)
        return reach.is_shut(TARGET, 25)

    assert not asyncio.run(after_silence())


def test_other_ports_and_families_stay_open() -> None:
    reach = shut()
    assert not reach.is_shut(TARGET, 587)
    assert not reach.is_shut(V6, 25)


class Waiter:
    """Somebody who may not begin before it is known whether port 25 is shut."""

    def __init__(self, reach: Reach) -> None:
        self._task = asyncio.create_task(reach.told(ANOTHER, 25))

    async def waits(self) -> bool:
        """Whether it does, once everybody had a turn."""
        for _ in range(5):
            await asyncio.sleep(0)
        return not self._task.done()


def test_after_the_first_silence_the_rest_waits_for_the_control_hosts() -> None:
    async def waiting() -> list[bool]:
        reach = Reach(PORTS)
        seen = [await Waiter(reach).waits()]
        reach.silent(TARGET, 25)
        waiter = Waiter(reach)
        seen.append(await waiter.waits())
        with reach.asking(WEB, 443), reach.asking(A, 25):
            with reach.asking(B, 25):
                seen.append(await waiter.waits())
            seen.append(await waiter.waits())
        seen.append(await waiter.waits())
        seen.append(await Waiter(reach).waits())
        return seen

    assert asyncio.run(waiting()) == [False, True, True, True, False, False]


def test_whoever_is_reached_ends_the_waiting() -> None:
    async def waiting() -> list[bool]:
        reach = Reach(PORTS)
        reach.silent(TARGET, 25)
        waiter = Waiter(reach)
        with reach.asking(A, 25):
            seen = [await waiter.waits()]
            reach.reached(B, 25)
            seen.append(await waiter.waits())
        return seen

    assert asyncio.run(waiting()) == [True, False]


@pytest.mark.parametrize(
    "case", ["reached", "told", "another port", "another family", "not controlled"]
)
def test_where_nothing_is_to_be_found_out_nobody_waits(case: str) -> None:
    async def waits() -> bool:
        reach = Reach(PORTS if case != "not controlled" else ())
        if case == "reached":
            reach.reached(TARGET, 25)
        if case == "told":
            missed(reach, A, B)
        address = V6 if case == "another family" else TARGET
        reach.silent(address, 443 if case == "another port" else 25)
        return await Waiter(reach).waits()

    assert not asyncio.run(waits())


def test_a_control_host_that_was_given_up_keeps_nobody_waiting() -> None:
    async def waiting() -> list[bool]:
        reach = Reach(PORTS)
        reach.silent(TARGET, 25)
        waiter = Waiter(reach)

        async def ask() -> None:
            with reach.asking(A, 25):
                await asyncio.Event().wait()

        control = asyncio.create_task(ask())
        seen = [await waiter.waits()]
        control.cancel()
        seen.append(await waiter.waits())
        return [*seen, reach.is_shut(TARGET, 25)]

    assert asyncio.run(waiting()) == [True, False, False]


def test_where_no_control_host_is_asked_the_waiting_ends() -> None:
    """Their names may have no addresses."""

    async def waiting() -> bool:
        reach = Reach(PORTS, seconds=0)
        reach.silent(TARGET, 25)
        await reach.told(ANOTHER, 25)
        return True

    assert asyncio.run(waiting())


def test_who_was_reached_first_is_known_by_family_and_port() -> None:
    reach = Reach()
    reach.reached(TARGET, 25)
    reach.reached(ANOTHER, 25)
    reach.reached(V6, 587)
    families: tuple[Family, ...] = ("IPv4", "IPv6")
    first = {(f, p): reach.so_far(ReachedSoFar(f, p)).first for f in families for p in (25, 587)}
    assert {at: one for at, one in first.items() if one} == {
        ("IPv4", 25): TARGET,
        ("IPv6", 587): V6,
    }
