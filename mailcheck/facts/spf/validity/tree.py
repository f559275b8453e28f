"""All that a domain's SPF record leads to, whoever the client is (RFC 7208 §4.6.4, §5.2, §6.1).

An evaluation ends at the term that decides; a record is judged by all that some client may meet. So
every include is followed, as one client follows them that no address matches.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from mailcheck.facts.lookup import Lookup
from mailcheck.facts.spf.evaluation.expansion import expand, is_multi_label, name_of
from mailcheck.facts.spf.evaluation.result import MOST_LOOKUPS, MOST_NAMES
from mailcheck.facts.spf.record.syntax import read_record, spf_records
from mailcheck.facts.spf.record.terms import Directive
from mailcheck.facts.spf.validity.counting import in_order, met_by_strangers
from mailcheck.facts.spf.validity.hosts import Found, as_found, each_once, names_hosts, wanted_by
from mailcheck.facts.spf.validity.place import KNOWN_LETTERS, Place, Reached, SpfTreeFact
from mailcheck.facts.txt import texts
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailcheck.facts.dns import DnsAnswer
    from mailcheck.facts.spf.record.terms import SpfRecord, Term

MOST_PLACES = 50
"""Records that are read for one tree. Each but the first is a term that asks, of which ten are too
many; the others show by how much. Those that ten terms may lead to are read in any case."""

MOST_LEADING = 1000
"""Terms of one tree that lead to records, of which it is looked where they lead; but of each record
those among the first ten that ask are in any case."""

MOST_BEHIND = 5
"""Terms of the domain's own record, behind the tenth that asks, of which the hosts are looked up:
networks may be named in their place."""

MOST_EXCHANGES = 5
"""Exchanges of such a term."""


@question
class SpfTree(Question[SpfTreeFact]):
    """The SPF record of *domain*, those that it includes or redirects to, and what their terms find."""

    domain: str

    async def derive(self) -> SpfTreeFact:
        """Read the records level by level, then look up what their terms name.

        Raises:
            NotObserved: if a record was not read that some client comes to within its ten terms.
        """
        walk = _Walk(self.domain)
        await walk.read()
        root = await walk.found()
        met = () if walk.whole else tuple(reached for reached in in_order(root) if reached.asks)
        if len(met) <= MOST_LOOKUPS and any(map(_is_unread, met)):
            text = f"only {MOST_PLACES} records were read of those that SPF leads to"
            raise NotObserved(Unobserved("too-many-terms", text))
        return SpfTreeFact(root, whole=walk.whole)


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

    def place(self, found: Found) -> Place:
        """Return the place as it was seen."""
        terms = tuple(
            as_found(term, target, below.place(found) if below else None, found)
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
        self.leading = 0

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
            if len(further) > room:
                first = _first(self.root)
                further.sort(key=lambda draft: id(draft) not in first)
                room = max(room, sum(id(draft) in first for draft in further))
                self.whole = self.whole and len(further) <= room
            level = further[:room]

    def _followed(self, draft: _Draft) -> Iterator[_Draft]:
        """Write down the terms of *draft*; yield the places that they lead to, but for loops."""
        asking = 0
        for term in _terms(draft.record):
            asking += not isinstance(term, Directive) or term.asks
            spec = term.target if isinstance(term, Directive) else term.value
            target = draft.domain if spec is None else ""
            if spec is not None and spec.letters <= KNOWN_LETTERS:
                values = {"d": draft.domain, "o": self.domain}
                target = expand(spec, values).removesuffix(".")
            below = None
            leads_on = _leads_on(term) and target
            if leads_on and self.leading >= MOST_LEADING and asking > MOST_LOOKUPS:
                self.whole = False
            elif leads_on:
                self.leading += 1
                below = _Draft(target, (*draft.above, draft.name))
                if below.name and below.name not in below.above:
                    yield below
            draft.terms.append((term, target, below))

    async def found(self) -> Place:
        """Look up what the terms name that are among the first ten that ask, and return the tree.

        Behind the tenth, nobody comes to any. Which these are depends on what is found, for an
        ``exists`` may match everybody; so it is looked again until nothing is left to ask.
        """
        found: Found = {}
        while True:
            root = self.root.place(found)
            asking = (reached for reached in in_order(root) if reached.asks)
            first = list(islice(asking, MOST_LOOKUPS))
            near = {id(reached) for reached in first}
            own = (r for r in met_by_strangers(root) if names_hosts(r) and id(r) not in near)
            behind = islice(own, MOST_BEHIND)
            wanted = {
                lookup: None
                for terms, most in ((first, MOST_NAMES), (behind, MOST_EXCHANGES))
                for reached in terms
                for lookup in wanted_by(reached, found, most)
                if lookup not in found
            }
            if not wanted:
                return root
            found |= await each_once([*wanted])


def _first(root: _Draft) -> set[int]:
    """Return the ids of the places that the first ten terms that ask may lead to."""
    found: set[int] = set()
    count = 0
    ahead = [iter(root.terms)]
    while ahead and count < MOST_LOOKUPS:
        term, _, below = next(ahead[-1], (None, "", None))
        if term is None:
            ahead.pop()
            continue
        count += not isinstance(term, Directive) or term.asks
        if below:
            found.add(id(below))
            ahead.append(iter(below.terms))
    return found


def _leads_on(term: Term) -> bool:
    return not isinstance(term, Directive) or term.mechanism == "include"


def _is_unread(reached: Reached) -> bool:
    """Whether it leads to a record that there was no room to read."""
    below = reached.below
    if below is None:
        return _leads_on(reached.term) and bool(reached.target)
    return below.said is None and bool(below.name) and not below.loops


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
