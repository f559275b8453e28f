"""The web server of the standard library, which speaks HTTP/1.0 unless it is told otherwise."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import threading
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from mailcheck.facts.https import HttpsGetFact
from mailcheck.facts.tls.handshake import Tls
from mailcheck.probes.https import HttpsProbe
from mailcheck.probes.routes import Routes
from tests.probes.https.conftest import ASKED, HOST, tls_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POLICY = b"version: STSv1\nmode: none\nmax_age: 86400\n"


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and logs nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Newer(Quiet):
    """Speaks HTTP/1.1, and keeps connections."""

    protocol_version = "HTTP/1.1"


@contextlib.contextmanager
def serving(handler: type[Quiet], folder: Path, tls: ssl.SSLContext) -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize("handler", [Quiet, Newer])
@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("/.well-known/mta-sts.txt", 200, "text/plain"),
        ("/.well-known", 301, ""),
        ("/.well-known/", 200, "text/html"),
        ("/none", 404, "text/html"),
    ],
)
def test_files(tmp_path: Path, handler: type[Quiet], path: str, status: int, kind: str) -> None:
    (tmp_path / ".well-known").mkdir()
    (tmp_path / ".well-known" / "mta-sts.txt").write_bytes(POLICY)

    async def ask(port: int) -> object:
        probe = HttpsProbe(Routes({("192.0.2.80", 443): ("127.0.0.1", port)}, closed=True))
        try:
            return await probe.answer(replace(ASKED, path=path))
        finally:
            await probe.closed()

    with serving(handler, tmp_path, tls_of(HOST)) as port:
        fact = asyncio.run(ask(port))
    assert isinstance(fact, HttpsGetFact)
    assert isinstance(fact.tls, Tls)
    assert (fact.status, fact.content_type.partition(";")[0], fact.broken) == (status, kind, None)
    assert (fact.body == POLICY) == (kind == "text/plain")
    assert bool(fact.location) == (status == 301)
