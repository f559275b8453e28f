"""The domain is not on a blocklist of domains.

Requires
    The list does not have the domain. The list is a DNS zone such as ``dbl.spamhaus.org``;
    ``codes`` says which of its return codes count, by default all that it declares for domains
    nobody wants.

Why
    Filters look domains up that stand in sender addresses, EHLO names, reverse names and links.

Met when
    The list answers, has its own test point (RFC 5782 §5), and does not have the domain, or has it
    with codes that do not count only.

Unmet when
    listed: the list has the domain with a code that counts.
        Filters that ask the list add points for it, mostly enough to refuse: "554 5.7.1 Service
        unavailable; Sender address [...] blocked using ...".

Advises when
    listed-otherwise: the list has the domain with codes that do not count here.
        Some receivers use the whole list, and refuse the mail all the same.
    list-not-proven: the list has no test points.
        Whether it works at all cannot be told; a list that died says "not listed" as well.

Not judged here
    A list that refuses to answer, answers with what it does not declare, does not list its test
    point, or lists what no list has, says nothing about the domain: inconclusive. Addresses of the
    domain's hosts: ``IP I is not on ZONE``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.blocklists.blocklist import RETURN_CODES
from mailcheck.check import Example, check
from mailcheck.facts.blocklists import ListZone
from mailcheck.facts.dns import told
from mailcheck.facts.list_verdicts import not_listed, removal
from mailcheck.facts.listing import Listing
from mailcheck.finding import Finding, Reason, Remedy, all_hold
from mailcheck.names import Address, Domain
from mailcheck.question import each_of
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.blocklists import Blocklist
    from mailcheck.facts.blocklists import RunBlocklistsFact


@dataclass(frozen=True, slots=True)
class DomainNotOn:
    """The parameters of the sentence."""

    list: ListZone = slot("the zone of the list", subjects=())
    domain: Domain = slot("the domain that must not be listed")
    codes: tuple[Address, ...] = slot("return codes that count; all by default", default=())

    def __post_init__(self) -> None:
        if strange := [str(code) for code in self.codes if code not in RETURN_CODES]:
            raise ValueError(f"{', '.join(strange)}: return codes are addresses in 127.0.0.0/8")


def lists(wanted: DomainNotOn, run: RunBlocklistsFact) -> tuple[str, tuple[Blocklist, ...]]:
    """Which list is asked about the domain."""
    return str(wanted.domain), (run.registry.find(str(wanted.list)),)


async def judge(wanted: DomainNotOn) -> Finding:
    """Hold the list against the domain."""
    [fact] = await each_of([Listing(str(wanted.domain), str(wanted.list))])
    return all_hold([not_listed(fact, codes=set(map(str, wanted.codes)))])


def remedy(wanted: DomainNotOn, reason: Reason) -> Remedy:
    """Where to ask for removal."""
    return removal(str(wanted.domain), reason.about)


_SENTENCE = "domain example.com is not on dbl.spamhaus.org"

CHECK = check(
    __doc__,
    template="domain [{domain}] is not on {list}",
    parameters=DomainNotOn,
    judge=judge,
    remedy=remedy,
    lists=lists,
    sources=("RFC 5782 §3", "RFC 5782 §5"),
    over_several=True,
    examples=(
        Example(
            "a domain the list does not have",
            _SENTENCE,
            (
                told("example.com.dbl.spamhaus.org A", "NXDOMAIN"),
                told("dbltest.com.dbl.spamhaus.org A", "127.0.1.2"),
            ),
            ends="met",
        ),
        Example(
            "a domain for phishing; whether the list works cannot be told",
            _SENTENCE,
            (
                told("example.com.dbl.spamhaus.org A", "127.0.1.4"),
                told("example.com.dbl.spamhaus.org TXT", "TIMEOUT"),
                told("dbltest.com.dbl.spamhaus.org A", "TIMEOUT"),
                told("invalid.dbl.spamhaus.org A", "NXDOMAIN"),
            ),
            ends="listed",
            partly_unknown=True,
        ),
        Example(
            "a list that does not answer through public resolvers",
            _SENTENCE,
            (told("example.com.dbl.spamhaus.org A", "127.255.255.254"),),
            ends="inconclusive: list-refuses",
        ),
    ),
)
