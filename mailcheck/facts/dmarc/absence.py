"""How a domain has no DMARC record, in the words every check of DMARC uses for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailcheck.evidence import visible
from mailcheck.facts.dmarc.mending import first_record, republished
from mailcheck.facts.dmarc.published import looks_like_record, owner_name
from mailcheck.facts.dmarc.record import is_record
from mailcheck.facts.existence import remedy_of_absence
from mailcheck.facts.txt import Texts, TextsFact
from mailcheck.finding import Reason, Remedy
from mailcheck.names import MAX_NAME, to_u_labels
from mailcheck.question import each_of

if TYPE_CHECKING:
    from mailcheck.facts.dmarc.published import PublishedDmarcFact

SHOWN = 60
"""Characters of a text that a reason repeats."""

ALIAS = "CNAME"
"""What a reason is about if the name where a record belongs is an alias: nothing may stand beside."""

ABSENT = """
no-record: neither the domain nor a name above it has a DMARC record.
    Receivers apply no DMARC: anybody can send in the name of the domain. Large receivers refuse
    bulk mail without it: "550 5.7.26 ... does not have a DMARC record".
wrong-place: there is none where receivers look, and one where they do not.
    Receivers ask at _dmarc below the domain; a record at the domain itself is not DMARC to them.
several-records: there are several DMARC records at the name.
    Receivers discard all of them (RFC 9989 §4.10), as if there were none.
not-a-record: a text at the name was meant to be a record, and does not begin with v=DMARC1.
    Receivers ignore it entirely (RFC 9989 §4.7); the value is case-sensitive.
"""
"""The tags of what is said here, in the form of a check's page; those of a refusal stand apart."""

REFUSED = """
refused-by-authority: all name servers of a zone that receivers have to ask refuse to answer.
    Resolvers say SERVFAIL, and receivers cannot find out: they apply no policy, and send no reports.
"""


def unreadable(own: PublishedDmarcFact) -> Reason | None:
    """Say why receivers discard what stands at the name itself, if it was meant to be a record."""
    where = to_u_labels(owner_name(own.domain))
    if len(own.records) > 1:
        text = f"{where} has {len(own.records)} DMARC records, and receivers discard them all"
        return Reason("several-records", text, own.domain, republished(own.records[0]))
    if own.alike and not own.records:
        said = said_at(own.domain, own.alike[0])
        return Reason("not-a-record", f"{said}, which does not begin with v=DMARC1;", own.domain)
    return None


async def no_record(own: PublishedDmarcFact) -> Reason:
    """Say how the domain has no record, given that none is found for it anywhere."""
    if reason := unreadable(own):
        return reason
    domain = to_u_labels(own.domain)
    if at := await misplaced(own.domain, searched=True):
        text = f"{to_u_labels(at)} has a DMARC record, and _dmarc.{domain} has none"
        return Reason("wrong-place", text, at)
    text = f"neither {domain} nor a name above it has a DMARC record"
    if own.others:
        text += f"; {said_at(own.domain, own.others[0])}"
    if own.answer.aliases:
        target = visible(to_u_labels(own.answer.aliases[-1]))
        text += f"; _dmarc.{domain} is an alias of {target}, which has none"
        return Reason("no-record", text, ALIAS)
    return Reason("no-record", text)


def said_at(domain: str, text: bytes) -> str:
    """Say that *text* stands where the record of *domain* belongs."""
    shown = visible(text.decode("utf-8", "replace"), SHOWN)
    return f"{to_u_labels(owner_name(domain))} says {shown}"


async def misplaced(domain: str, *, searched: bool = False) -> str:
    """Return the name at which a record of *domain* stands by mistake; empty if none is seen.

    That is the domain itself, whose texts others read too; if *searched*, also ``_dmarc`` with the
    domain twice behind it, which a zone makes of a full name without its trailing dot.
    """
    doubled = f"{owner_name(domain)}.{domain}"
    names = (domain, *([doubled] if searched and len(doubled) <= MAX_NAME else []))
    for name, found in zip(names, await each_of(map(Texts, names)), strict=True):
        if isinstance(found, TextsFact) and any(map(_meant_as_record, found.texts)):
            return name
    return ""


def _meant_as_record(text: bytes) -> bool:
    # Other texts of a domain may well speak of DMARC, or hold a p=.
    return is_record(text) or (text[:1].lower() == b"v" and looks_like_record(text))


def remedy_of_no_record(domain: str, reason: Reason, policy: str = "none") -> Remedy | None:
    """What to publish because of a *reason* that was given here; None if it is another one."""
    record = first_record(domain, policy)
    if absent := remedy_of_absence(reason, owner_name(domain), *record):
        return absent
    match reason.tag:
        case "no-record":
            instead = "In place of its CNAME record, with" if reason.about == ALIAS else "With"
            return Remedy(record, f"{instead} a mailbox that reads the reports:")
        case "wrong-place":
            return Remedy(
                record, f"With the text at {to_u_labels(reason.about)}, which can go then:"
            )
        case "not-a-record":
            return Remedy(record, "In place of that text, with what it was meant to say:")
        case "several-records":
            return in_place(reason, "One record in place of all:")
    return None


def in_place(reason: Reason, instruction: str = "In place of the record that is there:") -> Remedy:
    """Return the record of *reason* to publish; how to write it, where it is too long to show."""
    if reason.instead:
        return Remedy(reason.instead, instruction)
    return Remedy(instruction=f"{instruction} v=DMARC1, then p, then the other tags, each once.")
