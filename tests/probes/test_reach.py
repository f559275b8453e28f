"""When the rest need not be tried."""

from __future__ import annotations

import pytest

from mailcheck.names import parse_address
from mailcheck.probes.reach import Reach

A, B, WEB, V6 = map(parse_address, ("192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1"))
TARGET = parse_address("192.0.2.25")

MISSED = [(A, 25, False, True), (B, 25, False, True)]
HTTPS = (WEB, 443, True, True)


@pytest.mark.parametrize(
    ("notes", "is_shut"),
    [
        pytest.param([*MISSED, HTTPS], True, id="two controls silent, and the web answers"),
        pytest.param([*MISSED], False, id="no web: perhaps no network"),
        pytest.param([*MISSED, (V6, 443, True, True)], False, id="the web over IPv6"),
        pytest.param([MISSED[0], MISSED[0], HTTPS], False, id="one control alone"),
        pytest.param([*MISSED, HTTPS, (TARGET, 25, True, False)], False, id="a server answered"),
        pytest.param(
            [*MISSED, HTTPS, (B, 25, True, True)], False, id="a control answered after all"
        ),
        pytest.param(
            [(A, 25, False, False), (B, 25, False, False), HTTPS],
            False,
            id="servers are no controls",
        ),
    ],
)
def test_a_port_is_shut(notes: list[tuple[object, ...]], *, is_shut: bool) -> None:
    reach = Reach()
    for address, port, reached, is_control in notes:
        reach.note(address, port, reached=reached, is_control=is_control)  # type: ignore[arg-type]  # a table of four kinds
    assert reach.is_shut(TARGET, 25) is is_shut


def test_other_ports_and_families_stay_open() -> None:
    reach = Reach()
    for address, port, reached, is_control in (*MISSED, HTTPS):
        reach.note(address, port, reached=reached, is_control=is_control)
    assert not reach.is_shut(TARGET, 587)
    assert not reach.is_shut(V6, 25)
