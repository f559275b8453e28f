"""SPF is neutral about a client: the domain's record leaves it open.

Requires
    Evaluated as receivers do (``check_host()``, RFC 7208 §4), the SPF record of the domain says
    neutral for the address.

Why
    A domain may want to say nothing of some hosts yet, such as those of users who forward mail. Then
    the record must neither let them pass, and DMARC with them, nor fail them.

Met when
    The term that decides begins with ``?``, or no term matches and there is no ``all``. The result
    is in the reports, as ``result``.

Unmet when
    ...

Advises when
    ...

Not judged here
    A domain without a record, which receivers treat alike: ``SPF of D has no opinion for IP I``.
"""

from __future__ import annotations

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.spf.evaluation.client import SpfClient
from mailcheck.facts.spf.evaluation.judging import other_results
from mailcheck.facts.spf.evaluation.reach import ADVICE
from mailcheck.facts.spf.evaluation.remedies import remedied
from mailcheck.finding import Finding, Reason, Remedy


async def judge(wanted: SpfClient) -> Finding:
    """Evaluate the record for the client."""
    return await wanted.result_is("neutral")


def remedy(_: SpfClient, reason: Reason) -> Remedy:
    """The record with another ``all``, or with a term for the client."""
    return remedied(reason)


CHECK = check(
    __doc__,
    template="SPF [of {domain}] is neutral for IP [{ip}]",
    parameters=SpfClient,
    judge=judge,
    remedy=remedy,
    also=other_results("neutral"),
    also_advises=ADVICE,
    sources=("RFC 7208 §4", "RFC 7208 §4.7", "RFC 7208 §8.2"),
    examples=(
        Example(
            "hosts that users forward from",
            "SPF of example.com is neutral for IP 198.51.100.9",
            (told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 ?all"'),),
            ends="met",
        ),
        Example(
            "the record became strict",
            "SPF of example.com is neutral for IP 198.51.100.9",
            (told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 -all"'),),
            ends="spf-fail",
        ),
    ),
)
