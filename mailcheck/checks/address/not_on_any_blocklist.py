"""The address is on none of the blocklists that receivers ask freely.

Requires
    No list of the default set has the address with a code for senders nobody wants: the live lists
    of addresses that answer everybody, ask no money for removal, and list what somebody did. Those
    that list whole networks for their neighbours are left out.

Why
    Receivers choose their lists themselves; whoever is on one of these is refused by somebody.

Met when
    Every one of them answers, works, and does not have the address.

Unmet when
    listed: a list has the address with a code that counts.
        Receivers that use the list refuse: "554 5.7.1 Service unavailable; Client host [...]
        blocked using ...".

Advises when
    listed-otherwise: a list has the address with codes for which nobody refuses mail.
        That is worth knowing, and no harm.
    list-not-proven: a list has no test points.
        Whether it works at all cannot be told; a list that died says "not listed" as well.

Not judged here
    A list that refuses or does not work leaves this inconclusive, and is named. Lists that need a
    key: ``IP I is not on ZONE``.
    An address that is not public, which no list has, is not evaluated: private-address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.blocklists.registry import unknown
from mailcheck.check import Example, check
from mailcheck.facts.blocklists import RunBlocklists, told_lists
from mailcheck.facts.dns import told
from mailcheck.facts.list_answer import kind_of
from mailcheck.facts.list_verdicts import on_none, removal
from mailcheck.facts.listing import Listing
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.names import Address
from mailcheck.question import each_of
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.blocklists import Blocklist
    from mailcheck.facts.blocklists import RunBlocklistsFact


@dataclass(frozen=True, slots=True)
class NotOnAnyBlocklist:
    """The parameters of the sentence."""

    ip: Address = slot("the address that must not be listed")


def lists(
    wanted: NotOnAnyBlocklist, run: RunBlocklistsFact
) -> tuple[Address, tuple[Blocklist, ...]]:
    """Which lists are asked about the address."""
    return wanted.ip, run.by_default(kind_of(wanted.ip))


async def judge(wanted: NotOnAnyBlocklist) -> Finding:
    """Hold every list of the default set against the address."""
    subject, asked = lists(wanted, await RunBlocklists())
    facts = await each_of(Listing(subject, one.zone) for one in asked)
    return on_none(asked, facts)


def remedy(wanted: NotOnAnyBlocklist, reason: Reason) -> Remedy:
    """Where to ask for removal."""
    return removal(wanted.ip, reason.about)


_LISTS = told_lists(
    unknown("dnsbl.example.net", default=True), unknown("dnsbl.example.org", default=True)
)

CHECK = check(
    __doc__,
    template="[IP [{ip}] is] not on any blocklist",
    parameters=NotOnAnyBlocklist,
    judge=judge,
    remedy=remedy,
    lists=lists,
    sources=("RFC 5782 §2.1", "RFC 5782 §5", "RFC 6471 §3.4"),
    over_several=True,
    examples=(
        Example(
            "an address that no list has",
            "IP 203.0.113.25 is not on any blocklist",
            (
                _LISTS,
                told("25.113.0.203.dnsbl.example.net A", "NXDOMAIN"),
                told("2.0.0.127.dnsbl.example.net A", "127.0.0.2"),
                told("25.113.0.203.dnsbl.example.org A", "NXDOMAIN"),
                told("2.0.0.127.dnsbl.example.org A", "127.0.0.2"),
            ),
            ends="met",
        ),
        Example(
            "an address that one list has, while the other is silent",
            "IP 203.0.113.26 is not on any blocklist",
            (
                _LISTS,
                told("26.113.0.203.dnsbl.example.net A", "127.0.0.2"),
                told("1.0.0.127.dnsbl.example.net A", "NXDOMAIN"),
                told("26.113.0.203.dnsbl.example.org A", "TIMEOUT"),
            ),
            ends="listed",
            partly_unknown=True,
        ),
        Example(
            "a list that does not answer through public resolvers",
            "IP 203.0.113.25 is not on any blocklist",
            (
                _LISTS,
                told("25.113.0.203.dnsbl.example.net A", "127.255.255.254"),
                told("25.113.0.203.dnsbl.example.org A", "NXDOMAIN"),
                told("2.0.0.127.dnsbl.example.org A", "127.0.0.2"),
            ),
            ends="inconclusive: list-refuses",
        ),
    ),
)
