"""Resolvers agree with the domain's own name servers.

Requires
    Every resolver asked serves the records that the zone's own name servers have now. Order and TTL
    do not count. The resolvers are those of the option ``resolvers`` (addresses, or KT, SKT, LG U+,
    Google, Cloudflare), otherwise the run's.

Why
    After a change, each provider's customers live with the copy their resolver has cached until its
    TTL ends. Mail of some senders keeps going to the old place; others already see the new one.

Met when
    Two resolvers or more answer, and each says what a name server of the zone says. Where those
    cannot be asked, the resolvers say the same among themselves.

Unmet when
    differs-from-authority: a resolver serves something else than the zone's name servers.
        Its users see the old records until the TTL it has left has passed.
    resolvers-differ: the zone's servers cannot be asked, and two resolvers say different things.
        Some of the senders act on an old copy, or all on different ones.

Advises when
    addresses-differ: the difference is in A or AAAA records only.
        Often on purpose: large sites answer by place.
    authority-not-asked: the zone's own name servers could not be asked.
        The resolvers were compared with each other; they may all be out of date.
    nothing-published: they agree that there is no such record.
        Right after a removal; for a domain that is meant to work, its name may be mistyped.

Not judged here
    A resolver that is silent or refuses is shown, and not judged. Whether the name servers agree:
    ``nameservers agree on T``. What the target of an alias holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.facts.agreement import content, served, shown, views_of
from mailcheck.facts.authority import AuthorityAnswers, told_by, told_servers
from mailcheck.facts.dns import name_server
from mailcheck.facts.known_resolvers import ResolverName
from mailcheck.facts.resolver_answers import ResolverAnswers
from mailcheck.finding import Advice, Finding, Reason, Remedy, all_hold, met
from mailcheck.names import Domain, RecordType, to_u_labels
from mailcheck.question import Unobserved, each_of
from mailcheck.slots import slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.agreement import Answers

ENOUGH = 2
"""Answers without which there is nothing to agree."""


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
    [authority] = await each_of([AuthorityAnswers(wanted.name, wanted.type)])
    right = () if isinstance(authority, Unobserved) else authority.answers
    reasons = _old_copies(resolvers.heard, right) if right else _differences(resolvers.heard)
    finding = Finding(reasons, tuple(_advice(wanted, resolvers.heard, right, reasons)))
    if wanted.type in ("A", "AAAA"):
        finding = met(*finding.advice, *(Advice("addresses-differ", r.text) for r in reasons))
    answered = len(resolvers.heard)
    few = f"{answered} of {len(resolvers.said)} resolvers answered; to agree takes {ENOUGH}"
    missing = [Unobserved("too-few-answers", few)] if answered < ENOUGH else []
    return all_hold([finding, *missing])


def _old_copies(heard: Answers, right: Answers) -> tuple[Reason, ...]:
    """Name the resolvers that serve what no name server of the zone says, and for how long."""
    contents = views_of(right).holders
    said = " or ".join(map(shown, contents))
    tag = "differs-from-authority"
    return tuple(
        Reason(tag, f"{one} serves {served(answer)}; the zone's servers say {said}", str(one))
        for one, answer in heard
        if content(answer) not in contents
    )


def _differences(heard: Answers) -> tuple[Reason, ...]:
    views = views_of(heard)
    return (Reason("resolvers-differ", str(views)),) if views.differ else ()


def _advice(
    wanted: ResolversAgree, heard: Answers, right: Answers, reasons: tuple[Reason, ...]
) -> Iterator[Advice]:
    name = to_u_labels(wanted.name)
    if not right:
        text = f"no name server of {name} could be asked; resolvers were compared with each other"
        yield Advice("authority-not-asked", text)
    if not reasons and views_of(heard).only_denials:
        yield Advice("nothing-published", f"they agree that {name} has no {wanted.type}")


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
