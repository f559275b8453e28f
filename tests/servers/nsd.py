"""nsd, the other authoritative server, with zones as texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .namespace import PUBLIC, unconfined

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mailcheck.names import Address

    from .namespace import Namespace

# Rate limiting is on in Debian's nsd, and would take a row of quick questions for an attack.
UNLIMITED = "rrl-ratelimit: 0"

_SERVER = """\
server:
  ip-address: {address}@{port}
  username: ""
  chroot: ""
  zonesdir: "{folder}"
  xfrdir: "{folder}"
  xfrdfile: "{folder}/xfrd.state"
  zonelistfile: "{folder}/zone.list"
  pidfile: ""
  database: ""
  server-count: 1
  {options}
remote-control:
  control-enable: {controlled}
  control-interface: {control}
"""


def write_configuration(
    folder: Path,
    zones: Mapping[str, str],
    *,
    address: Address,
    port: int = 53,
    options: str = UNLIMITED,
    control: Path | None = None,
) -> Path:
    """Write nsd's configuration and *zones*, master files by origin, to *folder*.

    With *control* it listens to nsd-control at that socket.
    """
    text = _SERVER.format(
        folder=folder,
        address=address,
        port=port,
        options=options,
        controlled="yes" if control else "no",
        control=control or "/nowhere",
    )
    for origin, records in zones.items():
        path = folder / f"{origin}.zone"
        path.write_text(records)
        text += f'zone:\n  name: "{origin}"\n  zonefile: "{path}"\n'
    configuration = folder / "nsd.conf"
    configuration.write_text(text)
    return configuration


def start_nsd(
    space: Namespace, address: Address, zones: Mapping[str, str], *, options: str = UNLIMITED
) -> None:
    """Serve *zones* at *address*; *options* are lines of its section ``server``."""
    folder = _folder(space, address)
    program = unconfined("nsd", folder)
    # By the short way: the path of a socket has 107 octets at most (unix(7)).
    control = PUBLIC / folder.name / "control"
    configuration = write_configuration(
        folder, zones, address=address, options=options, control=control
    )
    space.start(folder.name, program, "-d", "-c", str(configuration))


def queries_answered(space: Namespace, address: Address) -> int:
    """Return how many queries the server at *address* has had since it was last asked."""
    configuration = _folder(space, address) / "nsd.conf"
    said = space.run("nsd-control", "-c", str(configuration), "stats")
    counts = dict(line.split("=") for line in said.splitlines())
    return int(counts["num.queries"])


def _folder(space: Namespace, address: Address) -> Path:
    return space.folder / f"nsd-{address}".replace(":", "-")
