"""A live zone that its servers show, as told by its text, and what is said of it under a patch."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar

import dns.name
import dns.rdatatype
import dns.rdtypes.ANY.CNAME

from mailcheck.engine import Engine, Layer
from mailcheck.facts.dns import DnsAnswer, ServerQuery, Source, name_server
from mailcheck.facts.records import normal_name
from mailcheck.facts.root import RunRoot, RunRootFact
from mailcheck.finding import met
from mailcheck.names import is_under
from mailcheck.question import Unobserved, each_of
from mailcheck.world.proposed import ProposedNetwork
from mailcheck.world.proposed.patch.reading import read_patch
from mailcheck.world.proposed.zone import Cut
from mailcheck.world.told import ToldWorld

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailcheck.check import Told
    from mailcheck.facts.dns import NameServer
    from mailcheck.finding import Finding
    from mailcheck.question import Fact, Question
    from mailcheck.world.proposed.patch.patch import Patch
    from mailcheck.zones.zone import Zone

ROOT = name_server("192.0.2.1", "a.root.example")
NS = name_server("192.0.2.53", "ns1.example.net")


@dataclass
class LiveZone:
    """A world in which *zone* is served by :data:`NS`, all else as it is *told*.

    Of ``unseen`` questions (``NAME TYPE``) there is a cause only. ``asked`` are those that came to
    NS.
    """

    zone: Zone
    told: tuple[Told, ...] = ()
    unseen: Mapping[str, str] = field(default_factory=dict)
    limits: ClassVar[dict[type, int]] = {}

    def __post_init__(self) -> None:
        self.asked: list[str] = []
        self._rest = ToldWorld(self.told)
        self._open: list[tuple[Fact | Unobserved, Callable[[Fact | Unobserved], None]]] = []

    def answer(self, question: Question[Any], deliver: Callable[[Fact | Unobserved], None]) -> None:
        """Answer for the root and for the zone's server; the rest is told."""
        self._open.append((self._said(question), deliver))

    def step(self) -> None:
        """Deliver one answer."""
        said, deliver = self._open.pop(0)
        deliver(said)

    def poll(self) -> None:
        """Deliver nothing: answers come one a step."""

    async def stepped(self) -> None:
        """Deliver one answer."""
        self.step()

    def close(self) -> None:
        """Forget the open questions."""
        self._open.clear()

    def _said(self, question: Question[Any]) -> Fact | Unobserved:
        if isinstance(question, RunRoot):
            return RunRootFact((ROOT,))
        if isinstance(question, ServerQuery) and question.server == ROOT:
            return self._root(question)
        if isinstance(question, ServerQuery) and question.server == NS:
            asked = f"{question.name} {question.rdtype}"
            self.asked.append(asked)
            cause = self.unseen.get(asked)
            return Unobserved(cause) if cause else self._served(question)
        got: list[Any] = []
        self._rest.answer(question, got.append)
        self._rest.step()
        [said] = got
        return said  # type: ignore[no-any-return]  # whatever was told

    def _root(self, question: ServerQuery) -> DnsAnswer:
        name, origin = question.name, normal_name(self.zone.origin)
        if name == ".":
            return said(question, "data")
        if name.endswith(origin):
            return replace(
                said(question, "referral"), authoritative=False,
                cut=origin, delegated_to=(NS.name,), glue=(NS,),
            )  # fmt: skip
        return replace(said(question, "nodata"), denier=".")

    def _served(self, question: ServerQuery) -> DnsAnswer | Unobserved:
        return answer_of(self.zone, question)


def said(question: ServerQuery, status: Any) -> DnsAnswer:
    """An answer with authority, and nothing in it yet."""
    source = Source(str(question.server))
    return DnsAnswer(question.name, question.rdtype, status, authoritative=True, source=source)


def answer_of(zone: Zone, question: ServerQuery) -> DnsAnswer:
    """What a server says that has *zone*, as far as the first alias."""
    name, rdtype = dns.name.from_text(question.name), dns.rdatatype.from_text(question.rdtype)
    found = zone.lookup(name, rdtype)
    rrset = found.rrset
    if rrset is None:
        status = "nxdomain" if found.kind == "nxdomain" else "nodata"
        return replace(said(question, status), denier=normal_name(zone.origin))
    if found.kind == "delegation":
        hosts = tuple(sorted(normal_name(record.target) for record in rrset))
        return replace(
            said(question, "referral"), authoritative=False,
            cut=normal_name(rrset.name), delegated_to=hosts, glue=glue(zone, hosts),
        )  # fmt: skip
    if found.kind == "data":
        return replace(said(question, "data"), records=tuple(sorted(rrset)), ttl=rrset.ttl)
    target = rrset[0].target
    if found.kind == "dname":
        target = name.relativize(rrset.name).concatenate(target)
        if question.rdtype == "CNAME":
            record = dns.rdtypes.ANY.CNAME.CNAME(1, 5, target)  # type: ignore[no-untyped-call]  # not typed there
            return replace(said(question, "data"), records=(record,), ttl=rrset.ttl)
    return replace(said(question, "nodata"), aliases=(normal_name(target),), ttl=rrset.ttl)


def glue(zone: Zone, hosts: tuple[str, ...]) -> tuple[NameServer, ...]:
    """The addresses in *zone* of those *hosts* that lie in it."""
    return tuple(
        name_server(record.address, host)
        for host in hosts
        for rdtype in (dns.rdatatype.A, dns.rdatatype.AAAA)
        for record in zone.rrset(dns.name.from_text(host), rdtype) or ()
    )


def patch_of(text: str, origin: str = "example.com") -> Patch:
    """Read a patch, whose first line is line 3."""

    def include(name: str, _: str) -> tuple[str, str]:
        raise AssertionError(name)

    return read_patch(f"$ORIGIN {origin}.\n$TTL 300\n{text}", "change", "", include)


def judged(
    world: LiveZone, network: ProposedNetwork | Through, *questions: Question[Any]
) -> list[Any]:
    """What the network will answer."""
    engine = Engine(Layer(Engine(world), network.answer))
    got: list[Any] = []

    async def judge() -> Finding:
        got.extend(await each_of(questions))
        return met()

    engine.finish(engine.plan(judge))
    return got


class Through:
    """Asks a patch itself, so that a cut is seen, by the way of a network."""

    def __init__(self, patch: Patch) -> None:
        self._patch = patch

    async def answer(self, question: Question[Any]) -> Any:
        """Return what the patch says to a query, a cut as the referral that it will be."""
        assert isinstance(question, ServerQuery)
        found = await self._patch.answer(question.name, question.rdtype)
        if not isinstance(found, Cut):
            return found
        return replace(
            said(question, "referral"), authoritative=False,
            cut=found.below, delegated_to=found.hosts, glue=found.glue,
        )  # fmt: skip


def words(answer: DnsAnswer | Unobserved) -> str:
    """An answer in short; of glue, what nobody could do without."""
    if isinstance(answer, Unobserved):
        return answer.cause
    if answer.status == "referral":
        below = [server for server in answer.glue if is_under(server.name, answer.cut)]
        glue = sorted(f"{server.name}={server.address}" for server in below)
        return " ".join([f"cut {answer.cut} to", *answer.delegated_to, *glue])
    if answer.aliases:
        return f"-> {answer.aliases[0]}"
    if answer.status == "data":
        return " | ".join(sorted(answer.texts))
    return answer.status.upper()
