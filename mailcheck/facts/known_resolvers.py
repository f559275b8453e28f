"""Public resolvers that a suite may call by name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import ClassVar, Self

from mailcheck.facts.dns import NameServer
from mailcheck.names import parse_address

# Operators' published addresses, read 2026-11; add yours here.
# KT: help.kt.com; SKT (SK Broadband): skbroadband.com; LG U+: lguplus.com;
# Google: developers.google.com/speed/public-dns; Cloudflare: developers.cloudflare.com/1.1.1.1
KNOWN: dict[str, tuple[str, ...]] = {
    "KT": ("168.126.63.1", "168.126.63.2"),
    "SKT": ("219.250.36.130", "210.220.163.82"),
    "LG U+": ("164.124.101.2", "203.248.252.2"),
    "Google": ("8.8.8.8", "8.8.4.4"),
    "Cloudflare": ("1.1.1.1", "1.0.0.1"),
}


# Resolvers that serve everybody, as their operators publish them, read 2026-11; add yours here.
# Quad9: quad9.net/service/service-addresses-and-features; OpenDNS: use.opendns.com;
# Level 3 and Verisign: by custom; AdGuard: adguard-dns.io; Yandex: dns.yandex.com;
# AliDNS: alidns.com. DNSPod: docs.dnspod.com. Comodo: comodo.com/secure-dns. DNS.SB: dns.sb.
# CleanBrowsing: cleanbrowsing.org. Control D: controld.com.
PUBLIC: dict[str, tuple[str, ...]] = {
    "Google": (*KNOWN["Google"], "2001:4860:4860::8888", "2001:4860:4860::8844"),
    "Cloudflare": (
        *KNOWN["Cloudflare"],
        *("1.1.1.2", "1.0.0.2", "1.1.1.3", "1.0.0.3"),
        *("2606:4700:4700::1111", "2606:4700:4700::1001"),
    ),
    "Quad9": ("9.9.9.9", "149.112.112.112", "9.9.9.10", "9.9.9.11", "2620:fe::fe", "2620:fe::9"),
    "OpenDNS": ("208.67.222.222", "208.67.220.220", "2620:119:35::35", "2620:119:53::53"),
    "Level 3": ("4.2.2.1", "4.2.2.2", "4.2.2.3", "4.2.2.4"),
    "Verisign": ("64.6.64.6", "64.6.65.6"),
    "AdGuard": ("94.140.14.14", "94.140.15.15", "94.140.14.140"),
    "Yandex": ("77.88.8.8", "77.88.8.1"),
    "AliDNS": ("223.5.5.5", "223.6.6.6"),
    "DNSPod": ("119.29.29.29",),
    "Comodo": ("8.26.56.26", "8.20.247.20"),
    "DNS.SB": ("185.222.222.222", "45.11.45.11"),
    "CleanBrowsing": ("185.228.168.9", "185.228.169.9"),
    "Control D": ("76.76.2.0", "76.76.10.0"),
}


def public_operator(server: str) -> str:
    """Return who runs *server*, as answers name it, if it serves everybody; else nothing."""
    addresses = set(_ADDRESS.findall(server))
    return next((name for name, known in PUBLIC.items() if addresses.intersection(known)), "")


_ADDRESS = re.compile(r"[0-9a-f]*[.:][0-9a-f.:]*[0-9a-f]")


class ResolverName(str):
    """A known operator of resolvers, or the address of one."""

    __slots__ = ()
    expected: ClassVar[str] = f"the address of a resolver, or one of {', '.join(KNOWN)}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the name of an operator (case and spaces do not matter) or an address.

        Raises:
            ValueError: if it is neither.
        """
        for name in KNOWN:
            if _folded(text) == _folded(name):
                return cls(name)
        try:
            return cls(parse_address(text))
        except ValueError:
            raise ValueError(f"{text!r} is not {cls.expected}") from None

    @property
    def servers(self) -> tuple[NameServer, ...]:
        """The servers it stands for; those of an operator carry its name."""
        if self in KNOWN:
            return tuple(NameServer(parse_address(text), str(self)) for text in KNOWN[self])
        return (named(NameServer(parse_address(self))),)


def named(server: NameServer) -> NameServer:
    """Return *server* with the name of its operator, if it is a known one without a name."""
    for name, addresses in KNOWN.items():
        if not server.name and str(server.address) in addresses:
            return replace(server, name=name)
    return server


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()
