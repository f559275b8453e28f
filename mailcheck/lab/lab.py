"""A lab that stands: described servers and hosts, each at an endpoint on loopback."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from mailcheck.facts.imap.session import IMAPS
from mailcheck.facts.smtp.session import SUBMISSIONS
from mailcheck.lab.authority import AuthoritativeServer
from mailcheck.lab.certificates import Authorities
from mailcheck.lab.description import zone_name
from mailcheck.lab.endpoints import LOOPBACK, Endpoints
from mailcheck.lab.recursion import Internet
from mailcheck.lab.resolver import RecursiveResolver

if TYPE_CHECKING:
    from mailcheck.lab.description import Host, LabDescription, Resolver, Server

Endpoint: TypeAlias = tuple[str, int]
"""An address in text form and a port."""

Role: TypeAlias = Literal["server", "resolver", "host"]

DNS_PORT = 53

USUAL_PORTS = (25, 143, 443, 465, 587, 993)
"""Ports at which every declared host refuses connections unless its description says otherwise;
so it does at every port that the lab names for another host."""


SUBMISSION_PORTS = (SUBMISSIONS, 587)
"""Ports where users hand in mail: there a login is offered in TLS."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """One line of the lab's map: who is where, and where that really is.

    ``about`` is what is worth saying: the zones of a server; ``SMTP``, ``IMAP``, ``HTTPS`` or
    ``refused`` for a port of a host.
    """

    role: Role
    name: str
    declared: Endpoint
    real: Endpoint
    about: str = ""


class Lab:
    """Starts what *description* describes. Create, :meth:`start`, use, :meth:`close`."""

    def __init__(self, description: LabDescription) -> None:
        self.description = description
        self.resolvers: tuple[str, ...] = tuple(
            str(address) for resolver in description.resolvers for address in resolver.addresses
        )
        self.map: tuple[Mapped, ...] = ()
        self.detours: dict[Endpoint, Endpoint] = {}
        self._endpoints: Endpoints | None = None

    @cached_property
    def _authorities(self) -> Authorities:
        return Authorities()

    @property
    def trusted(self) -> tuple[bytes, ...]:
        """The certificates, in DER, of the authorities that a run in this lab trusts."""
        return (self._authorities.trusted,)

    def covers(self, name: str) -> bool:
        """Whether it is known what there is at *name*, in normal form."""
        return self.description.covers(name)

    async def start(self) -> None:
        """Open all endpoints on the running loop; a lab that stands already is left alone.

        Raises:
            OSError: if the machine gives no sockets on loopback.
        """
        if self._endpoints is not None:
            return
        self._endpoints = Endpoints()
        try:
            lines = await self._open_dns(self._endpoints)
            lines += await self._open_hosts(self._endpoints)
        except BaseException:
            await self.close()
            raise
        self.map = tuple(lines)
        self.detours = {line.declared: line.real for line in lines}

    async def close(self) -> None:
        """Close everything; a lab that does not stand is left alone."""
        if self._endpoints is None:
            return
        endpoints, self._endpoints = self._endpoints, None
        self.map, self.detours = (), {}
        await endpoints.close()

    async def _open_dns(self, endpoints: Endpoints) -> list[Mapped]:
        servers = [AuthoritativeServer(server) for server in self.description.servers]
        internet = Internet(servers)
        lines: list[Mapped] = []
        for server in servers:
            described = server.described
            port = await endpoints.open_dns(server, tcp=described.tcp)
            zones = ", ".join(map(zone_name, described.zones))
            lines += _lines("server", described, (DNS_PORT, port), zones)
        for resolver in self.description.resolvers:
            mind = RecursiveResolver(resolver, internet)
            port = await endpoints.open_dns(mind, tcp=resolver.tcp)
            lines += _lines("resolver", resolver, (DNS_PORT, port), "")
        return lines

    async def _open_hosts(self, endpoints: Endpoints) -> list[Mapped]:
        lines: list[Mapped] = []
        if not self.description.hosts:
            return lines
        closed = endpoints.refuse()
        hosts = self.description.hosts
        named = {p for host in hosts for p in (*host.ports, *host.imap, *host.https)}
        for host in hosts:
            tls = self._authorities.context(host.certificate) if host.certificate else None
            for port in sorted({*USUAL_PORTS, *named}):
                smtp, imap = host.ports.get(port, "refused"), host.imap.get(port, "refused")
                web = host.https.get(port, "refused")
                first = port in (SUBMISSIONS, IMAPS)
                real, about = closed, "refused"
                if smtp != "refused":
                    users = port in SUBMISSION_PORTS
                    about = "SMTP"
                    real = await endpoints.open_smtp(smtp, tls, tls_first=first, for_users=users)
                elif imap != "refused":
                    real, about = await endpoints.open_imap(imap, tls, tls_first=first), "IMAP"
                elif web != "refused":
                    real, about = await endpoints.open_https(web, tls), "HTTPS"
                lines += _lines("host", host, (port, real), about)
        return lines


def _lines(
    role: Role, described: Server | Resolver | Host, ports: tuple[int, int], about: str
) -> list[Mapped]:
    """Return a line for each address; *ports* are the declared and the real one."""
    declared, real = ports
    return [
        Mapped(role, described.name, (str(address), declared), (LOOPBACK, real), about)
        for address in described.addresses
    ]
