"""DNS servers, and what an answer tells of the one that gave it."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from mailcheck.names import Address, parse_address, to_u_labels

USUAL_PORTS = {"dns": 53, "tls": 853, "https": 443}

SHOWN_PROTOCOL = {"dns": "", "tls": " over TLS", "https": " over HTTPS"}


@dataclass(frozen=True, slots=True)
class NameServer:
    """A DNS server to be asked directly.

    ``name`` is for showing only. ``authentication`` is the name that its certificate must hold over
    TLS (RFC 7858) and HTTPS (RFC 8484), empty for the address: services that share an address are
    told apart by it. ``path`` is for HTTPS only.
    """

    address: Address
    name: str = field(default="", compare=False)
    port: int = 53
    protocol: Literal["dns", "tls", "https"] = "dns"
    path: str = ""
    authentication: str = ""

    def __str__(self) -> str:
        usual = self.port == USUAL_PORTS[self.protocol]
        where = str(self.address) if usual else f"{self.address} port {self.port}"
        named = f"{to_u_labels(self.name)} ({where})" if self.name else where
        return named + SHOWN_PROTOCOL[self.protocol]


@dataclass(frozen=True, slots=True)
class Source:
    """Who answered, over what, how fast. ``milliseconds`` is None where nothing was timed."""

    server: str = ""
    transport: str = "UDP"
    milliseconds: float | None = None
    command: str = ""

    def __str__(self) -> str:
        parts = [f"from {self.server}" if self.server else ""]
        parts.append("over TCP" if self.transport == "TCP" else "")
        parts.append("" if self.milliseconds is None else f"{self.milliseconds:.0f} ms")
        return ", ".join(filter(None, parts))


class Reply(NamedTuple):
    """What a :class:`Source` is made of when somebody asks for it."""

    server: NameServer
    recursive: bool
    transport: str
    milliseconds: float

    def source(self, name: str, rdtype: str) -> Source:
        """Return who answered the question for *name* and *rdtype*."""
        over_tcp = self.transport == "TCP"
        command = dig(name, rdtype, self.server, recursive=self.recursive, over_tcp=over_tcp)
        return Source(str(self.server), self.transport, round(self.milliseconds, 1), command)


def dig(
    name: str, rdtype: str, server: NameServer, *, recursive: bool, over_tcp: bool = False
) -> str:
    """Return the dig command line that asks *server* the same.

    A name that came from a server may hold anything (a backquote, a semicolon), and this line is
    made to be pasted into a shell.
    """
    protocol = {
        "dns": "+tcp" if over_tcp else "",
        "tls": "+tls",
        "https": f"+https={server.path}".removesuffix("="),
    }
    options = [
        "dig",
        "" if recursive else "+norecurse",
        protocol[server.protocol],
        "" if server.protocol == "dns" else "+tls-ca",  # dig takes any certificate without it
        f"+tls-hostname={shlex.quote(server.authentication)}" if server.authentication else "",
        "" if server.port == USUAL_PORTS[server.protocol] else f"-p {server.port}",
        f"@{server.address}",
        shlex.quote(name),
        rdtype,
    ]
    return " ".join(filter(None, options))


def name_server(address: str, name: str = "") -> NameServer:
    """Return the server at *address*, as examples and tests write it."""
    return NameServer(parse_address(address), name)
