"""What servers will answer for a record of octoDNS', by what its targets make of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from mailcheck.evidence import visible
from mailcheck.plans.names import full_name, name_in
from mailcheck.plans.octodns.rdata import ALONE, presented, relative_in
from mailcheck.plans.octodns.values import UnreadableError
from mailcheck.plans.octodns.variants import DEFAULT
from mailcheck.plans.plan import PlannedRRset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailcheck.plans.octodns.rdata import Value
    from mailcheck.plans.octodns.record import Record

ADDRESSES = ("A", "AAAA")

_ANY = ("A", "AAAA", "CAA", "HTTPS", "MX", "NAPTR", "PTR", "SRV", "SVCB", "TLSA", "TXT")
"""What the records of a provider's own type may be."""

_PROXIED = frozenset({"A", "AAAA", "ALIAS", "CNAME"})
"""Types that Cloudflare can put its proxies before."""

_AUTO_TTL = 300
"""Seconds: what Cloudflare makes of ``auto``, and of all that is proxied."""


@dataclass(frozen=True, slots=True)
class Target:
    """A provider that is given the zone: its name, and what it makes of some records.

    NS of the apex are its own matter if it does not take them.
    """

    name: str
    is_cloudflare: bool
    takes_root_ns: bool = True

    def manages(self, record: Record) -> bool:
        """Whether octoDNS manages *record* there; what is live is left otherwise."""
        included = record.targets("included")
        if record.options.get("ignored") or self.name in record.targets("excluded"):
            return False
        if record.rdtype == "NS" and not record.name and not self.takes_root_ns:
            return False
        return not included or self.name in included


class _Answer(NamedTuple):
    """What some clients are answered with, of one type; ``whom`` says which, if not all."""

    rdtype: str
    values: tuple[str, ...] = ()
    unknown: str = ""
    target: str = ""
    whom: str = ""


def rrsets_of(
    record: Record, zone: str, targets: Sequence[Target], taken: frozenset[tuple[str, str]]
) -> Iterator[PlannedRRset]:
    """Yield what *record* will be in *zone* at *targets*, some of which may not manage it.

    *taken* are the names, relative, and the types of all records of the zone.

    Raises:
        ValueError: if its values are none; the text is a clause.
    """
    name = full_name(f"{record.name}.{zone}") if record.name else zone
    states: dict[str, list[str]] = {}
    for target in targets:
        states.setdefault(_state(record, target), []).append(target.name)
    for state, names in states.items():
        label = f"target {visible(', '.join(names), 100)}" if len(states) > 1 else ""
        ttl = _AUTO_TTL if state in {"auto", "proxied"} else record.ttl
        for one in _answers(record, zone, state):
            is_own = one.rdtype == record.rdtype or state == "proxied"
            if not is_own and (record.name, one.rdtype) in taken:
                continue  # the records of that type say it
            variant = ", ".join(filter(None, (label, one.whom)))
            yield PlannedRRset(
                *(zone, name, one.rdtype, ttl, record.place),
                values=one.values,
                unknown=one.unknown,
                target=one.target,
                variant=variant,
            )


def _state(record: Record, target: Target) -> str:
    if not target.manages(record):
        return "left"
    cloudflare = record.options.get("cloudflare")
    if target.is_cloudflare and isinstance(cloudflare, dict):
        if cloudflare.get("proxied") and record.rdtype in _PROXIED:
            return "proxied"
        if cloudflare.get("auto-ttl"):
            return "auto"
    return "managed"


def _answers(record: Record, zone: str, state: str) -> Iterator[_Answer]:
    own = ADDRESSES if record.is_flattened else (record.rdtype,)
    if state == "proxied":
        why = "Cloudflare, which proxies it, answers with addresses of its own"
        yield from (_Answer(rdtype, unknown=why) for rdtype in ADDRESSES)
    elif state != "left" and not record.unknown and (record.foreign or record.rdtype == "URLFWD"):
        yield from _foreign(record, zone)
    elif state == "left" or record.unknown:
        why = record.unknown if state != "left" else "octoDNS leaves it there as it is live"
        yield from (_Answer(rdtype, unknown=why) for rdtype in own)
    else:
        default = DEFAULT if record.variants else ""
        for whom, values in ((default, record.values), *record.variants):
            for rdtype in own:
                yield _answer(record, rdtype, values)._replace(whom=whom)


def _answer(record: Record, rdtype: str, values: Sequence[Value]) -> _Answer:
    relative = next(filter(None, (relative_in(record.rdtype, one) for one in values)), "")
    if relative:
        why = "has no final dot, and each provider reads it in its way"
        return _Answer(rdtype, unknown=f"{visible(relative, 260)} {why}")
    if record.is_flattened:
        return _Answer(rdtype, target=full_name(presented(record.rdtype, values[0])))
    return _Answer(
        rdtype, tuple(dict.fromkeys(presented(record.rdtype, value) for value in values))
    )


def _foreign(record: Record, zone: str) -> Iterator[_Answer]:
    """Yield what a record of a provider's own type answers with."""
    why = f"{visible(record.rdtype, 60)} is the provider's own"
    if record.rdtype == "URLFWD":  # a web server of the provider's
        yield from (_Answer(rdtype, unknown=why) for rdtype in ADDRESSES)
        return
    for value in record.values:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str) or kind not in {*_ANY, *ALONE, "NS", "SPF"}:
            yield from (_Answer(rdtype, unknown=why) for rdtype in _ANY)
        elif record.rdtype.endswith("Route53Provider/ALIAS") and kind in ADDRESSES:
            yield _Answer(kind, target=_route53_target(value.get("name") or "", zone))
        else:
            yield _Answer(kind, unknown=why)


def _route53_target(name: Any, zone: str) -> str:
    """Return whose records an alias has: an absolute name of a service, or one in its zone.

    That is how ``octodns_route53.record`` tells them apart.
    """
    if not isinstance(name, str):
        raise UnreadableError("the name of its alias is no text")
    return full_name(name) if name.endswith(".") else name_in(name, zone)
