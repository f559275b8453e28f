"""One record of DNSControl's, official or of a type of its own, as the RRsets it is published as.

Official types: ``rdata`` in presentation form since version 5; before that a ``target`` and a field
for each other part, which is left out where it is 0 (``models/record.go``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import dns.exception
import dns.rdatatype

from mailcheck.evidence import visible
from mailcheck.plans.fields import Fields
from mailcheck.plans.gathering import ADDRESSES
from mailcheck.plans.names import name_in
from mailcheck.plans.plan import PlannedRRset
from mailcheck.plans.rdata import article, data_in
from mailcheck.plans.strings import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.errors import Place

DEFAULT_TTL = 300
"""Seconds (``models/dns.go``)."""

AUTOMATIC_TTL = 1
"""Stands for Cloudflare's own, which is 300 seconds."""

MAX_TTL = 2**31 - 1

NO_DNS = frozenset(
    {"CF_REDIRECT", "CF_TEMP_REDIRECT", "CF_WORKER_ROUTE", "CLOUDFLAREAPI_SINGLE_REDIRECT"}
    | {"PAGE_RULE", "WORKER_ROUTE"}
)
"""Rules of a web proxy, which publish nothing."""

PROXIED = "addresses of Cloudflare's proxy"

_ALIASES = ("ALIAS", "ANAME")

_PARTS = {
    "MX": ("mxpreference", "target"),
    "SRV": ("srvpriority", "srvweight", "srvport", "target"),
    "DS": ("dskeytag", "dsalgorithm", "dsdigesttype", "=dsdigest"),
    "DNSKEY": ("dnskeyflags", "dnskeyprotocol", "dnskeyalgorithm", "=dnskeypublickey"),
    "TLSA": ("tlsausage", "tlsaselector", "tlsamatchingtype", "target"),
    "SMIMEA": ("smimeausage", "smimeaselector", "smimeamatchingtype", "target"),
    "SSHFP": ("sshfpalgorithm", "sshfpfingerprint", "target"),
    "HTTPS": ("svcpriority", "target", "=svcparams"),
    "SVCB": ("svcpriority", "target", "=svcparams"),
    "CAA": ("caaflag", "=caatag", '"target'),
    "NAPTR": (
        *("naptrorder", "naptrpreference", '"naptrflags', '"naptrservice', '"naptrregexp'),
        ".target",
    ),
}
"""Numbers, words (``=``) and quoted texts (``"``) of which the data of a record consist."""

_ALONE = frozenset({"A", "AAAA", "CNAME", "DHCID", "DNAME", "NS", "OPENPGPKEY", "PTR"})
"""Types whose data are the target."""


def read_record(
    fields: Fields, zone: str, place: Place, *, proxied: bool
) -> Iterator[PlannedRRset]:
    """Yield what is published of a record; *proxied* unless it says otherwise itself.

    Nothing of the SOA, which the provider keeps, and of :data:`NO_DNS`.

    Raises:
        ValueError: if it cannot be read; the text is a clause.
    """
    rdtype = fields.text("type").upper()
    name = name_in(fields.text("name", "@"), zone)
    ttl = fields.number("ttl", MAX_TTL, DEFAULT_TTL) or DEFAULT_TTL
    ttl = DEFAULT_TTL if ttl == AUTOMATIC_TTL else ttl
    if rdtype in NO_DNS or rdtype == "SOA":
        return
    meta = fields.inner("meta") or Fields({})
    said = meta.text("cloudflare_proxy", "").lower()
    proxied = said in ("on", "full", "true") or (proxied and said not in ("off", "false"))
    # An export has a CNAME at the apex only where the provider flattens it; a push refuses others.
    flattened = name == zone or meta.text("cloudflare_cname_flatten", "").lower() == "on"
    of = _Of(zone, name, ttl, place)
    if rdtype in (*ADDRESSES, "CNAME", *_ALIASES) and proxied:
        yield from (of.rrset(one, unknown=PROXIED) for one in ADDRESSES)
    elif rdtype in _ALIASES or (rdtype == "CNAME" and flattened):
        target = _target(fields.text("rdata", "") or fields.text("target"), zone)
        yield from (of.rrset(one, target=target) for one in ADDRESSES)
    elif rdtype == "R53_ALIAS":
        yield of.rrset(*_route53_alias(fields, zone))
    elif rdtype == "AZURE_ALIAS":
        said = (fields.inner("azure_alias") or fields).text("type", "")
        said = fields.text("rdata", "").partition(" ")[0] or said
        yield of.rrset(_official(said), unknown="what an Azure resource gives")
    elif not is_official(rdtype):
        for one in _types_of(fields, rdtype):
            yield of.rrset(one, unknown=f"what the provider makes of {visible(rdtype, 40)}")
    else:
        yield of.rrset(rdtype, value=data_in(rdtype, _data(fields, rdtype), zone))


class _Of:
    """What all RRsets of a record share."""

    def __init__(self, zone: str, name: str, ttl: int, place: Place) -> None:
        self._shared = (zone, name)
        self._ttl, self._place = ttl, place

    def rrset(
        self, rdtype: str, target: str = "", *, value: str = "", unknown: str = ""
    ) -> PlannedRRset:
        zone, name = self._shared
        values = (value,) if value else ()
        return PlannedRRset(zone, name, rdtype, self._ttl, self._place, values, unknown, target)


def _data(fields: Fields, rdtype: str) -> str:
    if fields.values.get("rdata") is not None:
        return fields.text("rdata")
    if rdtype in ("TXT", "SPF"):
        strings = fields.items("txtstrings")
        if strings and all(isinstance(one, str) for one in strings):
            return quoted("".join(strings).encode("utf-8", "replace"))
        return quoted(fields.text("target").encode("utf-8", "replace"))
    if rdtype in _ALONE:
        return fields.text("target")
    if rdtype not in _PARTS:
        raise ValueError(f"the data of {article(rdtype)} record cannot be read from its fields")
    return " ".join(_part(fields, part) for part in _PARTS[rdtype]).strip()


def _part(fields: Fields, part: str) -> str:
    if part == "target":
        return fields.text("target")
    if part == ".target":  # the root is left out
        return fields.text("target", "") or "."
    if part.startswith("="):
        return fields.text(part[1:], "")
    if part.startswith('"'):
        text = fields.text(part[1:], "").replace("\\", "\\\\").replace('"', '\\"')
        return f'"{text}"'
    return str(fields.number(part, 2**32 - 1, 0))


def _types_of(fields: Fields, rdtype: str) -> tuple[str, ...]:
    """Return the types of DNS that a type of DNSControl's own stands for."""
    if rdtype == "UNKNOWN":
        said = fields.text("unknown_type_name", "").upper()
        return (said,) if is_official(said) else ()
    if rdtype == "LUA":
        inner = fields.values.get("rdata")
        inner = inner if isinstance(inner, dict) else {}
        said = str(inner.get("LuaType") or fields.text("luartype", "")).upper()
        return (said,) if is_official(said) else ADDRESSES
    return ADDRESSES


def _target(text: str, zone: str) -> str:
    if not text:
        raise ValueError("its target is missing")
    return name_in(text, zone) if not text.endswith(".") else name_in(text, ".")


def _route53_alias(fields: Fields, zone: str) -> tuple[str, str]:
    """Return type and target of an alias of Route 53's."""
    rdata = fields.values.get("rdata")
    if isinstance(rdata, str):  # type, target, zone and health in presentation form
        rdtype, _, rest = rdata.partition(" ")
        return _official(rdtype), _target(rest.partition(" ")[0], zone)
    inner, alias = fields.inner("rdata"), fields.inner("r53_alias")
    rdtype = inner.text("AliasType", "") if inner else alias.text("type", "") if alias else ""
    target = inner.text("Target", "") if inner else fields.text("target")
    return _official(rdtype), _target(target, zone)


def _official(rdtype: str) -> str:
    if not is_official(rdtype):
        raise ValueError(f"it is an alias of no type of DNS, {visible(rdtype, 20)!r}")
    return rdtype


def is_official(rdtype: str) -> bool:
    """Whether *rdtype* is a type of records in DNS."""
    try:
        return not dns.rdatatype.is_metatype(dns.rdatatype.from_text(rdtype))
    except (dns.exception.DNSException, ValueError):
        return False
