"""The SPF record of a domain is valid.

Requires
    The domain has exactly one SPF record; it, and all that it includes or redirects to, keep to the
    grammar and the limits of RFC 7208, whoever the client is.

Why
    A record that receivers cannot evaluate authorises nobody. The slip is in a term that most
    clients never come to, or in what a provider changed: mail passes today, and for some not
    tomorrow.

Met when
    Every record that an evaluation can come to reads without fault; at most ten terms ask DNS
    (``include``, ``a``, ``mx``, ``ptr``, ``exists`` and ``redirect``), includes counted with all
    within them, as for a client that no address matches. What comes behind ``all`` does not count.

Unmet when
    ...

Advises when
    ...

Not judged here
    Who may send: ``SPF of D passes for IP I``, and who may not: ``SPF of D fails for IP I``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.spf.evaluation.removal import with_removal
from mailcheck.facts.spf.validity.advising import ADVICE, advice
from mailcheck.facts.spf.validity.faults import ABSENT, FAULTS, faults
from mailcheck.facts.spf.validity.mending import remedied
from mailcheck.facts.spf.validity.tree import SpfTree
from mailcheck.finding import Finding, Reason, Remedy, all_hold
from mailcheck.names import Domain
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class SpfIsValid:
    """The parameters of the sentence."""

    domain: Domain = slot("the domain of MAIL FROM")


async def judge(wanted: SpfIsValid) -> Finding:
    """Read the record and all that it leads to."""
    tree = await SpfTree(wanted.domain)
    found = await with_removal(all_hold(faults(tree)), wanted.domain)
    return found.with_advice(*await advice(tree.root))


def remedy(wanted: SpfIsValid, reason: Reason) -> Remedy:
    """The record in place of the one that is there."""
    return remedied(reason, wanted.domain)


_SENTENCE = "SPF of example.com is valid"


def _example(
    says: str, terms: str, ends: str, *more: tuple[str, str], unknown: bool = False
) -> Example:
    answers = (told("example.com TXT", f'"v=spf1 {terms}"'), *(told(*each) for each in more))
    return Example(says, _SENTENCE, answers, ends, unknown)


_NINE = " ".join(f"exists:%{{i}}.l{number}.net" for number in range(9))
_NESTED = ("_spf.example.net TXT", '"v=spf1 include:a.example.net -all"')

CHECK = check(
    __doc__,
    template="SPF [of {domain}] is valid",
    parameters=SpfIsValid,
    judge=judge,
    remedy=remedy,
    also=ABSENT + FAULTS.lstrip(),
    also_advises=ADVICE,
    sources=("RFC 7208 §3", "RFC 7208 §4.5", "RFC 7208 §4.6", "RFC 7208 §5", "RFC 7208 §6"),
    over_several=True,
    examples=(
        _example(
            "a network and a provider",
            "ip4:192.0.2.0/24 include:_spf.example.net -all",
            "met",
            ("_spf.example.net TXT", '"v=spf1 ip4:198.51.100.0/24 -all"'),
        ),
        Example(
            "two records, of the old provider and the new one",
            _SENTENCE,
            (told("example.com TXT", '"v=spf1 mx -all" | "v=spf1 include:_spf.example.net -all"'),),
            "several-records",
        ),
        _example("an address without its mechanism", "192.0.2.25 -all", "syntax"),
        _example(
            "a provider that became a client of another",
            f"{_NINE} include:_spf.example.net -all",
            "too-many-lookups",
            _NESTED,
            ("a.example.net TXT", '"v=spf1 ip4:192.0.2.1 -all"'),
        ),
        _example(
            "a provider whose domain is gone",
            "include:_spf.example.net -all",
            "include-without-record",
            ("_spf.example.net TXT", "NXDOMAIN"),
        ),
        _example(
            "a fault decides, though an include is silent",
            "ip4:192.0.2.0/33 include:_spf.example.net -all",
            "syntax",
            ("_spf.example.net TXT", "TIMEOUT"),
            unknown=True,
        ),
        _example(
            "an include that is silent",
            "include:_spf.example.net -all",
            "inconclusive: timeout",
            ("_spf.example.net TXT", "TIMEOUT"),
            unknown=True,
        ),
    ),
)
