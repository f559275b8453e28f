"""Connections that are made, refused, or not made and why."""

from __future__ import annotations

import asyncio
import errno
import socket
from typing import Any

import pytest

from mailcheck.probes.connecting import NotConnectedError, connect, own_address, socket_to


def tried(endpoint: tuple[str, int]) -> tuple[bool, str]:
    """Whether there is a connection, and where it comes from."""

    async def go() -> tuple[bool, str]:
        with socket_to(endpoint) as sock:
            return await connect(sock, endpoint, seconds=5), own_address(sock)

    return asyncio.run(go())


def test_a_connection_is_made_or_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        endpoint = server.getsockname()
        assert tried(endpoint) == (True, "127.0.0.1")
    assert tried(endpoint)[0] is False


@pytest.mark.parametrize(
    ("here", "unroutable", "error", "cause"),
    [
        pytest.param(
            "::1", {socket.SOCK_DGRAM}, errno.EADDRNOTAVAIL, "no-ipv6-route", id="no IPv6 here"
        ),
        pytest.param(
            "::1",
            {socket.SOCK_STREAM},
            errno.ENETUNREACH,
            "no-route",
            id="a router far away knows no IPv6 route",
        ),
        pytest.param("127.0.0.1", {socket.SOCK_STREAM}, errno.EHOSTUNREACH, "no-route", id="IPv4"),
        pytest.param(
            "127.0.0.1", {socket.SOCK_STREAM}, errno.ECONNRESET, "connection-reset", id="a reset"
        ),
    ],
)
def test_why_there_is_no_connection(
    monkeypatch: pytest.MonkeyPatch, here: str, unroutable: set[int], error: int, cause: str
) -> None:
    class Socket(socket.socket):
        def connect(self, address: Any) -> None:
            if self.type in unroutable:
                raise OSError(error, "unreachable")
            super().connect(address)

    monkeypatch.setattr(socket, "socket", Socket)
    with pytest.raises(NotConnectedError) as missing:
        tried((here, 25))
    assert missing.value.cause == cause


def test_silence_is_not_waited_for_longer_than_said() -> None:
    """A full backlog drops SYNs, as a firewall does."""
    with socket.socket() as full, socket.socket() as first, socket.socket() as second:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for client in (first, second):
            client.settimeout(0)
            client.connect_ex(full.getsockname())

        async def go() -> None:
            with socket_to(full.getsockname()) as sock:
                await connect(sock, full.getsockname(), seconds=0.2)

        with pytest.raises(NotConnectedError, match=r"no answer within 0\.2 s"):
            asyncio.run(go())
