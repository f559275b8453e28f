"""Azure DNS of ``hashicorp/azurerm``: a type of resource for each type of record, each an RRset.

The zone is named, names are relative to it, and ``@`` is the zone. A record set with a target
resource has what Azure finds there at the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.plans.names import name_in
from mailcheck.plans.strings import each_quoted
from mailcheck.plans.terraform.data import rdata
from mailcheck.plans.terraform.kinds import Data, Kind, ZoneKind, ttl_of
from mailcheck.plans.terraform.values import WrongError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailcheck.plans.terraform.values import Values

SEGMENT = 254
"""Octets after which the provider cuts a text (``expandAzureRmDnsTxtRecords``)."""

_FIELDS = {
    "CAA": ("flags", "tag", "value"),
    "DS": ("key_tag", "algorithm", "digest_type", "digest_value"),
    "MX": ("preference", "exchange"),
    "SRV": ("priority", "weight", "port", "target"),
    "TLSA": ("usage", "selector", "matching_type", "certificate_association_data"),
}
"""Types with a block ``record`` for each, and its fields, in order."""

_IN_TEXTS = ("tag", "value", "exchange", "target", "digest_value", "certificate_association_data")


class _RecordSet(Kind):
    zone = "zone_name"
    names_zone = True
    zones = ("azurerm_dns_zone",)

    def __init__(self, rdtype: str) -> None:
        self._type = rdtype

    def name(self, values: Values, zone: str) -> str:
        return name_in(values.text("name"), zone)

    def rdtypes(self, values: Values, *, at_apex: bool) -> tuple[str, ...]:
        del values, at_apex
        return (self._type,)

    def data(self, values: Values, zone: str, name: str, rdtype: str) -> Data:
        del zone, name, rdtype
        ttl = ttl_of(values)
        if values.hides("target_resource_id") or values.get("target_resource_id"):
            return Data(ttl, unknown="what Azure finds at its target resource")
        if not (found := tuple(self._values(values))):
            raise WrongError("it has no records")
        return Data(ttl, found)

    def _values(self, values: Values) -> Iterable[str]:
        rdtype = self._type
        if rdtype in _FIELDS:
            return [rdata(rdtype, _joined(rdtype, one)) for one in values.blocks("record")]
        if rdtype == "TXT":
            return [_txt(one.text("value")) for one in values.blocks("record")]
        if rdtype == "CNAME":
            return [rdata(rdtype, values.text("record"))]
        return [rdata(rdtype, text) for text in values.texts("records")]


class _BesidesId(_RecordSet):
    """One that says its zone by the identifier, which ends with the name."""

    zone = "dns_zone_id"

    def zone_id(self, values: Values) -> str:
        return values.text(self.zone).rpartition("/")[2]


def _joined(rdtype: str, block: Values) -> str:
    fields = [
        block.text(key) if key in _IN_TEXTS else str(block.number(key)) for key in _FIELDS[rdtype]
    ]
    if rdtype == "CAA":
        escaped = fields[2].replace("\\", "\\\\").replace('"', '\\"')
        fields[2] = f'"{escaped}"'
    return " ".join(fields)


def _txt(text: str) -> str:
    octets = text.encode("utf-8", "surrogateescape")
    return each_quoted(octets[i : i + SEGMENT] for i in range(0, max(len(octets), 1), SEGMENT))


class _Zone(ZoneKind):
    ids_at = ("name",)


RECORDS: Mapping[str, Kind] = {
    f"azurerm_dns_{rdtype.lower()}_record": (
        _BesidesId(rdtype) if rdtype in ("DS", "TLSA") else _RecordSet(rdtype)
    )
    for rdtype in ("A", "AAAA", "CAA", "CNAME", "DS", "MX", "NS", "PTR", "SRV", "TLSA", "TXT")
}

ZONES: Mapping[str, ZoneKind] = {"azurerm_dns_zone": _Zone()}
