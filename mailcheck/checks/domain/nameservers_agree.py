"""The domain's own name servers agree.

Requires
    All name servers of the zone that holds the domain give the same records of the type. Order and
    TTL do not count.

Why
    A sender asks whichever server its resolver picks. A server that serves an old or incomplete
    copy makes mail fail for some senders, now and then: the fault nobody can reproduce.

Met when
    Every address of every server answers with authority, and all say the same: the same records,
    the same alias, or the same denial.

Unmet when
    nameservers-differ: two servers say different things.
        Mail goes to the old place, or bounces, for the senders whose resolver asked the odd one.
    server-refuses: a server refuses to answer for the domain (REFUSED).
        The zone is not loaded there. Resolvers try the next server, which takes time, until the one
        that works is down.
    not-authoritative: a server answers without authority, or refers elsewhere (lame delegation).
        Resolvers discard what it says and try the next server.
    server-without-address: a server's name does not exist, or has neither A nor AAAA.
        Resolvers have a server less than the delegation says, until the last one is down. A name in
        an expired domain can be registered by a stranger, who then answers for the zone.

Advises when
    nothing-published: they agree that there is no such record.
        Right after a removal; for a domain that is meant to work, its name may be mistyped.
    old-nameservers: the zone is to move, and the copy on its new servers lists others besides them.
        Resolvers take the servers of a zone from the zone itself, and go back to the old ones once
        they have read that. Change the NS records in the copy before the delegation moves.

Not judged here
    A server that is silent or fails (SERVFAIL) is unknown; so are those beyond the sixteenth. IPv6
    addresses do not count where this machine has no IPv6 route and the server answers over IPv4.
    Whether what they say is right.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.agreement import parts_of, views_of
from mailcheck.facts.authority import AuthorityAnswers, told_by, told_servers
from mailcheck.facts.change.moving import old_nameservers
from mailcheck.facts.dns import name_server
from mailcheck.finding import Advice, Finding, Reason, Remedy, all_hold
from mailcheck.names import Domain, RecordType, to_u_labels
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class NameserversAgree:
    """The parameters of the sentence."""

    domain: Domain = slot("the domain whose name servers are compared")
    type: RecordType = slot("the type of the records that are compared", subjects=())


async def judge(wanted: NameserversAgree) -> Finding:
    """Compare what the servers say; name those that say nothing of their own."""
    authority = await AuthorityAnswers(wanted.domain, wanted.type)
    views = views_of(authority.answers)
    parts = parts_of(wanted.domain, authority, views)
    agreed = [_agreement(wanted)] if views.only_denials else []
    return all_hold(parts).with_advice(*agreed, *await old_nameservers(authority.zone))


def _agreement(wanted: NameserversAgree) -> Advice:
    name = to_u_labels(wanted.domain)
    return Advice("nothing-published", f"they agree that {name} has no {wanted.type}")


def remedy(wanted: NameserversAgree, reason: Reason) -> Remedy:
    """What to do about a server that has another copy, or none."""
    name = to_u_labels(wanted.domain)
    match reason.tag:
        case "nameservers-differ":
            text = f"Compare the SOA serials of {name}, raise the primary's, and notify the rest."
        case "server-without-address":
            server = to_u_labels(reason.about)
            text = f"Give {server} an address, or take it out of the NS records, the parent's too."
        case _:
            text = f"Load the zone of {name} on {reason.about}, or do not delegate to it."
    return Remedy(instruction=text)


NS1, NS2 = name_server("192.0.2.1", "ns1.example.net"), name_server("192.0.2.2", "ns2.example.net")
SERVERS = told_servers("example.com", NS1, NS2)

CHECK = check(
    __doc__,
    template="nameservers [of {domain}] agree on {type}",
    parameters=NameserversAgree,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1034 §4.2.2", "RFC 1912 §2.8", "RFC 2181 §5.4.1"),
    over_several=True,
    examples=(
        Example(
            "two servers with the same records in another order",
            "nameservers of example.com agree on MX",
            (
                *SERVERS,
                told_by(NS1, "example.com MX", "10 mx1.example.com. | 20 mx2.example.com."),
                told_by(NS2, "example.com MX", "20 mx2.example.com. | 10 mx1.example.com."),
            ),
            ends="met",
        ),
        Example(
            "a new server that was given the A record only",
            "nameservers of example.com agree on MX",
            (
                *SERVERS,
                told_by(NS1, "example.com MX", "10 mx1.example.com."),
                told_by(NS2, "example.com MX", "NODATA"),
            ),
            ends="nameservers-differ",
        ),
        Example(
            "one server answers, the other is silent and may say something else",
            "nameservers of example.com agree on MX",
            (
                *SERVERS,
                told_by(NS1, "example.com MX", "10 mx1.example.com."),
                told_by(NS2, "example.com MX", "TIMEOUT"),
            ),
            ends="inconclusive: timeout",
            partly_unknown=True,
        ),
    ),
)
