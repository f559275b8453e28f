"""A small internet: a root, zones below it, and resolvers that find their way from the root down."""

from __future__ import annotations

import contextlib
import ipaddress
from typing import TYPE_CHECKING

from .namespace import Namespace, unconfined
from .nsd import UNLIMITED, start_nsd
from .real_lab import wait_for_dns
from .unbound import run_unbound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from mailcheck.names import Address

ROOT = ipaddress.IPv4Address("198.41.0.4")
"""The address of a.root-servers.net."""

AUTHORITY = ipaddress.IPv4Address("192.0.2.53")
"""Where all zones are served."""

NOWHERE = ipaddress.IPv4Address("192.0.2.99")
"""An address where no server is: who asks there is told so at once."""

TTL = 300

APEX = f"""\
$TTL {TTL}
@   SOA  ns hostmaster 1 7200 3600 1209600 300
@   NS   ns
ns  A    {AUTHORITY}
"""
"""What every zone begins with."""

_HINTS = f". 3600000 NS a.root-servers.net.\na.root-servers.net. 3600000 A {ROOT}\n"


@contextlib.contextmanager
def internet(
    folder: Path,
    zones: Mapping[str, str],
    *,
    elsewhere: Mapping[str, Address] | None = None,
    options: str = UNLIMITED,
) -> Iterator[Namespace]:
    """Serve *zones* by nsd, with its *options*, and a root that delegates to them.

    The root delegates the zones of *elsewhere* to other addresses.
    """
    places = dict.fromkeys(zones, AUTHORITY) | dict(elsewhere or {})
    root = (
        "$TTL 86400\n. SOA a.root-servers.net. nstld.verisign-grs.com. 1 1800 900 604800 86400\n"
        f". NS a.root-servers.net.\na.root-servers.net. A {ROOT}\n"
    )
    for origin, address in places.items():
        root += f"{origin}. NS ns.{origin}.\nns.{origin}. A {address}\n"
    with Namespace(folder) as space:
        (folder / "hints").write_text(_HINTS)
        space.add_addresses([ROOT, *places.values()])
        start_nsd(space, ROOT, {".": root})
        start_nsd(space, AUTHORITY, zones, options=options)
        wait_for_dns(space, [ROOT, AUTHORITY])
        yield space


def add_unbound(
    space: Namespace,
    address: Address,
    *options: str,
    modules: str = "iterator",
    clauses: str = "",
) -> None:
    """Start an unbound at *address* that asks from the root; *options* are for its ``server``."""
    space.add_addresses([address])
    hints = f'root-hints: "{space.folder / "hints"}"'
    run_unbound(
        space,
        unbound_at(address),
        [address],
        {},
        modules=modules,
        options=[hints, *options],
        clauses=clauses,
    )


def unbound_at(address: Address) -> str:
    """Return what the unbound at *address* is called."""
    return f"unbound-{address}"


_NAMED = """\
options {{
  directory "{folder}"; pid-file none; session-keyfile none; managed-keys-directory "{folder}";
  listen-on {{ {address}; }}; listen-on-v6 {{ none; }};
  recursion yes; allow-recursion {{ any; }}; notify no; empty-zones-enable no;
  max-cache-size 8M;
  {options}
}};
controls {{ }};
zone "." {{ type hint; file "{hints}"; }};
"""


def add_named(
    space: Namespace,
    address: Address,
    *options: str,
    clauses: str = "",
    files: Mapping[str, str] | None = None,
) -> None:
    """Start a named at *address* that asks from the root.

    *options* are statements of its ``options``, *clauses* come behind, *files* lie in its folder.
    """
    space.add_addresses([address])
    folder = space.folder / f"named-{address}"
    program = unconfined("named", folder)
    for name, text in (files or {}).items():
        (folder / name).write_text(text)
    configuration = folder / "named.conf"
    text = _NAMED.format(
        folder=folder,
        address=address,
        hints=space.folder / "hints",
        options="\n  ".join(options),
    )
    configuration.write_text(text + clauses)
    space.start(folder.name, program, "-g", "-n", "1", "-c", str(configuration))
