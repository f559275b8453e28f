"""What octoDNS' processors do to the records of a zone.

Those that are named here are understood; what another one does to a zone, nobody knows.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.plans.octodns import filters
from mailcheck.plans.octodns.filters import nothing
from mailcheck.plans.octodns.options import THE_PLAN
from mailcheck.plans.octodns.rdata import ALONE
from mailcheck.plans.octodns.record import Record
from mailcheck.plans.octodns.shapes import NAMED
from mailcheck.plans.octodns.templating import templating
from mailcheck.plans.octodns.values import Fields

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailcheck.plans.octodns.filters import Processor
    from mailcheck.plans.octodns.options import Options
    from mailcheck.plans.octodns.rdata import Value
    from mailcheck.plans.octodns.zone import Zone
    from mailcheck.source.problems import Problems

_HARMLESS = frozenset(
    {
        "octodns.processor.base.BaseProcessor",
        "octodns.processor.restrict.TtlRestrictionFilter",
        "octodns.processor.spf.SpfDnsLookupProcessor",
        "octodns_spf.SpfDnsLookupProcessor",
        "octodns_spf.processor.SpfDnsLookupProcessor",
    }
)
"""What only says that something is wrong, if it does anything."""

_ACME = "_acme-challenge"
_OWNED = "*octoDNS*"


def processor_of(options: Options) -> tuple[Processor, bool]:
    """Return the processor that *options* describe, and whether it works for each target alone.

    Those work after all others, whatever the order.
    """
    match options.kind.rpartition("octodns.processor.")[2]:
        case "filter.TypeAllowlistFilter" | "filter.TypeRejectlistFilter":
            return filters.by_type(options, allows="Allow" in options.kind), False
        case "filter.NameAllowlistFilter" | "filter.NameRejectlistFilter":
            return filters.by_name(options, allows="Allow" in options.kind), False
        case "filter.ValueAllowlistFilter" | "filter.ValueRejectlistFilter":
            return filters.by_value(options, allows="Allow" in options.kind), False
        case "filter.ZoneNameFilter":
            return filters.zone_names(options), False
        case kind:
            return _other(kind, options)


def _other(kind: str, options: Options) -> tuple[Processor, bool]:
    match kind:
        case "filter.IgnoreRootNsFilter" | "filter.ExcludeRootNsChanges":
            return filters.no_root_ns(options), kind == "filter.ExcludeRootNsChanges"
        case "acme.AcmeManagingProcessor" | "acme.AcmeMangingProcessor":
            options.only("lenient")
            return _acme, False
        case "clamp.TtlClampProcessor":
            return _clamp(options), False
        case "trailing_dots.EnsureTrailingDots":
            options.only("lenient")
            return _dots, False
        case "meta.MetaProcessor":
            return _meta(options), True
        case "templating.Templating":
            return templating(options), True
    if options.kind not in _HARMLESS:
        options.fail(
            f"what {visible(options.kind, 200)} does to a zone is not understood", THE_PLAN
        )
    return nothing, False


def _acme(zone: Zone, _: Problems) -> None:
    """Mark the challenges that are octoDNS' own, and leave those that are not."""
    for record in zone:
        if record.rdtype == "TXT" and record.name.startswith(_ACME):
            zone.put(replace(record, values=(*record.values, _OWNED)))
    zone.stays.append(lambda name, rdtype: rdtype == "TXT" and name.startswith(_ACME))


def _clamp(options: Options) -> Processor:
    options.only("min_ttl", "max_ttl", "lenient")
    least, most = options.number("min_ttl", 300), options.number("max_ttl", 86400)
    if least > most:
        options.fail("its min_ttl is more than its max_ttl")

    def process(zone: Zone, _: Problems) -> None:
        for record in zone:
            zone.put(replace(record, ttl=max(least, min(most, record.ttl))))

    return process


def _dots(zone: Zone, _: Problems) -> None:
    """Write the final dot behind names in data."""
    for record in zone:
        if record.rdtype in {*ALONE, "NS", "PTR"}:
            values: tuple[Value, ...] = tuple(_with_dot(str(value)) for value in record.values)
        elif record.rdtype in {"MX", "SRV"}:
            key = NAMED[record.rdtype]
            values = tuple(
                Fields({**value, key: _with_dot(value[key])}.items(), record.place)
                for value in record.values
            )
        else:
            continue
        zone.put(replace(record, values=values))


def _with_dot(host: str) -> str:
    return host if host.endswith(".") else f"{host}."


def _meta(options: Options) -> Processor:
    return adds_text(options.text("record_name", "meta"), options.number("ttl", 60), options.fields)


def adds_text(name: str, ttl: int, fields: Fields) -> Callable[[Zone, Problems], None]:
    """Return a processor that adds a TXT record at *name* which octoDNS makes as it runs."""

    def process(zone: Zone, _: Problems) -> None:
        why = "octoDNS makes it when it runs"
        zone.put(Record(name, "TXT", ttl, fields.place, unknown=why))

    return process
