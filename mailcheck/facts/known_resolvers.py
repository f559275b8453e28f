"""Public resolvers that a suite may call by name."""

from __future__ import annotations

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
