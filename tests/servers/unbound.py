"""unbound as a resolver of a lab: it iterates from the lab's topmost zones down."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from mailcheck.lab.description import Server, zone_name
from mailcheck.names import is_under

from .named import zone_text
from .namespace import unconfined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from mailcheck.lab.description import Resolver, StaleZone
    from mailcheck.names import Address

    from .namespace import Namespace

ELSEWHERE = Server("the rest of the world", (ipaddress.IPv4Address("127.0.0.1"),))
"""Who is asked for names outside of all zones: a server that has none, and so refuses at once."""

# unblock-lan-zones: the reverse zones of documentation addresses are delegated to nobody, and
# unbound would deny them by itself.
_SERVER = """\
server:
  {interfaces}
  directory: "{folder}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  log-servfail: yes
  num-threads: 1
  access-control: 0.0.0.0/0 allow
  access-control: ::/0 allow
  do-not-query-localhost: no
  unblock-lan-zones: yes
  module-config: "iterator"
remote-control:
  control-enable: no
"""

Stubs = dict[str, tuple[str, ...]]
"""Zones, and the addresses that are asked for them."""


def topmost_zones(servers: Iterable[Server]) -> Stubs:
    """Return the zones that lie in no other, and the servers that have them."""
    serving: dict[str, tuple[str, ...]] = {}
    for server in servers:
        for zone in server.zones:
            addresses = tuple(str(address) for address in server.addresses)
            serving[zone_name(zone)] = serving.get(zone_name(zone), ()) + addresses
    above = {name: [o for o in serving if o != name and is_under(name, o)] for name in serving}
    tops = {name: asked for name, asked in serving.items() if not above[name]}
    return {".": tuple(map(str, ELSEWHERE.addresses))} | tops


def start_unbound(space: Namespace, resolver: Resolver, stubs: Mapping[str, Sequence[str]]) -> None:
    """Start one resolver at its addresses; what it still has of old copies it serves from them."""
    name = "unbound-" + "".join(c for c in resolver.name if c.isalnum())
    folder = space.folder / name
    program = unconfined("unbound", folder)
    text = _SERVER.format(folder=folder, interfaces=_interfaces(resolver.addresses))
    for zone, addresses in stubs.items():
        asked = "".join(f"  stub-addr: {address}\n" for address in addresses)
        text += f'stub-zone:\n  name: "{zone}"\n{asked}'
    for old in resolver.stale:
        origin = zone_name(old.zone)
        (folder / origin).write_text(_aged(old))
        text += (
            f'auth-zone:\n  name: "{origin}"\n  zonefile: "{folder / origin}"\n'
            "  for-upstream: yes\n  for-downstream: no\n"
        )
    configuration = folder / "unbound.conf"
    configuration.write_text(text)
    space.start(name, program, "-d", "-c", str(configuration))


def _interfaces(addresses: Sequence[Address]) -> str:
    return "\n  ".join(f"interface: {address}" for address in addresses)


def _aged(old: StaleZone) -> str:
    return zone_text(old.zone, old.ttl_left)
