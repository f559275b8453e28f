"""Whether a list has an address or a domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from dns.rdtypes.ANY.TXT import TXT

from mailcheck.blocklists.blocklist import RFC_5782
from mailcheck.blocklists.fields import ADDRESSES
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
from mailcheck.facts.scope import AddressScope, scope_of
from mailcheck.names import Address, to_u_labels
from mailcheck.question import NotObserved, Question, Unobserved, each_of, question

if TYPE_CHECKING:
    from mailcheck.blocklists import Blocklist
    from mailcheck.blocklists.blocklist import Kind
    from mailcheck.facts.blocklists import RunBlocklistsFact
    from mailcheck.facts.dns import DnsAnswer, NameServer
    from mailcheck.facts.list_answer import Entry
    from mailcheck.facts.scope import AddressScopeFact

Several: TypeAlias = tuple[Question[Any], ...]

NOT_PUBLIC = "private-address"

_ONE: dict[Kind, str] = {"ip4": "an IPv4 address", "ip6": "an IPv6 address", "domain": "a domain"}
_MANY: dict[Kind, str] = {"ip4": "IPv4 addresses", "ip6": "IPv6 addresses", "domain": "domains"}


@question
class Listing(Question["ListingFact"]):
    """What the list *zone* has for *subject*, an address or a domain in normal form.

    *own* is how whoever asks describes the list, where the run does not know it.

    Unobserved with a cause of its own if the list says nothing about the subject: it is defunct,
    takes no such subject or needs a key; it refuses, has not what every list has, or has
    everything. So is an address that is not public, which no list has whatever it sends.
    """

    subject: Address | str
    zone: str
    own: Blocklist | None = None

    async def derive(self) -> ListingFact:
        """Ask for the subject and for what shows that the list works."""
        run = await RunBlocklists()
        one = self.own or run.registry.find(self.zone)
        if useless := await _useless(run, one, self.zone, self.subject):
            raise NotObserved(useless)
        kind = kind_of(self.subject)
        name = listing_name(self.subject, run.zone_asked(one))
        for server in run.askers:
            first: Several = (
                ListLookup(name, "A", server),
                ListIsAlive(one.zone, kind, server, self.own),
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
            ListIsSelective(one.zone, kind, server, self.own),
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


async def _useless(
    run: RunBlocklistsFact, one: Blocklist, zone: str, subject: Address | str
) -> Unobserved | None:
    """Say why the list cannot tell about the subject, if it cannot."""
    shown, asked = to_u_labels(zone), visible(to_u_labels(str(subject)))
    if one.defunct:
        text = f"{shown} does not exist any more: {one.defunct}"
        return Unobserved("list-defunct", text, shared=f"list-defunct {zone}")
    if (kind := kind_of(subject)) not in one.takes:
        return _not_taken(one, f"{shown} takes {_taken(one)} only, and {asked}", kind)
    if not (isinstance(subject, str) or scope_of(subject).public or _is_test_point(one, subject)):
        scope = await AddressScope(subject)  # the run may allow what IANA sets aside
        if not scope.public:
            return _not_public(scope)
    if not run.is_usable(one):
        text = f"{shown} answers nobody without a key: name one with mail_blocklist_keys"
        return Unobserved("key-missing", text, not_evaluated=True)
    return None


def _not_taken(one: Blocklist, text: str, kind: Kind) -> Unobserved:
    """Say that *one* takes no subjects of *kind*, in a sentence that begins with *text*.

    An address of the other family is what an inventory of both brings along: nothing is wrong with
    the suite. A list of domains that is asked about addresses is a mistake, the same for all of them.
    """
    if kind != "domain" and one.takes & ADDRESSES:
        return Unobserved("wrong-family", f"{text} is {_ONE[kind]}", not_evaluated=True)
    what = "a domain" if kind == "domain" else "an address"
    return Unobserved("wrong-list", f"{text} is {what}", shared=f"wrong-list {one.zone}")


def _taken(one: Blocklist) -> str:
    """Say what *one* takes."""
    if one.takes == ADDRESSES:
        return "addresses"
    return " and ".join(many for kind, many in _MANY.items() if kind in one.takes)


def _is_test_point(one: Blocklist, address: Address) -> bool:
    """Whether *address* is asked for to try the list: what it has, or what all have.

    What no list has is no such point: 127.0.0.1 stands in inventories by mistake, and is on none.
    """
    listed = {RFC_5782.listed, one.tests.listed} if one.tests else {RFC_5782.listed}
    mapped = address.ipv4_mapped if address.version == 6 else None
    return not listed.isdisjoint((str(address), str(mapped)))


def _not_public(scope: AddressScopeFact) -> Unobserved:
    """Say that no list can have an address: nobody on the Internet gets mail from it."""
    text = (
        f"{scope.address} is not public ({scope.special}), so no list can have it: "
        "--mail-private-networks has it asked for"
    )
    return Unobserved(NOT_PUBLIC, text, not_evaluated=True)


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
