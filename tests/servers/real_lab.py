"""A lab once more, by real servers at the addresses that it declares."""

from __future__ import annotations

import contextlib
import itertools
import ssl
from typing import TYPE_CHECKING

from dns import rdatatype

from mailcheck.lab.certificates import Authorities
from mailcheck.lab.description import zone_name
from mailcheck.lab.faults import NO_FAULTS
from mailcheck.lab.smtp_script import reply

from .named import start_named
from .namespace import PUBLIC, Namespace
from .postfix import Receiver, start_postfix
from .rbldnsd import as_data_set, is_blocklist, start_rbldnsd
from .unbound import ELSEWHERE, start_unbound, topmost_zones

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from mailcheck.lab import Host, LabDescription, Server
    from mailcheck.lab.smtp_script import Script
    from mailcheck.names import Address

_KNOWS_NOBODY = reply(
    550, "5.1.1 Recipient address rejected: User unknown in virtual mailbox table"
)
"""What Postfix says, but for the address in front."""

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
            if behaviour != "refused" and (port != 25 or not _is_postfix(behaviour)):
                yield f"{host.name} has a script for port {port}"


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
        start_named(space, [ELSEWHERE, *(s for s in lab.servers if s not in lists)])
        for blocklist in lists:
            start_rbldnsd(space, blocklist.addresses[0], [as_data_set(blocklist)])
        wait_for_zones(space, lab.servers)
        for resolver in lab.resolvers:
            start_unbound(space, resolver, topmost_zones(lab.servers))
        wait_for_dns(space, resolvers)
        space.use_resolver(resolvers[0])
        receivers = list(_receivers(lab.hosts, space.folder))
        if receivers:
            start_postfix(space, receivers, served_domains(lab))
            wait_for_smtp(space, [receiver.address for receiver in receivers])
        yield space


def _is_postfix(script: Script) -> bool:
    """Whether a host does nothing but greet as it likes, or know no mailbox at all."""
    knows_nobody = script.steps.get("rcpt", _KNOWS_NOBODY) == _KNOWS_NOBODY
    return knows_nobody and not script.steps.keys() - {"greeting", "rcpt"}


def served_domains(lab: LabDescription) -> list[str]:
    """Return the names of *lab* that mail can be addressed to: the hosts take it for any of them."""
    kinds = (rdatatype.MX, rdatatype.A, rdatatype.AAAA, rdatatype.CNAME)
    names = {
        name.to_text(omit_final_dot=True)
        for server in lab.servers
        if not is_blocklist(server)
        for zone in server.zones
        for name, node in zone.nodes.items()
        if any(node.get(kind) for kind in kinds)
    }
    return sorted(names)


def authority_of(space: Namespace) -> Path:
    """Return the PEM of the authority that signed the certificates of the hosts."""
    return space.folder / "authority.pem"


def _receivers(hosts: Sequence[Host], folder: Path) -> Iterator[Receiver]:
    """Return the hosts that speak SMTP; one whose greeting refuses does so as Postfix would.

    One that refuses every recipient has a list of virtual mailboxes, and nobody on it. (Of local ones
    postmaster is always there: Postfix sees to that.) The hosts' certificates, and the authority's, are
    written into *folder*.
    """
    authorities = Authorities()
    (folder / "authority.pem").write_text(ssl.DER_cert_to_PEM_cert(authorities.trusted))
    for host in hosts:
        behaviour = host.ports.get(25, "refused")
        if behaviour == "refused":
            continue
        settings = {"virtual_mailbox_maps": "static:anybody"}
        if "greeting" in behaviour.steps:
            words = behaviour.steps["greeting"].octets.decode().strip()
            settings["smtpd_delay_reject"] = "no"
            settings["smtpd_client_restrictions"] = f"check_client_access static:{{{words}}}"
        if host.certificate:
            (folder / f"{host.name}.pem").write_bytes(authorities.pem(host.certificate))
            settings["smtpd_tls_security_level"] = "may"
            settings["smtpd_tls_chain_files"] = str(PUBLIC / f"{host.name}.pem")
        if "rcpt" in behaviour.steps:
            settings["virtual_mailbox_maps"] = "inline:{somebody@elsewhere.example=x}"
        for address in host.addresses:
            yield Receiver(host.name, address, settings)


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


def _all_there(servers: Sequence[Address], answers: Sequence[object]) -> None:
    missing = [str(s) for s, answer in zip(servers, answers, strict=True) if not answer]
    assert not missing, f"nothing answers at {', '.join(missing)}"
