"""A client does not pass SPF: the domain's record does not let it send.

Requires
    Evaluated as receivers do (``check_host()``, RFC 7208 §4), the result for the address is fail,
    softfail, neutral or none.

Why
    Who is let through by mistake sends in the domain's name, and DMARC passes by it: the old
    provider, everybody at a cloud, a stranger behind an include that grew.

Met when
    The term that decides is ``-all``, ``~all`` or ``?all``, or another that lets nobody pass; no
    term decides; there is no record. The result is in the reports, as ``result``.

Unmet when
    ...

Advises when
    ...

Not judged here
    How it does not pass: ``SPF of D fails for IP I``, and ``softfails``.
"""

from __future__ import annotations

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.spf.evaluation.client import SpfClient
from mailcheck.facts.spf.evaluation.judging import other_results
from mailcheck.facts.spf.evaluation.reach import ADVICE
from mailcheck.facts.spf.evaluation.remedies import remedied
from mailcheck.facts.spf.evaluation.result import Result
from mailcheck.finding import Finding, Reason, Remedy

_NOT_PASSING: tuple[Result, ...] = ("fail", "softfail", "neutral", "none")
"""The first is the one to publish."""


async def judge(wanted: SpfClient) -> Finding:
    """Evaluate the record for the client."""
    return await wanted.result_is(*_NOT_PASSING)


def remedy(_: SpfClient, reason: Reason) -> Remedy:
    """The record with another ``all``, or with a term for the client."""
    return remedied(reason)


CHECK = check(
    __doc__,
    template="SPF [of {domain}] does not pass for IP [{ip}]",
    parameters=SpfClient,
    judge=judge,
    remedy=remedy,
    also=other_results(*_NOT_PASSING),
    also_advises=ADVICE,
    sources=("RFC 7208 §4", "RFC 7208 §8"),
    examples=(
        Example(
            "a stranger",
            "SPF of example.com does not pass for IP 198.51.100.9",
            (told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 ~all"'),),
            ends="met",
        ),
        Example(
            "everybody at the provider passes",
            "SPF of example.com does not pass for IP 198.51.100.9",
            (
                told("example.com TXT", '"v=spf1 include:_spf.example.net -all"'),
                told("_spf.example.net TXT", '"v=spf1 ip4:198.51.0.0/16 -all"'),
            ),
            ends="spf-pass",
        ),
        Example(
            "receivers cannot evaluate it, so some may stop before the fault",
            "SPF of example.com does not pass for IP 198.51.100.9",
            (told("example.com TXT", '"v=spf1 ip4:192.0.2.0/33 -all"'),),
            ends="spf-permerror",
        ),
    ),
)
