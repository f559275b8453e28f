"""SPF has no opinion of a client: the domain has no record.

Requires
    Evaluated as receivers do (``check_host()``, RFC 7208 §4), the result for the address is none:
    the domain has no SPF record.

Why
    Names that only aliases lead to, or that a provider wants left alone, must not have a record by
    accident: a wildcard, or a copied zone, gives them one.

Met when
    None of the domain's TXT records is SPF, or the domain does not exist. The result is in the
    reports, as ``result``.

Unmet when
    ...

Advises when
    ...

Not judged here
    A domain from which nobody sends should have a record that says so: ``v=spf1 -all``.
"""

from __future__ import annotations

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.spf.evaluation.client import SpfClient
from mailcheck.facts.spf.evaluation.judging import other_results
from mailcheck.facts.spf.evaluation.reach import ADVICE
from mailcheck.facts.spf.evaluation.remedies import remedied
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.names import to_u_labels


async def judge(wanted: SpfClient) -> Finding:
    """Evaluate the record for the client."""
    return await wanted.result_is("none")


def remedy(wanted: SpfClient, reason: Reason) -> Remedy:
    """No record at all."""
    if reason.tag == "refused-by-authority":
        return remedied(reason)
    name = to_u_labels(wanted.domain)
    return Remedy(instruction=f"Take the TXT records of {name} away that begin with v=spf1.")


CHECK = check(
    __doc__,
    template="SPF [of {domain}] has no opinion for IP [{ip}]",
    parameters=SpfClient,
    judge=judge,
    remedy=remedy,
    also=other_results("none"),
    also_advises=ADVICE,
    sources=("RFC 7208 §4.3", "RFC 7208 §4.5", "RFC 7208 §8.1"),
    examples=(
        Example(
            "a domain without a record",
            "SPF of example.com has no opinion for IP 198.51.100.9",
            (told("example.com TXT", '"google-site-verification=abc123"'),),
            ends="met",
        ),
        Example(
            "a wildcard that brings a record",
            "SPF of www.example.com has no opinion for IP 198.51.100.9",
            (told("www.example.com TXT", '"v=spf1 -all"'),),
            ends="spf-fail",
        ),
    ),
)
