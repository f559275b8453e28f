"""All records of a zone, as Cloudflare's API lists them: ``GET /zones/ZONE/dns_records``.

https://developers.cloudflare.com/api/resources/dns/subresources/records/methods/list/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dns.exception
import dns.rdatatype

from mailcheck.errors import Place, Problem, SourceError
from mailcheck.evidence import visible
from mailcheck.plans.cloudflare.record import CloudflareRecord, published
from mailcheck.plans.fields import Fields
from mailcheck.plans.gathering import Gathered
from mailcheck.plans.json_lines import EACH, lines_of
from mailcheck.plans.names import full_name
from mailcheck.plans.plan import Plan
from mailcheck.plans.rdata import data_in
from mailcheck.plans.strings import quoted

if TYPE_CHECKING:
    from mailcheck.plans.document import Document
    from mailcheck.plans.plan import Given

MAX_TTL = 2**31 - 1

_BESIDE = {"MX": 1, "SRV": 3}
"""Types whose priority stands beside the content, and how many words that has then."""


def read_list(document: Document, whole: dict[str, Any], given: Given) -> Plan:
    """Read it.

    Raises:
        SourceError: if anything is wrong with it.
    """
    top = Place(document.shown, 1)
    try:
        listed = Fields(whole).items("result")
        zone = _zone(listed, given)
        pages = Fields(whole).inner("result_info") or Fields({})
        all_of_them = pages.number("total_count", 10**9, len(listed))
    except ValueError as error:
        raise SourceError([Problem(top, str(error))]) from None
    if all_of_them != len(listed):
        what = f"this has {len(listed)} records of {all_of_them}"
        raise SourceError([Problem(top, what, "expected all of them in one answer (per_page)")])
    lines = lines_of(document.text, "result", EACH)
    gathered, problems = Gathered(), list[Problem]()
    for index, one in enumerate(listed):
        said = [one.get(key) for key in ("name", "type")] if isinstance(one, dict) else []
        of = visible(" ".join(part for part in said if isinstance(part, str)), 300)
        place = Place(document.shown, lines.get((index,), 1), of=of)
        try:
            for rrset in published(_record(Fields.of(one), place), zone):
                gathered.add(rrset)
        except ValueError as error:
            problems.append(Problem(place, str(error)))
    rrsets = gathered.rrsets()
    if not (problems or rrsets):
        problems.append(Problem(top, f"there are no records of {zone}", "expected all of a zone"))
    if problems:
        raise SourceError(problems)
    return Plan(document.shown, rrsets, whole=(zone,))


def _zone(listed: list[Any], given: Given) -> str:
    """Return the zone, which older versions of the API say with each record."""
    held = [Fields.of(one) for one in listed]
    names = {full_name(one.text("zone_name")) for one in held if "zone_name" in one.values}
    if given.zone is not None:
        names.add(str(given.zone))
    if len(names) != 1:
        shown = visible(" and ".join(sorted(names)), 300)
        raise ValueError(
            f"this is of several zones, {shown}"
            if names
            else "nothing says which zone this is; give it as cloudflare:example.com=FILE"
        )
    return names.pop()


def _record(fields: Fields, place: Place) -> CloudflareRecord:
    rdtype = fields.text("type").upper()
    try:
        if dns.rdatatype.is_metatype(dns.rdatatype.from_text(rdtype)):
            raise dns.rdatatype.UnknownRdatatype
    except (dns.exception.DNSException, ValueError):
        raise ValueError(f"there are no records of the type {visible(rdtype, 20)!r}") from None
    settings = fields.inner("settings") or Fields({})
    return CloudflareRecord(
        full_name(fields.text("name")),
        rdtype,
        fields.number("ttl", MAX_TTL, 1),
        _data(fields, rdtype),
        place,
        is_proxied=fields.flag("proxied"),
        is_flattened=settings.flag("flatten_cname"),
    )


def _data(fields: Fields, rdtype: str) -> str:
    content = fields.text("content")
    if rdtype in ("TXT", "SPF"):
        if len(content) > 1 and content.startswith('"') and content.endswith('"'):
            return data_in(rdtype, content)
        return quoted(content.encode("utf-8", "replace"))
    words = content.split()
    if len(words) == _BESIDE.get(rdtype):
        words.insert(0, str(fields.number("priority", 65535)))
    return data_in(rdtype, " ".join(words))
