"""The record that a lock brings back; what is said of it is in test_matching.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from mailcheck.engine import Engine
from mailcheck.facts.dns import told
from mailcheck.facts.spf.networks.drift import drift
from mailcheck.facts.spf.networks.lock import SpfLock
from mailcheck.facts.spf.networks.networks import SpfNetworks
from mailcheck.facts.spf.networks.restoring import is_its_own_fault, nearly, restored
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any


def lock(networks: str) -> SpfLock:
    return SpfLock.of_file("l", f"spf-lock: 1\ndomain: example.com\nnetworks:\n{networks}", "l")


def run(judge: Coroutine[Any, Any, Any], *answers: tuple[str, str]) -> Any:
    found: list[Any] = []

    async def keep() -> Any:
        found.append(await judge)
        raise ValueError

    engine = Engine(ToldWorld([told(*answer) for answer in answers]))
    engine.finish(engine.plan(keep))
    return found[0]


MANY = "  example.com:\n" + "".join(f"    - 192.0.{n}.0/24\n" for n in range(0, 12, 2))
DEEP = "  example.com > a.example > b.example:\n    - 192.0.2.0/24\n"
SHORT = "  example.com > ... > b.example:\n    - 192.0.2.0/24\n"


@pytest.mark.parametrize(
    ("networks", "own", "text"),
    [
        pytest.param(MANY, '"v=spf1 -all"', "", id="more networks than anybody pastes"),
        pytest.param(DEEP, '"v=spf1 mx:x.y -all"', "mx:x.y include:a.example -all", id="deep"),
        pytest.param(
            DEEP, '"v=spf1 redirect=a.example"', "ip4:192.0.2.0/24 redirect=a.example", id="r"
        ),
        pytest.param(
            DEEP,
            '"v=spf1 include:%{d}.x -all"',
            "include:%{d}.x include:a.example -all",
            id="macro",
        ),
        pytest.param(SHORT, '"v=spf1 -all"', "ip4:192.0.2.0/24 -all", id="a way cut short"),
        pytest.param(DEEP, '"v=spf1 include:c.example -all"', "", id="the fault of another"),
    ],
)
def test_the_record(networks: str, own: str, text: str) -> None:
    async def judge() -> str:
        fact = await SpfNetworks("example.com")
        return await restored(fact, drift(lock(networks), fact), "example.com")

    answers = (
        ("example.com TXT", own),
        ("a.example TXT", '"v=spf1 -all"'),
        ("example.com.x TXT", '"v=spf1 -all"'),
        ("c.example TXT", '"v=spf1 moo"'),
        ("x.y MX", "NODATA"),
    )
    assert run(judge(), *answers) == (f"v=spf1 {text}" if text else "")


@pytest.mark.parametrize(
    ("own", "fault"),
    [
        ('"v=spf1 -all"', False),
        ("NODATA", True),
        ("TIMEOUT", False),
        ('"v=spf1 moo"', True),
        ('"v=spf1" | "v=spf1"', True),
        ('"v=spf1 include:c.example"', False),
        ('"v=spf1 include:example.com"', False),
    ],
)
def test_whose_fault_it_is(own: str, *, fault: bool) -> None:
    async def judge() -> bool:
        return is_its_own_fault(await SpfNetworks("example.com"), "example.com")

    answers = ("example.com TXT", own), ("c.example TXT", '"v=spf1 moo"')
    assert run(judge(), *answers) is fault


@pytest.mark.parametrize(("own", "text"), [('"v=spf1mx"', b"v=spf1mx"), ("TIMEOUT", b"")])
def test_a_text_that_comes_close(own: str, text: bytes) -> None:
    assert run(nearly("example.com"), ("example.com TXT", own)) == text
