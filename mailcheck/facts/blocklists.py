"""The lists of a run: which there are, how a suite names them, and how they are asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, Self

from mailcheck.blocklists import Registry
from mailcheck.blocklists.reading import shipped
from mailcheck.facts.aliases import endless, is_unfinished, joined
from mailcheck.facts.dns import ServerQuery
from mailcheck.facts.iteration import FromAuthority
from mailcheck.facts.lookup import Lookup
from mailcheck.names import Domain
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mailcheck.blocklists import Blocklist
    from mailcheck.blocklists.blocklist import Kind
    from mailcheck.evidence import Evidence
    from mailcheck.facts.dns import DnsAnswer, NameServer
    from mailcheck.secrets import Secret


class ListZone(Domain):
    """The zone of a blocklist in normal form."""

    __slots__ = ()
    expected: ClassVar[str] = "the zone of a blocklist such as zen.spamhaus.org"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the name of a zone.

        Raises:
            ValueError: if it is none, or a name without a dot, which no list has.
        """
        zone = super().parse(text)
        if "." not in zone:
            raise ValueError(f"{text!r} is no zone of a blocklist")
        return zone


@question
class RunBlocklists(Question["RunBlocklistsFact"]):
    """The lists that the run knows, whom it asks about them, and its keys."""

    aside: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class RunBlocklistsFact:
    """What the run was told about blocklists.

    ``resolvers`` empty means those of the run; ``authoritative`` that the servers of each list are
    asked themselves. ``keys`` are by the zone they belong to; ``holds`` tells whether a list is there
    to be asked, in a network that has few.
    """

    registry: Registry = field(default_factory=shipped)
    resolvers: tuple[NameServer, ...] = ()
    authoritative: bool = False
    keys: Mapping[str, Secret] = field(default_factory=dict)
    holds: Callable[[str], bool] = field(default=lambda _: True, compare=False, repr=False)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing worth a line."""
        return ()

    @property
    def askers(self) -> tuple[NameServer | None, ...]:
        """Whom to ask about a list, one after the other; None for whom the run asks otherwise.

        What one of them says of a subject counts only with what the same one says of the list.
        """
        return (None,) if self.authoritative or not self.resolvers else self.resolvers

    def zone_asked(self, one: Blocklist) -> str:
        """Return the zone under which *one* is asked: with its key in front, where there is one.

        The key is named, not written; whoever sends the query puts it in.
        """
        key = self.keys.get(one.zone)
        return f"{key}.{one.zone}" if key else one.zone

    def of_dul(self, kind: Kind) -> tuple[Blocklist, ...]:
        """The lists of dynamic users to ask about *kind*, keyed ones where there are keys.

        An essential one that cannot be asked is none beside one that can: a project may describe
        ZEN anew, as a copy of its own, and leave the keyed service without a list it stands in for.
        """
        lists = tuple(map(self._keyed, self.registry.of_dul(kind)))
        essential = [one for one in lists if one.dul == "essential"]
        useless = {one.zone for one in essential if not self.is_usable(one)}
        if len(useless) == len(essential):
            return lists
        return tuple(one for one in lists if one.zone not in useless)

    def by_default(self, kind: Kind) -> tuple[Blocklist, ...]:
        """The lists that "any blocklist" stands for, keyed ones where there are keys."""
        return tuple(map(self._keyed, self.registry.by_default(kind)))

    def seeing(self, lists: tuple[Blocklist, ...]) -> RunBlocklistsFact:
        """Return the same for who knows *lists* beside those of the run, which stay as they are."""
        own = Registry({one.zone: one for one in lists}).within(self.holds)
        return replace(self, registry=own.extended(self.registry))

    def _keyed(self, one: Blocklist) -> Blocklist:
        return self.registry.find(one.keyed) if one.keyed in self.keys else one

    def is_usable(self, one: Blocklist) -> bool:
        """Whether *one* can be asked: it lives, and there is a key where it needs one."""
        return not one.defunct and (one.key != "required" or one.zone in self.keys)


@question
class ListLookup(Question["DnsAnswer"]):
    """What there is at *name* in a blocklist, says *server*; without, whom the run asks otherwise."""

    name: str
    rdtype: str
    server: NameServer | None = None

    async def derive(self) -> DnsAnswer:
        """Ask the resolver, or look it up as any name."""
        if self.server is not None:
            answer = await self._said_by(self.server)
            if isinstance(answer, Unobserved):
                raise NotObserved(answer)
            return answer
        if (await RunBlocklists()).authoritative:
            return await FromAuthority(self.name, self.rdtype)
        return await Lookup(self.name, self.rdtype)

    async def _said_by(self, server: NameServer) -> DnsAnswer | Unobserved:
        """Ask *server*, also for the target of an alias that it leaves for us to follow.

        What is behind such an alias is not known yet, which is not the same as nothing.
        """
        chain: list[DnsAnswer] = []
        name = self.name
        while True:
            [answer] = await each_of([ServerQuery(name, self.rdtype, server, recursive=True)])
            if isinstance(answer, Unobserved):
                return answer
            chain.append(answer)
            aliases = [alias for one in chain for alias in one.aliases]
            if unending := endless(self.name, aliases):
                return unending
            if not is_unfinished(answer):
                return joined(chain)
            name = aliases[-1]


def told_lists(*lists: Blocklist) -> tuple[RunBlocklists, RunBlocklistsFact]:
    """Write down by hand which lists a run knows, for examples and tests."""
    return RunBlocklists(), RunBlocklistsFact(Registry({one.zone: one for one in lists}))
