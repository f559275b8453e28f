"""What a ``lab.yml`` describes: servers, resolvers and hosts, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailcheck.lab.faults import NO_FAULTS, Faults
from mailcheck.lab.registries import registry_of
from mailcheck.names import Address, is_under

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mailcheck.lab.certificates import HostCertificate
    from mailcheck.lab.https_script import HttpsBehaviour
    from mailcheck.lab.imap_script import ImapBehaviour
    from mailcheck.lab.smtp_script import Behaviour
    from mailcheck.zones.zone import Zone


@dataclass(frozen=True, slots=True)
class Server:
    """An authoritative DNS server with its own copies of its zones.

    ``tcp`` false means that nothing listens on TCP port 53: connections are refused.
    """

    name: str
    addresses: tuple[Address, ...]
    zones: tuple[Zone, ...] = ()
    faults: Faults = NO_FAULTS
    tcp: bool = True


@dataclass(frozen=True, slots=True)
class StaleZone:
    """An old copy that a resolver still serves; ``ttl_left`` in seconds, None for the TTLs written.

    TTLs do not run down while a lab stands: it shows one instant, the same in every run.
    """

    zone: Zone
    ttl_left: int | None = None


@dataclass(frozen=True, slots=True)
class Resolver:
    """A recursive resolver that asks the lab's servers.

    ``rewrites`` are the addresses it puts in place of NXDOMAIN.
    """

    name: str
    addresses: tuple[Address, ...]
    stale: tuple[StaleZone, ...] = ()
    rewrites: tuple[Address, ...] = ()
    faults: Faults = NO_FAULTS
    tcp: bool = True


@dataclass(frozen=True, slots=True)
class Host:
    """A host that speaks SMTP, IMAP or HTTPS, each on some ports; the rest refuses connections.

    With a ``certificate`` it offers STARTTLS, and begins with TLS on ports 465 and 993, and on those
    of ``https``.
    """

    name: str
    addresses: tuple[Address, ...]
    ports: Mapping[int, Behaviour] = field(default_factory=dict)
    certificate: HostCertificate | None = None
    imap: Mapping[int, ImapBehaviour] = field(default_factory=dict)
    https: Mapping[int, HttpsBehaviour] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LabDescription:
    """A whole lab. ``shown_as`` is its file as messages call it; there is always a resolver."""

    shown_as: str
    title: str
    servers: tuple[Server, ...]
    resolvers: tuple[Resolver, ...]
    hosts: tuple[Host, ...] = ()

    @property
    def zones(self) -> tuple[str, ...]:
        """The origins of all zones, in normal form, each once."""
        served = [zone for server in self.servers for zone in server.zones]
        stale = [old.zone for resolver in self.resolvers for old in resolver.stale]
        return tuple(dict.fromkeys(zone_name(zone) for zone in (*served, *stale)))

    def covers(self, name: str) -> bool:
        """Whether *name*, in normal form, lies in a zone of the lab, or is known not to exist."""
        zones = self.zones
        return any(is_under(name, zone) for zone in zones) or bool(registry_of(name, zones))


def zone_name(zone: Zone) -> str:
    """Return the origin of *zone* in normal form."""
    return zone.origin.to_text(omit_final_dot=True).lower() or "."
