"""Answers questions about what is served over HTTPS: who may be asked, and how many at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.probes.admission import Admission, NotAdmittedError
from mailcheck.probes.connecting import NotConnectedError
from mailcheck.probes.https.broken import BrokenOff
from mailcheck.probes.https.request import Request, Timeouts
from mailcheck.probes.tls import own_context
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.https import HttpsGet, HttpsGetFact
    from mailcheck.names import Network
    from mailcheck.probes.reach import Reach
    from mailcheck.probes.routes import Routes

REQUESTS = 20
"""Requests at a time, to all servers together; a single address has one at a time."""

PATIENCE = Timeouts()


class HttpsProbe:
    """Answers :class:`mailcheck.facts.https.HttpsGet`.

    The address is that of the question: no name is looked up, and no proxy of the environment stands
    between. Addresses that are not public are asked only in *allowed* networks or where *routes* know
    a detour.
    """

    def __init__(
        self,
        routes: Routes,
        allowed: tuple[Network, ...] = (),
        timeouts: Timeouts = PATIENCE,
        *,
        reach: Reach | None = None,
    ) -> None:
        self._admission = Admission(routes, allowed, REQUESTS, reach=reach)
        self._timeouts = timeouts
        self._client: Any = None

    async def answer(self, question: HttpsGet) -> HttpsGetFact | Unobserved:
        """Make one request. Its connection is closed when this returns or is cancelled."""
        request = Request(question, self._timeouts)
        try:
            endpoint = self._admission.endpoint(question.address, question.port)
            if isinstance(endpoint, Unobserved):
                return endpoint
            async with self._admission.turn(question.address, question.port):
                await request.make(self._the_client, endpoint)
        except NotAdmittedError as error:
            seen = f"not asked: {error.special}"
            return request.broken_off(BrokenOff("connect", "private-address", str(error), seen))
        except NotConnectedError as error:
            not_tried = BrokenOff("connect", error.cause, str(error), error.seen)
            return request.broken_off(not_tried)
        except BrokenOff as broken:
            if (broken.stage, broken.cause) == ("connect", "timeout"):
                self._admission.reach.silent(question.address, question.port)
            return request.broken_off(broken)
        finally:
            if request.is_connected:
                self._admission.reach.reached(question.address, question.port)
        return request.seen

    async def closed(self) -> None:
        """Close the client, if there is one. Nothing may be asked any more."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    def _the_client(self) -> Any:
        if self._client is None:
            # They take as long to import as everything else here together, and few runs need them.
            from http.cookiejar import CookieJar, DefaultCookiePolicy

            import httpx2

            self._client = httpx2.AsyncClient(
                verify=own_context(),
                # Nobody who is asked is to be known again.
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                limits=httpx2.Limits(max_connections=None, max_keepalive_connections=0),
                timeout=None,
                trust_env=False,
            )
        return self._client
