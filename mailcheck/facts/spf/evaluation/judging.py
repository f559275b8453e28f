"""Whether the result of an evaluation is the one a suite wants: in words, with what to publish."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.change.given_back import BACK, REMOVED
from mailcheck.facts.existence import REFUSED_BY_AUTHORITY
from mailcheck.facts.spf.evaluation.amending import (
    is_unreadable,
    let_through,
    passed_over,
    put_right,
)
from mailcheck.facts.spf.evaluation.expansion import is_multi_label, is_too_long, name_of
from mailcheck.facts.spf.evaluation.result import RESULTS
from mailcheck.facts.spf.record.meaning import CLOSE, told_close
from mailcheck.facts.spf.record.syntax import read_record
from mailcheck.facts.spf.record.terms import Directive
from mailcheck.facts.spf.record.writing import all_last, changed, published, with_terms
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from mailcheck.facts.spf.evaluation.result import Result, SpfCheckFact
    from mailcheck.facts.spf.record.terms import Qualifier
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

_IN_PLACE_OF_ALL = "In place of all TXT records there that begin with v=spf1, this can be evaluated for the client:"

_INSTEAD = "In place of the SPF record that is there, as one TXT record; two would be a permerror:"


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
    instead = _instead(fact, wanted[0], ip, domain)
    about = _at_fault(fact) if fact.fault else domain
    said = _said(fact, ip, domain)
    if wanted[0] == "pass":
        said += passed_over(fact.record)
    reason = Reason(f"spf-{fact.result}", said, about, instead)
    return Finding((reason,), result=fact.result)


def remedied(reason: Reason) -> Remedy:
    """Return what to do about a *reason* that :func:`judged` gave."""
    if reason.about == REMOVED:
        return Remedy(reason.instead, BACK)
    if reason.tag == REFUSED_BY_AUTHORITY:
        zone = visible(to_u_labels(reason.about), 80)
        what = f"Load the zone {zone} on the name servers it is delegated to"
        return Remedy(instruction=f"{what}, or take the term out that asks for it.")
    if reason.tag == "spf-permerror":
        whose = visible(to_u_labels(reason.about), 80)
        correct = f"Correct the SPF record of {whose}"
        if not reason.instead:
            more = f"receivers cannot evaluate it. `SPF of {whose} is valid` names every fault"
            return Remedy(instruction=f"{correct}; until then, {more}.")
        if reason.instead[0].startswith(f"{reason.about}."):
            return Remedy(reason.instead, f"{correct}. {_IN_PLACE_OF_ALL}")
        return Remedy(reason.instead, f"{correct}. Until then, this decides before it is read:")
    if reason.tag == "spf-none" and says_close(reason):
        return remedied_close(reason)
    if reason.instead:
        return Remedy(reason.instead, _first(reason) if reason.tag == "spf-none" else _INSTEAD)
    if reason.tag == "spf-none":
        what = (
            "a name that DNS can hold" if _no_name(reason.about) else "a domain of several labels"
        )
        return Remedy(instruction=f"Say {what}: no other has an SPF record.")
    return Remedy(instruction="Change, or take away, the term of the record that decides.")


def _first(reason: Reason) -> str:
    """Say what a first record lacks; one without terms before ``all`` lets nobody pass."""
    if '"v=spf1 ip' in reason.instead[0]:
        return "Add a term for every other host that sends for the domain; if all are there, -all:"
    return "With a term before all for every host that sends for the domain, if any does:"


def says_close(reason: Reason) -> bool:
    """Whether *reason* tells of a text that comes close to a record, where there is none."""
    return CLOSE in reason.text


def remedied_close(reason: Reason) -> Remedy:
    """Return what to do where a text comes close to a record, and there is none."""
    if reason.instead:
        return Remedy(
            reason.instead, "In place of the text that comes close, as a TXT record of its own:"
        )
    what = "Make the text that comes close a record, or publish one beside it"
    return Remedy(instruction=f"{what}: v=spf1, then its terms, with a space before each.")


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
        why = fact.absent.text if fact.absent else _no_name(domain)
        none = f"{why}, so it has no SPF record" if why else f"{name} has no SPF record"
        return none + told_close(fact.close)
    if fact.fault:
        whole = fact.path[0].term or name not in fact.fault.what
        return f"{fact.fault.what} ({trace(fact)})" if whole else fact.fault.what
    said = f"SPF of {name} says {fact.result} for {ip} ({trace(fact)})"
    if fact.explanation:
        said += f"; the domain explains: {visible(fact.explanation, 120)}"
    return said


def _no_name(domain: str) -> str:
    """Say that DNS cannot hold *domain*, if so."""
    held = name_of(domain) is not None and not is_too_long(domain)
    return "" if held else f"{visible(domain, 80)} is no name that DNS can hold"


def _at_fault(fact: SpfCheckFact) -> str:
    """Return the domain whose record has to be corrected: limits are those of the first one."""
    match fact.fault.kind if fact.fault else "":
        case "syntax" | "several-records" | "too-many-exchanges":
            return fact.path[-1].domain
        case "include-without-record" | "redirect-without-record":
            return fact.path[-2].domain
    return fact.path[0].domain


def _instead(fact: SpfCheckFact, wanted: Result, ip: Address, domain: str) -> tuple[str, ...]:
    """Return the record that has the result *wanted*; nothing where no term can, or it is too long.

    Where what stands there is not what was meant, that is put right first.
    """
    if wanted == "none" or _no_name(domain) or not is_multi_label(domain):
        return ()
    owner = fact.owner or domain
    meant = put_right(fact) or (let_through(fact, (ip,)) if wanted == "pass" else "")
    if meant or is_unreadable(fact):
        return published(owner, meant) if meant else ()
    if fact.fault and (wanted != "pass" or _at_fault(fact) == fact.path[0].domain):
        return ()  # a term for one address would hide a fault that strangers meet
    qualifier = next(q for q, result in RESULTS.items() if result == wanted)
    return published(owner, _with_result(fact, qualifier, ip))


def _with_result(fact: SpfCheckFact, qualifier: Qualifier, ip: Address) -> str:
    """Return the record with a term for *ip* before the one that decides, or with another ``all``."""
    term = f"{qualifier.removeprefix('+')}ip{ip.version}:{ip}"
    record = fact.record
    if record is None:
        return f"v=spf1 {term} ~all" if qualifier == "+" else f"v=spf1 {qualifier}all"
    decides = fact.path[0].term
    if decides is None and qualifier != "+":
        return with_terms(record, (f"{qualifier}all",), len(record.text))
    if isinstance(decides, Directive) and decides.mechanism == "all" and qualifier != "+":
        ends = (d.position for d in record.directives if d.mechanism == "all")
        text = changed(record, dict.fromkeys(ends, f"{qualifier}all"))
        return all_last(read_record(text.encode("latin-1"))) or text
    return with_terms(record, (term,), decides.position if decides else len(record.text))
