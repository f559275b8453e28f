"""Which zone a record is in.

A record says it by an identifier of the provider's. The zone itself is in the plan, if it is managed
or looked up there: then its name is found by the identifier, or, before there is one, by what the
configuration refers to. Else the run has to say it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailcheck.plans.names import full_name
from mailcheck.plans.terraform.resources import Resource, shown_address
from mailcheck.plans.terraform.tokens import modules_of, steps, without_keys
from mailcheck.plans.terraform.values import HiddenError, Values, WrongError, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailcheck.plans.terraform.configuration import Configuration, Origin
    from mailcheck.plans.terraform.kinds import Kind, ZoneKind
    from mailcheck.zone_name import ZoneName


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone: its name, whether only some networks see it, and which resource it is."""

    name: str
    private: bool = False
    address: str = ""


@dataclass(slots=True)
class _Found:
    """A zone of the plan: one instance of a resource or a data source."""

    resource: Resource
    kind: ZoneKind
    values: Values
    _zone: Zone | None = None

    def zone(self) -> Zone:
        """Return it.

        Raises:
            HiddenError, WrongError: if its name is not to be had.
        """
        if not self._zone:
            private = self.kind.is_private(self.values)
            self._zone = Zone(self.kind.name(self.values), private, self.resource.address)
        return self._zone


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
        self._by_id: dict[tuple[str, str], list[_Found]] = {}
        self._by_address: dict[tuple[tuple[str, ...], str], dict[str, _Found]] = {}
        self._said: dict[str, str] = {}
        self._looked_up: dict[tuple[str, str], Zone | None] = {}
        for resource in resources:
            for values in (resource.was, resource.will):
                if values and resource.type in kinds:
                    self._add_each(resource, kinds[resource.type], values)
        for entry in _entries(plan.get("prior_state")):
            if entry.get("type") in kinds and (live := _of_state(entry)) and live.will:
                self._add_each(live, kinds[live.type], live.will)

    def _add_each(self, resource: Resource, kind: ZoneKind, values: Values) -> None:
        try:
            zones = [*kind.each(values)]
        except (HiddenError, WrongError):
            return
        for one in zones:
            self._add(_Found(resource, kind, one))

    def _add(self, found: _Found) -> None:
        """Keep it; what comes later knows less, unless it has identifiers that are new."""
        resource = found.resource
        for identifier in found.kind.ids(found.values):
            self._by_id.setdefault((resource.type, identifier), []).append(found)
        at = (
            resource.path,
            f"{'' if resource.managed else 'data.'}{resource.type}.{resource.name}",
        )
        instances = self._by_address.setdefault(at, {})
        if resource.address not in instances or found.values is resource.will:
            instances[resource.address] = found

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
                self._looked_up[asked] = self._referred_to(resource, origins)
            if found := self._looked_up[asked]:
                return found
        shown_id = f" ({kind.zone} {shown(identifier)})" if identifier else ""
        address = shown_address(resource.address)
        raise WrongError(
            f"its zone cannot be told from the plan{shown_id}",
            f"say it by --mail-zone-of '{address}=example.com', with the zone's name",
        )

    def learn(self, resource: Resource, values: Values, kind: Kind) -> None:
        """Take note of what is given for *resource*: others in the same zone need no saying."""
        if (given := self._given_for(resource.address)) and (
            identifier := self._identifier(values, kind)
        ):
            self._said.setdefault(identifier, given)

    def whole(self) -> Iterator[str]:
        """Yield the public zones that the change makes, if none of the same name is there before."""
        fresh: dict[str, bool] = {}
        for instances in self._by_address.values():
            for found in instances.values():
                try:
                    zone = found.zone()
                except (HiddenError, WrongError):
                    continue
                if found.resource.will is not None and not zone.private:
                    new = found.resource.created and found.kind.starts_empty(found.values)
                    fresh[zone.name] = fresh.get(zone.name, True) and new
        yield from (name for name, new in fresh.items() if new)

    def removed(self) -> Iterator[Zone]:
        """Yield the public zones that will not be there any more."""
        for instances in self._by_address.values():
            for found in instances.values():
                if found.resource.changes and found.resource.will is None:
                    try:
                        zone = found.zone()
                    except (HiddenError, WrongError):
                        continue
                    if not zone.private:
                        yield zone

    def _identifier(self, values: Values, kind: Kind) -> str | None:
        try:
            return kind.zone_id(values)
        except HiddenError:
            return None

    def _with_id(self, identifier: str, kind: Kind) -> Zone | None:
        if given := self._given.get(identifier) or self._said.get(identifier):
            return Zone(given)
        found = [
            one for kind_of in kind.zones for one in self._by_id.get((kind_of, identifier), ())
        ]
        if zone := _one_of(one.zone() for one in found):
            return zone
        if found or not kind.names_zone:
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

    def _referred_to(self, resource: Resource, origins: Iterable[Origin]) -> Zone | None:
        return _one_of(zone for origin in origins for zone in self._zones_of(resource, origin))

    def _zones_of(self, resource: Resource, origin: Origin) -> Iterator[Zone]:
        instances = [*self._by_address.get((origin.path, origin.address), {}).values()]
        same = 0
        while same < min(len(origin.path), len(resource.path)) and (
            origin.path[same] == resource.path[same]
        ):
            same += 1
        here = [one for one in instances if one.resource.modules[:same] == resource.modules[:same]]
        by_key = [one for one in here if one.resource.key == origin.key]
        for found in by_key if origin.key and (by_key or not origin.alike) else here:
            yield found.zone()


def _one_of(zones: Iterable[Zone]) -> Zone | None:
    """Return the one zone that all of *zones* are, if they are one."""
    found = [*zones]
    alike = {(zone.name, zone.private) for zone in found}
    return min(found, key=lambda zone: zone.address) if len(alike) == 1 else None


def _of_state(entry: Mapping[str, Any]) -> Resource | None:
    """Return the resource that an *entry* of a state is; None if it is none."""
    address, values = entry.get("address"), entry.get("values")
    if (
        not isinstance(address, str)
        or not isinstance(values, dict)
        or not (parts := steps(address))
    ):
        return None
    here = Values(values, None, entry.get("sensitive_values"))
    return Resource(
        address,
        entry["type"],
        parts[-1].name,
        modules_of(address),
        parts[-1].key,
        changes=False,
        was=here,
        will=here,
        managed=entry.get("mode", "managed") == "managed",
    )


def _entries(state: Any) -> Iterator[Mapping[str, Any]]:
    """Yield all resources of a state, or of values planned, of which modules may be deep."""
    values = state.get("values", state) if isinstance(state, dict) else {}
    open_ones = [values.get("root_module") if isinstance(values, dict) else None]
    while open_ones:
        module = open_ones.pop()
        if not isinstance(module, dict):
            continue
        resources, children = module.get("resources"), module.get("child_modules")
        if isinstance(resources, list):
            yield from (
                one
                for one in resources
                if isinstance(one, dict) and isinstance(one.get("type"), str)
            )
        if isinstance(children, list):
            open_ones.extend(children)
