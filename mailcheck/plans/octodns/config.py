"""The configuration of octoDNS: zones, the providers they come from and go to, and processors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailcheck.errors import Problem
from mailcheck.evidence import visible
from mailcheck.plans.names import full_name
from mailcheck.plans.octodns.hosts import encoded
from mailcheck.plans.octodns.options import Options
from mailcheck.plans.octodns.values import Fields, value_of
from mailcheck.source.nodes import Mapping, Scalar
from mailcheck.source.problems import nearest

if TYPE_CHECKING:
    from mailcheck.errors import Place
    from mailcheck.plans.document import Document
    from mailcheck.source.problems import Problems

_KEYS = (
    re.compile(r"""^(["']?)providers\1[ \t]*:""", re.MULTILINE),
    re.compile(r"""^(["']?)zones\1[ \t]*:""", re.MULTILINE),
)


def is_config(document: Document) -> bool:
    """Whether *document* is a configuration, if perhaps one with mistakes."""
    if all(key.search(document.text) for key in _KEYS):
        return True
    value = document.value
    return (
        isinstance(value, dict)
        and isinstance(value.get("providers"), dict)
        and (isinstance(value.get("zones"), dict))
    )


def without_values(problem: Problem, text: str) -> Problem:
    """Return what is wrong with the YAML of a configuration without what its line says.

    It may be the key to a provider.
    """
    lines = text.split("\n")[max(problem.place.line - 2, 0) : problem.place.line]
    values = (line.partition(":")[2].strip(" \t\r'\"*&!%@`{[>|,") for line in lines)
    said = f"{problem.what} {problem.expected}"
    if not any(value and value in said for value in values) and "\n" not in said:
        return problem
    return Problem(problem.place, "this cannot be read as YAML", "look at its quotes and colons")


@dataclass(frozen=True, slots=True)
class ZoneConfig:
    """What is said of the zone *name*, which has a final dot, or begins with ``*``."""

    name: str
    fields: Fields
    place: Place

    def names(self, key: str, problems: Problems) -> list[str] | None:
        """Return the list of names under *key*; None if there is no such key."""
        if key not in self.fields:
            return None
        found = self.fields[key]
        if found is None:
            return []
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return list(found)
        problems.add(self.place, f"zone {self.shown}: its {key} are no list of names")
        return []

    @property
    def original(self) -> str:
        """Return the name of the zone that it is an alias of; its own, if it is none."""
        try:
            return encoded(str(self.fields.get("alias", self.name)))
        except ValueError:
            return ""

    @property
    def shown(self) -> str:
        """Return its name for messages."""
        return visible(self.name.removesuffix("."), 260)


class Config:
    """A configuration, read from *root*."""

    def __init__(self, root: Mapping, problems: Problems) -> None:
        self.problems = problems
        self.place = root.place
        self.manager = self._section(root, "manager")
        self.handlers = tuple(self._section(root, "secret_handlers"))
        self.providers = self._section(root, "providers")
        self.processors = self._section(root, "processors")
        self.zones = self._zones(root.get("zones"))
        self._check("provider", self.providers)
        self._check("processor", self.processors)
        self.first = self._names("processors")
        self.last = self._names("post_processors")

    def _section(self, root: Mapping, key: str) -> Fields:
        node = root.get(key)
        if isinstance(node, Mapping):
            return Fields(
                ((name.text, _placed(name.place, value_of(child))) for name, child in node.entries),
                node.place,
            )
        if node is not None and not (isinstance(node, Scalar) and node.empty):
            self.problems.mapping(node, key)
        return Fields((), root.place)

    def _zones(self, node: Any) -> dict[str, ZoneConfig]:
        zones: dict[str, ZoneConfig] = {}
        mapping = self.problems.mapping(node, "zones") if node is not None else None
        for key, child in mapping.entries if mapping else ():
            fields = value_of(child)
            shown = visible(key.text, 260)
            try:
                name = encoded(key.text)
            except ValueError as error:
                self.problems.add(key.place, f"zone {shown}: {error}")
                continue
            if not isinstance(fields, Fields):
                self.problems.add(key.place, f"zone {shown} has no sources", "expected sources:")
            elif not name.endswith(".") and not name.startswith("*"):
                self.problems.add(key.place, f"zone {shown} has no final dot", f"write {shown}.")
            elif not name.startswith("*") and not _is_name(name):
                self.problems.add(key.place, f"zone {shown} is no name")
            elif name in zones:
                self.problems.add(key.place, f"zone {shown} stands here a second time")
            else:
                zones[name] = ZoneConfig(name, fields, key.place)
        return zones

    def _check(self, kind: str, section: Fields) -> None:
        """Add what octoDNS refuses to begin with, needed or not."""
        for name, fields in section.items():
            subject = f"{kind} {visible(name, 100)}"
            if not isinstance(fields, Fields):
                self.problems.add(section.place, f"{subject} has no options", "expected class:")
            elif not isinstance(fields.get("class"), str):
                self.problems.add(fields.place, f"{subject} has no class", "expected class:")
            elif fields["class"].startswith("octodns.provider.yaml.") and "directory" not in fields:
                what = f"{subject} has no directory"
                self.problems.add(fields.place, what, "expected directory:")

    def _names(self, key: str) -> list[str]:
        found = self.manager.get(key) or []
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return list(found)
        self.problems.add(self.manager.place, f"{key} of the manager are no list of names")
        return []

    def options(self, section: Fields, name: str, kind: str) -> Options | None:
        """Return what *section* has under *name*, which is a *kind*; None if that is a problem."""
        subject = f"{kind} {visible(name, 100)}"
        fields = section.get(name)
        if isinstance(fields, Fields):
            return Options(subject, fields, self.handlers, self.problems)
        place = self.place if name not in section else section.place
        self.problems.add(place, f"{subject} is not there", nearest(visible(name, 60), section))
        return None

    def relaxes(self, fields: Fields) -> bool:
        """Whether validators are switched off below *fields*, so that octoDNS takes more."""
        validators = fields.get("validators")
        if not isinstance(validators, dict):
            return False
        enabled = validators.get("enabled")
        if isinstance(enabled, list) and not {"legacy", "strict"} & set(map(str, enabled)):
            return True
        record = validators.get("record")
        return "disable_validators" in validators or (
            isinstance(record, dict) and "disable_validators" in record
        )


def _placed(place: Place, value: Any) -> Any:
    return Fields(value.items(), place) if isinstance(value, Fields) else value


def _is_name(zone: str) -> bool:
    """Whether *zone* is the name of one below the root, as everybody writes it."""
    bare = zone.removesuffix(".")
    try:
        return full_name(bare) == bare
    except ValueError:
        return False
