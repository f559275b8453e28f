"""What the configuration in a plan says of where values come from.

It has no values of expressions, but their references: ``aws_route53_zone.main.zone_id``,
``var.zone_id``, ``module.zones.id``. Through variables and outputs of modules they are followed to
resources. Local values are not in a plan, so a way through one ends there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from mailcheck.plans.terraform.tokens import steps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.plans.terraform.resources import Resource
    from mailcheck.plans.terraform.tokens import Step

NO_RESOURCES = frozenset(
    {"var", "local", "module", "each", "count", "path", "terraform", "self", "ephemeral"}
)
_PART = re.compile(r"[^.\[\]]+")

MOST_STEPS = 500
MOST_OF_ALL = 500_000
"""References followed for one value, and for all: a configuration may refer to all there is."""

MOST_PARTS = 6
"""Of a reference that lead somewhere: ``module.NAME.OUTPUT``, ``data.TYPE.NAME.ATTRIBUTE``."""


class Origin(NamedTuple):
    """A resource that a value comes from: its modules, its address in there, the key of an instance.

    ``alike`` says that the key is not written there, but that of the instance whose value it is
    (``each.key``, ``each.value``, ``count.index``): chained resources have the same keys. ``through``
    are the modules whose outputs led there, by their depth, with the keys of their instances, and
    whether these are such as well.
    """

    path: tuple[str, ...]
    address: str
    key: str
    attribute: str
    alike: bool
    through: tuple[tuple[int, str, bool], ...] = ()


class _Reference(NamedTuple):
    """A reference to follow: the module it stands in, and the block, whose instance has ``key``."""

    path: tuple[str, ...]
    text: str
    block: dict[str, Any]
    key: str
    alike: bool
    through: tuple[tuple[int, str, bool], ...] = ()


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _references(expression: Any) -> Iterator[str]:
    """Yield the references of an expression, or of all in a block."""
    open_ones = [expression]
    while open_ones:
        one = open_ones.pop()
        if isinstance(one, list):
            open_ones.extend(reversed(one))
        elif isinstance(one, dict):
            said = one.get("references")
            if isinstance(said, list):
                yield from (text for text in said if isinstance(text, str))
            else:
                open_ones.extend(reversed([*one.values()]))


def _within(expressions: dict[str, Any], attribute: str) -> Any:
    """Return the expression of *attribute*, or of the nearest block around it that is written."""
    found: Any = expressions
    for part in _PART.findall(attribute):
        below: Any = None
        if isinstance(found, list) and part.isdigit():
            below = found[int(part)] if int(part) < len(found) else None
        elif isinstance(found, dict):
            below = found.get(part)
        if below is None:
            break
        found = below
    return None if found is expressions else found


def _longest(texts: list[str]) -> list[str]:
    """Return those of *texts* that are not the beginning of another: Terraform lists these as well."""
    shorter: set[str] = set()
    for text in texts:
        before = ""
        for step in steps(text)[:MOST_PARTS]:
            shorter.add(before)
            before = f"{before}.{step.name}" if before else step.name
            if step.key:
                shorter.add(before)
                before += step.key
    return [text for text in texts if text not in shorter]


def _origin(one: _Reference) -> Origin | None:
    parts = steps(one.text)
    size = 3 if parts and parts[0].name == "data" else 2
    if len(parts) < size or parts[0].name in NO_RESOURCES:
        return None
    address = ".".join(step.name for step in parts[:size])
    attribute = ".".join(step.name + step.key for step in parts[size:])
    written = parts[size - 1].key
    alike = not written and one.alike
    key = one.key if alike else written
    return Origin(one.path, address, key, attribute, alike, one.through)


class Configuration:
    """The ``configuration`` of a plan; whatever in it is not as it should be says nothing."""

    def __init__(self, said: Any) -> None:
        self._root = _object(_object(said).get("root_module"))
        self._left = MOST_OF_ALL
        self._read: dict[int, list[str]] = {}
        self._modules: dict[tuple[str, ...], dict[str, Any]] = {(): self._root}
        self._resources: dict[tuple[str, ...], dict[str, dict[str, Any]]] = {}

    def source(self, path: tuple[str, ...]) -> str:
        """Return where the last module of *path* is taken from, as its call says; empty if it does not."""
        source = self._call(path).get("source")
        return source if isinstance(source, str) else ""

    def origins(self, resource: Resource, attribute: str) -> tuple[Origin, ...]:
        """Return the resources that the value of *attribute* of *resource* comes from.

        It may be within blocks: ``alias[0].name``.
        """
        found: dict[Origin, None] = {}
        said = self._resource(resource.path, f"{resource.type}.{resource.name}")
        expressions = _object(said.get("expressions"))
        left = self._all_in(_within(expressions, attribute), resource.path, said, resource.key)
        seen: set[tuple[tuple[str, ...], str, str]] = set()
        while left and len(seen) < MOST_STEPS and self._left > 0:
            one = left.pop(0)
            self._left -= 1
            if (one.path, one.text, one.key) not in seen:
                seen.add((one.path, one.text, one.key))
                if origin := _origin(one):
                    found[origin] = None
                else:
                    left += self._further(one, resource)[:MOST_STEPS]
        return tuple(found)

    def _further(self, one: _Reference, resource: Resource) -> list[_Reference]:
        """Return what *one* leads to in the direction of resources."""
        path, parts = one.path, steps(one.text)
        head = parts[0].name if parts else ""
        if head == "var" and path and len(parts) > 1:
            call = self._call(path)
            within = resource.path[: len(path)] == path
            key = resource.modules[len(path) - 1].key if within else ""
            given = _object(call.get("expressions")).get(parts[1].name)
            return self._all_in(given, path[:-1], call, key)
        if head == "module" and len(parts) > 1:
            return self._outputs(one, parts)
        if head == "each" and one.block:
            expression = one.block.get("for_each_expression")
            rest = "".join(f".{step.name}{step.key}" for step in parts[2:])
            return [
                further._replace(text=further.text + rest, alike=True)
                for further in self._all_in(expression, path, {}, one.key)
            ]
        return []

    def _outputs(self, one: _Reference, parts: tuple[Step, ...]) -> list[_Reference]:
        """Return what the outputs of a module refer to; where the module's key is none, all of them."""
        below = (*one.path, parts[1].name)
        outputs = _object(self._module(below).get("outputs"))
        through = one.through
        if key := parts[1].key or (one.key if one.alike else ""):
            through = (*through, (len(one.path), key, not parts[1].key))
        index = parts[2].key if len(parts) > 2 else ""
        return [
            further._replace(alike=bool(index) or further.alike, through=through)
            for name in ([parts[2].name] if len(parts) > 2 else outputs)
            for further in self._all_in(
                _object(outputs.get(name)).get("expression"),
                below,
                _object(outputs.get(name)),
                index,
            )
        ]

    def _all_in(
        self, expression: Any, path: tuple[str, ...], block: dict[str, Any], key: str
    ) -> list[_Reference]:
        """Return the references of *expression*, which stands in *block*; each is read once."""
        if id(expression) not in self._read:
            texts = _longest([*_references(expression)][:MOST_STEPS])
            self._read[id(expression)] = texts
        texts = self._read[id(expression)]
        alike = any(text in ("count.index", "each.key") for text in texts)
        return [_Reference(path, text, block, key, alike) for text in texts]

    def _call(self, path: tuple[str, ...]) -> dict[str, Any]:
        if not path:
            return {}
        calls = _object(self._module(path[:-1]).get("module_calls"))
        return _object(calls.get(path[-1]))

    def _module(self, path: tuple[str, ...]) -> dict[str, Any]:
        if path not in self._modules:
            module = self._root
            for name in path:
                call = _object(_object(module.get("module_calls")).get(name))
                module = _object(call.get("module"))
            self._modules[path] = module
        return self._modules[path]

    def _resource(self, path: tuple[str, ...], address: str) -> dict[str, Any]:
        if path not in self._resources:
            listed = self._module(path).get("resources")
            found = [_object(one) for one in (listed if isinstance(listed, list) else [])]
            self._resources[path] = {
                one["address"]: one for one in found if isinstance(one.get("address"), str)
            }
        return self._resources[path].get(address, {})
