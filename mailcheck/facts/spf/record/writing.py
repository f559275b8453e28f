"""SPF records as they are to be published, made of those that are there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mailcheck.facts.spf.record.syntax import VERSION, read_record
from mailcheck.facts.spf.record.terms import Directive
from mailcheck.facts.txt import txt_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mailcheck.facts.spf.record.terms import SpfRecord, Term

FIRST = f"{VERSION} mx ~all"
"""A record for a domain that has none."""

MOST_SHOWN = 1000
"""Octets of a record that a remedy shows; whoever publishes more has to mend it by hand."""


def published(owner: str, text: str) -> tuple[str, ...]:
    """Return the record *text* at *owner* in zone-file form; nothing if it is too long to be shown."""
    octets = text.encode("latin-1")
    return (txt_record(owner, octets),) if len(octets) <= MOST_SHOWN else ()


def changed(record: SpfRecord, terms: dict[int, str]) -> str:
    """Return the text of *record* with other terms in the place of some, by position; or without."""
    text = record.text
    for found in reversed([*re.finditer(r"[^ ]+", text)]):
        if (instead := terms.get(found.start())) is not None:
            text = f"{text[: found.start()]}{instead}{text[found.end() :]}"
    return " ".join(text.split(" ")) if all(terms.values()) else " ".join(text.split())


def without(record: SpfRecord, terms: Iterable[Term]) -> str:
    """Return the text of *record* without *terms*."""
    return changed(record, {term.position: "" for term in terms})


def with_terms(record: SpfRecord, terms: Iterable[str], position: int) -> str:
    """Return the text of *record* with *terms* before the one at *position*."""
    before, after = record.text[:position].rstrip(" "), record.text[position:].strip(" ")
    return " ".join(filter(None, (before, *terms, after)))


def all_last(record: SpfRecord) -> str:
    """Return the text of *record* with ``all`` behind the terms to which nobody comes as it stands.

    Of several the last one counts that does not let everybody pass. Empty if no term stands behind
    ``all``.
    """
    if not behind_all(record):
        return ""
    ends = [d for d in record.directives if d.mechanism == "all"]
    *_, last = (end.text for end in (ends[0], *(e for e in ends if e.qualifier != "+")))
    return f"{without(record, ends)} {last}"


def behind_all(record: SpfRecord) -> tuple[Directive, ...]:
    """Return the terms behind the first ``all`` of *record*, but for another one."""
    first = next((d.position for d in record.directives if d.mechanism == "all"), None)
    behind = (d for d in record.directives if first is not None and d.position > first)
    return tuple(d for d in behind if d.mechanism != "all")


def before_all(record: SpfRecord, terms: Iterable[str]) -> str:
    """Return the text of *record* with *terms* behind all others but the one that decides for all."""
    ends = (d.position for d in record.directives if d.mechanism == "all")
    position = next(ends, record.redirect.position if record.redirect else len(record.text))
    return with_terms(record, terms, position)


def merged(records: tuple[bytes, ...]) -> str:
    """Return one record with the terms of several; empty if they cannot be put together.

    Who is in one of them may send; what one redirects to is included. Where they differ about
    strangers, or let them pass, these fail softly: as it stands, nobody passes.
    """
    read = [read_record(record) for record in dict.fromkeys(records)]
    if any(record.faults for record in read):
        return ""
    if len(read) == 1:
        return read[0].text
    alls = {d.qualifier for record in read for d in record.directives if d.mechanism == "all"}
    terms = [text for record in read for text in _but_for_all(record)]
    last = alls.pop() if len(alls) == 1 and alls != {"+"} else "~"
    return " ".join((VERSION, *dict.fromkeys(terms), f"{last}all"))


def _but_for_all(record: SpfRecord) -> Iterator[str]:
    """Yield the terms of *record* as they stand in one with other terms."""
    ends = any(directive.mechanism == "all" for directive in record.directives)
    for term in record.terms:
        if term is record.redirect:
            if not ends:  # beside all, nobody follows it
                yield f"include:{record.redirect.value.text}"
        elif not (isinstance(term, Directive) and term.mechanism == "all"):
            yield term.text
