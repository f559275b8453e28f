"""What each server of a zone says today: a primary may be ahead of those that copy it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dns.rdtypes.ANY.SOA import SOA

from mailcheck.facts.change.proposed import PublishedByEach, PublishedByEachFact
from mailcheck.facts.change.serial import compared
from mailcheck.facts.dns import DnsAnswer, ServerQuery
from mailcheck.facts.iteration import MAX_SERVERS, Iteration
from mailcheck.facts.root import start
from mailcheck.question import Question, each_of, question

if TYPE_CHECKING:
    from mailcheck.facts.dns import NameServer


@question
class SaidByEach(Question["PublishedByEachFact"]):
    """What each server of *zone* says of its *rdtype*; no resolver is asked for a name of it."""

    zone: str
    rdtype: str

    async def derive(self) -> PublishedByEachFact:
        """Find the servers from the zone above, and ask each."""
        iteration = Iteration(await start())
        held = await iteration.zone_of(self.zone)
        servers: list[NameServer] = []
        for host in held.hosts[:MAX_SERVERS]:
            known = tuple(server for server in held.glue if server.name == host)
            known = known or await iteration.look_up(host, "A")
            servers += known or await iteration.look_up(host, "AAAA")
        said = await each_of([ServerQuery(self.zone, self.rdtype, server) for server in servers])
        answers = (one for one in said if isinstance(one, DnsAnswer) and one.authoritative)
        return PublishedByEachFact(tuple(one for one in answers if one.status == "data"))


async def newest_soa(zone: str, live: DnsAnswer) -> DnsAnswer:
    """Return the SOA with the newest serial (RFC 1982) of *live* and what each server says."""
    [each] = await each_of([PublishedByEach(zone, "SOA")])
    answers = each.answers if isinstance(each, PublishedByEachFact) else ()
    newest = live
    for answer in answers:
        if compared(answer.of(SOA)[0].serial, newest.of(SOA)[0].serial) == "newer":
            newest = answer
    return newest
