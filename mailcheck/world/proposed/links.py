"""The links of a chain of aliases through proposed zones and live ones, and what each rests on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.aliases import is_unfinished
from mailcheck.facts.change.proposed import ProposedAnswer
from mailcheck.question import NotObserved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mailcheck.evidence import Evidence
    from mailcheck.facts.dns import DnsAnswer


def lines_of(link: DnsAnswer) -> tuple[Evidence, ...]:
    """Return what *link* rests on; a live one that ends in an alias says no more than that."""
    if isinstance(link, ProposedAnswer) or not is_unfinished(link):
        return link.evidence
    through = " → ".join(f"alias of {visible(alias)}" for alias in link.aliases)
    return tuple(replace(line, result=through) for line in link.evidence)


def broken_off(seen: Iterable[Evidence], error: NotObserved) -> NotObserved:
    """Return *error* with what was *seen* before: the lines that led to where nothing was heard."""
    unobserved = error.unobserved
    return NotObserved(replace(unobserved, evidence=(*seen, *unobserved.evidence)))
