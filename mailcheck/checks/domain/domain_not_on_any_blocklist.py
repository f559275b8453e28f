"""The domain is on none of the lists of domains that receivers ask freely.

Requires
    No list of domains of the default set has the domain with a code for what nobody wants: domains
    of spammers, phishing, malware, or good domains that are abused.

Why
    Filters look domains up that stand in sender addresses, EHLO names, reverse names and links.

Met when
    Every one of them answers, works, and does not have the domain.

Unmet when
    listed: a list has the domain with a code that counts.
        Filters add points for it, mostly enough to refuse: "554 5.7.1 Service unavailable; Sender
        address [...] blocked using ...".

Advises when
    listed-otherwise: a list has the domain with codes for which nobody refuses mail.
        That is worth knowing, and no harm.
    list-not-proven: a list has no test points.
        Whether it works at all cannot be told; a list that died says "not listed" as well.

Not judged here
    A list that refuses or does not work leaves this inconclusive, and is named. Addresses of the
    domain's hosts: ``IP I is not on any blocklist``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.blocklists.registry import unknown
from mailcheck.check import Example, check
from mailcheck.facts.blocklists import RunBlocklists, told_lists
from mailcheck.facts.dns import told
from mailcheck.facts.list_verdicts import on_none, removal
from mailcheck.facts.listing import Listing
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.names import Domain
from mailcheck.question import each_of
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.blocklists import Blocklist
    from mailcheck.facts.blocklists import RunBlocklistsFact


@dataclass(frozen=True, slots=True)
class DomainNotOnAnyBlocklist:
    """The parameters of the sentence."""

    domain: Domain = slot("the domain that must not be listed")


def lists(
    wanted: DomainNotOnAnyBlocklist, run: RunBlocklistsFact
) -> tuple[str, tuple[Blocklist, ...]]:
    """Which lists are asked about the domain."""
    return str(wanted.domain), run.by_default("domain")


async def judge(wanted: DomainNotOnAnyBlocklist) -> Finding:
    """Hold every list of the default set against the domain."""
    subject, asked = lists(wanted, await RunBlocklists())
    facts = await each_of(Listing(subject, one.zone) for one in asked)
    return on_none(asked, facts)


def remedy(wanted: DomainNotOnAnyBlocklist, reason: Reason) -> Remedy:
    """Where to ask for removal."""
    return removal(str(wanted.domain), reason.about)


_LISTS = told_lists(
    unknown("dbl.example.net", default=True), unknown("dbl.example.org", default=True)
)

CHECK = check(
    __doc__,
    template="domain [{domain}] is not on any blocklist",
    parameters=DomainNotOnAnyBlocklist,
    judge=judge,
    remedy=remedy,
    lists=lists,
    sources=("RFC 5782 §3", "RFC 5782 §5"),
    over_several=True,
    examples=(
        Example(
            "a domain that no list has",
            "domain example.com is not on any blocklist",
            (
                _LISTS,
                told("example.com.dbl.example.net A", "NXDOMAIN"),
                told("test.dbl.example.net A", "127.0.0.2"),
                told("example.com.dbl.example.org A", "NXDOMAIN"),
                told("test.dbl.example.org A", "127.0.0.2"),
            ),
            ends="met",
        ),
        Example(
            "a domain that one list has, while the other is silent",
            "domain example.com is not on any blocklist",
            (
                _LISTS,
                told("example.com.dbl.example.net A", "127.0.0.2"),
                told("invalid.dbl.example.net A", "NXDOMAIN"),
                told("example.com.dbl.example.org A", "TIMEOUT"),
            ),
            ends="listed",
            partly_unknown=True,
        ),
        Example(
            "a list that does not answer through public resolvers",
            "domain example.com is not on any blocklist",
            (
                _LISTS,
                told("example.com.dbl.example.net A", "127.255.255.254"),
                told("example.com.dbl.example.org A", "NXDOMAIN"),
                told("test.dbl.example.org A", "127.0.0.2"),
            ),
            ends="inconclusive: list-refuses",
        ),
    ),
)
