"""Hetzner DNS: ``hetznerdns_record``, one record each, with data as in a master file of the zone.

Priorities stand in the value; names without a final dot are relative to the zone. Texts may be
quoted ("hetznerdns_record Resource" in the provider's documentation).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.plans.names import name_in
from mailcheck.plans.terraform.data import rdata, txt
from mailcheck.plans.terraform.kinds import Data, Kind, ZoneKind, ttl_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.plans.terraform.values import Values

DEFAULT_TTL = 86400
"""Seconds, where neither record nor zone say any."""


class _Record(Kind):
    part = True
    zones = ("hetznerdns_zone",)

    def name(self, values: Values, zone: str) -> str:
        return name_in(values.text("name"), zone)

    def data(self, values: Values, zone: str, name: str, rdtype: str) -> Data:
        del name
        ttl = DEFAULT_TTL if values.hides("ttl") else ttl_of(values, otherwise=DEFAULT_TTL)
        value = values.text("value")
        return Data(ttl, (txt(value) if rdtype == "TXT" else rdata(rdtype, value, zone),))


RECORDS: Mapping[str, Kind] = {"hetznerdns_record": _Record()}

ZONES: Mapping[str, ZoneKind] = {"hetznerdns_zone": ZoneKind()}
