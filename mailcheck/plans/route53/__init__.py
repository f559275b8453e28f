"""Route 53: a change batch, or the list of all record sets of a zone.

A batch is what ``aws route53 change-resource-record-sets`` takes as ``--change-batch`` or
``--cli-input-json``; the list is what ``aws route53 list-resource-record-sets`` prints.
https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.evidence import visible
from mailcheck.plans.fields import Fields
from mailcheck.plans.json_lines import EACH, lines_of
from mailcheck.plans.plan import Plan
from mailcheck.plans.route53.batch import ACTIONS, NOT_COMPARED, Batch
from mailcheck.plans.route53.listed import read_list
from mailcheck.plans.route53.record_set import called, read_set

if TYPE_CHECKING:
    from mailcheck.plans.document import Document
    from mailcheck.plans.plan import Given

TITLE = "Route 53 change batch"

_EXPECTED = (
    'expected a change batch {"Changes": […]}, {"HostedZoneId": …, "ChangeBatch": {…}}, or what '
    '"aws route53 list-resource-record-sets" prints'
)


def recognises(document: Document) -> bool:
    """Whether *document* is a batch or a list."""
    value = document.value
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("ResourceRecordSets"), list):
        return True
    batch = value.get("ChangeBatch") if "ChangeBatch" in value else value
    changes = batch.get("Changes") if isinstance(batch, dict) else None
    # AWS CloudFormation prints its change sets as "Changes", too.
    return isinstance(changes, list) and all(
        isinstance(one, dict) and "ResourceRecordSet" in one for one in changes
    )


def read(document: Document, given: Given) -> Plan:
    """Read it.

    Raises:
        SourceError: if anything is wrong with it.
    """
    value = document.parsed()
    if isinstance(value, dict) and isinstance(value.get("ResourceRecordSets"), list):
        return read_list(document, value["ResourceRecordSets"], value, given)
    if not isinstance(value, dict):
        raise SourceError([Problem(Place(document.shown, 1), "this is no change batch", _EXPECTED)])
    wrapped = "ChangeBatch" in value
    batch = value["ChangeBatch"] if wrapped else value
    if not isinstance(batch, dict) or not isinstance(batch.get("Changes"), list):
        raise SourceError([Problem(Place(document.shown, 1), "this is no change batch", _EXPECTED)])
    zone = _zone(document, value if wrapped else {}, given)
    path = ("ChangeBatch", "Changes", EACH) if wrapped else ("Changes", EACH)
    return _read_changes(document, batch["Changes"], zone, lines_of(document.text, *path))


def _zone(document: Document, value: dict[str, Any], given: Given) -> str:
    """Return the zone of a batch, which has its identifier at most.

    Raises:
        SourceError: if nobody says it.
    """
    if given.zone is not None:
        return str(given.zone)
    said = value.get("HostedZoneId")
    identifier = said.removeprefix("/hostedzone/") if isinstance(said, str) else ""
    if zone := given.zones_of.get(identifier) or given.zones_of.get(f"/hostedzone/{identifier}"):
        return str(zone)
    shown = visible(identifier, 40)
    what = f"the hosted zone {shown} is named nowhere" if shown else "a batch does not say its zone"
    option = f", or --mail-zone-of {shown}=example.com" if shown else ""
    expected = f"give it as route53:example.com={document.shown}{option}"
    raise SourceError([Problem(Place(document.shown, 1), what, expected)])


def _read_changes(
    document: Document, changes: list[Any], zone: str, lines: dict[tuple[int | str, ...], int]
) -> Plan:
    batch, problems = Batch(zone), []
    for index, change in enumerate(changes):
        of = _called(change)
        place = Place(document.shown, lines.get((index,), 1), of=of)
        try:
            fields = Fields.of(change)
            fields.only({"Action", "ResourceRecordSet"})
            batch.apply(_action(fields), read_set(change.get("ResourceRecordSet"), zone, place))
        except ValueError as error:
            problems.append(Problem(place, str(error)))
    if problems:
        raise SourceError(problems)
    rrsets, removals, notes = batch.left()
    if any(change["Action"] != "UPSERT" for change in changes):
        notes.append(NOT_COMPARED)
    return Plan(document.shown, tuple(rrsets), tuple(removals), notes=tuple(notes))


def _action(fields: Fields) -> str:
    if (action := fields.text("Action")) not in ACTIONS:
        raise ValueError(f'its "Action" is none of {", ".join(ACTIONS)}')
    return action


def _called(change: Any) -> str:
    if not isinstance(change, dict):
        return "a change"
    action = change.get("Action")
    known = f"{action} " if action in ACTIONS else ""
    return known + called(change.get("ResourceRecordSet"))
