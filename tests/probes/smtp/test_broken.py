"""Errors of the socket become a stage and a cause."""

from __future__ import annotations

import asyncio
import errno
import ssl

import pytest

from mailcheck.probes.smtp.broken import BrokenOff, Limit, broken_at
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
def test_what_went_wrong(error: OSError | ValueError, cause: str, text: str) -> None:
    async def say() -> BrokenOff:
        return broken_at(error, "EHLO", Wire(), Limit(7))

    broken = asyncio.run(say())
    assert (broken.stage, broken.cause) == ("EHLO", cause)
    assert text in broken.text


@pytest.mark.parametrize(
    ("limit", "told"), [(Limit(7), "7 s"), (Limit(0.25, 120), "the 120 s of a session")]
)
def test_whose_limit_it_was(limit: Limit, told: str) -> None:
    assert str(limit) == told
