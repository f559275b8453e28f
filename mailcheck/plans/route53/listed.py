"""All record sets of a zone, as ``aws route53 list-resource-record-sets`` prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.plans.json_lines import EACH, lines_of
from mailcheck.plans.plan import Plan
from mailcheck.plans.route53.record_set import called, read_set
from mailcheck.plans.route53_sets import RecordSet, given_out
from mailcheck.plans.route53_values import name_of

if TYPE_CHECKING:
    from mailcheck.plans.document import Document
    from mailcheck.plans.plan import Given

_PRIVATE = frozenset(
    {"ns-0.awsdns-00.com.", "ns-512.awsdns-00.net.", "ns-1024.awsdns-00.org."}
    | {"ns-1536.awsdns-00.co.uk."}
)
"""The name servers of every private hosted zone, and of no other."""


def read_list(document: Document, sets: list[Any], whole: dict[str, Any], given: Given) -> Plan:
    """Read it; the SOA record says which zone it is.

    Raises:
        SourceError: if anything is wrong with it.
    """
    top = Place(document.shown, 1)
    if whole.get("IsTruncated") or whole.get("NextToken"):
        what = "this is the beginning of a list only"
        raise SourceError([Problem(top, what, "expected all of it: do without --max-items")])
    zone = _zone(sets, top, given)
    lines = lines_of(document.text, "ResourceRecordSets", EACH)
    held: list[RecordSet] = []
    problems: list[Problem] = []
    for index, one in enumerate(sets):
        place = Place(document.shown, lines.get((index,), 1), of=called(one))
        try:
            held.append(read_set(one, zone, place).held)
        except ValueError as error:
            problems.append(Problem(place, str(error)))
    for one in held:
        rrset = one.rrset
        if (rrset.name, rrset.rdtype) == (zone, "NS") and set(rrset.values) == _PRIVATE:
            what = f"{zone} is a private hosted zone, which nobody sees outside of its networks"
            problems.append(Problem(rrset.place, what, "expected a public one"))
    if problems:
        raise SourceError(problems)
    return Plan(document.shown, given_out(held), whole=(zone,))


def _zone(sets: list[Any], top: Place, given: Given) -> str:
    names = [
        one["Name"]
        for one in sets
        if isinstance(one, dict) and one.get("Type") == "SOA" and isinstance(one.get("Name"), str)
    ]
    try:
        zones = [name_of(name) for name in names]
    except ValueError as error:
        raise SourceError([Problem(top, f"of the SOA record: {error}")]) from None
    if len(zones) != 1:
        what = f"a zone has one SOA record, and this list has {len(zones) or 'none'}"
        expected = 'expected all that "aws route53 list-resource-record-sets" prints of one zone'
        raise SourceError([Problem(top, what, expected)])
    if given.zone is not None and str(given.zone) != zones[0]:
        what = f"this is the zone {zones[0]}, and it is given for {given.zone}"
        raise SourceError([Problem(top, what)])
    return zones[0]
