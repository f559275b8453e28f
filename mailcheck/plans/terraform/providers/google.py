"""Cloud DNS of ``hashicorp/google``: ``google_dns_record_set``, an RRset with data as in master files.

A routing policy gives different clients different data: each item is a variant. Targets that are
checked are given while they are healthy, along with the others of their item.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.names import is_under
from mailcheck.plans.names import full_name
from mailcheck.plans.terraform.data import rdata
from mailcheck.plans.terraform.kinds import Data, Kind, ZoneKind, ttl_of
from mailcheck.plans.terraform.values import WrongError, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mailcheck.plans.terraform.values import Values

DEFAULT_TTL = 300
"""Seconds, where none is set ("gcloud dns record-sets create")."""


class _RecordSet(Kind):
    zone = "managed_zone"
    zones = ("google_dns_managed_zone",)

    def zone_id(self, values: Values) -> str:
        return values.text(self.zone).rpartition("/")[2]

    def name(self, values: Values, zone: str) -> str:
        text = values.text("name")
        name = full_name(text)
        if not is_under(name, zone):
            raise WrongError(f"name is {shown(text)}, which is not in the zone {zone}")
        return name

    def overwrites(self, values: Values) -> bool:
        # ``resourceDnsRecordSetCreate`` removes what is there.
        del values
        return True

    def data(self, values: Values, zone: str, name: str, rdtype: str) -> Data:
        del zone, name
        ttl = ttl_of(values, otherwise=DEFAULT_TTL)
        if values.get("routing_policy"):
            return Data(ttl)
        if not (texts := values.texts("rrdatas")):
            raise WrongError("it has neither rrdatas nor a routing policy")
        return Data(ttl, tuple(rdata(rdtype, text) for text in texts))

    def variants(self, values: Values, data: Data, rdtype: str) -> Mapping[str, Data]:
        if data.unknown or data.values or not (policy := values.block("routing_policy")):
            return {"": data}
        found = {name: _of_item(item, data.ttl, rdtype) for name, item in _items(policy)}
        if not found:
            raise WrongError("routing_policy has no item")
        return found


def _items(policy: Values) -> Iterator[tuple[str, Values]]:
    """Yield what one client or another is given, under a name."""
    weighted = policy.blocks("wrr")
    # A weight of 0 takes an item out of answers as long as any other has one and is healthy.
    sure = any(one.get("weight") and not one.get("health_checked_targets") for one in weighted)
    for number, item in enumerate(weighted):
        if item.get("weight") or not sure:
            yield f"wrr {number}", item
    for number, item in enumerate(policy.blocks("geo")):
        yield f"geo {item.text_or('location') or number}", item
    if backup := policy.block("primary_backup"):
        for primary in backup.blocks("primary"):
            yield "primary", primary
        for number, item in enumerate(backup.blocks("backup_geo")):
            yield f"backup {item.text_or('location') or number}", item


def _of_item(item: Values, ttl: int, rdtype: str) -> Data:
    texts = [*item.texts("rrdatas")]
    for checked in (item, *item.blocks("health_checked_targets")):
        texts += checked.texts("external_endpoints")
        if checked.blocks("internal_load_balancers"):
            return Data(ttl, unknown="addresses of load balancers inside")
    if not texts:
        raise WrongError(f"{item.within.rstrip('.')} has no data")
    return Data(ttl, tuple(rdata(rdtype, text) for text in texts))


class _Zone(ZoneKind):
    name_at = "dns_name"
    ids_at = ("name", "id")

    def ids(self, values: Values) -> Iterable[str]:
        for one in super().ids(values):
            yield one.rpartition("/")[2]

    def is_private(self, values: Values) -> bool:
        return values.text_or("visibility", "public") == "private"


RECORDS: Mapping[str, Kind] = {"google_dns_record_set": _RecordSet()}

ZONES: Mapping[str, ZoneKind] = {"google_dns_managed_zone": _Zone()}
