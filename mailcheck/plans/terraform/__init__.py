"""Plans of Terraform and OpenTofu, as ``terraform show -json`` and ``tofu show -json`` write them.

What the resources of each provider mean is in ``providers/``; everything else here is the same for
all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.plans.terraform.envelope import is_of_terraform, plan_of
from mailcheck.plans.terraform.reading import planned

if TYPE_CHECKING:
    from mailcheck.plans.document import Document
    from mailcheck.plans.plan import Given, Plan

TITLE = "plan of Terraform or OpenTofu"


def recognises(document: Document) -> bool:
    """Whether *document* is one, or another file of Terraform's that was given by mistake."""
    return is_of_terraform(document)


def read(document: Document, given: Given) -> Plan:
    """Return what the plan in *document* makes of DNS.

    Raises:
        SourceError: if it is none, or any record that it changes cannot be read.
    """
    return planned(plan_of(document), document.shown, given)
