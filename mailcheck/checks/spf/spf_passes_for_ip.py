"""A client passes SPF: the domain's record lets it send.

Requires
    Evaluated as receivers do (``check_host()``, RFC 7208 §4), the SPF record of the domain says pass
    for the address.

Why
    A new address, a new provider, or an include that was dropped: mail from a client that the
    record does not name is refused, or filed as spam, and DMARC has only DKIM left to pass by.

Met when
    A term lets the client pass, in the domain's own record or in one that it includes or redirects
    to, before any other term decides. The result is in the reports, as ``result``.

Unmet when
    ...

Advises when
    ...

Not judged here
    Whether the rest of the record can be read by receivers that come further than the term that
    decides. The SPF record of the EHLO name, which is asked besides: ``SPF of EHLO name E passes``.
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
    return await wanted.result_is("pass")


def remedy(_: SpfClient, reason: Reason) -> Remedy:
    """The record with a term for the client."""
    return remedied(reason)


_SENTENCE = "SPF of example.com passes for IP 192.0.2.25"

CHECK = check(
    __doc__,
    template="SPF [of {domain}] passes for IP [{ip}]",
    parameters=SpfClient,
    judge=judge,
    remedy=remedy,
    also=other_results("pass"),
    also_advises=ADVICE,
    sources=("RFC 7208 §4", "RFC 7208 §8", "RFC 7372 §3.2"),
    examples=(
        Example(
            "a network of the domain's own",
            _SENTENCE,
            (told("example.com TXT", '"v=spf1 ip4:192.0.2.0/24 -all"'),),
            ends="met",
        ),
        Example(
            "a provider that is included",
            _SENTENCE,
            (
                told("example.com TXT", '"v=spf1 include:_spf.example.net ~all"'),
                told("_spf.example.net TXT", '"v=spf1 ip4:192.0.2.25 -all"'),
            ),
            ends="met",
        ),
        Example(
            "a new address that nobody put into the record",
            _SENTENCE,
            (told("example.com TXT", '"v=spf1 ip4:192.0.2.24 -all"'),),
            ends="spf-fail",
        ),
        Example(
            "an exchange that cannot be looked up",
            _SENTENCE,
            (
                told("example.com TXT", '"v=spf1 mx -all"'),
                told("example.com MX", "10 mail.example.com."),
                told("mail.example.com A", "TIMEOUT"),
            ),
            ends="inconclusive: timeout",
        ),
    ),
)
