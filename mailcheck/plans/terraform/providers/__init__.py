"""The providers whose resources are read, each in a module with ``RECORDS`` and ``ZONES``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.plans.terraform.providers import (
    aws,
    azurerm,
    cloudflare,
    digitalocean,
    google,
    hetzner,
    rfc2136,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.plans.terraform.kinds import Kind, ZoneKind

_ALL = (aws, azurerm, cloudflare, digitalocean, google, hetzner, rfc2136)

RECORDS: Mapping[str, Kind] = {name: kind for one in _ALL for name, kind in one.RECORDS.items()}
"""By the type of resource."""

ZONES: Mapping[str, ZoneKind] = {name: kind for one in _ALL for name, kind in one.ZONES.items()}
