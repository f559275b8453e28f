"""What the terms of a record name, looked up: exchanges, and the addresses of hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from mailcheck.facts.lookup import Lookup
from mailcheck.facts.mail_hosts import NULL_EXCHANGE
from mailcheck.facts.spf.evaluation.expansion import name_of
from mailcheck.facts.spf.evaluation.result import MOST_NAMES
from mailcheck.facts.spf.record.terms import Directive
from mailcheck.facts.spf.validity.place import Host, Place, Reached
from mailcheck.question import Unobserved, each_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.spf.record.terms import Term

Found: TypeAlias = "dict[Lookup, DnsAnswer | Unobserved]"
"""What was looked up so far."""


def names_hosts(reached: Reached) -> bool:
    """Whether it is an ``a`` or an ``mx``."""
    return isinstance(reached.term, Directive) and reached.term.mechanism in ("a", "mx")


def wanted_by(reached: Reached, found: Found, most: int) -> Iterator[Lookup]:
    """Yield what is to be looked up for a term; for ``mx``, first its exchanges, unless too many."""
    mechanism = reached.term.mechanism if isinstance(reached.term, Directive) else ""
    if not reached.target or mechanism not in ("a", "mx", "exists"):
        return
    name = name_of(reached.target)
    if name is None:
        return
    hosts = [name]
    if mechanism == "mx":
        yield (exchanges := Lookup(name, "MX"))
        hosts = _hosts(found.get(exchanges))
    if len(hosts) <= most:
        yield from (
            Lookup(h, t) for h in hosts for t in ("A", "AAAA")[: 1 + (mechanism != "exists")]
        )


async def each_once(lookups: list[Lookup]) -> Found:
    """Look up each of *lookups*."""
    once = tuple(dict.fromkeys(lookups))
    return dict(zip(once, await each_of(once), strict=True))


def _hosts(said: DnsAnswer | Unobserved | None) -> list[str]:
    """Return the exchanges whose addresses an ``mx`` asks for: none, if there are too many."""
    if said is None or isinstance(said, Unobserved) or said.rdtype != "MX":
        return []
    exchanges = said.exchanges
    if len(exchanges) > MOST_NAMES:
        return []
    return [host for _, host in exchanges if host != NULL_EXCHANGE]


def as_found(term: Term, target: str, below: Place | None, found: Found) -> Reached:
    """Return a term with what it found; without its hosts, if not all of them were looked up."""
    mechanism = term.mechanism if isinstance(term, Directive) else ""
    if mechanism not in ("a", "mx", "exists"):
        return Reached(term, target, below)
    name = (name_of(target) or "") if target else ""
    first = found.get(Lookup(name, "MX" if mechanism == "mx" else "A"))
    if first is None:
        return Reached(term, target, below)
    names = [name] if mechanism == "a" else _hosts(first) if mechanism == "mx" else []
    every = all(Lookup(n, "AAAA") in found for n in names)  # else it is behind what is looked up
    hosts = tuple(Host(n, found[Lookup(n, "A")], found[Lookup(n, "AAAA")]) for n in names if every)
    return Reached(term, target, below, None if mechanism == "a" else first, hosts)
