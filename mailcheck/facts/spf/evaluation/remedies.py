"""What to do where SPF has another result than the one that is wanted: the record to publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.change.given_back import BACK, REMOVED
from mailcheck.facts.existence import REFUSED_BY_AUTHORITY
from mailcheck.facts.spf.evaluation.amending import is_unreadable, let_through, put_right
from mailcheck.facts.spf.evaluation.expansion import is_multi_label, is_too_long, name_of
from mailcheck.facts.spf.evaluation.result import RESULTS
from mailcheck.facts.spf.record.meaning import CLOSE
from mailcheck.facts.spf.record.syntax import read_record
from mailcheck.facts.spf.record.terms import Directive
from mailcheck.facts.spf.record.writing import all_last, changed, published, with_terms
from mailcheck.finding import Remedy
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from mailcheck.facts.spf.evaluation.result import Result, SpfCheckFact
    from mailcheck.facts.spf.record.terms import Qualifier
    from mailcheck.finding import Reason
    from mailcheck.names import Address

_IN_PLACE_OF_ALL = "In place of all TXT records there that begin with v=spf1, this can be evaluated for the client:"

_INSTEAD = "In place of the SPF record that is there, as one TXT record; two would be a permerror:"


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
        what = "a name that DNS can hold" if no_name(reason.about) else "a domain of several labels"
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


def record_instead(fact: SpfCheckFact, wanted: Result, ip: Address, domain: str) -> tuple[str, ...]:
    """Return the record that has the result *wanted*; nothing where no term can, or it is too long.

    Where what stands there is not what was meant, that is put right first.
    """
    if wanted == "none" or no_name(domain) or not is_multi_label(domain):
        return ()
    owner = fact.owner or domain
    meant = put_right(fact) or (let_through(fact, (ip,)) if wanted == "pass" else "")
    if meant or is_unreadable(fact):
        return published(owner, meant) if meant else ()
    if fact.fault and (wanted != "pass" or at_fault(fact) == fact.path[0].domain):
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


def at_fault(fact: SpfCheckFact) -> str:
    """Return the domain whose record has to be corrected: limits are those of the first one."""
    match fact.fault.kind if fact.fault else "":
        case "syntax" | "several-records" | "too-many-exchanges":
            return fact.path[-1].domain
        case "include-without-record" | "redirect-without-record":
            return fact.path[-2].domain
    return fact.path[0].domain


def no_name(domain: str) -> str:
    """Say that DNS cannot hold *domain*, if so."""
    held = name_of(domain) is not None and not is_too_long(domain)
    return "" if held else f"{visible(domain, 80)} is no name that DNS can hold"
