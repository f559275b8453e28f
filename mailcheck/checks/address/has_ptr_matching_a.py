"""The address has a reverse name that leads back to it.

Requires
    A PTR name of the address has the address among its own: A for IPv4, AAAA for IPv6
    (forward-confirmed reverse DNS).

Why
    Anyone can name an address anything; only the owner of the name can confirm it.

Met when
    The A (or AAAA) records of one PTR name contain the address, whatever other names say.

Unmet when
    no-ptr: the reverse name does not exist or has no PTR record.
        Receivers refuse or defer: "550 5.7.25 ... does not have a PTR record", "450 4.7.1 Client
        host rejected: cannot find your reverse hostname", "421 ... Reverse DNS for ... failed".
    ptr-not-confirmed: the PTR name does not have the address.
        Receivers take the client for unknown: "450 4.7.25 Client host rejected: cannot find your
        hostname", "550 5.7.25 ... forward DNS entry does not point to the sending IP". Exim with
        ``verify = reverse_host_lookup`` refuses with 550.
    refused-by-authority: all name servers of the reverse zone, or of a PTR name, refuse to answer.
        Resolvers say SERVFAIL; receivers defer the mail, and it bounces after days.

Advises when
    several-ptr: the address has more than one PTR name.
        Some receivers (Postfix, not Exim) look at one name only; if it leads elsewhere, they refuse
        the mail.

Not judged here
    Whether the name is the one said in EHLO: ``EHLO name E matches PTR of IP I``. More than 10 PTR names: ten are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.forward_confirmed import (
    ForwardConfirmation,
    confirmation,
    remedy_of_confirmation,
)
from mailcheck.names import Address
from mailcheck.slots import slot

if TYPE_CHECKING:
    from mailcheck.finding import Finding, Reason, Remedy


@dataclass(frozen=True, slots=True)
class HasPtrMatchingA:
    """The parameters of the sentence."""

    ip: Address = slot("the address whose reverse name must lead back to it")


async def judge(wanted: HasPtrMatchingA) -> Finding:
    """One name that has the address decides, whatever others say."""
    return confirmation(await ForwardConfirmation(wanted.ip))


def remedy(_: HasPtrMatchingA, reason: Reason) -> Remedy:
    """The missing half: the PTR, or the address record of the name it holds."""
    return remedy_of_confirmation(reason)


CHECK = check(
    __doc__,
    template="IP [{ip}] has PTR matching A",
    parameters=HasPtrMatchingA,
    judge=judge,
    remedy=remedy,
    sources=("RFC 1912 §2.1", "RFC 8601 §2.7.3", "Postfix reject_unknown_client_hostname"),
    over_several=True,
    examples=(
        Example(
            "a name that has the address",
            "IP 203.0.113.25 has PTR matching A",
            (
                told("25.113.0.203.in-addr.arpa PTR", "mail.example.com."),
                told("mail.example.com A", "203.0.113.25"),
            ),
            ends="met",
        ),
        Example(
            "a name that was moved to another address",
            "IP 203.0.113.25 has PTR matching A",
            (
                told("25.113.0.203.in-addr.arpa PTR", "mail.example.com."),
                told("mail.example.com A", "192.0.2.80"),
            ),
            ends="ptr-not-confirmed",
        ),
        Example(
            "one name has the address, another cannot be looked up",
            "IP 203.0.113.25 has PTR matching A",
            (
                told("25.113.0.203.in-addr.arpa PTR", "mail.example.com. | old.example.net."),
                told("mail.example.com A", "203.0.113.25"),
                told("old.example.net A", "TIMEOUT"),
            ),
            ends="met",
            partly_unknown=True,
        ),
    ),
)
