"""Which hosts are tried where a server is silent."""

from __future__ import annotations

import pytest

from mailcheck.controls import CONTROL_HOSTS, read_control_hosts
from mailcheck.errors import UsageError


def test_each_port_has_two_operators() -> None:
    for port in {port for _, port in CONTROL_HOSTS}:
        operators = {name.split(".")[-2] for name, its_port in CONTROL_HOSTS if its_port == port}
        assert len(operators) >= 2


def test_hosts_of_the_run_stand_in_place_of_the_usual_ones_of_their_port() -> None:
    own = read_control_hosts(["MX.example.com:25", "mx.example.net.:25"])
    assert [name for name, port in own if port == 25] == ["mx.example.com", "mx.example.net"]
    assert [host for host in own if host[1] == 443] == [h for h in CONTROL_HOSTS if h[1] == 443]


def test_a_run_may_ask_nobody() -> None:
    assert read_control_hosts(["none"]) == ()
    assert read_control_hosts([]) == CONTROL_HOSTS


@pytest.mark.parametrize("text", ["mx.example.com", "mx.example.com:smtp", ":25", "a b:25", "x:0"])
def test_what_is_no_host_and_port_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="--mail-control-host"):
        read_control_hosts([text])


def test_nobody_and_somebody_do_not_go_together() -> None:
    with pytest.raises(UsageError, match="none alone"):
        read_control_hosts(["none", "mx.example.com:25"])
