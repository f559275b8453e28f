"""The address is not on a blocklist.

Requires
    The list does not have the address. The list is a DNS zone such as ``zen.spamhaus.org``;
    ``codes`` says which of its return codes count, by default all that it declares for senders
    nobody wants.

Why
    Receivers refuse mail from listed addresses before they read it.

Met when
    The list answers, has its own test point (RFC 5782 §5), and does not have the address, or has it
    with codes that do not count only.

Unmet when
    listed: the list has the address with a code that counts.
        Receivers that use the list refuse: "554 5.7.1 Service unavailable; Client host [...]
        blocked using ...".

Advises when
    listed-otherwise: the list has the address with codes that do not count here.
        Some receivers use the whole list, and refuse the mail all the same.
    list-not-proven: the list has no test points.
        Whether it works at all cannot be told; a list that died says "not listed" as well.

Not judged here
    A list that refuses to answer (127.255.255.0/24, 127.0.0.1), answers outside 127.0.0.0/8 or with
    a code that it does not declare, does not list its test point, or lists what no list has, says
    nothing about the address: inconclusive. So does one that was shut down.
    An address that is not public, which no list has, is not evaluated, nor is one of a family that the
    list does not take. 127.0.0.2, the test point of every list, is asked for.
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
from mailcheck.names import Address
from mailcheck.question import each_of
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.blocklists import Blocklist
    from mailcheck.facts.blocklists import RunBlocklistsFact


@dataclass(frozen=True, slots=True)
class NotOn:
    """The parameters of the sentence."""

    list: ListZone = slot("the zone of the list", subjects=())
    ip: Address = slot("the address that must not be listed")
    codes: tuple[Address, ...] = slot("return codes that count; all by default", default=())

    def __post_init__(self) -> None:
        if strange := [str(code) for code in self.codes if code not in RETURN_CODES]:
            raise ValueError(f"{', '.join(strange)}: return codes are addresses in 127.0.0.0/8")


async def judge(wanted: NotOn) -> Finding:
    """Hold the list against the address."""
    [fact] = await each_of([Listing(wanted.ip, str(wanted.list))])
    return all_hold([not_listed(fact, codes=set(map(str, wanted.codes)))])


def lists(wanted: NotOn, run: RunBlocklistsFact) -> tuple[Address, tuple[Blocklist, ...]]:
    """Which list is asked about the address."""
    return wanted.ip, (run.registry.find(str(wanted.list)),)


def remedy(wanted: NotOn, reason: Reason) -> Remedy:
    """Where to ask for removal."""
    return removal(wanted.ip, reason.about)


CHECK = check(
    __doc__,
    template="[IP [{ip}] is] not on {list}",
    parameters=NotOn,
    judge=judge,
    remedy=remedy,
    lists=lists,
    sources=("RFC 5782 §2.1", "RFC 5782 §2.4", "RFC 5782 §5", "RFC 6471 §3.4"),
    over_several=True,
    examples=(
        Example(
            "an address the list does not have",
            "IP 203.0.113.25 is not on dnsbl.example.net",
            (
                told("25.113.0.203.dnsbl.example.net A", "NXDOMAIN"),
                told("2.0.0.127.dnsbl.example.net A", "127.0.0.2"),
            ),
            ends="met",
        ),
        Example(
            "an address that sent spam; the reason cannot be had",
            "IP 203.0.113.26 is not on zen.spamhaus.org",
            (
                told("26.113.0.203.zen.spamhaus.org A", "127.0.0.2"),
                told("26.113.0.203.zen.spamhaus.org TXT", "TIMEOUT"),
                told("2.0.0.127.zen.spamhaus.org A", "TIMEOUT"),
                told("1.0.0.127.zen.spamhaus.org A", "NXDOMAIN"),
            ),
            ends="listed",
            partly_unknown=True,
        ),
        Example(
            "a list that does not answer through public resolvers",
            "IP 203.0.113.25 is not on zen.spamhaus.org",
            (told("25.113.0.203.zen.spamhaus.org A", "127.255.255.254"),),
            ends="inconclusive: list-refuses",
        ),
    ),
)
