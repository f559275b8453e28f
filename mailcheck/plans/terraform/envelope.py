"""Whether a file is a plan of Terraform or OpenTofu as JSON, and what it is otherwise.

The format is that of "JSON Output Format" in the internals of both: its major version is 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.plans.terraform.values import shown

if TYPE_CHECKING:
    from mailcheck.plans.document import Document

MAJOR = "1"

WAY_OUT = "write it with: terraform plan -out=plan.bin && terraform show -json plan.bin > plan.json"

_PARTS = frozenset(
    {"planned_values", "resource_changes", "output_changes", "configuration", "prior_state"}
)
"""Of which each plan has some; one without a resource has no ``resource_changes``."""

_HUMAN = (
    "Terraform will perform",
    "OpenTofu will perform",
    "Terraform used the selected",
    "OpenTofu used the selected",
)


def is_of_terraform(document: Document) -> bool:
    """Whether *document* is something that Terraform writes, be it a plan as JSON or not."""
    value = document.value
    if isinstance(value, dict):
        if not _PARTS.isdisjoint(value) or {"terraform_version", "values"} & value.keys():
            return "format_version" in value or "terraform_version" in value
        return "lineage" in value or value.keys() == {"format_version"}
    return bool(_other(document.text))


def plan_of(document: Document) -> dict[str, Any]:
    """Return the plan that *document* is.

    Raises:
        SourceError: if it is none, or one that failed, or is of an unknown version.
    """

    def wrong(what: str, expected: str = "") -> SourceError:
        return SourceError([Problem(Place(document.shown, 1), what, expected)])

    if other := _other(document.text):
        raise wrong(other, WAY_OUT)
    value = document.parsed()
    if not isinstance(value, dict):
        raise wrong("this is no plan of Terraform", WAY_OUT)
    if not value:
        raise wrong("this is an empty object, and no plan of Terraform", WAY_OUT)
    if _PARTS.isdisjoint(value):
        is_state = value.keys() & {"values", "lineage", "resources"} or value.keys() <= {
            "format_version",
            "terraform_version",
        }
        kind = (
            "a state of Terraform, which says what is there" if is_state else "no plan of Terraform"
        )
        raise wrong(f"this is {kind}" + ", and no plan" * bool(is_state), WAY_OUT)
    version = value.get("format_version")
    if not isinstance(version, str):
        raise wrong("format_version is missing", f'a plan has one, such as "{MAJOR}.2"')
    if version.partition(".")[0] != MAJOR:
        raise wrong(
            f"format_version {shown(version)} is not known",
            f"known is {MAJOR} with anything behind it, of Terraform 1.1 and later and of OpenTofu",
        )
    if value.get("errored") not in (None, False):
        raise wrong("this plan failed, and says only a part of the change (errored is true)")
    changes = value.get("resource_changes")
    if changes is not None and not isinstance(changes, list):
        raise wrong("resource_changes is no list", "a list of objects is expected")
    return value


def _other(text: str) -> str:
    """Say what else of Terraform's *text* is; nothing if it may be a plan as JSON."""
    start = text[:4000].removeprefix("\ufeff").lstrip()
    if start.startswith("PK\x03\x04"):
        return "this is a plan in Terraform's own binary form"
    if start.startswith("{") and '"@level"' in start.partition("\n")[0]:
        return "these are messages of terraform plan -json, one a line, and no plan"
    if any(sign in text[:20_000] for sign in _HUMAN) and not start.startswith("{"):
        return "this is what terraform plan writes for people"
    return ""
