"""PTR records that octoDNS makes of addresses (``octodns.processor.arpa``, ``manager: auto_arpa``)."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_address
from typing import TYPE_CHECKING

from mailcheck.plans.octodns.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.errors import Place
    from mailcheck.plans.octodns.options import Options
    from mailcheck.plans.octodns.zone import Zone
    from mailcheck.source.problems import Problems

NAME = "auto-arpa"
"""What it is called among processors, and among sources of reverse zones."""

_LAST = 999
"""The priority of names that have none."""


class AutoArpa:
    """Collects addresses as a processor, and gives their PTR records as a source."""

    def __init__(self, options: Options) -> None:
        options.only(
            "ttl",
            "populate_should_replace",
            "max_auto_arpa",
            "inherit_ttl",
            "wildcard_replacement",
            "lenient",
        )
        self.ttl = options.number("ttl", 3600)
        self.replaces = options.flag("populate_should_replace", default=False)
        self.most = options.number("max_auto_arpa", _LAST)
        self.inherits = options.flag("inherit_ttl", default=False)
        wildcard = options.get("wildcard_replacement")
        self.wildcard = None if wildcard is None else str(wildcard)
        self.found: dict[str, list[tuple[int, int, str, Place]]] = {}

    def process(self, zone: Zone, _: Problems) -> None:
        """Collect the addresses of *zone*, those of its variants as well."""
        for record in zone:
            if record.rdtype not in {"A", "AAAA"} or (record.name == "*" and self.wildcard is None):
                continue
            name = f"{record.name}.{zone.name}." if record.name else f"{zone.name}."
            if self.wildcard is not None:
                name = name.replace("*", self.wildcard)
            priority = record.options.get("auto_arpa_priority", _LAST)
            rank = priority if isinstance(priority, int) else _LAST
            ttl = record.ttl if self.inherits else self.ttl
            addresses = tuple(dict.fromkeys(_addresses(record)))
            # octoDNS adds those of the variants to the list of the record itself by the way.
            zone.put(replace(record, values=addresses))
            for address in addresses:
                reverse = ip_address(address).reverse_pointer
                self.found.setdefault(reverse, []).append((rank, ttl, name, record.place))

    def zones(self) -> list[str]:
        """Return the zones for ``*``: none."""
        return []

    def populate(self, zone: Zone, problems: Problems) -> None:
        """Add the PTR records that lie in *zone*."""
        for reverse, names in self.found.items():
            if not reverse.endswith(f".{zone.name}"):
                continue
            ordered = sorted(names)
            ttl, place = ordered[0][1], ordered[0][3]
            hosts = tuple(dict.fromkeys(name for _, _, name, _ in ordered))[: max(self.most, 1)]
            name = reverse.removesuffix(f".{zone.name}")
            record = Record(name, "PTR", ttl, place, hosts)
            zone.add(record, problems, replace=self.replaces)


def _addresses(record: Record) -> Iterator[str]:
    yield from map(str, record.values)
    for _, values in record.variants:
        yield from map(str, values)
