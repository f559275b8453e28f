"""What each of a zone's own name servers says, asked directly and without recursion."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mailcheck.facts.delegation import Delegation
from mailcheck.facts.dns import ANSWERS, DnsAnswer, DnsQuery, NameServer, ServerQuery, told
from mailcheck.question import Question, Unobserved, each_of, question


@question
class AuthorityAnswers(Question["AuthorityAnswersFact"]):
    """What the servers of the zone that holds *name* say about *rdtype*, each for itself."""

    name: str
    rdtype: str

    async def derive(self) -> AuthorityAnswersFact:
        """Find the servers, then ask each."""
        delegation = await Delegation(self.name, confirmed=True)
        queries = [ServerQuery(self.name, self.rdtype, server) for server in delegation.servers]
        said = tuple(zip(delegation.servers, await each_of(queries), strict=True))
        return AuthorityAnswersFact(
            delegation.zone, said, delegation.unknown, delegation.without_address
        )


@dataclass(frozen=True, slots=True)
class AuthorityAnswersFact:
    """The answers of a zone's servers, address by address.

    ``unknown`` are lookups of server addresses that brought nothing, and servers left out;
    ``without_address`` are servers that the zone is delegated to and nobody can ask.
    """

    zone: str
    said: tuple[tuple[NameServer, DnsAnswer | Unobserved], ...]
    unknown: tuple[Unobserved, ...] = ()
    without_address: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[tuple[NameServer, DnsAnswer], ...]:
        """The authoritative answers, negative ones included."""
        return tuple(
            (server, answer)
            for server, answer in self.said
            if isinstance(answer, DnsAnswer) and answer.authoritative and answer.status in ANSWERS
        )

    @property
    def refuses(self) -> bool:
        """Whether servers answer, and all that do refuse or have no authority."""
        heard = (a for _, a in self.said if isinstance(a, DnsAnswer) or a.cause == "lame")
        return not self.answers and any(heard)

    @property
    def silent(self) -> tuple[Unobserved, ...]:
        """What is missing to know what every server says.

        An address that this machine has no way to (IPv6 without a route) is not missing if another
        address of the same server answered.
        """
        heard = {server.name for server, answer in self.said if isinstance(answer, DnsAnswer)}
        return self.unknown + tuple(
            answer
            for server, answer in self.said
            if isinstance(answer, Unobserved)
            and answer.cause != "lame"
            and not (answer.not_evaluated and server.name in heard)
        )


def told_by(
    server: NameServer, asked: str, answer: str, *, ttl: int = 3600, recursive: bool = False
) -> tuple[ServerQuery, DnsAnswer | Unobserved]:
    """Write down what one server says, in the words of :func:`mailcheck.facts.dns.told`.

    Asked as a resolver, it says so from its cache, with *ttl* seconds left; otherwise with
    authority. ``REFUSED-BY-AUTHORITY`` is its refusal, ``LAME`` an answer without authority.
    """
    query, said = told(asked, answer)
    if isinstance(said, DnsAnswer):
        left = ttl if said.status == "data" else None
        said = replace(said, authoritative=not recursive, ttl=left)
    return ServerQuery(query.name, query.rdtype, server, recursive), said


def told_servers(
    zone: str, *servers: NameServer
) -> tuple[tuple[DnsQuery, DnsAnswer | Unobserved], ...]:
    """Write down that *zone* is delegated to *servers*, each with one IPv4 address."""
    names = " | ".join(f"{server.name}." for server in servers)
    pairs = [told(f"{zone} NS", names)]
    for server in servers:
        pairs.append(told(f"{server.name} A", str(server.address)))
        pairs.append(told(f"{server.name} AAAA", "NODATA"))
    return tuple(pairs)
