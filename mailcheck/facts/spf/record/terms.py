"""The terms of an SPF record (RFC 7208 §4.6.1): what each says, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from mailcheck.facts.spf.record.macro_string import MacroString
    from mailcheck.names import Network

Qualifier: TypeAlias = Literal["+", "-", "~", "?"]

Mechanism: TypeAlias = Literal["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"]

MECHANISMS: frozenset[Mechanism] = frozenset(
    {"all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"}
)

ASKING: frozenset[Mechanism] = frozenset({"include", "a", "mx", "ptr", "exists"})
"""Mechanisms that make receivers ask DNS, at most ten of them with ``redirect`` (§4.6.4)."""

BITS = (32, 128)
"""How long an address of each family is."""


@dataclass(frozen=True, slots=True)
class Directive:
    """A mechanism and the result it leads to if it matches (§4.6.2).

    ``text`` is the term as published, ``position`` the offset of its first character in the record.
    ``target`` is the domain it names, None where it names none and means the current one.
    ``network`` is that of ``ip4`` and ``ip6``; ``lengths`` are the prefix lengths of ``a`` and
    ``mx`` for IPv4 and IPv6. ``prefix`` is the network for comparing: its family, its prefix as
    a number, and how many bits follow it.
    """

    text: str
    position: int
    qualifier: Qualifier
    mechanism: Mechanism
    target: MacroString | None = None
    network: Network | None = None
    lengths: tuple[int, int] = BITS
    prefix: tuple[int, int, int] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        prefix = (0, 0, 0)
        if (network := self.network) is not None:
            rest = network.max_prefixlen - network.prefixlen
            prefix = (network.version, int(network.network_address) >> rest, rest)
        object.__setattr__(self, "prefix", prefix)

    @property
    def asks(self) -> bool:
        """Whether it counts among the ten terms that make receivers ask DNS."""
        return self.mechanism in ASKING


@dataclass(frozen=True, slots=True)
class Modifier:
    """``redirect``, ``exp``, or one that is ignored (§6); ``name`` is in lower case."""

    text: str
    position: int
    name: str
    value: MacroString


Term: TypeAlias = Directive | Modifier


@dataclass(frozen=True, slots=True)
class SyntaxFault:
    """A term that breaks the grammar: the term, where it stands, and what is wrong, in a clause."""

    text: str
    position: int
    what: str

    @property
    def readable(self) -> str:
        """The term as somebody wrote it: ``text`` has a character for each octet, which are UTF-8."""
        return self.text.encode("latin-1").decode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class SpfRecord:
    """A record that was read. With ``faults`` nobody evaluates it: the result is permerror (§4.6).

    ``directives`` and ``modifiers`` are the terms without fault, in their order. ``redirect`` and
    ``exp`` are those modifiers, if they are there.
    """

    text: str
    directives: tuple[Directive, ...] = ()
    modifiers: tuple[Modifier, ...] = ()
    faults: tuple[SyntaxFault, ...] = ()
    redirect: Modifier | None = field(init=False, compare=False, repr=False)
    exp: Modifier | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        by_name = {modifier.name: modifier for modifier in self.modifiers}
        object.__setattr__(self, "redirect", by_name.get("redirect"))
        object.__setattr__(self, "exp", by_name.get("exp"))

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms without fault, in the order they are published."""
        return tuple(sorted((*self.directives, *self.modifiers), key=lambda t: t.position))
