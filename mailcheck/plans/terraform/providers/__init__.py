"""The providers whose resources are read, each in a module with ``RECORDS`` and ``ZONES``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.plans.terraform.providers import aws

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.plans.terraform.kinds import Kind, ZoneKind

RECORDS: Mapping[str, Kind] = {**aws.RECORDS}
"""By the type of resource."""

ZONES: Mapping[str, ZoneKind] = {**aws.ZONES}
