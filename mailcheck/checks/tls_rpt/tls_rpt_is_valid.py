"""The TLS-RPT record of a domain is valid.

Requires
    Senders find exactly one TLS-RPT record for the domain, which complies with RFC 8460 §3 and says
    where they can send their reports.

Why
    A certificate that expired, or an MTA-STS policy that names the wrong hosts, keeps mail away, and
    only the senders know. Their reports tell within a day; a record with a slip in it asks nobody.

Met when
    The record is at ``_smtp._tls`` below the domain, perhaps through aliases; it begins with
    ``v=TLSRPTv1``, and each ``rua`` holds mailto and https URIs with commas between them. Unknown
    fields are ignored, and so are other texts at the name, as the RFC wants it.

Unmet when
    ...

Advises when
    other-text: the name has a text that is no TLS-RPT record, such as SPF.
        Senders discard it; it belongs elsewhere.
    ...

Not judged here
    Whether the destinations take reports: ``domain D accepts mail for tlsrpt``. Whether there is
    something to report: MTA-STS and DANE.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from mailcheck.check import Example, check
from mailcheck.facts.dns import told
from mailcheck.facts.tls_rpt.absence import (
    ABSENT,
    in_place,
    instead_of,
    no_record,
    remedy_of_no_record,
    said_at,
)
from mailcheck.facts.tls_rpt.faults import ADVICE, FAULTS, advice, faults
from mailcheck.facts.tls_rpt.published import PublishedTlsRpt, TlsRptDomain
from mailcheck.finding import Advice, Finding, Reason, Remedy
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class TlsRptIsValid:
    """The parameters of the sentence."""

    domain: TlsRptDomain = slot("the domain that takes mail")


async def judge(wanted: TlsRptIsValid) -> Finding:
    """Look at the record, if there is one."""
    found = await PublishedTlsRpt(wanted.domain)
    if missing := await no_record(found):
        return Finding((missing,))
    [record] = found.records
    others = tuple(Advice("other-text", said_at(wanted.domain, text)) for text in found.others)
    wrong = faults(record)
    if wrong:
        rest = () if record.rua else found.alike
        instead = await instead_of(wanted.domain, record.owner, record.text, *rest)
        wrong = tuple(replace(reason, instead=instead) for reason in wrong)
    return Finding(wrong, (*advice(record), *others))


def remedy(wanted: TlsRptIsValid, reason: Reason) -> Remedy:
    """The record to publish."""
    return remedy_of_no_record(wanted.domain, reason) or in_place(reason)


_SENTENCE = "TLS-RPT of example.com is valid"
_NAME = "_smtp._tls.example.com TXT"

CHECK = check(
    __doc__,
    template="TLS-RPT [of {domain}] is valid",
    parameters=TlsRptIsValid,
    judge=judge,
    remedy=remedy,
    also=ABSENT + FAULTS.lstrip(),
    also_advises=ADVICE,
    sources=("RFC 8460 §3", "RFC 6068 §2"),
    examples=(
        Example(
            "reports by mail and by HTTPS",
            _SENTENCE,
            (
                told(
                    _NAME,
                    '"v=TLSRPTv1; rua=mailto:tls@example.com,https://reports.example.net/v1"',
                ),
            ),
            "met",
        ),
        Example(
            "a mailbox where a URI should be",
            _SENTENCE,
            (told(_NAME, '"v=TLSRPTv1; rua=tls@example.com"'),),
            "invalid-uri",
        ),
        Example(
            "two records, of the old report service and the new one",
            _SENTENCE,
            (
                told(
                    _NAME,
                    '"v=TLSRPTv1; rua=mailto:a@example.net" | "v=TLSRPTv1; rua=mailto:b@example.org"',
                ),
            ),
            "several-records",
        ),
        Example(
            "a resolver that does not answer",
            _SENTENCE,
            (told(_NAME, "TIMEOUT"),),
            "inconclusive: timeout",
        ),
    ),
)
