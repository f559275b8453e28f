"""A name's records as far as they can be known: the resolver first, then the zone's own servers."""

from __future__ import annotations

from dataclasses import replace

from mailcheck.evidence import all_of, visible
from mailcheck.facts.change.proposed import ProposedAnswer
from mailcheck.facts.conduct import REWRITES, ConductFact, ConductOf
from mailcheck.facts.delegation import Delegation
from mailcheck.facts.dns import (
    ANSWERS,
    RESOLVER_FAILS,
    SHOWN_SERVERS,
    DnsAnswer,
    DnsQuery,
    NameServer,
    ServerQuery,
)
from mailcheck.facts.iteration import FromAuthority
from mailcheck.facts.root import NO_RESOLVER, Root, RootFact
from mailcheck.names import to_u_labels
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

BOGUS = "bogus"
"""The cause of a resolver's SERVFAIL that is due to DNSSEC: asked not to validate, it answers."""

MAX_ALIASES = 8
"""Aliases that are followed from zone to zone, each asked of the zone's own servers."""

_NOT_WAITED_FOR = frozenset({"budget-spent", "cancelled"})
"""Causes that are the run's own: who was asked might still have answered."""

_NOBODYS = frozenset({"0.0.0.0", "::"})  # noqa: S104  what filters answer, nothing is bound to it
"""Addresses that resolvers put in the place of those they block."""


@question
class Lookup(Question[DnsAnswer]):
    """The records of *name* and *rdtype*.

    On a resolver's SERVFAIL or REFUSED the zone's delegated servers are asked, each once. If all
    of them refuse, that is a fact with status ``refused``. If one answers, the resolver is named
    as the cause; if they are silent, nothing is known. What a resolver may have invented is asked
    of the zone's servers as well, and theirs is the answer then; so is every answer of a run that
    asks no resolver. A resolver that blocks a name says so, or gives an address that nobody has.

    A refusal is the zone's own only if nobody answers in the place of the root: who takes every
    packet to port 53 refuses in the name of all.
    """

    name: str
    rdtype: str

    async def derive(self) -> DnsAnswer:
        """Ask the resolver, and its zone's servers if it failed."""
        [answer] = await each_of([DnsQuery(self.name, self.rdtype)])
        if isinstance(answer, Unobserved):
            return await self._without(answer)
        if isinstance(answer, ProposedAnswer):
            return answer  # no resolver said so, and none can have made it up
        # Resolvers invent addresses and absence; nobody invents an MX record.
        if answer.status != "data" or self.rdtype in ("A", "AAAA"):
            [conduct] = await each_of([ConductOf(answer.source.server)])
            if isinstance(conduct, ConductFact) and (doubt := conduct.doubt(answer)):
                return await self._in_place_of(doubt, conduct)
            if answer.status != "data" and not answer.denier:
                await _not_of_one_who_denies_all(answer)
                if isinstance(conduct, ConductFact) and conduct.may_be_its_own(answer):
                    return await self._confirmed(answer)
            if _NOBODYS.issuperset(answer.texts) and answer.status == "data":
                return await self._confirmed(answer)
        return answer

    async def _without(self, failure: Unobserved) -> DnsAnswer:
        """Ask the zone's own servers, as the resolver's *failure* demands."""
        if failure.cause == NO_RESOLVER:
            return await FromAuthority(self.name, self.rdtype)
        if failure.cause == REWRITES:
            [answer] = await each_of([FromAuthority(self.name, self.rdtype)])
            if isinstance(answer, DnsAnswer):
                return answer
        if failure.cause not in RESOLVER_FAILS:
            raise NotObserved(failure)
        return await self._refused(failure)

    async def _refused(self, failure: Unobserved) -> DnsAnswer:
        """Return that a zone's own servers refuse, the one of the name or of one it is an alias of.

        Raises:
            NotObserved: with the resolver's *failure*, if they do not, or nobody knows.
        """
        aliases: tuple[str, ...] = ()
        name, blamed = self.name, failure
        while True:
            [delegation] = await each_of([Delegation(name)])
            if isinstance(delegation, Unobserved) or not delegation.servers:
                raise NotObserved(blamed)
            asked = [ServerQuery(name, self.rdtype, server) for server in delegation.servers]
            said = await each_of(asked)
            refusals = [a for a in said if isinstance(a, DnsAnswer) and a.status == "refused"]
            # A server this machine has no route to was not asked, and so was not silent either.
            reached = [a for a in said if isinstance(a, DnsAnswer) or not a.not_evaluated]
            refused = refusals and len(refusals) == len(reached) and not delegation.unknown
            # Data that does not validate is there: whoever refuses it to us did not to all.
            if refused and failure.cause != BOGUS:
                await _not_of_an_impostor(failure)
                return replace(refusals[0], name=self.name, aliases=aliases, cut=delegation.zone)
            if not aliases or any(isinstance(answer, DnsAnswer) for answer in said):
                blamed = _blamed(failure, delegation.servers, said)
            further = _alias_elsewhere(said)
            if not further or not {*further}.isdisjoint(aliases) or len(aliases) > MAX_ALIASES:
                raise NotObserved(blamed)
            aliases, name = (*aliases, *further), further[-1]

    async def _in_place_of(self, doubt: Unobserved, conduct: ConductFact) -> DnsAnswer:
        """Return the word of the zone's servers in place of one that is in *doubt*."""
        [answer] = await each_of([FromAuthority(self.name, self.rdtype)])
        if isinstance(answer, Unobserved):
            raise NotObserved(doubt)
        # A DNS64 that serves the zone as well synthesises with authority.
        if conduct.translates_to != frozenset() and conduct.could_make_up(answer):
            raise NotObserved(doubt)
        return answer

    async def _confirmed(self, said: DnsAnswer) -> DnsAnswer:
        """Return what the zone's servers say; what the resolver *said* where they cannot be heard."""
        [answer] = await each_of([FromAuthority(self.name, self.rdtype)])
        return said if isinstance(answer, Unobserved) else answer


async def _not_of_an_impostor(failure: Unobserved) -> None:
    """Believe that servers refuse only where no other answers in their place.

    Raises:
        NotObserved: if somebody answers in the place of the root, which refuses nobody.
    """
    [root] = await each_of([Root()])
    if isinstance(root, RootFact) and root.impostor:
        who = visible(root.impostor)
        text = f"{who} answers in the place of other servers, and refuses"
        raise NotObserved(replace(failure, text="; ".join(filter(None, [failure.text, text]))))


async def _not_of_one_who_denies_all(answer: DnsAnswer) -> None:
    """Believe a denial without SOA only of a resolver that does not deny the root as well.

    Stubs drop the SOA, so its absence proves nothing. But captive networks and closed containers
    deny every name there is, and the root always is.

    Raises:
        NotObserved: if the resolver denies that the root exists.
    """
    [root] = await each_of([DnsQuery(".", "NS")])
    if isinstance(root, DnsAnswer) and root.status in ("nxdomain", answer.status):
        text = f"the resolver denies every name, even the root; it cannot know {answer.name}"
        raise NotObserved(Unobserved("resolver-denies-everything", text))


def _alias_elsewhere(said: tuple[DnsAnswer | Unobserved, ...]) -> tuple[str, ...]:
    """Return the aliases of which servers said no more than where they lead, if they are the same."""
    chains = {a.aliases for a in said if isinstance(a, DnsAnswer) and a.status != "data"}
    return chains.pop() if len(chains) == 1 else ()


def _blamed(
    failure: Unobserved,
    servers: tuple[NameServer, ...],
    said: tuple[DnsAnswer | Unobserved, ...],
) -> Unobserved:
    """Say whose fault the failure looks like, given what the zone's servers *said*."""
    bogus = failure.cause == BOGUS
    word = "that DNSSEC does not validate" if bogus else failure.cause.upper()
    for server, answer in zip(servers, said, strict=True):
        if isinstance(answer, Unobserved) or answer.status not in ANSWERS:
            continue
        if answer.aliases and answer.status != "data":
            target = to_u_labels(answer.aliases[-1])
            text = f"{server} answers with an alias of {target}, for which the resolver says {word}"
            return replace(failure, text=text)
        text = f"the resolver says {word} although {server} answers"
        if not bogus:
            text += ": the cause lies with the resolver, or with DNSSEC that does not validate"
        return replace(failure, text=text)
    unheard = _given_up(servers, said) or "the zone's own servers do not answer either"
    return replace(failure, text="; ".join(filter(None, [failure.text, unheard])))


def _given_up(servers: tuple[NameServer, ...], said: tuple[DnsAnswer | Unobserved, ...]) -> str:
    """Say which of *servers* were not waited for, and why; the empty text if all were."""
    unwaited = [
        (str(server), answer.text)
        for server, answer in zip(servers, said, strict=True)
        if isinstance(answer, Unobserved) and answer.cause in _NOT_WAITED_FOR
    ]
    if not unwaited:
        return ""
    names = [name for name, _ in unwaited]
    more = f" and {len(names) - SHOWN_SERVERS} more" if len(names) > SHOWN_SERVERS else ""
    who = visible(all_of(names[:SHOWN_SERVERS])) + more
    return f"of the zone's own servers {who} might have answered, but {unwaited[0][1]}"
