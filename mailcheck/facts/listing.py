"""Whether a list has an address or a domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from dns.rdtypes.ANY.TXT import TXT

from mailcheck.evidence import visible
from mailcheck.facts.blocklists import ListLookup, RunBlocklists
from mailcheck.facts.list_answer import (
    SAYS_NOTHING,
    entries,
    kind_of,
    listing_name,
    unanswered,
)
from mailcheck.facts.list_health import ListHealthFact, ListIsAlive, ListIsSelective
from mailcheck.facts.run import RunResolvers
from mailcheck.names import Address, to_u_labels
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from mailcheck.blocklists import Blocklist
    from mailcheck.facts.blocklists import RunBlocklistsFact
    from mailcheck.facts.dns import DnsAnswer, NameServer
    from mailcheck.facts.list_answer import Entry

Several: TypeAlias = tuple[Question[Any], ...]


@question
class Listing(Question["ListingFact"]):
    """What the list *zone* has for *subject*, an address or a domain in normal form.

    Unobserved with a cause of its own if the list says nothing about the subject: it is defunct,
    takes no such subject or needs a key; it refuses, has not what every list has, or has
    everything.
    """

    subject: Address | str
    zone: str

    async def derive(self) -> ListingFact:
        """Ask for the subject and for what shows that the list works."""
        run = await RunBlocklists()
        one = run.registry.find(self.zone)
        if useless := _useless(run, one, self.zone, self.subject):
            raise NotObserved(useless)
        kind = kind_of(self.subject)
        name = listing_name(self.subject, run.zone_asked(one))
        for server in run.askers:
            first: Several = (
                ListLookup(name, "A", server),
                ListIsAlive(one.zone, kind, server),
            )
            answer, alive = await each_of(first)
            if not isinstance(answer, Unobserved):
                break
        found: tuple[Entry, ...] = ()
        if isinstance(answer, Unobserved):
            if _says_nothing_more(alive, one):
                raise NotObserved(answer)
            # What stands in the way of the test point does so for every subject.
            alive = alive if isinstance(alive, Unobserved) else answer
        else:
            found = entries(one, answer)
        if not found:
            if isinstance(alive, Unobserved):
                raise NotObserved(unanswered(one, alive, await _resolvers(run, server)))
            return ListingFact(self.subject, one, name, is_proven=alive.is_proven)
        then: Several = (
            ListIsSelective(one.zone, kind, server),
            ListLookup(name, "TXT", server),
        )
        selective, text = await each_of(then)
        if isinstance(selective, Unobserved) and selective.cause in SAYS_NOTHING:
            raise NotObserved(selective)
        return ListingFact(self.subject, one, name, found, _reason(text))


@dataclass(frozen=True, slots=True)
class ListingFact:
    """What a list has for a subject; no entries if it is not listed.

    ``name`` is what was asked, ``reason`` the text the list gives for the entry, as sent. Where a
    list has no test points, nothing proves that it works.
    """

    subject: Address | str
    list: Blocklist
    name: str
    entries: tuple[Entry, ...] = ()
    reason: str = ""
    is_proven: bool = True


def _useless(
    run: RunBlocklistsFact, one: Blocklist, zone: str, subject: Address | str
) -> Unobserved | None:
    """Say why the list cannot tell about the subject, if it cannot."""
    shown, asked = to_u_labels(zone), visible(to_u_labels(str(subject)))
    if one.defunct:
        text = f"{shown} does not exist any more: {one.defunct}"
        return Unobserved("list-defunct", text, shared=one.zone)
    if (kind := kind_of(subject)) not in one.takes:
        what = "domains" if one.takes == {"domain"} else "addresses of that family, or domains"
        listed = what if kind != "domain" else "addresses"
        return Unobserved("wrong-list", f"{shown} lists {listed}; {asked} is none of them")
    if not run.is_usable(one):
        text = f"{shown} answers nobody without a key: name one with mail_blocklist_keys"
        return Unobserved("key-missing", text, not_evaluated=True)
    return None


def _says_nothing_more(alive: ListHealthFact | Unobserved, one: Blocklist) -> bool:
    """Whether the test point tells no more of a silence: it was heard, or the run is to blame."""
    if isinstance(alive, Unobserved):
        return alive.not_evaluated or alive.shared not in ("", one.zone)
    return alive.is_proven


async def _resolvers(run: RunBlocklistsFact, server: NameServer | None) -> tuple[NameServer, ...]:
    """Return who looked for a list: *server*, or the run's own; nobody where no resolver does."""
    if server is not None:
        return (server,)
    [own] = await each_of([RunResolvers()])
    return () if run.authoritative or isinstance(own, Unobserved) else own.resolvers


def _reason(answer: DnsAnswer | Unobserved) -> str:
    """Return the texts of an entry, the strings of each joined (RFC 5782 §2.1)."""
    if isinstance(answer, Unobserved):
        return ""
    return " | ".join(
        b"".join(record.strings).decode("utf-8", "replace") for record in answer.of(TXT)
    )
