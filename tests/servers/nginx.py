"""nginx as the policy hosts of a story: a server block for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .namespace import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailcheck.names import Address

    from .namespace import Namespace

_CONFIGURATION = """\
user root;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx.error;
events {{ }}
http {{
  access_log {folder}/nginx.access;
  default_type application/octet-stream;
{servers}
}}
"""

_SERVER = """\
  server {{
    listen {at} {listens};
    server_name {name};
    ssl_certificate {certificate};
    ssl_certificate_key {certificate};
    root {root};
    {settings}
  }}
"""


@dataclass(frozen=True, slots=True)
class PolicyHost:
    """A server block of the host *name*; ``kind`` is that of its certificate.

    The ``policy`` lies where RFC 8461 has it; ``settings`` are in the words of nginx.
    """

    name: str
    address: Address
    policy: str
    kind: str = "good"
    settings: str = "types { text/plain txt; }"
    listens: str = "ssl"


def start_nginx(space: Namespace, hosts: Sequence[PolicyHost]) -> None:
    """Start an nginx that is each of *hosts*, with a certificate of its name; it is up then."""
    inside = PUBLIC
    servers = ""
    for host in hosts:
        folder = space.folder / host.name / ".well-known"
        folder.mkdir(parents=True)
        (folder / "mta-sts.txt").write_text(host.policy)
        servers += _SERVER.format(
            at=f"{host.address}:443", listens=host.listens, name=host.name, settings=host.settings,
            certificate=inside / f"{host.name}.pem", root=inside / host.name,
        )  # fmt: skip
    (space.folder / "nginx.conf").write_text(
        _CONFIGURATION.format(folder=inside, servers=servers), "utf-8"
    )
    error = space.folder / "nginx.error"
    space.keep_log(error)
    # It goes to the background once it listens.
    space.run("nginx", "-e", str(inside / error.name), "-c", str(inside / "nginx.conf"))


def requests(space: Namespace) -> list[str]:
    """Return what nginx wrote about its clients."""
    return (space.folder / "nginx.access").read_text(errors="replace").splitlines()
