"""The root of the DNS, where every name begins: its servers, and which of them can be asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from mailcheck.evidence import visible
from mailcheck.facts.dns import DnsAnswer, NameServer, ServerQuery, name_server
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from mailcheck.evidence import Evidence

# The root hints (https://www.internic.net/domain/named.root), last changed 2023-11, read 2026-11.
_HINTS = (
    ("198.41.0.4", "2001:503:ba3e::2:30"),
    ("170.247.170.2", "2801:1b8:10::b"),
    ("192.33.4.12", "2001:500:2::c"),
    ("199.7.91.13", "2001:500:2d::d"),
    ("192.203.230.10", "2001:500:a8::e"),
    ("192.5.5.241", "2001:500:2f::f"),
    ("192.112.36.4", "2001:500:12::d0d"),
    ("198.97.190.53", "2001:500:1::53"),
    ("192.36.148.17", "2001:7fe::53"),
    ("192.58.128.30", "2001:503:c27::2:30"),
    ("193.0.14.129", "2001:7fd::1"),
    ("199.7.83.42", "2001:500:9f::42"),
    ("202.12.27.33", "2001:dc3::35"),
)

ROOT_SERVERS: tuple[NameServer, ...] = tuple(
    name_server(address, f"{letter}.root-servers.net")
    for family in zip(*_HINTS, strict=True)
    for letter, address in zip("abcdefghijklm", family, strict=True)
)
"""The servers of the public root, the IPv4 addresses first."""

NO_RESOLVER = "no-resolver"
"""The cause of every question to the resolvers of a run that has none: it asks from the root on."""

PRIMED = 3
"""Servers of each family that are asked whether the root can be reached from here."""


@question
class RunRoot(Question["RunRootFact"]):
    """Where a run that asks the servers of zones begins."""


@dataclass(frozen=True, slots=True)
class RunRootFact:
    """Whom to ask first.

    ``servers`` are those of the root, if there is one; ``guides`` are resolvers that show the way
    to a zone where no server of the root answers.
    """

    servers: tuple[NameServer, ...] = ()
    guides: tuple[NameServer, ...] = ()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing worth a line: whoever answers is named."""
        return ()


@question
class Root(Question["RootFact"]):
    """Whether the root can be asked from here, found out once in a run (priming, RFC 8109)."""

    aside: ClassVar[bool] = True

    async def derive(self) -> RootFact:
        """Ask some servers of each family for the root's own NS records, all at once."""
        start = await RunRoot()
        families: dict[int, list[NameServer]] = {}
        for server in start.servers:
            families.setdefault(server.address.version, []).append(server)
        asked = [server for family in families.values() for server in family[:PRIMED]]
        said = await each_of(ServerQuery(".", "NS", server) for server in asked)
        heard = [s for s, a in zip(asked, said, strict=True) if _speaks_for_the_root(a)]
        if not heard:
            return RootFact((), start.guides, _in_its_place(said))
        # A family without an answer has no way out of this network: its servers are left alone.
        reached = {server.address.version for server in heard}
        rest = [s for s in start.servers if s.address.version in reached and s not in heard]
        return RootFact((*heard, *rest), start.guides)


@dataclass(frozen=True, slots=True)
class RootFact:
    """Who can be asked first.

    ``servers`` of the root, none if it is out of reach; then ``guides`` show the way. ``impostor``
    is who answered in the root's place and is not the root.
    """

    servers: tuple[NameServer, ...]
    guides: tuple[NameServer, ...] = ()
    impostor: str = ""

    def __str__(self) -> str:
        if self.servers:
            return f"{visible(str(self.servers[0]))} answers"
        way = ", ".join(visible(str(guide)) for guide in self.guides) or "nobody"
        why = f"{visible(self.impostor)} answers in its place" if self.impostor else "no answer"
        return f"{why}; the way to a zone is asked of {way}"


def _speaks_for_the_root(answer: DnsAnswer | Unobserved) -> bool:
    return isinstance(answer, DnsAnswer) and answer.status == "data" and answer.authoritative


def _in_its_place(said: tuple[DnsAnswer | Unobserved, ...]) -> str:
    """Say who answered instead of the root; empty if nobody did.

    Some networks answer every packet to port 53 themselves. What they say of a zone is not the
    word of its servers, and a refusal of theirs is no refusal of the zone.
    """
    for answer in said:
        if isinstance(answer, DnsAnswer):
            return answer.source.server or "somebody"
        if answer.cause in ("lame", "servfail", "notimp", "formerr"):
            return "somebody"
    return ""


async def start() -> RootFact:
    """Return whom to ask first, at the root or on the way past it.

    Raises:
        NotObserved: if there is nobody.
    """
    root = await Root()
    if not root.servers and not root.guides:
        text = "no server of the root answers, and no resolver shows the way past it"
        raise NotObserved(Unobserved(NO_RESOLVER, text))
    return root
