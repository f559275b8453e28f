"""Whether SPF lets too many addresses pass: in words, with the terms that let most of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.existence import REFUSED_BY_AUTHORITY
from mailcheck.facts.spf.evaluation.remedies import remedied as remedied_record
from mailcheck.facts.spf.networks.authorised import counted, told_term
from mailcheck.finding import Finding, Reason, Remedy
from mailcheck.names import to_u_labels

if TYPE_CHECKING:
    from mailcheck.facts.spf.networks.authorised import Listed, SpfNetworksFact

TOO_MANY = "too-many-addresses"
UNCOUNTABLE = "uncountable-term"

SHOWN_TERMS = 3
"""Terms that a sentence names; who wants to cut a record begins with the broadest."""


def judged(fact: SpfNetworksFact, domain: str, most: int) -> Finding:
    """Judge whether what *fact* lists for *domain* is at most *most* addresses."""
    reasons = list(broken(fact, domain))
    found = counted(fact.networks)
    if found > most:
        text = (
            f"SPF of {to_u_labels(domain)} authorises {found:,} addresses: {_broadest(fact, found)}"
        )
        reasons.append(Reason(TOO_MANY, text, _first(fact).path[-1]))
    if fact.uncountable:
        terms = [told_term(one.path, one.term) for one in fact.uncountable]
        shown = ", ".join(terms[:SHOWN_TERMS])
        more = f" and {len(terms) - SHOWN_TERMS} more" if len(terms) > SHOWN_TERMS else ""
        text = f"nobody can list whom {shown}{more} lets pass"
        reasons.append(Reason(UNCOUNTABLE, text, fact.uncountable[0].path[-1]))
    return Finding(tuple(reasons), unknown=fact.unknown)


def broken(fact: SpfNetworksFact, domain: str) -> tuple[Reason, ...]:
    """Return why receivers cannot evaluate what *domain* has, if so; it may have no record at all."""
    if fact.record is None and not fact.ended and not fact.unknown:
        name = to_u_labels(domain)
        absent = f"{fact.absent.text}, so it has no" if fact.absent else f"{name} has no"
        return (Reason("spf-none", f"{absent} SPF record", domain),)
    ended = (
        replace(end.refused, text=visible(end.refused.text))
        if end.refused
        else Reason("spf-permerror", visible(str(end), 300), end.domain)
        for end in fact.ended
    )
    return tuple(dict.fromkeys(ended))


def remedied(reason: Reason) -> Remedy:
    """Return what to do about a *reason* that :func:`judged` gave."""
    whose = visible(to_u_labels(reason.about), 80)
    match reason.tag:
        case "too-many-addresses":
            what = f"In the record of {whose}, name the addresses that send, or smaller networks"
            return Remedy(instruction=f"{what}; a provider's include as its pages say it.")
        case "uncountable-term":
            what = f"In the record of {whose}, name networks in its place"
            return Remedy(instruction=f"{what}; if that is a provider's, ask for another include.")
    if reason.tag in ("spf-permerror", REFUSED_BY_AUTHORITY):
        return remedied_record(reason)
    return Remedy(instruction=f"Publish a record for {whose} with those who send, and -all.")


def _first(fact: SpfNetworksFact) -> Listed:
    return max(fact.listed, key=lambda listed: counted(listed.networks))


def _broadest(fact: SpfNetworksFact, total: int) -> str:
    """Name the terms that let most of them pass, with their shares, which may overlap."""
    by_size = sorted(fact.listed, key=lambda listed: -counted(listed.networks))
    shares = [
        f"{_percent(counted(listed.networks), total)} by {told_term(listed.path, listed.term)}"
        for listed in by_size[:SHOWN_TERMS]
    ]
    rest = len(by_size) - SHOWN_TERMS
    return ", ".join(shares) + (f", the rest by {rest} more" if rest > 0 else "")


def _percent(part: int, total: int) -> str:
    share = 100 * part // total
    return f"{share} %" if share else "less than 1 %"
