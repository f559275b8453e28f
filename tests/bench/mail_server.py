"""A program that serves SMTP with STARTTLS on every address of 127.0.0.0/8, and counts its sessions.

    python mail_server.py CERTIFICATE DELAY_MS

It prints its port. When its standard input ends it prints what it saw, as JSON, and ends. Each reply
is held back for DELAY_MS, and so is its part of the handshake. It runs alone, so that what it costs
is nobody's; it has a thread for each session, because that takes less of the machine than a loop
would, and what is measured is who asks.
"""

from __future__ import annotations

import contextlib
import json
import socket
import socketserver
import ssl
import sys
import threading
import time
from collections import Counter

NAME = "mail.example.com"

STAGES = 6
"""Replies of a session, the handshake among them."""

GREETING = b"220 mail.example.com ESMTP\r\n"
EHLO = b"250-mail.example.com\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n"
REPLIES = {b"STARTTLS": b"220 2.0.0 Ready\r\n", b"QUIT": b"221 2.0.0 Bye\r\n"}


class Server(socketserver.ThreadingTCPServer):
    """Listens on all of 127.0.0.0/8; who comes over another address is not served."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 1024

    def __init__(self, certificate: str, delay: float) -> None:
        self.delay = delay
        self.sessions: Counter[tuple[str, str]] = Counter()
        self.most = 0
        self._open = 0
        self._lock = threading.Lock()
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate)
        self._context.sni_callback = _note_name
        super().__init__(("", 0), Session)

    def verify_request(self, request: object, client_address: object) -> bool:  # noqa: ARG002  socketserver has it so
        """Serve loopback only."""
        assert isinstance(request, socket.socket)
        return str(request.getsockname()[0]).startswith("127.")

    def secured(self, plain: socket.socket) -> ssl.SSLSocket:
        """Shake hands over *plain*."""
        return self._context.wrap_socket(plain, server_side=True)

    def begins(self) -> None:
        """Count a session that is open."""
        with self._lock:
            self._open += 1
            self.most = max(self.most, self._open)

    def ends(self, address: str, name: str) -> None:
        """Count a session by its address and the name that came in the handshake."""
        with self._lock:
            self._open -= 1
            self.sessions[address, name] += 1

    def report(self) -> str:
        """Return how many sessions there were, how many of them differ, how many were open at once."""
        counts = {"sessions": self.sessions.total(), "distinct": len(self.sessions)}
        return json.dumps(counts | {"most": self.most})


def _note_name(connection: ssl.SSLSocket | ssl.SSLObject, name: str | None, _: object) -> None:
    connection.asked_for = name or ""  # type: ignore[union-attr]  # every socket has room for it


class Session(socketserver.StreamRequestHandler):
    """One session, in a thread of its own."""

    server: Server
    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Answer until the client leaves."""
        self.server.begins()
        self._name = ""
        try:
            with contextlib.suppress(OSError):
                self._talk()
        finally:
            self.server.ends(self.connection.getsockname()[0], self._name)

    def _talk(self) -> None:
        self._say(GREETING)
        while line := self.rfile.readline(4096):
            verb = line.split()[0].upper()
            if verb == b"EHLO":
                offers = b"250 8BITMIME\r\n" if self._is_secured else b"250 STARTTLS\r\n"
                self._say(EHLO + offers)
            else:
                self._say(REPLIES.get(verb, b"502 5.5.2 what?\r\n"))
            if verb == b"STARTTLS":
                self._secure()
            if verb == b"QUIT":
                return

    @property
    def _is_secured(self) -> bool:
        return isinstance(self.connection, ssl.SSLSocket)

    def _say(self, octets: bytes) -> None:
        self._wait()
        self.connection.sendall(octets)

    def _secure(self) -> None:
        self._wait()
        self.connection = self.server.secured(self.connection)
        self._name = getattr(self.connection, "asked_for", "")
        self.rfile = self.connection.makefile("rb")

    def _wait(self) -> None:
        if self.server.delay:
            time.sleep(self.server.delay)


def main() -> None:
    """Serve until standard input ends."""
    with Server(sys.argv[1], float(sys.argv[2]) / 1000) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdout.write(f"{server.server_address[1]}\n")
        sys.stdout.flush()
        sys.stdin.read()
        server.shutdown()
        sys.stdout.write(server.report())


if __name__ == "__main__":
    main()
