"""The domain's own record with what its lock has and it lets pass no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.facts.spf.evaluation.amending import meant_by
from mailcheck.facts.spf.evaluation.expansion import expand, name_of
from mailcheck.facts.spf.networks.drift import SHOWN
from mailcheck.facts.spf.networks.lock import first_include_of
from mailcheck.facts.spf.record.meaning import close_to_a_record, one_meant, record_meant
from mailcheck.facts.spf.record.syntax import VERSION, read_record, spf_records
from mailcheck.facts.spf.record.writing import before_all
from mailcheck.facts.txt import Texts
from mailcheck.question import Unobserved, each_of

if TYPE_CHECKING:
    from mailcheck.facts.spf.networks.authorised import SpfNetworksFact
    from mailcheck.facts.spf.networks.drift import Drift
    from mailcheck.facts.spf.record.terms import SpfRecord

_NONE = f"{VERSION} ~all"
"""The record to which a domain's networks are added that has none."""

_SAME_FOR_ALL = frozenset("do")
"""Macros that stand for the domain, whoever the client is."""

_BROKEN = frozenset({"syntax", "several-records"})


def is_its_own_fault(fact: SpfNetworksFact, domain: str) -> bool:
    """Whether nobody passes since *domain* has no record, or none that can be evaluated."""
    if fact.record is None and not fact.ended and not fact.unknown:
        return True
    ends = (end for end in fact.ended if end.fault and end.domain == domain)
    return any(end.fault and end.fault.kind in _BROKEN for end in ends)


async def nearly(domain: str) -> bytes:
    """Return the text of *domain* that comes close to a record, where it has none; or nothing."""
    [said] = await each_of([Texts(domain)])
    return b"" if isinstance(said, Unobserved) else close_to_a_record(said.texts)


async def restored(fact: SpfNetworksFact, found: Drift, domain: str) -> str:
    """Return the record of *domain* that lets pass what it *found* lost; empty if none can be told.

    Includes that were dropped are put back, unless they lead nowhere now. Networks are named where
    the record stands as it was meant, and lets them pass no more.
    """
    own_fault = is_its_own_fault(fact, domain)
    if fact.ended and not own_fault:
        return ""
    stands = fact.record.text if fact.record else _NONE
    text = await _meant(fact, domain) if own_fault else meant_by(_read(stands)) or stands
    if not text:
        return ""
    record = _read(text)
    there = _included(record, domain)
    hops = {first_include_of(key) for key in (*found.lost, *dict(found.lost_terms))}
    back = await _with_a_record(sorted(hops - there - {""}))
    networks: list[str] = []
    if text == stands:
        lost = (parts for key, parts in found.lost.items() if first_include_of(key) not in back)
        once = dict.fromkeys(part.network for parts in lost for part in parts)
        networks = [f"ip{network.version}:{network}" for network in once]
    if len(networks) > SHOWN:
        return ""
    whole = before_all(record, [f"include:{name}" for name in back]) if back else text
    rest = whole[len(VERSION) :].strip(" ")
    return " ".join(filter(None, (VERSION, *networks, rest)))


async def _meant(fact: SpfNetworksFact, domain: str) -> str:
    """Return the record that *domain* was meant to have; empty if that is not clear."""
    if fact.record is not None:
        return meant_by(fact.record)
    [said] = await each_of([Texts(domain)])
    texts = () if isinstance(said, Unobserved) else said.texts
    if records := spf_records(texts):
        return one_meant(records)
    close = close_to_a_record(texts)
    return record_meant(close) if close else _NONE


async def _with_a_record(names: list[str]) -> tuple[str, ...]:
    """Return those of *names* that have an SPF record, as far as is known."""
    found = await each_of(Texts(name) for name in names)
    return tuple(
        name
        for name, said in zip(names, found, strict=True)
        if isinstance(said, Unobserved) or spf_records(said.texts)
    )


def _included(record: SpfRecord, domain: str) -> frozenset[str]:
    """Return the names whose records the one of *domain* includes, or redirects to."""
    specs = [d.target for d in record.directives if d.mechanism == "include"]
    specs += [record.redirect.value] if record.redirect else []
    known = (spec for spec in specs if spec is not None and spec.letters <= _SAME_FOR_ALL)
    domains = (expand(spec, {"d": domain, "o": domain}) for spec in known)
    return frozenset(name_of(target) or target for target in domains)


def _read(text: str) -> SpfRecord:
    return read_record(text.encode("latin-1"))
