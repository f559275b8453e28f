"""A lab once more, by real servers at the addresses that it declares."""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
from typing import TYPE_CHECKING

import dns.name

from mailcheck.errors import Place
from mailcheck.lab.description import zone_name
from mailcheck.lab.faults import NO_FAULTS
from mailcheck.lab.zone_file import read_zone
from mailcheck.source.problems import Problems
from mailcheck.world.recipients import ELSEWHERE as MAILBOX_ELSEWHERE

from .named import start_named
from .namespace import Namespace
from .rbldnsd import as_data_set, is_blocklist, start_rbldnsd
from .real_hosts import is_postfix, policy_of, start_hosts
from .unbound import ELSEWHERE, start_unbound, topmost_zones

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mailcheck.lab import LabDescription, Server
    from mailcheck.names import Address

    from .postfix import Receiver

_ELSEWHERE_ZONE = """\
$TTL 3600
@ SOA ns hostmaster 1 7200 3600 1209600 300
@ NS ns
@ MX 10 ns
ns A 127.0.0.1
"""

_CLOSE_NOTIFY = "\x15\x03\x01\x00\x02\x01\x00"
"""An alert of TLS (RFC 8446 §6.1), after which a server that waits for a handshake hangs up."""

TRIES = 100
"""How often a server that was just started is asked whether it is there."""


def not_reproduced(lab: LabDescription) -> Iterator[str]:
    """Name what *lab* has and no real server does on command."""
    faulty = [(one.name, one.faults, one.tcp) for one in lab.servers]
    faulty += [(one.name, one.faults, one.tcp) for one in lab.resolvers]
    for name, faults, tcp in faulty:
        if faults != NO_FAULTS or not tcp:
            yield f"{name} has faults"
    for resolver in lab.resolvers:
        if resolver.rewrites:
            yield f"{resolver.name} rewrites NXDOMAIN"
    for host in lab.hosts:
        for port, behaviour in host.ports.items():
            if behaviour != "refused" and not is_postfix(behaviour):
                yield f"{host.name} has a script for port {port}"
        if any(behaviour != "refused" for behaviour in host.imap.values()):
            yield f"{host.name} speaks IMAP"
        sites = [port for port, behaviour in host.https.items() if behaviour != "refused"]
        if not all(policy_of(host, port) for port in sites):
            yield f"{host.name} serves what is no policy"


@contextlib.contextmanager
def real_servers(
    lab: LabDescription, folder: Path, *, blocklists_by: str = "rbldnsd"
) -> Iterator[Namespace]:
    """Run named, unbound, rbldnsd and Postfix as *lab* describes, until the block is left.

    Blocklists are served by rbldnsd, or by named.
    """
    with Namespace(folder) as space:
        places = [one.addresses for one in lab.servers] + [one.addresses for one in lab.hosts]
        resolvers = [address for resolver in lab.resolvers for address in resolver.addresses]
        space.add_addresses([*itertools.chain.from_iterable(places), *resolvers])
        lists = [s for s in lab.servers if blocklists_by == "rbldnsd" and is_blocklist(s)]
        elsewhere = _rest_of_the_world()
        start_named(space, [elsewhere, *(s for s in lab.servers if s not in lists)])
        for blocklist in lists:
            start_rbldnsd(space, blocklist.addresses[0], [as_data_set(blocklist)])
        wait_for_zones(space, lab.servers)
        for resolver in lab.resolvers:
            start_unbound(space, resolver, topmost_zones([elsewhere, *lab.servers]))
        wait_for_dns(space, resolvers)
        space.use_resolver(resolvers[0])
        _wait_for_ports(space, start_hosts(space, lab))
        yield space


def _rest_of_the_world() -> Server:
    """Return the server of all other names, which has the domain that hosts must not relay to.

    A lab says that nobody there takes its mail; a resolver has to say so too, and not SERVFAIL.
    """
    domain = dns.name.from_text(MAILBOX_ELSEWHERE.partition("@")[2])
    zone = read_zone(_ELSEWHERE_ZONE, domain, Place("elsewhere.zone", 1), Problems())
    assert zone is not None
    return dataclasses.replace(ELSEWHERE, zones=(zone,))


def wait_for_zones(space: Namespace, servers: Sequence[Server]) -> None:
    """Wait until every server gives an answer from every zone it has."""
    wait_for_dns(space, [address for server in servers for address in server.addresses])
    zones = [(s.addresses[0], zone_name(zone)) for s in servers for zone in s.zones]
    asked = [
        {"server": str(address), "name": name, "type": "SOA", "tries": TRIES, "answered": True}
        for address, name in zones
    ]
    _all_there([address for address, _ in zones], space.ask("ask_dns.py", asked))


def wait_for_dns(space: Namespace, servers: Sequence[Address]) -> None:
    """Wait until something answers at each address."""
    asked = [
        {"server": str(server), "name": "localhost", "type": "A", "recursive": True, "tries": TRIES}
        for server in servers
    ]
    _all_there(servers, space.ask("ask_dns.py", asked))


def wait_for_smtp(
    space: Namespace, servers: Sequence[Address], client: Address | None = None
) -> None:
    """Wait until something greets at each address; *client* is who asks, by default each itself."""
    here = {"client": str(client)} if client else {}
    asked = [{"server": str(server), "lines": [], "tries": TRIES, **here} for server in servers]
    _all_there(servers, space.ask("ask_smtp.py", asked))


def _wait_for_ports(space: Namespace, receivers: Sequence[Receiver]) -> None:
    """Wait until somebody is at each port: he greets, or hangs up where TLS should have begun."""
    asked = [
        {
            "server": str(one.address),
            "port": one.port,
            "lines": [],
            "tries": TRIES,
            **({"early": _CLOSE_NOTIFY} if "smtpd_tls_wrappermode" in one.settings else {}),
        }
        for one in receivers
    ]
    _all_there([one.address for one in receivers], space.ask("ask_smtp.py", asked))


def _all_there(servers: Sequence[Address], answers: Sequence[object]) -> None:
    missing = [str(s) for s, answer in zip(servers, answers, strict=True) if not answer]
    assert not missing, f"nothing answers at {', '.join(missing)}"
