"""SPF lets no more addresses pass than that.

Requires
    All networks that the record lets pass, with those of its includes, redirects and hosts, have at
    most so many addresses together, each counted once. Each address of IPv4 counts, and each /48 of
    IPv6: a site is assigned no less than that or a /56 (RFC 6177 §2), and a host there may take any
    address below. What a term keeps out that stands before is not counted.

Why
    Who sends from an authorised address passes SPF in the domain's name, and DMARC by it: the other
    customers of a cloud whose range was published whole, or everybody behind a /8 that was a slip.

Met when
    There are at most so many.

Unmet when
    too-many-addresses: the record authorises more.
        Whoever gets an address there sends in the domain's name: SPF passes, and DMARC by it.
    uncountable-term: a term lets pass whom nobody can list (``ptr``, ``exists``, a macro).
        It may authorise anybody. Advised only: providers have it in their includes.
    ...

Not judged here
    Whether the record can be evaluated by everybody: where receivers break off with permerror,
    nobody else passes, and those are counted who pass before. What ``ptr``, ``exists`` and terms
    with macros of the client let pass, or keep out.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.spf.evaluation.judging import other_results
from mailcheck.facts.spf.networks.amount import judged, remedied
from mailcheck.facts.spf.networks.networks import SpfNetworks
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.names import Domain
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class SpfAuthorisesAtMost:
    """The parameters of the sentence."""

    count: int = slot("how many addresses may pass: of IPv4, and networks /48 of IPv6", subjects=())
    domain: Domain = slot("the domain of MAIL FROM")


async def judge(wanted: SpfAuthorisesAtMost) -> Finding:
    """List what the record lets pass, and count it."""
    return judged(await SpfNetworks(wanted.domain), wanted.domain, wanted.count)


def remedy(_: SpfAuthorisesAtMost, reason: Reason) -> Remedy:
    """Smaller networks in place of the broadest."""
    return remedied(reason)


_SENTENCE = "SPF of example.com authorises at most 1000 addresses"

CHECK = check(
    __doc__,
    template="SPF [of {domain}] authorises at most {count} addresses",
    parameters=SpfAuthorisesAtMost,
    judge=judge,
    remedy=remedy,
    also=other_results("pass", "fail", "softfail", "neutral"),
    advised=("uncountable-term",),
    sources=("RFC 7208 §4", "RFC 7208 §11.4", "RFC 6177 §2"),
    examples=(
        Example(
            "a network of the domain's own, and a provider's",
            _SENTENCE,
            (
                told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 include:_spf.example.net -all"'),
                told("_spf.example.net TXT", '"v=spf1 ip4:198.51.100.0/24 ip6:2001:db8::/32 -all"'),
            ),
            ends="too-many-addresses",
        ),
        Example(
            "hosts, and a /48",
            _SENTENCE,
            (told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/48 -all"'),),
            ends="met",
        ),
        Example(
            "a slip of two digits",
            _SENTENCE,
            (told("example.com TXT", '"v=spf1 ip4:192.0.2.0/2 -all"'),),
            ends="too-many-addresses",
        ),
        Example(
            "a provider that says who may send when it is asked",
            _SENTENCE,
            (
                told("example.com TXT", '"v=spf1 include:_spf.example.net -all"'),
                told("_spf.example.net TXT", '"v=spf1 exists:%{i}._spf.example.net -all"'),
            ),
            ends="uncountable-term",
        ),
        Example(
            "an include that cannot be looked up",
            _SENTENCE,
            (
                told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 include:_spf.example.net -all"'),
                told("_spf.example.net TXT", "TIMEOUT"),
            ),
            ends="inconclusive: timeout",
        ),
    ),
)
