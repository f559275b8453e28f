"""All that a domain's SPF record leads to, whoever the client is (RFC 7208 §4.6.4, §5.2, §6.1).

An evaluation ends at the term that decides; a record is judged by all that some client may meet. So
every include is followed, as one client follows them that no address matches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.lookup import Lookup
from mailcheck.facts.mail_hosts import NULL_EXCHANGE
from mailcheck.facts.spf.evaluation.expansion import expand, is_multi_label, name_of
from mailcheck.facts.spf.evaluation.result import MOST_NAMES
from mailcheck.facts.spf.record.syntax import read_record, spf_records
from mailcheck.facts.spf.record.terms import Directive
from mailcheck.facts.spf.validity.place import KNOWN_LETTERS, Host, Place, Reached, SpfTreeFact
from mailcheck.facts.txt import texts
from mailcheck.question import Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.spf.record.terms import SpfRecord, Term

MOST_PLACES = 50
"""Records that are read for one tree. Each but the first is a term that asks, of which ten are too
many; the others show by how much."""

MOST_TERMS = 20
"""Terms of a tree whose hosts are looked up: no evaluation comes that far."""


@question
class SpfTree(Question[SpfTreeFact]):
    """The SPF record of *domain*, those that it includes or redirects to, and what their terms find."""

    domain: str

    async def derive(self) -> SpfTreeFact:
        """Read the records level by level, then look up what their terms name."""
        walk = _Walk(self.domain)
        await walk.read()
        return SpfTreeFact(walk.root.place(await walk.found()), whole=walk.whole)


class _Draft:
    """A place on its way."""

    def __init__(self, domain: str, above: tuple[str, ...] = ()) -> None:
        self.domain = domain
        self.name = (name_of(domain) or "") if is_multi_label(domain) else ""
        self.above = above
        self.said: DnsAnswer | Unobserved | None = None
        self.records: tuple[bytes, ...] = ()
        self.record: SpfRecord | None = None
        self.terms: list[tuple[Term, str, _Draft | None]] = []

    def hear(self, said: DnsAnswer | Unobserved) -> None:
        """Take in what TXT says."""
        self.said = said
        if not isinstance(said, Unobserved):
            self.records = tuple(spf_records(texts(said).texts))
            self.record = read_record(self.records[0]) if len(self.records) == 1 else None

    def place(self, found: dict[Lookup, DnsAnswer | Unobserved]) -> Place:
        """Return the place as it was seen."""
        terms = tuple(
            _reached(term, target, below.place(found) if below else None, found)
            for term, target, below in self.terms
        )
        return Place(
            self.domain, self.name, self.above, self.said, self.records, self.record, terms
        )


class _Walk:
    """Reads a tree, each name once."""

    def __init__(self, domain: str) -> None:
        self.domain = domain
        self.root = _Draft(domain)
        self.drafts: list[_Draft] = []
        self.whole = True

    async def read(self) -> None:
        """Read the records level by level."""
        level = [self.root]
        while level:
            self.drafts += level
            names = tuple(dict.fromkeys(draft.name for draft in level if draft.name))
            answers = await each_of(Lookup(name, "TXT") for name in names)
            said = dict(zip(names, answers, strict=True))
            for draft in level:
                if draft.name:
                    draft.hear(said[draft.name])
            further = [below for draft in level for below in self._followed(draft)]
            room = MOST_PLACES - len(self.drafts)
            self.whole = self.whole and len(further) <= room
            level = further[:room]

    def _followed(self, draft: _Draft) -> Iterator[_Draft]:
        """Write down the terms of *draft*; yield the places that they lead to, but for loops."""
        for term in _terms(draft.record):
            spec = term.target if isinstance(term, Directive) else term.value
            target = draft.domain if spec is None else ""
            if spec is not None and spec.letters <= KNOWN_LETTERS:
                values = {"d": draft.domain, "o": self.domain}
                target = expand(spec, values).removesuffix(".")
            below = None
            leads_on = not isinstance(term, Directive) or term.mechanism == "include"
            if leads_on and target:
                below = _Draft(target, (*draft.above, draft.name))
                if below.name and below.name not in below.above:
                    yield below
            draft.terms.append((term, target, below))

    async def found(self) -> dict[Lookup, DnsAnswer | Unobserved]:
        """Look up what the terms name."""
        named = [
            (term.mechanism, name_of(target) or "")
            for draft in self.drafts
            for term, target, _ in draft.terms
            if isinstance(term, Directive) and term.mechanism in ("a", "mx", "exists") and target
        ][:MOST_TERMS]
        first = [Lookup(n, "MX") for m, n in named if m == "mx" and n]
        first += [Lookup(n, "A") for m, n in named if m == "exists" and n]
        found = await _each_once(first)
        hosts = [n for m, n in named if m == "a" and n]
        for lookup in first:
            hosts += _hosts(found[lookup])
        return found | await _each_once([Lookup(h, t) for h in hosts for t in ("A", "AAAA")])


async def _each_once(lookups: list[Lookup]) -> dict[Lookup, DnsAnswer | Unobserved]:
    once = tuple(dict.fromkeys(lookups))
    return dict(zip(once, await each_of(once), strict=True))


def _terms(record: SpfRecord | None) -> Iterator[Term]:
    """Yield the terms that an evaluation of *record* may come to."""
    if record is None:
        return
    for directive in record.directives:
        yield directive
        if directive.mechanism == "all":
            return
    if record.redirect:
        yield record.redirect


def _hosts(said: DnsAnswer | Unobserved | None) -> list[str]:
    """Return the exchanges whose addresses an ``mx`` asks for: none, if there are too many."""
    if said is None or isinstance(said, Unobserved) or said.rdtype != "MX":
        return []
    exchanges = said.exchanges
    if len(exchanges) > MOST_NAMES:
        return []
    return [host for _, host in exchanges if host != NULL_EXCHANGE]


def _reached(
    term: Term, target: str, below: Place | None, found: dict[Lookup, DnsAnswer | Unobserved]
) -> Reached:
    name = (name_of(target) or "") if target else ""
    mechanism = term.mechanism if isinstance(term, Directive) else ""
    first = found.get(Lookup(name, "MX" if mechanism == "mx" else "A"))
    if mechanism not in ("a", "mx", "exists") or first is None:
        return Reached(term, target, below)
    names = [name] if mechanism == "a" else _hosts(first) if mechanism == "mx" else []
    hosts = tuple(
        Host(n, found[Lookup(n, "A")], found[Lookup(n, "AAAA")])
        for n in names
        if Lookup(n, "AAAA") in found  # else it is behind those that are looked up
    )
    return Reached(term, target, below, None if mechanism == "a" else first, hosts)
