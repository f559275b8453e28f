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


# Resolvers that serve everybody, as their operators publish them, read 2026-11; add yours here, in
# normal form. Those of an access provider serve its customers, and are none.
# Most are on https://adguard-dns.io/kb/general/dns-providers/, which names the page of each.
# Quad9: docs.quad9.net/services; Level 3: by custom.
# Mullvad: https://github.com/mullvad/encrypted-dns-profiles; said to have ended in 2026-11.
# Not here: dns0.eu, whose addresses no page of its operator confirms any more.
PUBLIC: dict[str, tuple[str, ...]] = {
    "Google": (*KNOWN["Google"], "2001:4860:4860::8888", "2001:4860:4860::8844"),
    "Cloudflare": (
        *KNOWN["Cloudflare"],
        *("1.1.1.2", "1.0.0.2", "1.1.1.3", "1.0.0.3"),
        *("2606:4700:4700::1111", "2606:4700:4700::1112", "2606:4700:4700::1113"),
        *("2606:4700:4700::1001", "2606:4700:4700::1002", "2606:4700:4700::1003"),
    ),
    "Quad9": (
        *("9.9.9.9", "9.9.9.10", "9.9.9.11", "9.9.9.12", "149.112.112.112", "149.112.112.9"),
        *("149.112.112.10", "149.112.112.11", "149.112.112.12"),
        *("2620:fe::fe", "2620:fe::9", "2620:fe::10", "2620:fe::11", "2620:fe::12"),
        *("2620:fe::fe:9", "2620:fe::fe:10", "2620:fe::fe:11", "2620:fe::fe:12"),
    ),
    "OpenDNS": (
        *("208.67.222.222", "208.67.220.220", "208.67.222.123", "208.67.220.123"),
        *("208.67.222.2", "208.67.220.2", "2620:119:35::35", "2620:119:53::53"),
        *("2620:0:ccc::2", "2620:0:ccd::2"),
    ),
    "Level 3": ("4.2.2.1", "4.2.2.2", "4.2.2.3", "4.2.2.4"),
    "Verisign": ("64.6.64.6", "64.6.65.6", "2620:74:1b::1:1", "2620:74:1c::2:2"),
    "UltraDNS": (
        *(f"156.154.{net}.{host}" for net in (70, 71) for host in range(1, 6)),
        *(f"2610:a1:{net}::{host}" for net in (1018, 1019) for host in range(1, 6)),
    ),
    "Hurricane Electric": ("74.82.42.42", "2001:470:20::2"),
    "AdGuard": (
        *("94.140.14.14", "94.140.15.15", "94.140.14.15", "94.140.15.16", "94.140.14.140"),
        *("94.140.14.141", "2a10:50c0::ad1:ff", "2a10:50c0::ad2:ff", "2a10:50c0::bad1:ff"),
        *("2a10:50c0::bad2:ff", "2a10:50c0::1:ff", "2a10:50c0::2:ff"),
    ),
    "Yandex": (
        *("77.88.8.8", "77.88.8.1", "77.88.8.88", "77.88.8.2", "77.88.8.7", "77.88.8.3"),
        *("2a02:6b8::feed:ff", "2a02:6b8:0:1::feed:ff", "2a02:6b8::feed:bad"),
        *("2a02:6b8:0:1::feed:bad", "2a02:6b8::feed:a11", "2a02:6b8:0:1::feed:a11"),
    ),
    "AliDNS": ("223.5.5.5", "223.6.6.6", "2400:3200::1", "2400:3200:baba::1"),
    "DNSPod": ("119.29.29.29", "2402:4e00::"),
    "114DNS": (
        *("114.114.114.114", "114.114.115.115", "114.114.114.119", "114.114.115.119"),
        *("114.114.114.110", "114.114.115.110"),
    ),
    "Comodo": ("8.26.56.26", "8.20.247.20"),
    "DNS.SB": ("185.222.222.222", "45.11.45.11", "2a09::", "2a11::"),
    "CleanBrowsing": (
        *("185.228.168.9", "185.228.168.10", "185.228.168.168"),
        *("185.228.169.9", "185.228.169.11", "185.228.169.168"),
        *("2a0d:2a00:1::", "2a0d:2a00:1::1", "2a0d:2a00:1::2"),
        *("2a0d:2a00:2::", "2a0d:2a00:2::1", "2a0d:2a00:2::2"),
    ),
    "Control D": (
        *("76.76.2.0", "76.76.2.1", "76.76.2.2", "76.76.2.3", "76.76.10.0"),
        *("2606:1a40::", "2606:1a40:1::"),
    ),
    "DNS4EU": (
        *(f"86.54.11.{host}" for host in (1, 11, 12, 13, 100, 200, 201, 211, 212, 213)),
        *(f"2a13:1001::86:54:11:{host}" for host in (1, 11, 12, 13, 100, 201, 211, 212, 213)),
    ),
    "Mullvad": (
        *(f"194.242.2.{host}" for host in (2, 3, 4, 5, 6, 9)),
        *(f"2a07:e340::{host}" for host in (2, 3, 4, 5, 6, 9)),
    ),
    "CIRA Canadian Shield": (
        *(f"149.112.{net}.{host}" for net in (121, 122) for host in (10, 20, 30)),
        *(f"2620:10a:{net}::{host}" for net in ("80bb", "80bc") for host in (10, 20, 30)),
    ),
    "CZ.NIC": ("193.17.47.1", "185.43.135.1", "2001:148f:ffff::1", "2001:148f:fffe::1"),
    "Quad101": ("101.101.101.101", "101.102.103.104", "2001:de4::101", "2001:de4::102"),
    "SafeDNS": ("195.46.39.39", "195.46.39.40"),
}


def public_operator(server: str) -> str:
    """Return who runs *server*, as answers name it, if it serves everybody; else nothing."""
    return next((_OPERATORS[text] for text in _ADDRESS.findall(server) if text in _OPERATORS), "")


_OPERATORS = {address: name for name, known in PUBLIC.items() for address in known}

_ADDRESS = re.compile(
    r"[0-9a-f][0-9a-f:]*::(?![0-9a-f])"  # an IPv6 address that ends in zeros
    r"|[0-9a-f]*[.:][0-9a-f.:]*[0-9a-f]"
)


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
