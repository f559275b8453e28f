"""The address is not taken for that of a dial-up or broadband customer.

Requires
    No list of dynamic users (DUL) has the address as dynamic, as one that should send through a
    relay, or as one without a reverse name: the Policy Blocklist in ``zen.spamhaus.org``, and the
    lists like it that answer this run.

Why
    Receivers refuse mail from networks of customers before they read it, whatever it says. A new
    address of a provider is often on such a list until somebody asks for its removal.

Met when
    Every essential list answers, works, and does not have the address as one of these.

Unmet when
    listed: a list has the address as dynamic, or as one that should not send mail itself.
        Receivers that use the list refuse, in words such as "550 5.7.1 Service unavailable, Client
        host [...] blocked using Spamhaus" or "550 5.7.1 ... blocked by ... Email Reputation Service:
        DUL"; some defer: "450 4.7.1".

Advises when
    listed-otherwise: a list has the address for another reason, as for spam.
        Receivers that use the list refuse the mail all the same; ``not on`` that list judges it.
    not-asked: lists of this kind were not asked, or did not answer: each with its cause.
        Some receivers ask them; whether they have the address is not known.
    list-not-proven: a list has no test points.
        Whether it works at all cannot be told.

Not judged here
    An essential list that refuses or does not work leaves this inconclusive. Lists of spam sources:
    ``IP I is not on ZONE``. What the reverse name looks like: ``PTR of IP I looks static``.
    An address that is not public, which no list has, is not evaluated: private-address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.blocklists.blocklist import DUL
from mailcheck.check import Example, check
from mailcheck.facts.blocklists import RunBlocklists
from mailcheck.facts.dns import told
from mailcheck.facts.list_answer import kind_of
from mailcheck.facts.list_verdicts import not_listed, removal_of_sender
from mailcheck.facts.listing import NOT_PUBLIC, Listing
from mailcheck.finding import Advice, Finding, Reason, Remedy, all_hold
from mailcheck.names import Address, to_u_labels
from mailcheck.question import Unobserved, each_of
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.blocklists import Blocklist
    from mailcheck.facts.blocklists import RunBlocklistsFact
    from mailcheck.finding import Part


@dataclass(frozen=True, slots=True)
class NotOnDul:
    """The parameters of the sentence."""

    ip: Address = slot("the address that must not be listed")


def lists(wanted: NotOnDul, run: RunBlocklistsFact) -> tuple[Address, tuple[Blocklist, ...]]:
    """Which lists are asked about the address."""
    return wanted.ip, run.of_dul(kind_of(wanted.ip))


async def judge(wanted: NotOnDul) -> Finding:
    """Hold every list of this kind against the address."""
    _, asked = lists(wanted, await RunBlocklists())
    facts = await each_of(Listing(wanted.ip, one.zone) for one in asked)
    parts: list[Part] = []
    unasked: list[str] = []
    for one, fact in zip(asked, facts, strict=True):
        part = not_listed(fact, counting=DUL)
        if (
            isinstance(part, Unobserved)
            and one.dul != "essential"
            and part.cause != NOT_PUBLIC  # so it is for all of them
        ):
            unasked.append(f"{to_u_labels(one.zone)} ({part.cause})")
        else:
            parts.append(part)
    finding = all_hold(parts)
    return finding.with_advice(Advice("not-asked", ", ".join(unasked))) if unasked else finding


def remedy(wanted: NotOnDul, reason: Reason) -> Remedy:
    """Where to ask for removal, and what to do where that is refused."""
    return removal_of_sender(wanted.ip, reason.about)


CHECK = check(
    __doc__,
    template="[IP [{ip}] is] not on DUL",
    parameters=NotOnDul,
    judge=judge,
    remedy=remedy,
    lists=lists,
    sources=("RFC 5782 §2.1", "RFC 5782 §2.4", "RFC 5782 §5", "RFC 6471 §3.4"),
    over_several=True,
    examples=(
        Example(
            "an address of a hosting provider",
            "IP 203.0.113.25 is not on DUL",
            (
                told("25.113.0.203.zen.spamhaus.org A", "NXDOMAIN"),
                told("2.0.0.127.zen.spamhaus.org A", "127.0.0.2 | 127.0.0.4 | 127.0.0.10"),
            ),
            ends="met",
        ),
        Example(
            "a new address in a block of dynamic addresses; the reason cannot be had",
            "IP 203.0.113.26 is not on DUL",
            (
                told("26.113.0.203.zen.spamhaus.org A", "127.0.0.10"),
                told("26.113.0.203.zen.spamhaus.org TXT", "TIMEOUT"),
                told("2.0.0.127.zen.spamhaus.org A", "TIMEOUT"),
                told("1.0.0.127.zen.spamhaus.org A", "NXDOMAIN"),
            ),
            ends="listed",
            partly_unknown=True,
        ),
        Example(
            "an essential list that does not answer through public resolvers",
            "IP 203.0.113.25 is not on DUL",
            (told("25.113.0.203.zen.spamhaus.org A", "127.255.255.254"),),
            ends="inconclusive: list-refuses",
        ),
    ),
)
