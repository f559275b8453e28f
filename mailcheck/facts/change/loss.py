"""What a change takes away, from what is said before and after it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from mailcheck.evidence import visible
from mailcheck.facts.change.pointers import usual_names, usual_types
from mailcheck.facts.change.proposed import Published
from mailcheck.facts.dns import DnsAnswer, told
from mailcheck.finding import Reason
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from mailcheck.check import Told

SHOWN = 5
"""Records and users that a reason names; the rest is counted."""

OwnRRset: TypeAlias = tuple[str, str, frozenset[str]]
"""The RRset at a name itself: the name, its type and its records."""


def has_data(said: DnsAnswer | Unobserved) -> bool:
    """Whether records are known to be there, be it by an alias."""
    return isinstance(said, DnsAnswer) and said.status == "data"


def loss_of(
    live: DnsAnswer | Unobserved, after: DnsAnswer | Unobserved
) -> DnsAnswer | Unobserved | None:
    """Return what is *live* and will not be there *after*, or why that is not known."""
    if has_data(after):
        return None
    if isinstance(live, Unobserved):
        return live
    if live.status != "data":
        return None
    return after if isinstance(after, Unobserved) else live


def own_rrset(said: DnsAnswer) -> OwnRRset | None:
    """Return the RRset that the answer shows at the name that was asked for, if there is one."""
    if said.aliases:
        return said.name, "CNAME", frozenset(said.aliases[:1])
    if said.status != "data":
        return None
    return said.name, said.rdtype, frozenset(said.texts)


class Loss(NamedTuple):
    """Of ``what``, for people, a name had the answers ``lost``, and who uses it."""

    what: str
    lost: Sequence[DnsAnswer]
    users: tuple[str, ...]


def reasons_of(
    tag: str,
    losses: Iterable[Loss],
    after: Mapping[tuple[str, str], DnsAnswer | Unobserved],
    removed: Collection[tuple[str, str]] = (),
) -> Iterator[Reason]:
    """Yield a reason for each record that goes, with those who use it by its aliases.

    What a patch has *removed* by a line of its own stays without that line, so there is no record
    to write instead.
    """
    by_record: dict[tuple[str, str], list[Loss]] = {}
    for loss in losses:
        first = loss.lost[0]
        at = _parted(first, after.get((first.name, first.rdtype))).name
        by_record.setdefault((at, loss.what), []).append(loss)
    for (at, what), several in by_record.items():
        several.sort(key=lambda loss: loss.lost[0].name != at)
        main, *aliases = several
        users = [f"{user} (as {_shown(a.lost[0].name)})" for a in aliases for user in a.users]
        reason = reason_of(tag, what, main.lost, (*main.users, *users), after)
        types = ("", "CNAME", *(answer.rdtype for answer in main.lost))
        by_line = any((at, rdtype) in removed for rdtype in types)
        yield replace(reason, instead=()) if by_line else reason


def reason_of(
    tag: str,
    what: str,
    lost: Sequence[DnsAnswer],
    users: Iterable[str],
    after: Mapping[tuple[str, str], DnsAnswer | Unobserved],
) -> Reason:
    """Say that a name has *what* it will not have *after*, who uses it, and how it could be kept."""
    name = lost[0].name
    parted = [_parted(answer, after.get((answer.name, answer.rdtype))) for answer in lost]
    at = parted[0].name
    records = [text for answer in lost for text in answer.texts]
    more = [f"{len(records) - SHOWN} more"] if len(records) > SHOWN else []
    shown = " | ".join([*map(visible, records[:SHOWN]), *more])
    by = [*dict.fromkeys(users)]
    others = [f"{len(by) - SHOWN} more"] if len(by) > SHOWN else []
    used = f"; it is used by {', '.join([*by[:SHOWN], *others])}" if by else ""
    alias = "" if at == name else f", an alias of {_shown(at)},"
    text = f"{_shown(name)}{alias} has {what} {shown}, and will have none{used}"
    lines = dict.fromkeys(line for answer in parted for line in record_lines(answer))
    return Reason(tag, text, at, tuple(lines))


def _shown(name: str) -> str:
    return visible(to_u_labels(name))


def _parted(live: DnsAnswer, after: DnsAnswer | Unobserved | None) -> DnsAnswer:
    """Return *live* from where it parts with *after*: aliases that stay are not what is missing."""
    if not isinstance(after, DnsAnswer):
        return live
    stay = 0
    while live.aliases[stay : stay + 1] == after.aliases[stay : stay + 1] != ():
        stay += 1
    if not stay:
        return live
    return replace(live, name=live.aliases[stay - 1], aliases=live.aliases[stay:])


def record_lines(live: DnsAnswer) -> tuple[str, ...]:
    """Return the records at the name itself as a zone file has them."""
    head = f"{live.name}.  {3600 if live.ttl is None else live.ttl}  IN"
    if live.aliases:
        return (f"{head}  CNAME  {live.aliases[0]}.",)
    return tuple(f"{head}  {live.rdtype}  {text}" for text in live.texts)


def told_published(asked: str, answer: str, *, ttl: int = 3600) -> Told:
    """Write down by hand what a zone's servers say today, for examples and tests."""
    question, said = told(asked, answer)
    if isinstance(said, DnsAnswer) and said.status == "data":
        said = replace(said, ttl=ttl, authoritative=True)
    return Published(question.name, question.rdtype), said


def told_zone(
    zone: str, live: Mapping[str, str], after: Mapping[str, str], *names: str
) -> tuple[Told, ...]:
    """Write down what *zone* holds today and after a change, by ``NAME TYPE``.

    Of the zone, of usual names in it and of further *names*, whatever is usual and not in the mappings is not there.
    """
    usual = [
        f"{name} {rdtype}"
        for name in (zone, *usual_names(zone), *names)
        for rdtype in usual_types(name, zone)
    ]
    asked = dict.fromkeys((*usual, *live, *after))
    return (
        *(told_published(one, live.get(one, "NODATA")) for one in asked),
        *(told(one, after.get(one, "NODATA")) for one in asked),
    )
