"""The address is on the allow list of dnswl.org.

Requires
    ``list.dnswl.org`` has the address, with any level of trust. Advised only: most good senders are
    on no allow list.

Why
    Filters that ask the list take points off for its addresses, and some receivers let them pass
    by other lists and by greylisting.

Met when
    The list answers, has its own test point (RFC 5782 §5), and has the address with a code that
    stands for trust.

Unmet when
    not-vouched-for: the list does not have the address.
        Nobody refuses mail for that. Filters judge the address by what else they know.

Not judged here
    How much it is trusted; the code says so. A list that refuses (127.0.0.255, for those who ask too
    much or through a public resolver) says nothing about the address: inconclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.list_verdicts import vouched_for
from mailcheck.facts.listing import Listing
from mailcheck.finding import Finding, Reason, Remedy, all_hold
from mailcheck.names import Address
from mailcheck.question import each_of
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.blocklists import Blocklist
    from mailcheck.facts.blocklists import RunBlocklistsFact

_ZONE = "list.dnswl.org"


@dataclass(frozen=True, slots=True)
class IsOnDnswl:
    """The parameters of the sentence."""

    ip: Address = slot("the address that should be listed")


def lists(wanted: IsOnDnswl, run: RunBlocklistsFact) -> tuple[Address, tuple[Blocklist, ...]]:
    """Which list is asked about the address."""
    return wanted.ip, (run.registry.find(_ZONE),)


async def judge(wanted: IsOnDnswl) -> Finding:
    """See whether the list has it, and for good."""
    [fact] = await each_of([Listing(wanted.ip, _ZONE)])
    return all_hold([vouched_for(fact)])


def remedy(wanted: IsOnDnswl, _: Reason) -> Remedy:
    """Where to ask for an entry."""
    text = (
        f"Ask for an entry of {wanted.ip} at https://www.dnswl.org/, if it has sent well for long."
    )
    return Remedy(instruction=text)


_SENTENCE = "IP 203.0.113.25 is on dnswl.org"

CHECK = check(
    __doc__,
    template="IP [{ip}] is on dnswl.org",
    parameters=IsOnDnswl,
    judge=judge,
    remedy=remedy,
    lists=lists,
    advised=("not-vouched-for",),
    sources=("RFC 5782 §2.1", "RFC 5782 §5", "dnswl.org, return codes (2026)"),
    examples=(
        Example(
            "an address of a provider, medium trust",
            _SENTENCE,
            (
                told("25.113.0.203.list.dnswl.org A", "127.0.5.2"),
                told("1.0.0.127.list.dnswl.org A", "NXDOMAIN"),
            ),
            ends="met",
        ),
        Example(
            "an address that nobody knows",
            _SENTENCE,
            (
                told("25.113.0.203.list.dnswl.org A", "NXDOMAIN"),
                told("2.0.0.127.list.dnswl.org A", "127.0.10.0"),
            ),
            ends="not-vouched-for",
        ),
        Example(
            "a list that refuses",
            _SENTENCE,
            (told("25.113.0.203.list.dnswl.org A", "127.0.0.255"),),
            ends="inconclusive: list-refuses",
        ),
    ),
)
