"""nsd with the names of the benches, and the relay that puts a distance between it and a client."""

from __future__ import annotations

import contextlib
import json
import random
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any, Self

import dns.exception
import dns.message
import dns.query

from tests.bench import relay
from tests.bench.child import BenchError, environment
from tests.conftest import server_path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CONFIGURATION = """\
server:
  ip-address: 127.0.0.1@{port}
  server-count: 1
  username: ""
  chroot: ""
  zonesdir: "{folder}"
  database: ""
  pidfile: "{folder}/nsd.pid"
  xfrdfile: "{folder}/xfrd.state"
  zonelistfile: "{folder}/zone.list"
  logfile: "{folder}/nsd.log"
  receive-buffer-size: 8388608
  send-buffer-size: 8388608
  rrl-ratelimit: 0
  rrl-whitelist-ratelimit: 0
remote-control:
  control-enable: no
"""

DELAY_MS = 20
"""The distance of the goals: a resolver in another town."""

LOSS_PERCENT = 1

PATIENCE = 60.0
"""Seconds nsd may take to read its zones."""


@contextlib.contextmanager
def nsd(folder: Path, zones: dict[str, str]) -> Iterator[int]:
    """Serve *zones* (name to text) from *folder* at a free port of 127.0.0.1, and give the port.

    Raises:
        BenchError: if nsd is not installed or does not come up.
    """
    program = server_path("nsd")
    if program is None:
        raise BenchError("nsd is not installed (Debian: apt install nsd)")
    port = _free_port()
    configuration = _CONFIGURATION.format(port=port, folder=folder)
    for number, (zone, text) in enumerate(zones.items()):
        (folder / f"{number}.zone").write_text(text)
        configuration += f"zone:\n  name: {zone}\n  zonefile: {number}.zone\n"
    (folder / "nsd.conf").write_text(configuration)
    process = subprocess.Popen(
        [program, "-d", "-c", folder / "nsd.conf"], stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _await_answer(process, port, folder / "nsd.log")
        yield port
    finally:
        process.terminate()
        process.wait()


class Relayed:
    """A relay as its user sees it: a port, and what was asked of it once it has ended."""

    def __init__(self, server_port: int, delay_ms: float = 0, loss_percent: float = 0) -> None:
        self._process = subprocess.Popen(
            [sys.executable, relay.__file__, *map(str, (server_port, delay_ms, loss_percent))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
            start_new_session=True,  # Ctrl-C is for us to hear: it must live to tell what it saw
            text=True,
        )
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())

    def end(self) -> dict[str, Any]:
        """End the relay; return the queries ``sent``, how many are ``distinct``, and ``lost``."""
        if self._process.poll() is not None:
            return {}
        output, _ = self._process.communicate()
        counts: dict[str, Any] = json.loads(output)
        return counts

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


def _free_port() -> int:
    """Return a port that is free for UDP and TCP, and below those that clients are given.

    Between here and nsd's start thousands of sockets may be opened: a port that the kernel chose
    would be chosen again.
    """
    for port in random.sample(range(10_000, 32_768), 100):
        with (
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams,
            socket.socket(socket.AF_INET, socket.SOCK_STREAM) as streams,
            contextlib.suppress(OSError),
        ):
            datagrams.bind(("127.0.0.1", port))
            streams.bind(("127.0.0.1", port))
            return port
    raise BenchError("no port is free")


def _await_answer(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    query = dns.message.make_query("test", "SOA")
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(dns.exception.DNSException, OSError):
            if dns.query.udp(query, "127.0.0.1", timeout=0.2, port=port).answer:
                return
        time.sleep(0.05)
    raise BenchError(f"nsd does not answer:\n{log.read_text() if log.exists() else ''}")
