"""A client fails SPF: the domain's record says that it may not send.

Requires
    Evaluated as receivers do (``check_host()``, RFC 7208 §4), the SPF record of the domain says
    fail for the address, or softfail if the sentence says ``softfails``.

Why
    A record is as good as what it keeps out: the old provider, the web server that was broken into,
    a stranger's address. An include that grew, or ``+all``, lets them send in the domain's name.

Met when
    The term that decides says so: mostly ``-all``, or ``~all``, behind all that let others pass.
    The result is in the reports, as ``result``.

Unmet when
    spf-fail: the client fails, and the sentence wants it to fail softly.
        Receivers that refuse by SPF refuse its mail: "550 5.7.23 SPF validation failed" (RFC 7372).
    spf-softfail: the client fails softly, and the sentence wants it to fail.
        Few refuse mail for that; filters count it, and DMARC does not pass by it.
    ...

Advises when
    ...

Not judged here
    Whether those who may send pass: ``SPF of D passes for IP I``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.spf.evaluation.client import SpfClient
from mailcheck.facts.spf.evaluation.judging import other_results
from mailcheck.facts.spf.evaluation.reach import ADVICE
from mailcheck.facts.spf.evaluation.remedies import remedied
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True, kw_only=True)
class SpfFailsForIp(SpfClient):
    """The parameters of the sentence."""

    fails_or_softfails: Literal["fails", "softfails"] = slot("what the client does", subjects=())


async def judge(wanted: SpfFailsForIp) -> Finding:
    """Evaluate the record for the client."""
    return await wanted.result_is("fail" if wanted.fails_or_softfails == "fails" else "softfail")


def remedy(_: SpfFailsForIp, reason: Reason) -> Remedy:
    """The record with another ``all``, or with a term for the client."""
    return remedied(reason)


CHECK = check(
    __doc__,
    template="SPF [of {domain}] {fails_or_softfails} for IP [{ip}]",
    parameters=SpfFailsForIp,
    judge=judge,
    remedy=remedy,
    also=other_results("fail", "softfail"),
    also_advises=ADVICE,
    sources=("RFC 7208 §4", "RFC 7208 §8.4", "RFC 7208 §8.5", "RFC 7372 §3.2"),
    examples=(
        Example(
            "a stranger",
            "SPF of example.com fails for IP 198.51.100.9",
            (told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 -all"'),),
            ends="met",
        ),
        Example(
            "a stranger, while the record is tried out",
            "SPF of example.com softfails for IP 198.51.100.9",
            (told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 ~all"'),),
            ends="met",
        ),
        Example(
            "the provider's include grew",
            "SPF of example.com fails for IP 198.51.100.9",
            (
                told("example.com TXT", '"v=spf1 include:_spf.example.net -all"'),
                told("_spf.example.net TXT", '"v=spf1 ip4:198.51.0.0/16 -all"'),
            ),
            ends="spf-pass",
        ),
        Example(
            "the record is still tried out",
            "SPF of example.com fails for IP 198.51.100.9",
            (told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 ~all"'),),
            ends="spf-softfail",
        ),
        Example(
            "the record is not tried out any more",
            "SPF of example.com softfails for IP 198.51.100.9",
            (told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 -all"'),),
            ends="spf-fail",
        ),
    ),
)
