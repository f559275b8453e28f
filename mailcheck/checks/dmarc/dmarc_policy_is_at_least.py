"""The DMARC policy that applies to a domain is strong enough.

Requires
    What receivers do with mail that fails DMARC in the name of the domain is at least what the
    sentence says: ``quarantine`` or ``reject``.

Why
    Only these two protect anybody. For a name below the organisation's own it is easy to be wrong
    about which record decides, and by which tag; such names are what forgers try next.

Met when
    The record at ``_dmarc`` below the domain asks for it with ``p``. Without a record there, the
    Tree Walk of RFC 9989 §4.10 leads to the record of the Organizational Domain, or that of its
    Public Suffix Domain; it decides with ``sp``, or with ``np`` if the domain does not exist, and
    ``p`` stands in for both. With ``t=y`` the policy counts for one level less.

Unmet when
    ...

Advises when
    percentage: ``pct`` is less than 100.
        RFC 9989 removed it; receivers that still honour it apply the next weaker policy to the rest
        of the mail.
    discarded-records: several records at the domain's own name are discarded, and another applies.
        Receivers that keep to RFC 7489 §6.6.3 do not look any further, and apply no policy at all.

Not judged here
    Whether the record is free of other faults: ``DMARC of D is valid``. Whether the domain's own
    mail passes: ``sender FROM by MAILFROM signed by D is aligned``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mailcheck.check import Example, check
from mailcheck.facts.dmarc.absence import ABSENT, REFUSED, in_place, no_record, remedy_of_no_record
from mailcheck.facts.dmarc.discovery import DmarcDiscovery
from mailcheck.facts.dmarc.published import DmarcDomain
from mailcheck.facts.dmarc.weakness import WEAK, reservations, weakness
from mailcheck.facts.dns import told
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class PolicyIsAtLeast:
    """The parameters of the sentence."""

    policy: Literal["quarantine", "reject"] = slot("the weakest policy that is enough", subjects=())
    domain: DmarcDomain = slot("the domain in whose name mail is sent")


async def judge(wanted: PolicyIsAtLeast) -> Finding:
    """Find the record that applies, and the tag in it that decides."""
    found = await DmarcDiscovery(wanted.domain)
    if found.record is None:
        return Finding((found.refused or await no_record(found.own, wanted.policy),))
    weak = await weakness(found, found.record, wanted.policy)
    return Finding((weak,) if weak else (), tuple(reservations(found, found.record)))


def remedy(wanted: PolicyIsAtLeast, reason: Reason) -> Remedy:
    """The record to publish; senders have to be aligned first."""
    if absent := remedy_of_no_record(wanted.domain, reason, wanted.policy):
        return absent
    return in_place(reason, "Once all senders are aligned, in place of the record that is there:")


_SENTENCE = "DMARC policy of news.example.com is at least quarantine"
_NONE = told("_dmarc.news.example.com TXT", "NXDOMAIN")
_NO_PSD = told("_dmarc.com TXT", "NODATA")

CHECK = check(
    __doc__,
    template="DMARC policy [of {domain}] is at least {policy}",
    parameters=PolicyIsAtLeast,
    judge=judge,
    remedy=remedy,
    also=WEAK + ABSENT.lstrip() + REFUSED.lstrip(),
    sources=("RFC 9989 §4.7, 4.10.1, 3.2.13", "RFC 6376 §3.2"),
    over_several=True,
    examples=(
        Example(
            "a subdomain without a record, under an organisation that asks for reject",
            _SENTENCE,
            (_NONE, told("_dmarc.example.com TXT", '"v=DMARC1; p=reject"'), _NO_PSD),
            "met",
        ),
        Example(
            "sp makes an exception of all subdomains",
            _SENTENCE,
            (_NONE, told("_dmarc.example.com TXT", '"v=DMARC1; p=reject; sp=none"'), _NO_PSD),
            "weaker-policy",
        ),
        Example(
            "np makes an exception of names that do not exist",
            _SENTENCE,
            (
                _NONE,
                told("_dmarc.example.com TXT", '"v=DMARC1; p=reject; np=none"'),
                _NO_PSD,
                told("news.example.com A", "NXDOMAIN"),
            ),
            "weaker-policy",
        ),
        Example(
            "the domain's own record decides, whatever stands above it",
            _SENTENCE,
            (
                told("_dmarc.news.example.com TXT", '"v=DMARC1; p=reject; t=y"'),
                told("_dmarc.example.com TXT", "TIMEOUT"),
            ),
            "met",
            partly_unknown=True,
        ),
        Example(
            "a step of the walk that does not answer might decide otherwise",
            _SENTENCE,
            (
                _NONE,
                told("_dmarc.example.com TXT", '"v=DMARC1; p=reject"'),
                told("_dmarc.com TXT", "TIMEOUT"),
            ),
            "inconclusive: timeout",
        ),
    ),
)
