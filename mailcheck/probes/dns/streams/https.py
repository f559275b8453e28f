"""DNS queries over HTTPS (RFC 8484)."""

from __future__ import annotations

import asyncio
import importlib.util
import ssl
from math import inf
from typing import TYPE_CHECKING, Any

from mailcheck.probes.dns.streams.broken import Broken, broken
from mailcheck.probes.dns.streams.tls import CONNECTING, SILENT

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mailcheck.facts.dns import NameServer
    from mailcheck.probes.dns.clock import Clock
    from mailcheck.probes.routes import Endpoint

CONNECTIONS = 4
"""Connections to one server; over HTTP/2 the first carries everything."""

STREAMS = 100
"""Requests at a time over HTTP/2: servers let a connection have as many (RFC 9113 §6.5.2)."""

_LARGEST = 65535
"""Octets of a DNS message (RFC 1035 §4.2.2)."""

_TAKES = "asking over HTTPS takes the packages httpx2 and h2: pip install pytest-mailcheck[doh]"

_MEDIA_TYPE = "application/dns-message"


class _Pool:
    """Connections that are kept together, and how they behave.

    ``doubted`` is done when they have fallen silent, and no more is to be asked there.
    """

    def __init__(self, client: Any) -> None:
        self.client = client
        self.outstanding = 0
        self.is_connected = False
        self.has_answered = False
        self.doubted = asyncio.get_running_loop().create_future()
        self.quiet_since = 0.0

    def tracer(self) -> Callable[[str, dict[str, Any]], Awaitable[None]]:
        """Return what looks on as one request is made: httpcore tells it each step.

        It closes what a handshake that is cut short leaves behind; httpcore does not.
        """
        streams: list[Any] = []

        async def trace(event: str, info: dict[str, Any]) -> None:
            if event == "connection.connect_tcp.complete":
                streams.append(info["return_value"])
            elif event == "connection.start_tls.complete":
                self.is_connected = True
            elif event == "connection.start_tls.failed":
                await streams.pop().aclose()

        return trace

    def is_silent(self, now: float) -> bool:
        """Whether it cannot be connected, or may have died since it answered."""
        patience = SILENT if self.has_answered else inf if self.is_connected else CONNECTING
        return bool(self.outstanding) and now - self.quiet_since >= patience


class HttpsClient:
    """Asks one *server*, which is at *endpoint*, on connections that are kept.

    The address is known, so no name is looked up; the server's name is for the request and for the
    certificate. No proxy of the environment stands between: the answers are to be this server's.
    It takes ``room`` queries at a time: one on each connection, unless it speaks HTTP/2.
    """

    def __init__(self, server: NameServer, endpoint: Endpoint, clock: Clock) -> None:
        host, port = endpoint
        at = f"[{host}]" if ":" in host else host
        self._url = f"https://{at}:{port}{server.path or '/dns-query'}"
        self._server = server
        self._name = server.authentication or str(server.address)
        self._clock = clock
        self._pool: _Pool | None = None
        self._doubted: list[_Pool] = []
        self.room = STREAMS if _has_http2() else CONNECTIONS

    async def ask(self, query: bytes) -> bytes | Broken:
        """Return what the server answers to *query*, at most as much as a message can hold.

        Raises:
            OSError: if the connection breaks; TimeoutError if there is none in time.
        """
        if importlib.util.find_spec("httpx2") is None:
            return Broken("no-probe", _TAKES)
        pool = self._connected()
        asked = [asyncio.create_task(self._request(pool, query))]
        try:
            await asyncio.wait([*asked, pool.doubted], return_when=asyncio.FIRST_COMPLETED)
            if not asked[0].done():
                if not pool.is_connected:
                    raise TimeoutError
                again = self._connected()
                asked.append(asyncio.create_task(self._request(again, query)))
            return await _first_answer(asked)
        finally:
            for one in asked:
                one.cancel()
            await asyncio.wait(asked)

    def sweep(self) -> None:
        """Ask on new connections when those there are cannot be made, or may have died.

        What is outstanding is asked again there, once; an answer on the old ones is still taken.
        """
        pool = self._pool
        if pool and pool.is_silent(self._clock.now()):
            pool.doubted.set_result(None)
            self._pool = None
            self._doubted.append(pool)

    async def closed(self) -> None:
        """Close the connections. Nothing may be outstanding any more."""
        pools = [*self._doubted, self._pool]
        self._doubted, self._pool = [], None
        for pool in filter(None, pools):
            await pool.client.aclose()

    def _connected(self) -> _Pool:
        if self._pool is None:
            self._pool = _Pool(self._client())
        return self._pool

    async def _request(self, pool: _Pool, query: bytes) -> bytes | Broken:
        if not pool.outstanding:
            pool.quiet_since = self._clock.now()
        pool.outstanding += 1
        try:
            return await self._post(pool, query)
        finally:
            pool.outstanding -= 1
            if not pool.outstanding and pool in self._doubted:
                self._doubted.remove(pool)
                await pool.client.aclose()

    def _client(self) -> Any:
        # They take as long to import as everything else here together, and few runs need them.
        from http.cookiejar import CookieJar, DefaultCookiePolicy

        import httpx2

        return httpx2.AsyncClient(
            # Its own: the client writes into it that it speaks HTTP, which DoT does not.
            verify=ssl.create_default_context(),
            http2=_has_http2(),
            # What one query brought would tell the server of the next (RFC 8484 §8.2).
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            limits=httpx2.Limits(max_connections=CONNECTIONS),
            timeout=None,
            trust_env=False,
        )

    async def _post(self, pool: _Pool, query: bytes) -> bytes | Broken:
        import httpx2  # late for the same reason

        headers = {
            "accept": _MEDIA_TYPE,
            "accept-encoding": "identity",
            "content-type": _MEDIA_TYPE,
            "host": self._name,
        }
        extensions = {"sni_hostname": self._name, "trace": pool.tracer()}
        try:
            async with pool.client.stream(
                "POST", self._url, content=query, headers=headers, extensions=extensions
            ) as response:
                pool.has_answered = True
                pool.quiet_since = self._clock.now()
                self.room = STREAMS if response.http_version == "HTTP/2" else CONNECTIONS
                if response.status_code != 200:
                    return Broken("unreachable", f"HTTP status {response.status_code}")
                body = b""
                async for part in response.aiter_raw():
                    body += part
                    if len(body) > _LARGEST:
                        return Broken("malformed", "longer than a DNS message can be")
                return body
        except httpx2.HTTPError as error:
            said = broken(error, self._server)
            return said if said.is_ours or _has_http2() else _with_hint(said)


async def _first_answer(asked: list[asyncio.Task[bytes | Broken]]) -> bytes | Broken:
    """Return what the first of *asked* brings that brings anything; else what the last came to."""
    for done in asyncio.as_completed(asked):
        said: bytes | Broken | OSError
        try:
            said = await done
        except OSError as error:
            said = error
        if isinstance(said, bytes):
            break
    if isinstance(said, OSError):
        raise said
    return said


def _has_http2() -> bool:
    return importlib.util.find_spec("h2") is not None


def _with_hint(said: Broken) -> Broken:
    """Say what may be missing here: servers are free to speak HTTP/2 only (RFC 8484 §5.2)."""
    return said._replace(detail=f"{said.detail}; asked without HTTP/2, which takes the package h2")
