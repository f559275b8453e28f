"""Hetzner: ``hetznerdns_record`` of the old console, ``hcloud_zone_rrset`` and ``…_record`` of the cloud.

Data are as in a master file of the zone: priorities stand in the value, and names without a final
dot are relative to the zone ("How do you format domains in DNS records?" in Hetzner's documentation).
In the old console texts may be quoted ("hetznerdns_record Resource" in that of the provider), in the
cloud they are ("hcloud_zone_rrset").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.plans.names import name_in
from mailcheck.plans.terraform.data import rdata, txt
from mailcheck.plans.terraform.kinds import Data, Kind, ZoneKind, ttl_of
from mailcheck.plans.terraform.values import WrongError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.plans.terraform.values import Values

DEFAULT_TTL = 86400
CLOUD_TTL = 3600
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


class _OfCloud(Kind):
    """An RRset, whose zone is named by its name or its number."""

    zone = "zone"
    names_zone = True
    zones = ("hcloud_zone",)

    def name(self, values: Values, zone: str) -> str:
        return name_in(values.text("name"), zone)

    def data(self, values: Values, zone: str, name: str, rdtype: str) -> Data:
        del name
        ttl = CLOUD_TTL if values.hides("ttl") else ttl_of(values, otherwise=CLOUD_TTL)
        if not (texts := self._texts(values)):
            raise WrongError("it has no records")
        return Data(ttl, tuple(rdata(rdtype, text, zone) for text in texts))

    def _texts(self, values: Values) -> list[str]:
        return [one.text("value") for one in values.blocks("records")]


class _RecordOfCloud(_OfCloud):
    part = True

    def _texts(self, values: Values) -> list[str]:
        return [values.text("value")]


RECORDS: Mapping[str, Kind] = {
    "hetznerdns_record": _Record(),
    "hcloud_zone_rrset": _OfCloud(),
    "hcloud_zone_record": _RecordOfCloud(),
}


class _ZoneOfCloud(ZoneKind):
    ids_at = ("name", "id")


ZONES: Mapping[str, ZoneKind] = {"hetznerdns_zone": ZoneKind(), "hcloud_zone": _ZoneOfCloud()}
