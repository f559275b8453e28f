"""What a plan does with each resource that matters here.

``resource_changes`` has all resources of the plan: those that stay as they are (``no-op``), too.
What *was* and *will* be there mean the records that a provider serves, not what Terraform manages:
a resource that Terraform forgets stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mailcheck.errors import Place
from mailcheck.plans.terraform.tokens import Step, modules_of, steps
from mailcheck.plans.terraform.values import Values, WrongError, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

ACTIONS = frozenset({"no-op", "create", "read", "update", "delete", "forget"})
"""Of one change; two are a replacement, in their order."""

PUTS = frozenset({"create", "update"})
TAKES = frozenset({"delete", "update"})


@dataclass(frozen=True, slots=True)
class Resource:
    """One instance of a resource.

    ``changes`` is False if all that is there stays as it is; ``created`` says that what will be
    there is new, be it in the place of something else; ``in_state``, that it is read from the state
    before the plan, and not from a change.
    """

    address: str
    type: str
    name: str
    modules: tuple[Step, ...]
    key: str
    changes: bool
    was: Values | None
    will: Values | None
    created: bool = False
    managed: bool = True
    in_state: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """The names of its modules, as the configuration has them."""
        return tuple(step.name for step in self.modules)

    def place(self, plan: str) -> Place:
        """Where it stands in the file *plan*."""
        return Place(plan, 1, 1, shown_address(self.address))


def shown_address(address: str) -> str:
    """Return *address* for a message; keys of instances may be anything."""
    return shown(address)[1:-1] if not address.isprintable() or len(address) > 300 else address


def resource(entry: Mapping[str, Any]) -> Resource:
    """Return the resource of one *entry* of ``resource_changes``, whose type is a text.

    Raises:
        WrongError: if anything is not as it has to be.
    """
    address, change = entry.get("address"), entry.get("change")
    if not isinstance(address, str) or not (parts := steps(address)):
        raise WrongError("a resource has no address", "each entry of resource_changes has one")
    if not isinstance(change, dict):
        raise WrongError("change is missing", "each entry of resource_changes has one")
    actions = _actions(change.get("actions"))
    before = _values(change, "before", None, change.get("before_sensitive"))
    after = _values(change, "after", change.get("after_unknown"), change.get("after_sensitive"))
    deposed = entry.get("deposed") is not None
    if needs := (
        "before" if actions & (TAKES | {"forget", "no-op"}) and before is None else ""
    ) or ("after" if actions & PUTS and after is None else ""):
        raise WrongError(f"change.{needs} is missing", f"{' and '.join(sorted(actions))} has it")
    puts, takes = bool(actions & PUTS), bool(actions & TAKES)
    stays = None if takes or deposed else before
    return Resource(
        address,
        str(entry["type"]),
        parts[-1].name,
        modules_of(address),
        parts[-1].key,
        changes=puts or takes,
        was=before,
        will=after if puts or "read" in actions else stays,
        created="create" in actions,
        managed=entry.get("mode", "managed") == "managed",
    )


def _actions(said: Any) -> frozenset[str]:
    if not isinstance(said, list) or not said or not all(isinstance(one, str) for one in said):
        raise WrongError("change.actions is missing", 'such as ["update"]')
    if unknown := sorted(set(said) - ACTIONS):
        raise WrongError(
            f"the action {shown(unknown[0])} is not known",
            f"known are {', '.join(sorted(ACTIONS))}",
        )
    return frozenset(said)


def _values(change: Mapping[str, Any], key: str, unknown: Any, sensitive: Any) -> Values | None:
    said = change.get(key)
    if said is not None and not isinstance(said, dict):
        raise WrongError(
            f"change.{key} is no object", "the attributes of the resource are expected"
        )
    return None if said is None else Values(said, unknown, sensitive)
