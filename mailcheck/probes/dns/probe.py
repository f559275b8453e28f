"""Puts queries on the wire, to one server or to the resolvers of the run."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import dns.asyncbackend
import dns.asyncquery
import dns.exception
import dns.inet
import dns.message
import dns.query

from mailcheck.facts.dns import DnsAnswer, DnsQuery, NameServer, ServerQuery, Source
from mailcheck.probes.dns.message import Query, read_response, unobserved
from mailcheck.probes.routes import has_route
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.evidence import Evidence
    from mailcheck.probes.routes import Endpoint, Routes

MAX_ALIASES = 8
"""Times an alias is followed by a query of our own, where the server did not follow it."""

# A resolver that failed says more than one that was silent; what it says decides whether the
# zone's own servers are asked next.
_TELLING = ("servfail", "refused")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one try may take, in seconds, and how often a list of resolvers is gone through."""

    udp: float = 2.0
    tcp: float = 5.0
    rounds: int = 2


class DnsProbe:
    """Answers :class:`DnsQuery` and :class:`ServerQuery`."""

    def __init__(
        self,
        resolvers: tuple[NameServer, ...],
        routes: Routes,
        patience: Patience = Patience(),
    ) -> None:
        self._resolvers = resolvers
        self._routes = routes
        self._patience = patience

    async def answer(self, question: DnsQuery | ServerQuery) -> DnsAnswer | Unobserved:
        """Ask, and retry what is inconclusive; a definite answer is never asked twice."""
        if isinstance(question, ServerQuery):
            query = Query(question.name, question.rdtype, question.recursive)
            return await self._ask_rounds(query, (question.server,))
        if not self._resolvers:
            return Unobserved(
                "no-resolver", "no resolver is configured; name one with --mail-resolver"
            )
        return await self._resolve(Query(question.name, question.rdtype, recursive=True))

    async def _resolve(self, query: Query) -> DnsAnswer | Unobserved:
        """Ask the resolvers, following aliases that they left unfollowed."""
        chain: list[DnsAnswer] = []
        while len(chain) <= MAX_ALIASES:
            name = chain[-1].aliases[-1] if chain else query.name
            answer = await self._ask_rounds(replace(query, name=name), self._resolvers)
            if isinstance(answer, Unobserved):
                return answer
            chain.append(answer)
            if not _is_unfinished(answer):
                return _joined(chain)
        return unobserved(query, "alias-loop", Source())

    async def _ask_rounds(
        self, query: Query, servers: tuple[NameServer, ...]
    ) -> DnsAnswer | Unobserved:
        failures: list[Unobserved] = []
        for _ in range(self._patience.rounds):
            for server in servers:
                answer = await self._ask(query, server)
                if isinstance(answer, DnsAnswer):
                    return answer
                failures.append(answer)
            if all(failure.not_evaluated for failure in failures):
                break
        worst = min(failures, key=lambda f: (f.cause not in _TELLING, f.not_evaluated))
        return replace(worst, evidence=_together(failures))

    async def _ask(self, query: Query, server: NameServer) -> DnsAnswer | Unobserved:
        endpoint = self._routes.to(server.address, server.port)
        if isinstance(endpoint, Unobserved):
            return endpoint
        source = Source(str(server), command=query.command(str(server.address), server.port))
        if not has_route(endpoint):
            return replace(unobserved(query, "no-ipv6-route", source), not_evaluated=True)
        answer = await self._exchange(query, endpoint, source, edns=True)
        if isinstance(answer, Unobserved) and answer.cause in ("formerr", "notimp"):
            return await self._exchange(query, endpoint, source, edns=False)
        return answer

    async def _exchange(
        self, query: Query, endpoint: Endpoint, source: Source, *, edns: bool
    ) -> DnsAnswer | Unobserved:
        """One query and its response; over TCP where the response does not fit a datagram."""
        try:
            message = query.message(edns=edns)
        except dns.exception.DNSException as error:
            return unobserved(query, "not-a-name", source, type(error).__name__)
        host, port = endpoint
        started = time.monotonic()
        try:
            response = await _datagram(message, host, port, self._patience.udp)
            if response is None:
                source = replace(source, transport="TCP")
                response = await dns.asyncquery.tcp(message, host, self._patience.tcp, port)
        except dns.exception.Timeout:
            return _silent(query, source)
        except (dns.exception.DNSException, ValueError) as error:
            return unobserved(query, "malformed", source, type(error).__name__)
        except (OSError, EOFError) as error:
            return _unreachable(query, source, error)
        elapsed = (time.monotonic() - started) * 1000
        return read_response(query, response, replace(source, milliseconds=round(elapsed, 1)))


async def _datagram(
    message: dns.message.Message, host: str, port: int, timeout: float
) -> dns.message.Message | None:
    """Ask over UDP; None if the response was truncated. Strays with another id are passed over.

    The socket is connected: only so does the kernel say that nobody listens at the port.
    """
    backend = dns.asyncbackend.get_default_backend()
    family = dns.inet.af_for_address(host)
    async with await backend.make_socket(  # type: ignore[no-untyped-call]  # not typed in dnspython
        family, socket.SOCK_DGRAM, destination=(host, port)
    ) as connected:
        try:
            return await dns.asyncquery.udp(
                message,
                host,
                timeout,
                port,
                ignore_unexpected=True,
                raise_on_truncation=True,
                sock=connected,
                ignore_errors=True,
            )
        except dns.message.Truncated:
            return None


def _together(failures: list[Unobserved]) -> tuple[Evidence, ...]:
    """Return one line for each cause, naming every server that failed with it."""
    groups: dict[str, list[Evidence]] = {}
    for failure in failures:
        groups.setdefault(failure.cause, []).extend(failure.evidence)
    return tuple(
        replace(lines[0], source=f"from {', '.join(dict.fromkeys(_who(line) for line in lines))}")
        for lines in groups.values()
        if lines
    )


def _who(line: Evidence) -> str:
    return line.source.removeprefix("from ")


def _joined(chain: list[DnsAnswer]) -> DnsAnswer:
    """Return what an alias, the alias it leads to and so on say together.

    That lives as long as the shortest of them, and is validated only if all are.
    """
    return replace(
        chain[-1],
        name=chain[0].name,
        aliases=tuple(alias for answer in chain for alias in answer.aliases),
        ttl=min((answer.ttl for answer in chain if answer.ttl is not None), default=None),
        authenticated=all(answer.authenticated for answer in chain),
    )


def _is_unfinished(answer: DnsAnswer) -> bool:
    return answer.status == "nodata" and bool(answer.aliases) and not answer.denier


def _silent(query: Query, source: Source) -> Unobserved:
    if source.transport == "TCP":
        return unobserved(query, "truncated", source, "the whole answer did not come over TCP")
    return unobserved(query, "timeout", source)


def _unreachable(query: Query, source: Source, error: Exception) -> Unobserved:
    if source.transport == "TCP":
        return unobserved(query, "truncated", source, "the server takes no TCP connection")
    detail = getattr(error, "strerror", None) or type(error).__name__
    return unobserved(query, "unreachable", source, detail)
