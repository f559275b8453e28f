"""Octets as they come: in pieces, too many, too early, not at all."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailcheck.facts.imap.response import RESPONSE_LIMIT, read_response
from mailcheck.probes.imap.wire import HungUpError, Wire

LISTED = b"* CAPABILITY IMAP4rev1\r\n* LIST {3}\r\nm1 \r\nm1 OK done\r\n"


def heard(*pieces: bytes, lost: bool = False, command: str = "CAPABILITY") -> tuple[str, str]:
    """What a wire hears after *command* that receives *pieces*, and what it leaves unread."""

    async def hear() -> tuple[str, str]:
        wire = Wire(tls_first=False)

        async def receive() -> None:
            for piece in pieces:
                wire.data_received(piece)
                await asyncio.sleep(0)  # the wire looks at each piece
            if lost:
                wire.connection_lost(None)

        said, _ = await asyncio.gather(wire.exchange(command, seconds=5), receive())
        return str(said), wire.unread

    return asyncio.run(hear())


@given(st.lists(st.integers(0, len(LISTED)), max_size=8))
def test_a_response_is_the_same_however_it_is_cut(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(LISTED)]
    pieces = (LISTED[a:b] for a, b in pairwise(edges))
    assert heard(*pieces) == (str(read_response(LISTED, "m1")[0]), "")


def test_what_follows_a_response_stays_unread() -> None:
    assert heard(b"m1 OK\r\n* OK more\r\n") == ("m1 OK", "* OK more\r\n")


def test_a_response_that_came_before_the_end_is_read() -> None:
    assert heard(b"* BYE no\r\n", lost=True, command="") == ("* BYE no", "")


@pytest.mark.parametrize(
    ("error", "reset"), [(None, False), (ConnectionResetError(), True), (OSError(), False)]
)
def test_an_end_without_a_response_is_a_lost_connection(
    error: Exception | None, *, reset: bool
) -> None:
    async def hear() -> None:
        wire = Wire(tls_first=False)
        wire.data_received(b"* OK")
        wire.connection_lost(error)
        await wire.exchange("", seconds=5)

    with pytest.raises(HungUpError) as lost:
        asyncio.run(hear())
    assert lost.value.reset == reset


def test_no_more_is_kept_than_a_response_may_be_long() -> None:
    async def flooded() -> int:
        wire = Wire(tls_first=False)
        for _ in range(10):
            wire.data_received(b"* 1 EXISTS\r\n" * RESPONSE_LIMIT)
        return len(wire.unread)

    assert asyncio.run(flooded()) == RESPONSE_LIMIT


@given(st.binary(min_size=1, max_size=100))
def test_any_octets_are_a_response_or_refused(junk: bytes) -> None:
    try:
        said, _ = heard(junk, lost=True)
    except (ValueError, HungUpError):
        return
    assert said
