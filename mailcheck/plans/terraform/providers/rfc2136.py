"""Servers of one's own: ``hashicorp/dns``, which sends updates (RFC 2136), and ``powerdns_record``.

Both name the zone, and have RRsets whose names are absolute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.names import is_under
from mailcheck.plans.names import full_name
from mailcheck.plans.terraform.data import rdata, txt_in_quotes
from mailcheck.plans.terraform.kinds import Data, Kind, ZoneKind, ttl_of
from mailcheck.plans.terraform.values import WrongError, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailcheck.plans.terraform.values import Values

DEFAULT_TTL = 3600
"""Seconds, where none is set (the schema of the provider)."""


class _Server(Kind):
    zone = "zone"
    names_zone = True

    def overwrites(self, values: Values) -> bool:
        # Neither asks whether an RRset is there.
        del values
        return True


class _Update(_Server):
    """Of ``hashicorp/dns``: the attribute *at* has the data, its blocks the *fields* of such."""

    adds = True

    def __init__(self, rdtype: str, at: str, *fields: str) -> None:
        self._type, self._at, self._fields = rdtype, at, fields

    def name(self, values: Values, zone: str) -> str:
        # ``resourceFQDN``: whatever it is, the zone is appended; so ``@`` is a label.
        text = values.text_or("name")
        return full_name(f"{text}.{zone}") if text else zone

    @staticmethod
    def _txt(text: str) -> str:
        # It is put in quotation marks as it stands (``resource_dns_txt_record_set.go``).
        if (found := txt_in_quotes(f'"{text}"')) is None:
            raise WrongError(f"{shown(text)} is no text with quotation marks around it")
        return found

    def rdtypes(self, values: Values, *, at_apex: bool) -> tuple[str, ...]:
        del values, at_apex
        return (self._type,)

    def data(self, values: Values, zone: str, name: str, rdtype: str) -> Data:
        del zone, name
        ttl = ttl_of(values, otherwise=DEFAULT_TTL)
        if rdtype == "TXT":
            return Data(ttl, tuple(self._txt(text) for text in values.texts(self._at)))
        if not (found := tuple(rdata(rdtype, text) for text in self._texts(values))):
            raise WrongError("it has no data")
        return Data(ttl, found)

    def _texts(self, values: Values) -> Iterable[str]:
        if not self._fields:
            value = values.get(self._at)
            return [value] if isinstance(value, str) else values.texts(self._at)
        return [
            " ".join(
                one.text(key) if key in ("exchange", "target") else str(one.number(key))
                for key in self._fields
            )
            for one in values.blocks(self._at)
        ]


class _PowerDns(_Server):
    """Data are as in master files, and texts quoted."""

    zones = ("powerdns_zone",)

    def name(self, values: Values, zone: str) -> str:
        text = values.text("name")
        name = full_name(text)
        if not is_under(name, zone):
            raise WrongError(f"name is {shown(text)}, which is not in the zone {zone}")
        return name

    def data(self, values: Values, zone: str, name: str, rdtype: str) -> Data:
        del zone, name
        if not (texts := values.texts("records")):
            raise WrongError("it has no records")
        return Data(ttl_of(values), tuple(rdata(rdtype, text) for text in texts))


class _Zone(ZoneKind):
    ids_at = ("name", "id")

    def starts_empty(self, values: Values) -> bool:
        return not values.hides("nameservers")


RECORDS: Mapping[str, Kind] = {
    "dns_a_record_set": _Update("A", "addresses"),
    "dns_aaaa_record_set": _Update("AAAA", "addresses"),
    "dns_cname_record": _Update("CNAME", "cname"),
    "dns_mx_record_set": _Update("MX", "mx", "preference", "exchange"),
    "dns_ns_record_set": _Update("NS", "nameservers"),
    "dns_ptr_record": _Update("PTR", "ptr"),
    "dns_srv_record_set": _Update("SRV", "srv", "priority", "weight", "port", "target"),
    "dns_txt_record_set": _Update("TXT", "txt"),
    "powerdns_record": _PowerDns(),
}

ZONES: Mapping[str, ZoneKind] = {"powerdns_zone": _Zone()}
