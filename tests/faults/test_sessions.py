"""Whole pytest sessions beside a server that goes on while they do something else, or are ended."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from tests.faults.replies import honest, later, silent, when
from tests.faults.server import LOOPBACK, Server

if TYPE_CHECKING:
    from pathlib import Path

    from tests.faults.server import Asked, Reply

PATIENCE = 120
"""Seconds after which a session that hangs is given up."""

NUMBERED = re.compile(r"d\d+\.")

START = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job may ignore it
import pytest
sys.exit(pytest.main(sys.argv[1:]))
"""


def is_numbered(asked: Asked) -> bool:
    """Whether the question is about one of the many domains of these suites."""
    return NUMBERED.match(asked.name) is not None


def resolver(reply: Reply) -> Server:
    """Return a resolver that says the same over UDP only."""
    return Server(reply, None, "resolver", set())


async def session(folder: Path, port: int, *arguments: str) -> asyncio.subprocess.Process:
    """Begin a pytest session in *folder* that asks the resolver at *port*."""
    (folder / "pytest.ini").write_text("[pytest]\n")
    options = ["-p", "no:cacheprovider", "--mail-live", f"--mail-resolver={LOOPBACK}:{port}"]
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", START, *options, *arguments),
        cwd=folder,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


def test_ctrl_c_ends_a_run_with_2000_open_questions_and_keeps_its_results(tmp_path: Path) -> None:
    answered = ["domain example.com has MX", "domain parked.example.com accepts no mail"]
    silence = [f"domain d{number}.example.com has MX" for number in range(2000)]
    suite = "".join(f"  - {sentence}\n" for sentence in (*answered, *silence))
    (tmp_path / "mail.yml").write_text(f"mailcheck: 1\nchecks:\n{suite}")

    async def run() -> tuple[int | None, str]:
        server = resolver(when(is_numbered, silent))
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(server.serving())
            process = await session(tmp_path, server.port, "-v")
            assert process.stdout is not None
            shown = ""
            while shown.count("PASSED") < len(answered):
                line = await process.stdout.readline()
                assert line, shown
                shown += line.decode()
            # The next test waits in silence, and the questions of many others with it.
            while sum(bool(NUMBERED.match(name)) for _, name, _ in server.heard) < 50:
                server.arrived.clear()
                await server.arrived.wait()
            process.send_signal(signal.SIGINT)
            rest, _ = await process.communicate()
            return process.returncode, shown + rest.decode()

    code, shown = asyncio.run(asyncio.wait_for(run(), PATIENCE))
    assert code == 2, shown
    assert "2 passed" in shown
    assert "KeyboardInterrupt" in shown
    for complaint in (
        "Task was destroyed",
        "Exception ignored",
        "ResourceWarning",
        "INTERNALERROR",
    ):
        assert complaint not in shown


def test_a_slow_test_of_somebody_else_does_not_look_like_packet_loss(tmp_path: Path) -> None:
    """Answers come while nobody listens; when we are back they are taken, and nothing is repeated."""
    suites = {
        "a.yml": ["domain example.com has MX"],
        "c.yml": [
            f'"domain d{number}.example.com has MX": {{expect: no-such-domain}}'
            for number in range(300)
        ],
    }
    for name, sentences in suites.items():
        body = "".join(f"  - {sentence}\n" for sentence in sentences)
        (tmp_path / name).write_text(f"mailcheck: 1\nchecks:\n{body}")

    async def gate(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        def open_it() -> None:
            writer.write(b"!")
            writer.close()

        # Longer than any retry timer is at first, on a network this fast.
        asyncio.get_running_loop().call_later(2.5, open_it)

    async def run() -> tuple[int | None, str, Server]:
        server = resolver(when(is_numbered, later(0.1), honest))
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(server.serving())
            slow = await stack.enter_async_context(await asyncio.start_server(gate, LOOPBACK, 0))
            port = slow.sockets[0].getsockname()[1]
            (tmp_path / "test_b.py").write_text(
                "import socket\n\n"
                "def test_slow():\n"
                f"    with socket.create_connection(({LOOPBACK!r}, {port})) as gate:\n"
                "        assert gate.recv(1)\n"
            )
            process = await session(tmp_path, server.port, "-q")
            shown, _ = await process.communicate()
            return process.returncode, shown.decode(), server

    code, shown, server = asyncio.run(asyncio.wait_for(run(), PATIENCE))
    assert code == 0, shown
    assert "302 passed" in shown
    repeated = {asked: times for asked, times in server.heard.items() if times > 1}
    assert repeated == {}
