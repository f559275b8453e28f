"""The SPF records that a domain's own leads to, each at its place (RFC 7208 §5.2, §6.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.facts.spf.record.terms import Directive
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.spf.record.macro_string import MacroString
    from mailcheck.facts.spf.record.terms import SpfRecord, Term

KNOWN_LETTERS = frozenset("do")
"""Macros that stand for the same whoever sends: the domain of the record, and that of the sender."""


@dataclass(frozen=True, slots=True)
class Place:
    """A record at its place in the tree; the same record may have several.

    ``domain`` is the one that is asked for, ``name`` what DNS is asked for it, empty if no such name
    can be. ``above`` are the names of the records that lead here, the first one first. ``said`` is
    what TXT says, None if it was not asked: the name cannot be, stands ``above`` as well (a loop),
    or there are too many. ``records`` are all its SPF records, ``record`` the only one. ``terms``
    are those that an evaluation may come to, in their order.
    """

    domain: str
    name: str
    above: tuple[str, ...] = ()
    said: DnsAnswer | Unobserved | None = None
    records: tuple[bytes, ...] = ()
    record: SpfRecord | None = None
    terms: tuple[Reached, ...] = ()

    @property
    def loops(self) -> bool:
        """Whether it leads back to a record above it."""
        return self.name in self.above

    @property
    def owner(self) -> str:
        """Where its record stands: at the name, or at what the name is an alias of."""
        aliases = (
            () if self.said is None or isinstance(self.said, Unobserved) else self.said.aliases
        )
        return aliases[-1] if aliases else self.name


@dataclass(frozen=True, slots=True)
class Host:
    """A host that a term names, and what is said about its addresses."""

    name: str
    a: DnsAnswer | Unobserved
    aaaa: DnsAnswer | Unobserved

    def of_family(self, version: int) -> DnsAnswer | Unobserved:
        """Return what is said about its addresses of IPv4 or IPv6."""
        return self.a if version == 4 else self.aaaa


@dataclass(frozen=True, slots=True)
class Reached:
    """A term that an evaluation may come to.

    ``target`` is the domain it asks for; empty if it asks for none, or if that depends on the
    sender. ``below`` is the record it leads to, ``found`` the answer to the MX of ``mx`` or the A of
    ``exists``, ``hosts`` those of ``a`` and ``mx``.
    """

    term: Term
    target: str = ""
    below: Place | None = None
    found: DnsAnswer | Unobserved | None = None
    hosts: tuple[Host, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether it counts among the terms that ask DNS."""
        return not isinstance(self.term, Directive) or self.term.asks

    @property
    def spec(self) -> MacroString | None:
        """The domain as the term names it."""
        return self.term.target if isinstance(self.term, Directive) else self.term.value

    @property
    def depends_on_sender(self) -> bool:
        """Whether what it asks for is not known before somebody sends."""
        return self.spec is not None and not self.spec.letters <= KNOWN_LETTERS

    @property
    def leads_nowhere(self) -> bool:
        """Whether it is an include or a redirect to where there is no record, or to one above it."""
        below = self.below
        if below is None or below.records:
            return False
        if below.said is None:
            return below.loops or not below.name
        if isinstance(below.said, Unobserved) or below.said.unread:
            return False
        return below.said.status != "refused"


@dataclass(frozen=True, slots=True)
class SpfTreeFact:
    """The tree of a domain; ``whole`` unless there are more records than are read."""

    root: Place
    whole: bool = True
