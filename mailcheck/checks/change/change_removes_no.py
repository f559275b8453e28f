"""A change leaves every name the records of a type that it has.

Requires
    Every name of the zone that has records of the type today has some after the change: others
    perhaps, its own or by an alias.

Why
    A zone that is written anew, or moved to another provider, loses the records that nobody thought
    of: the MX of a subdomain, the TXT that proves who owns the domain, one host's PTR.

Met when
    None of the names that are known loses all its records of the type. The zone's own servers say
    what there is today, so that no resolver remembers it.

Unmet when
    record-removed: a name has records of the type, and will have none.
        What rests on them ends as soon as caches have forgotten them: mail to the name bounces, a
        provider withdraws what the text proved.

Advises when
    cached-until: what is removed stays in caches for a while.
        Old and new are both in use until then: keep serving the old.
    not-compared: there are more names than are asked for.
        What these lose is not known; where the change says that it removes them, all is left open.
    removes-nothing: the change removes what is not there.
        The name may be misspelt; then what was meant stays.

Not judged here
    Nobody can list a zone that is served. Known of it are the domain itself, names that many have
    (``www``, ``mail``, ``*``, ``_dmarc``, ``_mta-sts`` and a few more), those that the change
    writes or removes, those that the suites of the run refer to, those at which MX, CNAME, NS, SRV,
    PTR, SPF and DMARC records of these names point, as they are or as they will be, and all 256 of
    an IPv4 reverse zone that is proposed whole.
    A name that nobody mentions can go unseen; of a zone that is to move to other servers, the names
    that these know are not known either. Without the MX, NS and TXT records of the domain itself
    all is unknown. Whether the records that stay are right.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.errors import Place
from mailcheck.evidence import visible
from mailcheck.facts.change.asking import Asking
from mailcheck.facts.change.caches import cached_until, kept
from mailcheck.facts.change.changes import (
    ChangedRRset,
    Changes,
    ChangesFact,
    NamesInUse,
    NamesInUseFact,
    ZoneChange,
)
from mailcheck.facts.change.known_names import known_names
from mailcheck.facts.change.loss import Loss, has_data, loss_of, reasons_of, told_zone
from mailcheck.facts.change.uses import explicitly
from mailcheck.finding import Finding, Reason, Remedy, all_hold
from mailcheck.names import RecordType, to_u_labels
from mailcheck.question import Unobserved
from mailcheck.slots import slot
from mailcheck.zone_name import ZoneName

if TYPE_CHECKING:
    from mailcheck.finding import Part


@dataclass(frozen=True, slots=True)
class ChangeRemovesNo:
    """The parameters of the sentence."""

    domain: ZoneName = slot("the domain that is changed, with all names below it in its zone")
    type: RecordType = slot("the type of the records", subjects=())


async def judge(wanted: ChangeRemovesNo) -> Finding:
    """Ask what names have today that will have none; what is still there nobody need ask for."""
    changes = await Changes()
    change = changes.to(wanted.domain)
    in_use = await NamesInUse()
    asking = Asking(changes)
    known = await known_names(change, wanted.domain, in_use, asking)
    written = {one.name for one in change.written if one.rdtype == wanted.type}
    names = sorted(known.having(wanted.domain, wanted.type), key=written.__contains__)
    after = await asking.after((name, str(wanted.type)) for name in names)
    # What is written may lie below a delegation; that its data is not known yet is no loss.
    gone = {
        (name, rdtype): said
        for (name, rdtype), said in after.items()
        if not (has_data(said) or (name in written and isinstance(said, Unobserved)))
    }
    live = known.own(wanted.domain, await asking.published(gone))
    losses = {
        pair: lost for pair, said in live.items() if (lost := loss_of(said, gone[pair])) is not None
    }
    await asking.show(losses)
    parts: list[Part] = [known.unknown] if known.unknown else []
    removed = {one.name for one in change.removed if one.rdtype in ("", wanted.type)}
    parts += asking.doubt((name, str(wanted.type)) for name in removed)
    old, found = [], []
    for lost in losses.values():
        if isinstance(lost, Unobserved):
            parts.append(lost)
            continue
        old += [answer] if (answer := kept(lost)) else []
        users = (*in_use.users(lost.name), *known.users(lost.name))
        found.append(Loss(wanted.type, (lost,), users))
    parts.append(Finding(tuple(reasons_of("record-removed", found, gone, explicitly(changes)))))
    return all_hold(parts).with_advice(*cached_until(old), *asking.advice)


def remedy(wanted: ChangeRemovesNo, reason: Reason) -> Remedy:
    """The records that are live, as they are."""
    name = visible(to_u_labels(reason.about))
    if reason.instead:
        return Remedy(reason.instead, f"If {name} is still in use, keep in the change:")
    text = f"If {name} is still in use, take what removes its {wanted.type} out of the change."
    return Remedy((), text)


_SENTENCE = "change to example.com removes no MX"
_ZONE = tuple(
    ChangedRRset(name, rdtype, Place("zones/example.com", line))
    for line, (name, rdtype) in enumerate(
        (("example.com", "NS"), ("example.com", "MX"), ("lists.example.com", "A")), 3
    )
)
_CHANGE = (
    Changes(),
    ChangesFact({"example.com": ZoneChange("example.com", "zones/example.com", True, _ZONE)}),  # noqa: FBT003  as the field says
)


def _example(says: str, live: str, ends: str, *, unknown: bool = False) -> Example:
    usage = NamesInUseFact({"lists.example.com": (Place("suites/mail.yml", 4),)})
    after = {"example.com NS": "ns1.example.net.", "example.com MX": "10 mx1.example.net."}
    before = {**after, "lists.example.com MX": live}
    zone = told_zone("example.com", before, after, "lists.example.com")
    return Example(says, _SENTENCE, (_CHANGE, (NamesInUse(), usage), *zone), ends, unknown)


CHECK = check(
    __doc__,
    template="change [to {domain}] removes no {type}",
    parameters=ChangeRemovesNo,
    judge=judge,
    remedy=remedy,
    judges_change="change",
    sources=("RFC 2181 §5", "RFC 2308 §5"),
    over_several=True,
    examples=(
        _example("a host that never had MX", "NODATA", "met"),
        _example("the MX of a subdomain was forgotten", "10 lists.example.com.", "record-removed"),
        _example("nobody says what it has today", "TIMEOUT", "inconclusive: timeout", unknown=True),
    ),
)
