"""The SPF records that a domain's own leads to, each at its place (RFC 7208 §5.2, §6.1)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from mailcheck.facts.spf.record.terms import Directive
from mailcheck.question import Unobserved

if TYPE_CHECKING:
    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.spf.record.macro_string import MacroString
    from mailcheck.facts.spf.record.terms import SpfRecord, Term

KNOWN_LETTERS = frozenset("do")
"""Macros that stand for the same whoever sends: the domain of the record, and that of the sender."""


@dataclass(frozen=True)
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
    def unknown(self) -> bool:
        """Whether there may be a record, which is not known."""
        if isinstance(self.said, Unobserved):
            return True
        return self.said is not None and not self.records and bool(self.said.unread)

    @cached_property
    def is_open(self) -> bool:
        """Whether everybody passes; a term that says otherwise lets some come behind an include of it."""
        for reached in self.terms:
            if reached.lets_pass:
                if reached.decides:
                    return True
            elif reached.may_match:
                return False
        return False

    @cached_property
    def may_be_open(self) -> bool:
        """Whether everybody may pass, as far as is known."""
        if self.unknown:
            return True
        for reached in self.terms:
            if reached.lets_pass:
                if reached.may_decide:
                    return True
            elif reached.matches_somebody:
                return False
        return False

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


@dataclass(frozen=True)
class Reached:
    """A term that an evaluation may come to.

    ``target`` is the domain it asks for; empty if it asks for none, or if that depends on the
    sender. ``below`` is the record it leads to, ``found`` the answer to the MX of ``mx`` or the A of
    ``exists``, ``hosts`` those of ``a`` and ``mx``, if all of them were looked up.
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
    def lets_pass(self) -> bool:
        """Whether whom it matches passes, or whom the record lets pass that is in place of this one."""
        return not isinstance(self.term, Directive) or self.term.qualifier == "+"

    @property
    def matches_everybody(self) -> bool:
        """Whether it is ``all``, or an ``exists`` that finds something for everybody."""
        if not isinstance(self.term, Directive) or self.term.mechanism not in ("all", "exists"):
            return False
        found = self.found
        there = not isinstance(found, Unobserved | None) and found.status == "data"
        return there or self.term.mechanism == "all"

    @cached_property
    def decides(self) -> bool:
        """Whether nobody comes to what is behind it."""
        return self.matches_everybody or (self.below is not None and self.below.is_open)

    @property
    def silent(self) -> Unobserved | None:
        """Why it is not known whether an ``exists`` matches everybody, or nobody; if it is not."""
        exists = isinstance(self.term, Directive) and self.term.mechanism == "exists"
        return self.found if exists and isinstance(self.found, Unobserved) else None

    @cached_property
    def may_decide(self) -> bool:
        """Whether it may be, as far as is known, that nobody comes to what is behind it."""
        within = self.below is not None and self.below.may_be_open
        return self.decides or within or self.silent is not None

    @cached_property
    def may_match(self) -> bool:
        """Whether there is any client, as far as is known, that it matches."""
        below = self.below
        if below is not None and (below.unknown or below.terms):
            return below.unknown or any(one.may_match for one in below.terms if one.lets_pass)
        answers = [answer for host in self.hosts for answer in (host.a, host.aaaa)]
        return not answers or any(isinstance(a, Unobserved) or a.status == "data" for a in answers)

    @cached_property
    def matches_somebody(self) -> bool:
        """Whether it may match somebody even if what is not known of others' records lets nobody pass."""
        if self.silent:
            return False
        below = self.below
        if below is not None and (below.unknown or below.terms):
            return any(one.matches_somebody for one in below.terms if one.lets_pass)
        return self.may_match

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
