"""What becomes of an RRset that is live, and where that cannot be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from mailcheck.evidence import visible
from mailcheck.facts.change.loss import own_rrset
from mailcheck.facts.change.proposed import ProposedAnswer
from mailcheck.facts.dns import DnsAnswer
from mailcheck.names import to_u_labels
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.change.loss import OwnRRset

Becomes: TypeAlias = Literal["stays", "gone", "changed"] | Unobserved


def becomes(
    own: OwnRRset,
    then: DnsAnswer | Unobserved | None,
    varied: frozenset[tuple[str, str]] = frozenset(),
) -> Becomes:
    """Say what becomes of the RRset *own* if *then* that is said; None if it was not asked for.

    Others may be there already, and not seen by us: of the *varied* RRsets other clients are given
    others, and who copies records may be given others than we are by the name they are copied from.
    """
    if not isinstance(then, DnsAnswer):
        return then or Unobserved("not-compared")
    will_be = own_rrset(then)
    if will_be is None or will_be == own:
        return "gone" if will_be is None else "stays"
    name, rdtype, records = own
    what = f"{then.rdtype} of {visible(to_u_labels(name))}"
    if not {(name, rdtype), (name, will_be[1])}.isdisjoint(varied):
        text = f"{what} is not the same for all clients, and which are given to others is not known"
        return Unobserved("differs-by-client", text, then.evidence)
    is_copy = isinstance(then, ProposedAnswer) and then.copied_from and rdtype == will_be[1]
    if not is_copy:
        return "changed"
    if records & will_be[2]:
        return "stays"
    text = f"{what} will be copied from elsewhere, and whether others are copied now is not known"
    return Unobserved("differs-by-client", text, then.evidence)
