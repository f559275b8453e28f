"""The domain's own record as it was meant, where what stands there is none or says something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.spf.record.meaning import (
    corrections,
    one_meant,
    record_meant,
    written_with_equals,
)
from mailcheck.facts.spf.record.syntax import read_record
from mailcheck.facts.spf.record.terms import Directive
from mailcheck.facts.spf.record.writing import all_last, before_all, behind_all, changed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.facts.spf.evaluation.result import SpfCheckFact
    from mailcheck.facts.spf.record.terms import Modifier, SpfRecord
    from mailcheck.names import Address

SHOWN = 5
"""Terms that a sentence names."""


def is_unreadable(fact: SpfCheckFact) -> bool:
    """Whether no term of the domain's own record was evaluated, since it is none, or broken."""
    return bool(fact.close) or (fact.fault is not None and fact.path[0].term is None)


def put_right(fact: SpfCheckFact) -> str:
    """Return the record that was meant where *fact* found none, or none that can be evaluated.

    That is a text that comes close, several records in one, or one whose faulty terms are corrected.
    Empty if it is not clear what was meant, or what has to be corrected is another domain's.
    """
    if fact.close:
        return record_meant(fact.close)
    if len(fact.records) > 1:
        return one_meant(fact.records)
    meant = meant_by(fact.record) if fact.record and fact.fault else ""
    decides = fact.path[0].term
    return "" if decides and decides.text in meant.split(" ") else meant


def let_through(fact: SpfCheckFact, clients: Iterable[Address]) -> str:
    """Return the record that was meant, which can be evaluated, with terms for *clients*.

    Empty if the record says what was meant, or a term decides that stands before its end.
    """
    decides = fact.path[0].term
    at_the_end = decides is None or (isinstance(decides, Directive) and decides.mechanism == "all")
    meant = meant_by(fact.record) if fact.record and at_the_end and not fact.fault else ""
    return _letting_pass(meant, clients) if meant else ""


def meant_by(record: SpfRecord) -> str:
    """Return what *record* was meant to be; empty if it says that, or it is not clear."""
    terms = corrections(record)
    if terms is None:
        return ""
    if (redirect := _ignored_redirect(record)) is not None:
        terms[redirect.position] = f"include:{redirect.value.text}"
    text = changed(record, terms) if terms else record.text
    text = all_last(read_record(text.encode("latin-1"))) or text
    return text if text != record.text else ""


def _letting_pass(text: str, clients: Iterable[Address]) -> str:
    """Return the record *text* with terms for those of *clients* that no network of it holds."""
    record = read_record(text.encode("latin-1"))
    networks = [d.network for d in record.directives if d.network and d.qualifier == "+"]
    left = (ip for ip in clients if not any(ip in network for network in networks))
    terms = tuple(f"ip{ip.version}:{ip}" for ip in left)
    return before_all(record, terms) if terms else text


def passed_over(record: SpfRecord | None) -> str:
    """Say in a clause which terms of *record* were meant to let somebody pass, and do not."""
    if record is None or record.faults:
        return ""
    said = ""
    if equals := [modifier.text for modifier, _ in written_with_equals(record)]:
        said = f"; receivers ignore {few(equals)}, since a mechanism is written with a colon"
    if behind := [term.text for term in behind_all(record)]:
        said += f"; nobody comes to {few(behind)} behind all"
    if redirect := _ignored_redirect(record):
        said += f"; nobody follows {few([redirect.text])} beside all"
    return said


def _ignored_redirect(record: SpfRecord) -> Modifier | None:
    """Return the ``redirect`` of *record* if it stands beside ``all`` (RFC 7208 §6.1)."""
    return record.redirect if any(d.mechanism == "all" for d in record.directives) else None


def few(terms: list[str]) -> str:
    """Name *terms*, some of them and how many more."""
    more = f" and {len(terms) - SHOWN} more" if len(terms) > SHOWN else ""
    return ", ".join(visible(term, 80) for term in terms[:SHOWN]) + more
