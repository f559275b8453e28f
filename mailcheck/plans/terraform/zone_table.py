"""The zones of a plan: those that it makes, changes or keeps, and those that it looks up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from mailcheck.plans.terraform.resources import Resource
from mailcheck.plans.terraform.tokens import modules_of, steps
from mailcheck.plans.terraform.values import HiddenError, Values, WrongError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailcheck.plans.terraform.configuration import Origin
    from mailcheck.plans.terraform.kinds import ZoneKind


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone: its name, whether only some networks see it, and which resource it is."""

    name: str
    private: bool = False
    address: str = ""


@dataclass(slots=True)
class Found:
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


class Removed(NamedTuple):
    """A public zone that ``resource`` deletes; ``maker`` makes one of the same name, if any does."""

    zone: Zone
    resource: Resource
    maker: Resource | None


class ZoneTable:
    """All zones in *plan*, whose *resources* are read already."""

    def __init__(
        self,
        plan: Mapping[str, Any],
        resources: Iterable[Resource],
        kinds: Mapping[str, ZoneKind],
    ) -> None:
        self._by_id: dict[tuple[str, str], list[Found]] = {}
        self._by_address: dict[tuple[tuple[str, ...], str], dict[str, Found]] = {}
        self._gone: list[Found] = []
        self._keys: dict[tuple[object, ...], set[str]] = {}
        for resource in resources:
            self._keys.setdefault(_block(resource), set()).add(resource.key)
            for values in (resource.was, resource.will):
                if values and resource.type in kinds:
                    self._add_each(resource, kinds[resource.type], values)
        for entry in _entries(plan.get("prior_state")):
            if entry.get("type") in kinds and (live := _of_state(entry)) and live.will:
                self._keys.setdefault(_block(live), set()).add(live.key)
                self._add_each(live, kinds[live.type], live.will)

    def with_id(self, types: Iterable[str], identifier: str) -> list[Found]:
        """Return the zones of one of *types* that have *identifier*."""
        return [one for type_ in types for one in self._by_id.get((type_, identifier), ())]

    def _add_each(self, resource: Resource, kind: ZoneKind, values: Values) -> None:
        try:
            zones = [*kind.each(values)]
        except (HiddenError, WrongError):
            return
        for one in zones:
            self._add(Found(resource, kind, one), is_listed=len(zones) > 1)

    def _add(self, found: Found, *, is_listed: bool) -> None:
        """Keep it. What will be there goes before what was, and a change before the old state."""
        resource = found.resource
        for identifier in found.kind.ids(found.values):
            self._by_id.setdefault((resource.type, identifier), []).append(found)
        if is_listed:  # no reference to the list says which one it means
            return
        at = (
            resource.path,
            f"{'' if resource.managed else 'data.'}{resource.type}.{resource.name}",
        )
        instances = self._by_address.setdefault(at, {})
        is_gone = resource.will is None or resource.created
        if resource.changes and is_gone and found.values is resource.was:
            self._gone.append(found)
        is_newer = found.values is resource.will and not resource.in_state
        if resource.address not in instances or is_newer:
            instances[resource.address] = found

    def whole(self) -> Iterator[str]:
        """Yield the public zones that the change makes, if none of the same name is there before."""
        fresh: dict[str, bool] = {}
        for instances in self._by_address.values():
            for found in instances.values():
                zone = _public(found)
                if found.resource.will is not None and zone is not None:
                    new = found.resource.created and found.kind.starts_empty(found.values)
                    fresh[zone.name] = fresh.get(zone.name, True) and new
        yield from (name for name, new in fresh.items() if new)

    def removed(self) -> Iterator[Removed]:
        """Yield the public zones that are deleted, be they made anew or not, once each."""
        names: dict[str, Found] = {}
        for gone in self._gone:
            if (zone := _public(gone)) is not None:
                names.setdefault(zone.name, gone)
        makers: dict[str, Resource] = {}
        for instances in self._by_address.values() if names else ():
            for found in instances.values():
                made = found.resource.created and found.values is found.resource.will
                if made and (zone := _public(found)) is not None:
                    makers.setdefault(zone.name, found.resource)
        for name, gone in names.items():
            yield Removed(gone.zone(), gone.resource, makers.get(name))

    def referred_to(self, resource: Resource, origin: Origin) -> Iterator[Zone]:
        """Yield the zones that *origin* may mean for *resource*.

        Raises:
            HiddenError, WrongError: if the name of one is not to be had.
        """
        instances = [*self._by_address.get((origin.path, origin.address), {}).values()]
        same = 0
        while same < min(len(origin.path), len(resource.path)) and (
            origin.path[same] == resource.path[same]
        ):
            same += 1
        here = [one for one in instances if one.resource.modules[:same] == resource.modules[:same]]
        for depth, key, alike in (*origin.through, (-1, origin.key, origin.alike)):
            keys = [
                one.resource.modules[depth].key if depth >= 0 else one.resource.key for one in here
            ]
            if key and not (alike and not self._same_keys(resource, key, keys)):
                by_key = [one for one, its in zip(here, keys, strict=True) if its == key]
                here = by_key if by_key or not alike else here
        for found in here:
            yield found.zone()

    def _same_keys(self, resource: Resource, key: str, keys: Iterable[str]) -> bool:
        """Whether instances with one number belong together: only if there are as many of both.

        ``zone[floor(count.index / 2)]`` is told by no plan from ``zone[count.index]``.
        """
        return not key[1:-1].isdigit() or self._keys.get(_block(resource)) == {*keys}


def _public(found: Found) -> Zone | None:
    """Return the zone that was *found*, if it is public, and that and its name are known."""
    try:
        zone = found.zone()
    except (HiddenError, WrongError):
        return None
    return None if zone.private else zone


def _block(resource: Resource) -> tuple[object, ...]:
    """Return what all instances of *resource* in one instance of its module have in common."""
    return (resource.modules, resource.managed, resource.type, resource.name)


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
        in_state=True,
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
