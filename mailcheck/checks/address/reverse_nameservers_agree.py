"""The name servers of the address's reverse zone agree.

Requires
    All name servers of the zone that holds the reverse name give the same PTR records. Where that
    name is an alias (classless delegation, RFC 2317), they agree on the alias, and the servers of
    the zone it leads to agree on the records.

Why
    A receiver asks whichever server its resolver picks. One that lacks the PTR, or still has the
    old one, makes mail be refused now and then, by some receivers: nobody can reproduce it.

Met when
    Every address of every server, of each zone on the way, answers with authority, and all say the
    same. Order and TTL do not count.

Unmet when
    nameservers-differ: two servers of a zone say different things.
        The same client has a name for one receiver and none for another: "450 4.7.1 Client host
        rejected: cannot find your reverse hostname".
    server-refuses: a server refuses to answer for the reverse name (REFUSED).
        The zone is not loaded there. Resolvers try the next server, which takes time, until the one
        that works is down.
    not-authoritative: a server answers without authority, or refers elsewhere (lame delegation).
        Resolvers discard what it says and try the next server.
    server-without-address: a server's name does not exist, or has neither A nor AAAA.
        Resolvers have a server less than the delegation says, until the last one is down. A name in
        an expired domain can be registered by a stranger, who then names the address.

Advises when
    no-ptr-anywhere: they agree that the address has no PTR record.
        Then there is nothing to disagree on: ``IP I has PTR`` says what receivers make of that.

Not judged here
    A server that is silent or fails (SERVFAIL) is unknown; so are those beyond the sixteenth. IPv6
    addresses do not count where this machine has no IPv6 route and the server answers over IPv4.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.agreement import parts_of, views_of
from mailcheck.facts.aliases import endless
from mailcheck.facts.authority import AuthorityAnswers, told_by, told_servers
from mailcheck.facts.dns import name_server, told
from mailcheck.finding import Advice, Finding, Part, Reason, Remedy, all_hold
from mailcheck.names import Address, reverse_name, to_u_labels
from mailcheck.question import Unobserved, each_of
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class ReverseNameserversAgree:
    """The parameters of the sentence."""

    ip: Address = slot("the address whose reverse zone is compared")


async def judge(wanted: ReverseNameserversAgree) -> Finding:
    """Compare the servers of each zone on the way to the PTR records."""
    name: str = reverse_name(wanted.ip)
    aliases: list[str] = []
    parts: list[Part] = []
    while True:
        at = aliases[-1] if aliases else name
        [authority] = await each_of([AuthorityAnswers(at, "PTR")])
        if isinstance(authority, Unobserved):
            return all_hold((*parts, authority))
        views = views_of(authority.answers)
        parts += parts_of(at, authority, views)
        if not views.alias:
            break
        aliases.append(views.alias)
        if lost := endless(name, aliases):
            return all_hold((*parts, lost))
    text = f"they agree that {to_u_labels(at)} has no PTR record"
    nothing = [Advice("no-ptr-anywhere", text)] if views.only_denials and not views.differ else []
    return all_hold(parts).with_advice(*nothing)


def remedy(wanted: ReverseNameserversAgree, reason: Reason) -> Remedy:
    """What to do about a server that has another copy, or none."""
    zone = f"the reverse zone of {wanted.ip}"
    whose = "where the address block is not yours, its owner does so"
    match reason.tag:
        case "nameservers-differ":
            differing = to_u_labels(reason.about)
            text = f"Compare the SOA serials of {differing}, raise the primary's, notify the rest"
        case "server-without-address":
            server = to_u_labels(reason.about)
            text = f"Give {server} an address, or take it out of the NS records of {zone}"
        case _:
            text = f"Load {zone} on {reason.about}, or do not delegate to it"
    return Remedy(instruction=f"{text}; {whose}.")


NS1, NS2 = name_server("192.0.2.1", "ns1.example.net"), name_server("192.0.2.2", "ns2.example.net")
OWNER = "25.113.0.203.in-addr.arpa"
SERVERS = (told(f"{OWNER} NS", "NODATA"), *told_servers("113.0.203.in-addr.arpa", NS1, NS2))
PTR = f"{OWNER} PTR"
SENTENCE = "reverse nameservers of IP 203.0.113.25 agree"
ONE = told_by(NS1, PTR, "mail.example.com.")

CHECK = check(
    __doc__,
    template="reverse nameservers of IP [{ip}] agree",
    parameters=ReverseNameserversAgree,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1034 §4.2.2", "RFC 1912 §2.8", "RFC 2317 §4", "RFC 3596 §2.5"),
    over_several=True,
    examples=(
        Example(
            "two servers with the same record",
            SENTENCE,
            (*SERVERS, ONE, told_by(NS2, PTR, "mail.example.com.")),
            ends="met",
        ),
        Example(
            "a secondary that was not notified of the new record",
            SENTENCE,
            (*SERVERS, ONE, told_by(NS2, PTR, "NXDOMAIN")),
            ends="nameservers-differ",
        ),
        Example(
            "one server answers, the other is silent and may say something else",
            SENTENCE,
            (*SERVERS, ONE, told_by(NS2, PTR, "TIMEOUT")),
            ends="inconclusive: timeout",
            partly_unknown=True,
        ),
    ),
)
