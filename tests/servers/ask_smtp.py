"""Holds SMTP conversations inside a namespace, as a client that waits for every reply.

A JSON line for each on standard input: ``server``, ``lines`` (what the client says) and if wanted
``port``, ``client`` (the address it comes from), ``tries`` and ``early`` (said before the
greeting). The answer to each, in order, is a JSON line: the greeting and the replies until one side
hangs up, each a list of its lines; empty if no connection was made.
"""

from __future__ import annotations

import contextlib
import json
import socket
import sys
import time
from typing import Any

SECONDS = 20.0
"""How long a reply may take."""

PAUSE = 0.05
"""Seconds between tries to connect: a refused connection comes back at once."""


def conversation(asked: dict[str, Any]) -> list[list[str]]:
    """Hold one conversation."""
    here = (asked.get("client", ""), 0)
    for _ in range(asked.get("tries", 1)):
        try:
            made = socket.create_connection((asked["server"], asked.get("port", 25)), SECONDS, here)
        except ConnectionRefusedError:
            time.sleep(PAUSE)
            continue
        with made, made.makefile("rwb", buffering=0) as stream:
            stream.write(asked.get("early", "").encode())
            return _spoken(stream, asked["lines"])
    return []


def _spoken(stream: socket.SocketIO, lines: list[str]) -> list[list[str]]:
    replies = [_reply(stream)]
    with contextlib.suppress(ConnectionError):
        for line in lines:
            stream.write(line.encode() + b"\r\n")
            replies.append(_reply(stream))
    return replies


def _reply(stream: socket.SocketIO) -> list[str]:
    """Read one reply, to the line whose code no hyphen follows."""
    lines: list[str] = []
    while not lines or lines[-1][3:4] == "-":
        line = stream.readline()
        if not line:
            break
        lines.append(line.decode("utf-8", "replace").rstrip())
    return lines


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(conversation(json.loads(line))) + "\n")
