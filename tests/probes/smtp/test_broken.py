"""Errors of the socket become a stage and a cause."""

from __future__ import annotations

import asyncio
import errno
import ssl

import pytest

from mailcheck.probes.smtp.broken import BrokenOff, Limit, broken_off
from mailcheck.probes.smtp.wire import Wire


@pytest.mark.parametrize(
    ("error", "cause", "text"),
    [
        pytest.param(TimeoutError(), "timeout", "no complete reply within 7 s", id="late"),
        pytest.param(ssl.SSLError(1, "bad record mac"), "connection-closed", "closed", id="TLS"),
        pytest.param(
            ConnectionResetError(errno.ECONNRESET, "reset by peer"),
            "connection-reset",
            "reset the connection",
            id="reset",
        ),
        pytest.param(ConnectionResetError(), "connection-closed", "closed", id="said of any end"),
        pytest.param(ConnectionAbortedError(), "connection-closed", "closed", id="aborted"),
        pytest.param(ValueError("no code"), "malformed-reply", "no code", id="no reply"),
    ],
)
def test_what_went_wrong(error: Exception, cause: str, text: str) -> None:
    async def talk() -> None:
        with broken_off("EHLO", Wire(), Limit(7)):
            raise error

    with pytest.raises(BrokenOff, match=text) as broken:
        asyncio.run(talk())
    assert (broken.value.stage, broken.value.cause) == ("EHLO", cause)


@pytest.mark.parametrize(
    ("limit", "told"), [(Limit(7), "7 s"), (Limit(0.25, 120), "the 120 s of a session")]
)
def test_whose_limit_it_was(limit: Limit, told: str) -> None:
    assert str(limit) == told


def test_other_errors_are_nobody_s_silence() -> None:
    async def talk() -> None:
        with broken_off("EHLO", Wire(), Limit(7)):
            raise KeyError

    with pytest.raises(KeyError):
        asyncio.run(talk())
