"""unbound as a resolver of a lab: it iterates from the lab's topmost zones down."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from mailcheck.lab.description import Server, zone_name
from mailcheck.names import is_under

from .named import zone_text
from .namespace import PUBLIC, unconfined

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
  module-config: "{modules}"
  {options}
remote-control:
  control-enable: yes
  control-interface: {control}
  control-use-cert: no
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
    old = ""
    for copy in resolver.stale:
        origin = zone_name(copy.zone)
        path = space.folder / f"{name}-{origin}"
        path.write_text(_aged(copy))
        old += (
            f'auth-zone:\n  name: "{origin}"\n  zonefile: "{path}"\n'
            "  for-upstream: yes\n  for-downstream: no\n"
        )
    run_unbound(space, name, resolver.addresses, stubs, clauses=old)


def run_unbound(
    space: Namespace,
    name: str,
    addresses: Sequence[Address],
    stubs: Mapping[str, Sequence[str]],
    *,
    modules: str = "iterator",
    options: Sequence[str] = (),
    clauses: str = "",
) -> None:
    """Start an unbound that is called *name*.

    *options* are lines of its section ``server``, *clauses* are sections of their own.
    """
    folder = space.folder / name
    program = unconfined("unbound", folder)
    text = _SERVER.format(
        folder=folder,
        interfaces="\n  ".join(f"interface: {address}" for address in addresses),
        modules=modules,
        options="\n  ".join(options),
        control=_control(name),
    )
    for zone, asked in stubs.items():
        servers = "".join(f"  stub-addr: {address}\n" for address in asked)
        text += f'stub-zone:\n  name: "{zone}"\n{servers}'
    configuration = folder / "unbound.conf"
    configuration.write_text(text + clauses)
    space.start(name, program, "-d", "-c", str(configuration))


def queries_had(space: Namespace, name: str) -> int:
    """Return how many queries the unbound called *name* has had since it was last asked."""
    configuration = space.folder / name / "unbound.conf"
    said = space.run("unbound-control", "-c", str(configuration), "stats")
    counts = dict(line.split("=") for line in said.splitlines())
    return int(counts["total.num.queries"])


def _control(name: str) -> str:
    # By the short way: the path of a socket has 107 octets at most (unix(7)).
    return str(PUBLIC / name / "control")


def _aged(old: StaleZone) -> str:
    return zone_text(old.zone, old.ttl_left)
