"""What makes a resolver's SERVFAIL a matter of DNSSEC. No sockets, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import dns.edns
import dns.exception
import dns.message

from mailcheck.interrupts import raise_swallowed
from mailcheck.probes.dns.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.probes.dns.datagrams.attempt import Attempt
    from mailcheck.probes.dns.upstream import Upstream
    from mailcheck.question import Unobserved

BOGUS = "SERVFAIL, but an answer when told not to validate"

TRIES = 3
"""Times that a resolver is asked about its failure, as long as it says nothing."""

AGAIN_AFTER = 5.2
"""Seconds after which a resolver that answers only unchecked is asked to check again.

Failures are remembered (RFC 9520 §3.2), by BIND for one second and by Unbound for five, and what
was asked unchecked is remembered by itself: so a failure that is over looks like DNSSEC.
"""

_ABOUT_DNSSEC = range(5, 13)
"""Extended errors from DNSSEC Indeterminate to NSEC Missing (RFC 8914 §4)."""


@dataclass(slots=True)
class Suspicion:
    """That *upstream*, a resolver, says SERVFAIL to a question because of DNSSEC.

    It ``is_certain`` where the resolver said so itself, and ``is_examining`` once it is asked
    not to validate; ``bogus`` is what to say if it keeps failing after it answered that. What it
    says to attempts made ``before`` it was examined says nothing about how it fails now.
    """

    upstream: Upstream
    is_certain: bool = False
    is_examining: bool = False
    bogus: Unobserved | None = None
    before: frozenset[Attempt] = frozenset()

    def failed(self, wire: bytes) -> list[Unobserved]:
        """Take in another failure; return what it shows."""
        self.is_certain |= blames_dnssec(wire)
        return [self.bogus] if self.bogus else []

    def turns(self, under_way: Iterable[Attempt]) -> Turns:
        """Return turns in which only the resolver is asked that fails; others are *under_way*."""
        self.before = frozenset(under_way)
        return Turns([self.upstream], TRIES, rounds=1)


def blames_dnssec(wire: bytes) -> bool:
    """Whether a response says itself that validation is why there is no answer."""
    try:
        response = dns.message.from_wire(wire)
    except (dns.exception.DNSException, ValueError) as error:
        raise_swallowed(error)
        return False
    return any(
        isinstance(option, dns.edns.EDEOption) and option.code in _ABOUT_DNSSEC
        for option in response.options
    )
