"""The DMARC record that applies to a domain is valid.

Requires
    Receivers find exactly one DMARC record for mail from the domain, its own or one that it
    inherits, and the record complies with RFC 9989 §4.7 and 4.8.

Why
    Whatever receivers cannot read they pass over. A record with a slip in it protects nothing, and
    nobody is told: mail is delivered as before, and so is forged mail.

Met when
    The record is at ``_dmarc`` below the domain, or is found above it by the Tree Walk of RFC 9989
    §4.10; its first tag is ``v=DMARC1``, and all others have a value they can have. Unknown tags
    are ignored, as the RFC wants it.

Unmet when
    ...

Advises when
    record-at-apex: a second record stands at the domain itself.
        Nobody reads it there; whoever changes it changes nothing.
    other-text: the name has a text that is no DMARC record, such as SPF.
        Receivers pass over it; it belongs elsewhere.
    ...

Not judged here
    How strong the policy is: ``DMARC policy of D is at least reject``. Whether reports arrive:
    ``DMARC reports of D can be delivered``.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailcheck.check import Example, check
from mailcheck.facts.dmarc.absence import (
    ABSENT,
    REFUSED,
    acting,
    in_place,
    misplaced,
    no_record,
    remedy_of_no_record,
    said_at,
    unreadable,
)
from mailcheck.facts.dmarc.advising import ADVICE, advice, ignored
from mailcheck.facts.dmarc.discovery import DmarcDiscovery
from mailcheck.facts.dmarc.faults import FAULTS, faults
from mailcheck.facts.dmarc.mending import beside
from mailcheck.facts.dmarc.published import DmarcDomain, PublishedDmarc
from mailcheck.facts.dns import told
from mailcheck.finding import Advice, Finding, Reason, Remedy
from mailcheck.names import to_u_labels
from mailcheck.slots import slot


@dataclass(frozen=True, slots=True)
class DmarcIsValid:
    """The parameters of the sentence."""

    domain: DmarcDomain = slot("the domain in whose name mail is sent")


async def judge(wanted: DmarcIsValid) -> Finding:
    """Look at the domain itself first: what is wrong there needs no walk."""
    own = await PublishedDmarc(wanted.domain)
    if wrong := unreadable(own):
        return Finding((wrong,))
    found = await DmarcDiscovery(wanted.domain)
    if found.record is None:
        return Finding((found.refused or await no_record(own),))
    others = tuple(Advice("other-text", said_at(wanted.domain, text)) for text in own.others)
    better = advice(found.record, inherited=found.inherited)
    wrong_there = faults(found.at, found.record, beside(found.own, found.record))
    finding = Finding(wrong_there, (*better, *others))
    finding = finding.with_advice(*await ignored(found.at, found.record))
    if at := await misplaced(wanted.domain):
        return finding.with_advice(
            Advice("record-at-apex", f"{to_u_labels(at)} has a DMARC record")
        )
    return finding


def remedy(wanted: DmarcIsValid, reason: Reason) -> Remedy:
    """The record to publish."""
    if absent := remedy_of_no_record(wanted.domain, reason):
        return absent
    there = "In place of the record that is there"
    if reason.tag == "invalid-policy" and "; p=none" in "".join(reason.instead):
        there += ", where none stands for a policy that nobody can read"
    elif reason.tag in ("invalid-policy", "no-policy", "duplicate-tag"):
        there += acting(reason)
    return in_place(reason, f"{there}:")


_SENTENCE = "DMARC of example.com is valid"
_APEX = told("example.com TXT", '"v=spf1 -all"')

CHECK = check(
    __doc__,
    template="DMARC [of {domain}] is valid",
    parameters=DmarcIsValid,
    judge=judge,
    remedy=remedy,
    also=ABSENT + REFUSED.lstrip() + FAULTS.lstrip(),
    also_advises=ADVICE,
    sources=("RFC 9989 §4.7, 4.8, 4.10", "RFC 6376 §3.2", "RFC 6068 §2"),
    over_several=True,
    examples=(
        Example(
            "a record of the domain's own",
            _SENTENCE,
            (
                told("_dmarc.example.com TXT", '"v=DMARC1; p=reject; rua=mailto:d@example.com"'),
                _APEX,
            ),
            "met",
        ),
        Example(
            "two records, of the old report service and the new one",
            _SENTENCE,
            (told("_dmarc.example.com TXT", '"v=DMARC1; p=none" | "v=DMARC1; p=reject"'),),
            "several-records",
        ),
        Example(
            "a policy that does not exist",
            _SENTENCE,
            (told("_dmarc.example.com TXT", '"v=DMARC1; p=block"'), _APEX),
            "invalid-policy",
        ),
        Example(
            "a record that nobody can read decides, though the registry is silent",
            _SENTENCE,
            (
                told("_dmarc.example.com TXT", '"v=dmarc1; p=reject"'),
                told("_dmarc.com TXT", "TIMEOUT"),
            ),
            "not-a-record",
            partly_unknown=True,
        ),
        Example(
            "no record, and a step of the walk that does not answer",
            _SENTENCE,
            (told("_dmarc.example.com TXT", "NXDOMAIN"), told("_dmarc.com TXT", "TIMEOUT")),
            "inconclusive: timeout",
        ),
    ),
)
