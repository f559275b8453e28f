"""Which zone a record is in.

A record says it by an identifier of the provider's. The zone itself is in the plan, if it is managed
or looked up there: then its name is found by the identifier, or, before there is one, by what the
configuration refers to. Else the run has to say it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.plans.names import full_name
from mailcheck.plans.terraform.resources import shown_address
from mailcheck.plans.terraform.tokens import modules_of, steps, without_keys
from mailcheck.plans.terraform.values import HiddenError, WrongError, shown
from mailcheck.plans.terraform.zone_table import Zone, ZoneTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailcheck.plans.terraform.configuration import Configuration
    from mailcheck.plans.terraform.kinds import Kind, ZoneKind
    from mailcheck.plans.terraform.resources import Resource
    from mailcheck.plans.terraform.values import Values
    from mailcheck.zone_name import ZoneName


class Zones:
    """All zones that a plan knows of, and those that the run says, by *given*."""

    def __init__(
        self,
        plan: Mapping[str, Any],
        resources: Iterable[Resource],
        kinds: Mapping[str, ZoneKind],
        configuration: Configuration,
        given: Mapping[str, ZoneName],
    ) -> None:
        self._configuration = configuration
        self._given = given
        self.table = ZoneTable(plan, resources, kinds)
        self._said: dict[str, str] = {}
        self._looked_up: dict[tuple[str, str], Zone | None] = {}

    def of(self, resource: Resource, values: Values, kind: Kind) -> Zone:
        """Return the zone of the records that *values* say, which are of *resource*.

        Raises:
            WrongError: if it cannot be told.
            HiddenError: if the zone's name is sensitive.
        """
        identifier = self._identifier(values, kind)
        if given := self._given_for(resource.address):
            if identifier:
                self._said.setdefault(identifier, given)
            return Zone(given)
        if identifier and (known := self._with_id(identifier, kind)):
            return known
        if identifier is None:
            asked = (resource.address, kind.zone)
            if asked not in self._looked_up:
                origins = self._configuration.origins(resource, kind.zone)
                self._looked_up[asked] = _one_of(
                    zone for one in origins for zone in self.table.referred_to(resource, one)
                )
            if found := self._looked_up[asked]:
                return found
        way_out = f"say it by --mail-zone-of '{shown_address(resource.address)}=example.com'"
        if not identifier:
            what, of_all = "its zone cannot be told from the plan", ""
        else:
            what = f"its zone cannot be told from the plan ({kind.zone} {shown(identifier)})"
            of_all = f", or of all that is in it by '{shown(identifier)[1:-1]}=example.com'"
        raise WrongError(what, f"{way_out}{of_all}, with the zone's name")

    def learn(self, resource: Resource, values: Values, kind: Kind) -> None:
        """Take note of what is given for *resource*: others in the same zone need no saying."""
        if (given := self._given_for(resource.address)) and (
            identifier := self._identifier(values, kind)
        ):
            self._said.setdefault(identifier, given)

    def _identifier(self, values: Values, kind: Kind) -> str | None:
        try:
            return kind.zone_id(values)
        except HiddenError:
            return None

    def _with_id(self, identifier: str, kind: Kind) -> Zone | None:
        if given := self._given.get(identifier) or self._said.get(identifier):
            return Zone(given)
        found = self.table.with_id(kind.zones, identifier)
        if zone := _one_of(one.zone() for one in found):
            return zone
        if found or not kind.names_zone or identifier.isdigit():
            return None
        try:
            return Zone(full_name(identifier))
        except ValueError as error:
            raise WrongError(f"{kind.zone} is no zone: {shown(str(error))}") from None

    def _given_for(self, address: str) -> ZoneName | None:
        if not self._given:
            return None
        parts = steps(address)
        whole = [step.name + step.key for step in parts]
        candidates = [address, ".".join([*whole[:-1], parts[-1].name]), without_keys(address)]
        for size in range(2 * len(modules_of(address)), 0, -2):
            candidates += [".".join(whole[:size]), without_keys(".".join(whole[:size]))]
        return next((self._given[one] for one in candidates if one in self._given), None)


def _one_of(zones: Iterable[Zone]) -> Zone | None:
    """Return the one zone that all of *zones* are, if they are one."""
    found = [*zones]
    alike = {(zone.name, zone.private) for zone in found}
    return min(found, key=lambda zone: zone.address) if len(alike) == 1 else None
