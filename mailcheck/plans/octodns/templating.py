"""Values with ``{zone_name}`` and the like (``octodns.processor.templating``)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mailcheck.evidence import visible
from mailcheck.plans.octodns.hosts import decoded
from mailcheck.plans.octodns.options import THE_PLAN, Options
from mailcheck.plans.octodns.rdata import read_value
from mailcheck.plans.octodns.values import Fields, UnreadableError

if TYPE_CHECKING:
    from mailcheck.plans.octodns.filters import Processor
    from mailcheck.plans.octodns.rdata import Value
    from mailcheck.plans.octodns.record import Record
    from mailcheck.plans.octodns.zone import Zone
    from mailcheck.source.problems import Problems

_PART = re.compile(r"\{\{|\}\}|\{(\w*)\}|[{}]")

_PARTS = {
    "CAA": ("value",),
    "DS": ("digest",),
    "HTTPS": ("targetname",),
    "MX": ("exchange",),
    "NAPTR": ("service", "regexp", "replacement"),
    "SRV": ("target",),
    "SSHFP": ("fingerprint",),
    "SVCB": ("targetname",),
    "TLSA": ("certificate_association_data",),
    "URI": ("target",),
    "URLFWD": ("path", "target"),
}
"""The parts of values that are templates."""

_NEVER = frozenset({"A", "AAAA", "LOC"})


def templating(options: Options) -> Processor:
    """Return the processor. It knows names in braces; formats and parts of them it does not."""
    options.only("trailing_dots", "context", "lenient")
    has_dots = options.flag("trailing_dots", default=True)
    lenient = options.flag("lenient", default=False)
    context = _context(options)

    def process(zone: Zone, problems: Problems) -> None:
        of_zone = {**_of_zone(zone, has_dots=has_dots), **context}
        for record in zone:
            if record.rdtype in _NEVER or record.foreign or record.unknown:
                continue
            params = {**_of_record(zone, record, has_dots=has_dots), **of_zone}
            takes_all = lenient or zone.lenient or record.lenient
            try:
                values = tuple(
                    _filled(record.rdtype, value, params, takes_all=takes_all)
                    for value in record.values
                )
            except ValueError as error:
                problems.add(record.place, f"{zone.shown(record)}: {error}", THE_PLAN)
            else:
                zone.put(replace(record, values=values))

    return process


def _context(options: Options) -> dict[str, Any]:
    """Return the names that the configuration has itself."""
    said = options.get("context", Fields((), options.fields.place))
    if not isinstance(said, Fields):
        options.fail("its context is no mapping")
        return {}
    inner = Options(f"context of {options.subject}", said, options.handlers, options.problems)
    context = {key: inner.get(key) for key in said}
    if any(isinstance(value, dict | list) for value in context.values()):
        options.fail("its context has more than texts and numbers", THE_PLAN)
    return context


def _of_zone(zone: Zone, *, has_dots: bool) -> dict[str, Any]:
    dot = "." if has_dots else ""
    name = decoded(zone.name) + dot
    return {
        "zone_name": name,
        "zone_decoded_name": name,
        "zone_encoded_name": zone.name + dot,
        "zone_num_records": len(zone.records),
    }


def _of_record(zone: Zone, record: Record, *, has_dots: bool) -> dict[str, Any]:
    dot = "." if has_dots else ""
    fqdn = f"{record.name}.{zone.name}" if record.name else zone.name
    return {
        "record_name": decoded(record.name),
        "record_decoded_name": decoded(record.name),
        "record_encoded_name": record.name,
        "record_fqdn": decoded(fqdn) + dot,
        "record_decoded_fqdn": decoded(fqdn) + dot,
        "record_encoded_fqdn": fqdn + dot,
        "record_type": record.rdtype,
        "record_ttl": record.ttl,
    }


def _filled(rdtype: str, value: Value, params: dict[str, Any], *, takes_all: bool) -> Value:
    """Return *value* with what its braces name, as octoDNS reads it once more then."""

    def complain(what: str) -> None:
        if not takes_all:
            raise UnreadableError(what)

    if isinstance(value, str):
        return read_value(rdtype, _text(value, params), complain) if "{" in value else value
    if not isinstance(value, Fields):
        return value
    parts = {
        key: _text(str(value[key]), params) for key in _PARTS[rdtype] if "{" in str(value[key])
    }
    filled = Fields({**value, **parts}.items(), value.place)
    return read_value(rdtype, filled, complain) if parts else value


def _text(template: str, params: dict[str, Any]) -> str:
    def part(match: re.Match[str]) -> str:
        if match[0] in {"{{", "}}"}:
            return match[0][0]
        if not match[1]:
            raise UnreadableError("it is a template that is not understood")
        if match[1] not in params:
            raise UnreadableError(
                f"it is a template with {visible(match[1], 60)}, which is not known"
            )
        return str(params[match[1]])

    return _PART.sub(part, template)
