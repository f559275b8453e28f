"""Resolvers agree with the domain's own name servers.

Requires
    Every resolver asked serves the records that the zone's own name servers have now. Order and TTL
    do not count. The resolvers are those of the option ``resolvers`` (addresses, or KT, SKT, LG U+,
    Google, Cloudflare), otherwise the run's: name them where a run has one, or none of its own.

Why
    After a change, each provider's customers live with the copy their resolver has cached until its
    TTL ends. Mail of some senders keeps going to the old place; others already see the new one.

Met when
    Two resolvers or more answer, and each says what a name server of the zone says. Where none of
    those answers for the name, the resolvers say the same among themselves.

Unmet when
    differs-from-authority: a resolver, be it the only one heard, serves what no zone server says.
        Its users see the old records until the TTL it has left has passed.
    resolvers-differ: no server of the zone answers, and two resolvers say different things.
        Some of the senders act on an old copy, or all on different ones.

Advises when
    addresses-differ: the difference is in A or AAAA records only.
        Often on purpose: large sites answer by place.
    authority-not-asked: the zone's own name servers could not be asked, or are silent.
        The resolvers were compared with each other; they may all be out of date.
    authority-refuses: the zone's own name servers refuse, or answer without authority.
        The resolvers live on their copies; when these end, nobody finds the records.
    nothing-published: they agree that there is no such record.
        Right after a removal; for a domain that is meant to work, its name may be mistyped.

Not judged here
    A resolver that is silent or refuses is shown, and not judged. One that serves what a silent
    server of the zone may say is unknown. Whether those agree: ``nameservers agree on T``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.facts.agreement import content, served, shown, views_of
from mailcheck.facts.authority import AuthorityAnswers, AuthorityAnswersFact, told_by, told_servers
from mailcheck.facts.dns import name_server
from mailcheck.facts.known_resolvers import ResolverName
from mailcheck.facts.resolver_answers import ResolverAnswers
from mailcheck.finding import Advice, Finding, Part, Reason, Remedy, all_hold, met, unmet
from mailcheck.names import Domain, RecordType, to_u_labels
from mailcheck.question import Unobserved, each_of
from mailcheck.slots import slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.agreement import Answers


@dataclass(frozen=True, slots=True)
class ResolversAgree:
    """The parameters of the sentence."""

    name: Domain = slot("the name whose records are compared", subjects=("domain",))
    type: RecordType = slot("the type of the records that are compared", subjects=())
    resolvers: tuple[ResolverName, ...] = slot("addresses, or names such as KT", default=())


async def judge(wanted: ResolversAgree) -> Finding:
    """Compare what resolvers serve with what the zone's servers say, or with each other."""
    servers = tuple(server for name in wanted.resolvers for server in name.servers)
    resolvers = await ResolverAnswers(wanted.name, wanted.type, servers)
    [found] = await each_of([AuthorityAnswers(wanted.name, wanted.type)])
    authority = AuthorityAnswersFact(wanted.name, ()) if isinstance(found, Unobserved) else found
    views = views_of(resolvers.heard)
    if authority.answers:
        finding = all_hold((*_old_copies(resolvers.heard, authority), *views.unread))
    else:
        differing = unmet("resolvers-differ", str(views)) if views.differ else met()
        alone = _alone(authority, among_themselves=not resolvers.too_few)
        finding = all_hold((differing, *views.unread)).with_advice(alone)
    if not finding.reasons and views.only_denials:
        agreed = f"they agree that {to_u_labels(wanted.name)} has no {wanted.type}"
        finding = finding.with_advice(Advice("nothing-published", agreed))
    if wanted.type in ("A", "AAAA"):
        differ = (Advice("addresses-differ", reason.text) for reason in finding.reasons)
        finding = met(*finding.advice, *differ)
    return all_hold((finding, *resolvers.too_few))


def _old_copies(heard: Answers, authority: AuthorityAnswersFact) -> Iterator[Part]:
    """Name the resolvers that serve what no name server of the zone says, and for how long."""
    right = views_of(authority.answers)
    said = " or ".join(map(shown, right.holders))
    silent = all_hold(authority.silent).unknown
    for one, answer in heard:
        text = f"{one} serves {served(answer)}; the zone's servers say {said}"
        if content(answer) in right.holders:
            yield from right.unread
        elif silent:
            yield replace(silent, text=f"{text}; one that does not answer may say otherwise")
        else:
            yield unmet("differs-from-authority", text, str(one))


def _alone(authority: AuthorityAnswersFact, *, among_themselves: bool) -> Advice:
    compared = "; resolvers were compared with each other" if among_themselves else ""
    zone = to_u_labels(authority.zone)
    if authority.refuses:
        text = f"the name servers of {zone} that answer refuse, or have no authority{compared}"
        return Advice("authority-refuses", text)
    return Advice("authority-not-asked", f"no name server of {zone} was heard{compared}")


def remedy(wanted: ResolversAgree, reason: Reason) -> Remedy:
    """Wait, or have it flushed."""
    name = to_u_labels(wanted.name)
    if reason.tag == "resolvers-differ":
        return Remedy(instruction=f"See that the name servers of {name} answer; then ask again.")
    return Remedy(
        instruction=f"Keep the old servers of {name} working until the TTL shown has passed, or ask "
        "the operator of the resolver to flush the name; lower the TTL before the next change."
    )


KT = ResolverName("KT").servers
NS1 = name_server("192.0.2.1", "ns1.example.net")
NEW = (*told_servers("example.com", NS1), told_by(NS1, "example.com MX", "10 new.example.com."))

CHECK = check(
    __doc__,
    template="resolvers agree on {type} [of {name}]",
    parameters=ResolversAgree,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1034 §3.6", "RFC 2308 §5", "RFC 8767 §4"),
    over_several=True,
    examples=(
        Example(
            "both resolvers of a provider have the new record",
            "{resolvers agree on MX of example.com: {resolvers: KT}}",
            (
                *NEW,
                told_by(KT[0], "example.com MX", "10 new.example.com.", ttl=300, recursive=True),
                told_by(KT[1], "example.com MX", "10 new.example.com.", ttl=60, recursive=True),
            ),
            ends="met",
        ),
        Example(
            "one resolver still serves the old copy; the other is silent and changes nothing",
            "{resolvers agree on MX of example.com: {resolvers: KT}}",
            (
                *NEW,
                told_by(KT[0], "example.com MX", "10 old.example.com.", ttl=1200, recursive=True),
                told_by(KT[1], "example.com MX", "TIMEOUT", recursive=True),
            ),
            ends="differs-from-authority",
            partly_unknown=True,
        ),
    ),
)
