"""Who may be asked, and in which turn."""

from __future__ import annotations

import asyncio
import ipaddress

import pytest

from mailcheck.names import parse_address
from mailcheck.probes.admission import Admission, NotAdmittedError
from mailcheck.probes.routes import Routes
from mailcheck.question import Unobserved

HOME = parse_address("10.0.0.1")
PUBLIC = parse_address("8.8.8.8")


def admission(routes: Routes, *allowed: str, sessions: int = 20) -> Admission:
    return Admission(routes, tuple(map(ipaddress.ip_network, allowed)), sessions)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1"])
def test_an_address_that_is_not_public_is_not_admitted(address: str) -> None:
    with pytest.raises(NotAdmittedError, match="--mail-private-networks"):
        admission(Routes()).endpoint(parse_address(address), 143)


def test_a_public_address_is_where_it_is() -> None:
    assert admission(Routes()).endpoint(PUBLIC, 143) == ("8.8.8.8", 143)


def test_a_private_network_is_admitted_if_the_run_allows_it() -> None:
    assert admission(Routes(), "10.0.0.0/8").endpoint(HOME, 143) == ("10.0.0.1", 143)


def test_a_detour_is_for_its_port_alone() -> None:
    asked = admission(Routes({("10.0.0.1", 143): ("127.0.0.1", 5)}))
    assert asked.endpoint(HOME, 143) == ("127.0.0.1", 5)
    with pytest.raises(NotAdmittedError):
        asked.endpoint(HOME, 993)


def test_a_closed_world_says_so_before_anything_else() -> None:
    found = admission(Routes(closed=True)).endpoint(HOME, 143)
    assert isinstance(found, Unobserved)
    assert found.cause == "not-in-lab"


def most_at_once(addresses: list[str], sessions: int) -> int:
    """Begin sessions with all *addresses*; return how many there were at a time."""
    asked = admission(Routes(), sessions=sessions)
    inside = most = 0

    async def hold(address: str) -> None:
        nonlocal inside, most
        async with asked.turn(parse_address(address), 143):
            inside += 1
            most = max(most, inside)
            for _ in range(5):
                await asyncio.sleep(0)  # lets the others in, if they may
            inside -= 1

    async def together() -> None:
        await asyncio.gather(*map(hold, addresses))

    asyncio.run(together())
    return most


@pytest.mark.parametrize(
    ("addresses", "sessions", "most"),
    [
        pytest.param(["192.0.2.1"] * 3, 20, 1, id="one address, one at a time"),
        pytest.param(["192.0.2.1", "192.0.2.2", "192.0.2.3"], 20, 3, id="several at once"),
        pytest.param(["192.0.2.1", "192.0.2.2", "192.0.2.3"], 2, 2, id="within the limit"),
        pytest.param(["192.0.2.1", "192.0.2.1", "192.0.2.2"], 2, 2, id="waiting takes no place"),
    ],
)
def test_turns(addresses: list[str], sessions: int, most: int) -> None:
    assert most_at_once(addresses, sessions) == most
