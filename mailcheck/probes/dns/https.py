"""DNS queries over HTTPS (RFC 8484)."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import ssl

    from mailcheck.facts.dns import NameServer
    from mailcheck.probes.routes import Endpoint

_LARGEST = 65535
"""Octets of a DNS message (RFC 1035 §4.2.2)."""

_MEDIA_TYPE = "application/dns-message"


class Broken(NamedTuple):
    """Why a stream brought no response: a cause, and what it looked like."""

    cause: str
    detail: str


class HttpsClient:
    """Asks one *server*, which is at *endpoint*, on connections that are kept.

    The address is known, so no name is looked up; the server's name is for the request and for the
    certificate. No proxy of the environment stands between: the answers are to be this server's.
    """

    def __init__(self, server: NameServer, endpoint: Endpoint, context: ssl.SSLContext) -> None:
        host, port = endpoint
        at = f"[{host}]" if ":" in host else host
        self._url = f"https://{at}:{port}{server.path or '/dns-query'}"
        self._name = server.name or str(server.address)
        self._context = context
        self._client: Any = None

    async def ask(self, query: bytes) -> bytes | Broken:
        """Return what the server answers to *query*, at most as much as a message can hold.

        Raises:
            OSError: if the connection breaks.
        """
        if importlib.util.find_spec("httpx2") is None:
            return Broken("no-probe", "asking over HTTPS takes the package httpx2")
        # It takes as long to import as everything else here together, and few runs need it.
        import httpx2

        if self._client is None:
            self._client = httpx2.AsyncClient(
                verify=self._context,
                http2=importlib.util.find_spec("h2") is not None,
                timeout=None,
                trust_env=False,
            )
        headers = {"accept": _MEDIA_TYPE, "content-type": _MEDIA_TYPE, "host": self._name}
        extensions = {"sni_hostname": self._name}
        try:
            async with self._client.stream(
                "POST", self._url, content=query, headers=headers, extensions=extensions
            ) as response:
                if response.status_code != 200:
                    return Broken("unreachable", f"HTTP status {response.status_code}")
                body = b""
                async for part in response.aiter_bytes():
                    body += part
                    if len(body) > _LARGEST:
                        return Broken("malformed", "longer than a DNS message can be")
                return body
        except httpx2.HTTPError as error:
            return Broken("unreachable", str(error) or type(error).__name__)

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()
