"""A program that holds SMTP sessions with one server, in one of several ways.

    python -m tests.bench.holding WAY PORT COUNT

It prints the seconds of clock and CPU between the first session and the last as JSON; what is asked
was made before. All ways say the same, in TLS where it is offered, hold as many sessions at a time,
and insist that each came to its end.
"""

from __future__ import annotations

import asyncio
import datetime
import json
import ssl
import sys
import time
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mailcheck.facts.smtp.session import SmtpSession

SESSIONS = 20
"""Sessions that are open at a time."""

Ended: TypeAlias = int
"""How many sessions went on in TLS and ended with 221."""

Hold: TypeAlias = "Callable[[], Ended]"
"""Holds the sessions, for which all is ready."""


def address(number: int) -> str:
    """Return an address of loopback: a host has one session at a time, so each has its own."""
    return f"127.{1 + (number >> 16)}.{number >> 8 & 255}.{number & 255}"


def raw(port: int, count: int) -> Hold:
    """Talk as a script would that knows what the server says: streams of asyncio, no limits."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    left = iter(range(count))

    async def reply(reader: asyncio.StreamReader) -> bytes:
        line = await reader.readline()
        while line[3:4] == b"-":
            line = await reader.readline()
        return line

    async def session(number: int) -> bool:
        reader, writer = await asyncio.open_connection(address(number), port)
        await reply(reader)
        writer.write(b"EHLO [127.0.0.1]\r\n")
        await reply(reader)
        writer.write(b"STARTTLS\r\n")
        await reply(reader)
        await writer.start_tls(context, server_hostname="mail.example.com")
        writer.write(b"EHLO [127.0.0.1]\r\n")
        await reply(reader)
        writer.write(b"QUIT\r\n")
        end = await reply(reader)
        writer.transport.abort()
        return end.startswith(b"221")

    async def work() -> int:
        return sum([await session(number) for number in left])

    async def everybody() -> int:
        return sum(await asyncio.gather(*(work() for _ in range(SESSIONS))))

    return lambda: asyncio.run(everybody())


def probe(port: int, count: int) -> Hold:
    """Ask the probe alone."""
    from mailcheck.probes.routes import Routes
    from mailcheck.probes.smtp import SmtpProbe

    questions = list(_questions(count))
    detours = {(str(q.address), q.port): (address(n), port) for n, q in enumerate(questions)}

    async def everybody() -> int:
        asked = SmtpProbe(Routes(detours), "[127.0.0.1]", sessions=SESSIONS)
        left = iter(questions)

        async def work() -> int:
            return sum([_is_whole(await asked.answer(question)) for question in left])

        return sum(await asyncio.gather(*(work() for _ in range(SESSIONS))))

    return lambda: asyncio.run(everybody())


def engine(port: int, count: int) -> Hold:
    """Judge through the engine, in the world of a live run."""
    from functools import partial

    from mailcheck.engine import Engine
    from mailcheck.finding import Finding
    from mailcheck.settings import settings_of
    from mailcheck.world.opening import open_live

    questions = list(_questions(count))
    detours = [f"{q.address}:{q.port}:{address(n)}:{port}" for n, q in enumerate(questions)]
    settings = settings_of(
        {"mail_live": True, "mail_resolver": ["127.0.0.1"], "mail_connect_to": detours}
    )
    loop = asyncio.new_event_loop()
    today = datetime.datetime.now(datetime.UTC).date()
    opened = loop.run_until_complete(open_live(settings, today))
    driver = Engine(opened.world)

    async def judge(question: SmtpSession) -> Finding:
        assert _is_whole(await question)
        return Finding()

    def hold() -> Ended:
        nodes = [driver.plan(partial(judge, question)) for question in questions]
        ended = sum(isinstance(driver.finish(node).outcome, Finding) for node in nodes)
        driver.close()
        loop.run_until_complete(opened.close())
        loop.close()
        return ended

    return hold


def _questions(count: int) -> Iterator[SmtpSession]:
    from mailcheck.facts.smtp.session import SmtpSession
    from mailcheck.names import parse_address

    for number in range(count):
        public = parse_address(f"8.{number >> 16}.{number >> 8 & 255}.{number & 255}")
        yield SmtpSession(public, 25, "mail.example.com")


def _is_whole(seen: object) -> bool:
    from mailcheck.facts.smtp.session import SmtpSessionFact
    from mailcheck.facts.tls.handshake import Tls

    assert isinstance(seen, SmtpSessionFact)
    return isinstance(seen.tls, Tls) and seen.exchanges[-1].reply.code == 221


WAYS: dict[str, Callable[[int, int], Hold]] = {way.__name__: way for way in (raw, probe, engine)}


def main(way: str, port: int, count: int) -> None:
    """Hold the sessions, and print what it cost."""
    WAYS[way](port, 1)()  # what is imported and made for the first time
    hold = WAYS[way](port, count)
    wall, cpu = time.perf_counter(), time.process_time()
    ended = hold()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    if ended != count:
        raise SystemExit(f"{ended} of {count} sessions came to their end")
    sys.stdout.write(json.dumps({"wall": wall, "cpu": cpu}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
