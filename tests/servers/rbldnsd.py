"""rbldnsd, the server that most blocklists are published with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import dns.rdatatype

from mailcheck.lab.description import zone_name

from .namespace import PUBLIC, unconfined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.lab.description import Server
    from mailcheck.names import Address
    from mailcheck.zones.zone import Zone

    from .namespace import Namespace


@dataclass(frozen=True, slots=True)
class DataSet:
    """A zone in one of rbldnsd's formats, such as ``ip4set``; several may make up one zone."""

    zone: str
    format: str
    text: str


def start_rbldnsd(space: Namespace, address: Address, sets: Sequence[DataSet]) -> None:
    """Serve *sets* at *address*."""
    folder = space.folder / f"rbldnsd-{address}".replace(":", "-")
    program = unconfined("rbldnsd", folder)
    zones = []
    for number, one in enumerate(sets):
        (folder / str(number)).write_text(one.text)
        zones.append(f"{one.zone}:{one.format}:{number}")
    data = str(PUBLIC / folder.name)
    space.start(folder.name, program, "-n", "-w", data, "-b", f"{address}/53", *zones)


def as_data_set(blocklist: Server) -> DataSet:
    """Return a blocklist of a lab as rbldnsd reads it."""
    [zone] = blocklist.zones
    return DataSet(zone_name(zone), "generic", _generic(zone))


def is_blocklist(server: Server) -> bool:
    """Whether *server* is what a lab makes of an entry of ``blocklists``."""
    return [f"ns.{zone_name(zone)}" for zone in server.zones] == [server.name]


def _generic(zone: Zone) -> str:
    """Write a zone's records; names are relative to the zone, targets are not."""
    apex = zone.nodes[zone.origin]
    soa, ns = apex[dns.rdatatype.SOA], apex[dns.rdatatype.NS]
    lines = [f"$SOA {soa.ttl} {soa[0]}"]
    lines += [f"$NS {ns.ttl} {record.target}" for record in ns]
    lines += [
        f"{name.relativize(zone.origin)} {rrset.ttl} {record.rdtype.name} {record}"
        for name, node in zone.nodes.items()
        for rrset in node.values()
        for record in rrset
        if name != zone.origin
    ]
    return "\n".join(lines) + "\n"
