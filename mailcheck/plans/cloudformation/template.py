"""The record sets of one template.

https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-route53-recordset.html
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.evidence import visible
from mailcheck.names import is_under
from mailcheck.plans.cloudformation.properties import (
    UNKNOWN,
    as_the_api_has_it,
    function_in,
    logical_id,
)
from mailcheck.plans.fields import Fields
from mailcheck.plans.json_lines import EACH, lines_of
from mailcheck.plans.names import full_name
from mailcheck.plans.plan import Plan, PlannedRRset
from mailcheck.plans.route53.record_set import read_set
from mailcheck.plans.route53_sets import RecordSet, given_out
from mailcheck.plans.route53_values import name_of, type_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mailcheck.plans.document import Document
    from mailcheck.plans.plan import Given

_ONE = "AWS::Route53::RecordSet"
_GROUP = "AWS::Route53::RecordSetGroup"
_ZONE = "AWS::Route53::HostedZone"

_REST = (
    "sets that the template before has and this one has not, which CloudFormation deletes, and those "
    "with other identifiers"
)


class Template:
    """The resources of a template, by their logical ids."""

    def __init__(self, document: Document, resources: Mapping[str, Any], given: Given) -> None:
        self._shown = document.shown
        self._resources = resources
        self._given = given
        self._lines = lines_of(document.text, "Resources", EACH)
        self._held: list[RecordSet] = []
        self._notes: list[str] = []
        self._problems: list[Problem] = []

    def plan(self) -> Plan:
        """Return what the template has published.

        Raises:
            SourceError: if anything is wrong with it.
        """
        for key, resource in self._resources.items():
            kind = resource.get("Type") if isinstance(resource, dict) else ""
            if kind not in (_ONE, _GROUP):
                continue
            place = Place(self._shown, self._lines.get((key,), 1), of=visible(key, 255))
            try:
                for properties in _sets(Fields.of(resource)):
                    self._set(key, properties, place, is_sure="Condition" not in resource)
            except ValueError as error:
                self._problems.append(Problem(place, str(error)))
        if self._problems:
            raise SourceError(self._problems)
        notes = [*self._notes, _REST] if self._held else self._notes
        return Plan(self._shown, given_out(self._once()), notes=tuple(notes))

    def _set(self, key: str, properties: Mapping[str, Any], place: Place, *, is_sure: bool) -> None:
        zone = self._zone(key, properties)
        if not zone:
            self._notes.append(f"{place.of}: a private hosted zone")
            return
        if unnamed := [one for one in ("Name", "Type") if function_in(properties.get(one))]:
            self._notes.append(f"{place.of}: its {unnamed[0]} is known only at the deployment")
            return
        said = as_the_api_has_it(properties)
        given = {at: one for at, one in said.items() if function_in(one)}
        if not given and is_sure:
            self._held.append(read_set(said, zone, place).held)
            return
        function = function_in(next(iter(given.values()))) if given else "a Condition"
        variant = said.get("SetIdentifier")
        rrset = PlannedRRset(
            zone,
            name_of(Fields(said).text("Name"), zone),
            type_of(Fields(said).text("Type")),
            0,
            place,
            unknown=UNKNOWN.format(function=function),
            variant=visible(variant) if isinstance(variant, str) else "",
        )
        self._held.append(RecordSet(rrset))

    def _once(self) -> Iterator[RecordSet]:
        """Yield each set once, though conditions may give it by one resource or another."""
        sets: dict[tuple[str, ...], RecordSet] = {}
        for one in self._held:
            rrset = one.rrset
            at = (rrset.zone, rrset.name, rrset.rdtype, rrset.variant)
            before = sets.get(at)
            if before is None or not (before.rrset.unknown or rrset.unknown):
                sets[(*at, str(len(sets))) if before else at] = one
            else:
                both = before.rrset.unknown or rrset.unknown
                sets[at] = replace(before, rrset=replace(before.rrset, unknown=both))
        yield from sets.values()

    def _zone(self, key: str, properties: Mapping[str, Any]) -> str:
        """Return the zone of a set; empty if it is private.

        Raises:
            ValueError: if nobody says it; the text is a clause.
        """
        for said in (key, properties.get("HostedZoneId")):
            if isinstance(said, str) and said in self._given.zones_of:
                return str(self._given.zones_of[said])
        other = logical_id(properties.get("HostedZoneId"))
        if other in self._given.zones_of:
            return str(self._given.zones_of[other])
        resource = self._resources.get(other)
        if other and isinstance(resource, dict) and resource.get("Type") == _ZONE:
            zone = Fields(resource).inner("Properties") or Fields({})
            if zone.values.get("VPCs"):
                return ""
            if isinstance(zone.values.get("Name"), str):
                return full_name(zone.text("Name"))
        if isinstance(properties.get("HostedZoneName"), str):
            return full_name(properties["HostedZoneName"])
        name = properties.get("Name")
        zone_given = self._given.zone
        if zone_given is not None and (
            not isinstance(name, str) or is_under(full_name(name), zone_given)
        ):
            return str(zone_given)
        shown = visible(key, 255)
        raise ValueError(
            f"its zone is told only by the deployment: give it with --mail-zone-of {shown}=example.com"
        )


def _sets(resource: Fields) -> Iterator[Mapping[str, Any]]:
    """Yield the properties of each set of a resource."""
    properties = resource.inner("Properties") or Fields({})
    if resource.text("Type") == _ONE:
        yield properties.values
        return
    for one in properties.items("RecordSets"):
        shared = ("HostedZoneId", "HostedZoneName")
        own = Fields.of(one).values
        yield {**{key: properties.values.get(key) for key in shared}, **own}
