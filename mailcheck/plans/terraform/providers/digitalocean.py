"""DigitalOcean: ``digitalocean_record``, one record each, in the zone ``domain``.

Names without a final dot are relative to the domain, in data too, and ``@`` is the domain: the
provider takes ``mail`` and ``mail.example.com.`` for the same (``DiffSuppressFunc`` of ``value``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.plans.names import name_in
from mailcheck.plans.terraform.data import rdata, txt
from mailcheck.plans.terraform.kinds import Data, Kind, ZoneKind, ttl_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.plans.terraform.values import Values

DEFAULT_TTL = 1800
"""Seconds, where none is set ("Create a New Domain Record" of its interface)."""

_BEFORE = {"CAA": ("flags", "tag"), "MX": ("priority",), "SRV": ("priority", "weight", "port")}
"""Fields that stand before the value."""


class _Record(Kind):
    part = True
    zone = "domain"
    names_zone = True
    zones = ("digitalocean_domain",)

    def name(self, values: Values, zone: str) -> str:
        return name_in(values.text("name"), zone)

    def data(self, values: Values, zone: str, name: str, rdtype: str) -> Data:
        del name
        ttl = DEFAULT_TTL if values.hides("ttl") else ttl_of(values, otherwise=DEFAULT_TTL)
        value = values.text("value")
        if rdtype == "TXT":
            return Data(ttl, (txt(value),))
        if rdtype == "CAA":
            # Those that name an authority are read back with a final dot.
            bare = value if values.text("tag") == "iodef" else value.removesuffix(".")
            escaped = bare.replace("\\", "\\\\").replace('"', '\\"')
            value = f'"{escaped}"'
        before = [
            values.text(key) if key == "tag" else str(values.number_or(key, 0))
            for key in _BEFORE.get(rdtype, ())
        ]
        return Data(ttl, (rdata(rdtype, " ".join((*before, value)), zone),))


class _Domain(ZoneKind):
    ids_at = ("name", "id")

    def starts_empty(self, values: Values) -> bool:
        # The domain has a record with this address then.
        return values.known.get("ip_address") in (None, "") and not values.hides("ip_address")


RECORDS: Mapping[str, Kind] = {"digitalocean_record": _Record()}

ZONES: Mapping[str, ZoneKind] = {"digitalocean_domain": _Domain()}
