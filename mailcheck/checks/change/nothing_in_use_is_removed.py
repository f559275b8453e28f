"""A change takes nothing away that somebody uses.

Requires
    Every name that is used, and resolves today, resolves after all changes that are proposed. Used
    is what the suites of the run refer to, and what records point at.

Why
    A host is taken out of a zone, and an MX, an alias, an SPF policy in another file still names it.
    Each zone is right by itself; together they lose mail.

Met when
    Every host and every exchange that has addresses keeps one, every domain that has MX keeps one,
    every address with PTR and every policy that is included as well. Other data will do. A name of
    the suites that has only texts keeps one, or gets something else.

Unmet when
    in-use-removed: a name resolves today, is used, and will not resolve.
        Mail to it, through it or from it fails as soon as caches have forgotten the name. If it is
        named by somebody else's records, they do not know.

Advises when
    wildcard-takes-over: a used name is not in the change, and a wildcard gives it other records.
        It resolves; whether to what its users expect, only they know.
    users-unknown: what a name of another zone, which the suites name, points at is not known.
        It may use what goes.
    not-compared: there are more names than are asked for.
        Whether they are lost is not known; where a patch removes them, all is left open.
    removes-nothing: the change removes what is not there.
        The name may be misspelt; then what was meant stays.

Not judged here
    Nobody can list a zone that is served. Used are: domains, hosts, EHLO names and reverse names of
    addresses in the suites that the run judges; targets of MX, CNAME, NS, SRV and PTR records,
    names in SPF records, the domains that DMARC reports go to and their consent,
    in records of the proposed zones' own names, of those that the changes write or remove, and of
    those in the suites, whatever their zone, as they are or as they will be. Of many names in the
    suites the policies of some are looked at. Who else uses a name, nobody can say. A name that
    does not resolve today is no fault of the change; nor is one elsewhere that cannot be found out,
    unless a patch removes what it may use. Without the MX, NS and TXT records of a changed zone
    itself all is unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.errors import Place
from mailcheck.evidence import visible
from mailcheck.facts.change.asking import AFTER_LIMIT, Asking
from mailcheck.facts.change.changes import (
    Changes,
    ChangesFact,
    NamesInUse,
    NamesInUseFact,
    ZoneChange,
)
from mailcheck.facts.change.loss import Loss, reasons_of, told_zone
from mailcheck.facts.change.pointers import ANYTHING
from mailcheck.facts.change.uses import (
    explicitly,
    is_a_guess,
    lost,
    may_be_lost,
    not_decided,
    pairs_of,
    shown_users,
    usage_of,
    what_is_needed,
    wildcards_behind,
)
from mailcheck.facts.change.wildcards import taken_over
from mailcheck.facts.dns import told
from mailcheck.finding import Finding, Reason, Remedy, all_hold
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.finding import Part


@dataclass(frozen=True, slots=True)
class NothingInUseIsRemoved:
    """There is nothing to say but that."""


async def judge(wanted: NothingInUseIsRemoved) -> Finding:
    """Look for used names that will not resolve, and whether these resolve today."""
    del wanted
    changes = await Changes()
    asking = Asking(changes)
    usage = await usage_of(changes, await NamesInUse(), asking)
    pairs = [pair for need in usage.uses for pair in pairs_of(need)]
    after = await asking.after(pairs, asking.looked_up + AFTER_LIMIT)
    missing = [need for need in usage.uses if may_be_lost(need, after, changes)]
    missing.sort(key=is_a_guess)
    live = await asking.published(pair for need in missing for pair in pairs_of(need))
    removed = explicitly(changes)
    parts: list[Part] = [*usage.unknown, *not_decided(usage.uses, after, removed)]
    told: set[str] = set()
    losses: list[Loss] = []
    for need in missing:
        found = lost(need, live, after, changes, removed)
        await asking.show((*pairs_of(need), *shown_users(usage.uses[need])) if found else ())
        if isinstance(found, Unobserved):
            parts.append(found)
        elif found and not (users := usage.uses[need]):
            parts.append(usage.doubt)
        elif found and not (need.rdtypes == ANYTHING and need.name in told):
            told.add(need.name)
            losses.append(Loss(what_is_needed(need, found), found, tuple(users)))
    parts.append(Finding(tuple(reasons_of("in-use-removed", losses, after, removed))))
    behind = wildcards_behind(usage.uses, after, changes)
    over = taken_over(await asking.published(behind), after, behind)
    return all_hold(parts).with_advice(*over, *usage.elsewhere.advice, *asking.advice)


def remedy(wanted: NothingInUseIsRemoved, reason: Reason) -> Remedy:
    """The records that are live, until nobody uses them."""
    del wanted
    name = visible(to_u_labels(reason.about))
    until = "until nobody uses it, and caches have forgotten who did"
    if reason.instead:
        return Remedy(reason.instead, f"Keep what {name} has {until}:")
    return Remedy((), f"Take what removes {name} or its records out of the change {until}.")


_NS = {"example.com NS": "ns1.example.net.", "example.com MX": "10 mx1.example.com."}
_CHANGE = ChangesFact({"example.com": ZoneChange("example.com", "zones/example.com", whole=True)})
_USED = NamesInUseFact({"mx1.example.com": (Place("suites/mail.yml", 4),)})
_ELSEWHERE = (told("ns1.example.net A", "192.0.2.53"), told("ns1.example.net AAAA", "NODATA"))


def _example(says: str, live: str, after: str, ends: str, *, unknown: bool = False) -> Example:
    address = "mx1.example.com A"
    zone = told_zone("example.com", _NS | {address: live}, _NS | {address: after}, address[:-2])
    told_all = ((Changes(), _CHANGE), (NamesInUse(), _USED), *zone, *_ELSEWHERE)
    return Example(says, "nothing in use is removed", told_all, ends, unknown)


CHECK = check(
    __doc__,
    template="nothing in use is removed",
    parameters=NothingInUseIsRemoved,
    judge=judge,
    remedy=remedy,
    judges_change="change",
    sources=("RFC 1912 §2.4", "RFC 7208 §5", "RFC 5321 §5.1"),
    over_several=True,
    examples=(
        _example("another address", "192.0.2.25", "192.0.2.26", "met"),
        _example("the host that MX names goes", "192.0.2.25", "NXDOMAIN", "in-use-removed"),
        _example("a host that was never there", "NXDOMAIN", "NXDOMAIN", "met"),
        _example("it may be there", "TIMEOUT", "NXDOMAIN", "inconclusive: timeout", unknown=True),
    ),
)
