"""How the resolvers of a run are written: addresses, ``tls://`` and ``https://``.

Nothing is looked up here. A resolver that is written with a host name has no address until a world
is opened.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from mailcheck.names import Address, Domain, Port, parse_address

Protocol: TypeAlias = Literal["dns", "tls", "https"]
"""DNS over UDP and TCP, over TLS (RFC 7858), over HTTPS (RFC 8484)."""

PORTS: dict[Protocol, int] = {"dns": 53, "tls": 853, "https": 443}

HTTPS_PATH = "/dns-query"
"""Where nearly all servers of DNS over HTTPS are (RFC 8484 §4.1.1 shows it)."""

EXPECTED = (
    "an IP address, with a port if it is not 53 (192.0.2.53:5353), tls://HOST, tls://ADDRESS#HOST, "
    "https://HOST/PATH, or authoritative"
)


@dataclass(frozen=True, slots=True)
class Resolver:
    """A resolver the run asks.

    ``address`` is None where it is known by ``name`` only. ``name`` is what its certificate must
    hold; empty means the address itself. ``path`` is for HTTPS.
    """

    address: Address | None
    port: int = 53
    protocol: Protocol = "dns"
    name: str = ""
    path: str = ""

    def __str__(self) -> str:
        port = f":{self.port}" if self.port != PORTS[self.protocol] else ""
        bare = self.name if self.address is None else str(self.address)
        host = f"[{bare}]" if ":" in bare and (port or self.protocol != "dns") else bare
        if self.protocol == "dns":
            return host + port
        certificate = f"#{self.name}" if self.name and self.address else ""
        return f"{self.protocol}://{host}{port}{self.path}{certificate}"


def read_resolver(text: str) -> Resolver:
    """Read what ``--mail-resolver`` takes, but for the word ``authoritative``.

    Raises:
        ValueError: if it is none of :data:`EXPECTED`.
    """
    scheme, separator, rest = text.partition("://")
    if not separator:
        host, port = _split_port(text)
        return Resolver(resolver_address(host), _port(port, "dns"))
    match scheme.lower():
        case "tls":
            return _over_tls(rest)
        case "https":
            return _over_https(rest)
    raise ValueError(f"{scheme!r} is no way to ask a resolver")


def resolver_address(text: str) -> Address:
    """Read the address of a resolver, which may be link-local with a scope (``fe80::1%eth0``).

    Raises:
        ValueError: if it is none.
    """
    if "%" not in text:
        return parse_address(text)
    scoped = re.fullmatch(r"\[?([0-9a-fA-F:.]+%[A-Za-z0-9._-]+)\]?", text)
    return ipaddress.IPv6Address(scoped[1] if scoped else "")


def _over_tls(rest: str) -> Resolver:
    authority, has_name, name = rest.partition("#")
    host, port = _split_port(authority)
    where = _port(port, "tls")
    if (address := _literal(host)) is not None:
        return Resolver(address, where, "tls", Domain.parse(name) if has_name else "")
    if has_name:
        raise ValueError("a name behind # stands beside an address")
    return Resolver(None, where, "tls", Domain.parse(host))


def _over_https(rest: str) -> Resolver:
    authority, slash, path = rest.removesuffix("{?dns}").partition("/")
    # A query, a fragment or a blank would end up in the request line as they stand.
    if not re.fullmatch(r"[A-Za-z0-9._~!$&'()*+,;=:@%/-]*", path):
        raise ValueError("the path has characters that a path cannot have")
    host, port = _split_port(authority)
    where = _port(port, "https")
    full = slash + path if path else HTTPS_PATH
    if (address := _literal(host)) is not None:
        return Resolver(address, where, "https", path=full)
    return Resolver(None, where, "https", Domain.parse(host), full)


def _literal(host: str) -> Address | None:
    try:
        return resolver_address(host)
    except ValueError:
        return None


def _port(text: str, protocol: Protocol) -> int:
    # A plain int: the resolver of the C library takes no other.
    return int(Port.parse(text)) if text else PORTS[protocol]


def _split_port(text: str) -> tuple[str, str]:
    """Split ``192.0.2.1:53`` or ``[2001:db8::1]:53``; a bare IPv6 address has no port."""
    match = re.fullmatch(r"\[([^\]]+)\](?::([0-9]{1,5}))?|([^:]+)(?::([0-9]{1,5}))?", text)
    if match is None:
        return text, ""
    return match[1] or match[3], match[2] or match[4] or ""
