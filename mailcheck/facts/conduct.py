"""How a resolver behaves, found out once in a run: it changes causes, never a verdict.

Networks without the public root are supported: what cannot be found out there stays unknown, and
the answers of their resolvers are believed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from mailcheck.evidence import visible
from mailcheck.facts.dns import RESOLVER_FAILS, DnsAnswer, NameServer, ServerQuery
from mailcheck.facts.dns64 import IPV4_ONLY, are_made_up, prefixes_shown_by
from mailcheck.facts.root import NO_RESOLVER
from mailcheck.facts.run import RunLabel, RunResolvers
from mailcheck.facts.scope import AddressScope
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from ipaddress import IPv6Network

    from mailcheck.evidence import Evidence

PUBLIC_ZONES = ("com", "org")
"""Zones under which nothing exists that nobody registered. ``.invalid`` would not do: many
resolvers answer for it themselves (RFC 6761 §6.4), also those that rewrite all else."""

REWRITES = "resolver-rewrites"
DENIES_EVERYTHING = "resolver-denies-everything"
DNS64 = "dns64"

_HEARD = RESOLVER_FAILS | {"formerr", "notimp", "no-recursion", "lame", "alias-loop"}
"""Causes with which a resolver says that it does not know, as opposed to nothing at all."""

_NEVER_ASKED = frozenset({"budget-spent", "cancelled"})
"""Causes that are the run's own, and say nothing about a resolver."""

_OF_NO_USE = {
    "refused": "refuses whatever it was asked: it may not serve this client",
    "no-recursion": "does not resolve for this client: it may serve zones of its own only",
}
"""What a resolver does that says the same to every question, by the cause."""

_TELLING_TEXTS = frozenset({"unreachable", "no-probe"})
"""Causes of many kinds: their text tells which, such as a certificate that does not hold."""


@question
class ResolverConduct(Question["ConductFact"]):
    """Whether *server*, asked as a resolver, answers, validates, and tells absence as it is."""

    server: NameServer

    aside: ClassVar[bool] = True

    async def derive(self) -> ConductFact:
        """Ask for the root's SOA, for records and for names that do not exist."""
        label = (await RunLabel()).label
        root, translated, *invented = await each_of(
            [
                ServerQuery(".", "SOA", self.server, recursive=True),
                ServerQuery(IPV4_ONLY, "AAAA", self.server, recursive=True),
                *self._about_nothing(label, "A"),
            ]
        )
        if any(map(_is_data, invented)):
            invented += await each_of(self._about_nothing(label, "AAAA"))
        [scope] = await each_of([AddressScope(self.server.address)])
        where = "" if isinstance(scope, Unobserved) else scope.special or "public"
        found = conduct(self.server, root, tuple(invented), where)
        return replace(found, translates_to=_prefixes(translated))

    def _about_nothing(self, label: str, rdtype: str) -> list[ServerQuery]:
        names = [f"{label}.{zone}" for zone in PUBLIC_ZONES]
        return [ServerQuery(name, rdtype, self.server, recursive=True) for name in names]


@question
class ConductOf(Question["ConductFact"]):
    """The conduct of the resolver that is *shown* so as the source of an answer."""

    shown: str

    aside: ClassVar[bool] = True

    async def derive(self) -> ConductFact:
        """Find it among the run's resolvers."""
        for server in (await RunResolvers()).resolvers:
            if str(server) == self.shown:
                return await ResolverConduct(server)
        raise NotObserved(Unobserved(NO_RESOLVER, "the answer is none of the run's resolvers'"))


@dataclass(frozen=True, slots=True)
class ConductFact:
    """What was found of one resolver; None where it could not be found out.

    ``failure`` is the cause for which it does not answer for the root, ``detail`` what that looked
    like, and ``refuses`` says that it answers every question so. ``rewritten`` are the
    addresses that it puts where there is nothing, and ``proof`` shows them. ``scope`` says whether
    its address is public, or which special one it is. ``over_tcp_only`` says that nothing was heard
    of it in a datagram: most programs of the machine get no answer then. ``names_deniers`` says that its denials carry
    the SOA of the zone that denies, which many stubs drop. ``translates_to`` are the prefixes under
    which it makes up IPv6 addresses for hosts that have none; it is empty if it makes up none.
    """

    server: NameServer
    failure: str = ""
    detail: str = field(default="", compare=False)
    refuses: bool = False
    validates: bool | None = None
    denies_everything: bool = False
    rewrites: bool | None = None
    rewritten: frozenset[str] = frozenset()
    proof: tuple[Evidence, ...] = field(default=(), compare=False)
    scope: str = ""
    over_tcp_only: bool = False
    names_deniers: bool = False
    translates_to: frozenset[IPv6Network] | None = None

    @property
    def answers(self) -> bool:
        """Whether anything was heard of it."""
        heard = not self.failure or self.failure in _HEARD or self.failure.startswith("rcode-")
        return heard or self.rewrites is not None

    def doubt(self, answer: DnsAnswer) -> Unobserved | None:
        """Say why *answer*, given by this resolver, may be an invention; None if it is not.

        A resolver that puts addresses where there is nothing is not believed about absence, nor
        where it gives these very addresses. Nor is one about IPv6 addresses that lead to IPv4.
        """
        why, cause, proof = "", REWRITES, self.proof
        if answer.status == "data":
            if self.rewrites and self.rewritten.issuperset(answer.texts):
                why = "puts this address where there is nothing"
            elif self.could_make_up(answer):
                why, cause, proof = "synthesises IPv6 addresses (DNS64)", DNS64, answer.evidence
        elif self.rewrites:
            why = "puts addresses where there is nothing"
        elif self.denies_everything and not answer.denier:
            why, cause = "denies every name, even the root", DENIES_EVERYTHING
        if not why:
            return None
        text = f"{self.server} {why}: what it says of {answer.name} may be its own"
        return Unobserved(cause, visible(text), proof)

    def could_make_up(self, answer: DnsAnswer) -> bool:
        """Whether *answer*, whoever gave it, has such addresses only as DNS64 synthesises."""
        if answer.status != "data" or answer.rdtype != "AAAA":
            return False
        return are_made_up(answer.texts, self.translates_to or frozenset())

    def may_be_its_own(self, denial: DnsAnswer) -> bool:
        """Whether *denial* looks like a policy of this resolver rather than the zone's word.

        Policies, local zones and protection against rebinding leave out the SOA that comes with
        what was learnt from a zone (RFC 2308 §3). So does a cache of some forwarders, so it is a
        reason to ask the zone's servers, not to disbelieve the resolver where these are silent.
        """
        return self.names_deniers and not denial.denier

    def __str__(self) -> str:
        if self.failure in _NEVER_ASKED and not self.answers:
            return f"not found out ({self.failure})"
        if not self.answers:
            detail = f": {visible(self.detail)}" if self.detail else ""
            return f"does not answer ({self.failure}{detail})"
        if self.refuses and self.failure in _OF_NO_USE:
            return _OF_NO_USE[self.failure]
        if self.denies_everything:
            return "answers, denies every name, even the root"
        told = {None: "", True: "validates", False: "does not validate"}[self.validates]
        if self.failure:
            told = f"knows no root ({self.failure})"
        honest = {
            None: "rewriting unknown",
            True: f"rewrites what does not exist to {', '.join(sorted(self.rewritten)[:4])}",
            False: "does not rewrite",
        }[self.rewrites]
        dns64 = "synthesises IPv6 (DNS64)" if self.translates_to else ""
        answers = "answers over TCP only" if self.over_tcp_only else "answers"
        return ", ".join(filter(None, [answers, told, honest, dns64, visible(self.scope)]))


def conduct(
    server: NameServer,
    root: DnsAnswer | Unobserved,
    invented: tuple[DnsAnswer | Unobserved, ...],
    scope: str = "",
) -> ConductFact:
    """Judge a resolver by its answers for the SOA of the *root* and for *invented* names."""
    lies = [answer for answer in invented if isinstance(answer, DnsAnswer) and _is_data(answer)]
    honest = [isinstance(a, DnsAnswer) and a.status in ("nxdomain", "nodata") for a in invented]
    heard = root if isinstance(root, DnsAnswer) else None
    failed = root if isinstance(root, Unobserved) else Unobserved("")
    said = [a for a in (root, *invented) if isinstance(a, DnsAnswer)]
    causes = {answer.cause for answer in (root, *invented) if isinstance(answer, Unobserved)}
    return ConductFact(
        server,
        failure=failed.cause,
        detail=failed.text.removesuffix(f": {server}") if failed.cause in _TELLING_TEXTS else "",
        refuses=not said and len(causes) == 1,
        validates=heard.authenticated if heard and heard.status == "data" else None,
        denies_everything=heard is not None and heard.status in ("nxdomain", "nodata"),
        rewrites=bool(lies) if lies or (honest and all(honest)) else None,
        rewritten=frozenset(text for answer in lies for text in answer.texts),
        proof=tuple(line for answer in lies for line in answer.evidence),
        scope=scope,
        over_tcp_only=server.protocol == "dns"
        and bool(said)
        and all(answer.source.transport == "TCP" for answer in said),
        names_deniers=any(isinstance(a, DnsAnswer) and bool(a.denier) for a in invented),
    )


def _prefixes(answer: DnsAnswer | Unobserved) -> frozenset[IPv6Network] | None:
    """Return where a resolver with this *answer* for ``IPV4_ONLY`` puts IPv4 addresses.

    The name exists: a denial of it says nothing, but that of a private network.
    """
    if isinstance(answer, Unobserved) or answer.status not in ("data", "nodata"):
        return None
    return prefixes_shown_by(answer.texts)


def _is_data(answer: DnsAnswer | Unobserved) -> bool:
    return isinstance(answer, DnsAnswer) and answer.status == "data"
