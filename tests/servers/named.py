"""BIND's named as the authoritative servers of a lab: a view for each, with copies of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.lab.description import zone_name

from .namespace import unconfined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mailcheck.lab.description import Server
    from mailcheck.zones.zone import Zone

    from .namespace import Namespace

_OPTIONS = """\
options {{
  directory "{folder}"; pid-file none; session-keyfile none; managed-keys-directory "{folder}";
  listen-on {{ {fourth} }}; listen-on-v6 {{ {sixth} }};
  recursion no; allow-transfer {{ none; }}; dnssec-validation no; notify no;
  check-names primary ignore;  # underscores in host names: named objects, other servers do not
}};
controls {{ }};
"""


def start_named(space: Namespace, servers: Sequence[Server]) -> None:
    """Serve *servers* at their addresses. One without zones answers REFUSED to everything."""
    folder = space.folder / "named"
    program = unconfined("named", folder)
    addresses = [address for server in servers for address in server.addresses]
    options = _OPTIONS.format(
        folder=folder,
        fourth="".join(f"{a}; " for a in addresses if a.version == 4) or "none;",
        sixth="".join(f"{a}; " for a in addresses if a.version == 6) or "none;",
    )
    views = [_view(server, folder / str(number)) for number, server in enumerate(servers)]
    configuration = folder / "named.conf"
    configuration.write_text(options + "".join(views))
    space.start("named", program, "-g", "-n", "1", "-c", str(configuration))


def _view(server: Server, folder: Path) -> str:
    """Return the view that a server's addresses show, having written its zones to *folder*."""
    folder.mkdir()
    zones = ""
    for zone in server.zones:
        path = folder / f"{zone_name(zone)}.zone"  # the root is "."
        path.write_text(zone_text(zone))
        zones += f'  zone "{zone_name(zone)}" {{ type primary; file "{path}"; }};\n'
    addresses = "".join(f"{address}; " for address in server.addresses)
    return f'view "{folder.name}" {{\n  match-destinations {{ {addresses}}};\n{zones}}};\n'


def zone_text(zone: Zone, ttl: int | None = None) -> str:
    """Write *zone* in master file format, its SOA first; *ttl* takes the place of all TTLs."""
    lines = [
        f"{rrset.name} {rrset.ttl if ttl is None else ttl} IN {record.rdtype.name} {record}"
        for node in zone.nodes.values()
        for rrset in node.values()
        for record in rrset
    ]
    return "\n".join(sorted(lines, key=lambda line: " IN SOA " not in line)) + "\n"
