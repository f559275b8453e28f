"""Terms by which clients pass, to be kept before any address is named.

They stand in the domain's record as it was meant, or in the one that is live and a change replaces.
An address that is named in the place of an include lets one client pass, and the others are lost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from mailcheck.facts.change.given_back import taken_away
from mailcheck.facts.spf.evaluation.amending import few, let_through
from mailcheck.facts.spf.record.syntax import read_record, spf_records
from mailcheck.facts.spf.record.terms import Directive
from mailcheck.facts.spf.record.writing import published, with_terms
from mailcheck.facts.txt import texts
from mailcheck.question import NotObserved, all_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mailcheck.facts.spf.evaluation.check import SpfCheck
    from mailcheck.facts.spf.evaluation.result import SpfCheckFact
    from mailcheck.finding import Finding, Reason

Facts: TypeAlias = "Mapping[SpfCheck, SpfCheckFact]"
"""What was asked about clients of one domain, with the answers."""

_DECIDED = ("spf-fail", "spf-softfail", "spf-neutral")
"""Tags of reasons that the record can be evaluated, and lets the client not pass."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A record on its way, the clients that do not pass by it, and the terms that a change drops."""

    text: str
    left: dict[SpfCheck, SpfCheckFact]
    dropped: tuple[str, ...] = ()

    async def amended(self, text: str, dropped: Iterable[str] = ()) -> _Draft:
        """Return the draft with *text* in the place of the record."""
        facts = await _evaluated(self.left, text)
        left = {check: fact for check, fact in facts.items() if fact.result != "pass"}
        return _Draft(text, left, tuple(dropped))

    def with_terms(self, terms: Iterable[str]) -> str:
        """Return the record with *terms* before the first one that decides about who is left."""
        record = read_record(self.text.encode("latin-1"))
        deciding = (fact.path[0].term for fact in self.left.values())
        positions = [term.position if term else len(self.text) for term in deciding]
        return with_terms(record, dict.fromkeys(terms), min(positions))


async def with_kept(finding: Finding, facts: Facts, domain: str) -> Finding:
    """Return *finding*, that not all clients of *facts* pass, with the record by which they do.

    Nothing is changed where that is the one that stands, with addresses and nothing else.
    """
    failing = {check: fact for check, fact in facts.items() if f"spf-{fact.result}" in _DECIDED}
    in_doubt = any(fact.fault or fact.overlooked for fact in facts.values())
    if in_doubt or not failing or not any(map(_is_decided, finding.reasons)):
        return finding
    try:
        draft = await _kept(failing, domain)
    except NotObserved:
        return finding  # which is no worse
    if draft is None:
        return finding
    owner = next(iter(failing.values())).owner or domain
    instead = published(owner, draft.text)
    more = f"; the change drops {few([*draft.dropped])}" if draft.dropped else ""
    reasons = (
        replace(r, text=r.text + more, instead=instead) if _is_decided(r) else r
        for r in finding.reasons
    )
    return replace(finding, reasons=tuple(reasons))


def _is_decided(reason: Reason) -> bool:
    return reason.tag in _DECIDED and bool(reason.instead)


async def _kept(failing: dict[SpfCheck, SpfCheckFact], domain: str) -> _Draft | None:
    """Return the record by which *failing* clients pass; None if nothing but addresses is added."""
    first = next(iter(failing.values()))
    assert first.record is not None  # whoever has none, or a faulty one, is told so
    draft = _Draft(first.record.text, dict(failing))
    meant = [let_through(fact, ()) for fact in failing.values()]
    if all(meant):
        draft = await draft.amended(meant[0])
    if draft.left and (live := await _live_record(first, domain)):
        there = draft.text.lower().split(" ")
        passed = await _evaluated(draft.left, live)
        given = dict(filter(None, map(_term_of, passed.values())))
        given = {term: text for term, text in given.items() if term.lower() not in there}
        whole = await draft.amended(draft.with_terms(given), given.values()) if given else draft
        # Where it breaks off then, the change may be there to make it shorter.
        draft = draft if any(fact.fault for fact in whole.left.values()) else whole
    if draft.text == first.record.text:
        return None
    terms = [f"ip{check.ip.version}:{check.ip}" for check in draft.left]
    return replace(draft, text=draft.with_terms(terms)) if terms else draft


async def _evaluated(checks: Iterable[SpfCheck], record: str) -> dict[SpfCheck, SpfCheckFact]:
    """Return what *record* says of the clients of *checks*, in place of the domain's own."""
    asked = list(checks)
    said = await all_of(replace(check, record=record) for check in asked)
    return dict(zip(asked, said, strict=True))


def _term_of(fact: SpfCheckFact) -> tuple[str, str] | None:
    """Return the term by which a client passes, as it can stand beside others, and as it stands."""
    term = fact.path[0].term if fact.result == "pass" else None
    if isinstance(term, Directive):
        return None if term.mechanism == "all" else (term.text, term.text)
    return (f"include:{term.value.text}", term.text) if term else None


async def _live_record(fact: SpfCheckFact, domain: str) -> str:
    """Return the record that is live where a change has another; empty if there is no such."""
    aliases = () if fact.owner in ("", domain) else (fact.owner,)
    live = await taken_away(domain, "TXT", aliases)
    records = spf_records(texts(live).texts) if live else []
    return records[0].decode("latin-1") if len(records) == 1 else ""
