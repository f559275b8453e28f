"""Whether the result of an evaluation is the one a suite wants, in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.spf.evaluation.amending import passed_over
from mailcheck.facts.spf.evaluation.remedies import at_fault, no_name, record_instead
from mailcheck.facts.spf.record.meaning import told_close
from mailcheck.finding import Finding, Reason
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from mailcheck.facts.spf.evaluation.result import Result, SpfCheckFact
    from mailcheck.names import Address

_MATTERS = {
    "pass": """\
spf-pass: the client passes.
    Receivers take its mail for the domain's own: DMARC passes by it where the domain is that of
    From:, and filters count it for the sender.
""",
    "fail": """\
spf-fail: the client fails.
    Receivers that refuse by SPF say "550 5.7.23 SPF validation failed" (RFC 7372 §3.2). All others
    count it, and DMARC passes by DKIM alone: under p=reject, what has no signature of the domain is
    refused with "550 5.7.1".
""",
    "softfail": """\
spf-softfail: the client fails softly.
    Few refuse mail for that; filters count it. DMARC does not pass by it: under p=reject, what has
    no signature of the domain is refused with "550 5.7.1".
""",
    "neutral": """\
spf-neutral: the record says nothing of the client, or that it says nothing.
    Receivers treat it as if there were no record (RFC 7208 §8.2): DMARC does not pass by it, and
    large providers want SPF or DKIM from everybody ("550-5.7.26 ... unauthenticated").
""",
    "none": """\
spf-none: there is no record.
    Nobody fails and nobody passes: DMARC does not pass by SPF, and large providers want SPF or DKIM
    from everybody ("550-5.7.26 ... unauthenticated").
""",
    "permerror": """\
spf-permerror: receivers cannot evaluate the record, or one that it includes.
    Some refuse the mail: "550 5.7.24 SPF validation error" (RFC 7372 §3.2); for all others, and for
    DMARC, the client does not pass.
""",
}

_REFUSED = """\
refused-by-authority: all name servers of a zone that has to be asked refuse to answer.
    Resolvers say SERVFAIL, so the result is temperror: receivers defer the mail ("451 4.7.24"), or
    take it without SPF.
"""

SHOWN_STEPS = 5
"""Steps of a path that a sentence tells; a loop has eleven."""


def other_results(*wanted: Result) -> str:
    """Return the entries of ``Unmet when`` of a sentence that wants one of the results *wanted*."""
    return "".join(text for result, text in _MATTERS.items() if result not in wanted) + _REFUSED


def judged(fact: SpfCheckFact, ip: Address, domain: str, *wanted: Result) -> Finding:
    """Judge whether *fact* is one of the results *wanted* for *ip* and *domain*, the first at best.

    A temperror is inconclusive, for what could not be looked up; unless that is known to fail for
    everybody. So is a result that a failed lookup might change, although the RFC passes over it.
    """
    if fact.refused:
        refused = replace(fact.refused, text=visible(fact.refused.text))
        return Finding((refused,), result=fact.result)
    if fact.result == "temperror":
        return Finding(unknown=fact.unknown, result=fact.result)
    alike = wanted if fact.result in wanted else (fact.result,)
    open_question = next((o.unknown for o in fact.overlooked if o.result not in alike), None)
    if open_question:
        return Finding(unknown=open_question, result=fact.result)
    if fact.result in wanted:
        return Finding(result=fact.result)
    instead = record_instead(fact, wanted[0], ip, domain)
    about = at_fault(fact) if fact.fault else domain
    said = _said(fact, ip, domain)
    if wanted[0] == "pass":
        said += passed_over(fact.record)
    reason = Reason(f"spf-{fact.result}", said, about, instead)
    return Finding((reason,), result=fact.result)


def trace(fact: SpfCheckFact) -> str:
    """Return the terms that led to the result, each behind the domain whose record has it."""
    nothing = "" if fact.fault else "no term decides"
    steps = []
    for step in fact.path:
        term = visible(step.term.text, 80) if step.term else nothing
        steps.append(": ".join(filter(None, (visible(to_u_labels(step.domain), 80), term))))
    if len(steps) > SHOWN_STEPS:
        left = len(steps) - SHOWN_STEPS + 1
        steps[SHOWN_STEPS - 2 : -1] = [f"… {left} more …"]
    return " → ".join(steps)


def _said(fact: SpfCheckFact, ip: Address, domain: str) -> str:
    name = to_u_labels(domain)
    if fact.result == "none":
        why = fact.absent.text if fact.absent else no_name(domain)
        none = f"{why}, so it has no SPF record" if why else f"{name} has no SPF record"
        return none + told_close(fact.close)
    if fact.fault:
        whole = fact.path[0].term or name not in fact.fault.what
        return f"{fact.fault.what} ({trace(fact)})" if whole else fact.fault.what
    said = f"SPF of {name} says {fact.result} for {ip} ({trace(fact)})"
    if fact.explanation:
        said += f"; the domain explains: {visible(fact.explanation, 120)}"
    return said
