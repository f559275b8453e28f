"""One GET over HTTPS, from the socket to the last octet that is wanted."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from mailcheck.facts.https import HttpsGetFact
from mailcheck.facts.tls.handshake import Tls
from mailcheck.probes.https.broken import BrokenOff, RefusedError, broken_off, no_tls
from mailcheck.probes.routes import has_route
from mailcheck.probes.tls import chain_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from mailcheck.facts.https import HttpsGet, Stage
    from mailcheck.probes.routes import Endpoint
    from mailcheck.question import Unobserved


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds that a connection and a handshake may take, and the request as a whole.

    The last one counts from the beginning, so that a response in drops ends too; it is the minute
    that RFC 8461 §3.3 proposes.
    """

    connect: float = 10
    handshake: float = 20
    request: float = 60


class Request:
    """Asks one question; ``seen`` is the fact as far as it is known."""

    def __init__(self, question: HttpsGet, timeouts: Timeouts) -> None:
        self.seen = HttpsGetFact(question.address, question.port, question.host, question.path)
        self.is_connected = False
        self._largest = question.largest
        self._timeouts = timeouts
        self._stage: Stage = "connect"
        self._streams: list[Any] = []

    async def make(self, client: Callable[[], Any], endpoint: Endpoint) -> None:
        """Ask at *endpoint*, by what *client* returns, which is made once a route is known.

        Raises:
            BrokenOff: where the server does not let it come to an end.
        """
        if not has_route(endpoint):
            text = "this machine has no route for IPv6"
            raise BrokenOff("connect", "no-ipv6-route", text, "no route")
        asking = client()  # importing it takes time that is not the server's
        loop = asyncio.get_running_loop()
        self._started = self._since = loop.time()
        try:
            async with asyncio.timeout(self._timeouts.connect) as self._limit:
                await self._ask(asking, endpoint)
        except TimeoutError:
            raise self._late() from None
        except RefusedError:
            self.seen = replace(self.seen, refused=True)

    def broken_off(self, broken: BrokenOff) -> HttpsGetFact | Unobserved:
        """Return what is left of a request that *broken* ended: a fact from the handshake on."""
        rest = self.seen.broken_off(broken.stage, broken.cause, broken.text, broken.seen)
        return rest if self.seen.tls is None else replace(self.seen, broken=rest)

    async def _ask(self, client: Any, endpoint: Endpoint) -> None:
        import ssl  # with what follows, for those who ask

        import httpx2

        host, port = endpoint
        url = f"https://{f'[{host}]' if ':' in host else host}:{port}{self.seen.path}"
        named = self.seen.host if self.seen.port == 443 else f"{self.seen.host}:{self.seen.port}"
        headers = {
            "host": named,
            "accept": "text/plain, */*;q=0.5",
            "accept-encoding": "identity",
            # Some firewalls turn away what names a library.
            "user-agent": "mailcheck",
            # The next question may be about another host at the same address.
            "connection": "close",
        }
        extensions = {"sni_hostname": self.seen.host, "trace": self._tracer()}
        try:
            async with client.stream(
                "GET", url, headers=headers, extensions=extensions
            ) as response:
                await self._read(response)
        except (httpx2.HTTPError, OSError, ssl.SSLError) as error:
            if isinstance(error, TimeoutError) and self._limit.expired():
                raise
            failed = no_tls(error) if self._stage == "TLS" else None
            if failed is None:
                raise broken_off(error, self._stage) from None
            self.seen = replace(self.seen, tls=replace(failed, milliseconds=self._elapsed()))

    async def _read(self, response: Any) -> None:
        """Note the response, and as much of its body as is wanted."""
        self.seen = replace(
            self.seen,
            status=response.status_code,
            content_type=response.headers.get("content-type", ""),
            location=response.headers.get("location", ""),
        )
        body = bytearray()
        try:
            async for part in response.aiter_raw():
                body += part
                if len(body) > self._largest:
                    break
        finally:
            self.seen = replace(
                self.seen,
                body=bytes(body[: self._largest]),
                is_cut_short=len(body) > self._largest,
                milliseconds=self._elapsed(),
            )

    def _tracer(self) -> Callable[[str, dict[str, Any]], Awaitable[None]]:
        """Return what looks on: httpcore tells it each step.

        It closes what a handshake that is cut short leaves behind; httpcore does not.
        """

        async def trace(event: str, info: dict[str, Any]) -> None:
            match event:
                case "connection.connect_tcp.complete":
                    self.is_connected = True
                    self._streams.append(info["return_value"])
                    self._goes_on("TLS", self._timeouts.handshake)
                case "connection.start_tls.complete":
                    tls = _agreed(info["return_value"], self._elapsed())
                    self.seen = replace(self.seen, tls=tls)
                    self._goes_on("GET", self._timeouts.request)
                case "connection.start_tls.failed":
                    await self._streams.pop().aclose()

        return trace

    def _goes_on(self, stage: Stage, seconds: float) -> None:
        """Begin *stage*, which may take so many seconds, and not longer than the whole may."""
        self._stage = stage
        self._since = asyncio.get_running_loop().time()
        self._limit.reschedule(min(self._since + seconds, self._started + self._timeouts.request))

    def _elapsed(self) -> float:
        return (asyncio.get_running_loop().time() - self._since) * 1000

    def _late(self) -> BrokenOff:
        what, seconds = {
            "connect": ("answer", self._timeouts.connect),
            "TLS": ("handshake", self._timeouts.handshake),
            "GET": ("complete response", self._timeouts.request),
        }[self._stage]
        return BrokenOff(self._stage, "timeout", f"no {what} within {seconds:g} s", "timeout")


def _agreed(stream: Any, milliseconds: float) -> Tls:
    """Return what was agreed in the handshake of *stream*."""
    connection = stream.get_extra_info("ssl_object")
    cipher = connection.cipher()
    return Tls(
        connection.version() or "", cipher[0] if cipher else "", chain_of(connection), milliseconds
    )
