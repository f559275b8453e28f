"""A program that stands between a DNS client and its server: it delays, loses and counts.

    python relay.py SERVER_PORT DELAY_MS LOSS_PERCENT

It prints the UDP port of 127.0.0.1 where it listens. When its standard input ends it prints what
it saw, as JSON, and ends. It runs alone, so that what it costs is nobody's, and uses nothing but
the standard library, so that it starts at once.

A request is passed on at once, and its response held back until the whole delay is over since the
request: the client sees the same, and the server's time is part of the delay as it would be of a
longer way. Of the exchanges that are lost one half loses the request and one half the response.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import select
import socket
import sys
import time
from collections import Counter
from heapq import heappop, heappush

BUFFER = 8 * 1024 * 1024
_FORCED_RECEIVE_BUFFER = 33  # SO_RCVBUFFORCE of Linux: socket has no name for it


class Relay:
    """One client side, one server side, and what is on its way between them.

    The server side has an id of its own for each exchange, so that one socket serves all of the
    client's, whose ids may be the same.
    """

    def __init__(self, server_port: int, delay: float, loss: float) -> None:
        self.delay = delay
        self.loss = loss
        self.asked: Counter[bytes] = Counter()
        self.lost = 0
        self.client = _socket()
        self.client.bind(("127.0.0.1", 0))
        self.server = _socket()
        self.server.connect(("127.0.0.1", server_port))
        self._origins: dict[int, tuple[float, bytes, tuple[str, int]]] = {}
        self._next_id = 0
        self._held: list[tuple[float, bytes, tuple[str, int]]] = []
        # The same losses in every round, whatever is being compared.
        self._random = random.Random(1)  # noqa: S311  nobody is protected by it

    def take_requests(self, now: float) -> None:
        """Pass on what clients sent."""
        while True:
            try:
                wire, origin = self.client.recvfrom(4096)
            except BlockingIOError:
                return
            self.asked[_question(wire)] += 1
            if self._loses(self.loss / 2):
                continue
            number = self._next_id = (self._next_id + 1) & 0xFFFF
            self._origins[number] = now + self.delay, wire[:2], origin
            with contextlib.suppress(BlockingIOError, ConnectionError):
                self.server.send(number.to_bytes(2, "big") + wire[2:])

    def take_responses(self) -> None:
        """Hold back what the server answered."""
        while True:
            try:
                wire = self.server.recv(65535)
            except (BlockingIOError, ConnectionError):
                return
            known = self._origins.pop(int.from_bytes(wire[:2], "big"), None)
            if known is None or self._loses(self.loss / 2):
                continue
            due, own_id, origin = known
            heappush(self._held, (due, own_id + wire[2:], origin))

    def release(self, now: float) -> float | None:
        """Send what has been held long enough; return the seconds until the next is due."""
        while self._held and self._held[0][0] <= now:
            _, wire, origin = heappop(self._held)
            with contextlib.suppress(BlockingIOError, ConnectionError):
                self.client.sendto(wire, origin)
        return self._held[0][0] - now if self._held else None

    def report(self) -> str:
        """Return the queries sent, how many of them differ, and some that were sent twice."""
        again = [_shown(question) for question, count in self.asked.most_common(5) if count > 1]
        counts = {"sent": self.asked.total(), "distinct": len(self.asked), "lost": self.lost}
        return json.dumps(counts | {"again": again})

    def close(self) -> None:
        """Drop what is held back."""
        self.client.close()
        self.server.close()

    def _loses(self, share: float) -> bool:
        if share and self._random.random() < share:
            self.lost += 1
            return True
        return False


def _question(wire: bytes) -> bytes:
    """Return name and type of the question; ASCII case is not a difference."""
    end = 12
    while end < len(wire) and wire[end]:
        end += wire[end] + 1
    return wire[12:end].lower() + wire[end : end + 3]


def _shown(question: bytes) -> str:
    """Return name and number of the type, for whoever looks for a question that came twice."""
    labels, end = [], 0
    while length := question[end]:
        labels.append(question[end + 1 : end + 1 + length].decode("ascii", "replace"))
        end += length + 1
    return f"{'.'.join(labels)} TYPE{int.from_bytes(question[-2:], 'big')}"


def _socket() -> socket.socket:
    opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    opened.settimeout(0)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
    with contextlib.suppress(PermissionError):
        opened.setsockopt(socket.SOL_SOCKET, _FORCED_RECEIVE_BUFFER, BUFFER)
    return opened


def main() -> None:
    """Relay until standard input ends."""
    with contextlib.suppress(PermissionError):  # a wire does not queue for the processor
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
    port, delay, loss = int(sys.argv[1]), float(sys.argv[2]) / 1000, float(sys.argv[3]) / 100
    relay = Relay(port, delay, loss)
    sys.stdout.write(f"{relay.client.getsockname()[1]}\n")
    sys.stdout.flush()
    wait = None
    while True:
        ready, _, _ = select.select([relay.client, relay.server, sys.stdin], [], [], wait)
        if sys.stdin in ready:
            break
        if relay.client in ready:
            relay.take_requests(time.monotonic())
        if relay.server in ready:
            relay.take_responses()
        wait = relay.release(time.monotonic())
    relay.close()
    sys.stdout.write(relay.report() + "\n")


if __name__ == "__main__":
    main()
