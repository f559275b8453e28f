"""Whether a list works: what it has at its test points (RFC 5782 §5), asked once for a run."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.facts.blocklists import ListLookup, RunBlocklists
from mailcheck.facts.list_answer import entries, listing_name, lists_everything, not_alive
from mailcheck.question import NotObserved, Question, question

if TYPE_CHECKING:
    from mailcheck.blocklists import Blocklist
    from mailcheck.blocklists.blocklist import Kind
    from mailcheck.evidence import Evidence
    from mailcheck.facts.dns import NameServer
    from mailcheck.names import Address


@question
class ListIsAlive(Question["ListHealthFact"]):
    """That the list *zone* has the entry that it always has, for subjects of *kind*.

    With *server*, that one says so; *own* is as in a Listing. Unobserved, cause ``list-not-alive``, if it has not.
    """

    zone: str
    kind: Kind
    server: NameServer | None = None
    own: Blocklist | None = None

    async def derive(self) -> ListHealthFact:
        """Ask for it, where there is such an entry."""
        run = await RunBlocklists()
        one = self.own or run.registry.find(self.zone)
        if one.tests is None:
            return ListHealthFact(is_proven=False)
        name = listing_name(_point(one.tests.listed, self.kind, "test"), run.zone_asked(one))
        answer = await ListLookup(name, "A", self.server)
        if not entries(one, answer):
            raise NotObserved(not_alive(one, name, answer))
        return ListHealthFact(is_proven=True)


@question
class ListIsSelective(Question["ListHealthFact"]):
    """That the list *zone* does not have the entry that it never has.

    Unobserved if it has: cause ``list-lists-everything``, or that of the refusal it gives.
    """

    zone: str
    kind: Kind
    server: NameServer | None = None
    own: Blocklist | None = None

    async def derive(self) -> ListHealthFact:
        """Ask for it, where there is such an entry."""
        run = await RunBlocklists()
        one = self.own or run.registry.find(self.zone)
        if one.tests is None or not one.tests.unlisted:
            return ListHealthFact(is_proven=False)
        name = listing_name(_point(one.tests.unlisted, self.kind, "invalid"), run.zone_asked(one))
        answer = await ListLookup(name, "A", self.server)
        if entries(one, answer):
            raise NotObserved(lists_everything(one, name, answer))
        return ListHealthFact(is_proven=True)


@dataclass(frozen=True, slots=True)
class ListHealthFact:
    """Nothing speaks against the list; whether that is proven, or it has no such test point."""

    is_proven: bool

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Nothing of its own: the answer is."""
        return ()


def _point(written: str, kind: Kind, name: str) -> Address | str:
    """Return a test point as it is asked for.

    An IPv6 list has an IPv4 address, mapped; among domains, *name* has the place of an address
    (RFC 5782 §5).
    """
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return written
    if kind == "domain":
        return name
    if kind == "ip6" and address.version == 4:
        return ipaddress.ip_address(f"::ffff:{address}")
    return address
