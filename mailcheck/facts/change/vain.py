"""Removals of what is not there: a name that is misspelt, mostly, and what was meant stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.change.loss import own_rrset
from mailcheck.facts.dns import ANSWERS, DnsAnswer
from mailcheck.finding import Advice
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.facts.change.changes import ChangedRRset, ChangesFact
    from mailcheck.question import Unobserved

SHOWN = 5
"""Removals that the advice names; the rest is counted."""


def removing_nothing(
    changes: ChangesFact, live: Mapping[tuple[str, str], DnsAnswer | Unobserved]
) -> tuple[Advice, ...]:
    """Name the removals of which it is seen, in what is *live*, that there is nothing to remove.

    A whole name is not there if there is no such name; what a wildcard says of it hides that.
    """
    answers = {asked: said for asked, said in live.items() if isinstance(said, DnsAnswer)}
    absent = {
        name
        for (name, _), said in answers.items()
        if said.status == "nxdomain" and not said.aliases
    }
    found = [
        _shown(one)
        for change in changes.zones.values()
        for one in change.removed
        if one.name in absent or (one.rdtype and _has_none(answers.get((one.name, one.rdtype))))
    ]
    if not found:
        return ()
    more = [f"{len(found) - SHOWN} more"] if len(found) > SHOWN else []
    text = f"the change removes what is not there: {', '.join([*found[:SHOWN], *more])}"
    return (Advice("removes-nothing", text),)


def _has_none(said: DnsAnswer | None) -> bool:
    """Whether the name that was asked about is known to have no such RRset itself."""
    if said is None or not (said.aliases or said.status in ANSWERS):
        return False
    own = own_rrset(said)
    return own is None or own[1] != said.rdtype


def _shown(removed: ChangedRRset) -> str:
    what = " ".join(filter(None, (visible(to_u_labels(removed.name)), removed.rdtype)))
    return f"{what} ({removed.place.line_of})" if removed.place else what
