"""What one resource says of DNS: the RRsets, or parts of such, that it was and will be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from mailcheck.plans.terraform.kinds import Data
from mailcheck.plans.terraform.resources import shown_address
from mailcheck.plans.terraform.values import LATER, SENSITIVE, HiddenError, WrongError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.plans.terraform.configuration import Configuration
    from mailcheck.plans.terraform.kinds import Kind
    from mailcheck.plans.terraform.resources import Resource
    from mailcheck.plans.terraform.values import Values
    from mailcheck.plans.terraform.zone_table import Zone
    from mailcheck.plans.terraform.zones import Zones


class Key(NamedTuple):
    """An RRset."""

    zone: str
    name: str
    rdtype: str


@dataclass(frozen=True, slots=True)
class Said:
    """What ``values`` of a resource say of the RRset ``key``."""

    key: Key
    resource: Resource
    kind: Kind
    values: Values


class NamelessError(Exception):
    """The name of an RRset is known only after the change; ``text`` says where it comes from."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Reader:
    """Reads what resources say."""

    def __init__(self, zones: Zones, configuration: Configuration) -> None:
        self._zones = zones
        self._configuration = configuration

    def zone(self, resource: Resource, values: Values, kind: Kind) -> Zone:
        """Return the zone that *values* say.

        Raises:
            WrongError: if it cannot be told.
        """
        try:
            return self._zones.of(resource, values, kind)
        except HiddenError as hidden:
            raise WrongError(
                f"its zone cannot be told: {hidden.key} of the zone is {hidden.why}",
                f"say it by --mail-zone-of '{shown_address(resource.address)}=example.com', "
                "with the zone's name",
            ) from None

    def each(
        self, zone: Zone, resource: Resource, values: Values, kind: Kind
    ) -> Iterator[Said | NamelessError]:
        """Yield what *values* say, and of what has no name yet, why.

        Raises:
            WrongError: if it cannot be told.
        """
        try:
            parts = kind.each(values)
        except HiddenError as hidden:
            raise WrongError(f"{hidden.key} is {hidden.why}", _way_out(hidden)) from None
        for part in parts:
            try:
                name = kind.name(part, zone.name)
            except HiddenError as hidden:
                if hidden.why != LATER:
                    raise WrongError(
                        f"its {hidden.key} is {hidden.why}", _way_out(hidden)
                    ) from None
                yield NamelessError(self._from(resource, hidden))
                continue
            except WrongError:
                raise
            except ValueError as error:
                raise WrongError(f"its name is none: {error}") from None
            try:
                rdtypes = kind.rdtypes(part, at_apex=name == zone.name)
            except HiddenError as hidden:
                raise WrongError(f"its {hidden.key} is {hidden.why}", _way_out(hidden)) from None
            for rdtype in rdtypes:
                yield Said(Key(zone.name, name, rdtype), resource, kind, part)

    def data(self, said: Said) -> Data:
        """Return what the records are; unknown ones are so for a reason.

        Raises:
            WrongError: if they are none.
        """
        key = said.key
        try:
            data = said.kind.data(said.values, key.zone, key.name, key.rdtype)
        except HiddenError as hidden:
            text = f"{hidden.key} of {shown_address(said.resource.address)}: {hidden.why}"
            return Data(0, unknown=text + self._from(said.resource, hidden))
        if data.unknown:
            return Data(data.ttl, unknown=f"{shown_address(said.resource.address)}: {data.unknown}")
        return data

    def _from(self, resource: Resource, hidden: HiddenError) -> str:
        """Say which resources an attribute comes from, if the configuration tells."""
        if hidden.why != LATER:
            return ""
        found = [
            f"{'.'.join(f'module.{name}' for name in origin.path)}{'.' * bool(origin.path)}"
            f"{origin.address}{'' if origin.alike else origin.key}{'.' * bool(origin.attribute)}{origin.attribute}"
            for origin in self._configuration.origins(resource, hidden.key)
        ]
        longest = [one for one in found if not any(o != one and o.startswith(one) for o in found)]
        named = ", ".join(map(shown_address, longest[:3]))
        return f", from {named}" if named else ""


def _way_out(hidden: HiddenError) -> str:
    if hidden.why == SENSITIVE:
        return "what is judged is shown; nonsensitive() in the configuration allows that"
    return "without it nobody can say what will be there"
