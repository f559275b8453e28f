"""DNS queries over HTTPS (RFC 8484)."""

from __future__ import annotations

import importlib.util
import ssl
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any

from mailcheck.probes.dns.broken import Broken, broken

if TYPE_CHECKING:
    from mailcheck.facts.dns import NameServer
    from mailcheck.probes.routes import Endpoint

_LARGEST = 65535
"""Octets of a DNS message (RFC 1035 §4.2.2)."""

_TAKES = "asking over HTTPS takes the packages httpx2 and h2: pip install pytest-mailcheck[doh]"

_MEDIA_TYPE = "application/dns-message"


class HttpsClient:
    """Asks one *server*, which is at *endpoint*, on connections that are kept.

    The address is known, so no name is looked up; the server's name is for the request and for the
    certificate. No proxy of the environment stands between: the answers are to be this server's.
    """

    def __init__(self, server: NameServer, endpoint: Endpoint) -> None:
        host, port = endpoint
        at = f"[{host}]" if ":" in host else host
        self._url = f"https://{at}:{port}{server.path or '/dns-query'}"
        self._server = server
        self._name = server.authentication or str(server.address)
        self._client: Any = None

    async def ask(self, query: bytes) -> bytes | Broken:
        """Return what the server answers to *query*, at most as much as a message can hold.

        Raises:
            OSError: if the connection breaks.
        """
        if importlib.util.find_spec("httpx2") is None:
            return Broken("no-probe", _TAKES)
        # It takes as long to import as everything else here together, and few runs need it.
        import httpx2

        if self._client is None:
            self._client = httpx2.AsyncClient(
                # Its own: the client writes into it that it speaks HTTP, which DoT does not.
                verify=ssl.create_default_context(),
                http2=_has_http2(),
                # What one query brought would tell the server of the next (RFC 8484 §8.2).
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                timeout=None,
                trust_env=False,
            )
        headers = {
            "accept": _MEDIA_TYPE,
            "accept-encoding": "identity",
            "content-type": _MEDIA_TYPE,
            "host": self._name,
        }
        extensions = {"sni_hostname": self._name}
        try:
            async with self._client.stream(
                "POST", self._url, content=query, headers=headers, extensions=extensions
            ) as response:
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

    async def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            await self._client.aclose()


def _has_http2() -> bool:
    return importlib.util.find_spec("h2") is not None


def _with_hint(said: Broken) -> Broken:
    """Say what may be missing here: servers are free to speak HTTP/2 only (RFC 8484 §5.2)."""
    return said._replace(detail=f"{said.detail}; asked without HTTP/2, which takes the package h2")
